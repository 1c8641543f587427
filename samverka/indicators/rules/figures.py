"""A figure out of whole numbers: a share, a rate, a count, with its interval. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from samverka.indicators.rules.intervals import USUAL, Interval, byar, wilson
from samverka.indicators.rules.numbers import check_count, check_part

PER_CENT: Final = 100
PER_100_000: Final = 100_000


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One figure, exact.

    Attributes:
        value: numerator / denominator x factor (or the standardised rate), not rounded.
        interval: in the same unit as the value.
        numerator, denominator: what it was reckoned from; shown beside it.
        factor: per how many: 1, 100, 1 000, 100 000.
        standard: name of the standard population; empty if the figure is crude.
    """

    value: Fraction
    interval: Interval
    numerator: int
    denominator: int
    factor: int
    standard: str = ""


def share(
    part: int, whole: int, *, factor: int = PER_CENT, confidence: float = USUAL
) -> Reckoned | None:
    """How large a part of those who could: each is counted once. Wilson's interval.

    Returns:
        None where there is nobody to reckon on.

    Raises:
        Invalid: the part is larger than the whole, or a count is negative.
    """
    check_part(part, whole)
    if not whole:
        return None
    found = wilson(part, whole, confidence).times(factor)
    return Reckoned(Fraction(part * factor, whole), found, part, whole, factor)


def rate(
    events: int, people: int, *, factor: int = PER_100_000, confidence: float = USUAL
) -> Reckoned | None:
    """Events per so many people: one person may have several, so it may exceed the factor. Byar's.

    Returns:
        None where there is nobody to reckon on.

    Raises:
        Invalid: a count is negative.
    """
    check_count(events)
    check_count(people)
    if not people:
        return None
    found = byar(events, confidence).times(factor / people)
    return Reckoned(Fraction(events * factor, people), found, events, people, factor)


def count(events: int, *, confidence: float = USUAL) -> Reckoned:
    """A plain number of events, with Byar's interval.

    Raises:
        Invalid: the count is negative.
    """
    return Reckoned(Fraction(events), byar(events, confidence), events, 1, 1)
