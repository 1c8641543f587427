"""Handshakes, signs of life, subscriptions that have come to their end, and what has been kept long enough."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, ExpressionWrapper, F, Q
from django.db.models.functions import Coalesce

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.subscriptions.fhir import Bell
from samverka.subscriptions.models import Notice, Subscription
from samverka.subscriptions.operations.parcels import Failure, Parcel, addressed, opened_headers
from samverka.subscriptions.operations.turning import (
    OVER_WORDS,
    end_row,
    rest_row,
    stop_row,
    whom_now,
)
from samverka.subscriptions.reads import Reach
from samverka.subscriptions.rules import KEPT, LEASE, Channel, SubscriptionState


def take_handshake(actor: Actor, *, reach: Reach) -> Parcel | None:
    """Take the next subscription whose receiver is to be greeted; None when there is none."""
    with act(actor, Action.SUBSCRIPTION_RUN) as this:
        this.require_system()
        this.unchanged()
        rested = Q(rest_until__isnull=True) | Q(rest_until__lte=actor.at)
        rows = Subscription.objects.filter(
            rested, state=SubscriptionState.REQUESTED, channel=Channel.REST_HOOK
        ).order_by("changed_at", "id")
        row = rows.select_for_update(skip_locked=True).first()
        if row is None or whom_now(actor, row, reach) is None:
            return None
        headers = opened_headers(actor, row)
        if headers is None:
            return None
        row.rest_until = actor.at + LEASE  # one who falls while greeting leaves it to the next
        row.save()
        return addressed(actor, row, Bell.HANDSHAKE, headers, reach)


def note_greeted(actor: Actor, *, subscription_id: UUID, failure: Failure | None) -> None:
    """What the receiver answered to the handshake: the subscription begins, or stops with the reason."""
    with act(actor, Action.SUBSCRIPTION_RUN) as this:
        this.require_system()
        row = Subscription.objects.select_for_update().get(id=subscription_id)
        if row.state != SubscriptionState.REQUESTED:
            this.unchanged()
            return
        if failure is not None:
            stop_row(row, actor.at, failure.words)
        else:
            row.state, row.rest_until, row.fault, row.failures = (
                SubscriptionState.ACTIVE,
                None,
                None,
                0,
            )
            row.said_at = row.changed_at = actor.at
            row.version += 1
            row.save()
        this.note_general("Subscription", id=str(row.id), state=str(row.state))


def take_heartbeat(
    actor: Actor, *, reach: Reach, channel: Channel, subscription_id: UUID | None = None
) -> Parcel | None:
    """Take the next subscription that has been silent so long that a sign of life is due."""
    with act(actor, Action.SUBSCRIPTION_RUN) as this:
        this.require_system()
        this.unchanged()
        row = _silent(actor, channel, subscription_id)
        if row is None or whom_now(actor, row, reach) is None:
            return None
        row.said_at = actor.at
        row.save()
        headers = opened_headers(actor, row)
        if headers is None:
            return None
        return addressed(actor, row, Bell.HEARTBEAT, headers, reach)


def _silent(actor: Actor, channel: Channel, subscription_id: UUID | None) -> Any:
    period = ExpressionWrapper(
        Coalesce("said_at", "made_at") + F("heartbeat") * timedelta(seconds=1),
        output_field=DateTimeField(),
    )
    rows = Subscription.objects.filter(
        Q(rest_until__isnull=True) | Q(rest_until__lte=actor.at),
        state=SubscriptionState.ACTIVE,
        channel=channel,
        heartbeat__isnull=False,
    ).annotate(due=period)
    rows = rows.filter(due__lte=actor.at).order_by("due", "id")
    rows = rows.filter(id=subscription_id) if subscription_id else rows
    return rows.select_for_update(skip_locked=True).first()


def note_heartbeat(actor: Actor, *, subscription_id: UUID, failure: Failure | None) -> None:
    """What the receiver answered to a sign of life: a failure counts as one of a notice."""
    with act(actor, Action.SUBSCRIPTION_RUN) as this:
        this.require_system()
        this.unchanged()
        row = Subscription.objects.select_for_update().get(id=subscription_id)
        if row.state != SubscriptionState.ACTIVE:
            return
        if failure is None:
            row.failures, row.rest_until, row.fault = 0, None, None
            row.save()
        else:
            rest_row(row, actor.at, failure.words)


def sweep(actor: Actor) -> int:
    """End subscriptions whose end has come, and forget what was told a month ago; returns how many ended."""
    with act(actor, Action.SUBSCRIPTION_RUN) as this:
        this.require_system()
        over = Subscription.objects.exclude(state=SubscriptionState.OFF).filter(
            end_at__lte=actor.at
        )
        ended = 0
        for row in over.select_for_update(skip_locked=True):
            end_row(row, actor.at, OVER_WORDS)
            ended += 1
        old = Notice.objects.filter(ended_at__lt=actor.at - KEPT).delete()[0]
        if ended or old:
            this.note_general("Subscription", ended=ended, forgotten=old)
        else:
            this.unchanged()
        return ended
