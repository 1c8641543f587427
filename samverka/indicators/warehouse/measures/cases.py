"""The cases of a measure: one row for each person, event or plan that counts, before they are added up.

The same rows give the whole numbers (`counting`) and the persons behind them, so they cannot drift.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import ibis
import ibis.expr.types as ir

from samverka.indicators.rules.measures import (
    POINT,
    Grain,
    Measure,
    Points,
    Settings,
    Source,
    points,
    ripe,
)
from samverka.indicators.warehouse.facts import FACTS
from samverka.indicators.warehouse.measures.columns import (
    aged,
    column_of,
    day,
    letters,
    month_number,
    passes,
    place_of,
    sex_of,
    whole,
)

PERSON = "person_month"
CASE = (
    "person_key", "period", "municipality", "unit", "sex", "age", "group", "groups", "value",
    "numerator", "denominator",
)  # fmt: skip
"""Columns of a case."""


class Relations(Protocol):
    """Where the facts are: an engine, or only their names."""

    def relation(self, fact: str) -> ir.Table:
        """The rows of a fact."""
        ...


@dataclass(frozen=True, slots=True)
class Asking:
    """One measure over some time.

    Attributes:
        since, until: first and last day of the data that is counted.
    """

    facts: Relations
    measure: Measure
    settings: Settings
    since: date
    until: date

    @property
    def last(self) -> date:
        """The last day on which something can be counted already."""
        return ripe(self.measure, self.until)

    def points(self) -> list[date]:
        """Dates that a measure of a point date is counted on."""
        return points(self.measure, self.since, self.last)

    def period(self, at: Any) -> Any:
        """First day of the month or the year of a date."""
        return at.truncate("Y" if self.measure.grain is Grain.YEAR else "M")

    def events(self, source: Source) -> ir.Table:
        """Rows of a fact within the time, by condition and age, with `day`; `groups` if the measure has any."""
        rows = self.facts.relation(source.fact)
        when = rows[source.day or FACTS[source.fact].day]
        rows = rows.mutate(day=when).filter(
            when >= day(self.since),
            when <= day(self.last),
            passes(column_of(rows), source.where),
            *aged(rows.age, self.settings.ages),
        )
        return self.with_person(rows)

    def with_person(self, rows: ir.Table) -> ir.Table:
        """The rows of persons for whom something holds that month, with their target groups.

        One who has died has no row for the month of death: then the month before tells.
        """
        asked = self.settings.person
        names = {name for one in asked for name in one.columns}
        if self.measure.groups and not self.settings.group_by:
            names.add("groups")
        if not names:
            return rows.mutate(groups=ibis.null("string"))
        now, before = self._months(names, 0), self._months(names, 1)
        rows = rows.mutate(at_month=month_number(rows.day))
        for one in (now, before):
            rows = rows.left_join(one, ["person_key", "at_month"]).drop(
                "person_key_right", "at_month_right"
            )
        known = {name: ibis.coalesce(rows[f"{name}_0"], rows[f"{name}_1"]) for name in names}
        rows = rows.mutate(groups=known.get("groups", ibis.null("string")))
        return rows.filter(passes(lambda name: known[name], asked))

    def _months(self, names: set[str], later: int) -> ir.Table:
        """What is known of each person and month, to be met `later` months on."""
        of = self.facts.relation(PERSON)
        return of.select(
            "person_key",
            at_month=month_number(of.month) + whole(later),
            **{f"{name}_{later}": of[name] for name in names},
        )

    def people_at_points(self) -> ir.Table:
        """Persons living on each point date, by age and condition, with `point` and `at_month`."""
        of, dates = self.facts.relation(PERSON), self.points()
        begin = dates[0].replace(day=1) if dates else self.until
        end = dates[-1].replace(day=1) if dates else self.since
        every = {Points.MONTH: 1, Points.QUARTER: 3, Points.YEAR: 12}[self.settings.points]
        of = of.filter(
            of.month >= day(begin),
            of.month <= day(end),
            of.month.month() % every == 0 if dates else ibis.literal(False),
            passes(column_of(of), self.settings.person),
            *aged(of.age, self.settings.ages),
        )
        if len(dates) == 1:  # the same for all: the engine need not reckon or group by it
            return of.mutate(
                point=day(dates[0]), at_month=whole(dates[0].year * 12 + dates[0].month)
            )
        last = of.month + ibis.interval(months=1) - ibis.interval(days=1)
        return of.mutate(point=last, at_month=month_number(of.month))

    @property
    def at_point(self) -> list[str]:
        """What tells a person at a point from others: the person alone, where there is one point."""
        return ["person_key"] if len(self.points()) == 1 else ["person_key", POINT]

    def case(
        self, rows: ir.Table, period: Any, *, numerator: Any, denominator: Any, value: Any = None,
        unit: Any = None,
    ) -> ir.Table:  # fmt: skip
        """Rows as cases."""
        named = rows["unit"] if unit is None else unit
        return rows.select(
            person_key=rows.person_key,
            period=period,
            municipality=place_of(self.measure, rows.municipality, rows.county),
            unit=named.fill_null("") if self.settings.units else letters(""),
            sex=sex_of(rows.sex),
            age=rows.age,
            group=self._group(rows),
            groups=rows.groups,
            value=whole(0) if value is None else value,
            numerator=numerator,
            denominator=denominator,
        )

    def _group(self, rows: ir.Table) -> Any:
        """Values of the fact that are groups of their own, as "planning/municipality"."""
        named = [rows[name].fill_null("") for name in self.settings.group_by]
        if not named:
            return letters("")
        found = named[0]
        for one in named[1:]:
            found = found + "/" + one
        return found
