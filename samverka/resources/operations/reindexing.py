"""What lies on the shelf looked through anew for what it is found by: after a change of what is looked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.resources.operations import indexing, store
from samverka.resources.operations.linked import content_of
from samverka.resources.rules.keys import Scope
from samverka.resources.rules.references import references
from samverka.resources.rules.searching.numbers import INDEX

AT_A_TIME: Final = 500
"""Resources in one transaction: those who write wait for no more."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """How far it has come: `last` is where the next batch begins, None at the end."""

    count: int
    last: UUID | None


def index_again(actor: Actor, *, after: UUID | None = None) -> Indexed:
    """Index the next resources that were indexed by former rules, or not at all.

    Each bears the number of the rules that it was indexed by, so it can be cut off and begun again at any time.
    """
    with act(actor, Action.SHELF_RECEIVE) as this:
        this.require_system()
        rows = store.fetch(_NEXT, {"after": after, "now": INDEX, "limit": AT_A_TIME})
        ids = [row[0] for row in rows]
        if ids:
            for statement in _FORGET:
                store.execute(statement, [ids])
            store.write(indexing.put(_entries(rows)))
            store.execute(_LED, [ids])
            store.execute(_DONE, [INDEX, ids])
        this.note_general("Resource", indexed=len(ids))
    return Indexed(len(ids), ids[-1] if len(ids) == AT_A_TIME else None)


def to_index(actor: Actor) -> int:
    """How many resources were indexed by former rules, or not at all."""
    with act(actor, Action.SHELF_RECEIVE) as this:
        this.require_system()
        [(count,)] = store.fetch(_LEFT, [INDEX])
        this.note_general("Resource", to_index=count)
    return int(count)


def _entries(rows: Sequence[tuple[Any, ...]]) -> Iterator[indexing.Entry]:
    named: dict[UUID, dict[str, str]] = {}
    for one, path, key in store.fetch(_NAMED, [[row[0] for row in rows]]):
        named.setdefault(one, {})[path] = key
    for one, source, person_id, text in rows:
        content = content_of(text)
        if not content:
            continue  # it was taken away
        keys = named.get(one, {})
        names = {
            ref.literal: keys[ref.path[:300]]
            for ref in references(content, Scope())
            if ref.literal and ref.path[:300] in keys
        }
        yield indexing.Entry(one, source, person_id, content, names)


_LEFT: LiteralString = "SELECT count(*) FROM resources_resource WHERE indexed <> %s"
_NEXT: LiteralString = """
    SELECT r.id, r.source, r.person_id, v.text FROM resources_resource r
    JOIN resources_version v ON v.resource_id = r.id AND v.number = r.version
    WHERE r.indexed <> %(now)s AND (%(after)s::uuid IS NULL OR r.id > %(after)s)
    ORDER BY r.id LIMIT %(limit)s FOR UPDATE OF r
"""
_NAMED: LiteralString = (
    "SELECT resource_id, path, key FROM resources_reference WHERE resource_id = ANY(%s)"
)
_FORGET: tuple[LiteralString, ...] = tuple(
    f"DELETE FROM {table} WHERE resource_id = ANY(%s)"  # noqa: S608 (our own names)
    for table in store.INDEX
)
# What a reference was found to mean when it came, it means still.
_LED: LiteralString = """
    UPDATE resources_pointervalue p SET target = named.address
    FROM resources_reference f, resources_resource named
    WHERE p.resource_id = ANY(%s) AND p.target IS NULL AND p.key <> ''
      AND f.resource_id = p.resource_id AND f.key = p.key AND named.id = f.target
"""
_DONE: LiteralString = "UPDATE resources_resource SET indexed = %s WHERE id = ANY(%s)"
