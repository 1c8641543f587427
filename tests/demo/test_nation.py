"""The country and the other regions of the demo: at their published distance, the same twice, never impossible."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from statistics import mean

import pytest

from samverka.demo.history.nation import PERIODS, Own, published
from samverka.demo.history.target import PUBLISHED
from samverka.indicators.rules.kept import NATION
from samverka.indicators.rules.measures import Measure, Result
from samverka.indicators.rules.points import Point
from samverka.indicators.rules.published import read_published, write_published
from samverka.indicators.rules.reckoning.points import PointStatus
from samverka.indicators.warehouse.measures import shipped
from samverka.kernel.areas import counties


def own(measure: Measure, value: str, months: int = 30) -> Own:
    """The county's curve, flat."""
    at = [date(2023 + n // 12, n % 12 + 1, 1) for n in range(months)]
    low, high = Decimal(value) * Decimal("0.9"), Decimal(value) * Decimal("1.1")
    return Own(
        measure,
        tuple(Point(one, PointStatus.SHOWN, Decimal(value), low, high, 900, 1000) for one in at),
    )


@pytest.mark.parametrize(
    "code", ["telefon-samma-dag", "paverkbar-slutenvard", "utskrivningsklar-dygn-65"]
)
def test_they_lie_at_their_published_distance(code: str) -> None:
    measure = shipped()[code]
    target = PUBLISHED[measure.official]
    curves = list(published([own(measure, str(target.county))], seed=1))
    levels = {one.area: mean(float(at.value) for at in one.points) for one in curves}
    assert set(levels) == {NATION, *counties()} - {"23"}
    assert levels[NATION] == pytest.approx(target.nation, rel=0.05)
    for area, level in levels.items():
        assert 0.9 * target.lowest <= level <= 1.1 * target.highest, area
    assert len({round(level, 3) for level in levels.values()}) > 15


@pytest.mark.parametrize(
    "code", ["telefon-samma-dag", "kontinuitet-lakare", "vantetid-besok-median"]
)
def test_no_value_is_impossible(code: str) -> None:
    measure = shipped()[code]
    most = measure.factor if measure.result in {Result.SHARE, Result.INDEX} else 10**9
    value = {Result.SHARE: "99.2", Result.INDEX: "0.98"}.get(measure.result, "41")
    for one in published([own(measure, value)], seed=3):
        assert len(one.points) == (30 if one.area == NATION else PERIODS)
        for at in one.points:
            assert 0 <= float(at.low) <= float(at.value) <= float(at.high)
            assert float(at.value) <= most


def test_the_same_seed_gives_the_same_and_it_goes_through_a_file() -> None:
    told = [own(shipped()["telefon-samma-dag"], "83.7")]
    first = tuple(published(told, seed=1))
    assert first == tuple(published(told, seed=1))
    assert first != tuple(published(told, seed=2))
    assert read_published(write_published(first).splitlines()) == first


def test_what_the_county_cannot_show_nobody_else_has() -> None:
    told = own(shipped()["telefon-samma-dag"], "83.7", months=2)
    hidden = replace(
        told, points=tuple(Point(one.period, PointStatus.HIDDEN) for one in told.points)
    )
    assert not list(published([hidden], seed=1))
