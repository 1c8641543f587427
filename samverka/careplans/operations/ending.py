"""The end of a plan: it stays readable, and asks nothing more of anyone."""

from __future__ import annotations

from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.careplans import rules
from samverka.careplans.models import Confirmation, Meeting, Plan
from samverka.careplans.operations.calling import call_off
from samverka.careplans.operations.joining import call_off_tasks
from samverka.careplans.operations.live import open_settled
from samverka.careplans.operations.meeting import keep_confirmation
from samverka.careplans.operations.writing import finish, text_of
from samverka.careplans.reads.values import PlanDetail
from samverka.careplans.rules import (
    END_REASON_LENGTH,
    OWNER_LENGTH,
    ChangeKind,
    PlanStatus,
    StepName,
)
from samverka.careplans.rules.meetings import ConfirmStatus, MeetingStatus
from samverka.kernel.actor import Actor
from samverka.kernel.text import text as _

ENDED = _("Planen är avslutad.")


def end_plan(
    actor: Actor, *, plan_id: UUID, reason: str, what_next: str = "", to_whom: str = ""
) -> PlanDetail:
    """End the plan: why, what happens next, and whom the person turns to. It stays readable."""
    with act(actor, Action.PLAN_EDIT) as this:
        row = open_settled(this, plan_id)
        row.status = rules.check_step(PlanStatus(row.status), StepName.END, actor.side)
        missing = _("Skriv varför planen avslutas.")
        row.end_reason = text_of(reason, "reason", END_REASON_LENGTH, missing)
        row.end_next = text_of(what_next, "what_next", END_REASON_LENGTH)
        row.end_to = text_of(to_whom, "to_whom", OWNER_LENGTH)
        row.ended_at, row.ended_by = actor.at, actor.name
        call_off_tasks(this, row, ENDED)
        made = finish(this, row, ChangeKind.END)
        close_meetings(this, row)
        return made


def close_meetings(this: Act, plan: Plan) -> None:
    """The plan has ended: what was planned is called off, and nobody is asked to confirm."""
    planned = Meeting.objects.select_related("plan", "unit__provider", "person")
    for meeting in planned.filter(plan=plan, status=MeetingStatus.PLANNED):
        call_off(this, meeting, ENDED)
    waiting = Confirmation.objects.select_related("meeting__plan")
    for row in waiting.filter(meeting__plan=plan, status=ConfirmStatus.OPEN):
        keep_confirmation(this, row)
