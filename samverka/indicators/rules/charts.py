"""What a curve says: the run chart with its rules, and limits for single values (XmR). Pure.

Sources: Provost & Murray, The Health Care Data Guide (2nd ed. 2022), chapters 3, 4 and 5; Perla, Provost &
Murray, BMJ Qual Saf 2011;20:46. A gap (None: hidden, missing, not complete) is passed over, never drawn
as zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import comb
from typing import Final

Value = Fraction | Decimal | float
Point = tuple[int, Fraction]
"""Its place in the series, gaps counted, and its value."""

SHIFT: Final = 6
"""So many points in a row on one side of the median."""

TREND: Final = 5
"""So many points in a row, each above (or each below) the one before."""

FEWEST: Final = 10
"""With fewer points off the median the number of runs tells nothing."""

TAIL: Final = Fraction(1, 40)
"""At most this chance of too few runs where nothing has changed; and the same for too many."""

XMR_REACH: Final = Fraction(266, 100)
"""Limits lie so many mean moving ranges from the mean: 3 / 1.128."""

XMR_SHIFT: Final = 8
XMR_TREND: Final = 6


class Pattern(StrEnum):
    """What more than chance looks like."""

    SHIFT = "shift"
    TREND = "trend"
    FEW_RUNS = "few_runs"
    MANY_RUNS = "many_runs"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Signal:
    """A pattern, and the places in the series of its first and its last point."""

    pattern: Pattern
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class RunChart:
    """A curve around its median.

    Attributes:
        median: None where there is no point.
        useful: points that do not lie on the median.
        runs: stretches of useful points on one side; `expected`: how many chance gives, from and to,
            None where the points are too few to tell.
    """

    median: Fraction | None
    useful: int
    runs: int
    expected: tuple[int, int] | None
    signals: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class XmrChart:
    """Single values and their natural limits: mean ± 2.66 mean moving ranges; None with too few points."""

    mean: Fraction | None
    low: Fraction | None
    high: Fraction | None
    signals: tuple[Signal, ...]


def run_chart(values: Sequence[Value | None], median: Value | None = None) -> RunChart:
    """The median and what speaks against chance.

    Args:
        median: one that was frozen before the change; otherwise that of all points.
    """
    points = _points(values)
    if not points:
        return RunChart(None, 0, 0, None, ())
    middle = _exact(median) if median is not None else _median([one for _at, one in points])
    useful = [point for point in points if point[1] != middle]
    sides = list(_stretches(useful, lambda point: point[1] > middle))
    expected = expected_runs(
        sum(one > middle for _at, one in useful), sum(one < middle for _at, one in useful)
    )
    signals = [
        *_long(sides, SHIFT, Pattern.SHIFT),
        *_trends(points, TREND),
        *_number_of_runs(useful, len(sides), expected),
    ]
    return RunChart(middle, len(useful), len(sides), expected, tuple(signals))


def xmr_chart(values: Sequence[Value | None]) -> XmrChart:
    """Limits of single values. A range is taken only between points that are neighbours."""
    points = _points(values)
    ranges = [abs(b - a) for (i, a), (j, b) in pairwise(points) if j == i + 1]
    if not ranges:
        return XmrChart(None, None, None, ())
    mean = sum((one for _at, one in points), Fraction(0)) / len(points)
    reach = XMR_REACH * sum(ranges) / len(ranges)
    low, high = mean - reach, mean + reach
    off = [point for point in points if point[1] != mean]
    signals = [
        *(Signal(Pattern.OUTSIDE, at, at) for at, one in points if not low <= one <= high),
        *_long(_stretches(off, lambda point: point[1] > mean), XMR_SHIFT, Pattern.SHIFT),
        *_trends(points, XMR_TREND),
    ]
    return XmrChart(mean, low, high, tuple(signals))


@lru_cache(maxsize=256)
def expected_runs(above: int, below: int) -> tuple[int, int] | None:
    """From how few to how many runs chance gives, with at most 2.5 % outside on either hand.

    The exact distribution (Wald & Wolfowitz 1940), from which the table of Swed & Eisenhart (Ann Math
    Stat 1943;14:66) in the textbooks was reckoned; 24 points, 12 on each side, give 8 to 18.
    """
    if above + below < FEWEST or not above or not below:
        return None
    total, most = comb(above + below, above), 2 * min(above, below) + (above != below)
    low, few = 2, _ways(above, below, 2)
    while few <= total * TAIL:
        low += 1
        few += _ways(above, below, low)
    high, many = most, _ways(above, below, most)
    while many <= total * TAIL:
        high -= 1
        many += _ways(above, below, high)
    return low, high


def _ways(above: int, below: int, runs: int) -> int:
    """In how many orders the points make so many runs."""
    half, odd = divmod(runs, 2)
    if not odd:
        return 2 * comb(above - 1, half - 1) * comb(below - 1, half - 1)
    return comb(above - 1, half) * comb(below - 1, half - 1) + comb(above - 1, half - 1) * comb(
        below - 1, half
    )


def _exact(value: Value) -> Fraction:
    """A float is the number that it prints as, so that 0.1 + 0.2 does not make a trend."""
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def _points(values: Sequence[Value | None]) -> list[Point]:
    return [(at, _exact(one)) for at, one in enumerate(values) if one is not None]


def _median(values: Sequence[Fraction]) -> Fraction:
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def _stretches(points: Sequence[Point], key: Callable[[Point], bool]) -> Iterator[list[Point]]:
    """Points in a row with the same key."""
    stretch: list[Point] = []
    for point in points:
        if stretch and key(point) != key(stretch[-1]):
            yield stretch
            stretch = []
        stretch.append(point)
    if stretch:
        yield stretch


def _long(
    stretches: Sequence[list[Point]] | Iterator[list[Point]], least: int, pattern: Pattern
) -> Iterator[Signal]:
    for one in stretches:
        if len(one) >= least:
            yield Signal(pattern, one[0][0], one[-1][0])


def _trends(points: Sequence[Point], least: int) -> Iterator[Signal]:
    """Rows that only rise or only fall. One equal to the one before is passed over."""
    moving = [*points[:1], *(b for a, b in pairwise(points) if a[1] != b[1])]
    steps = [(at, b[1] - a[1]) for at, (a, b) in enumerate(pairwise(moving))]
    for one in _stretches(steps, lambda step: step[1] > 0):
        if len(one) + 1 >= least:
            yield Signal(Pattern.TREND, moving[one[0][0]][0], moving[one[-1][0] + 1][0])


def _number_of_runs(
    useful: Sequence[Point], runs: int, expected: tuple[int, int] | None
) -> Iterator[Signal]:
    if expected and runs < expected[0]:
        yield Signal(Pattern.FEW_RUNS, useful[0][0], useful[-1][0])
    if expected and runs > expected[1]:
        yield Signal(Pattern.MANY_RUNS, useful[0][0], useful[-1][0])
