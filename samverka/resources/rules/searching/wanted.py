"""What a client asks a parameter for: plain values, and whether a value of the index fits (R4, Search 3.1.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias, TypeVar

from samverka.resources.rules.searching.units import Measure
from samverka.resources.rules.searching.values import (
    Address,
    Amount,
    Pointer,
    Token,
    Value,
    Words,
    plain,
)
from samverka.resources.rules.times import Span


class Prefix(StrEnum):
    """How an ordered value is compared."""

    EQ = "eq"
    NE = "ne"
    GT = "gt"
    LT = "lt"
    GE = "ge"
    LE = "le"
    SA = "sa"
    EB = "eb"
    AP = "ap"


@dataclass(frozen=True, slots=True)
class AToken:
    """`system` None: any; "": none. `code` "": any of the system."""

    system: str | None
    code: str

    def fits(self, value: Value) -> bool:
        """Whether it is that code or identifier."""
        return (
            isinstance(value, Token)
            and (self.system is None or value.system == self.system)
            and (not self.code or value.code == self.code)
            and bool(value.code or (self.system and value.system))
        )


@dataclass(frozen=True, slots=True)
class AKind:
    """`:of-type`: an identifier by what sort it is (system and code) and its value."""

    system: str
    code: str
    value: str

    def fits(self, value: Value) -> bool:
        """Whether it is that sort of identifier with that value."""
        return isinstance(value, Token) and (value.kind_system, value.kind_code, value.code) == (
            self.system,
            self.code,
            self.value,
        )


@dataclass(frozen=True, slots=True)
class AText:
    """A text to begin with (`begins`), be contained (`contains`) or be the same (`exact`)."""

    text: str
    how: str

    def fits(self, value: Value) -> bool:
        """Whether a text, or what is written beside a code, is so."""
        if isinstance(value, Words):
            return self._is(value.exact, value.plain)
        if isinstance(value, Token) and value.text:
            return self._is(value.text, plain(value.text))
        return False

    def _is(self, exact: str, compared: str) -> bool:
        if self.how == "exact":
            return exact == self.text
        if self.how == "contains":
            return self.text in compared
        return compared.startswith(self.text)


@dataclass(frozen=True, slots=True)
class APointer:
    """A reference by type and id, by id alone, by address, or by the identifier beside it."""

    type: str = ""
    id: str = ""
    url: str = ""
    identifier: AToken | None = None

    def fits(self, value: Value) -> bool:
        """Whether it points there."""
        if not isinstance(value, Pointer):
            return False
        if self.identifier:
            return self.identifier.fits(Token(value.system, value.value))
        if self.url:
            return value.url == self.url
        return value.id == self.id and self.type in ("", value.type)


@dataclass(frozen=True, slots=True)
class ATime:
    """A range of time, and how it is compared; of `ap` it is widened already."""

    prefix: Prefix
    low: datetime
    high: datetime

    def fits(self, value: Value) -> bool:
        """Whether the resource's range is so to the asked one."""
        return isinstance(value, Span) and _ordered(
            self.prefix, (self.low, self.high), (value.low, value.high)
        )


@dataclass(frozen=True, slots=True)
class AnAmount:
    """A number with its implied precision (`low`, `high`), its exact value, and its unit.

    `system` None: any. `code` "": any unit; else the code, or without system the unit as written. `same`: what is asked
    for in base units of UCUM; then any unit of the same sort fits.
    """

    prefix: Prefix
    exact: Decimal
    low: Decimal
    high: Decimal
    system: str | None = None
    code: str = ""
    same: Measure | None = None

    def fits(self, value: Value) -> bool:
        """Whether the number is so, in that unit or in another of the same sort."""
        if not isinstance(value, Amount):
            return False
        if self.same is None:
            return self._unit(value) and self._number(value)
        if value.same is None or value.same.unit != self.same.unit:
            return False
        asked, there = (self.same.low, self.same.high), (value.same.low, value.same.high)
        return _ordered(self.prefix, asked, there)

    def _unit(self, value: Amount) -> bool:
        if not self.code:
            return True
        if self.system:
            return (value.system, value.code) == (self.system, self.code)
        return self.code in (value.code, value.unit)

    def _number(self, value: Amount) -> bool:
        return _ordered(self.prefix, self.asked, (value.low, value.high))

    @property
    def asked(self) -> tuple[Decimal, Decimal]:
        """The range that is compared: with precision for "the same", else the number itself."""
        if self.prefix in (Prefix.EQ, Prefix.NE, Prefix.AP):
            return self.low, self.high
        return self.exact, self.exact


@dataclass(frozen=True, slots=True)
class AnAddress:
    """A uri as it is, everything below it, or everything above it. `version` "": any."""

    uri: str
    how: str = "same"
    version: str = ""

    def fits(self, value: Value) -> bool:
        """Whether the address is so; segments are whole (`/a` is not above `/ab`)."""
        if isinstance(value, Pointer):
            value = Address(value.url)
        if not isinstance(value, Address):
            return False
        if self.version and value.version != self.version:
            return False
        if self.how == "below":
            return value.uri == self.uri or value.uri.startswith(self.uri.rstrip("/") + "/")
        if self.how == "above":
            return value.uri == self.uri or self.uri.startswith(value.uri.rstrip("/") + "/")
        return value.uri == self.uri


@dataclass(frozen=True, slots=True)
class AComposite:
    """Parts that must fit at one and the same place."""

    parts: tuple[Wanted, ...]

    def fits(self, value: Value) -> bool:
        """A composite is never one value: see `matching`."""
        return False


Wanted: TypeAlias = AToken | AKind | AText | APointer | ATime | AnAmount | AnAddress | AComposite


Measured = TypeVar("Measured", datetime, Decimal)


def _ordered(
    prefix: Prefix, asked: tuple[Measured, Measured], there: tuple[Measured, Measured]
) -> bool:
    """R4, Search 3.1.1.4.6: the asked range against the resource's."""
    (low, high), (first, last) = asked, there
    if prefix in (Prefix.SA, Prefix.EB, Prefix.AP):
        return _beside(prefix, asked, there)
    point = first == last
    within = low <= first and (last < high or (last == high and (not point or low == high)))
    if prefix in (Prefix.EQ, Prefix.NE):
        return within is (prefix is Prefix.EQ)
    if prefix in (Prefix.GT, Prefix.GE):
        return last > high or (within and prefix is Prefix.GE)
    return first < low or (within and prefix is Prefix.LE)


def _beside(
    prefix: Prefix, asked: tuple[Measured, Measured], there: tuple[Measured, Measured]
) -> bool:
    """Wholly after, wholly before, or touching."""
    (low, high), (first, last) = asked, there
    point = first == last
    if prefix is Prefix.SA:
        return first > high if point else first >= high
    if prefix is Prefix.EB:
        return last < low if point else last <= low
    return low <= first < high or (first < high and last > low)


def fits_any(alternatives: Sequence[Wanted], values: Sequence[Value]) -> bool:
    """Whether any value fits any of the alternatives."""
    return any(wanted.fits(value) for wanted in alternatives for value in values)
