"""Units of UCUM brought to common ones, so that 5.4 mg finds 0.0054 g (R4, Search 3.1.1.4.10).

Units are taken apart by `ucumvert` and reckoned with as fractions by the official table that it carries: nothing is
rounded on the way. A mole is a unit of its own here, and not a number of particles: else mmol/L would be cells per
litre. Arbitrary units ([IU]) are the same as themselves only; notes in braces mean nothing (UCUM §12). What is no plain
factor (pH, decibel) is not brought to anything, and is found by its own code alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from ucumvert.xml_util import UcumUnitDefinition

UCUM: Final = "http://unitsofmeasure.org"

_LONGEST: Final = 60
"""Letters of a unit: a real one is shorter, and a long one takes time to take apart."""

_HIGHEST: Final = 40
"""Largest exponent within a unit, and most digits on either side of the decimal sign of a number."""

_DIGITS: Final = Context(prec=24)
"""So many digits are compared: equal fractions give equal numbers."""

_OWN: Final = frozenset({"mol"})
_KELVIN: Final = Fraction(27315, 100)
_FROM_ZERO: Final = {
    "Cel": (Fraction(1), _KELVIN),
    "[degF]": (Fraction(5, 9), Fraction(45967, 180)),
    "[degRe]": (Fraction(5, 4), _KELVIN),
}
"""Degrees: factor to kelvin, and where zero lies."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A range of numbers in base units; `unit` says which: "g.m-3"."""

    low: Decimal
    high: Decimal
    unit: str


def measured(low: Decimal, high: Decimal, code: str) -> Measure | None:
    """A range of numbers of that unit in base units; None if it cannot be told."""
    unit = unit_of(code)
    if unit is None or not (_is_plain(low) and _is_plain(high)):
        return None
    return Measure(unit.brought(low), unit.brought(high), unit.name)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit is in base units: times a factor, and for degrees from another zero."""

    factor: Fraction
    name: str
    zero: Fraction = Fraction(0)

    def brought(self, number: Decimal) -> Decimal:
        """A number of the unit as one of base units."""
        if not number.is_finite():
            return number
        found = Fraction(number) * self.factor + self.zero
        return _DIGITS.divide(Decimal(found.numerator), Decimal(found.denominator))


@lru_cache(maxsize=4096)
def unit_of(code: str) -> Unit | None:
    """What a unit is in base units; None if it is none of UCUM's, or no plain factor."""
    if not code or len(code) > _LONGEST or not code.isascii():
        return None
    if code in _FROM_ZERO:
        factor, zero = _FROM_ZERO[code]
        return Unit(factor, "K", zero)
    try:
        found = _taken_apart(code)
    except _NotPlain:
        return None
    named = sorted((name, power) for name, power in found.powers.items() if power)
    name = ".".join(name if power == 1 else f"{name}{power}" for name, power in named)
    return Unit(found.factor, name or "1")


def _is_plain(number: Decimal) -> bool:
    if not number.is_finite():
        return True
    return abs(number.adjusted()) <= _HIGHEST and len(number.as_tuple().digits) <= _HIGHEST


class _NotPlain(Exception):
    """No unit of UCUM's, or one that is no factor."""


@dataclass(frozen=True, slots=True)
class _Product:
    factor: Fraction
    powers: Mapping[str, int]

    def times(self, other: _Product, sign: int = 1) -> _Product:
        powers = Counter(self.powers)
        for name, power in other.powers.items():
            powers[name] += sign * power
        return _Product(self.factor * other.factor**sign, powers)

    def to(self, power: int) -> _Product:
        if abs(power) > _HIGHEST:
            raise _NotPlain
        powers = {name: each * power for name, each in self.powers.items()}
        return _Product(self.factor**power, powers)


_ONE = _Product(Fraction(1), {})


# ── the library: loaded when first asked for (a quarter of a second, 20 MB) ──

_reading = Lock()


@cache
def _parser() -> Any:
    from ucumvert.parser import get_ucum_parser

    return get_ucum_parser()


@cache
def _table() -> Mapping[str, UcumUnitDefinition]:
    from ucumvert.xml_util import get_units_with_full_definition

    return {one.code_cs: one for one in get_units_with_full_definition()}


@cache
def _prefixes() -> Mapping[str, Fraction]:
    from ucumvert.xml_util import root

    return {
        one.attrib["Code"]: Fraction(one.find("{*}value").attrib["value"])
        for one in root.findall(".//{*}prefix")
    }


def _taken_apart(code: str) -> _Product:
    from lark.exceptions import LarkError

    try:
        with _reading:
            tree = _parser().parse(code)
    except LarkError as problem:
        raise _NotPlain from problem
    return _reckoned(tree)


def _reckoned(part: Any) -> _Product:
    """What a part of the tree is: see the grammar of `ucumvert.parser`."""
    sort, inner = getattr(part, "data", "note"), getattr(part, "children", [])
    match sort:
        case "main_term":
            found = _reckoned(inner[-1])
            return _ONE.times(found, -1) if len(inner) == 2 else found
        case "term":
            first, sign, second = inner
            return _reckoned(first).times(_reckoned(second), -1 if sign == "/" else 1)
        case "annotatable":
            return _reckoned(inner[0]).to(int(inner[1]))
        case "simple_unit":
            return _simple(*(str(one) for one in inner))
        case "note":
            return _ONE
        case _:  # with a note behind it
            return _reckoned(inner[0])


def _simple(first: str, atom: str = "") -> _Product:
    if first.isdigit():
        return _Product(Fraction(int(first)), {})
    if not atom:
        return _atom(first)
    return _Product(_prefixes()[first], {}).times(_atom(atom))


@cache
def _atom(code: str) -> _Product:
    known = _table().get(code)
    if known is None or code in _OWN:  # one of the seven that all are made of
        return _Product(Fraction(1), {code: 1})
    if known.is_special:
        raise _NotPlain
    if known.is_arbitrary and known.defining_unit == "1":
        return _Product(Fraction(1), {code: 1})
    return _Product(Fraction(str(known.conversion_factor)), {}).times(
        _taken_apart(known.defining_unit)
    )
