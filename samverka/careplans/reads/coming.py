"""The person's meetings on the own page: what lies ahead, and what waits for the person's word. One query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    CharField,
    DateTimeField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import JSONObject

from samverka.access.act import Act
from samverka.careplans.models import Call, Confirmation, ContactWish, Meeting, PlanRequest
from samverka.careplans.reads.selfcare import SelfCareDetail, self_care_part, self_care_parts
from samverka.careplans.reads.waiting import Waiting, WaitKind, waiting
from samverka.careplans.rules import PlanStatus, RequestStatus
from samverka.careplans.rules.meetings import (
    GUESTS,
    CallStatus,
    ConfirmStatus,
    Invitee,
    MeetingStatus,
)
from samverka.kernel.actor import Side
from samverka.organisations.rules import SIDE_OF, OrganisationKind

WAITS_FOR_WORD = timedelta(days=60)
"""So long after a meeting the page asks the person whether it came out right."""


@dataclass(frozen=True, slots=True)
class ComingMeeting:
    """A meeting about the person's plan.

    Attributes:
        call_id: the person's own call, to answer; None when the person is not called.
        own_call_id: the invitation of one who acts for the person; None when not invited by name.
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
    own_call_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """Meetings ahead and those that wait for the person's word; what the person waits for an answer to.

    Attributes:
        advice: advice on self-care that holds; the soonest to be judged anew first.
        also: parts of what a room above had asked along.
    """

    meetings: tuple[ComingMeeting, ...]
    waiting: tuple[Waiting, ...]
    advice: tuple[SelfCareDetail, ...]
    also: tuple[Mapping[str, Any], ...] = ()


def ahead_of(this: Act, person_id: UUID, *also: QuerySet[Any]) -> Ahead:
    """What lies ahead, what is asked for and what the person does, inside another read's act; soonest first. One query.

    Args:
        also: held rows of a room above, with `table` "also" and their `part`; through the gate like the others.
    """
    wanted = [
        this.visible(found.filter(person_id=person_id)).values("id", "table", "part")
        for found in (
            _meetings(this, person_id),
            _requests(),
            _wishes(),
            self_care_parts(),
            *also,
        )
    ]
    rows = list(wanted[0].union(*wanted[1:], all=True))
    meetings = [_coming(row["part"]) for row in rows if row["table"] == "meeting"]
    waits = [waiting(row["part"]) for row in rows if row["table"] == "waiting"]
    advice = [
        self_care_part(row["part"], this.actor) for row in rows if row["table"] == "self-care"
    ]
    return Ahead(
        tuple(sorted(meetings, key=lambda one: one.starts_at)),
        tuple(sorted(waits, key=lambda one: one.due_at)),
        tuple(sorted(advice, key=lambda one: (one.facts.reassess_on, one.facts.what))),
        tuple(row["part"] for row in rows if row["table"] == "also"),
    )


def _named(name: str) -> Value:
    return Value(name, output_field=CharField())


def _requests() -> QuerySet[Any]:
    found: QuerySet[Any] = PlanRequest.objects.filter(
        status=RequestStatus.ASKED, own_wish=True
    ).annotate(
        table=_named("waiting"),
        part=JSONObject(
            id="id",
            kind=_named(WaitKind.PLAN.value),
            unit="unit__name",
            asked_at="asked_at",
            due_at="due_at",
        ),
    )
    return found


def _wishes() -> QuerySet[Any]:
    found: QuerySet[Any] = ContactWish.objects.filter(answered_at__isnull=True).annotate(
        table=_named("waiting"),
        part=JSONObject(
            id="id",
            kind=_named(WaitKind.CONTACT.value),
            unit="unit__name",
            asked_at="at",
            due_at=Value(None, output_field=DateTimeField()),
        ),
    )
    return found


def _guest(this: Act, person_id: UUID) -> QuerySet[Any]:
    """The invitation of the reader, who acts for the person, by name."""
    actor = this.actor
    if not actor.is_person or actor.person_id == person_id or not actor.name:
        return Call.objects.none()
    name = Q(name__iexact=actor.name) | Q(name__istartswith=f"{actor.name},")
    found: QuerySet[Any] = Call.objects.filter(
        name, meeting_id=OuterRef("pk"), round=OuterRef("round"), invitee__in=sorted(GUESTS)
    )
    return found


def _meetings(this: Act, person_id: UUID) -> QuerySet[Any]:
    at = this.actor.at
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
        Meeting.objects.annotate(
            call_id=Subquery(calls.values("id")[:1]),
            own_call_id=Subquery(_guest(this, person_id).values("id")[:1]),
            call_status=Subquery(calls.values("status")[:1]),
            to_confirm=Exists(waiting),
        )
        .filter(ahead | held)
        .annotate(
            table=_named("meeting"),
            part=JSONObject(
                id="id",
                plan_id="plan_id",
                plan_title="plan__title",
                starts_at="starts_at",
                ends_at="ends_at",
                place="place",
                link="link",
                status="status",
                unit="unit__name",
                kind="unit__provider__organisation__kind",
                phone="unit__phone",
                phone_hours="unit__phone_hours",
                call_id="call_id",
                call_status="call_status",
                own_call_id="own_call_id",
                to_confirm="to_confirm",
            ),
        )
    )
    return found


def _coming(part: dict[str, Any]) -> ComingMeeting:
    """JSON → plain value."""
    held = part["status"] != MeetingStatus.PLANNED
    return ComingMeeting(
        id=UUID(part["id"]),
        plan_id=UUID(part["plan_id"]),
        plan_title=part["plan_title"],
        starts_at=datetime.fromisoformat(part["starts_at"]),
        ends_at=datetime.fromisoformat(part["ends_at"]),
        place=part["place"],
        video=bool(part["link"]),
        organiser=part["unit"],
        side=SIDE_OF[OrganisationKind(part["kind"])],
        phone=part["phone"],
        phone_hours=part["phone_hours"],
        call_id=UUID(part["call_id"]) if part["call_id"] else None,
        unanswered=part["call_status"] == CallStatus.SENT and not held,
        to_confirm=held and part["to_confirm"],
        own_call_id=UUID(part["own_call_id"]) if part["own_call_id"] and not held else None,
    )
