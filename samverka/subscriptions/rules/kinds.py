"""States of a subscription and of a notice, and what can have happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class SubscriptionState(StrEnum):
    """FHIR R4 SubscriptionStatus; stored."""

    REQUESTED = "requested"  # the receiver has not answered a handshake yet
    ACTIVE = "active"
    ERROR = "error"  # nothing is sent; what happens is kept until someone mends it
    OFF = "off"  # ended: nothing is kept any more


STATE_WORDS: dict[SubscriptionState, Text] = {
    SubscriptionState.REQUESTED: _("Väntar på mottagaren"),
    SubscriptionState.ACTIVE: _("Igång"),
    SubscriptionState.ERROR: _("Stannad av fel"),
    SubscriptionState.OFF: _("Avslutad"),
}

SENDS: dict[SubscriptionState, bool] = {
    SubscriptionState.REQUESTED: False,
    SubscriptionState.ACTIVE: True,
    SubscriptionState.ERROR: False,
    SubscriptionState.OFF: False,
}
"""Whether notices go out."""


class Channel(StrEnum):
    """How it is told (FHIR R4 SubscriptionChannelType); stored."""

    REST_HOOK = "rest-hook"
    WEBSOCKET = "websocket"


class Level(StrEnum):
    """How much is told (backport-payload-content); stored."""

    EMPTY = "empty"  # that something has happened
    ID_ONLY = "id-only"  # and to which resource
    FULL = "full-resource"  # and what it says


class NoticeState(StrEnum):
    """Where a notice stands; stored."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given-up"  # the receiver would not have it, though it was tried for two days


class Cause(StrEnum):
    """What happened to a resource; stored."""

    CHANGED = "changed"  # a new version, or a new resource
    PLACED = "placed"  # it waited for its person, who is known now
    DELETED = "deleted"  # it was taken away
    GIVEN = "given"  # a plan was given to care providers
    ASSIGNED = "assigned"  # a task got its owner
    STEP = "step"  # a case of discharge took a step


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to one resource.

    Attributes:
        key: its id in our addresses.
        resource_id, number: on the shelf, and which version; None and 0 for what does not lie there.
        providers: of what was given: to whom.
    """

    kind: str
    key: str
    person_id: UUID | None
    cause: Cause
    at: datetime
    resource_id: UUID | None = None
    number: int = 0
    providers: tuple[UUID, ...] = ()
