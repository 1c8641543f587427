"""A subscription → FHIR R4 Subscription; a topic → Basic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from samverka.kernel.text import in_language
from samverka.subscriptions.fhir import codes
from samverka.subscriptions.reads import SubscriptionDetail
from samverka.subscriptions.rules import TOPICS, Channel, Topic
from samverka.subscriptions.rules.topics import as_resource

HIDDEN = "***"
"""In place of the value of a header: whoever may read the subscription need not know the receiver's secret."""


def resource(one: SubscriptionDetail) -> dict[str, Any]:
    """A subscription as its subscriber reads it."""
    asked = one.filters if one.topic else one.filters[1:]
    made: dict[str, Any] = {
        "resourceType": "Subscription",
        "id": str(one.id),
        "meta": {"profile": [codes.SUBSCRIPTION]} if one.topic else None,
        "status": one.state.value,
        "end": one.end_at.isoformat() if one.end_at else None,
        "reason": one.reason or None,
        "criteria": one.criteria,
        "_criteria": {"extension": [{"url": codes.FILTER, "valueString": text} for text in asked]}
        if asked
        else None,
        "error": str(one.fault) or None,
        "channel": _channel(one),
    }
    return {name: value for name, value in made.items() if value is not None}


def _channel(one: SubscriptionDetail) -> dict[str, Any]:
    more = [
        {"url": url, "valueUnsignedInt": number}
        for url, number in ((codes.HEARTBEAT, one.heartbeat), (codes.TIMEOUT, one.timeout))
        if number is not None
    ]
    content = {"extension": [{"url": codes.CONTENT, "valueCode": one.level.value}]}
    made: dict[str, Any] = {
        "extension": more or None,
        "type": one.channel.value,
        "endpoint": one.endpoint if one.channel is Channel.REST_HOOK else None,
        "payload": one.media or None,
        "_payload": content if one.media else None,
        "header": [f"{name}: {HIDDEN}" for name in one.header_names] or None,
    }
    return {name: value for name, value in made.items() if value is not None}


def topic_resource(topic: Topic, translate: Callable[[str], str]) -> dict[str, Any]:
    """A topic as it can be read by those who have no SubscriptionTopic: Basic."""
    spec = TOPICS[topic]
    words = {
        "title": in_language(spec.title, translate),
        "description": in_language(spec.words, translate),
    }
    return as_resource(topic, words)
