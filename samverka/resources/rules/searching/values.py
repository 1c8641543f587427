"""Values that are searched by: what an index holds of a resource, and ranges of dates and numbers (R4, Search 3.1.1)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from samverka.kernel.calendar import start_of_day
from samverka.resources.rules.searching.units import Measure

BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
END = datetime(9999, 12, 31, tzinfo=UTC)
"""A period without a start or an end reaches so far."""

MAX_TEXT = 800
"""Characters of a text that are searched: longer ones are found by their beginning."""

MAX_DIGITS = 40
"""A number of more digits, or a larger exponent, is nobody's measurement."""


@dataclass(frozen=True, slots=True)
class Token:
    """A code, identifier, flag or address of contact. `text`: what is written beside it, for `:text`."""

    system: str
    code: str
    text: str = ""
    kind_system: str = ""
    kind_code: str = ""


@dataclass(frozen=True, slots=True)
class Pointer:
    """A reference: the type and id it names, or an address elsewhere; and the identifier beside it."""

    type: str
    id: str
    url: str = ""
    system: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A time as a range, `low` included and `high` not: a day is all of it (R4, Search 3.1.1.4.7)."""

    low: datetime
    high: datetime


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, or a range of them, with its unit. `code` as coded, `unit` as written; `same` in base units of UCUM."""

    low: Decimal
    high: Decimal
    system: str = ""
    code: str = ""
    unit: str = ""
    same: Measure | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A text: as it stands, and as it is compared."""

    exact: str
    plain: str


@dataclass(frozen=True, slots=True)
class Address:
    """A uri, or a canonical with its version apart."""

    uri: str
    version: str = ""


Value: TypeAlias = Token | Pointer | Span | Amount | Words | Address


@dataclass(frozen=True, slots=True)
class Found:
    """A value of a parameter. `place`: parts of a composite at the same place belong together."""

    parameter: str
    value: Value
    part: int = 0
    place: int = 0


# ── texts ──


def plain(text: str) -> str:
    """As texts are compared: without case, accents and doubled blanks; å, ä and ö are letters of their own."""
    letters = []
    for one in " ".join(text.casefold().split()):
        if one in _LETTERS:
            letters.append(one)
            continue
        parts = unicodedata.normalize("NFKD", one)
        letters += [part for part in parts if not unicodedata.combining(part)]
    return "".join(letters)[:MAX_TEXT]


_LETTERS = "åäö"


def words(text: str) -> Words:
    """A text for the index."""
    return Words(text[:MAX_TEXT], plain(unicodedata.normalize("NFC", text)))


# ── times ──

_TIME = re.compile(
    r"^(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?P<part>\.\d+)?)?(?P<zone>Z|[+-]\d\d:\d\d)?)?)?)?$"
)


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


# ── numbers ──

_NUMBER = re.compile(r"^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$")


def number_of(text: str) -> Decimal | None:
    """A number as FHIR writes it, all its digits kept; None if it is none, or beyond measure."""
    if not _NUMBER.match(text) or len(text) > MAX_DIGITS:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if abs(found.adjusted()) <= MAX_DIGITS else None


def precise(number: Decimal) -> tuple[Decimal, Decimal]:
    """The range that a number means by its digits: 100 is 99.5 to 100.5, 100.00 is 99.995 to 100.005."""
    exponent = number.as_tuple().exponent
    half = Decimal(5).scaleb(int(exponent) - 1)
    return number - half, number + half
