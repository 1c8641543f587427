"""Many rows at a time into the shelf's tables: arrays to one statement each, all of them in one way to the database.

Plain SQL: COPY is closed to a role under row security, and a row at a time is too slow for a large
import. The statements are prepared once for each connection (`audit.trip`): planned anew each time they cost several
times what the writing does. Everything here runs inside an act; `write` and `_cursor` make sure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any, LiteralString, TypeAlias
from uuid import UUID

import psycopg
from django.db import connection
from psycopg import sql

from samverka.access.guarded import demand_act
from samverka.audit.trip import Call, Row, Statement, array, trip


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


def _quoted(text: str) -> str:
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    return '"' + text.replace('"', '\\"') + '"'


def _bytes(value: bytes) -> str:
    return f'"\\\\x{value.hex()}"'


def _uuid(value: UUID | None) -> str:
    return "NULL" if value is None else value.hex


def _time(value: datetime | None) -> str:
    return "NULL" if value is None else value.isoformat()


def _number(value: Decimal | None) -> str:
    return "NULL" if value is None else str(value)


_Word: TypeAlias = Callable[[Any], str]

_TYPES: dict[str, tuple[str, _Word]] = {
    "UUID": ("uuid", _uuid),
    "UUID | None": ("uuid", _uuid),
    "str": ("text", _quoted),
    "bool": ("bool", str),
    "int": ("int4", str),
    "Hash": ("int8", str),
    "Decimal": ("numeric", str),
    "Decimal | None": ("numeric", _number),
    "bytes": ("bytea", _bytes),
    "datetime": ("timestamptz", _time),
    "datetime | None": ("timestamptz", _time),
}
"""Of a column: PostgreSQL's type, and how a value is written within an array."""

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


def _insert_statement(row: type, tail: str = "") -> Statement:
    names = [one.name for one in fields(row)]
    casts = [f"${n}::{_TYPES[str(one.type)][0]}[]" for n, one in enumerate(fields(row), 1)]
    extra, value = (", not_for_patient_reason", ", ''") if row is Head else ("", "")
    text = (
        f"INSERT INTO {_TABLES[row]} ({', '.join(names)}{extra}) "  # noqa: S608 (our own names)
        f"SELECT *{value} FROM unnest({', '.join(casts)}) {tail}"
    )
    return Statement(f"samverka_put_{_TABLES[row]}", text)


_STATEMENTS = {row: _insert_statement(row, _KEEP if row is Head else "") for row in _TABLES}
_VALUES = {row: attrgetter(*(one.name for one in fields(row))) for row in _TABLES}
_WORDS = {row: [_TYPES[str(one.type)][1] for one in fields(row)] for row in _TABLES}


def put(rows: Sequence[Any]) -> list[Call]:
    """What writes rows of one kind; heads that are there already are brought up to date."""
    if not rows:
        return []
    kind = type(rows[0])
    columns = zip(*map(_VALUES[kind], rows), strict=True)
    values = [_column(one, word) for one, word in zip(columns, _WORDS[kind], strict=True)]
    return [Call(_STATEMENTS[kind], values)]


def _column(values: Sequence[Any], word: _Word) -> str:
    """A column as an array. What is the very same as before it is not written anew: ids, and what is empty."""
    words = []
    before, said = values[0], word(values[0])
    for one in values:
        if one is not before:
            before, said = one, word(one)
        words.append(said)
    return "{" + ",".join(words) + "}"


def write(calls: Sequence[Call]) -> list[list[Row]]:
    """Send them, in order, in one way to the database; the rows of each."""
    demand_act("The shelf is written")
    return trip(*calls) if calls else []


def insert(rows: Sequence[Any]) -> None:
    """Write rows of one kind at once."""
    write(put(rows))


def _cursor() -> psycopg.Cursor[Any]:
    demand_act("The shelf is written")
    connection.ensure_connection()
    return psycopg.Cursor(connection.connection)


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


def forget_parts(resources: Iterable[UUID]) -> list[Call]:
    """What takes away all that was read out of the former versions of these resources."""
    ids = list(resources)
    return [Call(_FORGET, (array(ids),))] if ids else []


_READ_OUT = ("resources_reference", "resources_identifier", "resources_wanted", *INDEX)
_GONE = ", ".join(
    f"gone{number} AS (DELETE FROM {table} WHERE resource_id = ANY($1::uuid[]))"  # noqa: S608 (our own names)
    for number, table in enumerate(_READ_OUT)
)
_FORGET = Statement("samverka_forget_parts", f"WITH {_GONE} SELECT 1")
