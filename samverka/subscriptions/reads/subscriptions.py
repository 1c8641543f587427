"""Subscriptions as their subscriber sees them, and as the one who looks after them does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.notices.rules import read as read_text
from samverka.subscriptions.models import Host, Notice, Subscription
from samverka.subscriptions.rules import (
    STATE_WORDS,
    TOPICS,
    Cause,
    Channel,
    Level,
    NoticeState,
    SubscriptionState,
    Topic,
)

UNKNOWN = _("Prenumerationen finns inte, eller så är den inte din.")

MOST_EVENTS = 100
"""Events in one answer of `$events`."""


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Who asks the gate when something is to be told.

    Attributes:
        narrowing: of one that came by a token: what its client has been let do, as it is kept.
    """

    account_id: UUID
    assignment_id: UUID | None
    purpose: str
    narrowing: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class SubscriptionDetail:
    """One subscription.

    Attributes:
        header_names: what is sent with each notice; their values are not shown to anyone.
        events: how many have been told.
        fault: why it has stopped or rests; "" when all is well.
    """

    id: UUID
    subscriber: Subscriber
    state: SubscriptionState
    topic: Topic | None
    criteria: str
    filters: tuple[str, ...]
    kinds: tuple[str, ...]
    channel: Channel
    endpoint: str
    header_names: tuple[str, ...]
    level: Level
    media: str
    heartbeat: int | None
    timeout: int | None
    reason: str
    end_at: datetime | None
    version: int
    changed_at: datetime
    events: int
    fault: Text | str


@dataclass(frozen=True, slots=True)
class EventDetail:
    """One notice that has its number.

    Attributes:
        kind, key: the resource; its text is not kept here.
        content: what the subscriber may read of it now; None where only the id is told.
        gone: what is told is that it was taken away.
    """

    number: int
    at: datetime
    kind: str
    key: str
    content: bytes | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A resource as the subscriber may read it just now.

    Attributes:
        given: it is a copy that was given, not the record itself.
        live: what changes in it is still given; else it is only kept.
        gone: it has been taken away; the text is what it said last, for judging filters only.
    """

    text: bytes
    given: bool = False
    live: bool = True
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """What this room asks of those above it.

    Attributes:
        whom: the subscriber as one who acts now; None when the assignment has ended or the client is closed.
        look: a resource through the gate, as that one: actor, type, id. Raises a refusal in words.
        base: our own address, for references.
    """

    whom: Callable[[Subscriber, datetime], Actor | None]
    look: Callable[[Actor, str, str], Seen]
    base: str


# ── the subscriber's own ──


def subscription(actor: Actor, *, subscription_id: UUID) -> SubscriptionDetail:
    """One of the actor's own subscriptions."""
    with act(actor, Action.SUBSCRIPTION_READ) as this:
        row = own_row(this, subscription_id)
        this.note_general("Subscription", id=str(row.id))
        return detail(row)


def subscriptions(actor: Actor, *, ids: Sequence[UUID] = ()) -> list[SubscriptionDetail]:
    """The actor's own subscriptions, or those of them that are named; the oldest first."""
    with act(actor, Action.SUBSCRIPTION_READ) as this:
        this.require_permission()
        rows = own_rows(actor).order_by("made_at", "id")
        found = [detail(row) for row in (rows.filter(id__in=ids) if ids else rows)]
        this.note_general("Subscription", shown=len(found))
        return found


def keeps_subscription(actor: Actor, *, subscription_id: UUID) -> bool:
    """Whether it is one of the actor's own; shows nothing of it."""
    with act(actor, Action.SUBSCRIPTION_READ) as this:
        this.unchanged()
        return own_rows(actor).filter(id=subscription_id).exists()


def numbered_events(
    this: Act, row: Any, *, since: int | None, until: int | None
) -> list[tuple[EventDetail, Any]]:
    """Notices of a subscription that have their number, each with its row, inside an act."""
    rows = Notice.objects.filter(subscription=row, number__isnull=False)
    rows = rows.filter(number__gte=since) if since is not None else rows
    rows = rows.filter(number__lte=until) if until is not None else rows
    this.require_permission()
    return [
        (EventDetail(one.number, one.at, one.kind, one.key, gone=one.cause == Cause.DELETED), one)
        for one in rows.order_by("number")[:MOST_EVENTS]
    ]


def own_row(this: Act, subscription_id: UUID, *, lock: bool = False) -> Any:
    """The actor's own, as a row, inside an act of this room.

    Raises:
        NotFound: there is none by that id, or it is someone else's.
    """
    this.require_permission()
    rows = own_rows(this.actor)
    row = (rows.select_for_update() if lock else rows).filter(id=subscription_id).first()
    if row is None:
        raise NotFound(UNKNOWN)
    return row


def own_rows(actor: Actor) -> QuerySet[Any]:
    """Subscriptions of the same log-in under the same assignment, made by the same client."""
    mine: QuerySet[Any] = Subscription.objects.filter(
        account_id=actor.id, assignment_id=actor.assignment_id
    )
    if actor.narrowing is None:
        return mine.filter(narrowing__isnull=True)
    return mine.filter(narrowing__client_id=str(actor.narrowing.client_id))


def detail(row: Any) -> SubscriptionDetail:
    """A row as values."""
    return SubscriptionDetail(
        id=row.id,
        subscriber=subscriber_of(row),
        state=SubscriptionState(row.state),
        topic=Topic(row.topic) if row.topic else None,
        criteria=row.criteria,
        filters=tuple(row.filters),
        kinds=tuple(row.kinds),
        channel=Channel(row.channel),
        endpoint=row.endpoint,
        header_names=tuple(row.header_names),
        level=Level(row.level),
        media=row.media,
        heartbeat=row.heartbeat,
        timeout=row.timeout,
        reason=row.reason,
        end_at=row.end_at,
        version=row.version,
        changed_at=row.changed_at,
        events=row.events,
        fault=read_text(row.fault) if row.fault else "",
    )


def subscriber_of(row: Any) -> Subscriber:
    """Who it is told as."""
    return Subscriber(row.account_id, row.assignment_id, row.purpose, row.narrowing)


# ── for one who looks after them ──


@dataclass(frozen=True, slots=True)
class SubscriptionLine:
    """One subscription of the own care provider in a list; never whom it is about.

    Attributes:
        told_at: when something was told last.
        waiting: how many notices wait; `since`: the oldest of them.
        host: where they go; "" for a socket.
        next_try_at: nothing is tried before that.
    """

    id: UUID
    name: str
    unit_name: str
    what: Text | str
    host: str
    state: SubscriptionState
    state_words: Text
    told_at: datetime | None
    events: int
    waiting: int
    since: datetime | None
    fault: Text | str
    next_try_at: datetime | None
    given_up: int
    may_try: bool = field(default=False)
    may_stop: bool = field(default=False)


@dataclass(frozen=True, slots=True)
class HostLine:
    """A server inside our walls that notices may be sent to."""

    name: str
    reason: str
    allowed_at: datetime
    allowed_by: str


@dataclass(frozen=True, slots=True)
class Overview:
    """All subscriptions of the own care provider, those that have stopped first; and the hosts that are allowed."""

    lines: tuple[SubscriptionLine, ...]
    hosts: tuple[HostLine, ...]


def overview(actor: Actor) -> Overview:
    """The subscriptions of the own care provider: what stands still and why, and when it last went well."""
    with act(actor, Action.SUBSCRIPTION_WATCH) as this:
        this.require_permission()
        waiting = Q(notice__state=NoticeState.WAITING)
        rows = Subscription.objects.filter(provider_id=actor.provider_id).annotate(
            waiting=Count("notice", filter=waiting),
            since=Min("notice__at", filter=waiting),
            given_up=Count("notice", filter=Q(notice__state=NoticeState.GIVEN_UP)),
        )
        lines = sorted((_line(row) for row in rows), key=_troubled_first)
        hosts = Host.objects.order_by("name")
        this.note_general("Subscription", shown=len(lines))
        return Overview(
            tuple(lines),
            tuple(HostLine(one.name, one.reason, one.allowed_at, one.allowed_by) for one in hosts),
        )


_PLACES = {
    SubscriptionState.ERROR: 0,
    SubscriptionState.REQUESTED: 1,
    SubscriptionState.ACTIVE: 2,
    SubscriptionState.OFF: 3,
}


def _troubled_first(line: SubscriptionLine) -> tuple[int, bool, str, str]:
    return _PLACES[line.state], not line.fault, line.name, str(line.id)


def _line(row: Any) -> SubscriptionLine:
    state = SubscriptionState(row.state)
    what: Text | str = TOPICS[Topic(row.topic)].title if row.topic else ", ".join(row.kinds)
    return SubscriptionLine(
        id=row.id,
        name=(row.narrowing or {}).get("client_name") or row.name,
        unit_name=row.unit_name,
        what=what,
        host=row.endpoint.partition("://")[2].partition("/")[0],
        state=state,
        state_words=STATE_WORDS[state],
        told_at=row.told_at,
        events=row.events,
        waiting=row.waiting,
        since=row.since,
        fault=read_text(row.fault) if row.fault else "",
        next_try_at=row.rest_until,
        given_up=row.given_up,
        may_try=state is SubscriptionState.ERROR
        or (state is SubscriptionState.ACTIVE and row.failures > 0),
        may_stop=state is not SubscriptionState.OFF,
    )
