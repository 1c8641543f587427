"""Swedish dates: the local day, free days, and how people write them.

Times are stored in UTC and shown in Sweden's time. A rule in the law that says "days" means
calendar days unless it says otherwise, so `days_between` is the ordinary count and working days are
only for rules that name them.

Free days: lagen (1989:253) om allmänna helgdagar (Sundays and the named days). Lagen (1930:173) om
beräkning av lagstadgad tid treats Saturday, midsommarafton, julafton and nyårsafton like them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

SWEDEN = ZoneInfo("Europe/Stockholm")

_SATURDAY, _SUNDAY = 5, 6
_DAY = timedelta(days=1)
_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)


_DATES = (
    _("%(day)d januari %(year)d"),
    _("%(day)d februari %(year)d"),
    _("%(day)d mars %(year)d"),
    _("%(day)d april %(year)d"),
    _("%(day)d maj %(year)d"),
    _("%(day)d juni %(year)d"),
    _("%(day)d juli %(year)d"),
    _("%(day)d augusti %(year)d"),
    _("%(day)d september %(year)d"),
    _("%(day)d oktober %(year)d"),
    _("%(day)d november %(year)d"),
    _("%(day)d december %(year)d"),
)
"""A whole date in each month, for the catalogue of translations to find."""


def local(moment: datetime) -> datetime:
    """Give the Swedish clock's reading of a moment.

    Raises:
        ValueError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment must have a time zone")
    return moment.astimezone(SWEDEN)


def local_date(moment: datetime) -> date:
    """Give the calendar day in Sweden at a moment."""
    return local(moment).date()


def start_of_day(day: date) -> datetime:
    """Give the moment (UTC) when a day begins in Sweden. Days last 23, 24 or 25 hours."""
    return datetime.combine(day, time.min, SWEDEN).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """Give the moment (UTC) when a day has ended in Sweden: the start of the next."""
    return start_of_day(day + _DAY)


def from_clock(shown: datetime) -> datetime:
    """Give the moment (UTC) when the Swedish clock shows a time; the first, where it shows it twice.

    Raises:
        Invalid: the clock never shows it, in the night when it goes forward.
        ValueError: the time has a zone already.
    """
    if shown.tzinfo is not None:
        raise ValueError("a time on the clock has no zone")
    moment = shown.replace(tzinfo=SWEDEN, fold=0).astimezone(UTC)
    if moment.astimezone(SWEDEN).replace(tzinfo=None, fold=0) != shown.replace(fold=0):
        later = moment.astimezone(SWEDEN)
        raise Invalid(
            _(
                "Klockan ställdes fram den natten, så %(time)s fanns inte. Då var klockan %(later)s.",
                time=swedish_time(shown.time()),
                later=swedish_time(later),
            )
        )
    return moment


def holiday_name(day: date, *, eves: bool = False) -> str | None:
    """Name the public holiday in Swedish; None on an ordinary day or an ordinary Sunday.

    Args:
        eves: also midsommarafton, julafton and nyårsafton, which are not holidays by the law of
        1989
            but count as such in the law of 1930.
    """
    return _named_days(day.year, eves).get(day)


def is_holiday(day: date, *, sundays: bool = True, eves: bool = False) -> bool:
    """Whether a day is an allmän helgdag. By the law every Sunday is one.

    Args:
        sundays: count ordinary Sundays, as the law does.
        eves: count midsommarafton, julafton and nyårsafton too.
    """
    return (sundays and day.weekday() == _SUNDAY) or holiday_name(day, eves=eves) is not None


def is_working_day(day: date, *, eves: bool = True) -> bool:
    """Whether a day is a weekday and not a holiday; by default the three eves are free as well."""
    return day.weekday() < _SATURDAY and not is_holiday(day, eves=eves)


def add_working_days(day: date, count: int, *, eves: bool = True) -> date:
    """Go a number of working days forward (or back, if negative). The first day is not counted.

    Zero gives the day itself if it is a working day, else the next one.
    """
    step = -_DAY if count < 0 else _DAY
    for _step in range(abs(count)):
        day += step
        while not is_working_day(day, eves=eves):
            day += step
    while not is_working_day(day, eves=eves):
        day += step
    return day


def working_days_between(start: date, end: date, *, eves: bool = True) -> int:
    """Count the working days after `start` up to and including `end`; negative if `end` is
    before."""
    if end < start:
        return -working_days_between(end, start, eves=eves)
    days = (start + _DAY * number for number in range(1, (end - start).days + 1))
    return sum(is_working_day(day, eves=eves) for day in days)


def days_between(start: date, end: date) -> int:
    """Count calendar days from one day to another; the day of `start` is day 0."""
    return (end - start).days


def a_year_before(day: date) -> date:
    """The same day a year before; 28 February for 29 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def swedish_date(day: date, *, weekday: bool = True, year: bool = True) -> str:
    """Write a day as Swedes do: "fredag 27 november 2026"."""
    parts = [_WEEKDAYS[day.weekday()]] if weekday else []
    parts += [str(day.day), _MONTHS[day.month - 1]]
    return " ".join([*parts, str(day.year)] if year else parts)


def said_date(day: date) -> Text:
    """A day inside a sentence that can be said in other languages: "27 november 2026"."""
    return Text(_DATES[day.month - 1].msgid, {"day": day.day, "year": day.year})


def said_moment(moment: datetime) -> Text:
    """A moment inside a sentence that can be said in other languages: "27 november 2026 kl. 10.30"."""
    return _("%(day)s kl. %(time)s", day=said_date(local_date(moment)), time=swedish_time(moment))


def swedish_time(moment: datetime | time) -> str:
    """Write a time as Swedes do: "10.30". A moment is read on the Swedish clock first."""
    clock = local(moment) if isinstance(moment, datetime) else moment
    return f"{clock.hour}.{clock.minute:02}"


def swedish_moment(moment: datetime) -> str:
    """Write a moment: "fredag 27 november 2026 kl. 10.30"."""
    return f"{swedish_date(local_date(moment))} kl. {swedish_time(moment)}"


@lru_cache(maxsize=512)
def _named_days(year: int, eves: bool) -> dict[date, str]:
    # The package names Saturdays and Sundays only when asked to; the eves are its "de facto" days.
    categories = ("public", "de_facto") if eves else ("public",)
    found = holidays.country_holidays("SE", years=year, language="sv", categories=categories)
    return {day: name for day, name in found.items() if day.year == year}
