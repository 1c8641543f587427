"""A measure on an engine: whole numbers per cell, the persons behind one, and the SQL for those who audit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from samverka.indicators.rules.kept import AreaKind, Split
from samverka.indicators.rules.measures import AGE_PARTS, Counted, Measure, Reader, Shape
from samverka.indicators.rules.measures.parsing_settings import read_settings
from samverka.indicators.warehouse.engines.engine import Engine, named, sql
from samverka.indicators.warehouse.facts import FACTS
from samverka.indicators.warehouse.measures.cases import Asking, Relations
from samverka.indicators.warehouse.measures.columns import aged, band_of, letters, whole
from samverka.indicators.warehouse.measures.events import events, readmission, share, span
from samverka.indicators.warehouse.measures.standing import continuity, opened, staff, standing

SHAPES: Final[Mapping[Shape, Callable[[Asking], ir.Table]]] = MappingProxyType(
    {
        Shape.SHARE: share,
        Shape.EVENTS: events,
        Shape.READMISSION: readmission,
        Shape.SPAN: span,
        Shape.STANDING: standing,
        Shape.OPEN: opened,
        Shape.CONTINUITY: continuity,
        Shape.STAFF: staff,
    }
)
COLUMNS: Final = MappingProxyType(
    {name: {one.name: one.kind.value for one in fact.columns} for name, fact in FACTS.items()}
)
"""Fact → column → kind: what the parser of measures asks for."""

OF_VALUES: Final = frozenset({Shape.SPAN, Shape.OPEN, Shape.CONTINUITY, Shape.STAFF})
"""Shapes whose cells have a value of their own."""

CELL: Final = ("period", "municipality", "unit", "sex", "band", "group", "value")


def cases(facts: Relations, measure: Measure, since: date, until: date) -> ir.Table:
    """Everything that the measure counts between two days, one row each."""
    shape = Shape(measure.shape)
    settings = read_settings(Reader(measure.settings, "settings", []), shape, COLUMNS)
    return SHAPES[shape](Asking(facts, measure, settings, since, until))


def cells(facts: Relations, measure: Measure, since: date, until: date) -> ir.Table:
    """The cases added up."""
    rows = cases(facts, measure, since, until)
    rows = rows.mutate(band=band_of(rows.age))
    rows = _in_groups(rows, measure)
    same = _same(measure)
    added = rows.group_by([name for name in CELL if name not in same]).aggregate(
        numerator=rows.numerator.sum().cast("int64"),
        denominator=rows.denominator.sum().cast("int64"),
    )
    return added.mutate(**same).select(*CELL, "numerator", "denominator")


def _same(measure: Measure) -> dict[str, Any]:
    """Columns of the cell that are the same in every cell of the measure: nothing to group by."""
    found: dict[str, Any] = {}
    if not measure.settings.get("units"):
        found["unit"] = letters("")
    if not measure.groups and not measure.settings.get("group_by"):
        found["group"] = letters("")
    if Shape(measure.shape) not in OF_VALUES:
        found["value"] = whole(0)
    return found


def _in_groups(rows: ir.Table, measure: Measure) -> ir.Table:
    """Each case once for everyone, and once for each group that it belongs to."""
    if measure.settings.get("group_by"):
        rows = rows.mutate(twice=ibis.array([letters(""), letters("own")]).unnest())
        rows = rows.filter((rows.twice == "") | (rows.group != ""))
        return rows.mutate(group=(rows.twice == "").ifelse(letters(""), rows.group))
    if not measure.groups:
        return rows
    rows = rows.drop("group").mutate(
        group=ibis.array([letters(one) for one in ("", *measure.groups)]).unnest()
    )
    belongs = _named(rows).contains(letters(" ") + rows.group + letters(" "))
    return rows.filter((rows.group == "") | belongs.fill_null(False))


def _named(rows: ir.Table) -> Any:
    """The person's groups with a space around each: no group is found within another's name."""
    return letters(" ") + rows.groups + letters(" ")


def count(engine: Engine, measure: Measure, *, since: date, until: date) -> list[Counted]:
    """The measure's whole numbers between two days, both included, in an order of their own.

    Args:
        since, until: what the data covers. A measure that waits for something to follow leaves the last days out.
    """
    found = [Counted(*row) for row in engine.rows(cells(engine, measure, since, until))]
    return sorted(
        found,
        key=lambda one: (
            one.period, one.municipality, one.unit, one.sex, one.band, one.group, one.value,
        ),
    )  # fmt: skip


def persons_behind(
    engine: Engine, measure: Measure, *, since: date, until: date,
    area: tuple[AreaKind, str], part: tuple[Split, str] = (Split.ALL, ""), rest: bool = False,
    data_until: date | None = None,
) -> list[int]:  # fmt: skip
    """The pseudonyms of those in the numerator, or (`rest`) of those who could have been but are not.

    Args:
        since, until: the period's first and last day (of a point date: that day twice).
        data_until: the last day that the data covers, if later: what follows may lie there.
    """
    rows = cases(engine, measure, since, data_until or until)
    rows = rows.filter(
        rows.person_key.notnull(),
        rows.period <= ibis.literal(until, "date"),
        rows.numerator == 0 if rest else rows.numerator > 0,
        *([rows.denominator > 0] if rest else []),
        *_in_area(rows, *area),
        *_in_part(rows, *part),
    )
    return sorted(int(row[0]) for row in engine.rows(rows.select("person_key").distinct()))


def _in_area(rows: ir.Table, kind: AreaKind, code: str) -> list[Any]:
    match kind:
        case AreaKind.NATION:
            return []
        case AreaKind.COUNTY:
            return [rows.municipality.startswith(code)]
        case AreaKind.MUNICIPALITY:
            return [rows.municipality == code]
        case AreaKind.UNIT:
            return [rows.unit == code]


def _in_part(rows: ir.Table, split: Split, part: str) -> list[Any]:
    match split:
        case Split.ALL:
            return []
        case Split.SEX:
            return [rows.sex == part]
        case Split.AGE:
            low, high = AGE_PARTS[part]
            return aged(rows.age, (low, high))
        case Split.GROUP:
            return [(rows.group == part) | _named(rows).contains(f" {part} ").fill_null(False)]


class Named:
    """The facts by name alone: enough to say the SQL, without any engine or file."""

    def relation(self, fact: str) -> ir.Table:
        """The fact's columns."""
        return named(fact)


def sql_of(measure: Measure, dialect: str, *, since: date, until: date) -> str:
    """The measure as SQL ("duckdb" or "pyspark"): kept beside each version for those who audit."""
    return sql(cells(Named(), measure, since, until), dialect)
