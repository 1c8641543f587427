"""What comes along with what was found: what it points at (`_include`), what points at it (`_revinclude`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from samverka.access.act import Act, act
from samverka.resources.reads.searching.conditions import OF_OURS, R, kept_by, shelf_key
from samverka.resources.reads.searching.finding import COLUMNS, Hit, hits_of, note, read
from samverka.resources.reads.searching.gates import Gates
from samverka.resources.reads.searching.prepared import rows
from samverka.resources.reads.searching.sql import Sql, sql
from samverka.resources.reads.searching.values import TABLES
from samverka.resources.reads.shown import PATIENT, action_for
from samverka.resources.rules.definitions import parameters
from samverka.resources.rules.searching.numbers import number_of_parameter
from samverka.resources.rules.searching.query import Include, Query
from samverka.resources.rules.searching.targets import names_the_person

MOST: Final = 1_000
"""Resources that come along with one page."""

ROUNDS: Final = 6
"""How far `:iterate` goes."""

_POINTERS = TABLES["reference"]


def included(this: Act, gates: Gates, query: Query, found: Sequence[Hit]) -> tuple[list[Hit], bool]:
    """What comes along, and whether something had to be left out: there was too much."""
    known = {one.row.pk for one in found}
    along: list[Hit] = []
    frontier, includes, reverse = list(found), query.includes, query.reverse
    for _round in range(ROUNDS):
        pieces = [*_forward(includes, frontier), *_backward(reverse, frontier, gates)]
        if not pieces or not frontier:
            return along, False
        new = [one for one in _fetched(this, gates, pieces) if one.row.pk not in known]
        known |= {one.row.pk for one in new}
        along += new
        if len(along) > MOST:
            return along[:MOST], True
        frontier = new
        includes = tuple(one for one in query.includes if one.again)
        reverse = tuple(one for one in query.reverse if one.again)
    return along, bool(frontier)


def _fetched(this: Act, gates: Gates, pieces: Sequence[Sql]) -> list[Hit]:
    """The rows that any piece names, through the gate; a Patient through its own."""
    ids = Sql(
        " UNION ".join(one.text for one in pieces), tuple(v for one in pieces for v in one.values)
    )
    passing = sql(
        f"({R}.by_room OR CASE WHEN {R}.kind = '{PATIENT}' THEN %s ELSE %s END)",
        gates(PATIENT),
        gates.records,
    )
    statement = sql(
        f"SELECT {COLUMNS}, v.text, {R}.by_room FROM ("
        f"SELECT {R}.*, %s AS by_room FROM {R} WHERE {R}.id IN (%s) OFFSET 0) {R} "
        f"JOIN resources_version v ON v.resource_id = {R}.id AND v.number = {R}.version "
        f"WHERE %s ORDER BY {R}.kind, {R}.id LIMIT %s",
        gates.rooms,
        ids,
        passing,
        MOST + 1,
    )
    made = rows(statement)
    kinds = COLUMNS.split(", ").index(f"{R}.kind")
    persons = [row for row in made if row[kinds] == PATIENT]
    others = [row for row in made if row[kinds] != PATIENT]
    ours = [row for row in others if not row[-1]]
    found = [replace(one, keys=()) for one in read(this, "", ours)]
    found += [
        replace(one, keys=(), by_room=True)
        for one in hits_of("", [row for row in others if row[-1]])
    ]
    if persons:
        with act(this.actor, action_for(this.actor, PATIENT)) as inner:
            known = read(inner, PATIENT, persons)
            note(inner, [one for one in known if not one.by_room])
            found += known
    return found


def _forward(includes: Sequence[Include], found: Sequence[Hit]) -> Iterator[Sql]:
    for one in includes:
        kinds = {hit.row.kind for hit in found if one.type in ("", hit.row.kind)}
        for kind in sorted(kinds):
            ids = [hit.row.pk for hit in found if hit.row.kind == kind]
            numbers, persons = _numbers(kind, one.code)
            yield from _keepers(kind, one, ids)
            kept = sql(" AND r.kind = %s", one.target) if one.target else Sql("")
            if numbers:
                yield sql(
                    f"SELECT r.id FROM {R} r WHERE r.address IN (SELECT a.target FROM {_POINTERS} a "
                    "WHERE a.resource_id = ANY(%s) AND a.parameter = ANY(%s))%s",
                    ids,
                    numbers,
                    kept,
                )
            if persons and one.target in ("", PATIENT):
                yield sql(
                    f"SELECT r.id FROM {R} r WHERE r.kind = '{PATIENT}' AND r.person_id IN ("
                    f"SELECT a.person_id FROM {_POINTERS} a WHERE a.resource_id = ANY(%s) "
                    f"AND a.parameter = ANY(%s) AND a.kind IN ('{PATIENT}', ''))",
                    ids,
                    persons,
                )


def _keepers(kind: str, one: Include, ids: Sequence[UUID]) -> Iterator[Sql]:
    """The unit or care provider whose record it is."""
    column = kept_by(kind, one.code)
    if column and one.target in ("", "Organization"):
        ours = OF_OURS.replace(f"{R}.", "r.")
        yield sql(
            f"SELECT r.id FROM {R} r WHERE {ours} AND r.local_id IN ("
            f"SELECT p.{column}::text FROM {R} p WHERE p.id = ANY(%s))",
            ids,
        )


def _kept(one: Include, hits: Sequence[Hit]) -> Iterator[Sql]:
    """What is the record of a unit or a care provider."""
    column = kept_by(one.type, one.code)
    named = [hit.row.local_id for hit in hits if hit.row.kind == "Organization"]
    if column and named:
        yield sql(
            f"SELECT r.id FROM {R} r WHERE r.kind = %s AND r.{column} = ANY(%s)",
            one.type,
            [key for each in named if (key := shelf_key(each))],
        )


def _numbers(kind: str, code: str) -> tuple[list[int], list[int]]:
    """Of the parameters that are meant: all, and those that lead to the person."""
    every = parameters(kind)
    codes = [one for one in every if every[one].kind == "reference"] if code == "*" else [code]
    numbers = [number_of_parameter(kind, one) for one in codes if one in every]
    persons = [number_of_parameter(kind, one) for one in codes if names_the_person(kind, one)]
    return numbers, persons


def _backward(reverse: Sequence[Include], found: Sequence[Hit], gates: Gates) -> Iterator[Sql]:
    for one in reverse:
        hits = [hit for hit in found if one.target in ("", hit.row.kind)]
        if not hits or not one.type:
            continue
        numbers, persons = _numbers(one.type, one.code)
        yield from _kept(one, hits)
        own = sql("r.kind = %s", one.type)
        addresses = [hit.row.address for hit in hits]
        if numbers:
            yield sql(
                f"SELECT r.id FROM {R} r WHERE %s AND r.id IN (SELECT a.resource_id FROM {_POINTERS} a "
                "WHERE a.target = ANY(%s) AND a.parameter = ANY(%s))",
                own,
                addresses,
                numbers,
            )
        patients = [hit.row.person_id for hit in hits if hit.row.kind == PATIENT]
        if persons and patients:
            yield sql(f"SELECT r.id FROM {R} r WHERE %s AND r.person_id = ANY(%s)", own, patients)
