"""All that a reader may have, person by person, a piece at a time: what `$everything` and bulk export are made of.

A person comes with one Patient, that of the room that knows who the person is; then what is written about the person, in
the order of the shelf's ids; last what is about nobody. The place where a piece ended is all that the next one needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.resources.models import Reference
from samverka.resources.reads.pointing import pointers_of
from samverka.resources.reads.searching.conditions import R
from samverka.resources.reads.searching.finding import COLUMNS, hits_of, read
from samverka.resources.reads.searching.gates import Gates
from samverka.resources.reads.searching.laws import law, no_twin
from samverka.resources.reads.searching.prepared import rows as rows_of
from samverka.resources.reads.searching.sql import FALSE, Sql, both, either, sql
from samverka.resources.reads.shown import PATIENT, action_for
from samverka.resources.rules.keys import HERE, OWN
from samverka.resources.rules.readdressing import Pointed


@dataclass(frozen=True, slots=True)
class Listed:
    """One resource that the reader may have.

    Attributes:
        text: as the shelf has it; not to be shown where `by_room`.
        by_room: the room must show it: this reader may have another text of it.
        pointed: what it points at, where it was imported.
    """

    id: UUID
    kind: str
    key: str
    source: str
    text: str
    version: int
    at: datetime
    person_id: UUID | None
    by_room: bool = False
    pointed: tuple[Pointed, ...] = ()


@dataclass(frozen=True, slots=True)
class Slice:
    """What is asked for.

    Attributes:
        persons: only about them; None for everyone.
        since: only what has come or been changed then or later.
        after: (person, resource) where the piece before ended; None at the beginning.
    """

    kinds: Sequence[str]
    persons: Sequence[UUID] | None = None
    since: datetime | None = None
    after: tuple[str, str] | None = None
    limit: int = 1_000


@dataclass(frozen=True, slots=True)
class Listing:
    """A piece. `after`: where the next one begins; None: there is no more."""

    rows: tuple[Listed, ...]
    after: tuple[str, str] | None = None


def list_persons(actor: Actor, wanted: Slice) -> Listing:
    """Who the persons are: one Patient each."""
    with act(actor, action_for(actor, PATIENT)) as this:
        this.require_permission()
        whose = both([sql(f"{R}.kind = %s", PATIENT), Gates(actor, frozenset())(PATIENT)])
        return _taken(this, PATIENT, both([whose, _cut_here(wanted)]), wanted)


def list_records(actor: Actor, wanted: Slice) -> Listing:
    """What is written about persons."""
    with act(actor, Action.SHELF_READ) as this:
        this.require_permission()
        kinds = sql(f"{R}.kind = ANY(%s)", [one for one in wanted.kinds if one != PATIENT])
        given = sql(
            f"({R}.source = '{OWN}' AND {R}.provider_id IS DISTINCT FROM %s)", actor.provider_id
        )
        cut = _cut_here(wanted, given)
        return _taken(this, "", both([kinds, law("records", actor), no_twin(), cut]), wanted)


def list_given(actor: Actor, wanted: Slice) -> Listing:
    """What rooms may have given to the reader's care provider: whether, and in which version, the room says.

    Nothing of it is told here, so each leaves its line when the room shows it. When the room's own version changed is not
    asked: the reader has the one that was given.
    """
    with act(actor, Action.SHELF_READ) as this:
        this.require_permission()
        this.unchanged()
        kinds = [one for one in wanted.kinds if one != PATIENT]
        where = both([sql(f"{R}.kind = ANY(%s)", kinds), Gates(actor, frozenset()).given])
        where = both([where, _cut_here(replace(wanted, since=None))])
        order = f"ORDER BY {R}.person_id, {R}.id LIMIT %s"
        statement = f"SELECT {COLUMNS}, '' FROM {R} WHERE %s {order}"  # noqa: S608 (constants)
        found = rows_of(sql(statement, where, wanted.limit))
        shown = [_listed(one.row, True) for one in hits_of("", found)]
        last_one = shown[-1] if len(shown) == wanted.limit else None
        after = (str(last_one.person_id), str(last_one.id)) if last_one else None
        return Listing(tuple(shown), after)


def list_common(actor: Actor, wanted: Slice) -> Listing:
    """What is about nobody, or about no person who is known: units, staff, forms; for staff."""
    with act(actor, Action.SHELF_READ) as this:
        this.require_permission()
        parts = [sql(f"{R}.kind = ANY(%s)", list(wanted.kinds))]
        if wanted.since is not None:
            parts.append(sql(f"{R}.received_at >= %s", wanted.since))
        if wanted.after is not None:
            parts.append(sql(f"{R}.id > %s", UUID(wanted.after[1])))
        found = _nobodys(actor, both(parts), wanted.limit)
        this.note_general("Resource", common=len(found))
        last = ("", str(found[-1].id)) if len(found) == wanted.limit else None
        return Listing(tuple(found), last)


def pointed_at(actor: Actor, resources: Iterable[UUID]) -> list[Listed]:
    """What these resources point at that is about nobody: who wrote it, at which unit."""
    with act(actor, Action.SHELF_READ) as this:
        this.unchanged()  # of the persons it was noted when their resources were shown
        targets = sql(
            f"{R}.id IN (SELECT p.target FROM {Reference._meta.db_table} p "  # noqa: S608 (constants)
            "WHERE p.resource_id = ANY(%s) AND p.target IS NOT NULL)",
            list(resources),
        )
        return _nobodys(actor, targets, MOST_BESIDE)


MOST_BESIDE = 1_000


def _nobodys(actor: Actor, where: Sql, limit: int) -> list[Listed]:
    statement = sql(
        f"{_SELECT} WHERE %s ORDER BY {R}.id LIMIT %s", both([law("common", actor), where]), limit
    )
    found = [_listed(one.row, False, one.text) for one in hits_of("", rows_of(statement))]
    return _led(found)


_SELECT = (
    f"SELECT {COLUMNS}, v.text FROM {R} "  # noqa: S608 (constants)
    f"JOIN resources_version v ON v.resource_id = {R}.id AND v.number = {R}.version"
)


def _cut_here(wanted: Slice, undated: Sql = FALSE) -> Sql:
    """`undated`: those whose time the room must tell."""
    parts = []
    if wanted.persons is not None:
        parts.append(sql(f"{R}.person_id = ANY(%s)", list(wanted.persons)))
    if wanted.since is not None:
        parts.append(either([sql(f"{R}.received_at >= %s", wanted.since), undated]))
    if wanted.after is not None:
        person, last = (UUID(one) for one in wanted.after)
        parts.append(sql(f"({R}.person_id, {R}.id) > (%s, %s)", person, last))
    return both(parts)


def _taken(this: Act, kind: str, where: Sql, wanted: Slice) -> Listing:
    """The rows that the gate lets through; word for word of a protected person only what a room can mask."""
    order = f"ORDER BY {R}.person_id, {R}.id LIMIT %s"
    found = rows_of(sql(f"{_SELECT} WHERE %s {order}", where, wanted.limit))
    hits = read(this, kind, found)
    this.note_list([one.row for one in hits], listed=True)
    last = hits_of(kind, found[-1:])[0].row if len(found) == wanted.limit else None
    after = (str(last.person_id), str(last.id)) if last else None
    shown = [
        _listed(one.row, one.by_room or _is_by_room(this.actor, one.row), one.text) for one in hits
    ]
    return Listing(tuple(_led(shown)), after)


def _led(found: list[Listed]) -> list[Listed]:
    """With what those point at that were imported."""
    led = pointers_of([one.id for one in found if one.source not in HERE])
    return [replace(one, pointed=tuple(led.get(one.id, ()))) for one in found] if led else found


def _is_by_room(actor: Actor, row: Any) -> bool:
    """Those who keep it have what lies on the shelf; of others the room knows what they have been given."""
    if row.source != OWN or row.kind == PATIENT:
        return False
    return actor.is_person or row.provider_id != actor.provider_id


def _listed(row: Any, by_room: bool, text: str | None = "") -> Listed:
    return Listed(
        id=row.id,
        kind=row.kind,
        key=row.local_id if row.source in HERE else str(row.id),
        source=row.source,
        text=text or "",  # a room shows it without
        version=row.version,
        at=row.received_at,
        person_id=row.person_id,
        by_room=by_room,
    )
