"""The funnel: how far from the target or the nation's value chance takes a unit of each size. Pure.

Source: Spiegelhalter, Funnel plots for comparing institutional performance, Stat Med 2005;24:1185, with
the intervals' own formulas around the target.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from samverka.indicators.rules.intervals import Interval, around, of_events

INNER_Z: Final = 1.96
"""95 %: about one of twenty lies outside by chance."""

OUTER_Z: Final = 3.0902
"""99.8 %: about one of five hundred."""


class Place(StrEnum):
    """Where in the funnel a unit lies."""

    WITHIN = "within"
    NEAR = "near"  # between the inner and the outer limit
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Funnel:
    """The limits for one size."""

    inner: Interval
    outer: Interval

    def place(self, value: float) -> Place:
        """Where a value in the limits' unit lies."""
        if self.inner.covers(value):
            return Place.WITHIN
        return Place.NEAR if self.outer.covers(value) else Place.OUTSIDE


def share_funnel(target: float, whole: int, *, factor: float = 100) -> Funnel:
    """Limits for a share among so many.

    Args:
        target: as a part of one.
        whole: the denominator, at least 1.

    Raises:
        ValueError: a target or a size that cannot be: a fault in the program.
    """
    if not 0 <= target <= 1 or whole < 1:
        raise ValueError(f"no funnel around {target} for {whole}")
    return Funnel(
        around(target, whole, INNER_Z).times(factor), around(target, whole, OUTER_Z).times(factor)
    )


def rate_funnel(target: float, people: int, *, factor: float = 100_000) -> Funnel:
    """Limits for a rate among so many people.

    Args:
        target: events per `factor` people.

    Raises:
        ValueError: a target or a size that cannot be: a fault in the program.
    """
    if target < 0 or people < 1:
        raise ValueError(f"no funnel around {target} for {people}")
    events, scale = target * people / factor, factor / people
    return Funnel(of_events(events, INNER_Z).times(scale), of_events(events, OUTER_Z).times(scale))
