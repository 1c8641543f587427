"""Follow-ups and reasons stand beside the versions: another party is given them with the version, and no more."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import GoalStatus, Section, Term
from samverka.careplans.rules.disclosing import PartKind
from samverka.kernel.actor import Actor
from tests.careplans.conftest import TODAY, given, taken_back
from tests.careplans.test_sending import sending as sending
from tests.factories.cast import Cast, person_login

pytestmark = pytest.mark.django_db


def follow_up(actor: Actor, plan: PlanDetail, words: str, **other: Any) -> PlanDetail:
    facts: dict[str, Any] = {
        "on": TODAY,
        "took_part": "Karin",
        "next_on": TODAY + timedelta(days=120),
        "why": f"Därför: {words}",
    }
    return ops.follow_up_plan(actor, plan_id=plan.id, words=words, **facts | other)


def beside(actor: Actor, plan: PlanDetail) -> str:
    """All that the reader is told of follow-ups and reasons."""
    found = reads.history(actor, plan_id=plan.id).versions
    numbers = [one.number for one in found]
    compared = [
        reads.compare_versions(actor, plan_id=plan.id, old=old, new=new)
        for new, old in pairwise(numbers)
    ]
    followed = reads.follow_ups(actor, plan_id=plan.id)
    return repr(([one.why for one in found], [one.new.why for one in compared], followed))


def test_a_party_is_given_them_with_the_version(cast: Cast, active: PlanDetail) -> None:
    follow_up(cast.region_nurse, active, "Det går bra")
    told = beside(cast.needs_assessor, active)
    assert told.count("Därför: Det går bra") == 2
    assert told.count("words='Det går bra'") == 1


def test_after_the_consent_nothing_that_came_later_is_told(cast: Cast, active: PlanDetail) -> None:
    nurse = cast.region_nurse
    made = ops.set_follow_up(nurse, plan_id=active.id, day=TODAY + timedelta(days=100))
    taken_back(cast, active)
    late = cast.at(nurse, hours=2)
    follow_up(late, active, "Hemligt efteråt")
    ops.explain_change(late, plan_id=active.id, version=made.version, why="Hemligt skäl")
    reader = cast.at(cast.needs_assessor, hours=3)
    assert made.version in {one.number for one in reads.history(reader, plan_id=active.id).versions}
    assert "Hemligt" not in beside(reader, active)
    assert "Hemligt skäl" in beside(late, active)
    assert "Hemligt efteråt" in beside(person_login(active.person), active)  # type: ignore[arg-type]


def test_one_who_is_let_in_again_is_not_told_what_was_said_between(
    cast: Cast, active: PlanDetail
) -> None:
    nurse, other = cast.region_nurse, cast.needs_assessor
    taken_back(cast, active)
    follow_up(cast.at(nurse, hours=2), active, "Hemligt emellan")
    ops.share_plan(
        cast.at(nurse, hours=3),
        plan_id=active.id,
        unit_ids=[cast.units["assessment"].id],
        consent=given(),
    )
    reader = cast.at(other, hours=4)
    assert reads.plan(reader, plan_id=active.id).may_edit
    assert "Hemligt" not in beside(reader, active)
    follow_up(cast.at(nurse, hours=5), active, "Öppet igen")
    assert "Öppet igen" in beside(cast.at(other, hours=6), active)


def test_nothing_is_told_before_it_is_sent(
    cast: Cast, sending: None, active: PlanDetail, settings: Settings
) -> None:
    nurse, other = cast.region_nurse, cast.needs_assessor
    ops.send_plan(nurse, plan_id=active.id)
    before = reads.plan(other, plan_id=active.id).version
    nurse = cast.at(nurse, hours=1)
    made = follow_up(nurse, active, "Inte skickat")
    ops.explain_change(
        cast.at(cast.region_nurse, hours=1), plan_id=active.id, version=before, why="Inte skickat"
    )
    reader = cast.at(other, hours=2)
    assert "Inte skickat" not in beside(reader, active)
    ops.send_plan(cast.at(nurse, hours=2), plan_id=active.id)
    told = beside(cast.at(other, hours=4), active)
    assert told.count("words='Inte skickat'") == 1
    assert made.version in {one.number for one in reads.history(other, plan_id=active.id).versions}


def test_a_follow_up_that_changes_nothing_in_the_plan_waits_for_what_is_sent_next(
    cast: Cast, sending: None, active: PlanDetail
) -> None:
    follow_up(cast.region_nurse, active, "Först", why="")
    ops.send_plan(cast.region_nurse, plan_id=active.id)
    follow_up(cast.at(cast.region_nurse, hours=1), active, "Inte skickat", why="")
    told = beside(cast.at(cast.needs_assessor, hours=2), active)
    assert "Först" in told
    assert "Inte skickat" not in told


def test_why_something_is_kept_back_is_told_only_to_those_who_keep_the_plan(
    cast: Cast, active: PlanDetail
) -> None:
    nurse = cast.region_nurse
    part = ops.KeptBack(PartKind.SECTION, "what_matters")
    made = ops.keep_back(nurse, plan_id=active.id, parts=[part], reason="Hemligt ett")
    ops.explain_change(nurse, plan_id=active.id, version=made.version, why="Hemligt två")
    seen = reads.history(cast.needs_assessor, plan_id=active.id)
    assert made.version in {one.number for one in seen.versions}
    assert "Hemligt" not in beside(cast.needs_assessor, active)
    assert "Hemligt två" in beside(nurse, active)


def test_words_about_a_change_that_is_partly_kept_back_are_kept_back(
    cast: Cast, active: PlanDetail
) -> None:
    """One follow-up goes through a goal that is kept back and the day that is not."""
    nurse, other = cast.region_nurse, cast.needs_assessor
    made = ops.add_goal(nurse, plan_id=active.id, words="Sluta dricka", term=Term.SHORT)
    goal = made.goals[-1]
    kept = ops.keep_back(
        nurse, plan_id=active.id, parts=[ops.KeptBack(PartKind.GOAL, str(goal.id))]
    )
    result = ops.GoalResult(goal.id, goal.version, GoalStatus.REACHED, "Nykter")
    made = follow_up(nurse, active, "Hemligt: nykter nu", goals=[result])
    assert made.version in {
        one.number for one in reads.history(other, plan_id=active.id).versions
    }, "the new day is given"
    assert "Hemligt" not in beside(other, active)
    assert "Hemligt" in beside(nurse, active)
    # What touches nothing that is kept back is told as before.
    made = ops.write_section(
        nurse,
        plan_id=active.id,
        section=Section.STRENGTHS,
        text="Går bra",
        version=made.version,
    )
    ops.explain_change(nurse, plan_id=active.id, version=made.version, why="Öppet skäl")
    assert "Öppet skäl" in beside(other, active)
    # Given out again it is read from then on; what was said of it before is not.
    ops.give_out(nurse, withheld_id=kept.withheld[0].id)
    assert "Hemligt" not in beside(other, active)


def test_a_follow_up_by_a_party_that_is_kept_outside_is_kept_back(
    cast: Cast, active: PlanDetail
) -> None:
    """That the person has to do with addiction care is itself outside what the other party is given."""
    nurse, ifo = cast.region_nurse, cast.units["ifo"].id
    ops.share_plan(nurse, plan_id=active.id, unit_ids=[ifo], consent=given())
    others = [cast.units["assessment"].provider_id]
    part = ops.KeptBack(PartKind.PARTY, str(ifo))
    ops.keep_back(nurse, plan_id=active.id, parts=[part], providers=others)
    follow_up(cast.ifo_officer, active, "Hemligt hos oss", why="")
    assert "Hemligt" not in beside(cast.needs_assessor, active)
    assert "Hemligt" in beside(nurse, active)
    assert "Hemligt" in beside(cast.ifo_officer, active)
