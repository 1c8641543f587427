"""One notice at a time: asked of the gate as the subscriber, numbered, handed out to be sent, and what came of it.

The number is given and kept before anything is sent. Whoever falls between sending and noting it leaves the
notice waiting, and it is sent again under the same number: at least once, and the receiver can tell.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.text import Text
from samverka.notices.rules import stored
from samverka.subscriptions.fhir import Bell
from samverka.subscriptions.models import Notice, Subscription
from samverka.subscriptions.operations.parcels import Failure, Parcel, addressed, opened_headers
from samverka.subscriptions.operations.turning import rest_row, whom_now
from samverka.subscriptions.reads import EventDetail, Reach, Seen, may_be_told, tells_all
from samverka.subscriptions.rules import (
    LEASE,
    SENDS,
    Cause,
    Channel,
    Level,
    NoticeState,
    wait_after,
)

# ── taking ──


def due_subscriptions(actor: Actor, *, channel: Channel) -> list[UUID]:
    """Subscriptions of a channel that have something to tell now."""
    with act(actor, Action.SUBSCRIPTION_RUN) as this:
        this.require_system()
        this.unchanged()
        rows = _sending(actor.at).filter(channel=channel)
        waiting = _due(actor.at).filter(subscription=OuterRef("pk"))
        found = rows.filter(Exists(waiting)).order_by("rest_until", "told_at", "id")
        return list(found.values_list("id", flat=True))


def _sending(at: datetime) -> QuerySet[Any]:
    rested = Q(rest_until__isnull=True) | Q(rest_until__lte=at)
    states = [state for state, sends in SENDS.items() if sends]
    found: QuerySet[Any] = Subscription.objects.filter(rested, state__in=states)
    return found


def _due(at: datetime) -> QuerySet[Any]:
    """Notices that may go now: of one person never one before the one that came first."""
    ready = (Q(due_at__isnull=True) | Q(due_at__lte=at)) & (
        Q(taken_until__isnull=True) | Q(taken_until__lte=at)
    )
    waiting = Notice.objects.filter(state=NoticeState.WAITING)
    earlier = waiting.filter(
        subscription=OuterRef("subscription"),
        person_id=OuterRef("person_id"),
        id__lt=OuterRef("id"),
    )
    found: QuerySet[Any] = waiting.filter(ready).exclude(Exists(earlier))
    return found


def take_notice(actor: Actor, *, subscription_id: UUID, reach: Reach) -> Parcel | None:
    """Take the next notice of a subscription to send it; None when there is nothing that may be told now.

    The gate is asked now, as the subscriber: what it does not let through is not told, and gets no number.
    """
    with act(actor, Action.SUBSCRIPTION_RUN) as this:
        this.require_system()
        this.unchanged()
        row = (
            _sending(actor.at)
            .select_for_update(skip_locked=True)
            .filter(id=subscription_id)
            .first()
        )
        whom = whom_now(actor, row, reach) if row is not None else None
        if row is None or whom is None:
            return None
        while notice := _due(actor.at).filter(subscription=row).order_by("id").first():
            seen = may_be_told(whom, row, notice, reach)
            if seen is not None:
                return _parcel(actor, row, notice, seen, reach)
            _drop(notice, actor.at)
        return None


def _drop(notice: Any, at: datetime) -> None:
    """What may not be told is forgotten; one that may have been sent once stays in the count."""
    if notice.number is None:
        notice.delete()
    else:
        notice.state, notice.ended_at = NoticeState.GIVEN_UP, at
        notice.save()


# ── what is sent ──


def _parcel(actor: Actor, row: Any, notice: Any, seen: Seen, reach: Reach) -> Parcel | None:
    headers = opened_headers(actor, row)
    if headers is None:
        return None
    if notice.number is None:
        row.events += 1
        row.save()
        notice.number = row.events
    notice.taken_until = actor.at + LEASE
    notice.save()
    gone = notice.cause == Cause.DELETED
    event = EventDetail(notice.number, notice.at, notice.kind, notice.key, gone=gone)
    if row.level == Level.FULL and tells_all(actor.at) and not gone:
        event = replace(event, content=seen.text)
    return addressed(actor, row, Bell.EVENT, headers, reach, event, notice.id)


# ── what came of it ──


def note_sent(actor: Actor, *, notice_id: int) -> None:
    """The receiver has taken the notice."""
    with act(actor, Action.SUBSCRIPTION_RUN) as this:
        this.require_system()
        this.unchanged()
        notice = Notice.objects.select_for_update().get(id=notice_id)
        row = Subscription.objects.select_for_update().get(id=notice.subscription_id)
        if notice.state == NoticeState.WAITING:
            notice.state, notice.ended_at, notice.taken_until = NoticeState.SENT, actor.at, None
            notice.save()
        row.told_at = row.said_at = actor.at
        row.failures, row.rest_until, row.fault = 0, None, None
        row.save()


def note_failed(actor: Actor, *, notice_id: int, failure: Failure) -> None:
    """The receiver has not taken the notice: it is tried again, later and later, and at last no more."""
    with act(actor, Action.SUBSCRIPTION_RUN) as this:
        this.require_system()
        notice = Notice.objects.select_for_update().get(id=notice_id)
        row = Subscription.objects.select_for_update().get(id=notice.subscription_id)
        notice.taken_until = None
        notice.tries = min(notice.tries + 1, _MOST_COUNTED)
        if failure.refused:
            _refused(row, notice, actor.at, failure.words)
        else:
            rest_row(row, actor.at, failure.words)
        notice.save()
        row.save()
        this.note_general("Subscription", id=str(row.id), failed=str(failure.words))


_MOST_COUNTED = 30_000


def _refused(row: Any, notice: Any, at: datetime, words: Text) -> None:
    """Only this one: the person's later ones wait for it until it is given up."""
    wait = wait_after(notice.tries)
    row.fault = stored(words)
    if wait is None:
        notice.state, notice.ended_at = NoticeState.GIVEN_UP, at
    else:
        notice.due_at = at + wait
