"""The clock of a unit: time counts only while the unit is open. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias

from samverka.kernel.calendar import SWEDEN, is_holiday, local_date
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

Open: TypeAlias = tuple[time, time]
Week: TypeAlias = tuple[Open | None, ...]
"""Opening hours from Monday to Sunday; None: closed. Empty: the unit is always open."""

ALWAYS: Week = ()
_SUNDAY = 6
_DAY = timedelta(days=1)

DAY_WORDS: tuple[Text, ...] = (
    _("Måndag"),
    _("Tisdag"),
    _("Onsdag"),
    _("Torsdag"),
    _("Fredag"),
    _("Lördag"),
    _("Söndag"),
)


def hours_of(week: Week, day: date) -> Open | None:
    """The hours of one day. A public holiday has Sunday's hours."""
    return week[_SUNDAY if is_holiday(day) else day.weekday()]


def is_open(week: Week, moment: datetime) -> bool:
    """Whether the unit is open at a moment."""
    if not week:
        return True
    found = _window(week, local_date(moment))
    return found is not None and found[0] <= moment < found[1]


def _window(week: Week, day: date) -> tuple[datetime, datetime] | None:
    hours = hours_of(week, day)
    if hours is None:
        return None
    begins, ends = (datetime.combine(day, at, SWEDEN).astimezone(UTC) for at in hours)
    return begins, ends


def _windows(week: Week, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    day = local_date(start)
    while True:
        if found := _window(week, day):
            yield max(found[0], start), found[1]
        day += _DAY


def after_open_time(start: datetime, limit: timedelta, week: Week) -> datetime:
    """The moment when the unit has been open for so long since `start`.

    A unit without hours, or without any open day, is taken as always open: nothing waits for ever.
    """
    if not any(week):
        return start + limit
    left = limit
    for begins, ends in _windows(week, start):
        length = ends - begins
        if length >= left and length > timedelta():
            return begins + left
        left -= max(length, timedelta())
    raise AssertionError("there is always another day")


# ── as it is stored and checked ──


def week_of(kept: Sequence[Sequence[str] | None]) -> Week:
    """Stored hours → a week."""
    return tuple(
        (time.fromisoformat(one[0]), time.fromisoformat(one[1])) if one else None for one in kept
    )


def stored_week(week: Week) -> list[list[str] | None]:
    """A week as it is stored."""
    return [[at.strftime("%H:%M") for at in hours] if hours else None for hours in week]


def check_week(week: Week) -> None:
    """Raise unless the hours can be meant: seven days, or none; each day ends after it begins."""
    if not week:
        return
    for number, hours in enumerate(week):
        if hours is not None and hours[0] >= hours[1]:
            raise Invalid(
                _(
                    "%(day)s: enheten måste stänga efter att den har öppnat. Skriv till exempel 08:00 och 16:30.",
                    day=DAY_WORDS[number],
                ),
                where=f"from_{number}",
            )
    if not any(week):
        raise Invalid(
            _("Minst en dag måste ha öppettider. Lämna alla tomma om enheten alltid är öppen."),
            where="from_0",
        )
