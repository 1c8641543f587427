"""Around the messages: judged and told at one press, told before, corrected, escalated, ended, begun anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.discharge import operations as ops
from samverka.discharge import reads
from samverka.discharge.forms import send_initial
from samverka.discharge.models import Copy
from samverka.discharge.operations import watching
from samverka.discharge.reads import CaseDetail
from samverka.discharge.rules.after import Feeling, Question, Told
from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.kinds import CaseStatus, CloseReason, Part, Secrecy, Track
from samverka.discharge.rules.messages import MessageKind
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.notices.reads import unit_tasks
from samverka.people import operations as people
from samverka.people.reads import PersonDetail
from tests.discharge.conftest import ADMITTED, admission
from tests.discharge.test_sending import own_copy, ready, send
from tests.factories.cast import KARIN, NOW, Cast, relate

# ── the judgement ──


def judged(cast: Cast, case: CaseDetail, actor: Actor | None = None, **more: object) -> CaseDetail:
    values: dict[str, object] = {"judged_by": "Per Överläkare", "judged_at": NOW} | more
    return ops.tell_of_admission(
        actor or cast.ward_nurse,
        case_id=case.id,
        judgement=ops.Judgement(**values),  # type: ignore[arg-type]
        letter=ops.Letter(
            body={"estimated_at": "2026-11-23"},
            units=(cast.units["health_centre"].id, cast.units["assessment"].id),
        ),
    )


def test_judged_and_told_at_one_press(cast: Cast, case: CaseDetail) -> None:
    found = judged(cast, case, sip_needed=True, track=Track.RED)
    assert set(found.needs) == {Part.OPEN_CARE, Part.SOCIAL}
    assert (found.needs_judged_by, found.needs_judged_at) == ("Per Överläkare", NOW)
    assert (found.sip_needed, found.track) == (True, Track.RED)
    assert [one.kind for one in found.messages] == [MessageKind.ADMISSION]
    assert set(found.messages[0].body) == {"name", "number", "address", "estimated_at"}


def test_neither_is_kept_without_the_other(cast: Cast, case: CaseDetail) -> None:
    with pytest.raises(Invalid, match="vilken läkare"):
        judged(cast, case, judged_by=" ")
    with pytest.raises(Invalid, match="framtiden"):
        judged(cast, case, judged_at=NOW + timedelta(minutes=1))
    found = reads.case(cast.ward_nurse, case_id=case.id)
    assert (found.needs, found.messages, found.units) == ((), (), ())


def test_a_need_found_later_becomes_a_step(cast: Cast, case: CaseDetail) -> None:
    judged(cast, case)
    later = cast.at(cast.ward_nurse, hours=1)
    parts = [Part.OPEN_CARE, Part.SOCIAL, Part.MUNICIPAL_HEALTH]
    ops.judge_needs(later, case_id=case.id, parts=parts, judged_by="Per", judged_at=later.at)
    own = reads.case_view(later, case_id=case.id).own
    assert own is not None
    assert (own.key, own.due_at) == ("send admission", later.at + timedelta(hours=24))


def test_judged_once_more_gives_no_new_day(cast: Cast, case: CaseDetail) -> None:
    """The 24 hours of a part that nobody has told count from when it was first believed to be needed."""
    first = cast.at(cast.ward_nurse, hours=1)
    ops.judge_needs(first, case_id=case.id, parts=[Part.SOCIAL], judged_by="Per", judged_at=NOW)
    again = cast.at(cast.ward_nurse, hours=26)
    found = judged(cast, case, actor=again, judged_at=again.at)
    (said,) = found.messages
    assert (said.due_at, said.late) == (NOW + timedelta(hours=24), True)


def test_only_the_ward_writes_the_judgement(cast: Cast, told: CaseDetail) -> None:
    with pytest.raises(NotAllowed, match="Bara avdelningen"):
        ops.judge_needs(
            cast.region_nurse, case_id=told.id, parts=[], judged_by="Per", judged_at=NOW
        )
    with pytest.raises(NotFound):
        ops.judge_needs(cast.stranger, case_id=told.id, parts=[], judged_by="Per", judged_at=NOW)


# ── told before ──


def before(cast: Cast, actor: Actor, karin: PersonDetail, ward: str = "ward") -> ops.BeforeDetail:
    return ops.tell_before(
        actor, person_id=karin.id, unit_id=cast.units[ward].id,
        words="Hemtjänst fyra gånger om dagen.", ground=Secrecy.CONSENT,
    )  # fmt: skip


def test_what_was_before_waits_for_the_ward(cast: Cast, karin: PersonDetail) -> None:
    relate(cast.needs_assessor, karin)
    told = before(cast, cast.needs_assessor, karin)
    assert told.case_id is not None
    board = reads.board(cast.ward_nurse)
    assert [line.status for line in board.lines] == [CaseStatus.EXPECTED]
    made = ops.open_case(
        cast.ward_nurse, person_id=karin.id, facts=ops.AdmissionFacts(admitted_at=ADMITTED)
    )
    assert made.id == told.case_id
    assert [one.body["words"] for one in made.messages] == ["Hemtjänst fyra gånger om dagen."]
    form = send_initial(made, MessageKind.FORM, NOW)
    assert form["before"] == "Hemtjänst fyra gånger om dagen.", "the planning form begins with it"


def test_two_who_tell_share_the_case_and_see_their_own(cast: Cast, karin: PersonDetail) -> None:
    relate(cast.needs_assessor, karin)
    first = before(cast, cast.needs_assessor, karin)
    second = before(cast, cast.region_nurse, karin)
    assert first.case_id == second.case_id is not None
    seen = reads.case(cast.region_nurse, case_id=second.case_id)
    assert len(seen.messages) == 1


def test_whether_someone_is_admitted_is_not_told(
    cast: Cast, karin: PersonDetail, case: CaseDetail
) -> None:
    relate(cast.needs_assessor, karin)
    told = before(cast, cast.needs_assessor, karin)
    assert told == ops.BeforeDetail("Medicinavdelningen", None)
    with pytest.raises(NotFound):
        reads.case(cast.needs_assessor, case_id=case.id)
    seen = reads.case(cast.ward_nurse, case_id=case.id)
    assert [one.kind for one in seen.messages] == [MessageKind.BEFORE]
    admission(cast, case, "health_centre", "home_care")
    ready(cast, case, hours=1)
    told = before(cast, cast.at(cast.needs_assessor, hours=2), karin)
    assert told == ops.BeforeDetail("Medicinavdelningen", None)


def test_what_a_wrong_ward_sends_back_is_told_to_another(cast: Cast, karin: PersonDetail) -> None:
    relate(cast.needs_assessor, karin)
    told = before(cast, cast.needs_assessor, karin)
    assert told.case_id
    ward = cast.at(cast.ward_nurse, minutes=5)
    copy = reads.case(ward, case_id=told.case_id).messages[0].copies[0]
    ops.return_copy(ward, copy_id=copy.id, reason="Kommer inte hit")
    later = cast.at(cast.needs_assessor, minutes=9)
    (task,) = unit_tasks(later)
    assert task.address == f"/personer/{karin.id}/beratta-for-avdelningen/"
    before(cast, later, karin, "surgery")
    assert not unit_tasks(later)


def test_before_goes_to_a_ward_from_one_who_knows_the_person(
    cast: Cast, karin: PersonDetail
) -> None:
    with pytest.raises(Invalid, match="vårdavdelning"):
        before(cast, cast.region_nurse, karin, "home_care")
    with pytest.raises(NotFound):
        before(cast, cast.stranger, karin)


# ── corrections ──


def correct(actor: Actor, case: CaseDetail, kind: MessageKind, **body: object) -> CaseDetail:
    found = reads.case(actor, case_id=case.id).messages
    old = next(one for one in reversed(found) if one.kind is kind and one.own)
    letter = ops.Letter(body=body, corrects=old.id)
    return ops.send_message(actor, case_id=case.id, kind=kind, letter=letter)


def test_a_correction_keeps_the_original_and_goes_to_those_who_had_it(
    cast: Cast, told: CaseDetail
) -> None:
    later = cast.at(cast.ward_nurse, hours=1)
    found = correct(later, told, MessageKind.ADMISSION, estimated_at="2026-11-30")
    first, second = found.messages
    assert (first.corrected, second.corrects_id) == (True, first.id)
    assert first.body["estimated_at"] == "2026-11-23"
    assert {one.unit_id for one in second.copies} == {one.unit_id for one in first.copies}
    assert found.estimated_at is not None
    assert found.estimated_at.isoformat() == "2026-11-30"


def test_a_corrected_readiness_begins_no_new_count(cast: Cast, told: CaseDetail) -> None:
    ready(cast, told)
    later = cast.at(cast.ward_nurse, days=2)
    found = correct(
        later, told, MessageKind.READY,
        judged_at=(NOW - timedelta(hours=1)).isoformat(), judged_by="Eva Överläkare",
    )  # fmt: skip
    assert (found.ready_by, found.ready_sent_at) == ("Eva Överläkare", NOW)
    with pytest.raises(Invalid, match="efter att underrättelsen"):
        correct(
            later, told, MessageKind.READY,
            judged_at=(NOW + timedelta(hours=1)).isoformat(), judged_by="Eva Överläkare",
        )  # fmt: skip


def test_a_readiness_that_was_taken_back_is_not_put_right(cast: Cast, told: CaseDetail) -> None:
    """Else the person would be ready again, with another count, by a slip of the pen."""
    ready(cast, told)
    later = cast.at(cast.ward_nurse, hours=1)
    back = send(later, told, MessageKind.NOT_READY, reason="Feber")
    assert not any(one.may_correct for one in back.messages if one.kind is MessageKind.READY)
    body = {"judged_at": NOW.isoformat(), "judged_by": "Eva Överläkare"}
    with pytest.raises(NotNow, match="återtagen"):
        correct(later, told, MessageKind.READY, **body)
    assert reads.case(later, case_id=told.id).status is CaseStatus.ADMITTED


def test_a_correction_of_what_all_sent_back_goes_to_nobody(cast: Cast, told: CaseDetail) -> None:
    ward, assessor = cast.at(cast.ward_nurse, hours=1), cast.at(cast.needs_assessor, hours=1)
    letter = ops.Letter(body={"words": "Hej"}, units=(cast.units["assessment"].id,))
    ops.send_message(ward, case_id=told.id, kind=MessageKind.FREE, letter=letter)
    found = reads.case(assessor, case_id=told.id).messages[-1]
    ops.return_copy(assessor, copy_id=found.copies[0].id, reason="Inte vi")
    with pytest.raises(NotNow, match="Alla har skickat tillbaka"):
        correct(ward, told, MessageKind.FREE, words="Hej igen")
    ops.withdraw_message(ward, message_id=found.id, reason="Fel")
    assert not [one for one in unit_tasks(ward) if "hitta rätt" in str(one.verb)]


def test_a_day_that_has_passed_is_no_day_to_come(cast: Cast, told: CaseDetail) -> None:
    with pytest.raises(Invalid, match="redan passerat"):
        send(
            cast.at(cast.ward_nurse, days=2), told, MessageKind.ESTIMATE, estimated_at="2026-11-21"
        )


def test_one_more_part_is_told_without_telling_the_others_again(
    cast: Cast, case: CaseDetail
) -> None:
    judged(cast, case)
    later = cast.at(cast.ward_nurse, hours=1)
    _found, receivers = reads.case_and_receivers(later, case_id=case.id, kind=MessageKind.ADMISSION)
    taking = {one.unit.name: one for one in receivers.proposed}
    assert not taking["Krokoms hälsocentral"].chosen
    assert [str(one) for one in taking["Krokoms hälsocentral"].why] == ["Har redan fått det."]
    told = admission(cast, case, "home_health")  # the health centre has it
    assert len(told.messages[-1].copies) == 1


def test_the_case_goes_along_to_the_next_ward(cast: Cast, told: CaseDetail) -> None:
    """What was said by the ward before is the new one's to read, put right and find a receiver for."""
    send(cast.at(cast.region_nurse, minutes=1), told, MessageKind.FREE, words="När?")
    new = cast.at(cast.surgery_nurse, minutes=5)
    found = ops.take_over_case(new, person_id=told.person_id)
    assert [one.kind for one in found.messages] == [MessageKind.ADMISSION, MessageKind.FREE]
    assert found.messages[0].may_correct
    (copy,) = [one for one in found.messages[1].copies if one.own]
    ops.receipt_copy(new, copy_id=copy.id)
    assessor = cast.at(cast.needs_assessor, minutes=6)
    ops.return_copy(assessor, copy_id=own_copy(assessor, told).id, reason="Hör till Åre")
    assert "hitta rätt" in str(unit_tasks(cast.at(cast.surgery_nurse, minutes=7))[0].verb)
    moved = correct(
        cast.at(cast.surgery_nurse, minutes=8), told, MessageKind.ADMISSION,
        estimated_at="2026-11-30",
    )  # fmt: skip
    assert moved.messages[-1].corrects_id == moved.messages[0].id


def test_only_the_newest_and_only_the_own_is_corrected(cast: Cast, told: CaseDetail) -> None:
    later = cast.at(cast.ward_nurse, hours=1)
    correct(later, told, MessageKind.ADMISSION, estimated_at="2026-11-30")
    letter = ops.Letter(body={"estimated_at": "2026-12-01"}, corrects=told.messages[0].id)
    with pytest.raises(NotNow, match="redan rättat"):
        ops.send_message(later, case_id=told.id, kind=MessageKind.ADMISSION, letter=letter)
    send(cast.region_nurse, told, MessageKind.FREE, words="Hej")
    hers = reads.case(cast.region_nurse, case_id=told.id).messages[-1]
    with pytest.raises(Invalid, match="inget sådant"):
        ops.send_message(
            later, case_id=told.id, kind=MessageKind.FREE,
            letter=ops.Letter(body={"words": "Nej"}, corrects=hers.id),
        )  # fmt: skip


# ── what nobody receipts, and what comes back ──


def test_what_asks_for_no_receipt_hides_nothing_that_does(
    cast: Cast, told: CaseDetail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copies that wait for ever lie before one that is late, and one that is not late yet."""
    send(cast.region_nurse, told, MessageKind.PLANNING)
    copies = Copy.objects.filter(message__kind=MessageKind.PLANNING)
    with act(cast.system, Action.CASE_WATCH) as this:
        this.unchanged()
        assert copies.update(sent_at=NOW - timedelta(days=9)) > 1
    monkeypatch.setattr(watching, "AT_ONCE", 1)
    late = cast.at(cast.system, hours=5)
    assert [ops.watch_copies(late) for _beat in range(4)] == [1, 1, 1, 0]
    assert not copies.filter(escalated_at__isnull=False).exists()


def test_what_nobody_receipts_goes_on_though_someone_looked(cast: Cast, told: CaseDetail) -> None:
    assert ops.watch_copies(cast.at(cast.system, hours=3)) == 0
    ops.receipt_copy(cast.needs_assessor, copy_id=own_copy(cast.needs_assessor, told).id)
    late = cast.at(cast.system, hours=5)
    assert ops.watch_copies(late) == 2
    assert ops.watch_copies(late) == 0
    ward = reads.case_view(cast.at(cast.ward_nurse, hours=5), case_id=told.id)
    copies = {one.unit_name: one for one in ward.case.messages[0].copies}
    for name, copy in copies.items():
        waits = name != "Krokoms biståndshandläggning"
        assert (copy.escalated_at is not None) == (copy.fate is Fate.WAITING) == waits
    assert any(step.key.startswith("ring") for step in ward.steps)
    with pytest.raises(NotAllowed):
        ops.watch_copies(cast.ward_nurse)


def test_what_comes_back_is_a_task_until_it_is_sent_anew(cast: Cast, told: CaseDetail) -> None:
    actor = cast.at(cast.needs_assessor, minutes=5)
    ops.return_copy(actor, copy_id=own_copy(actor, told).id, reason="Hör till Åre")
    ward = cast.at(cast.ward_nurse, minutes=6)
    assert [str(one.verb) for one in unit_tasks(ward)] == [
        "hitta rätt mottagare: Inskrivningsmeddelande"
    ]
    ops.send_message(
        ward, case_id=told.id, kind=MessageKind.ADMISSION,
        letter=ops.Letter(body={"estimated_at": "2026-11-23"},
                          units=(cast.units["health_centre"].id, cast.units["ifo"].id)),
    )  # fmt: skip
    assert not unit_tasks(ward)


def test_a_message_that_changed_the_case_is_not_just_taken_back(
    cast: Cast, told: CaseDetail
) -> None:
    for one in reads.case(cast.ward_nurse, case_id=told.id).messages:
        with pytest.raises(NotNow, match="har ändrat ärendet"):
            ops.withdraw_message(cast.ward_nurse, message_id=one.id, reason="Fel")


# ── the end ──


def home(cast: Cast, told: CaseDetail) -> CaseDetail:
    ready(cast, told)
    return send(
        cast.at(cast.ward_nurse, hours=1), told, MessageKind.DISCHARGE,
        discharged_at=(NOW + timedelta(hours=1)).isoformat(), goes_to="hemmet",
    )  # fmt: skip


def test_the_health_centre_ends_what_it_has_followed_up(cast: Cast, told: CaseDetail) -> None:
    nurse = cast.at(cast.region_nurse, days=4)
    with pytest.raises(NotNow, match="inskriven"):
        ops.close_case(nurse, case_id=told.id, reason=CloseReason.FOLLOWED_UP)
    home(cast, told)
    with pytest.raises(NotAllowed):
        ops.close_case(
            cast.at(cast.needs_assessor, days=4), case_id=told.id,
            reason=CloseReason.FOLLOWED_UP,
        )  # fmt: skip
    with pytest.raises(NotNow, match="hört hur det går hemma"):
        ops.close_case(nurse, case_id=told.id, reason=CloseReason.FOLLOWED_UP)
    well = [Told(one, Feeling.WELL) for one in Question]
    found = ops.note_after(nurse, case_id=told.id, told=well)
    assert CloseReason.FOLLOWED_UP in found.may_close
    found = ops.close_case(nurse, case_id=told.id, reason=CloseReason.FOLLOWED_UP)
    assert (found.status, found.close_reason, found.closed_at) == (
        CaseStatus.CLOSED, CloseReason.FOLLOWED_UP, nurse.at
    )  # fmt: skip
    with pytest.raises(NotNow, match="avslutat"):
        send(nurse, told, MessageKind.FREE, words="Hej")
    copy = own_copy(nurse, told)
    assert ops.receipt_copy(nurse, copy_id=copy.id).status is CaseStatus.CLOSED


def test_a_new_stay_ends_the_time_at_home(
    cast: Cast, told: CaseDetail, karin: PersonDetail
) -> None:
    home(cast, told)
    later = cast.at(cast.surgery_nurse, days=2)
    made = ops.open_case(
        later, person_id=karin.id,
        facts=ops.AdmissionFacts(admitted_at=later.at - timedelta(hours=1)),
    )  # fmt: skip
    assert made.readmission_of_id == told.id
    old = reads.case(cast.at(cast.ward_nurse, days=2), case_id=told.id)
    assert (old.status, old.close_reason) == (CaseStatus.CLOSED, CloseReason.READMITTED)


def died(cast: Cast, karin: PersonDetail) -> None:
    people.edit_person(
        cast.at(cast.region_nurse, hours=1), person_id=karin.id, version=karin.version,
        facts=replace(KARIN, deceased_on=NOW.date()),
    )  # fmt: skip


def test_for_one_who_has_died_nothing_is_planned_and_the_case_ends(
    cast: Cast, told: CaseDetail, karin: PersonDetail
) -> None:
    assert ops.close_dead(cast.system) == 0
    died(cast, karin)
    with pytest.raises(NotNow, match="avlidit"):
        ready(cast, told, hours=2)
    assert send(cast.ward_nurse, told, MessageKind.FREE, words="Avled i natt.").messages
    assert ops.close_dead(cast.at(cast.system, hours=2)) == 1
    assert ops.close_dead(cast.at(cast.system, hours=2)) == 0
    found = reads.case(cast.at(cast.ward_nurse, hours=3), case_id=told.id)
    assert (found.status, found.close_reason) == (CaseStatus.CLOSED, CloseReason.DIED)
    with pytest.raises(NotNow, match="avliden"):
        ops.open_case(
            cast.at(cast.surgery_nurse, hours=3), person_id=karin.id,
            facts=ops.AdmissionFacts(admitted_at=NOW),
        )  # fmt: skip
