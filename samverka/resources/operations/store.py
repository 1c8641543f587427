"""Many rows at a time into the shelf's tables: arrays to one statement each.

Plain SQL: COPY is closed to a role under row security, and a row at a time is too slow for a large
import. Everything here runs inside an act; the callers see to that, and `_cursor` makes sure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any, LiteralString, TypeAlias
from uuid import UUID

import psycopg
from django.db import connection
from psycopg import sql

from samverka.access.guarded import demand_act


@dataclass(slots=True)
class Head:
    """The row of a resource as it shall be."""

    id: UUID
    address: UUID
    source: str
    key: str
    kind: str
    local_id: str
    full_url: str
    person_id: UUID | None
    provider_id: UUID | None
    unit_id: UUID | None
    branch: str
    published: bool
    not_for_patient: bool
    status: str
    pending: bool
    reason: str
    version: int
    versions: int
    digest: bytes
    last_updated: datetime | None
    version_id: str
    received_at: datetime
    run_id: UUID | None


@dataclass(slots=True)
class Text:
    """The row of one version."""

    resource_id: UUID
    number: int
    person_id: UUID | None
    text: str
    digest: bytes
    last_updated: datetime | None
    version_id: str
    received_at: datetime
    run_id: UUID | None
    passed_over: bool


@dataclass(slots=True)
class Pointer:
    """The row of a reference."""

    resource_id: UUID
    person_id: UUID | None
    path: str
    key: str
    target: UUID | None


@dataclass(slots=True)
class Number:
    """The row of an identifier."""

    resource_id: UUID
    person_id: UUID | None
    system: str
    value: str


@dataclass(slots=True)
class Want:
    """The row of one name of a person who is waited for."""

    resource_id: UUID
    party: int
    key: str
    target: UUID | None


# ── the index of searches: see `resources.models.Indexed` ──

Hash: TypeAlias = int
"""Of 64 bits: `rules.searching.numbers.hash_of`."""


@dataclass(slots=True)
class Value:
    """What every row of the index begins with."""

    resource_id: UUID
    parameter: int
    number: int
    person_id: UUID | None
    part: int
    place: int


@dataclass(slots=True)
class TokenRow(Value):
    """A code, identifier or flag."""

    system: Hash
    code: str
    sort: Hash
    words: str


@dataclass(slots=True)
class PointerRow(Value):
    """A reference."""

    kind: str
    target: UUID | None
    key: str
    url: str
    system: Hash
    value: str


@dataclass(slots=True)
class SpanRow(Value):
    """A time."""

    low: datetime
    high: datetime


@dataclass(slots=True)
class AmountRow(Value):
    """A number with its unit."""

    low: Decimal
    high: Decimal
    system: Hash
    code: str
    unit: str
    base: Hash
    base_low: Decimal | None
    base_high: Decimal | None


@dataclass(slots=True)
class WordsRow(Value):
    """A text."""

    exact: str
    plain: str


@dataclass(slots=True)
class AddressRow(Value):
    """A uri."""

    uri: str
    version: str


_TYPES = {
    "UUID": "uuid",
    "UUID | None": "uuid",
    "str": "text",
    "bool": "bool",
    "int": "int4",
    "Hash": "int8",
    "Decimal": "numeric",
    "Decimal | None": "numeric",
    "bytes": "bytea",
    "datetime": "timestamptz",
    "datetime | None": "timestamptz",
}
_TABLES: dict[type, str] = {
    Head: "resources_resource",
    Text: "resources_version",
    Pointer: "resources_reference",
    Number: "resources_identifier",
    Want: "resources_wanted",
    TokenRow: "resources_tokenvalue",
    PointerRow: "resources_pointervalue",
    SpanRow: "resources_spanvalue",
    AmountRow: "resources_amountvalue",
    WordsRow: "resources_wordsvalue",
    AddressRow: "resources_addressvalue",
}
INDEX = tuple(table for row, table in _TABLES.items() if issubclass(row, Value))
"""The tables of the index."""

_KEEP = """
ON CONFLICT (id) DO UPDATE SET
  local_id = excluded.local_id, full_url = excluded.full_url, person_id = excluded.person_id,
  provider_id = excluded.provider_id, unit_id = excluded.unit_id, branch = excluded.branch,
  published = excluded.published, not_for_patient = excluded.not_for_patient,
  status = excluded.status, pending = excluded.pending, reason = excluded.reason,
  version = excluded.version, versions = excluded.versions, digest = excluded.digest,
  last_updated = excluded.last_updated, version_id = excluded.version_id,
  received_at = excluded.received_at, run_id = excluded.run_id
"""


def _insert_statement(row: type, tail: str = "") -> sql.SQL:
    names = [one.name for one in fields(row)]
    casts = [f"%b::{_TYPES[str(one.type)]}[]" for one in fields(row)]
    extra, value = (", not_for_patient_reason", ", ''") if row is Head else ("", "")
    text = (
        f"INSERT INTO {_TABLES[row]} ({', '.join(names)}{extra}) "  # noqa: S608 (our own names)
        f"SELECT *{value} FROM unnest({', '.join(casts)}) {tail}"
    )
    return sql.SQL(text)


_STATEMENTS = {row: _insert_statement(row, _KEEP if row is Head else "") for row in _TABLES}


def _cursor() -> psycopg.Cursor[Any]:
    demand_act("The shelf is written")
    connection.ensure_connection()
    return psycopg.Cursor(connection.connection)


def insert(rows: Sequence[Any]) -> None:
    """Write rows of one kind; heads that are there already are brought up to date."""
    if not rows:
        return
    names = [one.name for one in fields(rows[0])]
    columns = [[getattr(row, name) for row in rows] for name in names]
    with _cursor() as cursor:
        cursor.execute(_STATEMENTS[type(rows[0])], columns)


Values = Sequence[Any] | dict[str, Any]


def execute(statement: LiteralString | sql.SQL, values: Values) -> int:
    """Run one statement of this room; returns the number of rows that it touched."""
    with _cursor() as cursor:
        cursor.execute(statement, values)
        return max(cursor.rowcount, 0)


def fetch(statement: LiteralString, values: Values) -> list[tuple[Any, ...]]:
    """The rows of a question of this room, inside an act that writes."""
    with _cursor() as cursor:
        return cursor.execute(statement, values).fetchall()


def ask(statement: LiteralString, values: Values) -> list[tuple[Any, ...]]:
    """The rows of a question that touches nobody's data (a lock)."""
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(statement, values).fetchall()


def forget_parts(resources: Iterable[UUID]) -> None:
    """Take away what was read out of the former versions of these resources."""
    ids = list(resources)
    if not ids:
        return
    execute(_FORGET, {"ids": ids})


_READ_OUT = ("resources_reference", "resources_identifier", "resources_wanted", *INDEX)
_GONE = ", ".join(
    f"gone{number} AS (DELETE FROM {table} WHERE resource_id = ANY(%(ids)s))"  # noqa: S608 (our own names)
    for number, table in enumerate(_READ_OUT)
)
_FORGET = sql.SQL(f"WITH {_GONE} SELECT 1")


@contextmanager
def together() -> Iterator[None]:
    """What is written within goes to the database without waiting for each answer."""
    connection.ensure_connection()
    with connection.connection.pipeline():
        yield
