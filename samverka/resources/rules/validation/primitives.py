"""The forms of R4's primitive datatypes: a quick yes or no, and words for the no.

The regular expressions are the standard's, made so that no text can make them slow.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from samverka.resources.rules.times import real_date
from samverka.resources.rules.validation import words
from samverka.resources.rules.validation.words import Words

Fits = Callable[[object], bool]

MAX_TEXT = 1024 * 1024
"""Longest string in characters (R4, datatype string)."""

MAX_EXPONENT = 300
"""Decimals beyond ten to this power are no measured values."""

_LARGEST = int("1" + "0" * MAX_EXPONENT)

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DAY = r"-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_YEAR = r"(?:[1-9][0-9]{3}|0(?:[1-9][0-9]{2}|0(?:[1-9][0-9]|0[1-9])))"
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?"
_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
_DATE = re.compile(rf"{_YEAR}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_DATE_TIME = re.compile(
    rf"{_YEAR}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01])(?:T{_CLOCK}{_ZONE})?)?)?"
)
_INSTANT = re.compile(rf"{_YEAR}{_DAY}T{_CLOCK}{_ZONE}")
_TIME = re.compile(_CLOCK)
_URI = re.compile(r"\S+")
_CODE = re.compile(r"\S+(?:\s\S+)*")
_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_OID = re.compile(r"urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+")
_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")


def _text(value: object) -> bool:
    """Neither empty nor too long, and no control characters."""
    if type(value) is not str or not value or len(value) > MAX_TEXT:
        return False
    return value.isprintable() or _CONTROL.search(value) is None


def _form(pattern: re.Pattern[str]) -> Fits:
    whole = pattern.fullmatch
    return lambda value: type(value) is str and whole(value) is not None


def _dated(pattern: re.Pattern[str]) -> Fits:
    whole = pattern.fullmatch

    def fits(value: object) -> bool:
        if type(value) is not str or whole(value) is None:
            return False
        return bool(value[8:10] <= "28") or real_date(value)

    return fits


def _boolean(value: object) -> bool:
    return value is True or value is False


def _whole(low: int) -> Fits:
    return lambda value: type(value) is int and low <= value <= 2**31 - 1


def _decimal(value: object) -> bool:
    if type(value) is Decimal:
        return value.is_finite() and abs(value.adjusted()) <= MAX_EXPONENT
    if type(value) is int:
        return abs(value) < _LARGEST
    return type(value) is float


def _base64(value: object) -> bool:
    """Blanks may stand anywhere."""
    if type(value) is not str:
        return False
    plain = value if value.isalnum() else "".join(value.split())
    return len(plain) % 4 == 0 and _BASE64.fullmatch(plain) is not None


FITS: dict[str, Fits] = {
    "base64Binary": _base64,
    "boolean": _boolean,
    "canonical": _form(_URI),
    "code": _form(_CODE),
    "date": _dated(_DATE),
    "dateTime": _dated(_DATE_TIME),
    "decimal": _decimal,
    "id": _form(_ID),
    "instant": _dated(_INSTANT),
    "integer": _whole(-(2**31)),
    "markdown": _text,
    "oid": _form(_OID),
    "positiveInt": _whole(1),
    "string": _text,
    "time": _form(_TIME),
    "unsignedInt": _whole(0),
    "uri": _form(_URI),
    "url": _form(_URI),
    "uuid": _form(_UUID),
    "xhtml": lambda value: type(value) is str and bool(value) and "\0" not in value,
}
"""Primitive -> whether a JSON value is one."""

_NUMBERS = frozenset({"integer", "positiveInt", "unsignedInt"})
_JSON: dict[str, type] = {
    "boolean": bool,
    "decimal": Decimal,
    **dict.fromkeys(_NUMBERS, int),
}


def bound(codes: frozenset[str]) -> Fits:
    """Whether a value is one of these codes."""
    return lambda value: type(value) is str and value in codes


def unfit(kind: str, value: object, codes: frozenset[str] = frozenset()) -> Words:
    """Why a value is no such primitive."""
    if value is None:
        return words.NULL
    if isinstance(value, str) and _JSON.get(kind, str) is str:
        return _unfit_text(kind, value, codes)
    if kind in _NUMBERS and type(value) is int and not -(2**31) <= value < 2**31:
        return words.TOO_BIG
    if _JSON.get(kind, str) in (int, Decimal) and type(value) in (int, Decimal, float):
        return words.not_valid(kind)
    return words.expected(_JSON.get(kind, str), value)


def _unfit_text(kind: str, value: str, codes: frozenset[str]) -> Words:
    if not value:
        return words.EMPTY_VALUE
    if "\0" in value:
        return words.NUL
    if len(value) > MAX_TEXT:
        return words.TOO_LONG
    if kind in ("string", "markdown"):
        return words.CONTROL
    if kind == "id":
        return words.BAD_ID
    if kind in ("date", "dateTime", "instant") and not real_date(value):
        return words.NO_DAY
    return words.not_bound(codes) if codes else words.not_valid(kind)
