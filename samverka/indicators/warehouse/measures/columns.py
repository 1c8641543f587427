"""Expressions that every shape uses: conditions, months, places, bands. Integers and dates only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from samverka.indicators.rules.measures import Condition, Measure, Perspective, Span
from samverka.indicators.rules.measures.standard import TOP
from samverka.kernel.areas import CEASED

Look = Callable[[str], Any]
"""Column by name: of one relation, or of two that are joined."""

SEXES: Final = ("female", "male")


def whole(value: object) -> Any:
    """A whole number, of the same kind on every engine."""
    return ibis.literal(value, "int64")


def letters(value: str) -> Any:
    """A text."""
    return ibis.literal(value, "string")


def day(value: date) -> Any:
    """A date."""
    return ibis.literal(value, "date")


def meets(look: Look, conditions: Iterable[Condition]) -> Any:
    """Whether all hold. What is not known does not hold."""
    return reduce(and_, (_meets(look, one) for one in conditions), ibis.literal(True))


def passes(look: Look, conditions: Iterable[Condition]) -> Any:
    """As `meets`, for a filter: what is not known passes no filter, so an engine can leap over files by it."""
    each = (_meets(look, one) if one.negated else _holds(look, one) for one in conditions)
    return reduce(and_, each, ibis.literal(True))


def _meets(look: Look, one: Condition) -> Any:
    holds = _holds(look, one).fill_null(False)
    return ~holds if one.negated else holds


def _holds(look: Look, one: Condition) -> Any:
    asked = [*_of_number(look, one), *_of_column(look, one)]
    if one.any_of:
        asked.append(reduce(or_, (_meets(look, each) for each in one.any_of)))
    return reduce(and_, asked)


def _of_number(look: Look, one: Condition) -> list[Any]:
    if one.at_least is None and one.at_most is None:
        return []
    value, found = _number(look, one), []
    if one.at_least is not None:
        found.append(value >= whole(one.at_least))
    if one.at_most is not None:
        found.append(value <= whole(one.at_most))
    if one.months:
        found.append(look(one.months[0]) <= look(one.months[1]))
    return found


def _number(look: Look, one: Condition) -> Any:
    if one.days:
        return days_between(look(one.days[0]), look(one.days[1]))
    if one.months:
        return months_begun(look(one.months[0]), look(one.months[1]))
    return look(one.column)


def _of_column(look: Look, one: Condition) -> list[Any]:
    if not one.column:
        return []
    column, found = look(one.column), []
    if one.equals is not None:
        found.append(column == one.equals)
    if one.among:
        found.append(column.isin(list(one.among)))
    if one.starts:
        found.append(reduce(or_, (column.startswith(start) for start in one.starts)))
    if one.given is not None:
        found.append(column.notnull() if one.given else column.isnull())
    if one.by:
        found.append(column <= look(one.by))
    return found


def days_between(start: Any, end: Any) -> Any:
    """Whole days from one date to another; the first day is not counted."""
    return end.delta(start, unit="day").cast("int64")


def months_begun(start: Any, end: Any) -> Any:
    """Calendar months from one date to another, a begun one as whole: 31 August to 28 February is six."""
    more = (end.day() > start.day()).cast("int64")
    return month_number(end) - month_number(start) + more


def month_number(at: Any) -> Any:
    """Months since year 0: so that months are added and compared as whole numbers."""
    return (at.year() * 12 + at.month()).cast("int64")


def measured(look: Look, span: Span) -> Any:
    """Days, or whole hours, from one to the other, less what is taken away."""
    if span.column:
        return look(span.column)
    start, end = look(span.start), look(span.end)
    if span.hours:
        seconds = end.epoch_seconds() - start.epoch_seconds()
        rest = (seconds % 3600 + 3600) % 3600  # what ends before it begins is below zero
        found = ((seconds - rest) / 3600).cast("int64")
    else:
        found = days_between(start, end)
    return found - look(span.minus).fill_null(whole(0)) if span.minus else found


def aged(age: Any, ages: tuple[int | None, int | None]) -> list[Any]:
    """Conditions on age, both limits included. Of unknown age: none, unless all ages are asked for."""
    low, high = ages
    found = [age >= whole(low)] if low is not None else []
    return [*found, age <= whole(high)] if high is not None else found


def band_of(age: Any) -> Any:
    """Lowest age of the band of five years; -1 for not known."""
    started = ibis.least(age - age % 5, whole(TOP)).cast("int64")
    return (age >= 0).fill_null(False).ifelse(started, whole(-1))


def place_of(measure: Measure, municipality: Any, county: Any) -> Any:
    """Municipality by the code that holds today, or the county's two digits."""
    if measure.perspective is Perspective.PRODUCTION:
        return county
    known = municipality.nullif("")
    for ceased, (after, _day) in CEASED.items():
        known = (known == ceased).ifelse(after, known)
    return ibis.coalesce(known, county)


def sex_of(sex: Any) -> Any:
    """female, male, or "" for everything else."""
    return sex.isin(list(SEXES)).fill_null(False).ifelse(sex, letters(""))


def column_of(table: ir.Table) -> Look:
    """The columns of one relation."""
    return lambda name: table[name]
