"""How a subscription rests, stops and ends, and who it is told as: for all that sends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samverka.access.act import permits
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.notices.rules import stored
from samverka.subscriptions.models import Notice
from samverka.subscriptions.reads import Reach
from samverka.subscriptions.reads.subscriptions import subscriber_of
from samverka.subscriptions.rules import NoticeState, SubscriptionState, wait_after

ENDED_WORDS = _("Uppdraget eller inloggningen som prenumererade gäller inte längre.")
OVER_WORDS = _("Sluttiden har passerat.")
KEY_WORDS = _(
    "Installationens hemliga nyckel har bytts, så mottagarens headers går inte att läsa. Skicka dem igen."
)


def whom_now(actor: Actor, row: Any, reach: Reach) -> Actor | None:
    """The subscriber as one who acts now; one who may not any more ends the subscription, in words."""
    if row.end_at is not None and row.end_at <= actor.at:
        end_row(row, actor.at, OVER_WORDS)
        return None
    whom = reach.whom(subscriber_of(row), actor.at)
    if whom is None or not permits(whom, Action.SUBSCRIPTION_TELL):
        end_row(row, actor.at, ENDED_WORDS)
        return None
    return whom


def end_row(row: Any, at: datetime, words: Text | None) -> None:
    """Turn a subscription off, and forget what it has not been told."""
    row.state, row.changed_at, row.version = SubscriptionState.OFF, at, row.version + 1
    row.fault = stored(words) if words else None
    row.save()
    Notice.objects.filter(subscription=row, number__isnull=True).delete()
    Notice.objects.filter(subscription=row, state=NoticeState.WAITING).update(
        state=NoticeState.GIVEN_UP, ended_at=at
    )


def rest_row(row: Any, at: datetime, words: Text) -> None:
    """The receiver cannot be reached: everything waits, and at last until a person has looked."""
    row.failures += 1
    wait = wait_after(row.failures)
    if wait is None:
        stop_row(row, at, words)
        return
    row.rest_until, row.fault = at + wait, stored(words)
    row.save()


def stop_row(row: Any, at: datetime, words: Text) -> None:
    """Nothing is sent until someone has mended it; what happens meanwhile is kept."""
    row.state, row.fault, row.rest_until = SubscriptionState.ERROR, stored(words), None
    row.changed_at, row.version = at, row.version + 1
    row.save()
