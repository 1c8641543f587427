"""Resources put straight on the shelf, for searches of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.resources.operations.publishing import text_of
from samverka.resources.operations.shelving import Item, Owner, Persons, shelve
from samverka.resources.reads import searching
from samverka.resources.rules.facts import examine
from samverka.resources.rules.keys import OWN
from samverka.resources.rules.searching.asking import read
from samverka.resources.rules.searching.parsing import Asked
from samverka.resources.rules.status import Status
from tests.factories.cast import NOW, system


def put(
    *resources: dict[str, Any], person_id: UUID | None = None, actor: Actor | None = None
) -> None:
    """Publish, as a room of that care provider would."""
    keeper = actor or system()
    owner = Owner(
        source=OWN,
        at=NOW,
        provider_id=keeper.provider_id,
        unit_id=keeper.unit_id,
        status=Status.PUBLISHED,
    )
    items = []
    for one in resources:
        text = text_of(one)
        items.append(Item(examine(text), text, person_id=person_id))
    with act(system(), Action.SHELF_RECEIVE) as this:
        shelve(items, owner, Persons())
        this.note_general("Resource")


def found(
    kind: str, *given: tuple[str, str], actor: Actor | None = None, limit: int = 1_000
) -> list[str]:
    """Ids of what a search finds on the shelf, in its order."""
    reader = actor or system()
    query = read(kind, given, Asked(NOW))
    asked = searching.Asked((searching.Part(kind, query.conditions),), query.order)
    with act(reader, searching.action_for(reader, kind)) as this:
        this.unchanged()
        gates = searching.Gates(reader, frozenset())
        hits = page(this, gates, asked, limit=limit)
        return [one.local_id for one in hits]


def all_pages(kind: str, given: Sequence[tuple[str, str]], size: int) -> list[list[str]]:
    """Every page of a search, by where the one before ended."""
    reader = system()
    query = read(kind, given, Asked(NOW))
    asked = searching.Asked((searching.Part(kind, query.conditions),), query.order)
    gates = searching.Gates(reader, frozenset())
    pages: list[list[str]] = []
    after = None
    with act(reader, Action.SHELF_READ) as this:
        this.unchanged()
        while True:
            hits = page(this, gates, asked, limit=size, after=after)
            if not hits:
                return pages
            pages.append([one.local_id for one in hits])
            after = searching.Place(hits[-1].keys, hits[-1].row.pk)


def page(
    this: Act,
    gates: searching.Gates,
    asked: searching.Asked,
    *,
    limit: int,
    after: searching.Place | None = None,
) -> list[searching.Hit]:
    """A page of the shelf's, each decided on."""
    statement = searching.page_of(gates, asked, limit=limit, after=after)
    return searching.read(this, asked.kind, searching.rows(statement))
