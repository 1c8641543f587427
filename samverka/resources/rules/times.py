"""FHIR dates and times with unknown parts: calendar check and comparison (R4, datatypes date to instant)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

from samverka.kernel.calendar import start_of_day
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _

_SHAPE = re.compile(
    r"^(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:T(?P<clock>\d\d:\d\d:\d\d)(?:\.\d+)?(?P<zone>Z|[+-]\d\d:\d\d))?)?)?$"
)


def real_date(value: str) -> bool:
    """Whether the calendar has this day (30 February has the right shape all the same)."""
    found = _SHAPE.match(value)
    if found is None or found["day"] is None:  # its shape is for the structure check to judge
        return True
    year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
    if not (year and 1 <= month <= 12):
        return True
    return 1 <= day <= monthrange(year, month)[1]


def starts_after_end(start: str, end: str) -> bool:
    """R4 per-1, with the benefit of the doubt where only a day or a year is known."""
    first, last = _bounds(start), _bounds(end)
    if first is None or last is None:
        return False
    # A day has no zone: beside a time with one it may lie in any.
    slack = timedelta(hours=14) if ("T" in start) != ("T" in end) else timedelta()
    return first[0] - slack > last[1] + slack


def instant(value: object) -> datetime | None:
    """A full time with zone, or None: what `meta.lastUpdated` must be."""
    if not isinstance(value, str):
        return None
    found = _SHAPE.match(value)
    if found is None or found["zone"] is None:
        return None
    try:
        return datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def moment_of(value: object) -> datetime | None:
    """A FHIR dateTime; a bare day begins when the day does in Sweden. A year or month is too vague: None."""
    if not isinstance(value, str) or len(value) < len("YYYY-MM-DD"):
        return None
    try:
        if "T" not in value:
            return start_of_day(date.fromisoformat(value))
        found = datetime.fromisoformat(value)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else None


def full_moment(value: object, where: str) -> datetime | None:
    """A day with time of day and zone; None where nothing is said.

    Raises:
        Invalid: it is none.
    """
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise too_vague(where)
    return found


def too_vague(where: str) -> Invalid:
    """What is said of a time that does not say when."""
    return Invalid(_("Skriv dag, klockslag och tidszon."), where=where)


def _bounds(value: str) -> tuple[datetime, datetime] | None:
    """First and last moment that the text may mean."""
    found = _SHAPE.match(value)
    if found is None or not real_date(value) or found["year"] in ("0000", "0001", "9999"):
        return None
    if found["zone"]:
        moment = instant(value)
        return (moment, moment) if moment else None
    return _day_bounds(int(found["year"]), found["month"], found["day"])


def _day_bounds(year: int, month: str | None, day: str | None) -> tuple[datetime, datetime] | None:
    low, high = (int(month), int(month)) if month else (1, 12)
    if not 1 <= low <= 12:
        return None
    first = datetime(year, low, int(day) if day else 1, tzinfo=UTC)
    last = datetime(year, high, int(day) if day else monthrange(year, high)[1], tzinfo=UTC)
    return first, last + timedelta(days=1)
