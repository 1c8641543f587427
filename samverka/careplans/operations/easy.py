"""Easy wordings of a plan's parts."""

from __future__ import annotations

from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.careplans import rules
from samverka.careplans.models import Activity, EasyWords, Goal, Plan
from samverka.careplans.operations.writing import check_kept_here
from samverka.careplans.reads.plans import detail_of
from samverka.careplans.reads.rows import full_plans
from samverka.careplans.reads.values import PlanDetail
from samverka.careplans.rules import Section
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _


def write_easy(actor: Actor, *, plan_id: UUID, place: str, words: str) -> PlanDetail:
    """Write a part of the plan in easy words for the person; empty words take the wording away."""
    with act(actor, Action.PLAN_EDIT) as this:
        plan: Plan = this.row(Plan.objects, lock=True, id=plan_id)
        check_kept_here(plan)
        original = original_of(plan, place)
        words = rules.check_easy(words, original)
        now = EasyWords.objects.filter(plan=plan, place=place, replaced_at__isnull=True)
        now.update(replaced_at=actor.at)
        if words:
            this.add(_row(actor, plan, place, words, original))
        return _shown(this, plan, place)


def _row(actor: Actor, plan: Plan, place: str, words: str, original: str) -> EasyWords:
    return EasyWords(
        plan=plan,
        person_id=plan.person_id,
        place=place,
        words=words,
        original=original,
        written_at=actor.at,
        written_by=actor.name,
    )


def original_of(plan: Plan, place: str) -> str:
    """What the plan says there now.

    Raises:
        Invalid: the plan has no such part.
    """
    if place in {one.value for one in rules.EASY_SECTIONS}:
        return str(getattr(plan, Section(place).value))
    try:
        part_id = UUID(place)
    except ValueError:
        raise Invalid(_("Den delen finns inte i planen.")) from None
    goal = Goal.objects.filter(id=part_id, plan=plan).first()
    if goal is not None:
        return str(goal.words)
    activity = Activity.objects.filter(id=part_id, plan=plan).first()
    if activity is None:
        raise Invalid(_("Den delen finns inte i planen."))
    return str(activity.what)


def _shown(this: Act, plan: Plan, place: str) -> PlanDetail:
    this.note(plan, easy=place)
    return detail_of(this, full_plans(this.actor).get(id=plan.id))
