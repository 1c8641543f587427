"""FHIR R4 Subscription → what is asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.resources.rules.receiving import Content, object_of, objects
from samverka.subscriptions.fhir import codes
from samverka.subscriptions.rules import Channel, Level, SubscriptionState, Wanted, topic_of


def read_subscription(sent: Content) -> Wanted:
    """What a new Subscription asks for.

    Raises:
        Invalid: a channel or a content that we do not have.
    """
    criteria, channel = str(sent.get("criteria", "")), object_of(sent.get("channel"))
    topic = topic_of(criteria)
    kind = _channel(str(channel.get("type", "")))
    media = str(channel.get("payload", ""))
    filters = tuple(
        str(one.get("valueString", ""))
        for one in _extensions(sent.get("_criteria"))
        if one.get("url") == codes.FILTER
    )
    more = list(objects(channel.get("extension") or []))
    return Wanted(
        criteria=criteria,
        topic=topic,
        filters=filters if topic else (criteria, *filters),
        channel=kind,
        endpoint=str(channel.get("endpoint", "")) if kind is Channel.REST_HOOK else "",
        headers=tuple(str(one) for one in channel.get("header") or []),
        level=_level(channel, topic is not None),
        media=media or ("application/fhir+json" if topic else ""),
        heartbeat=_number(more, codes.HEARTBEAT),
        timeout=_number(more, codes.TIMEOUT),
        reason=str(sent.get("reason", ""))[:500],
        end_at=_instant(sent.get("end")),
    )


def wanted_state(sent: Content) -> SubscriptionState | None:
    """The status that a client asks for; None for one that is not a client's to set."""
    status = sent.get("status")
    if status == SubscriptionState.OFF:
        return SubscriptionState.OFF
    return (
        SubscriptionState.REQUESTED
        if status in (SubscriptionState.REQUESTED, SubscriptionState.ACTIVE)
        else None
    )


def _channel(kind: str) -> Channel:
    try:
        return Channel(kind)
    except ValueError as problem:
        words = _("Kanalen finns inte här. Välj rest-hook eller websocket.")
        raise Invalid(words, where="Subscription.channel.type") from problem


def _level(channel: Content, by_topic: bool) -> Level:
    """What is said; without a word about it only the id. R4 without a payload says nothing but that."""
    for one in _extensions(channel.get("_payload")):
        if one.get("url") == codes.CONTENT:
            try:
                return Level(str(one.get("valueCode", "")))
            except ValueError as problem:
                words = _("Innehållet är empty, id-only eller full-resource.")
                raise Invalid(words, where="Subscription.channel.payload") from problem
    return Level.ID_ONLY if by_topic or channel.get("payload") else Level.EMPTY


def _extensions(value: Any) -> list[Content]:
    return list(objects(object_of(value).get("extension") or []))


def _number(extensions: list[Content], url: str) -> int | None:
    for one in extensions:
        if one.get("url") == url:
            value = one.get("valueUnsignedInt", one.get("valuePositiveInt"))
            return int(value) if value is not None else None
    return None


def _instant(value: object) -> datetime | None:
    return datetime.fromisoformat(str(value).replace("Z", "+00:00")) if value else None
