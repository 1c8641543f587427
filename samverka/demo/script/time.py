"""Time told in days from the day of building."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True, slots=True)
class Moment:
    """A time told in days from the day of building.

    Attributes:
        days: calendar days after (before: negative) the day of building.
        office: move it off a weekend, backwards in the past and forwards in the future.
    """

    days: int
    hour: int = 9
    minute: int = 0
    office: bool = True

    @property
    def order(self) -> tuple[int, int, int]:
        """Where it lies among others, whatever the day of building."""
        return self.days, self.hour, self.minute

    def on(self, today: date) -> date:
        """The date, seen from the day of building."""
        found = today + timedelta(days=self.days)
        if not self.office:
            return found
        step = timedelta(days=-1 if self.days < 0 else 1)
        while found.weekday() >= 5:
            found += step
        return found

    def at(self, today: date) -> datetime:
        """The time, in Swedish clock time with its zone."""
        return datetime.combine(self.on(today), time(self.hour, self.minute), STOCKHOLM)


def day(days: int, hour: int = 9, minute: int = 0) -> Moment:
    """A time on a weekday."""
    return Moment(days, hour, minute)


def any_day(days: int, hour: int = 9, minute: int = 0) -> Moment:
    """A time on any day of the week: wards, home visits and emergencies."""
    return Moment(days, hour, minute, office=False)
