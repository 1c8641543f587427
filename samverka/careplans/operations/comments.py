"""Words about a plan: the person's, those of one who acts for the person, and staff's."""

from __future__ import annotations

from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.careplans.models import Activity, Comment, Goal, Plan
from samverka.careplans.operations.disclosing import check_given_part, comment_receivers
from samverka.careplans.operations.writing import check_kept_here, text_of
from samverka.careplans.reads.plans import detail_of
from samverka.careplans.reads.rows import full_plans
from samverka.careplans.reads.values import PlanDetail
from samverka.careplans.rules import COMMENT_LENGTH
from samverka.careplans.rules.disclosing import PartKind
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import text as _


def comment_plan(
    actor: Actor,
    *,
    plan_id: UUID,
    words: str,
    goal_id: UUID | None = None,
    activity_id: UUID | None = None,
) -> PlanDetail:
    """Write something about the plan. All who read the plan see it.

    What the person writes waits on the unit that keeps the plan until someone has taken care of it.
    """
    with act(actor, Action.PLAN_COMMENT) as this:
        plan: Plan = this.row(Plan.objects, id=plan_id)
        check_kept_here(plan)
        _check_about(this, plan, goal_id, activity_id)
        row = Comment(
            plan=plan,
            person_id=plan.person_id,
            goal_id=goal_id,
            activity_id=activity_id,
            words=text_of(words, "words", COMMENT_LENGTH, _("Skriv något först.")),
            by=actor.name,
            by_id=actor.id,
            by_person=actor.is_person,
            provider_id=actor.provider_id,
            given_to=comment_receivers(this, plan),
            side=actor.side,
            unit_name=actor.unit_name,
            at=actor.at,
        )
        this.add(row)
        return _shown(this, plan)


def _check_about(this: Act, plan: Plan, goal_id: UUID | None, activity_id: UUID | None) -> None:
    for part, key in ((PartKind.GOAL, goal_id), (PartKind.ACTIVITY, activity_id)):
        check_given_part(this, plan, part, str(key))
    goal = goal_id is None or Goal.objects.filter(id=goal_id, plan=plan).exists()
    activity = activity_id is None or Activity.objects.filter(id=activity_id, plan=plan).exists()
    if not goal or not activity:
        raise Invalid(_("Det du skriver om finns inte i planen."), where="words")


def _shown(this: Act, plan: Plan) -> PlanDetail:
    this.note(plan, comment=True)
    return detail_of(this, full_plans(this.actor).get(id=plan.id))


def handle_comment(actor: Actor, *, comment_id: UUID) -> PlanDetail:
    """Say that what the person wrote has been taken care of."""
    with act(actor, Action.PLAN_EDIT) as this:
        row: Comment = this.row(Comment.objects, lock=True, id=comment_id)
        if row.handled_at is not None:
            raise NotNow(_("%(name)s har redan tagit hand om det.", name=row.handled_by))
        row.handled_at, row.handled_by = actor.at, actor.name
        row.save(update_fields=["handled_at", "handled_by"])
        return _shown(this, row.plan)
