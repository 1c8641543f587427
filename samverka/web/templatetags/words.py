"""Dates, times, numbers and names as one would say them, in the language of the page.

No filter reads the clock: where a wording depends on the time now, it is an argument (`actor.at`).
Times are shown in the project's time zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from django import template
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverka.kernel.text import in_language

register = template.Library()

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def local(value: date | datetime) -> date | datetime:
    """An aware time in the project's zone; anything else as it is."""
    aware = isinstance(value, datetime) and timezone.is_aware(value)
    return timezone.localtime(value) if aware else value  # type: ignore[arg-type]


def as_date(value: date | datetime) -> date:
    """The calendar day, where the reader is."""
    here = local(value)
    return here.date() if isinstance(here, datetime) else here


def year_of(value: date | datetime, now: date | datetime | None) -> str:
    """` Y` when the year must be said: always, unless it is the year of `now`."""
    return "" if now and as_date(value).year == as_date(now).year else " Y"


@register.filter
def day(value: date | datetime | None, now: date | datetime | None = None) -> str:
    """`fredag 27 november 2026`; without the year when it is the year of `now`."""
    return date_format(as_date(value), f"l j F{year_of(value, now)}") if value else ""


@register.filter
def short_day(value: date | datetime | None, now: date | datetime | None = None) -> str:
    """`27 nov 2026`; without the year when it is the year of `now`."""
    if not value:
        return ""
    # Translators: day and month as Django's `date` writes them; English has capitals: j M.
    return date_format(as_date(value), _("j b") + year_of(value, now))


@register.filter
def clock_time(value: datetime | time | None) -> str:
    """`10.30`."""
    if value is None:
        return ""
    here = local(value) if isinstance(value, datetime) else value
    return here.strftime(_("%H.%M"))


@register.filter
def day_time(value: datetime | None, now: date | datetime | None = None) -> str:
    """`fredag 27 november 2026 kl. 10.30`; without the year when it is the year of `now`."""
    return at_clock(day(value, now), value) if value else ""


@register.filter
def short_time(value: datetime | None, now: date | datetime | None = None) -> str:
    """`27 nov 2026 kl. 10.30`, for tables; without the year when it is the year of `now`."""
    return at_clock(short_day(value, now), value) if value else ""


def at_clock(words: str, value: datetime) -> str:
    """A day in words and its time of day."""
    return _("%(day)s kl. %(time)s") % {"day": words, "time": clock_time(value)}


@register.filter
def last_day(value: date | datetime | None) -> date | None:
    """The last whole day of a time that ends then: `until` and `due_at` are the end of that day.

    The end of a day is the first moment of the next, which `|day` would name. A moment within a day is
    that day, and a day is itself.
    """
    if isinstance(value, datetime):
        return as_date(value - timedelta(microseconds=1))
    return value or None


@register.filter
def near_day(value: date | datetime | None, now: date | datetime) -> str:
    """`i dag`, `i morgon`, `på fredag`, `i fredags`; farther away the day itself."""
    if value is None:
        return ""
    days = (as_date(value) - as_date(now)).days
    weekday = str(WEEKDAYS[as_date(value).weekday()])
    if -1 <= days <= 1:
        return {-1: _("i går"), 0: _("i dag"), 1: _("i morgon")}[days]
    if 1 < days < 7:
        return _("på %(weekday)s") % {"weekday": weekday}
    if -7 < days < -1:
        return _("i %(weekday)ss") % {"weekday": weekday}
    return day(value, now)


@register.filter
def near_time(value: datetime | None, now: datetime) -> str:
    """`i dag kl. 10.30`, `på fredag kl. 10.30`; farther away the day itself."""
    return at_clock(near_day(value, now), value) if value else ""


@register.filter
def by_when(value: datetime | None, now: datetime) -> str:
    """At the latest when: a whole day by its name, a moment within a day with its hour."""
    if value is None:
        return ""
    whole = as_date(value) != last_day(value)
    return near_day(last_day(value), now) if whole else near_time(value, now)


@register.filter
def by_date(value: datetime | None, now: datetime) -> str:
    """As `by_when`, by the date: for a list that may be read on another day than it was written."""
    if value is None:
        return ""
    whole = as_date(value) != last_day(value)
    return day(last_day(value), now) if whole else day_time(value, now)


@register.filter
def from_now(value: datetime | None, now: datetime) -> str:
    """`om 2 dagar`, `för 3 timmar sedan`, `nu`."""
    if value is None:
        return ""
    seconds = (value - now).total_seconds()
    if abs(seconds) < MINUTE:
        return _("nu")
    amount = one_unit(value, now)
    words = _("om %(amount)s") if seconds > 0 else _("för %(amount)s sedan")
    return words % {"amount": amount}


def one_unit(value: datetime, now: datetime) -> str:
    """The distance in its largest unit. From a day on, calendar days: what people count."""
    seconds = abs((value - now).total_seconds())
    if seconds < HOUR:
        return minutes(int(seconds // MINUTE))
    if seconds < DAY:
        n = int(seconds // HOUR)
        return ngettext("%(n)s timme", "%(n)s timmar", n) % {"n": n}
    n = abs((as_date(value) - as_date(now)).days)
    return ngettext("%(n)s dag", "%(n)s dagar", n) % {"n": n}


def minutes(n: int) -> str:
    """`1 minut`, `5 minuter`."""
    return ngettext("%(n)s minut", "%(n)s minuter", n) % {"n": n}


@register.filter
def duration(value: timedelta | None) -> str:
    """A length of time in at most two units: `1 dygn 4 h`, `4 h 10 min`, `12 min`."""
    if value is None:
        return ""
    total = int(abs(value.total_seconds()))
    days, hours, mins = total // DAY, total % DAY // HOUR, total % HOUR // MINUTE
    parts = [
        ngettext("%(n)s dygn", "%(n)s dygn", days) % {"n": days} if days else "",
        _("%(n)s h") % {"n": hours} if hours else "",
        _("%(n)s min") % {"n": mins} if mins and not days else "",
    ]
    return " ".join(part for part in parts if part) or _("under 1 min")


@register.filter
def whole_minutes(value: timedelta) -> str:
    """A length of time where nothing is shortened: `20 minuter`."""
    return minutes(int(value.total_seconds()) // MINUTE)


@register.filter
def since(value: datetime | None, now: datetime) -> str:
    """How long it has been, or is left: `1 dygn 4 h`."""
    return duration(now - value) if value else ""


@register.filter
def day_of(value: int, total: int) -> str:
    """`dag 2 av 3`."""
    return _("dag %(n)s av %(total)s") % {"n": value, "total": total}


@register.filter
def identity(value: str | None) -> str:
    """A personal identity number as it is written: `19420311-2391`."""
    digits = value or ""
    return f"{digits[:8]}-{digits[8:]}" if len(digits) == 12 and "-" not in digits else digits


TWO_DIGIT_AREA = ("08",)
THREE_DIGIT_AREA = (
    *("010", "011", "013", "016", "018", "019", "020", "021", "023", "026"),
    *("031", "033", "035", "036", "040", "042", "044", "046", "054", "060", "063", "090"),
    *("070", "072", "073", "076", "077", "079"),
)


@register.filter
def phone(value: str | None) -> str:
    """A Swedish telephone number in the groups people read: `070-123 45 67`."""
    written = (value or "").strip()
    digits = re.sub(r"\D", "", re.sub(r"^(\+|00)46", "0", written))
    if not digits.startswith("0") or (written.startswith("+") and not written.startswith("+46")):
        return written
    length = next(
        (n for n, areas in ((2, TWO_DIGIT_AREA), (3, THREE_DIGIT_AREA)) if digits[:n] in areas), 4
    )
    area, rest = digits[:length], digits[length:]
    head = 3 if len(rest) % 2 else 2
    if len(rest) == 8:
        groups = [rest[:3], rest[3:6], rest[6:]]
    else:
        groups = [rest[:head], *(rest[i : i + 2] for i in range(head, len(rest), 2))]
    return f"{area}-{' '.join(groups)}" if len(rest) >= 4 else written


LONG_WORD = 20
"""A longer word is wider than a small phone, in a heading (letters)."""

_LONG = re.compile(rf"\w{{{LONG_WORD + 1},}}")
_LAST_PART = re.compile(r"(?=(?:avdelning|mottagning|central|enhet)(?:en)?$)")


@register.filter
def breakable(name: str) -> str:
    """A unit's name with a soft hyphen in a long word: not every browser knows where Swedish words part."""
    return _LONG.sub(lambda word: _LAST_PART.sub("\u00ad", word.group()), name)


@register.filter
def phone_link(value: str | None) -> str:
    """The number for a `tel:` link: digits, and a leading plus."""
    return re.sub(r"(?!^\+)\D", "", (value or "").strip())


@register.filter
def initials(value: str | None) -> str:
    """`Lena Maria Berg` → `LB`; `Märta` → `M`."""
    words = (value or "").split()
    return "".join(word[0].upper() for word in [*words[:1], *words[1:][-1:]])


@register.filter
def and_list(values: Iterable[object]) -> str:
    """`a, b och c`."""
    words = [str(value) for value in values]
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s och %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


@register.filter
def said(value: object) -> str:
    """A sentence of the rules (`kernel.text.Text`) in the reader's language; other text as it is."""
    return in_language(value if isinstance(value, str) else str(value), _)


@register.filter
def words_in(value: object, table: Mapping[object, str]) -> str:
    """The words that a table of the rules has for a code: `{{ one.kind|words_in:kinds }}`."""
    return said(table[value]) if value in table else str(value)
