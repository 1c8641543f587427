"""What each shape of counting needs, typed: read from a measure's `settings`. Pure.

A shape is a way to count, written once (`warehouse/measures`); its settings are the measure's own part.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samverka.indicators.rules.measures.conditions import Condition, Span


class Shape(StrEnum):
    """Ways to count."""

    SHARE = "share"  # rows of one fact; of them those that also …
    EVENTS = "events"  # rows (or persons, or days) per inhabitants, or alone
    READMISSION = "readmission"  # stays, and the next one within some days
    SPAN = "span"  # days or hours between two dates: how many had each number
    STANDING = "standing"  # persons at a date; of them those for whom something holds
    OPEN = "open"  # rows that are open at a date; of them those that also …
    CONTINUITY = "continuity"  # visits per carer over months
    STAFF = "staff"  # distinct staff in 14 days


class Population(StrEnum):
    """Inhabitants that events are divided by."""

    NONE = ""
    YEAR_END = "year-end"  # those who lived there on 31 December
    MEAN = "mean"  # months that people lived there: mean population, and a rate per year


class Points(StrEnum):
    """On which last days of a month a measure of a point date is counted."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of one fact: which, and by which day they are placed in time (the fact's own if empty)."""

    fact: str
    where: tuple[Condition, ...] = ()
    day: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """Something a person has at a date: rows open then, or that happened in the months before.

    Attributes:
        since, until: columns; the row is open from `since` and before `until` (at `until` too, if
            `through`). Without `until` it is open for ever.
        months: instead, rows whose `since` lies in the so many calendar months that end at the date.
        distinct: count the different values of this column; else rows.
        least: how many are needed.
    """

    fact: str
    where: tuple[Condition, ...] = ()
    since: str = ""
    until: str = ""
    through: bool = False
    months: int = 0
    distinct: str = ""
    least: int = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a shape may ask for; what it does not ask for is empty.

    Attributes:
        sources: rows that are counted. Several only for events.
        ages: lowest and highest age, both included; of those counted and of the inhabitants alike, unless
            the inhabitants have ages of their own (population_ages).
        person: what holds for the person in the month of the row (columns of person_month).
        hit: what makes a row (or, at a date, a person) count in the numerator.
        once: each person once per period.
        episodes: stays that follow on one another the same day are one.
        span: the number that is measured, or added up.
        again: what the next stay must be; from_day, to_day: how many days after discharge.
        open: the dates between which a row of the fact is open.
        having, among: what a person must have at a date to count in the numerator, in the denominator.
        months, least, profession: of continuity: over how many months, visits at least, by whom.
        over: staff, or more days, above which it counts in the numerator.
        follow_days: what must have passed before a month can be counted.
        group_by: columns of the fact whose values are groups of their own.
        units: the measure has figures for each unit.
    """

    sources: tuple[Source, ...] = ()
    ages: tuple[int | None, int | None] = (None, None)
    population_ages: tuple[int | None, int | None] = (None, None)
    person: tuple[Condition, ...] = ()
    hit: tuple[Condition, ...] = ()
    once: bool = False
    episodes: bool = False
    span: Span | None = None
    population: Population = Population.NONE
    again: tuple[Condition, ...] = ()
    from_day: int = 1
    to_day: int = 30
    open: Held | None = None
    having: tuple[Held, ...] = ()
    among: tuple[Held, ...] = ()
    months: int = 18
    least: int = 3
    profession: str = ""
    over: int | None = None
    points: Points = Points.MONTH
    follow_days: int = 0
    group_by: tuple[str, ...] = ()
    units: bool = False

    @property
    def source(self) -> Source:
        """The one fact that is counted."""
        return self.sources[0]


EVERYWHERE = frozenset({"ages", "person", "units", "follow_days", "group_by"})
ASKED = {
    Shape.SHARE: ({"fact", "hit"}, {"where", "day", "once"}),
    Shape.EVENTS: (set[str](), {"fact", "where", "day", "sources", "once", "episodes", "span", "population", "population_ages"}),
    Shape.READMISSION: ({"again"}, {"where", "from_day", "to_day"}),
    Shape.SPAN: ({"fact", "span"}, {"where", "day"}),
    Shape.STANDING: (set[str](), {"having", "hit", "among", "points"}),
    Shape.OPEN: ({"fact", "open"}, {"where", "hit", "span", "points"}),
    Shape.CONTINUITY: ({"profession"}, {"where", "months", "least", "points"}),
    Shape.STAFF: ({"where"}, {"over", "points"}),
}  # fmt: skip
"""Shape → (settings it must have, settings it may have beside those of everywhere)."""

AT_A_DATE = frozenset({Shape.STANDING, Shape.OPEN, Shape.CONTINUITY, Shape.STAFF})
"""Shapes that count as it stood on a day."""
