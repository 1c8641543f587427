"""Conditions on the rows of a fact, as data: {column = "planned", is = false}. Pure.

A condition about something that is not known is not met. `not = true` turns the whole condition round,
so "not known to be dead" is met by one of whom nothing is known.
"""

from __future__ import annotations

from dataclasses import dataclass

POINT = "point"
"""A column that every measure of a point date has: the day itself."""

Plain = bool | int | str


@dataclass(frozen=True, slots=True)
class Condition:
    """All that is said must hold.

    Attributes:
        column: what is asked about; empty where `days` or `months` is.
        days: (from, to): days from one date to another; months: calendar months.
        equals, among, starts: the value; one of; begins with one of.
        given: there is a value (or, False, there is none).
        at_least, at_most: limits of a number, of the days or of the months, both included.
        by: the column is not later than that other column.
        any_of: at least one of these must hold as well.
        negated: the opposite, and then what is not known is met.
    """

    column: str = ""
    days: tuple[str, str] | None = None
    months: tuple[str, str] | None = None
    equals: Plain | None = None
    among: tuple[Plain, ...] = ()
    starts: tuple[str, ...] = ()
    given: bool | None = None
    at_least: int | None = None
    at_most: int | None = None
    by: str = ""
    any_of: tuple[Condition, ...] = ()
    negated: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it asks of."""
        named = (self.column, *(self.days or ()), *(self.months or ()), self.by)
        inner = (name for one in self.any_of for name in one.columns)
        return tuple(one for one in (*named, *inner) if one)


@dataclass(frozen=True, slots=True)
class Span:
    """From one date or moment to another, in whole days or hours, less a number of days.

    The day it begins is not counted: from 3 March to 5 March is two days. Or, instead, the whole number
    that a column already holds.
    """

    start: str = ""
    end: str = ""
    hours: bool = False
    minus: str = ""
    column: str = ""
