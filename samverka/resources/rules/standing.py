"""A new version that stands on the shelf: what those who tell others must know of it, without its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samverka.resources.rules.keys import OWN

CLIENTS = "fhir"
"""The source of what clients write and no room owns."""


@dataclass(frozen=True, slots=True)
class Stood:
    """One resource with a new current version.

    Attributes:
        address: its id in our own addresses.
    """

    resource_id: UUID
    kind: str
    address: str
    number: int
    person_id: UUID | None
    at: datetime


def address_of(source: str, local_id: str, resource_id: UUID) -> str:
    """The id by which a resource of the shelf is read here: its own, or the shelf's if it was imported."""
    return local_id if source in (OWN, CLIENTS) and local_id else str(resource_id)
