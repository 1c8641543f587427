"""Sockets: a token for one, and what it may hear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core import signing

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed
from samverka.kernel.text import text as _
from samverka.subscriptions.models import Subscription
from samverka.subscriptions.operations.turning import whom_now
from samverka.subscriptions.reads import Reach, SubscriptionDetail
from samverka.subscriptions.reads.subscriptions import detail, own_rows
from samverka.subscriptions.rules import TOKEN_LASTS, Channel, SubscriptionState

_SALT = "samverka.subscriptions.socket"


@dataclass(frozen=True, slots=True)
class Token:
    """What a socket is bound with."""

    text: str
    until: datetime
    subscriptions: tuple[UUID, ...]


def make_token(actor: Actor, *, ids: Sequence[UUID] = ()) -> Token:
    """Get a token with which a socket hears the actor's own subscriptions, all or those named, for half an hour."""
    with act(actor, Action.SUBSCRIPTION_EDIT) as this:
        this.require_permission()
        rows = (
            own_rows(actor).filter(channel=Channel.WEBSOCKET).exclude(state=SubscriptionState.OFF)
        )
        rows = rows.filter(id__in=ids) if ids else rows
        found = tuple(rows.order_by("made_at", "id").values_list("id", flat=True))
        if not found or (ids and len(found) < len(set(ids))):
            raise Invalid(_("Det finns ingen egen, öppen prenumeration av typen websocket."))
        until = actor.at + TOKEN_LASTS
        kept = {"for": [str(one) for one in found], "until": until.isoformat()}
        this.note_general("Subscription", socket=len(found))
        return Token(signing.dumps(kept, salt=_SALT), until, found)


def bind_socket(actor: Actor, *, token: str, reach: Reach) -> list[SubscriptionDetail]:
    """Which subscriptions a socket may hear by its token, as long as they stand.

    Raises:
        NotAllowed: the token is not ours, or has run out.
    """
    with act(actor, Action.SUBSCRIPTION_RUN) as this:
        this.require_system()
        kept = _opened(token, actor.at)
        rows = Subscription.objects.select_for_update().filter(
            id__in=kept, channel=Channel.WEBSOCKET, state=SubscriptionState.ACTIVE
        )
        held = [row for row in rows.order_by("made_at", "id") if whom_now(actor, row, reach)]
        this.note_general("Subscription", socket=",".join(str(row.id) for row in held))
        return [detail(row) for row in held]


def _opened(token: str, at: datetime) -> list[str]:
    try:
        kept = signing.loads(token, salt=_SALT)
        if datetime.fromisoformat(kept["until"]) > at:
            return list(kept["for"])
    except (signing.BadSignature, KeyError, ValueError, TypeError):
        pass
    raise NotAllowed(_("Nyckeln till kanalen gäller inte. Hämta en ny: $get-ws-binding-token."))
