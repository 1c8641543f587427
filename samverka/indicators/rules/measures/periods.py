"""From cells to periods: what one figure of one year, month or date is reckoned from. Pure.

The engine's cells are of months, years or dates (`Grain`); a figure is of what the measure says
(`Period`). Only periods that the data covers whole are given: a year in the making has no figure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from samverka.indicators.rules.kept import NATION, AreaKind, Split
from samverka.indicators.rules.measures.counted import Counted
from samverka.indicators.rules.measures.kinds import Grain, Measure, Period
from samverka.indicators.rules.measures.settings import Points

Histogram = tuple[tuple[int, int], ...]
"""(value, how many had it), in order of value."""

AGE_PARTS: Final = {"0-19": (0, 19), "20-64": (20, 64), "65-79": (65, 79), "80+": (80, None)}
"""Parts of the split by age: name → lowest and highest age."""

POINT_PERIODS: Final = frozenset({Period.POINT, Period.WINDOW_14_DAYS, Period.WINDOW_18_MONTHS})


@dataclass(frozen=True, slots=True)
class Tally:
    """What one figure is reckoned from; whole numbers only.

    Attributes:
        period: first day of the period that gives it its name (of three years: of the last); for a date,
            that day. `since`, `until`: first and last day of all that was counted.
        numerator, denominator: of everything.
        values: for means, medians and the index of continuity.
        strata: for standardised rates: (lowest age of the band, events, people).
        months: each month that has anything to reckon on, for means and medians of months:
            (numerator, denominator, values).
    """

    period: date
    since: date
    until: date
    numerator: int
    denominator: int
    values: Histogram = ()
    strata: tuple[tuple[int, int, int], ...] = ()
    months: tuple[tuple[int, int, Histogram], ...] = ()


def of_area(cells: Iterable[Counted], kind: AreaKind, code: str) -> list[Counted]:
    """The cells of an area. County: by the county's two digits, so those of unknown municipality too."""
    return [one for one in cells if code in _codes(one, kind)]


def by_area(cells: Iterable[Counted]) -> dict[tuple[AreaKind, str], list[Counted]]:
    """Every area that has a cell, in one pass."""
    found: dict[tuple[AreaKind, str], list[Counted]] = defaultdict(list)
    for one in cells:
        for kind in AreaKind:
            for code in _codes(one, kind):
                found[kind, code].append(one)
    return dict(found)


def _codes(cell: Counted, kind: AreaKind) -> tuple[str, ...]:
    match kind:
        case AreaKind.NATION:
            return (NATION,)
        case AreaKind.COUNTY:
            return (cell.municipality[:2],) if cell.municipality else ()
        case AreaKind.MUNICIPALITY:
            return (cell.municipality,) if len(cell.municipality) == 4 else ()
        case AreaKind.UNIT:
            return (cell.unit,) if cell.unit else ()


def of_part(cells: Iterable[Counted], split: Split, part: str = "") -> list[Counted]:
    """The cells of a part of the people: all, one sex, an age part ("65-79"), a target group."""
    if split is Split.GROUP:
        return [one for one in cells if one.group == part]
    everyone = [one for one in cells if not one.group]
    if split is Split.SEX:
        return [one for one in everyone if one.sex == part]
    if split is Split.AGE:
        low, high = AGE_PARTS[part]
        return [one for one in everyone if one.band >= low and (high is None or one.band <= high)]
    return everyone


def parts(measure: Measure, cells: Iterable[Counted]) -> list[tuple[Split, str]]:
    """Every part that has a cell, all first. Ages only where there is more than one part."""
    cells = list(cells)
    ages = [
        (Split.AGE, name)
        for name, (low, high) in AGE_PARTS.items()
        if any(one.band >= low and (high is None or one.band <= high) for one in cells)
    ]
    sexes = sorted({one.sex for one in cells} - {""})
    groups = sorted({one.group for one in cells} - {""})
    return [
        (Split.ALL, ""),
        *((Split.SEX, one) for one in sexes),
        *(ages if len(ages) > 1 else ()),
        *((Split.GROUP, one) for one in groups),
    ]


def tallies(
    measure: Measure, cells: Iterable[Counted], *, first: date, last: date,
    period: Period | None = None,
) -> tuple[Tally, ...]:  # fmt: skip
    """The whole periods between the first and last day that the data covers, oldest first.

    Args:
        cells: of one area and one part (`of_area`, `of_part`).
        period: instead of the measure's own: months, for the chart of a measure that is told per year.
    """
    found = _gathered(cells)
    last = ripe(measure, last)
    rule = period or measure.period
    if rule in POINT_PERIODS:
        return tuple(_tally(one, one, one, [one], found) for one in points(measure, first, last))
    if rule is Period.MONTH:
        return tuple(_tally(m, m, _month_end(m), [m], found) for m in months(first, last))
    if rule is Period.ROLLING_3_YEARS:
        whole = years(first, last)
        return tuple(_year(measure, y, found, back=2) for y in whole[2:])
    return tuple(_year(measure, y, found) for y in years(first, last))


def ripe(measure: Measure, last: date) -> date:
    """The last day that can be counted: what must follow has had its days by then."""
    return last - _follow(measure)


def awaited(measure: Measure, until: date) -> date:
    """The last day of the data that a period needs, which ends on `until`: the reverse of `ripe`."""
    return until + _follow(measure)


def _follow(measure: Measure) -> timedelta:
    days = measure.settings.get("follow_days", 0)
    return timedelta(days=days if isinstance(days, int) else 0)


def months(first: date, last: date) -> list[date]:
    """First days of the months that lie whole between two days."""
    found, at = [], first if first.day == 1 else _after(first)
    while _month_end(at) <= last:
        found.append(at)
        at = _after(at)
    return found


def years(first: date, last: date) -> list[date]:
    """First days of the years that lie whole between two days."""
    begin = first.year if (first.month, first.day) == (1, 1) else first.year + 1
    return [date(y, 1, 1) for y in range(begin, last.year + 1) if date(y, 12, 31) <= last]


def points(measure: Measure, first: date, last: date) -> list[date]:
    """Last days of months on which a measure of a date is counted."""
    step = Points(str(measure.settings.get("points", Points.MONTH)))
    every = {Points.MONTH: 1, Points.QUARTER: 3, Points.YEAR: 12}[step]
    begin = first.replace(day=1)
    return [_month_end(one) for one in months(begin, last) if one.month % every == 0]


def _after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _month_end(day: date) -> date:
    return _after(day) - timedelta(days=1)


def _gathered(cells: Iterable[Counted]) -> dict[date, list[Counted]]:
    found: dict[date, list[Counted]] = defaultdict(list)
    for one in cells:
        found[one.period].append(one)
    return dict(found)


def _year(measure: Measure, year: date, found: dict[date, list[Counted]], back: int = 0) -> Tally:
    since = date(year.year - back, 1, 1)
    until = date(year.year, 12, 31)
    keys = [since.replace(year=y) for y in range(since.year, year.year + 1)]
    if measure.grain is Grain.MONTH:
        keys = months(since, until)
    if measure.grain is Grain.POINT:
        keys = points(measure, since, until)
    return _tally(year, since, until, keys, found)


def _tally(
    period: date, since: date, until: date, keys: Sequence[date], found: dict[date, list[Counted]]
) -> Tally:
    monthly = [found[key] for key in keys if key in found]
    cells = [one for month in monthly for one in month]
    return Tally(
        period, since, until, _numerator(cells), _denominator(cells), histogram(cells),
        _strata(cells),
        tuple(
            (_numerator(one), _denominator(one), histogram(one)) for one in monthly
            if _denominator(one) or _numerator(one)
        ),
    )  # fmt: skip


def _numerator(cells: Iterable[Counted]) -> int:
    return sum(one.numerator for one in cells)


def _denominator(cells: Iterable[Counted]) -> int:
    return sum(one.denominator for one in cells)


def histogram(cells: Iterable[Counted]) -> Histogram:
    """How many had each value."""
    many: Counter[int] = Counter()
    for one in cells:
        many[one.value] += one.numerator
    return tuple(sorted((value, n) for value, n in many.items() if n))


def _strata(cells: Iterable[Counted]) -> tuple[tuple[int, int, int], ...]:
    bands: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for one in cells:
        bands[one.band][0] += one.numerator
        bands[one.band][1] += one.denominator
    return tuple((band, *pair) for band, pair in sorted(bands.items()))  # type: ignore[misc]
