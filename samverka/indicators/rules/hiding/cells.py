"""What leaves: a count, or the word that it is hidden; and what is reckoned from it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from samverka.indicators.rules.figures import PER_CENT, Reckoned, share


class CellStatus(StrEnum):
    """What stands in a cell. Kolada writes "..", "-" and a number."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it leaves the house; the count is there only when it is shown, and never 0 instead."""

    status: CellStatus
    count: int | None = None

    def __post_init__(self) -> None:
        if (self.status is CellStatus.SHOWN) != (self.count is not None):
            raise ValueError("only a cell that is shown has a count")


def share_of(part: Cell, whole: Cell, *, factor: int = PER_CENT) -> Reckoned | None:
    """The share of two cells; None, a gap, when either is hidden: it would tell of the count.

    Raises:
        Invalid: the part is larger than the whole.
    """
    if part.count is None or whole.count is None:
        return None
    return share(part.count, whole.count, factor=factor)


def curve(figures: Iterable[Reckoned | None]) -> tuple[Fraction | None, ...]:
    """Points of a chart: a hidden figure is a gap, not zero."""
    return tuple(one.value if one else None for one in figures)
