"""One point of a curve, as it may be shown. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import floor, log10
from typing import Final

from samverka.indicators.rules.figures import Reckoned
from samverka.indicators.rules.measures import Measure, Period, Result, exposure
from samverka.indicators.rules.numbers import rounded

MORE_PLACES: Final = 2
"""Decimals that are kept beside those that are shown."""

STANDARDISED_DIGITS: Final = 3
"""A standardised rate weighs each age by itself: with all its digits, a few events could be sorted by age."""

LEAST_RANKED: Final = 16
"""With fewer, the ends of a median's interval are the values of fewer than five persons."""


class PointStatus(StrEnum):
    """What stands at a point."""

    SHOWN = "shown"
    HIDDEN = "hidden"  # few, or it would tell of few
    MISSING = "missing"  # nobody to reckon on
    REFUSED = "refused"  # it cannot be true


@dataclass(frozen=True, slots=True)
class KeptPoint:
    """A figure of one stretch of time as it is kept; numbers are there only when it is shown.

    Attributes:
        period: its first day (of several years: of the last).
        value, low, high: as text, in the unit of the measure; no interval: empty.
        why: why a figure is refused or missing, in words.
    """

    period: date
    status: PointStatus
    numerator: int = 0
    denominator: int = 0
    value: str = ""
    low: str = ""
    high: str = ""
    why: str = ""

    def as_data(self) -> dict[str, object]:
        """As it is kept."""
        found: dict[str, object] = {"period": self.period.isoformat(), "status": self.status.value}
        if self.status is PointStatus.SHOWN:
            found |= {
                "numerator": self.numerator,
                "denominator": self.denominator,
                "value": self.value,
                "low": self.low or None,
                "high": self.high or None,
            }
        elif self.why:
            found["why"] = self.why
        return found


def point_of(data: Mapping[str, object]) -> KeptPoint:
    """A point from how it is kept."""
    return KeptPoint(
        period=date.fromisoformat(str(data["period"])),
        status=PointStatus(str(data["status"])),
        numerator=int(str(data.get("numerator", 0))),
        denominator=int(str(data.get("denominator", 0))),
        value=str(data.get("value", "")),
        low=str(data.get("low") or ""),
        high=str(data.get("high") or ""),
        why=str(data.get("why", "")),
    )


def shown(measure: Measure, period: date, found: Reckoned) -> KeptPoint:
    """The point of a figure that may be shown."""
    few = (
        measure.result is Result.MEDIAN
        and measure.period is not Period.MEDIAN_OF_MEDIANS
        and found.denominator < LEAST_RANKED
    )
    ends = () if few else (found.interval.low, found.interval.high)
    low, high = [_text(measure, Fraction(one)) for one in ends] or ["", ""]
    return KeptPoint(
        period,
        PointStatus.SHOWN,
        found.numerator,
        found.denominator // exposure(measure),
        _text(measure, found.value),
        low,
        high,
    )


def _text(measure: Measure, value: Fraction) -> str:
    places = measure.decimals + MORE_PLACES
    if measure.result is Result.STANDARDISED and value:
        places = min(places, STANDARDISED_DIGITS - 1 - floor(log10(abs(value))))
    if places < 0:
        scale: int = 10**-places
        return str(int(rounded(value / scale, 0)) * scale)
    return f"{rounded(value, places):f}"
