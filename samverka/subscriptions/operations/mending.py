"""What the one who looks after subscriptions does: tries again, turns off, allows a server inside our walls."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotFound, NotNow
from samverka.kernel.text import text as _
from samverka.subscriptions.models import Host, Notice, Subscription
from samverka.subscriptions.operations.turning import end_row
from samverka.subscriptions.reads import UNKNOWN
from samverka.subscriptions.rules import Channel, NoticeState, SubscriptionState

STOPPED_WORDS = _("Avslutad av en administratör.")


def try_again(actor: Actor, *, subscription_id: UUID) -> None:
    """Let a subscription that has stopped or rests try at once; what waits goes when the receiver answers.

    Raises:
        NotFound: it is not the own care provider's.
        NotNow: it has ended.
    """
    with act(actor, Action.SUBSCRIPTION_MEND) as this:
        row = _row(this, subscription_id)
        if row.state == SubscriptionState.OFF:
            raise NotNow(_("Prenumerationen är avslutad. Den som prenumererar gör en ny."))
        if row.state == SubscriptionState.ERROR:
            socket = row.channel == Channel.WEBSOCKET
            row.state = SubscriptionState.ACTIVE if socket else SubscriptionState.REQUESTED
            row.version, row.changed_at = row.version + 1, actor.at
        row.failures, row.rest_until, row.fault = 0, None, None
        row.save()
        Notice.objects.filter(subscription=row, state=NoticeState.WAITING).update(
            due_at=None, tries=0
        )
        this.note_general("Subscription", id=str(row.id), again=True)


def stop_subscription(actor: Actor, *, subscription_id: UUID) -> None:
    """Turn off a subscription of the own care provider; the subscriber reads who did it."""
    with act(actor, Action.SUBSCRIPTION_MEND) as this:
        row = _row(this, subscription_id)
        if row.state != SubscriptionState.OFF:
            end_row(row, actor.at, STOPPED_WORDS)
        this.note_general("Subscription", id=str(row.id), state=str(row.state))


def _row(this: Act, subscription_id: UUID) -> Any:
    this.require_permission()
    rows = Subscription.objects.filter(provider_id=this.actor.provider_id)
    row = rows.select_for_update().filter(id=subscription_id).first()
    if row is None:
        raise NotFound(UNKNOWN)
    return row


_HOST = re.compile(r"^(?=.{1,253}$)[a-z0-9]([a-z0-9.:-]*[a-z0-9])?$")


def allow_host(actor: Actor, *, name: str, reason: str) -> None:
    """Let notices be sent to a server inside our walls, with the reason.

    Raises:
        Invalid: it is no name of a server, or the reason is missing.
    """
    with act(actor, Action.SUBSCRIPTION_MEND) as this:
        this.require_permission()
        host = name.strip().lower()
        if not _HOST.match(host):
            raise Invalid(
                _("Skriv bara serverns namn, till exempel notis.kommun.se."), where="name"
            )
        if not reason.strip():
            raise Invalid(
                _("Skriv vems server det är och vem som har godkänt den."), where="reason"
            )
        Host(
            name=host, reason=reason.strip()[:300], allowed_at=actor.at, allowed_by=actor.name
        ).save()
        this.note_general("Host", name=host)


def forbid_host(actor: Actor, *, name: str) -> None:
    """Let no more notices be sent to a server inside our walls."""
    with act(actor, Action.SUBSCRIPTION_MEND) as this:
        this.require_permission()
        Host.objects.filter(name=name).delete()
        this.note_general("Host", name=name, removed=True)
