"""Intervals: how far a figure could be from what it measures, by chance alone. Pure.

Sources: APHO/PHE Technical Briefing 3, Commonly used public health statistics and their confidence
intervals (2008), which names these methods; each function names its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Final

from samverka.indicators.rules.numbers import check_count, check_part

USUAL: Final = 0.95
"""Confidence of an interval where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included, in the unit of the figure it belongs to."""

    low: float
    high: float

    def covers(self, value: float) -> bool:
        """Whether the value lies within: then a difference from it may be chance."""
        return self.low <= value <= self.high

    def times(self, factor: float) -> Interval:
        """In another unit: a share in per cent, a rate per 100 000."""
        return Interval(self.low * factor, self.high * factor)


def quantile(confidence: float = USUAL) -> float:
    """z of a two-sided interval: 1.959963984540054 for 0.95.

    Raises:
        ValueError: a confidence that is not between 0 and 1: a fault in the program.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is {confidence}, not between 0 and 1")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(part: int, whole: int, confidence: float = USUAL) -> Interval:
    """The score interval of a proportion, as a part of one (Wilson, JASA 1927;22:209).

    Raises:
        Invalid: counts that cannot be.
        ZeroDivisionError: nobody in the whole; ask before.
    """
    check_part(part, whole)
    return around(part / whole, whole, quantile(confidence))


def around(share: float, whole: float, z: float) -> Interval:
    """Wilson's formula around any share: of a sample, or of a target in a funnel."""
    middle = share + z * z / (2 * whole)
    reach = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    under = 1 + z * z / whole
    # At the ends the limit is the end itself, not the last digit of a root.
    low = (middle - reach) / under if share > 0 else 0.0
    high = (middle + reach) / under if share < 1 else 1.0
    return Interval(max(0.0, low), min(1.0, high))


def byar(count: int, confidence: float = USUAL) -> Interval:
    """The interval of a count of events (Byar, in Breslow & Day, IARC 1987, vol. 2, p. 69).

    Raises:
        Invalid: a negative count.
    """
    check_count(count)
    return of_events(count, quantile(confidence))


def of_events(count: float, z: float) -> Interval:
    """Byar's formula around any number of events, observed or expected."""
    more = count + 1
    high = more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3
    if not count:
        return Interval(0.0, high)
    root = 1 - 1 / (9 * count) - z / (3 * sqrt(count))
    return Interval(count * max(0.0, root) ** 3, high)
