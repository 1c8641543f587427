"""What lies outside the consent stays with its author (OSL 10:1): at no exit, however one asks."""

from __future__ import annotations

import pytest

from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import PlanKind, Section, Term
from samverka.careplans.rules.disclosing import PartKind
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.people.reads import PersonDetail
from samverka.resources import reads as shelf
from samverka.resources.models import Resource
from tests.careplans.conftest import everything, given
from tests.factories.cast import Cast, person_login


def goal_part(plan: PlanDetail, words: str) -> ops.KeptBack:
    found = next(one for one in plan.goals if one.words == words)
    return ops.KeptBack(PartKind.GOAL, str(found.id))


def test_what_is_kept_back_is_at_no_exit(cast: Cast, written: PlanDetail) -> None:
    nurse, other = cast.region_nurse, cast.needs_assessor
    made = ops.add_goal(nurse, plan_id=written.id, words="Hemligt mål", term=Term.SHORT)
    goal = next(one for one in made.goals if one.words == "Hemligt mål")
    ops.comment_plan(nurse, plan_id=written.id, words="Hemligt ord", goal_id=goal.id)
    shared = ops.share_plan(
        nurse,
        plan_id=written.id,
        unit_ids=[cast.units["assessment"].id],
        consent=given(),
        kept_back=[goal_part(made, "Hemligt mål"), ops.KeptBack(PartKind.SECTION, "what_matters")],
    )
    seen = reads.plan(other, plan_id=shared.id)
    for words in ("Hemligt", "katten"):
        assert words in everything(shared)
        assert words not in everything(seen)
        assert words not in repr(reads.list_plans(other, person_id=shared.person_id))
        assert words not in repr(reads.worklist(other))
        assert words not in repr(reads.history(other, plan_id=shared.id))
    later = ops.edit_goal(
        nurse, goal_id=goal.id, version=goal.version, words="Hemligare", term=Term.SHORT
    )
    assert "Hemlig" not in everything(reads.plan(other, plan_id=shared.id))
    # Nothing that it is given has changed: nothing new is given, and it can still write.
    again = reads.plan(other, plan_id=shared.id)
    assert (again.version, again.may_edit) == (shared.version, True)
    third = ops.add_goal(nurse, plan_id=shared.id, words="Öppet mål", term=Term.SHORT)
    compared = reads.compare_versions(
        other, plan_id=shared.id, old=shared.version, new=third.version
    )
    assert [one.after for one in compared.differences] == ["”Öppet mål” · På kort sikt · Pågår"]
    assert later.version not in {
        one.number for one in reads.history(other, plan_id=shared.id).versions
    }


def test_what_is_kept_back_cannot_be_reached_by_guessing(cast: Cast, shared: PlanDetail) -> None:
    nurse, other = cast.region_nurse, cast.needs_assessor
    (goal,) = shared.goals
    parts = [
        ops.KeptBack(PartKind.GOAL, str(goal.id)),
        ops.KeptBack(PartKind.SECTION, "strengths"),
    ]
    ops.keep_back(nurse, plan_id=shared.id, parts=parts, reason="Karin vill inte")
    with pytest.raises(NotFound):
        ops.edit_goal(other, goal_id=goal.id, version=0, words="X", term=Term.SHORT)
    with pytest.raises(NotFound):
        ops.comment_plan(other, plan_id=shared.id, words="X", goal_id=goal.id)
    with pytest.raises(NotNow):
        ops.write_section(other, plan_id=shared.id, section=Section.STRENGTHS, text="X", version=1)
    # It was given before: that copy stays in the history, and is not taken back.
    first, second = reads.history(other, plan_id=shared.id).versions[::-1]
    compared = reads.compare_versions(other, plan_id=shared.id, old=first.number, new=second.number)
    assert goal.words in compared.differences[0].before


def test_it_is_given_out_again(cast: Cast, shared: PlanDetail) -> None:
    nurse, (goal,) = cast.region_nurse, shared.goals
    kept = ops.keep_back(
        nurse, plan_id=shared.id, parts=[ops.KeptBack(PartKind.GOAL, str(goal.id))]
    )
    assert reads.plan(cast.needs_assessor, plan_id=shared.id).goals == ()
    (one,) = kept.withheld
    assert one.words == f"Mål: {goal.words}"
    (receiver,) = kept.receivers
    assert receiver.held_back == (one.words,)
    ops.give_out(nurse, withheld_id=one.id)
    assert reads.plan(cast.needs_assessor, plan_id=shared.id).goals == shared.goals
    with pytest.raises(NotNow):
        ops.give_out(nurse, withheld_id=one.id)


def test_a_party_can_be_kept_outside(cast: Cast, shared: PlanDetail) -> None:
    """That the person has to do with addiction care is itself outside the consent."""
    nurse, unit = cast.region_nurse, cast.units["ifo"].id
    ops.add_activity(nurse, plan_id=shared.id, what="Samtal", owner=ops.Owner(unit_id=unit))
    ops.keep_back(nurse, plan_id=shared.id, parts=[ops.KeptBack(PartKind.PARTY, str(unit))])
    seen = everything(reads.plan(cast.needs_assessor, plan_id=shared.id))
    assert "vuxenenhet" not in seen
    assert "Samtal" not in seen
    ours = ops.KeptBack(PartKind.PARTY, str(shared.unit.id))
    with pytest.raises(NotNow):
        ops.keep_back(nurse, plan_id=shared.id, parts=[ours])


def test_the_other_side_keeps_back_what_it_writes(
    cast: Cast, karin: PersonDetail, shared: PlanDetail
) -> None:
    nurse, other = cast.region_nurse, cast.needs_assessor
    made = ops.add_goal(
        other, plan_id=shared.id, words="Kommunens eget", term=Term.SHORT, withheld=True
    )
    goal = next(one for one in made.goals if one.words == "Kommunens eget")
    assert "Kommunens eget" not in everything(reads.plan(nurse, plan_id=shared.id))
    assert "Kommunens eget" in everything(reads.plan(person_login(karin), plan_id=shared.id))
    with pytest.raises(NotFound):
        ops.edit_goal(nurse, goal_id=goal.id, version=1, words="X", term=Term.SHORT)
    assert not Resource.objects.filter(kind="Goal", local_id=str(goal.id)).exists()
    plan = Resource.objects.get(kind="CarePlan", local_id=str(shared.id))
    assert not plan.published
    (old, *_rest) = shared.goals
    with pytest.raises(NotAllowed):  # what is given is given
        ops.keep_back(other, plan_id=shared.id, parts=[ops.KeptBack(PartKind.GOAL, str(old.id))])


def test_nothing_is_kept_back_that_is_not_there(cast: Cast, shared: PlanDetail) -> None:
    nurse = cast.region_nurse
    with pytest.raises(Invalid):
        ops.keep_back(nurse, plan_id=shared.id, parts=[])
    with pytest.raises(Invalid):
        ops.keep_back(nurse, plan_id=shared.id, parts=[ops.KeptBack(PartKind.GOAL, str(shared.id))])


def test_the_shelf_gives_one_who_was_given_the_plan_nothing_beside_it(
    cast: Cast, karin: PersonDetail, shared: PlanDetail
) -> None:
    """The shelf's CarePlan, Goals and CareTeam are the keeper's whole ones."""
    rows = Resource.objects.filter(person_id=karin.id, source="samverka")
    assert {row.kind for row in rows} >= {"CarePlan", "Goal", "CareTeam"}
    for row in rows:
        with pytest.raises(NotFound):
            shelf.resource(cast.needs_assessor, resource_id=row.id)
    assert shelf.person_kinds(cast.needs_assessor, person_id=karin.id) == []


def test_what_is_kept_back_stays_so_when_two_plans_become_one(
    cast: Cast, karin: PersonDetail, shared: PlanDetail
) -> None:
    nurse = cast.region_nurse
    other = ops.start_plan(nurse, person_id=karin.id, kind=PlanKind.SIP, title="Den andra planen")
    made = ops.add_goal(nurse, plan_id=other.id, words="Hemligt mål", term=Term.SHORT)
    part = ops.KeptBack(PartKind.GOAL, str(made.goals[0].id))
    ops.keep_back(nurse, plan_id=other.id, parts=[part])
    one = ops.merge_plans(
        nurse, plan_id=shared.id, other_id=other.id, why="Samma sak", person_wants=True
    )
    assert "Hemligt mål" in everything(one)
    assert "Hemligt mål" not in everything(reads.plan(cast.needs_assessor, plan_id=shared.id))
