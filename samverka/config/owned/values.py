"""What is said of a FHIR type that a room owns: plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias
from uuid import UUID

from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.organisations.reads import unit_names, unit_with_hsa_id
from samverka.resources.rules.receiving import Content

NEVER = datetime(1, 1, 1, tzinfo=UTC)
"""Not known by the room: the shelf knows when it was published."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A resource as it stands for this reader.

    Attributes:
        values: the room's own detail that it was made from.
        version: the room's number; "" where it has none, then the shelf's.
        taken: places of a new one that were taken though the resource does not show them.
    """

    content: Content
    values: Any
    version: str = ""
    changed_at: datetime = NEVER
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What a client wants: `paths` tells where it differs from what stands."""

    actor: Actor
    now: Standing
    sent: Content
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What an operation made of it.

    Attributes:
        taken: places that were taken though the resource does not show them afterwards.
        standing: the result, where the reader cannot read it any more.
    """

    taken: tuple[str, ...] = ()
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as it was asked: the parameters, and how many to a page.

    Attributes:
        after: what came last on the page before; "" on the first.
    """

    values: Mapping[str, tuple[str, ...]]
    count: int
    after: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """How one type is searched.

    Attributes:
        names: parameters that are understood → what they say, for the reference.
        find: one page, and what came last on it; "" where there is no more.
        whole: the room answers the whole search: there is too much to be gone through for it.
    """

    names: Mapping[str, str]
    find: Callable[[Actor, Asked], tuple[list[Standing], str]]
    whole: bool = False


Keeps: TypeAlias = Callable[[Actor, UUID], bool]


def _always(_actor: Actor, _key: UUID) -> bool:
    return True


def _any(_sent: Content) -> bool:
    return True


def _nothing(_sent: Content) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Owned:
    """One type, or one sort of it, that a room owns.

    Attributes:
        action: the act around it all; each operation inside asks for its own.
        keeps: whether it is this room that has it, where several could.
        takes: whether a new one is of this sort.
        leans_on: what a new one is about, "CarePlan/id"; if a client has kept that, it is no room's.
        writes: for the reference: what in the resource → which operation.
        alone: the room shows it itself; it does not lie on the shelf.
        refusal: what one who writes it is told, where it can only be read.
        delete: take one away; None where it ends by the room's own steps.
        search: what is looked for by which parameters; None where it cannot be searched.
    """

    kind: str
    what: str
    room: str
    action: Action
    read: Callable[[Actor, UUID], Standing]
    update: Callable[[Change], Done] | None = None
    create: Callable[[Actor, Content], Standing] | None = None
    keeps: Keeps = _always
    takes: Callable[[Content], bool] = _any
    leans_on: Callable[[Content], str] = _nothing
    writes: Mapping[str, str] = field(default_factory=dict)
    alone: bool = False
    refusal: Text | None = None
    search: Search | None = None
    delete: Callable[[Actor, UUID], None] | None = None


@contextmanager
def told_at(**places: str) -> Iterator[None]:
    """What an operation refuses by the name of a field is told at the FHIRPath that the value came from."""
    try:
        yield
    except Invalid as problem:
        if problem.where not in places:
            raise
        where = places[problem.where]
        raise Invalid(problem.message, where=where, mend=problem.mend) from problem


def unit_id_of(named: tuple[str, str], where: str) -> UUID:
    """The unit that a reference names, by our id or by its HSA-id.

    Raises:
        Invalid: there is none by that name.
    """
    key, hsa_id = named
    unit = unit_with_hsa_id(hsa_id)
    if unit is None and key:
        try:
            unit = unit_names({UUID(key)}).get(UUID(key))
        except ValueError:
            unit = None
    if unit is None:
        words = _("Säg vilken enhet, med Organization/id eller HSA-id.")
        raise Invalid(words, where=where)
    return unit.id
