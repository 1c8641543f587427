"""A plan that was given is searched as it was given: no question tells what has happened to it since."""

from __future__ import annotations

from samverka.careplans import operations as ops
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import Term
from samverka.config.searching import search
from samverka.kernel.actor import Actor
from samverka.web.exchange import Call, Page
from tests.careplans.conftest import taken_back
from tests.factories.cast import Cast


def ask(reader: Actor, kind: str, *given: tuple[str, str]) -> Page:
    return search(reader, Call("GET", kind=kind, given=given))


def everything(reader: Actor, plan: PlanDetail) -> list[Page]:
    """Questions by which one could guess."""
    whose, goal = ("patient", str(plan.person_id)), str(plan.goals[0].id)
    return [
        ask(reader, "CarePlan", whose, ("_total", "accurate")),
        ask(reader, "CarePlan", whose, ("_summary", "count")),
        ask(reader, "CarePlan", ("status", "active,draft,completed,revoked")),
        ask(reader, "CarePlan", ("status", "completed")),
        ask(reader, "CarePlan", ("_lastUpdated", "gt2026-11-20T15:00:00Z")),
        ask(reader, "CarePlan", whose, ("_sort", "-_lastUpdated"), ("_include", "CarePlan:goal")),
        ask(reader, "CarePlan", ("goal.lifecycle-status", "active,completed,proposed")),
        ask(reader, "Goal", whose, ("_count", "0")),
        ask(reader, "Goal", ("_has:CarePlan:goal:status", "completed")),
        ask(reader, "Goal", ("_has:CarePlan:goal:status", "active")),
        ask(reader, "Goal", ("_id", goal), ("_revinclude", "CarePlan:goal")),
        ask(reader, "Patient", ("_has:CarePlan:patient:status", "completed")),
        ask(reader, "Patient", ("_has:Goal:patient:lifecycle-status", "completed,proposed,active")),
        search(reader, Call("GET", within=("Patient", str(plan.person_id)))),
    ]


def test_a_plan_that_was_given_is_found_as_it_was_given(cast: Cast, shared: PlanDetail) -> None:
    reader, whose = cast.needs_assessor, ("patient", str(shared.person_id))
    [found] = ask(reader, "CarePlan", whose).shown
    assert (found.id, found.version) == (str(shared.id), f"g{shared.version}")
    page = ask(reader, "CarePlan", whose, ("_include", "CarePlan:goal"))
    assert {one.id for one in page.included} == {str(one.id) for one in shared.goals}
    assert ask(cast.stranger, "CarePlan", whose).shown == ()


def test_what_comes_after_is_guessed_by_no_question(cast: Cast, shared: PlanDetail) -> None:
    reader = cast.at(cast.needs_assessor, hours=3)
    taken_back(cast, shared)
    before = everything(reader, shared)
    later = cast.at(cast.region_nurse, hours=2)
    ops.comment_plan(later, plan_id=shared.id, words="Sagt efteråt")
    ops.add_goal(later, plan_id=shared.id, words="Efteråt", term=Term.LONG)
    assert everything(reader, shared) == before
    keeper = ask(cast.at(cast.region_nurse, hours=3), "Goal", ("patient", str(shared.person_id)))
    assert len(keeper.shown) == len(shared.goals) + 1
