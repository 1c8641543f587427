"""What a search must ask the rooms for: what does not lie on the shelf, and what this reader has in another text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.config.owned import OWNED, judging
from samverka.config.owned.values import Asked as RoomAsked
from samverka.config.owned.values import Owned, Standing
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotAllowed, NotFound
from samverka.resources.operations.publishing import text_of
from samverka.resources.reads import searching as shelf
from samverka.resources.reads.searching.meeting import fits
from samverka.resources.rules.canonical import decode
from samverka.resources.rules.keys import address
from samverka.resources.rules.receiving import Content
from samverka.resources.rules.searching.indexing import index
from samverka.resources.rules.searching.ordering import Key, key_of
from samverka.resources.rules.searching.query import Query
from samverka.resources.rules.splicing import stamped
from samverka.web.exchange import Shown

MOST: Final = 1_000
"""Resources of a room that one search goes through: whoever has more says whose, or since when."""

_PAGE = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    """A resource as the room shows it to this reader, and its place in the order.

    Attributes:
        hit: where it lies on the shelf, if it does.
    """

    shown: Shown
    content: Content
    keys: tuple[Key, ...]
    id: UUID
    hit: shelf.Hit | None = None

    @property
    def person_id(self) -> UUID | None:
        """Whose it is, as it says itself."""
        return judging.person_in(self.content)


def matched(
    actor: Actor,
    gates: shelf.Gates,
    query: Query,
    hits: Sequence[shelf.Hit],
    *,
    alone: bool = True,
) -> list[Candidate]:
    """Those that meet the search: of the shelf's, those that a room must show; and those that a room has alone.

    Reading them here leaves no line: what comes on the page is noted there.
    """
    found = [*_read(actor, hits, query), *(_alone(actor, query) if alone else ())]
    return [one for one in found if _meets(gates, query, one)]


def _meets(gates: shelf.Gates, query: Query, one: Candidate) -> bool:
    values = index(one.content)
    here = address(one.shown.kind, one.shown.id)
    return all(fits(gates, one.shown.kind, here, values, each) for each in query.conditions)


# ── on the shelf, and shown by the room ──


def _read(actor: Actor, hits: Sequence[shelf.Hit], query: Query) -> Iterator[Candidate]:
    for hit in hits:
        shown = as_shown_by_room(actor, hit)
        if shown is not None:
            yield _candidate(shown, query, hit.row.pk, hit)


def as_shown_by_room(actor: Actor, hit: shelf.Hit) -> Shown | None:
    """As the room shows it to this reader; None if it shows nothing."""
    one = UUID(hit.row.local_id)
    owned = next((each for each in OWNED.get(hit.row.kind, ()) if each.keeps(actor, one)), None)
    if owned is None:
        return None
    standing = _quietly(actor, lambda: judging.read(actor, owned, one))
    if standing is None:
        return None
    given = bool(standing.version)
    number = standing.version or str(hit.row.version)
    at = standing.changed_at if given else hit.row.received_at
    text = stamped(text_of(standing.content), local_id=hit.row.local_id, version=number, at=at)
    return Shown(hit.row.kind, hit.row.local_id, text, number, at)


def _quietly(actor: Actor, read: Callable[[], Standing]) -> Standing | None:
    """What a room says, without a line in the trail yet; None if it refuses."""
    try:
        with transaction.atomic(), act(actor, Action.SHELF_READ) as this:
            this.unchanged()
            found = read()
            this.nothing_shown()
            return found
    except (NotFound, NotAllowed):
        return None


# ── not on the shelf at all ──


def _alone(actor: Actor, query: Query) -> Iterator[Candidate]:
    for owned in OWNED.get(query.kind, ()):
        if owned.alone and owned.search is not None and not owned.search.whole:
            for one in _all_of(actor, owned, _narrowed(query, owned.search.names)):
                at = one.changed_at
                shown = Shown(
                    query.kind, str(one.content["id"]), text_of(one.content), one.version, at
                )
                yield _candidate(shown, query, UUID(shown.id), None)


def _all_of(actor: Actor, owned: Owned, values: Mapping[str, tuple[str, ...]]) -> list[Standing]:
    """What the room lets the actor find; one whose assignment has nothing to do there finds nothing."""
    assert owned.search is not None
    found: list[Standing] = []
    shower, after = judging.shower(actor, owned.kind), ""
    try:
        with transaction.atomic(), act(actor, Action.SHELF_READ) as this:
            this.unchanged()
            while True:
                page, after = owned.search.find(shower, RoomAsked(values, _PAGE, after))
                found += [one for one in page if judging.may_have(actor, one.content)]
                if not after:
                    this.nothing_shown()
                    return found
                if len(found) >= MOST:
                    raise shelf.TooCostly
    except NotAllowed:
        return []


_MOMENT = re.compile(r"^(eq|ge|le|gt|lt)?\d{4}-\d\d-\d\d(T[0-9:.]+(Z|[+-]\d\d:\d\d))?$")
_TIMES = frozenset({"_lastUpdated", "sent", "authored-on"})
_NAMED = frozenset(
    {
        "_id",
        "patient",
        "subject",
        "encounter",
        "service-provider",
        "recipient",
        "owner",
        "performer",
    }
)


def _narrowed(query: Query, names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """What the room itself can look by, so that it need not give all it has. Whether it fits is told afterwards."""
    found: dict[str, list[str]] = {}
    for name, value in query.used:
        plain = name.partition(":")[0]
        if name not in names or "\\" in value:
            continue
        time = plain in _TIMES and _MOMENT.match(value)
        named = plain in _NAMED and "," not in value and name not in found
        if time or named:
            found.setdefault(name, []).append(value)
    if {"patient", "subject"} <= found.keys():
        del found["subject"]
    return {name: tuple(values) for name, values in found.items()}


def _candidate(shown: Shown, query: Query, one: UUID, hit: shelf.Hit | None) -> Candidate:
    content = decode(shown.text)
    assert isinstance(content, dict)
    values = index(content)
    keys = tuple(
        shown.changed_at
        if each.code == "_lastUpdated"
        else (shown.id if each.code == "_id" else key_of(values, each))
        for each in query.order
    )
    return Candidate(shown, content, keys, one, hit)
