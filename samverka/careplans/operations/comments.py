"""Words about a plan: the person's, those of one who acts for the person, and staff's."""

from __future__ import annotations

from copy import copy
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.careplans import fhir
from samverka.careplans.models import Activity, Comment, Goal, Plan
from samverka.careplans.operations.disclosing import check_given_part, comment_receivers
from samverka.careplans.operations.keeping import keep_plan_tasks
from samverka.careplans.operations.writing import check_kept_here, text_of
from samverka.careplans.reads.asked import words_answer_time
from samverka.careplans.reads.plans import detail_of
from samverka.careplans.reads.rows import full_plans
from samverka.careplans.reads.values import PlanDetail
from samverka.careplans.rules import (
    ANSWERED_KINDS,
    COMMENT_LENGTH,
    CommentKind,
    CommentWay,
    check_sayer,
)
from samverka.careplans.rules.disclosing import PartKind
from samverka.kernel.actor import Actor, Side
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.notices.operations import tell_person

SAID_SHOWN = 80
"""Characters of the person's words when the person is told of an answer."""


def comment_plan(
    actor: Actor,
    *,
    plan_id: UUID,
    words: str,
    goal_id: UUID | None = None,
    activity_id: UUID | None = None,
    kind: CommentKind = CommentKind.COMMENT,
    on_behalf_of: str = "",
    way: CommentWay = CommentWay.OWN,
) -> PlanDetail:
    """Write something about the plan. All who read the plan see it.

    What the person writes waits on the unit that keeps the plan until someone has taken care of it. So
    do words that staff write down for the one who said them.

    Args:
        on_behalf_of: whose words staff write down, by phone, at a meeting or from a letter (`way`).
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
            kind=kind,
            provider_id=actor.provider_id,
            given_to=comment_receivers(this, plan),
            at=actor.at,
            **_said_by(actor, on_behalf_of, way),
        )
        if row.by_person and kind in ANSWERED_KINDS:
            row.answer_due_at = words_answer_time(actor.at)
        this.add(row)
        return _shown(this, plan, row)


def answer_comment(actor: Actor, *, comment_id: UUID, words: str) -> PlanDetail:
    """Answer what the person has written. The answer stands beneath it, and the person is told."""
    with act(actor, Action.PLAN_EDIT) as this:
        asked: Comment = this.row(Comment.objects, lock=True, id=comment_id)
        plan: Plan = this.row(Plan.objects, id=asked.plan_id)
        check_kept_here(plan)
        _check_about(this, plan, asked.goal_id, asked.activity_id)
        if not asked.by_person:
            raise NotNow(_("Bara det som personen har skrivit får ett svar."))
        row = Comment(
            plan=plan,
            person_id=plan.person_id,
            goal_id=asked.goal_id,
            activity_id=asked.activity_id,
            words=text_of(words, "words", COMMENT_LENGTH, _("Skriv ett svar först.")),
            provider_id=actor.provider_id,
            given_to=comment_receivers(this, plan),
            at=actor.at,
            **_said_by(actor, "", CommentWay.OWN) | {"answer_to": asked},
        )
        this.add(row)
        _close(this, asked)
        if not plan.not_for_patient:
            tell_person(this, person_id=plan.person_id, sentence=_answered_words(actor, asked))
        return _shown(this, plan, row)


def _answered_words(actor: Actor, asked: Comment) -> Text:
    said = asked.words if len(asked.words) <= SAID_SHOWN else f"{asked.words[:SAID_SHOWN]} …"
    return _("%(name)s har svarat på det du skrev: ”%(words)s”.", name=actor.name, words=said)


def _close(this: Act, row: Comment) -> None:
    """The person's words do not wait any more."""
    if row.handled_at is None:
        row.handled_at, row.handled_by = this.actor.at, this.actor.name
        row.save(update_fields=["handled_at", "handled_by"])
        _publish(this, row)


def _said_by(actor: Actor, on_behalf_of: str, way: CommentWay) -> dict[str, object]:
    """Whose words they are: the writer's, or those of the one for whom staff write."""
    sayer = check_sayer(on_behalf_of, way)
    if not sayer or not actor.is_staff:
        return {
            "by": actor.name,
            "by_id": actor.id,
            "by_person": actor.is_person,
            "side": actor.side,
            "unit_name": actor.unit_name,
        }
    return {
        "by": sayer,
        "by_id": actor.id,
        "by_person": True,
        "side": Side.PERSON,
        "way": CommentWay.PHONE if way is CommentWay.OWN else way,
        "written_by": f"{actor.name}, {actor.unit_name}",
    }


def _check_about(this: Act, plan: Plan, goal_id: UUID | None, activity_id: UUID | None) -> None:
    for part, key in ((PartKind.GOAL, goal_id), (PartKind.ACTIVITY, activity_id)):
        check_given_part(this, plan, part, str(key))
    goal = goal_id is None or Goal.objects.filter(id=goal_id, plan=plan).exists()
    activity = activity_id is None or Activity.objects.filter(id=activity_id, plan=plan).exists()
    if not goal or not activity:
        raise Invalid(_("Det du skriver om finns inte i planen."), where="words")


def _shown(this: Act, plan: Plan, row: Comment) -> PlanDetail:
    told = {"for": row.by, "way": row.way} if row.written_by else {}
    this.note(plan, comment=True, **told)
    plan_row = full_plans(this.actor).get(id=plan.id)
    keep_plan_tasks(this, plan_row)
    shown = detail_of(this, plan_row)
    _published(this, shown, plan_row, row)
    return shown


def _publish(this: Act, row: Comment) -> None:
    plan_row = full_plans(this.actor).get(id=row.plan_id)
    _published(this, detail_of(this, plan_row), plan_row, row)


def _published(this: Act, shown: PlanDetail, plan_row: Any, row: Comment) -> None:
    said = next((one for one in shown.comments if one.id == row.id), None)
    if said is not None:
        own = said.by_person and said.by == shown.person.name
        made = fhir.communication(said, plan_id=shown.id, person_id=shown.person_id, own=own)
        this.publish(made, _on_shelf(row, plan_row))


def _on_shelf(row: Comment, plan: Any) -> Comment:
    """Where anything of the plan is kept back, words about it are for the plan's own readers only."""
    mine = copy(row)
    mine.plan = copy(plan)
    mine.plan.published = plan.published and not plan.withheld_parts
    return mine


def handle_comment(actor: Actor, *, comment_id: UUID) -> PlanDetail:
    """Say that what the person wrote has been taken care of."""
    with act(actor, Action.PLAN_EDIT) as this:
        row: Comment = this.row(Comment.objects, lock=True, id=comment_id)
        if row.handled_at is not None:
            raise NotNow(_("%(name)s har redan tagit hand om det.", name=row.handled_by))
        row.handled_at, row.handled_by = actor.at, actor.name
        row.save(update_fields=["handled_at", "handled_by"])
        return _shown(this, row.plan, row)
