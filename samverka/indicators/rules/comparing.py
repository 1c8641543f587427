"""A figure beside another: higher, lower, or too close to tell. Pure.

Where the interval covers the comparator no word or colour ranks: the difference may be chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from samverka.indicators.rules.figures import Reckoned
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class Direction(StrEnum):
    """Which way is good. Kolada has no such field, so each measure keeps its own."""

    HIGH = "high"
    LOW = "low"
    NEUTRAL = "neutral"


class Standing(StrEnum):
    """Where the whole interval lies."""

    ALIKE = "alike"
    HIGHER = "higher"
    LOWER = "lower"


class Colour(StrEnum):
    """Whether a colour may say good or bad."""

    NONE = "none"
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Beside:
    """A comparison, for the eye and in words."""

    standing: Standing
    colour: Colour
    words: Text


def beside(figure: Reckoned, other: Fraction | float, direction: Direction) -> Beside:
    """The figure beside a comparator in the same unit: own past, the like, region, nation, a target."""
    standing = _standing(figure, float(other))
    return Beside(standing, _colour(standing, direction), _words(standing))


def _standing(figure: Reckoned, other: float) -> Standing:
    if figure.interval.covers(other):
        return Standing.ALIKE
    return Standing.HIGHER if figure.interval.low > other else Standing.LOWER


def _colour(standing: Standing, direction: Direction) -> Colour:
    if standing is Standing.ALIKE or direction is Direction.NEUTRAL:
        return Colour.NONE
    good = Standing.HIGHER if direction is Direction.HIGH else Standing.LOWER
    return Colour.GOOD if standing is good else Colour.BAD


def _words(standing: Standing) -> Text:
    if standing is Standing.HIGHER:
        return _("Högre, mer än slumpen förklarar.")
    if standing is Standing.LOWER:
        return _("Lägre, mer än slumpen förklarar.")
    return _("Skillnaden kan bero på slumpen.")
