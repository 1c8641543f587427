"""What is told: a history Bundle whose first entry is the status of the subscription (R5 backport in R4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

import msgspec

from samverka.subscriptions.fhir import codes
from samverka.subscriptions.reads import EventDetail, SubscriptionDetail
from samverka.subscriptions.rules import Level

_NAMES = UUID("0b3d7e0e-54c2-5b0b-8b0b-3d3f0b7f5a10")


class Bell(StrEnum):
    """Why it is told (R5 SubscriptionNotificationType)."""

    HANDSHAKE = "handshake"
    HEARTBEAT = "heartbeat"
    EVENT = "event-notification"
    STATUS = "query-status"
    EVENTS = "query-event"


def status_of(
    one: SubscriptionDetail, bell: Bell, *, base: str, events: Sequence[EventDetail] = ()
) -> dict[str, Any]:
    """The status of a subscription as R4 Parameters.

    Args:
        base: our own address, without a final slash.
    """
    parameters: list[dict[str, Any]] = [
        {"name": "subscription", "valueReference": {"reference": f"{base}/Subscription/{one.id}"}},
        *([{"name": "topic", "valueCanonical": one.topic.url}] if one.topic else []),
        {"name": "status", "valueCode": one.state.value},
        {"name": "type", "valueCode": bell.value},
        {"name": "events-since-subscription-start", "valueString": str(one.events)},
        *(_event(one, each, base) for each in events),
        *(
            [{"name": "error", "valueCodeableConcept": {"text": str(one.fault)}}]
            if one.fault
            else []
        ),
    ]
    name = uuid5(_NAMES, f"{one.id} {bell} {one.events} {[each.number for each in events]}")
    return {
        "resourceType": "Parameters",
        "id": str(name),
        "meta": {"profile": [codes.STATUS]},
        "parameter": parameters,
    }


def _event(one: SubscriptionDetail, event: EventDetail, base: str) -> dict[str, Any]:
    parts: list[dict[str, Any]] = [
        {"name": "event-number", "valueString": str(event.number)},
        {"name": "timestamp", "valueInstant": event.at.isoformat()},
    ]
    if one.level is not Level.EMPTY:
        focus = {"reference": f"{base}/{event.kind}/{event.key}"}
        parts.append({"name": "focus", "valueReference": focus})
    return {"name": "notification-event", "part": parts}


def notification(
    one: SubscriptionDetail,
    bell: Bell,
    *,
    at: datetime,
    base: str,
    events: Sequence[EventDetail] = (),
) -> bytes:
    """A notification, as it is sent."""
    status = status_of(one, bell, base=base, events=events)
    first = {
        "fullUrl": f"urn:uuid:{status['id']}",
        "resource": status,
        "request": {"method": "GET", "url": f"{base}/Subscription/{one.id}/$status"},
        "response": {"status": "200"},
    }
    told = events if one.level is not Level.EMPTY else ()
    bundle = {
        "resourceType": "Bundle",
        "meta": {"profile": [codes.NOTIFICATION]},
        "type": "history",
        "timestamp": at.isoformat(),
        "entry": [first, *(_entry(each, base) for each in told)],
    }
    return msgspec.json.encode(bundle)


def _entry(event: EventDetail, base: str) -> dict[str, Any]:
    address = f"{event.kind}/{event.key}"
    made: dict[str, Any] = {
        "fullUrl": f"{base}/{address}",
        "request": {"method": "DELETE" if event.gone else "GET", "url": address},
        "response": {"status": "204" if event.gone else "200"},
    }
    if event.content is not None:  # to the letter: 72.50 stays 72.50
        made["resource"] = msgspec.Raw(event.content)
    return made
