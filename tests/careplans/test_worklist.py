"""Väntar på oss, and mine: each unit sees its own first step."""

from __future__ import annotations

from datetime import timedelta

from samverka.audit.models import Event
from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import ContactKind
from samverka.people.reads import PersonDetail
from tests.careplans.conftest import TODAY
from tests.factories.cast import Cast, person_login


def test_a_draft_waits_on_the_unit_that_keeps_it(cast: Cast, plan: PlanDetail) -> None:
    (line,) = reads.worklist(cast.region_nurse)
    assert (line.id, line.waits_on_us, line.mine) == (plan.id, True, False)
    assert line.next_step is not None
    assert line.next_step.verb == "skriva vem som gör vad"
    assert line.person.name == "Karin Åström"
    for other in (cast.needs_assessor, cast.ward_nurse, cast.stranger):
        assert reads.worklist(other) == []


def test_each_side_has_its_own_step_with_its_own_day(cast: Cast, active: PlanDetail) -> None:
    (ours,) = reads.worklist(cast.region_nurse)
    (theirs,) = reads.worklist(cast.needs_assessor)
    assert ours.next_step is not None
    assert theirs.next_step is not None
    assert (ours.next_step.verb, ours.due_on) == (
        "Läkemedelsgenomgång",
        TODAY + timedelta(days=10),
    )
    assert (theirs.next_step.verb, theirs.due_on) == ("Hjälp med dusch", TODAY + timedelta(days=5))
    assert not theirs.overdue
    (late,) = reads.worklist(cast.at(cast.needs_assessor, days=6))
    assert late.overdue


def test_what_is_done_is_off_the_list(cast: Cast, active: PlanDetail) -> None:
    task = next(one for one in active.activities if one.owner == "Krokoms biståndshandläggning")
    ops.finish_activity(cast.needs_assessor, activity_id=task.id)
    assert reads.worklist(cast.needs_assessor) == []


def test_the_contact_has_the_person_among_the_own(
    cast: Cast, karin: PersonDetail, active: PlanDetail
) -> None:
    for task in active.activities:
        ops.finish_activity(cast.region_nurse, activity_id=task.id)
    assert reads.worklist(cast.region_nurse) == []
    ops.appoint_contact(cast.region_nurse, person_id=karin.id, kind=ContactKind.FAST_VARDKONTAKT)
    (line,) = reads.worklist(cast.region_nurse)
    assert (line.mine, line.waits_on_us) == (True, False)
    assert reads.worklist(cast.physician) == []


def test_the_list_is_logged_person_by_person(
    cast: Cast, karin: PersonDetail, plan: PlanDetail
) -> None:
    reads.worklist(cast.region_nurse)
    line = Event.objects.get(action="worklist.read", person_id=str(karin.id))
    assert line.object_ids == [str(plan.id)]


def test_an_ended_plan_is_on_nobodys_list(cast: Cast, active: PlanDetail) -> None:
    ops.end_plan(cast.region_nurse, plan_id=active.id, reason="Klart")
    assert reads.worklist(cast.region_nurse) == []
    lines = reads.list_plans(cast.region_nurse, person_id=active.person_id)
    assert [line.next_step for line in lines] == [None]


def test_the_persons_list_has_the_person_and_the_contacts(
    cast: Cast, karin: PersonDetail, active: PlanDetail
) -> None:
    ops.appoint_contact(cast.region_nurse, person_id=karin.id, kind=ContactKind.FAST_VARDKONTAKT)
    found = reads.person_plans(cast.municipal_nurse, person_id=karin.id)
    assert found.plans == ()
    assert [one.name for one in found.contacts] == ["Lena Berg"]
    assert found.may_start
    her = reads.person_plans(person_login(karin), person_id=karin.id)
    assert [line.title for line in her.plans] == ["Karins plan"]
    assert not her.may_start
