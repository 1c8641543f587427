"""What a figure comes to: the value, what it was divided by, and how many stand behind. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from samverka.discharge.rules.figures.table import Figure, Lacking
from samverka.kernel.text import Text

TENTH: Final = Decimal("0.1")
NINE_OF_TEN: Final = 90


@dataclass(frozen=True, slots=True)
class Missing:
    """How many lack something that the figure needs; 0: some few, and it is not said how many."""

    what: Lacking
    many: int


@dataclass(frozen=True, slots=True)
class FigureValue:
    """One figure, reckoned.

    Attributes:
        value: None where there is nothing to reckon, it is refused, or hidden.
        spread: what nine of ten are at most.
        counted, among: numerator and denominator; None where the figure has none.
        n: stays (or messages) that it stands on.
        persons: how many persons they are; `within`: persons in the numerator of a share.
        refusal: why it is not reckoned, in words.
        hidden: too few persons to be shown.
    """

    figure: Figure
    value: Decimal | None
    n: int = 0
    persons: int = 0
    within: int | None = None
    counted: Decimal | None = None
    among: Decimal | None = None
    spread: Decimal | None = None
    missing: tuple[Missing, ...] = ()
    refusal: Text | None = None
    hidden: bool = False


def rounded(value: Decimal) -> Decimal:
    """To one decimal, halves away from zero."""
    return value.quantize(TENTH, ROUND_HALF_UP)


def divided(counted: Decimal | int, among: Decimal | int, factor: int = 1) -> Decimal | None:
    """counted / among, to one decimal; None where there is nothing to divide by."""
    return rounded(Decimal(counted) * factor / Decimal(among)) if among else None


def median(values: Iterable[Decimal]) -> Decimal | None:
    """The one in the middle, or half way between the two in the middle."""
    ordered = sorted(values)
    if not ordered:
        return None
    low, high = (len(ordered) - 1) // 2, len(ordered) // 2
    return rounded((ordered[low] + ordered[high]) / 2)


def at_most(values: Iterable[Decimal], percent: int = NINE_OF_TEN) -> Decimal | None:
    """The smallest value that so many per cent of them do not exceed (nearest rank)."""
    ordered = sorted(values)
    if not ordered:
        return None
    rank = -(-len(ordered) * percent // 100)
    return rounded(ordered[max(rank, 1) - 1])
