"""References led to what they mean, and waiting resources to their persons. In sets, not one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.resources.operations import store
from samverka.resources.operations.telling import told
from samverka.resources.rules.keys import split_identifier_key
from samverka.resources.rules.receiving import Registry
from samverka.resources.rules.standing import How, Stood, address_of

CHUNK = 20_000
"""Rows in one transaction: a large import must not hold one for minutes."""


def resolve(actor: Actor, source: str, registry: Registry) -> None:
    """Lead everything of a source as far as it can be led. Doing it again changes nothing."""
    with act(actor, Action.SHELF_RECEIVE) as this:
        this.require_permission()
        _by_urn(source)
        this.note_general("Reference", source=source)
    for keys in _logical_keys(actor, source):
        with act(actor, Action.SHELF_RECEIVE) as this:
            _by_identifier(source, keys)
            _by_known_number(actor, source, keys, registry)
            this.note_general("Reference", source=source, names=len(keys))
    while _find_persons(actor, source):
        pass
    with act(actor, Action.SHELF_RECEIVE) as this:
        this.require_permission()
        store.execute(_LED, {"source": source})
        this.note_general("PointerValue", source=source)


# What a reference turned out to mean, the index knows by its address.
_LED = """
    UPDATE resources_pointervalue p SET target = named.address
    FROM resources_resource own, resources_reference f, resources_resource named
    WHERE p.target IS NULL AND p.key <> '' AND own.id = p.resource_id AND own.source = %(source)s
      AND f.resource_id = p.resource_id AND f.key = p.key AND named.id = f.target
"""


_PLACES: tuple[tuple[LiteralString, LiteralString], ...] = (
    ("resources_reference", "target"),
    ("resources_wanted", "target"),
)

_URN: dict[LiteralString, LiteralString] = {
    table: f"""
    UPDATE {table} f SET target = named.id
    FROM (
      SELECT r.full_url, (array_agg(r.id))[1] AS id FROM resources_resource r
      WHERE r.source = %(source)s AND r.full_url LIKE 'urn:%%' AND r.full_url IN (
        SELECT p.key FROM {table} p JOIN resources_resource own ON own.id = p.resource_id
        WHERE p.target IS NULL AND p.key LIKE 'urn:%%' AND own.source = %(source)s)
      GROUP BY r.full_url HAVING count(*) = 1
    ) named, resources_resource own
    WHERE f.target IS NULL AND f.key = named.full_url
      AND own.id = f.resource_id AND own.source = %(source)s
    """  # noqa: S608 (our own table names)
    for table, _column in _PLACES
}


def _by_urn(source: str) -> None:
    """A urn from another file of the same source, if only one resource has it."""
    for statement in _URN.values():
        store.execute(statement, {"source": source})


_LOGICAL = """
    SELECT DISTINCT key FROM (
      SELECT f.key FROM resources_reference f JOIN resources_resource r ON r.id = f.resource_id
      WHERE f.target IS NULL AND f.key LIKE '%%?identifier=%%' AND r.source = %(source)s
      UNION ALL
      SELECT w.key FROM resources_wanted w JOIN resources_resource r ON r.id = w.resource_id
      WHERE w.target IS NULL AND w.person_id IS NULL AND w.key LIKE '%%?identifier=%%'
        AND r.source = %(source)s
    ) named WHERE key > %(after)s ORDER BY key LIMIT 2000
"""


def _logical_keys(actor: Actor, source: str) -> Iterator[list[str]]:
    after = ""
    while True:
        with act(actor, Action.SHELF_RECEIVE) as this:
            rows = store.fetch(_LOGICAL, {"source": source, "after": after})
            this.note_general("Reference", source=source)
        if not rows:
            return
        keys = [key for (key,) in rows]
        yield keys
        after = keys[-1]


_IDENTIFIED: dict[LiteralString, LiteralString] = {
    table: f"""
    UPDATE {table} f SET target = found.id
    FROM (
      SELECT u.key, (array_agg(r.id))[1] AS id
      FROM unnest(%(keys)s::text[], %(kinds)s::text[], %(systems)s::text[], %(values)s::text[])
             u (key, kind, system, value)
      JOIN resources_identifier i ON i.value = u.value AND i.system = u.system
      JOIN resources_resource r ON r.id = i.resource_id AND r.source = %(source)s
        AND (u.kind = '' OR r.kind = u.kind)
      GROUP BY u.key HAVING count(DISTINCT r.id) = 1
    ) found, resources_resource own
    WHERE f.target IS NULL AND f.key = found.key
      AND own.id = f.resource_id AND own.source = %(source)s
    """  # noqa: S608 (our own table names)
    for table, _column in _PLACES
}


def _by_identifier(source: str, keys: Sequence[str]) -> None:
    """Whoever of the type bears the number in the same source, if only one does."""
    parts = [(key, *split) for key in keys if (split := split_identifier_key(key))]
    if not parts:
        return
    names, kinds, systems, values = (list(column) for column in zip(*parts, strict=True))
    parameters = {"keys": names, "kinds": kinds, "systems": systems, "values": values}
    for statement in _IDENTIFIED.values():
        store.execute(statement, {**parameters, "source": source})


def _by_known_number(actor: Actor, source: str, keys: Sequence[str], registry: Registry) -> None:
    """A person whom the house knows by that number, though the source has sent no Patient."""
    numbers = {
        key: split[1:]
        for key in keys
        if (split := split_identifier_key(key)) and split[0] == "Patient"
    }
    known = registry.persons(actor, list(numbers.values())) if numbers else {}
    found = [(key, known[number]) for key, number in numbers.items() if number in known]
    if not found:
        return
    store.execute(
        "UPDATE resources_wanted w SET person_id = u.person "
        "FROM unnest(%s::text[], %s::uuid[]) u (key, person), resources_resource own "
        "WHERE w.key = u.key AND w.target IS NULL AND own.id = w.resource_id AND own.source = %s",
        [[key for key, _p in found], [person for _k, person in found], source],
    )


# All parties of a resource must be known, and be one and the same person.
_FOUND = """
    SELECT resource_id, (array_agg(DISTINCT person) FILTER (WHERE person IS NOT NULL))[1]
    FROM (
      SELECT w.resource_id, w.party, coalesce(w.person_id, p.person_id) AS person
      FROM resources_wanted w
      JOIN resources_resource own ON own.id = w.resource_id AND own.source = %s
      LEFT JOIN resources_resource p ON p.id = w.target
    ) each_name
    GROUP BY resource_id
    HAVING count(DISTINCT person) = 1
       AND count(DISTINCT party) = count(DISTINCT party) FILTER (WHERE person IS NOT NULL)
    LIMIT %s
"""


def _find_persons(actor: Actor, source: str) -> int:
    with act(actor, Action.SHELF_RECEIVE) as this:
        rows = store.fetch(_FOUND, [source, CHUNK])
        give_persons([(resource, person) for resource, person in rows], actor.at)
        this.note_general("Resource", source=source, found=len(rows))
        return len(rows)


def give_persons(pairs: Sequence[tuple[UUID, UUID]], at: datetime) -> None:
    """Tell the shelf whose these resources are: from now the person's readers may see them, and hear of them."""
    if not pairs:
        return
    values = [[resource for resource, _p in pairs], [person for _r, person in pairs]]
    waited = store.fetch(_WAITED, values)
    for statement in _GIVE:
        store.execute(statement, values)
    store.write(
        told(
            Stood(one, kind, address_of(source, local_id, one), number, person, at, How.PLACED)
            for one, source, kind, local_id, number, person in waited
        )
    )
    store.execute("DELETE FROM resources_wanted WHERE resource_id = ANY(%s)", [values[0]])


_WAITED = """
    SELECT r.id, r.source, r.kind, r.local_id, r.version, u.person
    FROM unnest(%s::uuid[], %s::uuid[]) u (id, person) JOIN resources_resource r ON r.id = u.id
    WHERE r.person_id IS NULL AND r.status <> 'deleted'
"""

_GIVE: tuple[LiteralString, ...] = (
    *(
        f"UPDATE {table} f SET person_id = u.person "  # noqa: S608 (our own table names)
        "FROM unnest(%s::uuid[], %s::uuid[]) u (id, person) WHERE f.resource_id = u.id"
        for table in store.INDEX
    ),
    (
        "UPDATE resources_resource r SET person_id = u.person, status = "
        "CASE WHEN r.status = 'waiting' THEN 'kept' ELSE r.status END "
        "FROM unnest(%s::uuid[], %s::uuid[]) u (id, person) WHERE r.id = u.id"
    ),
    (
        "UPDATE resources_version v SET person_id = u.person "
        "FROM unnest(%s::uuid[], %s::uuid[]) u (id, person) WHERE v.resource_id = u.id"
    ),
    (
        "UPDATE resources_reference f SET person_id = u.person "
        "FROM unnest(%s::uuid[], %s::uuid[]) u (id, person) WHERE f.resource_id = u.id"
    ),
    (
        "UPDATE resources_identifier i SET person_id = u.person "
        "FROM unnest(%s::uuid[], %s::uuid[]) u (id, person) WHERE i.resource_id = u.id"
    ),
)
