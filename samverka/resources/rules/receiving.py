"""What a room gets when the shelf hands it a resource, and what it answers. Plain values both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol
from uuid import UUID

from samverka.kernel.actor import Actor
from samverka.kernel.text import Text

Content = Mapping[str, Any]
"""A resource as JSON values."""


def object_of(value: object) -> Content:
    """An element that should be an object; an empty one where it is missing or something else."""
    return value if isinstance(value, Mapping) else {}


def objects(value: object) -> Iterator[Content]:
    """The objects of an element that should be a list of them; one alone is a list of one."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            yield one


def _unread(_reference: str) -> Content | None:
    return None


@dataclass(frozen=True, slots=True)
class Link:
    """Where a reference leads.

    Attributes:
        kind: type of what it points at; "" if that is not on the shelf.
        room_id: the row that a room has made of it.
        person_id: the person whom that is about, or who it is.
    """

    key: str
    kind: str = ""
    room_id: UUID | None = None
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A resource for a room.

    Attributes:
        id: the shelf's id: the room remembers it, and gets the same one when the resource changes.
        content: the resource as JSON values; decimals as `Decimal`.
        links: by FHIRPath of the reference: "Encounter.serviceProvider".
        room_id: the row that the room made of the version that it has seen.
        former: that version's content.
        read: the content behind a literal reference, as far as it is the same person's, or nobody's.
    """

    id: UUID
    source: str
    key: str
    kind: str
    content: Content
    person_id: UUID | None
    provider_id: UUID | None
    unit_id: UUID | None
    branch: str
    not_for_patient: bool = False
    room_id: UUID | None = None
    links: Mapping[str, Link] = field(default_factory=lambda: MappingProxyType({}))
    former: Content | None = None
    read: Callable[[str], Content | None] = _unread

    def link(self, path: str) -> Link | None:
        """Where the reference at this place of the resource leads: `link("subject")`."""
        return self.links.get(f"{self.kind}.{path}")


@dataclass(frozen=True, slots=True)
class Taken:
    """The room's answer.

    Attributes:
        room_id: the row that it made or changed.
        person_id: for a Patient, who it is.
        kept: why the room could not use it; then it is only kept.
        note: what somebody should know though it was used.
        path: FHIRPath of what they are about; "" for the whole resource.
    """

    room_id: UUID | None = None
    person_id: UUID | None = None
    kept: Text | None = None
    note: Text | None = None
    path: str = ""


class Receiver(Protocol):
    """A room's way in. May raise a Problem: its words go into the report, and the resource is kept."""

    def __call__(self, actor: Actor, received: Received, /) -> Taken: ...


Number = tuple[str, str]
"""(system, value) of an identifier."""


def _nobody(_actor: Actor, _numbers: Sequence[Number]) -> Mapping[Number, UUID]:
    return {}


@dataclass(frozen=True, slots=True)
class Registry:
    """Who receives which type, and who knows persons by their numbers.

    Attributes:
        wholes: types that are made with what they point at.
        parts: the types of that: when one changes, the whole is handed out again.
    """

    receivers: Mapping[str, Receiver] = field(default_factory=lambda: MappingProxyType({}))
    persons: Callable[[Actor, Sequence[Number]], Mapping[Number, UUID]] = _nobody
    wholes: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
