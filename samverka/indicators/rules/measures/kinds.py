"""A measure as data: what is asked, what is counted, and how the answer may be read. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from samverka.indicators.rules.comparing import Direction


class Result(StrEnum):
    """What is reckoned from the whole numbers."""

    SHARE = "share"  # of those who could; Wilson
    RATE = "rate"  # events per inhabitants; Byar
    STANDARDISED = "standardised"  # rate, directly age-standardised; Dobson
    COUNT = "count"
    MEAN = "mean"  # of a value: days, visits
    MEDIAN = "median"
    INDEX = "index"  # continuity of care, 0 to 1


class Grain(StrEnum):
    """How finely the engine counts in time."""

    MONTH = "month"
    YEAR = "year"
    POINT = "point"  # as it stood on the last day of a month


class Period(StrEnum):
    """How months or years become one figure."""

    MONTH = "month"
    YEAR = "year"
    ROLLING_3_YEARS = "rolling-3-years"  # T-2 … T, called T
    MEAN_OF_MONTHS = "mean-of-months"  # with a least number of months
    MEDIAN_OF_MEDIANS = "median-of-medians"
    POINT = "point"
    WINDOW_14_DAYS = "window-14-days"
    WINDOW_18_MONTHS = "window-18-months"


class Perspective(StrEnum):
    """Whose people: those who live there, or those who were met there."""

    CONSUMPTION = "consumption"
    PRODUCTION = "production"


class Theme(StrEnum):
    """Where a measure stands on the pages."""

    RELATION = "relation"  # from organisation to person and relation
    TOGETHER = "together"  # from passive receiver to active co-creator
    PROACTIVE = "proactive"  # from reactive to proactive
    COORDINATED = "coordinated"  # from isolated to coordinated
    DISCHARGE = "discharge"
    ACCESS = "access"


@dataclass(frozen=True, slots=True)
class Break:
    """A break in the series: figures before and after are not the same thing."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One version of one measure.

    Attributes:
        code: stable, part of addresses: "utskrivningsklara-dagar". `number`: the version, from 1.
        official: its id elsewhere (Kolada: N20403); empty for our own.
        question: in plain words, ends with a question mark: the heading of its page.
        numerator, denominator: in words; for the drawer with the definition.
        shape: name of the form of counting; `settings`: what it needs. Together they say what an engine does.
        factor: per how many: 1, 100, 1 000, 100 000.
        least_months: months that a mean of months must have.
        standard: name of the standard population; empty if crude.
        smallest: counts below this are hidden (0 < n < smallest).
        confirmed: every code list and limit is confirmed by a source that was read; else `unconfirmed` says
            what is not.
        good_between: the reasonable range of the value; outside it the figure is refused and said so.
    """

    code: str
    number: int
    name: str
    question: str
    numerator: str
    denominator: str
    theme: Theme
    result: Result
    shape: str
    settings: Mapping[str, object]
    grain: Grain
    period: Period
    perspective: Perspective
    direction: Direction
    source: str
    unit_words: str
    factor: int = 100
    decimals: int = 1
    least_months: int = 0
    standard: str = ""
    smallest: int = 5
    official: str = ""
    confirmed: bool = False
    unconfirmed: str = ""
    groups: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    good_between: tuple[float | None, float | None] = (None, None)
    valid_from: date = date(2020, 1, 1)
    extra: Mapping[str, object] = field(default_factory=dict)
