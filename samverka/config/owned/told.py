"""Subscription: what another system wants to be told of."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from samverka.access.actions import Action
from samverka.config.owned.values import Asked, Change, Done, Owned, Search, Standing, told_at
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.resources.rules.receiving import Content
from samverka.subscriptions import fhir, operations, reads
from samverka.subscriptions.reads import SubscriptionDetail
from samverka.subscriptions.rules import SubscriptionState

_TAKEN = (
    "Subscription.status",
    "Subscription.end",
    "Subscription.meta",
    "Subscription.channel.header",
    "Subscription.channel.payload",
)
"""Taken by the operation, and told in our own way: the status is ours, and the value of a header is shown to nobody."""

_PLACES = {
    "criteria": "Subscription.criteria",
    "endpoint": "Subscription.channel.endpoint",
    "channel.header": "Subscription.channel.header",
    "channel.payload": "Subscription.channel.payload",
    "channel.extension": "Subscription.channel.extension",
    "end": "Subscription.end",
}


def _stands(one: SubscriptionDetail, taken: tuple[str, ...] = ()) -> Standing:
    return Standing(fhir.resource(one), one, str(one.version), one.changed_at, taken)


def read_subscription(actor: Actor, key: UUID) -> Standing:
    """One of the actor's own subscriptions."""
    return _stands(reads.subscription(actor, subscription_id=key))


def subscribe(actor: Actor, sent: Content) -> Standing:
    """A new subscription, as it is asked for."""
    if fhir.wanted_state(sent) is not SubscriptionState.REQUESTED:
        words = _("En ny prenumeration har status requested.")
        raise Invalid(words, where="Subscription.status")
    wanted = fhir.read_subscription(sent)
    with told_at(**_PLACES):
        made = operations.make_subscription(actor, wanted=wanted)
    return _stands(made, _TAKEN)


def change_subscription(change: Change) -> Done:
    """What it wants to be told, its end, or begin again after a fault."""
    state = fhir.wanted_state(change.sent)
    if state is None:
        words = _("Sätt off för att avsluta, eller requested för att börja om efter ett fel.")
        raise Invalid(words, where="Subscription.status")
    wanted = fhir.read_subscription(change.sent)
    before: SubscriptionDetail = change.now.values
    with told_at(**_PLACES):
        operations.change_subscription(
            change.actor,
            subscription_id=before.id,
            version=before.version,
            wanted=wanted,
            state=state,
            headers=None if _same_headers(change) else wanted.headers,
        )
    return Done(taken=(*_TAKEN, "Subscription.error"))


def _same_headers(change: Change) -> bool:
    """Whether the headers come back as they were shown, without their values."""
    sent = _headers(change.sent)
    if sent == _headers(change.now.content):
        return True
    if any(line.endswith(f": {fhir.HIDDEN}") for line in sent):
        words = _("Skicka alla headers med sina värden när någon av dem ändras.")
        raise Invalid(words, where="Subscription.channel.header")
    return False


def _headers(content: Content) -> list[Any]:
    return list((content.get("channel") or {}).get("header") or [])


def find_subscriptions(actor: Actor, asked: Asked) -> tuple[list[Standing], str]:
    """The actor's own, a page at a time."""
    found = reads.subscriptions(actor)
    wanted = {value for text in asked.values.get("status", ()) for value in text.split(",")}
    ids = {value for text in asked.values.get("_id", ()) for value in text.split(",")}
    kept = [
        one
        for one in found
        if (not wanted or one.state.value in wanted) and (not ids or str(one.id) in ids)
    ]
    names = [str(one.id) for one in kept]
    start = names.index(asked.after) + 1 if asked.after in names else 0
    page = kept[start : start + asked.count]
    more = names[start + asked.count - 1] if len(kept) > start + asked.count else ""
    return [_stands(one) for one in page], more


def _remove(actor: Actor, key: UUID) -> None:
    operations.remove_subscription(actor, subscription_id=key)


def _keeps(actor: Actor, key: UUID) -> bool:
    return reads.keeps_subscription(actor, subscription_id=key)


TOLD = (
    Owned(
        kind="Subscription",
        what="what another system wants to be told of",
        room="subscriptions",
        action=Action.SUBSCRIPTION_EDIT,
        read=read_subscription,
        update=change_subscription,
        create=subscribe,
        keeps=_keeps,
        alone=True,
        delete=_remove,
        search=Search(
            {"_id": "the subscription's id", "status": "requested, active, error or off"},
            find_subscriptions,
        ),
        writes={
            "POST: criteria (a topic or a search), channel": "make_subscription",
            "criteria, channel, end; status → requested": "change_subscription",
            "status → off": "change_subscription",
            "DELETE": "remove_subscription",
        },
    ),
)
