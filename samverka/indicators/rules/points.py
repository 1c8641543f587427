"""One period of a curve, as it may be shown; and what is set beside the newest. Pure.

What is kept has been through disclosure control. Whoever reads it drops the numbers of every point that
is not shown once more, and refuses a value that cannot be, so that no page has to remember to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from statistics import median

from samverka.indicators.rules.comparing import Beside, beside
from samverka.indicators.rules.figures import Reckoned
from samverka.indicators.rules.intervals import Interval
from samverka.indicators.rules.measures import Measure, Result, Shape
from samverka.indicators.rules.numbers import WHOLE, in_words
from samverka.indicators.rules.reckoning.points import PointStatus
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


@dataclass(frozen=True, slots=True)
class Point:
    """One period as a page reads it (as it is kept: `KeptPoint`). The numbers are None unless it is shown; `why`: what a refusal says."""

    period: date
    status: PointStatus
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    why: Text | str = ""

    @property
    def shown(self) -> bool:
        """Whether there is a number to show."""
        return self.value is not None


def read_points(kept: Sequence[Mapping[str, object]], measure: Measure) -> tuple[Point, ...]:
    """The points of a curve in order of time."""
    found = (_point(one, measure) for one in kept)
    return tuple(sorted(found, key=lambda one: one.period))


def _point(kept: Mapping[str, object], measure: Measure) -> Point:
    period = date.fromisoformat(str(kept["period"]))
    status = PointStatus(str(kept["status"]))
    if status is not PointStatus.SHOWN:
        return Point(period, status, why=str(kept.get("why") or ""))
    value = _number(kept.get("value"))
    if value is None:
        return Point(period, PointStatus.MISSING)
    if refused := _refused(value, measure):
        return Point(period, PointStatus.REFUSED, why=refused)
    return Point(
        period,
        status,
        value,
        _number(kept.get("low")),
        _number(kept.get("high")),
        _count(kept.get("numerator")),
        _count(kept.get("denominator")),
    )


def _refused(value: Decimal, measure: Measure) -> Text | str:
    low, high = measure.good_between
    if measure.result is Result.SHARE and measure.factor == WHOLE:
        low, high = (0 if low is None else low), (float(WHOLE) if high is None else high)
    if (low is None or value >= Decimal(str(low))) and (
        high is None or value <= Decimal(str(high))
    ):
        return ""
    said = {"value": in_words(value, 2), "unit": measure.unit_words}
    if low is not None and high is not None:
        return _(
            "%(value)s %(unit)s går inte: det ska vara mellan %(low)s och %(high)s.",
            low=in_words(low, 2), high=in_words(high, 2), **said,
        )  # fmt: skip
    return _("%(value)s %(unit)s är orimligt.", **said)


def _number(kept: object) -> Decimal | None:
    try:
        found = Decimal(str(kept)) if kept not in (None, "") else None
    except InvalidOperation:
        return None
    return found if found is None or found.is_finite() else None


def _count(kept: object) -> int | None:
    number = _number(kept)
    return None if number is None else int(number)


def newest(points: Sequence[Point]) -> Point | None:
    """The last point that can be shown."""
    return next((one for one in reversed(points) if one.shown), None)


def unbroken(points: Sequence[Point], measure: Measure, point: Point) -> tuple[Point, ...]:
    """The points that are the same thing as this one: none from before the last break of the series."""
    breaks = [one.on for one in measure.breaks if one.on <= point.period]
    first = max(breaks, default=date.min)
    return tuple(one for one in points if one.period >= first)


def year_before(points: Sequence[Point], point: Point) -> Point | None:
    """The same time the year before, if it can be shown."""
    wanted = (point.period.year - 1, point.period.month)
    found = (one for one in points if (one.period.year, one.period.month) == wanted and one.shown)
    return next(found, None)


def at(points: Sequence[Point], period: date) -> Point | None:
    """The point of that period, if it can be shown."""
    return next((one for one in points if one.period == period and one.shown), None)


def middle(points: Sequence[Point | None]) -> Decimal | None:
    """The median of those that can be shown."""
    values = [one.value for one in points if one is not None and one.value is not None]
    return median(values) if values else None


def compared(point: Point, other: Decimal | None, measure: Measure) -> Beside | None:
    """The point beside another value; None where either is not known, or how sure it is is not."""
    if point.value is None or other is None or point.low is None or point.high is None:
        return None
    found = Reckoned(
        Fraction(point.value),
        Interval(float(point.low), float(point.high)),
        point.numerator or 0,
        point.denominator or 0,
        measure.factor,
    )
    return beside(found, float(other), measure.direction)


def has_steps(measure: Measure) -> bool:
    """Whether it is a length of time told group by group: which step, and whose it is."""
    return measure.shape == Shape.SPAN and bool(measure.settings.get("group_by"))


def longest(groups: Mapping[str, Sequence[Point]], period: date) -> tuple[str, Decimal] | None:
    """The group that took longest in the period, of those that can be shown; None if none can."""
    found = [
        (point.value, group)
        for group, points in groups.items()
        if (point := at(points, period)) and point.value is not None
    ]
    if not found:
        return None
    value, group = max(found)
    return group, value
