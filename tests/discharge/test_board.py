"""Tavlan and the forms around a case, by browser: who sees what, what each press does, what a slip says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samverka.audit.models import Event
from samverka.discharge import operations as ops
from samverka.discharge import reads
from samverka.discharge.reads import CaseDetail, Choice
from samverka.discharge.rules.kinds import CaseStatus, Part, Track
from samverka.discharge.rules.messages import MessageKind
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotAllowed
from samverka.people.operations import PersonFacts
from samverka.people.reads import PersonDetail
from tests.discharge.test_sending import own_copy, ready, send
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, make_person, relate


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return str(answer.content.decode())


# ── the board ──


def test_each_unit_sees_its_own_cases_with_one_next_step(cast: Cast, told: CaseDetail) -> None:
    for actor, step in (
        (cast.region_nurse, "receipt admission"),
        (cast.needs_assessor, "receipt admission"),
        (cast.ward_nurse, "send form"),
    ):
        (line,) = reads.board(actor, choice=Choice.ALL).lines
        assert line.case_id == told.id
        assert (line.own.key if line.own else None) == step
    for actor in (cast.stranger, cast.municipal_nurse, cast.surgery_nurse, cast.ifo_officer):
        assert not reads.board(actor, choice=Choice.ALL).lines


def test_the_choices_count_what_they_show(cast: Cast, told: CaseDetail) -> None:
    ready(cast, told)
    for choice in Choice:
        found = reads.board(cast.ward_nurse, choice=choice)
        assert len(found.lines) == found.counts[choice]
    assert found.counts == {
        Choice.OURS: 1, Choice.ALL: 1, Choice.READY: 1, Choice.HOME: 0,
    }  # fmt: skip


def test_the_digest_changes_with_the_cases_and_only_then(cast: Cast, told: CaseDetail) -> None:
    first = reads.board(cast.ward_nurse).digest
    assert reads.changes(cast.ward_nurse, known=first) == first
    ready(cast, told)
    assert reads.changes(cast.ward_nurse, known=first) != first


def test_the_digest_is_of_a_day(cast: Cast, told: CaseDetail) -> None:
    """ "Dag 2 av 3" is another word the next morning, though nobody has touched the case."""
    first = reads.board(cast.ward_nurse).digest
    assert reads.changes(cast.at(cast.ward_nurse, days=1), known=first) != first


def test_what_was_chosen_stays_when_the_board_has_changed(cast: Cast, told: CaseDetail) -> None:
    client = log_in(cast.region_nurse)
    chosen = "?visa=alla&amp;avdelning=Ortopedavdelningen&amp;kommun=Krokom"
    shown = text_of(client, "/utskrivning/" + chosen.replace("amp;", ""))
    assert f'hx-get="/utskrivning/andringar/{chosen}"' in shown
    changed = text_of(client, "/utskrivning/andringar/" + chosen.replace("amp;", ""))
    assert f'href="/utskrivning/{chosen}"' in changed


def test_the_track_stands_on_the_board_in_a_word(cast: Cast, told: CaseDetail) -> None:
    ops.judge_needs(
        cast.ward_nurse, case_id=told.id, parts=[Part.SOCIAL], judged_by="Per Överläkare",
        judged_at=NOW, track=Track.RED,
    )  # fmt: skip
    client = log_in(cast.ward_nurse)
    for where in ("?visa=alla", "vagg/"):
        assert ">Rött<" in text_of(client, f"/utskrivning/{where}")
    assert "Rött: nya, stora behov" in text_of(client, path(told))


def test_one_without_the_permission_sees_no_board(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        reads.board(cast.administrator)
    assert log_in(cast.administrator).get("/utskrivning/").status_code == 403


def _more(cast: Cast, count: int) -> None:
    for number in range(count):
        person = make_person(
            cast.ward_nurse, PersonFacts(given_name=f"Nils {number}", family_name="Ek")
        )
        made = ops.open_case(
            cast.ward_nurse, person_id=person.id,
            facts=ops.AdmissionFacts(admitted_at=NOW - timedelta(hours=number + 1)),
        )  # fmt: skip
        send_admission(cast, made)


def send_admission(cast: Cast, case: CaseDetail) -> None:
    ops.send_message(
        cast.ward_nurse, case_id=case.id, kind=MessageKind.ADMISSION,
        letter=ops.Letter(body={"estimated_at": "2026-11-23"},
                          units=(cast.units["health_centre"].id,)),
    )  # fmt: skip


def test_no_question_more_for_more_cases(cast: Cast, told: CaseDetail) -> None:
    client = log_in(cast.region_nurse)
    client.get("/utskrivning/")
    counts = []
    for more in (0, 6):
        _more(cast, more)
        with CaptureQueriesContext(connection) as asked:
            text_of(client, "/utskrivning/?visa=alla")
        counts.append(len([q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]]))
    assert counts[0] == counts[1] <= 12


def test_the_wall_names_nobody_in_full(cast: Cast, told: CaseDetail) -> None:
    shown = text_of(log_in(cast.ward_nurse), "/utskrivning/vagg/?visa=alla")
    assert "Åström" not in shown
    assert "KÅ" in shown


def test_a_wall_that_asks_again_notes_nobody_while_nothing_changes(
    cast: Cast, told: CaseDetail
) -> None:
    """Each minute of a day for each person would be a trail that nobody can read."""
    client = log_in(cast.ward_nurse)
    text_of(client, "/utskrivning/vagg/")
    about = Event.objects.filter(person_id=str(told.person_id))
    digest, lines = reads.board(cast.ward_nurse).digest, about.count()
    asked = {"If-None-Match": f'"{digest}"'}
    assert client.get("/utskrivning/vagg/", headers=asked).status_code == 304
    assert about.count() == lines
    ready(cast, told)
    lines = about.count()
    assert "Dag 0 av 3" in client.get("/utskrivning/vagg/", headers=asked).content.decode()
    assert about.count() == lines + 1


def test_the_wall_says_when_someone_went_home(cast: Cast, told: CaseDetail) -> None:
    ready(cast, told)
    send(cast.ward_nurse, told, MessageKind.DISCHARGE, discharged_at=NOW.isoformat())
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert "i går" in text_of(log_in(cast.ward_nurse), "/utskrivning/vagg/")


def test_the_board_is_in_the_menu_of_those_who_may(cast: Cast) -> None:
    assert 'href="/utskrivning/"' in text_of(log_in(cast.region_nurse), "/")
    assert 'href="/utskrivning/"' not in text_of(log_in(cast.administrator), "/")


# ── the case's page ──


def path(case: CaseDetail, *more: object) -> str:
    return "/".join(["/utskrivning", str(case.id), *map(str, more), ""])


def test_what_is_to_be_receipted_says_which_message_it_is(cast: Cast, told: CaseDetail) -> None:
    """What must be opened has its button; "planning has begun" is good to know, and has none."""
    nurse = cast.region_nurse
    ops.receipt_copy(nurse, copy_id=own_copy(nurse, told).id)
    send(cast.needs_assessor, told, MessageKind.PLANNING)
    send(cast.needs_assessor, told, MessageKind.FREE, words="Hon vill ringa sin dotter.")
    shown = text_of(log_in(nurse), path(told))
    main, _mark, said = shown.partition("<main")[2].partition("Sagt i ärendet")
    assert main.count("Kvittera") == 1
    assert main.index("Meddelande</p>") < main.index("Kvittera")
    assert "Planering påbörjad" not in main
    assert f'href="{path(told, "skicka", "free")}"' not in main
    assert "Planering påbörjad" in said


def test_a_stranger_meets_404_at_each_door(cast: Cast, told: CaseDetail) -> None:
    message = told.messages[0].id
    client = log_in(cast.stranger)
    for more in ((), ("avsluta",), ("skicka", "free"), (message, "ratta"),
                 (message, "ta-tillbaka")):  # fmt: skip
        text_of(client, path(told, *more), 404)
    copy = own_copy(cast.region_nurse, told)
    assert client.post(f"/utskrivning/kopior/{copy.id}/kvittera/").status_code == 404


def test_a_ward_tells_with_one_form_and_one_press(cast: Cast, case: CaseDetail) -> None:
    client = log_in(cast.ward_nurse)
    shown = text_of(client, path(case, "skicka", "admission"))
    asked = {"units", "estimated_at", "judged_by", "judged_at", "sip_needed"}
    assert all(f'name="{name}' in shown for name in asked)
    answer = client.post(
        path(case, "skicka", "admission"),
        {
            "units": [str(cast.units[one].id) for one in ("health_centre", "assessment")],
            "estimated_at": "2026-11-23", "judged_by": "Per Överläkare",
            "judged_at": "2026-11-20T10:00", "sip_needed": "yes",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    found = reads.case(cast.ward_nurse, case_id=case.id)
    assert (set(found.needs), found.sip_needed) == ({Part.OPEN_CARE, Part.SOCIAL}, True)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"judged_by": ""}, "judged_by"),
        ({"judged_at": "2027-01-01T10:00"}, "Bedömningen ligger i framtiden."),
        ({"estimated_at": "2026-11-01"}, "Beräknad utskrivning ligger före inskrivningen."),
        ({"units": []}, "Välj minst en mottagare."),
    ],
)
def test_a_slip_is_said_and_nothing_typed_is_lost(
    cast: Cast, case: CaseDetail, body: dict[str, object], said: str
) -> None:
    sent = {
        "units": [str(cast.units["health_centre"].id)], "estimated_at": "2026-11-23",
        "judged_by": "Per Överläkare", "judged_at": "2026-11-20T10:00",
    } | body  # fmt: skip
    answer = log_in(cast.ward_nurse).post(path(case, "skicka", "admission"), sent)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert said in shown
    assert not sent["judged_by"] or "Per Överläkare" in shown
    assert not reads.case(cast.ward_nurse, case_id=case.id).needs


def test_a_correction_by_its_form(cast: Cast, told: CaseDetail) -> None:
    client, message = log_in(cast.ward_nurse), told.messages[0]
    assert "2026-11-23" in text_of(client, path(told, message.id, "ratta"))
    text_of(log_in(cast.region_nurse), path(told, message.id, "ratta"), 404)
    client.post(path(told, message.id, "ratta"), {"estimated_at": "2026-11-27"})
    shown = text_of(client, path(told))
    assert "Rättat" in shown
    assert "måndag 23 november" in shown
    assert "fredag 27 november" in shown


def test_discharge_before_admission_is_said_on_the_form(cast: Cast, told: CaseDetail) -> None:
    ready(cast, told)
    answer = log_in(cast.ward_nurse).post(
        path(told, "skicka", "discharge"),
        {
            "discharged_at": "2026-11-19T10:00",
            "goes_to": "hemmet",
            "ground": "consent",
            "units": [str(cast.units["health_centre"].id)],
        },
    )
    assert answer.status_code == 422
    assert "Utskrivningen ligger före inskrivningen." in answer.content.decode()


def test_the_end_by_its_form(cast: Cast, told: CaseDetail) -> None:
    ready(cast, told)
    send(cast.ward_nurse, told, MessageKind.DISCHARGE, discharged_at=NOW.isoformat())
    assert "Avsluta ärendet" not in text_of(log_in(cast.needs_assessor), path(told))
    client = log_in(cast.region_nurse)
    assert client.post(path(told, "avsluta"), {"reason": ""}).status_code == 422
    assert client.post(path(told, "avsluta"), {"reason": "nothing-more"}).status_code == 302
    assert reads.case(cast.region_nurse, case_id=told.id).status is CaseStatus.CLOSED


# ── the person's page ──


def page_of(actor: Actor, karin: PersonDetail) -> str:
    return text_of(log_in(actor), f"/personer/{karin.id}/")


def test_the_persons_page_leads_on(cast: Cast, karin: PersonDetail) -> None:
    relate(cast.ward_nurse, karin)
    assert "skriv-in" in page_of(cast.ward_nurse, karin)
    nurse = page_of(cast.region_nurse, karin)
    assert "skriv-in" not in nurse
    assert "beratta-for-avdelningen" in nurse
    made = ops.open_case(
        cast.ward_nurse, person_id=karin.id, facts=ops.AdmissionFacts(admitted_at=NOW)
    )
    after = page_of(cast.ward_nurse, karin)
    assert "skriv-in" not in after
    assert path(made) in after


def test_telling_the_ward_by_its_form(cast: Cast, karin: PersonDetail) -> None:
    client = log_in(cast.region_nurse)
    place = f"/personer/{karin.id}/beratta-for-avdelningen/"
    shown = text_of(client, place)
    assert "Medicinavdelningen" in shown
    assert "Krokoms hemtjänst" not in shown
    sent = {"unit": str(cast.units["ward"].id), "words": "", "ground": "consent"}
    assert client.post(place, sent).status_code == 422
    assert client.post(place, sent | {"words": "Bor ensam."}).status_code == 302
    (line,) = reads.board(cast.ward_nurse).lines
    assert line.status is CaseStatus.EXPECTED
    assert "Skriv in" in text_of(log_in(cast.ward_nurse), f"/utskrivning/{line.case_id}/")
    text_of(log_in(cast.stranger), place, 404)
