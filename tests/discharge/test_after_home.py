"""The first time at home: who rings, what was answered, what worried, and a readmission nobody stood in the way of."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samverka.careplans import operations as careplans
from samverka.careplans.rules import ContactKind
from samverka.contacts import operations as contacts
from samverka.contacts.rules import VisitFacts
from samverka.discharge import operations as ops
from samverka.discharge import reads
from samverka.discharge.models import Case
from samverka.discharge.operations import ItemSaid
from samverka.discharge.reads import CaseDetail
from samverka.discharge.rules.after import Feeling, Outcome, Question, Told
from samverka.discharge.rules.items import Answer, ItemKind
from samverka.discharge.rules.kinds import Secrecy
from samverka.discharge.rules.messages import MessageKind
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.notices.reads import unit_tasks
from samverka.people.reads import PersonDetail
from tests.discharge.conftest import admission
from tests.factories.cast import NOW, Cast

HOME = NOW + timedelta(days=2)


def go_home(cast: Cast, case: CaseDetail) -> CaseDetail:
    return ops.send_message(
        cast.at(cast.ward_nurse, days=2), case_id=case.id, kind=MessageKind.DISCHARGE,
        letter=ops.Letter(body={"discharged_at": HOME.isoformat()}),
    )  # fmt: skip


@pytest.fixture
def home(cast: Cast, told: CaseDetail) -> CaseDetail:
    """Karin has come home; the health centre is to ring."""
    return go_home(cast, told)


def answers(**worries: str) -> list[Told]:
    return [
        Told(one, Feeling.WORRIES, worries[one.value])
        if one.value in worries
        else Told(one, Feeling.WELL)
        for one in Question
    ]


def nurse(cast: Cast, **passed: float) -> Actor:
    return cast.at(cast.at(cast.region_nurse, days=2), **passed)


def going_home_tasks(actor: Actor) -> list[str]:
    return [str(one.verb) for one in unit_tasks(actor) if one.kind == "going-home"]


def test_the_health_centre_has_a_task_within_72_hours(cast: Cast, home: CaseDetail) -> None:
    (task,) = [one for one in unit_tasks(nurse(cast, hours=1)) if one.kind == "going-home"]
    assert (str(task.verb), task.due_at) == ("höra hur det går hemma", HOME + timedelta(hours=72))
    steps = reads.case_view(nurse(cast, hours=1), case_id=home.id).steps
    assert "höra hur det går hemma" in [str(one.verb) for one in steps]
    assert not going_home_tasks(cast.at(cast.needs_assessor, days=2))


def test_the_fast_vardkontakts_unit_before_another(cast: Cast, case: CaseDetail) -> None:
    admission(cast, case, "other_centre", "health_centre", "home_care")
    careplans.appoint_contact(
        cast.region_nurse, person_id=case.person_id, kind=ContactKind.FAST_VARDKONTAKT
    )
    home = go_home(cast, case)
    assert going_home_tasks(nurse(cast, hours=1)) == ["höra hur det går hemma"]
    found = reads.after_view(nurse(cast, hours=1), case_id=home.id)
    assert found.contact == cast.region_nurse.name
    ward = reads.after_view(cast.at(cast.ward_nurse, days=2, hours=1), case_id=home.id)
    assert (ward.contact, ward.phone) == ("", "")


def test_nobody_rings_where_only_the_ward_takes_part(cast: Cast, case: CaseDetail) -> None:
    go_home(cast, case)
    assert reads.after_view(cast.at(cast.ward_nurse, days=2), case_id=case.id).after is None


def test_five_answers_end_the_task(cast: Cast, home: CaseDetail) -> None:
    actor = nurse(cast, hours=20)
    ops.note_after(actor, case_id=home.id, told=answers())
    found = reads.after_view(actor, case_id=home.id)
    assert found.after is not None
    assert (found.after.outcome, found.after.made_at) == (Outcome.REACHED, actor.at)
    assert [one.question for one in found.told] == list(Question)
    assert not found.worries
    assert not going_home_tasks(actor)
    with pytest.raises(NotNow, match="redan nådd"):
        ops.note_after(actor, case_id=home.id, told=answers())


def test_a_worry_goes_to_the_right_unit(cast: Cast, home: CaseDetail) -> None:
    actor = nurse(cast, hours=20)
    ops.note_after(
        actor, case_id=home.id, told=answers(help="Ingen kom i går", feel="Yr och trött")
    )
    found = reads.after_view(actor, case_id=home.id)
    assert {(one.words, one.unit_name) for one in found.worries} == {
        ("Mår inte bra hemma: Yr och trött", "Krokoms hälsocentral"),
        ("Hjälpen har inte kommit som det var bestämt: Ingen kom i går",
         "Krokoms biståndshandläggning"),
    }  # fmt: skip
    assessor = cast.at(cast.needs_assessor, days=3)
    assert going_home_tasks(assessor) == ["ta hand om oro hemma"]
    (line,) = [
        one for one in reads.going_home(assessor, case_id=home.id).items
        if one.kind is ItemKind.WORRY
    ]  # fmt: skip
    ops.answer_items(assessor, case_id=home.id, said={line.id: ItemSaid(Answer.YES, "Ringt")})
    assert not going_home_tasks(assessor)


def test_what_was_said_stays_with_those_whom_it_concerns(cast: Cast, home: CaseDetail) -> None:
    ops.note_after(nurse(cast, hours=20), case_id=home.id, told=answers(feel="Gråter mycket"))
    assessor = cast.at(cast.needs_assessor, days=3)
    found = reads.after_view(assessor, case_id=home.id)
    assert found.after is not None
    assert found.after.outcome is Outcome.REACHED
    assert (found.told, found.tries, found.worries) == ((), (), ())
    assert not reads.going_home(assessor, case_id=home.id).items
    with pytest.raises(NotFound):
        reads.after_view(cast.stranger, case_id=home.id)


def test_it_can_stay_with_the_own_unit(cast: Cast, home: CaseDetail) -> None:
    actor = nurse(cast, hours=20)
    ops.note_after(actor, case_id=home.id, told=answers(help="Ingen kom"), ground=None)
    (line,) = reads.after_view(actor, case_id=home.id).worries
    assert (line.unit_name, line.secrecy) == ("Krokoms hälsocentral", None)
    steps = reads.case_view(cast.at(cast.needs_assessor, days=3), case_id=home.id).steps
    assert "svara: Oro hemma" not in [str(one.verb) for one in steps]


def test_a_ground_that_does_not_hold(cast: Cast, home: CaseDetail) -> None:
    actor = nurse(cast, hours=20)
    with pytest.raises(Invalid, match="prövningen"):
        ops.note_after(
            actor, case_id=home.id, told=answers(help="Ingen kom"), ground=Secrecy.HARM_TEST
        )
    with pytest.raises(Invalid, match="Svar saknas"):
        ops.note_after(actor, case_id=home.id, told=answers()[:4])
    assert going_home_tasks(actor)


def test_two_tries_are_noted_and_the_person_can_still_be_reached(
    cast: Cast, home: CaseDetail
) -> None:
    ops.note_not_reached(nurse(cast, hours=20), case_id=home.id, words="Inget svar")
    assert going_home_tasks(nurse(cast, hours=21))
    later = nurse(cast, hours=40)
    ops.note_not_reached(later, case_id=home.id)
    found = reads.after_view(later, case_id=home.id)
    assert found.after is not None
    assert found.after.outcome is Outcome.NOT_REACHED
    assert [one.reached for one in found.tries] == [False, False]
    assert not going_home_tasks(later)
    ops.note_after(nurse(cast, hours=50), case_id=home.id, told=answers())
    again = reads.after_view(later, case_id=home.id).after
    assert again is not None
    assert again.outcome is Outcome.REACHED


def test_only_the_unit_that_asks_and_only_at_home(cast: Cast, told: CaseDetail) -> None:
    with pytest.raises(NotNow, match="inte hemma än"):
        ops.note_after(cast.region_nurse, case_id=told.id, told=answers())
    home = go_home(cast, told)
    for actor in (cast.at(cast.ward_nurse, days=3), cast.at(cast.needs_assessor, days=3)):
        with pytest.raises(NotAllowed, match="en annan enhet"):
            ops.note_after(actor, case_id=home.id, told=answers())
    with pytest.raises(NotFound):
        ops.note_not_reached(cast.at(cast.stranger, days=3), case_id=home.id)


# ── readmission ──


def back(cast: Cast, karin: PersonDetail, days: int) -> reads.Readmission | None:
    """Karin is admitted again so many days after the discharge."""
    actor = cast.at(cast.at(cast.ward_nurse, days=2), days=days)
    made = ops.open_case(actor, person_id=karin.id, facts=ops.AdmissionFacts(admitted_at=actor.at))
    return reads.case_view(actor, case_id=made.id).readmission


def test_nobody_met_her_in_between(cast: Cast, home: CaseDetail, karin: PersonDetail) -> None:
    found = back(cast, karin, 9)
    assert found is not None
    assert (found.home_at, found.met) == (HOME, False)


def test_the_contact_at_home_counts_and_a_miss_does_not(
    cast: Cast, home: CaseDetail, karin: PersonDetail
) -> None:
    ops.note_not_reached(nurse(cast, hours=20), case_id=home.id)
    ops.note_after(nurse(cast, hours=40), case_id=home.id, told=answers())
    found = back(cast, karin, 9)
    assert found is not None
    assert found.met


@pytest.mark.parametrize(("after", "met"), [(-1, False), (3, True), (9, False), (12, False)])
def test_a_visit_in_between_counts(
    cast: Cast, home: CaseDetail, karin: PersonDetail, after: int, met: bool
) -> None:
    contacts.receive_visit(
        cast.at(cast.region_nurse, days=20), person_id=karin.id,
        facts=VisitFacts(starts_at=HOME + timedelta(days=after, hours=-1)),
    )  # fmt: skip
    found = back(cast, karin, 9)
    assert found is not None
    assert found.met is met


def test_a_stay_after_a_month_is_no_readmission(
    cast: Cast, home: CaseDetail, karin: PersonDetail
) -> None:
    assert back(cast, karin, 31) is None


def test_many_at_once_in_three_questions(
    cast: Cast, home: CaseDetail, karin: PersonDetail,
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:  # fmt: skip
    back(cast, karin, 9)
    rows = list(Case.objects.all())
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert [one.met for one in reads.readmissions(rows).values()] == [False]
