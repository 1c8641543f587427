"""A new version that stands on the shelf: what those who tell others must know of it, without its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from uuid import UUID

from samverka.resources.rules.keys import OWN

CLIENTS = "fhir"
"""The source of what clients write and no room owns."""


class How(Enum):
    """Why it stands there now."""

    WRITTEN = auto()
    PLACED = auto()
    DELETED = auto()


@dataclass(frozen=True, slots=True)
class Stood:
    """One resource with a new current version.

    Attributes:
        address: its id in our own addresses.
        how: whether the version is new, says that it was taken away, or has found its person.
    """

    resource_id: UUID
    kind: str
    address: str
    number: int
    person_id: UUID | None
    at: datetime
    how: How = How.WRITTEN


def address_of(source: str, local_id: str, resource_id: UUID) -> str:
    """The id by which a resource of the shelf is read here: its own, or the shelf's if it was imported."""
    return local_id if source in (OWN, CLIENTS) and local_id else str(resource_id)
