"""A case from the door to home: who may say what, who gets it, and what it does (LUS 2–4 chap.)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samverka.discharge import operations as ops
from samverka.discharge import reads
from samverka.discharge.reads import CaseDetail
from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.kinds import CaseStatus, Part, Secrecy
from samverka.discharge.rules.messages import MessageKind
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.notices.reads import unit_tasks
from samverka.people.reads import PersonDetail
from tests.discharge.conftest import ADMITTED, admission
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast

TESTED = {"ground": Secrecy.CONSENT}


def send(actor: Actor, case: CaseDetail, kind: MessageKind, **body: object) -> CaseDetail:
    return ops.send_message(actor, case_id=case.id, kind=kind, letter=ops.Letter(body=body))


def ready(cast: Cast, case: CaseDetail, **later: float) -> CaseDetail:
    actor = cast.at(cast.ward_nurse, **later)
    return send(
        actor, case, MessageKind.READY,
        judged_at=(actor.at - timedelta(minutes=20)).isoformat(), judged_by="Per Överläkare",
    )  # fmt: skip


def test_the_whole_way_home(cast: Cast, told: CaseDetail) -> None:
    assert told.status is CaseStatus.ADMITTED
    assert {one.part for one in told.units} == {Part.OPEN_CARE, Part.SOCIAL}
    assert ready(cast, told).status is CaseStatus.READY
    home = send(
        cast.at(cast.ward_nurse, days=2), told, MessageKind.DISCHARGE,
        discharged_at=(NOW + timedelta(days=2)).isoformat(), goes_to="hemmet",
    )  # fmt: skip
    assert (home.status, home.goes_to) == (CaseStatus.HOME, "hemmet")


def test_the_admission_message_has_four_things_and_no_more(cast: Cast, told: CaseDetail) -> None:
    (said,) = told.messages
    assert set(said.body) == {"name", "number", "address", "estimated_at"}
    assert said.body["address"] == "Backvägen 4, 835 31, Krokom"
    assert said.secrecy is Secrecy.DUTY
    with pytest.raises(Invalid, match="innehåller inte det"):
        ops.send_message(
            cast.ward_nurse, case_id=told.id, kind=MessageKind.ADMISSION,
            letter=ops.Letter(body={"estimated_at": "2026-12-01", "summary": "Höftfraktur"},
                              units=(cast.units["health_centre"].id,)),
        )  # fmt: skip


def test_municipal_health_care_never_without_the_health_centre(
    cast: Cast, case: CaseDetail
) -> None:
    with pytest.raises(Invalid, match="inte regionens öppenvård"):
        admission(cast, case, "home_health")
    assert admission(cast, case, "home_health", "health_centre").messages


def test_those_who_are_told_may_read_and_no_others(cast: Cast, told: CaseDetail) -> None:
    for actor in (cast.region_nurse, cast.needs_assessor):
        seen = reads.case(actor, case_id=told.id)
        assert [one.kind for one in seen.messages] == [MessageKind.ADMISSION]
    for actor in (cast.stranger, cast.municipal_nurse, cast.ifo_officer, cast.surgery_nurse):
        with pytest.raises(NotFound):
            reads.case(actor, case_id=told.id)


def test_a_receiver_sees_its_own_copy_and_the_ward_all(cast: Cast, told: CaseDetail) -> None:
    seen = reads.case(cast.needs_assessor, case_id=told.id).messages[0]
    assert [one.unit_id for one in seen.copies] == [cast.units["assessment"].id]
    assert len(told.messages[0].copies) == 3


def own_copy(actor: Actor, case: CaseDetail) -> reads.CopyDetail:
    found = reads.case(actor, case_id=case.id).messages
    return next(copy for one in found for copy in one.copies if copy.own)


def test_a_receipt_says_who_and_when_and_takes_the_task_away(cast: Cast, told: CaseDetail) -> None:
    nurse = cast.at(cast.region_nurse, hours=1)
    assert "discharge" in {one.kind for one in unit_tasks(nurse)}
    ops.receipt_copy(nurse, copy_id=own_copy(nurse, told).id)
    ops.receipt_copy(cast.at(nurse, hours=1), copy_id=own_copy(nurse, told).id)
    copy = own_copy(nurse, told)
    assert (copy.fate, copy.receipted_at, copy.receipted_by) == (
        Fate.RECEIPTED, nurse.at, nurse.name
    )  # fmt: skip
    assert [one.kind for one in unit_tasks(nurse)] == ["contact-missing"]


def test_a_wrong_receiver_returns_and_is_out(cast: Cast, told: CaseDetail) -> None:
    actor = cast.at(cast.needs_assessor, minutes=5)
    copy = own_copy(actor, told)
    with pytest.raises(Invalid, match="Skriv varför"):
        ops.return_copy(actor, copy_id=copy.id, reason=" ")
    ops.return_copy(actor, copy_id=copy.id, reason="Hör till Åre")
    with pytest.raises(NotFound):
        reads.case(cast.at(actor, minutes=1), case_id=told.id)
    ward = reads.case(cast.at(cast.ward_nurse, minutes=6), case_id=told.id)
    fates = {one.unit_name: one.fate for one in ward.messages[0].copies}
    assert fates["Krokoms biståndshandläggning"] is Fate.RETURNED


def test_a_wrong_one_is_doubted_also_when_it_is_sent_on(cast: Cast, told: CaseDetail) -> None:
    actor, far = cast.needs_assessor, cast.units["are_home_health"].id
    copy = own_copy(actor, told).id
    with pytest.raises(Invalid, match="Kontrollera mottagaren"):
        ops.forward_copy(actor, copy_id=copy, unit_id=far, reason="Hör till er")
    assert own_copy(actor, told).fate is Fate.WAITING
    client = log_in(actor)
    body = {"unit": str(far), "reason": "Hör till er"}
    answer = client.post(f"/utskrivning/kopior/{copy}/fel/", body)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "hör till en annan kommun" in shown
    assert "Hör till er" in shown, "nothing typed is lost"
    body["checked"] = f"other-municipality:{far}"
    answer = client.post(f"/utskrivning/kopior/{copy}/fel/", body)
    shown = answer.content.decode()
    assert answer.status_code == 302, shown[shown.index("<h1") : shown.index("</main")]
    onward = cast.units["are_home_health"].name
    assert f"Skickat vidare till {onward}." in client.get("/utskrivning/").content.decode()


def test_who_sends_a_message_back_is_told_where_it_went(cast: Cast, told: CaseDetail) -> None:
    client = log_in(cast.needs_assessor)
    copy = own_copy(cast.needs_assessor, told).id
    client.post(f"/utskrivning/kopior/{copy}/fel/", {"unit": "tillbaka", "reason": "Hör till Åre"})
    shown = client.get("/utskrivning/").content.decode()
    assert "Skickat tillbaka till Medicinavdelningen." in shown


def test_forwarded_to_the_right_one(cast: Cast, told: CaseDetail) -> None:
    nurse = cast.at(cast.region_nurse, minutes=5)
    ops.forward_copy(
        nurse, copy_id=own_copy(nurse, told).id,
        unit_id=cast.units["other_centre"].id, reason="Listad i Järpen",
    )  # fmt: skip
    later = cast.at(cast.stranger, minutes=6)
    assert own_copy(later, told).fate is Fate.WAITING
    with pytest.raises(NotFound):
        reads.case(cast.at(nurse, minutes=6), case_id=told.id)


@pytest.mark.parametrize(
    ("who", "kind", "body"),
    [
        ("region_nurse", MessageKind.READY, {"judged_at": "x", "judged_by": "y"}),
        ("needs_assessor", MessageKind.CALL, {"meeting": "x"}),
        ("ward_nurse", MessageKind.CALL, {"meeting": "x"}),
        ("ward_nurse", MessageKind.PLANNING, {}),
    ],
)
def test_each_part_says_its_own(
    cast: Cast, told: CaseDetail, who: str, kind: MessageKind, body: dict[str, object]
) -> None:
    with pytest.raises(NotAllowed):
        send(getattr(cast, who), told, kind, **body)


def test_readiness_needs_a_ground_and_the_physicians_name(cast: Cast, told: CaseDetail) -> None:
    with pytest.raises(Invalid, match="vilken läkare"):
        send(cast.ward_nurse, told, MessageKind.READY, judged_at=NOW.isoformat())
    with pytest.raises(Invalid, match="på den grunden"):
        ops.send_message(
            cast.ward_nurse, case_id=told.id, kind=MessageKind.READY,
            letter=ops.Letter(body={"judged_at": NOW.isoformat(), "judged_by": "Å"},
                              ground=Secrecy.DUTY),
        )  # fmt: skip


def test_each_gives_on_its_own_ground(cast: Cast, told: CaseDetail) -> None:
    """Health care may give what one who cannot consent needs; social services have no such rule."""
    letter = ops.Letter(body={"words": "Hej"}, ground=Secrecy.UNABLE, note="Demens, behövs i dag.")
    client = log_in(cast.needs_assessor)
    shown = client.get(f"/utskrivning/{told.id}/skicka/free/").content.decode()
    assert "26 kap. 9 §" in shown
    assert "25 kap. 13 §" not in shown
    with pytest.raises(Invalid, match="inte lämnas på den grunden"):
        ops.send_message(cast.needs_assessor, case_id=told.id, kind=MessageKind.FREE, letter=letter)
    ops.send_message(cast.region_nurse, case_id=told.id, kind=MessageKind.FREE, letter=letter)
    needed = ops.Letter(body={"words": "Hej"}, ground=Secrecy.NEEDED)
    with pytest.raises(Invalid, match="prövningen"):
        ops.send_message(cast.needs_assessor, case_id=told.id, kind=MessageKind.FREE, letter=needed)


def test_readiness_goes_to_all_who_take_part(cast: Cast, told: CaseDetail) -> None:
    """Whoever takes part sees it in the case; the municipality counts from when all are told."""
    letter = ops.Letter(
        body={"judged_at": NOW.isoformat(), "judged_by": "Per Överläkare"},
        units=(cast.units["health_centre"].id,),
    )
    with pytest.raises(Invalid, match="Krokoms biståndshandläggning"):
        ops.send_message(cast.ward_nurse, case_id=told.id, kind=MessageKind.READY, letter=letter)


def test_taken_back_readiness_begins_anew(cast: Cast, told: CaseDetail) -> None:
    ready(cast, told)
    back = send(cast.at(cast.ward_nurse, hours=2), told, MessageKind.NOT_READY, reason="Feber")
    assert (back.status, back.ready_sent_at) == (CaseStatus.ADMITTED, None)
    again = ready(cast, told, days=1)
    assert again.ready_sent_at == NOW + timedelta(days=1)


def test_one_stay_at_a_time(cast: Cast, case: CaseDetail, karin: PersonDetail) -> None:
    facts = ops.AdmissionFacts(admitted_at=ADMITTED)
    with pytest.raises(NotNow, match="redan inskriven på Medicinavdelningen"):
        ops.open_case(cast.surgery_nurse, person_id=karin.id, facts=facts)
    moved = ops.take_over_case(cast.surgery_nurse, person_id=karin.id)
    assert (moved.id, moved.ward.name) == (case.id, "Kirurgavdelningen")


def test_only_a_ward_admits(cast: Cast, karin: PersonDetail) -> None:
    with pytest.raises(NotAllowed, match="Bara en vårdavdelning"):
        ops.open_case(
            cast.region_nurse, person_id=karin.id,
            facts=ops.AdmissionFacts(admitted_at=ADMITTED),
        )  # fmt: skip


def test_nothing_more_in_a_closed_case(cast: Cast, told: CaseDetail) -> None:
    send(cast.ward_nurse, told, MessageKind.WITHDRAWN, reason="Fel person")
    with pytest.raises(NotNow, match="avslutat"):
        send(cast.ward_nurse, told, MessageKind.FREE, words="Hej")
