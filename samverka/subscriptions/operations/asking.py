"""What a subscriber does with its own subscriptions."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotNow
from samverka.kernel.text import text as _
from samverka.subscriptions.models import Host, Subscription
from samverka.subscriptions.operations.sealing import seal
from samverka.subscriptions.operations.turning import end_row
from samverka.subscriptions.reads import SubscriptionDetail, tells_all
from samverka.subscriptions.reads.subscriptions import detail, own_row, own_rows
from samverka.subscriptions.rules import (
    Channel,
    SubscriptionState,
    Wanted,
    check_wanted,
    header_name,
)

MOST = 100
"""Subscriptions of one subscriber that are not ended."""


def make_subscription(actor: Actor, *, wanted: Wanted) -> SubscriptionDetail:
    """Ask to be told when something changes; the receiver is greeted before anything is sent.

    Raises:
        Invalid: a search, a channel or an address that cannot be had.
        NotAllowed: the role does not let one subscribe, or the county no such content.
    """
    with act(actor, Action.SUBSCRIPTION_EDIT) as this:
        this.require_permission()
        _check(actor, wanted)
        if own_rows(actor).exclude(state=SubscriptionState.OFF).count() >= MOST:
            words = _("Du har redan %(most)d prenumerationer. Avsluta någon först.", most=MOST)
            raise NotNow(words)
        socket = wanted.channel is Channel.WEBSOCKET
        row = Subscription(
            account_id=actor.id,
            assignment_id=actor.assignment_id,
            narrowing=_narrowing(actor),
            name=actor.name,
            unit_id=actor.unit_id,
            unit_name=actor.unit_name,
            provider_id=actor.provider_id,
            purpose=actor.purpose.value,
            state=SubscriptionState.ACTIVE if socket else SubscriptionState.REQUESTED,
            made_at=actor.at,
            changed_at=actor.at,
        )
        _fill(row, wanted)
        row.headers = seal(wanted.headers)
        row.save(force_insert=True)
        this.note_general("Subscription", id=str(row.id), kinds=",".join(row.kinds))
        return detail(row)


def change_subscription(
    actor: Actor,
    *,
    subscription_id: UUID,
    version: int,
    wanted: Wanted,
    state: SubscriptionState,
    headers: tuple[str, ...] | None = None,
) -> SubscriptionDetail:
    """Change what one wants to be told, end it, or have the receiver greeted again after a fault.

    Args:
        headers: new ones; None: those that are kept.

    Raises:
        NotFound: it is not the actor's own.
        NotNow: somebody has changed it since, or it has ended.
    """
    with act(actor, Action.SUBSCRIPTION_EDIT) as this:
        row = own_row(this, subscription_id, lock=True)
        if row.version != version:
            raise NotNow(_("Prenumerationen har ändrats sedan du läste den. Läs den igen."))
        if row.state == SubscriptionState.OFF:
            raise NotNow(_("Prenumerationen är avslutad. Gör en ny."))
        if state is SubscriptionState.OFF:
            end_row(row, actor.at, None)
        else:
            _check(actor, wanted)
            _fill(row, wanted)
            row.headers = row.headers if headers is None else seal(headers)
            socket = wanted.channel is Channel.WEBSOCKET
            _begin_again(
                row, actor.at, SubscriptionState.ACTIVE if socket else SubscriptionState.REQUESTED
            )
        _note(this, row)
        return detail(row)


def remove_subscription(actor: Actor, *, subscription_id: UUID) -> None:
    """Take away one of one's own subscriptions with all that it has told; nothing more is told."""
    with act(actor, Action.SUBSCRIPTION_EDIT) as this:
        row = own_row(this, subscription_id, lock=True)
        row.delete()
        this.note_general("Subscription", id=str(subscription_id), removed=True)


def _narrowing(actor: Actor) -> dict[str, Any] | None:
    """What the client that it came by has been let do; it holds for what it is told, too."""
    return actor.narrowing.plain() if actor.narrowing is not None else None


def _check(actor: Actor, wanted: Wanted) -> None:
    for kind in wanted.kinds:
        actor.asking(kind, "r")  # an app hears of what it has been let read
    allowed = Host.objects.values_list("name", flat=True)
    full = tells_all(actor.at)
    check_wanted(wanted, at=actor.at, allowed=set(allowed), demo=settings.DEMO, full=full)


def _fill(row: Subscription, wanted: Wanted) -> None:
    row.topic = wanted.topic.value if wanted.topic else ""
    row.criteria, row.filters = wanted.criteria, list(wanted.filters)
    row.kinds = list(wanted.kinds)
    row.channel, row.endpoint = wanted.channel.value, wanted.endpoint
    row.header_names = [header_name(one) for one in wanted.headers]
    row.level, row.media = wanted.level.value, wanted.media
    row.heartbeat, row.timeout = wanted.heartbeat, wanted.timeout
    row.reason, row.end_at = wanted.reason, wanted.end_at


def _begin_again(row: Subscription, at: datetime, state: SubscriptionState) -> None:
    row.state, row.failures, row.rest_until, row.fault = state, 0, None, None
    row.changed_at, row.version = at, row.version + 1
    row.save()


def _note(this: Act, row: Subscription) -> None:
    this.note_general("Subscription", id=str(row.id), state=str(row.state))
