"""Invitations and undertakings: who is asked, who answers, who is in the team, who may not know of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from samverka.careplans import fhir, reads
from samverka.careplans import operations as ops
from samverka.careplans.reads import PlanDetail, PlanTaskDetail
from samverka.careplans.rules import ActivityStatus, PlanStatus
from samverka.careplans.rules.tasks import TaskSort, TaskStatus
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Conflict, Invalid, NotAllowed, NotFound, NotNow
from samverka.people.reads import PersonDetail
from tests.careplans.conftest import given, taken_back
from tests.factories.browser import log_in
from tests.factories.cast import Cast, person_login


def asked(actor: Actor, plan: PlanDetail, sort: TaskSort = TaskSort.INVITATION) -> PlanTaskDetail:
    """The one of the sort that the actor knows of."""
    [found] = [one for one in reads.plan(actor, plan_id=plan.id).tasks if one.sort is sort]
    return found


def team(actor: Actor, plan: PlanDetail) -> dict[UUID, bool]:
    """Units of the CareTeam, each with whether its part has ended."""
    made = fhir.care_team(reads.plan(actor, plan_id=plan.id))
    found: list[dict[str, Any]] = made["participant"]
    return {
        UUID(one["member"]["reference"].partition("/")[2]): ("end" in one["period"])
        for one in found
    }


def unit(cast: Cast, name: str = "assessment") -> UUID:
    return cast.units[name].id


def test_sharing_a_plan_invites_and_a_yes_makes_a_member(cast: Cast, shared: PlanDetail) -> None:
    planner = cast.needs_assessor
    one = asked(planner, shared)
    assert (one.status, one.owner.id, one.requester.id) == (
        TaskStatus.REQUESTED,
        unit(cast),
        unit(cast, "health_centre"),
    )
    assert team(cast.region_nurse, shared) == {unit(cast, "health_centre"): False}
    later = cast.at(planner, minutes=1)
    said = ops.move_task(later, task_id=one.id, to=TaskStatus.ACCEPTED)
    assert said.status is TaskStatus.ACCEPTED
    for reader in (later, cast.at(cast.region_nurse, minutes=1)):
        assert team(reader, shared) == {unit(cast, "health_centre"): False, unit(cast): False}
    newest = reads.plan(cast.at(cast.region_nurse, minutes=1), plan_id=shared.id)
    assert newest.version == shared.version + 1


def test_no_needs_its_reason_and_changes_no_plan(cast: Cast, shared: PlanDetail) -> None:
    planner = cast.at(cast.needs_assessor, minutes=1)
    one = asked(planner, shared)
    with pytest.raises(Invalid):
        ops.move_task(planner, task_id=one.id, to=TaskStatus.REJECTED)
    ops.move_task(planner, task_id=one.id, to=TaskStatus.REJECTED, reason="Fel kommun")
    told = asked(cast.at(cast.region_nurse, minutes=1), shared)
    assert (told.status, told.reason, told.moves) == (TaskStatus.REJECTED, "Fel kommun", ())
    assert reads.plan(planner, plan_id=shared.id).version == shared.version


def test_each_moves_what_is_theirs_and_a_stranger_knows_of_nothing(
    cast: Cast, karin: PersonDetail, shared: PlanDetail
) -> None:
    one = asked(cast.needs_assessor, shared)
    with pytest.raises(NotAllowed):
        ops.move_task(cast.region_nurse, task_id=one.id, to=TaskStatus.ACCEPTED)
    with pytest.raises(NotNow) as told:
        ops.move_task(cast.needs_assessor, task_id=one.id, to=TaskStatus.COMPLETED)
    assert "received, accepted, rejected, cancelled" in str(told.value)
    for nobody in (cast.stranger, cast.municipal_nurse):
        with pytest.raises(NotFound):
            reads.plan_task(nobody, task_id=one.id)
        with pytest.raises(NotFound):
            ops.move_task(nobody, task_id=one.id, to=TaskStatus.ACCEPTED)
    patient = person_login(karin)
    assert reads.plan_task(patient, task_id=one.id).moves == ()
    with pytest.raises(NotAllowed):
        ops.move_task(patient, task_id=one.id, to=TaskStatus.ACCEPTED)
    assert asked(cast.needs_assessor, shared).status is TaskStatus.REQUESTED


def test_who_comes_second_is_told(cast: Cast, shared: PlanDetail) -> None:
    one = asked(cast.needs_assessor, shared)
    ops.move_task(cast.needs_assessor, task_id=one.id, to=TaskStatus.RECEIVED, version=1)
    with pytest.raises(Conflict):
        ops.move_task(cast.region_nurse, task_id=one.id, to=TaskStatus.CANCELLED, version=1)


def test_an_undertaking_is_known_when_the_plan_is_given(cast: Cast, written: PlanDetail) -> None:
    """The activity was written before Karin said yes: nobody outside hears of it until then."""
    mine = asked(cast.region_nurse, written, TaskSort.UNDERTAKING)
    assert (mine.what, mine.due_on is not None) == ("Hjälp med dusch", True)
    with pytest.raises(NotFound):
        reads.plan_task(cast.needs_assessor, task_id=mine.id)
    ops.share_plan(cast.region_nurse, plan_id=written.id, unit_ids=[unit(cast)], consent=given())
    assert reads.plan_task(cast.needs_assessor, task_id=mine.id).what == "Hjälp med dusch"


STEPS = (
    (TaskStatus.ACCEPTED, ActivityStatus.PLANNED),
    (TaskStatus.IN_PROGRESS, ActivityStatus.ONGOING),
    (TaskStatus.COMPLETED, ActivityStatus.DONE),
)


def test_an_undertaking_moves_its_activity_and_the_last_that_ends_ends_the_part(
    cast: Cast, active: PlanDetail
) -> None:
    one = asked(cast.needs_assessor, active, TaskSort.UNDERTAKING)
    for minutes, (to, activity) in enumerate(STEPS, start=1):
        planner = cast.at(cast.needs_assessor, minutes=minutes)
        ops.move_task(planner, task_id=one.id, to=to, answer="Det går bra")
        nurse = cast.at(cast.region_nurse, minutes=minutes)
        plan = reads.plan(nurse, plan_id=active.id)
        [seen] = [part for part in plan.activities if part.what == "Hjälp med dusch"]
        assert seen.status is activity
        assert team(nurse, active)[unit(cast)] is (to is TaskStatus.COMPLETED)
    assert seen.outcome == "Det går bra"
    assert plan.shared_with, "what they are given is a matter of consent, not of the team"


def test_a_question_back_makes_nobody_a_member(cast: Cast, active: PlanDetail) -> None:
    one = asked(cast.needs_assessor, active, TaskSort.UNDERTAKING)
    back = ops.ask_back(cast.needs_assessor, task_id=one.id, words="Vilken dag?")
    assert (back.status, back.owner.id, back.part_of_id) == (
        TaskStatus.READY,
        unit(cast, "health_centre"),
        one.id,
    )
    with pytest.raises(NotAllowed):
        ops.move_task(cast.needs_assessor, task_id=back.id, to=TaskStatus.COMPLETED)
    done = ops.move_task(
        cast.region_nurse, task_id=back.id, to=TaskStatus.COMPLETED, answer="Måndag"
    )
    assert (done.answer, done.status) == ("Måndag", TaskStatus.COMPLETED)
    assert unit(cast) not in team(cast.region_nurse, active)
    with pytest.raises(NotNow):
        ops.ask_back(cast.needs_assessor, task_id=back.id, words="Och?")


def test_the_municipality_puts_forward_its_own_and_asks_the_region(
    cast: Cast, active: PlanDetail
) -> None:
    planner = cast.at(cast.needs_assessor, minutes=1)
    own = ops.ask_to_do(planner, plan_id=active.id, what="Trygghetslarm", unit_id=unit(cast))
    assert own.status is TaskStatus.ACCEPTED
    assert unit(cast) in team(planner, active)
    later = cast.at(cast.needs_assessor, minutes=2)
    theirs = ops.ask_to_do(
        later, plan_id=active.id, what="Kontrollera syn", unit_id=unit(cast, "health_centre")
    )
    assert (theirs.status, theirs.requester.id) == (TaskStatus.REQUESTED, unit(cast))
    nurse = cast.at(cast.region_nurse, minutes=3)
    ops.move_task(nurse, task_id=theirs.id, to=TaskStatus.REJECTED, reason="Görs av optiker")
    assert team(nurse, active)[unit(cast, "health_centre")] is False, "those who keep it stay"
    with pytest.raises(NotNow):
        ops.ask_to_do(nurse, plan_id=active.id, what="Prov", unit_id=unit(cast, "health_centre"))
    with pytest.raises(NotNow):
        ops.ask_to_join(nurse, plan_id=active.id, unit_id=unit(cast))
    asked_now = ops.ask_to_join(nurse, plan_id=active.id, unit_id=unit(cast, "home_health"))
    assert asked_now.status is TaskStatus.REQUESTED
    with pytest.raises(NotFound):  # not given to them yet
        reads.plan_task(cast.municipal_nurse, task_id=asked_now.id)


def test_whoever_writes_in_the_plan_takes_part(cast: Cast, active: PlanDetail) -> None:
    planner = cast.at(cast.needs_assessor, minutes=1)
    mine = next(one for one in active.activities if one.owner_unit_id == unit(cast))
    ops.finish_activity(planner, activity_id=mine.id, outcome="Klart nu")
    assert asked(planner, active).status is TaskStatus.ACCEPTED
    done = asked(planner, active, TaskSort.UNDERTAKING)
    assert (done.status, done.version) == (TaskStatus.COMPLETED, 4)
    assert team(planner, active)[unit(cast)] is False, "the invitation goes on"


def test_those_who_keep_it_do_not_say_for_others_that_it_is_done(
    cast: Cast, active: PlanDetail
) -> None:
    nurse = cast.at(cast.region_nurse, minutes=1)
    theirs = next(one for one in active.activities if one.owner_unit_id == unit(cast))
    ops.finish_activity(nurse, activity_id=theirs.id, outcome="Kommunen ringde")
    assert asked(nurse, active, TaskSort.UNDERTAKING).status is TaskStatus.REQUESTED


def test_what_is_taken_back_was_never_asked(cast: Cast, active: PlanDetail) -> None:
    nurse = cast.at(cast.region_nurse, minutes=1)
    made = ops.add_activity(
        nurse, plan_id=active.id, what="Städning", owner=ops.Owner(unit_id=unit(cast))
    )
    assert len(reads.plan(nurse, plan_id=active.id).tasks) == 3
    ops.undo_change(nurse, plan_id=active.id, version=made.version)
    assert len(reads.plan(nurse, plan_id=active.id).tasks) == 2


def test_a_deed_that_is_taken_back_leaves_the_undertaking_going_on(
    cast: Cast, active: PlanDetail
) -> None:
    planner = cast.at(cast.needs_assessor, minutes=1)
    mine = next(one for one in active.activities if one.owner_unit_id == unit(cast))
    made = ops.finish_activity(planner, activity_id=mine.id)
    ops.undo_change(planner, plan_id=active.id, version=made.version)
    assert asked(planner, active, TaskSort.UNDERTAKING).status is TaskStatus.ACCEPTED


def test_handed_over_the_first_is_asked_nothing_more(cast: Cast, active: PlanDetail) -> None:
    nurse = cast.at(cast.region_nurse, minutes=1)
    one = next(part for part in active.activities if part.owner_unit_id == unit(cast))
    ops.edit_activity(
        nurse,
        activity_id=one.id,
        version=one.version,
        what=one.what,
        owner=ops.Owner(unit_id=unit(cast, "home_health")),
    )
    found = {
        task.owner.id: task.status
        for task in reads.plan(nurse, plan_id=active.id).tasks
        if task.sort is TaskSort.UNDERTAKING
    }
    assert found == {
        unit(cast): TaskStatus.CANCELLED,
        unit(cast, "home_health"): TaskStatus.REQUESTED,
    }


def test_when_the_plan_ends_nobody_is_asked_any_more(cast: Cast, active: PlanDetail) -> None:
    one = asked(cast.needs_assessor, active, TaskSort.UNDERTAKING)
    for minutes, to in enumerate((TaskStatus.ACCEPTED, TaskStatus.IN_PROGRESS), start=1):
        ops.move_task(cast.at(cast.needs_assessor, minutes=minutes), task_id=one.id, to=to)
    nurse = cast.at(cast.region_nurse, minutes=3)
    ops.end_plan(nurse, plan_id=active.id, reason="Karin har flyttat")
    assert asked(nurse, active).status is TaskStatus.CANCELLED
    begun = asked(nurse, active, TaskSort.UNDERTAKING)
    assert begun.status is TaskStatus.IN_PROGRESS, "its owner tells how it ended"
    planner = cast.at(cast.needs_assessor, minutes=4)
    ops.move_task(planner, task_id=one.id, to=TaskStatus.FAILED, reason="Flyttat")
    assert reads.plan(nurse, plan_id=active.id).status is PlanStatus.ENDED


def test_one_who_only_keeps_a_copy_is_told_of_no_task(cast: Cast, shared: PlanDetail) -> None:
    one = asked(cast.needs_assessor, shared)
    taken_back(cast, shared)
    late = cast.at(cast.needs_assessor, hours=2)
    with pytest.raises((NotFound, NotAllowed)):
        reads.plan_task(late, task_id=one.id)
    assert reads.plan(late, plan_id=shared.id).tasks == ()


def test_the_planner_answers_on_the_page(cast: Cast, shared: PlanDetail) -> None:
    browser = log_in(cast.needs_assessor)
    place = f"/planer/{shared.id}/"
    text = browser.get(place).content.decode()
    for words in (
        "Inbjudan att delta i planen",
        "Åtagande i planen: Hjälp med dusch",
        "Väntar på svar",
        "Tillfrågad",
    ):
        assert words in text
    one = asked(cast.needs_assessor, shared)
    assert [str(move.words) for move in one.moves] == ["Ja", "Nej"]
    answer = browser.post(f"{place}uppgift/{one.id}/rejected/", {"reason": ""})
    assert (answer.status_code, "Varför?" in answer.content.decode()) == (422, True)
    assert browser.post(f"{place}uppgift/{one.id}/completed/", {}).status_code in (409, 422)
    assert browser.post(f"{place}uppgift/{one.id}/accepted/", {}).status_code == 302
    text = browser.get(place).content.decode()
    assert "Har sagt ja" in text
    assert "Tillfrågad" not in text
    assert browser.get(f"{place}uppgift/{one.id}/nonsense/").status_code == 404
    stranger = log_in(cast.stranger)
    assert stranger.get(f"{place}uppgift/{one.id}/rejected/").status_code == 404


def test_the_patient_answers_for_no_unit(
    cast: Cast, karin: PersonDetail, shared: PlanDetail
) -> None:
    one = asked(cast.needs_assessor, shared)
    patient = log_in(person_login(karin))
    place = f"/planer/{shared.id}/uppgift/{one.id}/rejected/"
    assert patient.get(place).status_code == 403
    assert patient.post(place, {"reason": "Nej"}).status_code == 403


def test_those_who_keep_it_read_the_no_on_the_page(cast: Cast, shared: PlanDetail) -> None:
    one = asked(cast.needs_assessor, shared)
    ops.move_task(cast.needs_assessor, task_id=one.id, to=TaskStatus.REJECTED, reason="Fel kommun")
    text = log_in(cast.region_nurse).get(f"/planer/{shared.id}/").content.decode()
    assert "Har sagt nej" in text
    assert "”Fel kommun”" in text
