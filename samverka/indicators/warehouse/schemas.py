"""The facts as Arrow schemas, and rows as tables that keep to them strictly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import islice
from types import MappingProxyType
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from samverka.indicators.warehouse.facts import FACTS, Column, Fact, Kind
from samverka.kernel.areas import counties
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _

_TYPES: Final = MappingProxyType(
    {
        Kind.KEY: pa.int64(),
        Kind.TEXT: pa.string(),
        Kind.INTEGER: pa.int64(),
        Kind.NUMBER: pa.float64(),
        Kind.DATE: pa.date32(),
        Kind.MOMENT: pa.timestamp("us"),
        Kind.FLAG: pa.bool_(),
    }
)

Row = Mapping[str, object]
"""Column → value. A column left out is not known."""

CHUNK: Final = 20_000
"""Rows held in memory at once."""


def fact(name: str) -> Fact:
    """The fact of that name.

    Raises:
        Invalid: there is none.
    """
    found = FACTS.get(name)
    if found is None:
        raise Invalid(
            _("Det finns inga fakta som heter %(name)s.", name=name),
            mend=_("Välj en av dessa: %(names)s.", names=", ".join(FACTS)),
        )
    return found


def needed(of: Fact) -> frozenset[str]:
    """Columns that a row cannot be without: those required, its identity and its day."""
    required = {one.name for one in of.columns if one.required}
    return frozenset(required | set(of.identity) | {of.day})


@cache
def schema(name: str) -> pa.Schema:
    """The Arrow schema of a fact's files.

    Raises:
        Invalid: there is no such fact.
    """
    of = fact(name)
    must = needed(of)
    return pa.schema([_field(one, one.name not in must) for one in of.columns])


def _field(column: Column, nullable: bool) -> pa.Field:
    return pa.field(column.name, _TYPES[column.kind], nullable=nullable)


def tables(name: str, rows: Iterable[Row], *, snapshot: str) -> Iterator[pa.Table]:
    """Rows as tables of at most `CHUNK` rows that keep to the schema; year and snapshot are filled in.

    Raises:
        Invalid: a column that the fact does not have, a value of another kind, a needed value missing.
    """
    waiting = iter(rows)
    while part := list(islice(waiting, CHUNK)):
        yield table(name, part, snapshot=snapshot)


def table(name: str, rows: list[Row], *, snapshot: str) -> pa.Table:
    """One table that keeps to the schema. Raises: as `tables`."""
    of, wanted = fact(name), schema(name)
    known = frozenset(wanted.names)
    whole = [_whole(of, known, row, snapshot) for row in rows]
    try:
        made = pa.Table.from_pylist(whole, schema=wanted)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as fault:
        raise Invalid(
            _("En rad i %(fact)s har fel sorts värde: %(why)s", fact=name, why=fault), where=name
        ) from fault
    _whole_enough(of, made)
    return made


def strict(name: str, given: pa.Table) -> pa.Table:
    """A ready table in the fact's own order and types.

    Raises:
        Invalid: columns missing, too many, of another kind, or empty where a value is needed.
    """
    of, wanted = fact(name), schema(name)
    if strange := sorted(set(given.column_names) ^ set(wanted.names)):
        raise Invalid(
            _("%(fact)s har andra kolumner: %(names)s.", fact=name, names=", ".join(strange)),
            where=name,
        )
    given = given.select(wanted.names)
    _whole_enough(of, given)
    try:
        return given.cast(wanted)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as fault:
        raise Invalid(
            _("En rad i %(fact)s har fel sorts värde: %(why)s", fact=name, why=fault), where=name
        ) from fault


def _whole(of: Fact, known: frozenset[str], row: Row, snapshot: str) -> dict[str, Any]:
    if strange := row.keys() - known:
        raise Invalid(
            _("%(fact)s har inga sådana kolumner: %(names)s.", fact=of.name, names=sorted(strange)),
            where=of.name,
        )
    day = row.get(of.day)
    year = day.year if isinstance(day, date) else None
    return {**row, "year": year, "snapshot": snapshot}


def _whole_enough(of: Fact, made: pa.Table) -> None:
    for name in sorted(needed(of)):
        if made.column(name).null_count:
            raise Invalid(
                _("En rad i %(fact)s saknar %(column)s.", fact=of.name, column=name), where=of.name
            )
    for county in pc.unique(made.column("county")).to_pylist():
        if county not in counties():
            raise Invalid(_("Inget län har koden %(code)s.", code=county), where=of.name)
