"""The country and the other twenty regions, as figures that they might have published: whole figures, no facts.

Made from the county's own: where something is published (`target.py`) at that distance from it, else at a distance that
chance gives. They come in as a file would. So the county can be seen beside others in the demo; they are nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import exp, log
from random import Random
from typing import Final

from samverka.demo.county import REGION
from samverka.demo.history.target import PUBLISHED
from samverka.indicators.rules.figures import Reckoned, rate, share
from samverka.indicators.rules.intervals import Interval
from samverka.indicators.rules.kept import NATION
from samverka.indicators.rules.measures import Measure, Result, exposure
from samverka.indicators.rules.points import Point
from samverka.indicators.rules.published import PublishedCurve
from samverka.indicators.rules.reckoning.points import shown
from samverka.kernel.areas import counties, population_2019

SOURCE: Final = "påhittade för demon, efter publicerade nivåer i Kolada"

SPREAD: Final = 0.12
"""How far apart regions lie where nothing is published: standard deviation of the logarithm."""

PERIODS: Final = 24
"""So many of the newest periods are told of each region; of the country all."""


@dataclass(frozen=True, slots=True)
class Own:
    """What the county's own curve says of a measure."""

    measure: Measure
    points: tuple[Point, ...]


def published(own: Iterable[Own], seed: int) -> Iterator[PublishedCurve]:
    """The curves of the country and the other regions for each measure that the county has figures of."""
    for one in own:
        told = [at for at in one.points if at.value is not None]
        if len(told) < 2:
            continue
        for area in (NATION, *(code for code in counties() if code != REGION.code)):
            yield _curve(one.measure, told if area == NATION else told[-PERIODS:], area, seed, told)


def _curve(
    measure: Measure, told: list[Point], area: str, seed: int, all_told: list[Point]
) -> PublishedCurve:
    chance = Random(f"{seed} {measure.code} {area}")  # noqa: S311 # no secret
    middle = sorted(_value(one) for one in all_told)[len(all_told) // 2]
    level = _level(measure, middle, area, chance)
    many = people()[area] / people()[REGION.code]
    drift = chance.gauss(0, 0.01)
    points = []
    for at in told:
        years = (at.period - all_told[0].period).days / 365.25
        moved = _moved(
            measure, level, exp(drift * (years - 2) + chance.gauss(0, 0.012 / many**0.25))
        )
        if (found := _figure(measure, at, moved, many)) is not None:
            points.append(shown(measure, at.period, found))
    return PublishedCurve(measure.code, area, tuple(points))


def _value(point: Point) -> float:
    return float(point.value or 0)


def _level(measure: Measure, middle: float, area: str, chance: Random) -> float:
    """Where the area lies: at its published distance from the county, or by chance."""
    known = PUBLISHED.get(measure.official)
    if known is None:
        return _moved(
            measure, middle, exp(chance.gauss(0, 0.3 * SPREAD if area == NATION else SPREAD))
        )
    if area == NATION:
        return _moved(measure, middle, _times(measure, known.county, known.nation))
    drawn = chance.gauss(known.nation, (known.highest - known.lowest) / 4)
    inside = min(known.highest, max(known.lowest, drawn))
    return _moved(measure, middle, _times(measure, known.county, inside))


def _bounded(measure: Measure) -> bool:
    """Whether the value cannot pass its factor: a share of a hundred."""
    return measure.result in {Result.SHARE, Result.INDEX}


def _odds(measure: Measure, value: float) -> float:
    part = min(0.999, max(0.001, value / measure.factor))
    return part / (1 - part)


def _times(measure: Measure, one: float, other: float) -> float:
    """How many times the other is the one; of a share in odds."""
    if _bounded(measure):
        return _odds(measure, other) / _odds(measure, one)
    return other / one


def _moved(measure: Measure, value: float, times: float) -> float:
    """The value so many times; a share stays below its factor."""
    if not _bounded(measure):
        return value * times
    odds = exp(log(_odds(measure, value)) + log(times))
    return measure.factor * odds / (1 + odds)


def _figure(measure: Measure, at: Point, value: float, many: float) -> Reckoned | None:
    """A figure near the value, of so many times more people; shares and rates are reckoned from counts."""
    whole = round((at.denominator or 0) * many)
    factor = measure.factor * exposure(measure)
    if measure.result is Result.SHARE and whole:
        part = min(whole, round(value * whole / measure.factor))
        return share(part, whole, factor=measure.factor)
    if measure.result is Result.RATE and whole:
        return rate(round(value * whole / measure.factor), whole * exposure(measure), factor=factor)
    half = (float(at.high) - float(at.low)) / 2 if at.high is not None and at.low is not None else 0
    reach = half / many**0.5
    counted = round((at.numerator or 0) * many)
    if measure.result is Result.COUNT:
        value *= many
    return Reckoned(
        Fraction(value).limit_denominator(10**6),
        Interval(max(0.0, value - reach), value + reach),
        counted,
        whole * exposure(measure),
        measure.factor,
    )


@cache
def people() -> dict[str, int]:
    """Inhabitants of each county, and of the country."""
    found: dict[str, int] = {}
    for (code, _sex), ages in population_2019().items():
        found[code[:2]] = found.get(code[:2], 0) + sum(ages)
    return found | {NATION: sum(found.values())}
