"""What is to be sent, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from samverka.kernel.actor import Actor
from samverka.kernel.text import Text
from samverka.subscriptions.fhir import Bell, notification
from samverka.subscriptions.models import Host
from samverka.subscriptions.operations.sealing import unseal
from samverka.subscriptions.operations.turning import KEY_WORDS, stop_row
from samverka.subscriptions.reads import EventDetail, Reach
from samverka.subscriptions.reads.subscriptions import detail
from samverka.subscriptions.rules import LONGEST_ANSWER


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is to be sent, and where.

    Attributes:
        notice_id: None for a handshake or a sign of life.
        knock: R4's own way on a socket: only that something has happened.
        allowed: hosts inside our walls that notices may be sent to.
        timeout: how long the receiver may take.
    """

    subscription_id: UUID
    notice_id: int | None
    number: int | None
    bell: Bell
    endpoint: str
    headers: tuple[str, ...]
    body: bytes
    media: str
    knock: bool
    allowed: frozenset[str]
    timeout: timedelta


@dataclass(frozen=True, slots=True)
class Failure:
    """Why it was not taken.

    Attributes:
        refused: the receiver would not have this very notice; others may go on.
    """

    words: Text
    refused: bool = False


def opened_headers(actor: Actor, row: Any) -> tuple[str, ...] | None:
    """The receiver's headers; None, and the subscription stops, where they cannot be opened."""
    headers = unseal(row.headers)
    if headers is None:
        stop_row(row, actor.at, KEY_WORDS)
    return headers


def addressed(
    actor: Actor, row: Any, bell: Bell, headers: tuple[str, ...], reach: Reach,
    event: EventDetail | None = None, notice_id: int | None = None,
) -> Parcel:  # fmt: skip
    """What is to be sent to the receiver of a subscription."""
    events = [event] if event else []
    body = notification(detail(row), bell, at=actor.at, base=reach.base, events=events)
    asked = timedelta(seconds=row.timeout or LONGEST_ANSWER.total_seconds())
    return Parcel(
        subscription_id=row.id,
        notice_id=notice_id,
        number=event.number if event else None,
        bell=bell,
        endpoint=row.endpoint,
        headers=headers,
        body=body if row.media else b"",
        media=row.media,
        knock=not row.topic,
        allowed=frozenset(Host.objects.values_list("name", flat=True)),
        timeout=min(asked, LONGEST_ANSWER),
    )
