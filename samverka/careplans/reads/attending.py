"""The meeting at its end: what was agreed as it stands now, and who has been writing at the table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.careplans.models import LiveText, Meeting, Presence
from samverka.careplans.reads.live import overlay
from samverka.careplans.reads.meeting_values import AttendanceLine, MeetingDetail
from samverka.careplans.reads.meetings import view_row, whole_meetings
from samverka.careplans.reads.rows import full_plans
from samverka.kernel.actor import Actor

EARLY = timedelta(hours=1)
"""One who wrote so long before the meeting began was preparing it at the table (hours)."""


@dataclass(frozen=True, slots=True)
class MeetingEnd:
    """A meeting when it is to be ended.

    Attributes:
        writers: who has had the plan open or written in it at the meeting; a suggestion of who was there.
    """

    meeting: MeetingDetail
    writers: tuple[AttendanceLine, ...]


def meeting_at_end(actor: Actor, *, meeting_id: UUID) -> MeetingEnd:
    """The meeting with the plan as it is being written, and those who have written at the table."""
    with act(actor, Action.MEETING_READ) as this:
        row = this.row(whole_meetings(), id=meeting_id)
        this.note(row, changes=row.changes)
        plan_row = full_plans(actor).get(id=row.plan_id)
        overlay(this, plan_row)
        return MeetingEnd(view_row(this, row, plan_row), _writers(row))


def _writers(row: Meeting) -> tuple[AttendanceLine, ...]:
    since: dict[str, Any] = {"plan_id": row.plan_id, "at__gte": row.starts_at - EARLY}
    if row.held_at is not None:
        since["at__lte"] = row.held_at
    wrote = LiveText.objects.filter(**since).values_list("by", "unit_id")
    found = dict(wrote.union(Presence.objects.filter(**since).values_list("name", "unit_id")))
    return tuple(AttendanceLine(name, "", found[name], True) for name in sorted(found))
