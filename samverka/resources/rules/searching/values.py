"""Values that are searched by: what an index holds of a resource, and ranges of dates and numbers (R4, Search 3.1.1)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NamedTuple, TypeAlias

from samverka.resources.rules.searching.units import Measure
from samverka.resources.rules.times import Span

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


class Found(NamedTuple):
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
