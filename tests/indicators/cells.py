"""Made-up cells of a measure, as an engine would give them, and a measure to count them by."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from samverka.indicators.rules.comparing import Direction
from samverka.indicators.rules.measures import (
    Counted,
    Grain,
    Measure,
    Period,
    Perspective,
    Result,
    Theme,
)

SHARE = Measure(
    code="plan-i-tid", number=1, name="Plan i tid", question="Får de en plan i tid?",
    numerator="De som fick en", denominator="De som behövde en", theme=Theme.COORDINATED,
    result=Result.SHARE, shape="share", settings={}, grain=Grain.MONTH, period=Period.MONTH,
    perspective=Perspective.CONSUMPTION, direction=Direction.HIGH, source="prov",
    unit_words="procent",
)  # fmt: skip
RATE = replace(
    SHARE, code="fall", result=Result.RATE, shape="events", factor=100_000, grain=Grain.YEAR,
    period=Period.ROLLING_3_YEARS, settings={"population": "year-end"},
)  # fmt: skip
MEAN = replace(SHARE, code="dagar", result=Result.MEAN, shape="span", factor=1)

MUNICIPALITIES = ("2303", "2305", "2309", "2313", "2321", "2326", "2361", "2380")
SIZES = (1, 3, 2, 2, 2, 1, 2, 12)


def month(number: int) -> date:
    """The first day of a month: 0 is January 2021."""
    return date(2021 + number // 12, number % 12 + 1, 1)


def cell(
    period: date, municipality: str, part: int, whole: int, *, sex: str = "female", band: int = 80,
    group: str = "", unit: str = "", value: int = 0,
) -> Counted:  # fmt: skip
    """One cell."""
    return Counted(period, municipality, unit, sex, band, group, value, part, whole)


def drawn(
    seed: int, *, months: int = 60, scale: float = 1.0, groups: tuple[str, ...] = (), units: int = 0
) -> list[Counted]:
    """A county's cells by seed: eight municipalities, two sexes, four bands of age."""
    some = random.Random(seed)
    found = []
    for number in range(months):
        for code, size in zip(MUNICIPALITIES, SIZES, strict=True):
            for sex in ("female", "male"):
                for band in (45, 65, 75, 80):
                    whole = some.randint(0, round(3 * size * scale))
                    part = some.randint(0, whole)
                    unit = f"SE-{code}-{some.randrange(units)}" if units else ""
                    one = cell(month(number), code, part, whole, sex=sex, band=band, unit=unit)
                    found.append(one)
                    for name in groups:
                        of_them = some.randint(0, part)
                        inside = of_them + some.randint(0, whole - part)
                        found.append(
                            replace(one, group=name, numerator=of_them, denominator=inside)
                        )
    return found
