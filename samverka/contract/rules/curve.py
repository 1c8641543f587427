"""Measurements of one sort over time: a small curve, and the sentence that says the same. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samverka.kernel.text import Text
from samverka.kernel.text import text as _

WIDTH, HEIGHT, EDGE = 240, 56, 4
"""The picture's size and the space around the line, in its own units."""

LEAST = 3
"""Fewer days than so are told in words alone: a line between two points says more than is known."""

MOST = 30
"""Days in a curve; older ones stand in the record."""

ALIKE = Decimal("0.02")
"""A change smaller than this part of the first value is told as "ungefär som förut". Our own choice:
it says nothing about health, only whether the line goes up or down."""


@dataclass(frozen=True, slots=True)
class Point:
    """One measured day."""

    day: date
    number: Decimal


@dataclass(frozen=True, slots=True)
class Curve:
    """A line to draw. `line`: the points of a polyline; `x`, `y`: the last of them."""

    line: str
    x: int
    y: int
    since: date
    words: Text


def draw_curve(points: Sequence[Point], unit: str) -> Curve | None:
    """A curve of the latest days, or None when there are too few. One value a day: the last given."""
    by_day = {one.day: one.number for one in sorted(points, key=lambda one: one.day)}
    days = sorted(by_day)[-MOST:]
    if len(days) < LEAST:
        return None
    values = [by_day[day] for day in days]
    placed = list(zip(_across(days), _down(values), strict=True))
    return Curve(
        line=" ".join(f"{x},{y}" for x, y in placed),
        x=placed[-1][0],
        y=placed[-1][1],
        since=days[0],
        words=_told(values[0], values[-1], unit),
    )


def _across(days: Sequence[date]) -> list[int]:
    span = (days[-1] - days[0]).days
    return [EDGE + round((day - days[0]).days * (WIDTH - 2 * EDGE) / span) for day in days]


def _down(values: Sequence[Decimal]) -> list[int]:
    low, high = min(values), max(values)
    if low == high:
        return [HEIGHT // 2] * len(values)
    return [EDGE + round((high - one) * (HEIGHT - 2 * EDGE) / (high - low)) for one in values]


def _told(first: Decimal, last: Decimal, unit: str) -> Text:
    values = {"first": _number(first), "last": f"{_number(last)} {unit}".strip()}
    if abs(last - first) <= abs(first) * ALIKE:
        return _("Ungefär som förut: %(last)s.", last=values["last"])
    if last > first:
        return _("Upp från %(first)s till %(last)s.", **values)
    return _("Ner från %(first)s till %(last)s.", **values)


def _number(value: Decimal) -> str:
    return format(value, "f").replace(".", ",").replace("-", "−")
