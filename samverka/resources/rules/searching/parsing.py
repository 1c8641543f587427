"""One value of one parameter, read: prefixes, units, systems, escapes (R4, Search 3.1.1.4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.resources.rules.definitions import RESOURCE_TYPES, Parameter
from samverka.resources.rules.keys import Scope, target_of
from samverka.resources.rules.lines import Fault, Faulty
from samverka.resources.rules.searching.units import UCUM, measured
from samverka.resources.rules.searching.values import number_of, plain, precise
from samverka.resources.rules.searching.wanted import (
    AComposite,
    AKind,
    AnAddress,
    AnAmount,
    APointer,
    AText,
    ATime,
    AToken,
    Prefix,
    Wanted,
)
from samverka.resources.rules.times import BEGINNING, END, span_of

MOST_CODES: Final = 1_000
"""Codes of a set that one search may ask for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a search is read by.

    Attributes:
        now: what "approximately" is measured from.
        strict: a parameter that is not understood is a fault; else it is left out.
        base: the own server's address.
        codes: the codes of a value set, or those above or below one: (modifier, system, code or address).
            None: the server knows no such set.
    """

    now: datetime
    strict: bool = True
    base: str = ""
    codes: Callable[[str, str, str], Sequence[tuple[str, str]] | None] = lambda _how, _system, _of: (
        None
    )


def wanted(parameter: Parameter, modifier: str, text: str, asked: Asked) -> Iterator[Wanted]:
    """What one of the values between commas asks for; several for a set of codes.

    Raises:
        Faulty: it is no value of that kind.
    """
    match parameter.kind:
        case "token":
            yield from _tokens(parameter.code, modifier, text, asked)
        case "string":
            yield _string(parameter.code, modifier, unescaped(text))
        case "reference":
            yield _pointer(modifier, text, asked)
        case "date":
            yield _time(parameter.code, text, asked)
        case "number" | "quantity":
            yield _amount(parameter.code, parameter.kind, text)
        case "uri":
            yield AnAddress(unescaped(text), modifier or "same")
        case _:
            yield _composite(parameter, text, asked)


def _string(code: str, modifier: str, text: str) -> AText:
    if not text.strip():
        raise fault(code, _("Värdet saknas."))
    return AText(text if modifier == "exact" else plain(text), modifier or "begins")


def _tokens(code: str, modifier: str, text: str, asked: Asked) -> Iterator[Wanted]:
    parts = [unescaped(one) for one in split(text, "|")]
    if modifier == "text":
        yield AText(plain(unescaped(text)), "begins")
    elif modifier == "of-type":
        if len(parts) != 3:
            raise fault(code, _("Skriv system|kod|värde."))
        yield AKind(*parts)
    elif modifier in ("in", "not-in", "above", "below"):
        yield from _in_set(code, modifier, parts, asked)
    else:
        yield _token(code, parts)


def _in_set(code: str, modifier: str, parts: list[str], asked: Asked) -> Iterator[AToken]:
    system, of = (parts[0], parts[1]) if len(parts) == 2 else ("", parts[0])
    codes = asked.codes(modifier, system, of)
    if codes is None:
        raise fault(code, _("Servern känner inte till den kodmängden."))
    if len(codes) > MOST_CODES:
        raise fault(code, _("Kodmängden är för stor att söka på: högst %(most)d.", most=MOST_CODES))
    yield from (AToken(*one) for one in codes)


def _pointer(modifier: str, text: str, asked: Asked) -> Wanted:
    if modifier == "identifier":
        return APointer(
            identifier=_token("identifier", [unescaped(one) for one in split(text, "|")])
        )
    uri, bar, version = unescaped(text).partition("|")
    if modifier in ("above", "below"):
        return AnAddress(uri, modifier, version)
    plain_key = target_of(uri, Scope(base=asked.base))
    parts = plain_key.split("/")
    if len(parts) == 2 and parts[0] in RESOURCE_TYPES:
        return APointer(parts[0], parts[1])
    if ":" in uri:
        return AnAddress(uri, "same", version) if bar else APointer(url=plain_key or uri)
    return APointer(modifier, uri)


def _time(code: str, text: str, asked: Asked) -> ATime:
    prefix, rest = _prefixed(text)
    span = span_of(rest.replace(" ", "+"))
    if span is None:
        raise fault(code, _("Skriv ett datum: ÅÅÅÅ, ÅÅÅÅ-MM, ÅÅÅÅ-MM-DD eller med klockslag."))
    low, high = span.low, span.high
    if prefix is Prefix.AP:  # a tenth of how far away it is (R4, Search 3.1.1.4.6)
        slack = abs(asked.now.astimezone(UTC) - low) / 10
        low = max(low, BEGINNING + slack) - slack
        high = min(high, END - slack) + slack
    return ATime(prefix, low, high)


def _composite(parameter: Parameter, text: str, asked: Asked) -> AComposite:
    parts = list(split(text, "$"))
    if len(parts) != len(parameter.halves):
        words = _("Skriv %(number)d värden med $ emellan.", number=len(parameter.halves))
        raise fault(parameter.code, words)
    parts_wanted = []
    for half, part in zip(parameter.halves, parts, strict=True):
        one = Parameter(code=parameter.code, kind=half.kind, id="", places=half.places)
        parts_wanted.append(next(wanted(one, "", part, asked)))
    return AComposite(tuple(parts_wanted))


# ── escapes ──


def split(text: str, mark: str) -> Iterator[str]:
    r"""The parts between marks that no backslash stands before; escapes are left in them."""
    part, escaped = "", False
    for letter in text:
        if letter == mark and not escaped:
            yield part
            part = ""
        else:
            part += letter
        escaped = letter == "\\" and not escaped
    yield part


def unescaped(text: str) -> str:
    r"""Without the backslash before `,`, `|`, `$` and itself."""
    return re.sub(r"\\([,|$\\])", r"\1", text)


# ── smaller ──


def _token(code: str, parts: list[str]) -> AToken:
    if len(parts) == 1:
        return AToken(None, parts[0])
    if len(parts) == 2 and any(parts):
        return AToken(parts[0], parts[1])
    raise fault(code, _("Skriv kod, system|kod, |kod eller system|."))


_PREFIXED = re.compile(r"^(eq|ne|gt|lt|ge|le|sa|eb|ap)(?=[\d+\-.])")


def _prefixed(text: str) -> tuple[Prefix, str]:
    found = _PREFIXED.match(text)
    return (Prefix(found[1]), text[2:]) if found else (Prefix.EQ, text)


def _amount(code: str, kind: str, text: str) -> AnAmount:
    parts = [unescaped(one) for one in split(text, "|")]
    prefix, rest = _prefixed(parts[0])
    number = number_of(rest)
    if number is None or (kind == "number" and len(parts) > 1) or len(parts) not in (1, 3):
        words = _("Skriv ett tal, eller tal|system|enhet.")
        raise fault(code, words)
    low, high = precise(number)
    if prefix is Prefix.AP:
        slack = abs(number) / Decimal(10)
        low, high = number - slack, number + slack
    system, unit = (parts[1] or None, parts[2]) if len(parts) == 3 else (None, "")
    asked = AnAmount(prefix, number, low, high, system, unit)
    same = measured(*asked.asked, unit) if system == UCUM else None
    return replace(asked, same=same)


def fault(where: str, words: Text) -> Faulty:
    """A refusal in words, at the name of the parameter."""
    return Faulty(Fault(where, words))
