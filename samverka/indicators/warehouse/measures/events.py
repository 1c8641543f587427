"""Shapes over things that happened: shares within a fact, events per inhabitants, days, readmissions."""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.types as ir

from samverka.indicators.rules.measures import Grain, Population, Source
from samverka.indicators.warehouse.measures.cases import PERSON, Asking
from samverka.indicators.warehouse.measures.columns import (
    aged,
    column_of,
    day,
    days_between,
    measured,
    meets,
    passes,
    whole,
)
from samverka.indicators.warehouse.measures.episodes import episode_starts, stays_in_order


def share(asking: Asking) -> ir.Table:
    """Rows of one fact; of them those that also meet a condition. Each person once, if the measure says so."""
    rows = asking.events(asking.settings.source)
    hit = meets(column_of(rows), asking.settings.hit).cast("int64")
    rows = rows.mutate(hit=hit)
    if asking.settings.once:
        rows = _once(asking, rows)
    return asking.case(rows, asking.period(rows.day), numerator=rows.hit, denominator=whole(1))


def span(asking: Asking) -> ir.Table:
    """How many had each number of days or hours. What ends before it begins is left out."""
    rows, asked = asking.events(asking.settings.source), asking.settings.span
    assert asked is not None  # the parser has seen to it
    rows = rows.mutate(value=measured(column_of(rows), asked))
    rows = rows.filter(rows.value >= whole(0))
    return asking.case(
        rows, asking.period(rows.day), value=rows.value, numerator=whole(1), denominator=whole(1)
    )


def events(asking: Asking) -> ir.Table:
    """Events, persons or days, and the inhabitants as rows of their own."""
    found = [_counted(asking, one) for one in asking.settings.sources]
    rows = ibis.union(*found) if len(found) > 1 else found[0]
    if asking.settings.once:
        rows = _once(asking, rows)
    cases = asking.case(rows, asking.period(rows.day), numerator=rows.hit, denominator=whole(0))
    return cases.union(people(asking)) if asking.settings.population else cases


def _counted(asking: Asking, source: Source) -> ir.Table:
    rows = asking.events(source)
    if asking.settings.episodes:
        rows = episode_starts(rows)
    rows = rows.mutate(hit=whole(1))
    if asking.settings.span:
        number = measured(column_of(rows), asking.settings.span)
        rows = rows.mutate(hit=ibis.greatest(number, whole(0)).fill_null(whole(0)))
    group_by = {name: rows[name] for name in asking.settings.group_by}
    return rows.select(
        "person_key", "county", "municipality", "sex", "age", "unit", "source", "source_key",
        "day", "groups", "hit", **group_by,
    )  # fmt: skip


def _once(asking: Asking, rows: ir.Table) -> ir.Table:
    """Each person once per period: where the first row of the period says; hit if any row is."""
    rows = rows.filter(rows.person_key.notnull())
    of = ibis.window(group_by=[rows.person_key, asking.period(rows.day)])
    first = of.order_by([rows.day, rows.source, rows.source_key])
    rows = rows.mutate(at=ibis.row_number().over(first), hit=rows.hit.max().over(of))
    return rows.filter(rows["at"] == 0)


def people(asking: Asking) -> ir.Table:
    """Inhabitants: months that people lived there, or people on 31 December."""
    of = asking.facts.relation(PERSON)
    of = of.filter(
        of.month >= day(asking.since.replace(day=1)),
        of.month <= day(asking.last),
        *aged(of.age, asking.settings.population_ages),
        *_december(asking, of),
    )
    return asking.case(of, asking.period(of.month), numerator=whole(0), denominator=whole(1))


def _december(asking: Asking, of: ir.Table) -> list[Any]:
    at_year_end = asking.settings.population is Population.YEAR_END
    return [of.month.month() == 12] if at_year_end and asking.measure.grain is Grain.YEAR else []


def readmission(asking: Asking) -> ir.Table:
    """Stays that ended alive; of them those where the next stay begins within the days and is as asked.

    Stays that follow on one another the same day are one: what went before is of its last, and what
    comes next is of the next one's first.
    """
    asked = asking.settings
    wanted = {name for one in asked.again for name in one.columns}
    rows = stays_in_order(asking.facts.relation("stay"), wanted | {"admitted_on"})
    rows = rows.mutate(day=rows.left_on)
    rows = rows.filter(
        rows.ends,
        rows.day >= day(asking.since),
        rows.day <= day(asking.last),
        passes(column_of(rows), asked.source.where),
        *aged(rows.age, asked.ages),
    )
    rows = asking.with_person(rows)
    waited = days_between(rows.day, rows.next_admitted_on)
    back = waited.between(whole(asked.from_day), whole(asked.to_day)).fill_null(False)
    again = meets(lambda name: rows[f"next_{name}"], asked.again)
    return asking.case(
        rows, asking.period(rows.day), numerator=(back & again).cast("int64"), denominator=whole(1)
    )
