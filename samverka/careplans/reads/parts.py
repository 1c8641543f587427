"""Plans by one of their parts: for those who come with the id of a goal, a comment or a consent."""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from samverka.access.act import NOBODY, Act, act
from samverka.access.actions import Action
from samverka.careplans.models import (
    Call,
    CareContact,
    Comment,
    ConsentAsk,
    Goal,
    Meeting,
    Plan,
    PlanRequest,
    PlanTask,
)
from samverka.careplans.reads.consented import ConsentPage, consent_page
from samverka.careplans.reads.plans import detail_of
from samverka.careplans.reads.rows import full_plans
from samverka.careplans.reads.values import PlanDetail
from samverka.kernel.actor import Actor


class Kept(StrEnum):
    """What the room keeps under ids that others could have too."""

    PLAN = "plan"
    MEETING = "meeting"
    CALL = "call"
    REQUEST = "request"
    CONTACT = "contact"
    TASK = "task"


_MODELS: dict[Kept, type[Model]] = {
    Kept.PLAN: Plan,
    Kept.MEETING: Meeting,
    Kept.CALL: Call,
    Kept.REQUEST: PlanRequest,
    Kept.CONTACT: CareContact,
    Kept.TASK: PlanTask,
}


def is_kept(actor: Actor, *, what: Kept, key: UUID) -> bool:
    """Whether the room keeps something by that id. Shows nothing of it."""
    with act(actor, Action.PLAN_READ) as this:
        this.unchanged()
        return bool(_MODELS[what]._default_manager.filter(pk=key).exists())


def plan_of_goal(actor: Actor, *, goal_id: UUID) -> PlanDetail:
    """The plan that a goal stands in, as far as the actor may see."""
    with act(actor, Action.PLAN_READ) as this:
        return _plan_with(this, Goal.objects.filter(id=goal_id), goal=str(goal_id))


def plan_of_comment(actor: Actor, *, comment_id: UUID) -> PlanDetail:
    """The plan that some words are about, as far as the actor may see."""
    with act(actor, Action.PLAN_READ) as this:
        return _plan_with(this, Comment.objects.filter(id=comment_id), comment=str(comment_id))


def consent_of_ask(actor: Actor, *, ask_id: UUID) -> ConsentPage:
    """The consent to a plan, by the id of one of its questions."""
    with act(actor, Action.PLAN_READ) as this:
        plans = Plan.objects.select_related("person", "unit__provider__organisation")
        row = this.row(plans, id=_plan_id(ConsentAsk.objects.filter(id=ask_id)))
        this.note(row, consent=str(ask_id))
        return consent_page(this, row)


def _plan_with(this: Act, parts: QuerySet[Any], **noted: str) -> PlanDetail:
    row = this.row(full_plans(this.actor), id=_plan_id(parts))
    this.note(row, version=row.version, **noted)
    return detail_of(this, row)


def _plan_id(parts: QuerySet[Any]) -> UUID:
    """Nobody's id where there is none: the gate then answers as for one who is hidden."""
    found: UUID | None = parts.values_list("plan_id", flat=True).first()
    return found or NOBODY
