"""Two measures of the same thing: what the one tells by subtraction from the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from samverka.indicators.rules.measures import Counted, Measure, Period
from samverka.indicators.rules.reckoning import (
    Before,
    Curves,
    Other,
    PointStatus,
    longest_last,
    reckon_curves,
    stretch,
    subject_of,
)
from tests.indicators.cells import RATE, SHARE, cell, month

SINCE, UNTIL = date(2021, 1, 1), date(2023, 12, 31)
MONTHLY = replace(
    RATE, code="fall-manad", grain=SHARE.grain, period=Period.MONTH, settings={"fact": "stay"}
)
LONG = replace(RATE, settings={"fact": "stay", "population": "year-end", "ages": [65]})
FALLS = {"2303": 4, "2305": 12, "2309": 9, "2380": 40}
"""Falls each month; in the first municipality seven, and 4 in one month only."""


def falls(long: bool, few: int = 4) -> list[Counted]:
    """Three years of falls, by month or by year."""
    found = []
    for number in range(36):
        for code, many in FALLS.items():
            events = (few if number == 7 else 7) if code == "2303" else many
            first = date(month(number).year, 1, 1) if long else month(number)
            found.append(cell(first, code, events, 1000))
    return found


def reckoned(measure: Measure, cells: list[Counted], *others: tuple[Measure, Curves]) -> Curves:
    """A measure, with what has left of others."""
    told = tuple(
        Other({stretch(one, day): kept for day, kept in made.left.items()})
        for one, made in others
        if subject_of(one) == subject_of(measure)
    )
    return reckon_curves(measure, cells, since=SINCE, until=UNTIL, before=Before(others=told))


def status(made: Curves, area: str, day: date) -> PointStatus:
    return next(one.status for one in made.points[area, "all", ""] if one.period == day)


LAST = date(2023, 1, 1)


def test_three_years_do_not_give_a_month_away() -> None:
    by_month = reckoned(MONTHLY, falls(long=False))
    assert status(by_month, "2303", month(7)) is PointStatus.HIDDEN
    assert status(by_month, "2303", month(8)) is PointStatus.SHOWN
    assert status(reckoned(LONG, falls(long=True)), "2303", LAST) is PointStatus.SHOWN
    after = reckoned(LONG, falls(long=True), (MONTHLY, by_month))
    # Else the sum less 35 months is the hidden one; and the county less the others is the sum.
    hidden = [area for area in FALLS if status(after, area, LAST) is PointStatus.HIDDEN]
    assert "2303" in hidden
    assert len(hidden) > 1 or status(after, "23", LAST) is PointStatus.HIDDEN


def test_months_do_not_give_a_month_away_when_the_sum_has_left() -> None:
    sums = reckoned(LONG, falls(long=True))
    after = reckoned(MONTHLY, falls(long=False), (LONG, sums))
    assert all(status(after, "2303", month(number)) is PointStatus.HIDDEN for number in range(36))
    safe = reckoned(MONTHLY, falls(long=False, few=7), (LONG, reckoned(LONG, falls(True, 7))))
    assert status(safe, "2303", month(8)) is PointStatus.SHOWN


@pytest.mark.parametrize(("more", "shown"), [(0, True), (3, False), (5, True)])
def test_the_countys_own_measure_beside_one_that_is_shipped(more: int, shown: bool) -> None:
    own = replace(MONTHLY, code="eget", settings={"fact": "stay", "ages": [64]})
    cells = falls(long=False, few=7)
    first = reckoned(MONTHLY, cells)
    second = reckoned(own, [*cells, cell(month(8), "2305", more, 0)], (MONTHLY, first))
    assert (status(second, "2305", month(8)) is PointStatus.SHOWN) is shown
    if not shown:  # nor by the county less the others
        seen = [a for a in ("23", *FALLS) if status(second, a, month(8)) is PointStatus.SHOWN]
        assert len(seen) < len(FALLS)


def test_what_is_not_of_the_same_thing_is_left_alone() -> None:
    assert subject_of(MONTHLY) == subject_of(LONG)
    assert subject_of(MONTHLY) != subject_of(replace(MONTHLY, settings={"fact": "contact"}))
    assert [one.code for one in longest_last([LONG, MONTHLY])] == [MONTHLY.code, LONG.code]
    other = replace(MONTHLY, settings={"fact": "contact"})
    made = reckoned(LONG, falls(long=True), (other, reckoned(other, falls(long=False))))
    assert status(made, "2303", LAST) is PointStatus.SHOWN
