"""The reckoning day by day: runs of days that count, and runs that do not, with the number of each day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from samverka.guarantee.rules.clock import Clock
from samverka.guarantee.rules.counting import DAY
from samverka.guarantee.rules.facts import REASON_WORDS
from samverka.kernel.calendar import days_between
from samverka.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Run:
    """Days in a row that are counted alike.

    Attributes:
        from_day, to_day: numbers of the counted days; 0 for a run that is not counted.
        why: why they are not counted.
        over: they lie after the last day.
    """

    first: date
    last: date
    from_day: int = 0
    to_day: int = 0
    why: Text | None = None
    over: bool = False

    @property
    def counted(self) -> bool:
        """Whether the days count."""
        return self.why is None

    @property
    def length(self) -> int:
        """How many days."""
        return days_between(self.first, self.last) + 1


def runs_of(clock: Clock) -> tuple[Run, ...]:
    """Every day from the first to the last that has been reckoned, in order."""
    return tuple(_numbered(clock, list(_runs(clock))))


def _runs(clock: Clock) -> Iterator[tuple[date, date, Text | None, bool]]:
    """Runs with the same reason on the same side of the last day."""
    if clock.start is None:
        return
    ended = clock.ended.on if clock.ended else None
    until = clock.stopped_on or ended or clock.today
    first, day = None, clock.start.on + DAY
    kind: tuple[Text | None, bool] = (None, False)
    while day <= until:
        now = (_why(clock, day), clock.last_day is not None and day > clock.last_day)
        if first is not None and now != kind:
            yield first, day - DAY, *kind
            first = None
        if first is None:
            first, kind = day, now
        day += DAY
    if first is not None:
        yield first, until, *kind


def _why(clock: Clock, day: date) -> Text | None:
    for one in clock.pauses:
        if one.days is not None and one.days.holds(day):
            return REASON_WORDS[one.pause.reason]
    return None


def _numbered(clock: Clock, runs: list[tuple[date, date, Text | None, bool]]) -> Iterator[Run]:
    counted = 0
    for first, last, why, over in runs:
        if why is not None:
            yield Run(first, last, why=why, over=over)
            continue
        length = days_between(first, last) + 1
        yield Run(first, last, counted + 1, counted + length, over=over)
        counted += length
