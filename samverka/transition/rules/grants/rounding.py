"""From exact shares to whole kronor that add up to the pot: rounding, and who bears the residual.

Rounding half up leaves at most half a krona for each recipient, over or under. The rule of the
residual has a name and is part of the decision. What each rule promises, beside the exact sum:

========== ============================================ ===================== ====================
rule       how                                          a larger weight gets  growing alone never
                                                        never less            lowers one's amount
========== ============================================ ===================== ====================
LARGEST    half up; the largest bears the residual      yes                   within the residual
REMAINDERS down; one each by the largest remainder      yes                   yes
DIVISOR    half up by one common divisor (Webster)      yes                   yes
NAMED      half up; a named recipient bears it          but for the named one within the residual
========== ============================================ ===================== ====================

LARGEST is the rule of the published tables (see `publication`). The promises hold for one krona as
the step and without floors and ceilings. Nobody goes below zero, a floor, or above a ceiling.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _


class Residual(StrEnum):
    """Who bears what rounding leaves."""

    LARGEST = "largest"
    REMAINDERS = "remainders"
    DIVISOR = "divisor"
    NAMED = "named"


RESIDUAL_WORDS = {
    Residual.LARGEST: _("Resten läggs på den största mottagaren."),
    Residual.REMAINDERS: _("Resten delas ut krona för krona efter största decimal."),
    Residual.DIVISOR: _("Alla delas med samma tal, som jämkas tills summan stämmer."),
    Residual.NAMED: _("Resten läggs på en utpekad mottagare."),
}


@dataclass(frozen=True)
class Rounding:
    """How shares become kronor.

    Attributes:
        residual: who bears what is left.
        step: kronor that shares are rounded to: 1, or 1000 for whole thousands.
        named: the recipient of `Residual.NAMED`.
    """

    residual: Residual
    step: int = 1
    named: str = ""


@dataclass(frozen=True)
class Bounds:
    """What one recipient's kronor keep within, and its weight, which decides the order."""

    weight: Fraction
    floor: int
    ceiling: int


def round_shares(
    kronor: int, shares: Mapping[str, Fraction], bounds: Mapping[str, Bounds], rounding: Rounding
) -> dict[str, int]:
    """Whole kronor that add up to `kronor`, each within its bounds.

    Raises:
        Invalid: a step below one krona, or a named recipient that is not there or has no room.
    """
    _check(shares, rounding)
    down = rounding.residual is Residual.REMAINDERS
    amounts = {
        code: min(
            max(_stepped(share, rounding.step, down=down), bounds[code].floor), bounds[code].ceiling
        )
        for code, share in sorted(shares.items())
    }
    left = kronor - sum(amounts.values())
    if rounding.residual is Residual.REMAINDERS:
        return _by_remainders(amounts, left, shares, bounds, rounding.step)
    if rounding.residual is Residual.DIVISOR:
        return _by_divisor(amounts, left, bounds, rounding.step)
    if rounding.residual is Residual.NAMED:
        return _to_named(amounts, left, bounds, rounding.named)
    return _to_largest(amounts, left, bounds, rounding.step)


def _check(shares: Mapping[str, Fraction], rounding: Rounding) -> None:
    if rounding.step < 1:
        raise Invalid(_("Belopp avrundas till minst en krona."))
    if rounding.residual is Residual.NAMED and rounding.named not in shares:
        raise Invalid(
            _("Resten ska läggas på %(code)s, som inte är mottagare.", code=rounding.named or "–")
        )


def _stepped(share: Fraction, step: int, *, down: bool) -> int:
    return step * ((share / step + (0 if down else Fraction(1, 2))) // 1)


def _to_largest(
    amounts: dict[str, int], left: int, bounds: Mapping[str, Bounds], step: int
) -> dict[str, int]:
    """Too little: the largest gets it, up to its ceiling, then the next.

    Too much: taken step by step from who has the most kronor, among equals from the least weight;
    so nobody gets less than one with a smaller weight. Equals go by code: the first gets, the last
    gives. When one is clearly largest, it bears all.
    """
    if left > 0:
        for code in sorted(amounts, key=lambda code: (-bounds[code].weight, code)):
            given = min(left, bounds[code].ceiling - amounts[code])
            amounts[code] += given
            left -= given
        return amounts
    while left < 0:
        code = max(
            (code for code in amounts if amounts[code] > bounds[code].floor),
            key=lambda code: (amounts[code], -bounds[code].weight, code),
        )
        taken = min(step, -left, amounts[code] - bounds[code].floor)
        amounts[code] -= taken
        left += taken
    return amounts


def _by_remainders(
    amounts: dict[str, int], left: int, shares: Mapping[str, Fraction],
    bounds: Mapping[str, Bounds], step: int,
) -> dict[str, int]:  # fmt: skip
    """Largest remainder (Hamilton): one step each, the largest lost part first."""
    order = sorted(amounts, key=lambda c: (amounts[c] - shares[c], -bounds[c].weight, c))
    for code in order:
        given = min(left, step, bounds[code].ceiling - amounts[code])
        amounts[code] += given
        left -= given
    return amounts


def _by_divisor(
    amounts: dict[str, int], left: int, bounds: Mapping[str, Bounds], step: int
) -> dict[str, int]:
    """Webster: who is nearest to being rounded the other way goes first, as the divisor moves."""
    half = Fraction(step, 2)
    while left > 0:
        code = min(
            (c for c in amounts if amounts[c] < bounds[c].ceiling and bounds[c].weight),
            key=lambda c: ((amounts[c] + half) / bounds[c].weight, -bounds[c].weight, c),
        )
        given = min(step, left, bounds[code].ceiling - amounts[code])
        amounts[code], left = amounts[code] + given, left - given
    while left < 0:
        code = max(
            (c for c in amounts if amounts[c] > bounds[c].floor and bounds[c].weight),
            key=lambda c: ((amounts[c] - half) / bounds[c].weight, -bounds[c].weight, c),
        )
        taken = min(step, -left, amounts[code] - bounds[code].floor)
        amounts[code], left = amounts[code] - taken, left + taken
    return amounts


def _to_named(
    amounts: dict[str, int], left: int, bounds: Mapping[str, Bounds], named: str
) -> dict[str, int]:
    amounts[named] += left
    if not bounds[named].floor <= amounts[named] <= bounds[named].ceiling:
        raise Invalid(
            _("Resten ryms inte inom golv och tak för %(code)s.", code=named),
            where=named,
            mend=_("Välj en annan mottagare eller en annan regel för resten."),
        )
    return amounts
