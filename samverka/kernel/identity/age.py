"""Age in whole years."""

from __future__ import annotations

from calendar import isleap
from datetime import date


def age(birth_date: date, on: date) -> int:
    """Count whole years from birth to a day.

    A person born on 29 February has the birthday on the 28th in common years: the Act (1930:173) on
    computing statutory time lets the last day of the month stand for a day that is missing.

    Raises:
        ValueError: the day is before the birth.
    """
    if on < birth_date:
        raise ValueError("the day is before the birth")
    return on.year - birth_date.year - (on < birthday(birth_date, on.year))


def birthday(birth_date: date, year: int) -> date:
    """Give the birthday in a year (28 February for those born on the 29th, in common years)."""
    if (birth_date.month, birth_date.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return birth_date.replace(year=year)


def turns(years: int, birth_date: date) -> date:
    """Give the day on which a person reaches an age."""
    return birthday(birth_date, birth_date.year + years)
