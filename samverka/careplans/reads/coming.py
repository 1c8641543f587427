"""The person's meetings on the own page: what lies ahead, and what waits for the person's word. One query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from samverka.access.act import Act
from samverka.careplans.models import Call, Confirmation, Meeting
from samverka.careplans.rules import PlanStatus
from samverka.careplans.rules.meetings import CallStatus, ConfirmStatus, Invitee, MeetingStatus
from samverka.kernel.actor import Side
from samverka.organisations.reads import unit_detail

WAITS_FOR_WORD = timedelta(days=60)
"""So long after a meeting the page asks the person whether it came out right."""


@dataclass(frozen=True, slots=True)
class ComingMeeting:
    """A meeting about the person's plan.

    Attributes:
        call_id: the person's own call, to answer; None when the person is not called.
        unanswered: the person has not said yes or no.
        to_confirm: the meeting has been held, and the person has not said whether it came out right.
    """

    id: UUID
    plan_id: UUID
    plan_title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    video: bool
    organiser: str
    side: Side
    phone: str
    phone_hours: str
    call_id: UUID | None
    unanswered: bool
    to_confirm: bool


def coming_meetings(this: Act, person_id: UUID) -> tuple[ComingMeeting, ...]:
    """Meetings ahead and those that wait for the person's word, inside another read's act; soonest first."""
    found = _meetings(this.actor.at).filter(person_id=person_id)
    rows = this.rows(found, order=("starts_at",))
    return tuple(_coming(row, this.actor.at) for row in rows)


def _meetings(at: datetime) -> QuerySet[Any]:
    calls = Call.objects.filter(
        meeting_id=OuterRef("pk"), round=OuterRef("round"), invitee=Invitee.PERSON
    )
    waiting = Confirmation.objects.filter(
        meeting_id=OuterRef("pk"), party=Invitee.PERSON, status=ConfirmStatus.OPEN
    )
    ahead = Q(status=MeetingStatus.PLANNED, ends_at__gte=at)
    lasting = ~Q(plan__status=PlanStatus.ENDED)
    held = lasting & Q(status=MeetingStatus.HELD, held_at__gte=at - WAITS_FOR_WORD, to_confirm=True)
    found: QuerySet[Any] = (
        Meeting.objects.select_related("plan", "unit__provider__organisation")
        .annotate(
            call_id=Subquery(calls.values("id")[:1]),
            call_status=Subquery(calls.values("status")[:1]),
            to_confirm=Exists(waiting),
        )
        .filter(ahead | held)
    )
    return found


def _coming(row: Any, at: datetime) -> ComingMeeting:
    unit = unit_detail(row.unit)
    held = row.status != MeetingStatus.PLANNED
    return ComingMeeting(
        id=row.id,
        plan_id=row.plan_id,
        plan_title=row.plan.title,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place,
        video=bool(row.link),
        organiser=unit.name,
        side=unit.side,
        phone=unit.phone,
        phone_hours=unit.phone_hours,
        call_id=row.call_id,
        unanswered=row.call_status == CallStatus.SENT and not held,
        to_confirm=held and row.to_confirm,
    )
