"""JSON text to an object, or a sentence that says why not."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import msgspec

from samverka.kernel.bulk import has_more_than
from samverka.kernel.text import text as _
from samverka.resources.rules import canonical
from samverka.resources.rules.lines import Fault, Faulty, Sort

MAX_BYTES = 16 * 1024 * 1024
"""Largest text of one resource, in bytes: pictures and documents of that size do not fit a plan."""

MAX_VALUES = 100_000
"""Values and objects in one resource. A person's whole record of ten years has a tenth of it."""


def read_object(text: bytes) -> dict[str, Any]:
    """JSON text to an object; decimals keep their digits.

    Raises:
        Faulty: too large, too many values, not UTF-8, not JSON, too deep, or not an object.
    """
    if len(text) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        message = _("Resursen är större än %(limit)s MB.", limit=limit)
        raise Faulty(Fault("", message, sort=Sort.TOO_LONG))
    if has_more_than(text, MAX_VALUES):
        message = _("Resursen har fler än %(limit)s värden.", limit=MAX_VALUES)
        raise Faulty(Fault("", message, sort=Sort.TOO_COSTLY))
    try:
        value = canonical.decode(text)
    except UnicodeDecodeError as error:
        raise Faulty(_not_utf8(error)) from error
    except RecursionError as error:
        message = _("Resursen är nästlad för djupt för att läsas.")
        raise Faulty(Fault("", message, sort=Sort.TOO_COSTLY)) from error
    except (msgspec.DecodeError, ValueError, ArithmeticError) as error:
        raise Faulty(_not_json(str(error))) from error
    if not isinstance(value, dict):
        raise Faulty(Fault("", _("Här ska stå ett JSON-objekt med resourceType.")))
    return value


_encoder = msgspec.json.Encoder(decimal_format="number")
_INT64 = 1 << 63


def write_object(value: dict[str, Any]) -> bytes:
    """An object that `read_object` gave, perhaps changed, as JSON text; decimals with their digits.

    Raises:
        Faulty: it has become too deep or too large.
    """
    try:
        text = _encode(value)
    except RecursionError as error:
        message = _("Resursen är nästlad för djupt för att läsas.")
        raise Faulty(Fault("", message, sort=Sort.TOO_COSTLY)) from error
    if len(text) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        message = _("Resursen är större än %(limit)s MB.", limit=limit)
        raise Faulty(Fault("", message, sort=Sort.TOO_LONG))
    return text


def _encode(value: dict[str, Any]) -> bytes:
    try:
        return _encoder.encode(value)
    except OverflowError:  # a whole number of more than 64 bits
        return _encoder.encode(_with_long_numbers(value))


def _with_long_numbers(value: object) -> object:
    if isinstance(value, dict):
        return {name: _with_long_numbers(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_with_long_numbers(one) for one in value]
    if isinstance(value, int) and not isinstance(value, bool) and not -_INT64 <= value < _INT64:
        return Decimal(value)
    return value


def _not_utf8(error: UnicodeDecodeError) -> Fault:
    message = _("Texten är inte giltig UTF-8 (vid byte %(at)s).", at=error.start + 1)
    return Fault("", message, _("Spara filen som UTF-8."))


def _not_json(message: str) -> Fault:
    if "truncated" in message:
        return Fault("", _("Texten slutar mitt i: JSON är inte hel."))
    if found := re.search(r"\(byte (\d+)\)", message):
        return Fault("", _("Texten är inte giltig JSON (nära tecken %(at)s).", at=found[1]))
    return Fault("", _("Texten är inte giltig JSON."))
