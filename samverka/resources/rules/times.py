"""FHIR dates and times with unknown parts, as the range that they may mean (R4, datatypes date to instant)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from samverka.kernel.calendar import start_of_day
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _

BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
END = datetime(9999, 12, 31, tzinfo=UTC)
"""A period without a start or an end reaches so far."""


_TIME = re.compile(
    r"^(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?P<part>\.\d+)?)?(?P<zone>Z|[+-]\d\d:\d\d)?)?)?)?$"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A time as a range, `low` included and `high` not: a day is all of it (R4, Search 3.1.1.4.7)."""

    low: datetime
    high: datetime


def span_of(text: str) -> Span | None:
    """What a date, dateTime or instant may mean; None if it is none. A time without a zone is Sweden's."""
    found = _TIME.match(text)
    if found is None:
        return None
    try:
        return _span(found)
    except (ValueError, OverflowError):
        return None


def _span(found: re.Match[str]) -> Span:
    year, month = int(found["year"]), int(found["month"] or 1)
    if found["day"] is None:
        first = date(year, month, 1)
        months = 1 if found["month"] else 12
        after = date(year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1, 1)
        return Span(start_of_day(first), start_of_day(after))
    day = date(year, month, int(found["day"]))
    if found["hour"] is None:
        return Span(start_of_day(day), start_of_day(day + timedelta(days=1)))
    return _clock(found, day)


def _clock(found: re.Match[str], day: date) -> Span:
    second, part = found["second"], found["part"] or ""
    micro = int(part[1:7].ljust(6, "0")) if part else 0
    clock = f"{day.isoformat()}T{found['hour']}:{found['minute']}:{second or '00'}"
    if found["zone"]:
        low = datetime.fromisoformat(clock + found["zone"]).astimezone(UTC)
    else:
        naive = datetime.fromisoformat(clock)
        low = start_of_day(day).replace(hour=naive.hour, minute=naive.minute, second=naive.second)
    low += timedelta(microseconds=micro)
    width = timedelta(minutes=1) if second is None else timedelta(seconds=1)
    if part:
        width = timedelta(microseconds=10 ** max(6 - len(part[1:]), 0))
    return Span(low, low + width)


def real_date(value: str) -> bool:
    """Whether the calendar has this day (30 February has the right shape all the same)."""
    found = _TIME.match(value)
    if found is None or found["day"] is None:  # its shape is for the structure check to judge
        return True
    year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
    if not (year and 1 <= month <= 12):
        return True
    return 1 <= day <= monthrange(year, month)[1]


def starts_after_end(start: str, end: str) -> bool:
    """R4 per-1, with the benefit of the doubt where only a day or a year is known."""
    first, last = span_of(start), span_of(end)
    if first is None or last is None:
        return False
    # A day has no zone: beside a time with one it may lie in any.
    slack = timedelta(hours=14) if ("T" in start) != ("T" in end) else timedelta()
    return first.low - last.high >= 2 * slack


def instant(value: object) -> datetime | None:
    """A full time with zone, or None: what `meta.lastUpdated` must be."""
    if not isinstance(value, str):
        return None
    found = _TIME.match(value)
    if found is None or found["second"] is None or found["zone"] is None:
        return None
    span = span_of(value)
    return span.low if span else None


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
