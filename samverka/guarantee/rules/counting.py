"""Counting days: calendar days, day 0 not counted, each subtracted day once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from samverka.kernel.calendar import add_working_days, days_between

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """A run of days, both ends included; `last` is None while it goes on."""

    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day and (self.last is None or day <= self.last)


def merged(runs: Iterable[Days]) -> list[Days]:
    """The same days as runs that neither overlap nor touch, in order."""
    found: list[Days] = []
    for run in sorted(runs, key=lambda one: one.first):
        before = found[-1] if found else None
        if before is None or (before.last is not None and run.first > before.last + DAY):
            found.append(run)
        elif before.last is not None and (run.last is None or run.last > before.last):
            found[-1] = Days(before.first, run.last)
    return found


def last_day(start: date, limit: int, subtracted: Iterable[Days]) -> date | None:
    """The last day that keeps the limit: the counted day of that number after the start.

    Returns:
        None while subtracted days go on that begin before the limit is reached.
    """
    day = start + DAY * limit
    for run in merged(subtracted):
        first = max(run.first, start + DAY)
        if first > day:
            break
        if run.last is None:
            return None
        day += DAY * max(0, days_between(first, run.last) + 1)
    return day


def subtracted_between(start: date, end: date, subtracted: Iterable[Days]) -> int:
    """How many of the days after `start`, up to and including `end`, do not count."""
    return sum(
        max(0, days_between(max(run.first, start + DAY), min(run.last or end, end)) + 1)
        for run in merged(subtracted)
    )


def counted_between(start: date, end: date, subtracted: Iterable[Days]) -> int:
    """How many of the days after `start`, up to and including `end`, count."""
    return max(0, days_between(start, end)) - subtracted_between(start, end, subtracted)


def last_working_day(day: date) -> date:
    """The working day to act on: the day itself, or the one before where it is free. A help, not law."""
    return add_working_days(day + DAY, -1)
