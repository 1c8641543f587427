"""Run charts and limits of single values, by hand and by rule."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverka.indicators.rules.charts import Pattern, Signal, expected_runs, run_chart, xmr_chart

few = settings(max_examples=60)
series = st.lists(st.one_of(st.none(), st.integers(0, 9)), max_size=30)


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        (5, 5, (3, 9)),
        (7, 7, (4, 12)),
        (8, 8, (5, 13)),
        (9, 9, (6, 14)),
        (12, 12, (8, 18)),  # Provost & Murray: 24 useful points, 8 to 18 runs
        (4, 5, None),
        (12, 0, None),
    ],
)
def test_how_many_runs_chance_gives(above: int, below: int, expected) -> None:
    """Swed & Eisenhart 1943, tables for 2.5 %."""
    assert expected_runs(above, below) == expected


def test_the_distribution_is_that_of_all_orders() -> None:
    orders = _orders(4, 6)
    runs = [len(list(groupby(one))) for one in orders]
    low, high = expected_runs(4, 6)
    assert sum(one < low for one in runs) <= len(runs) / 40 < sum(one <= low for one in runs)
    assert sum(one > high for one in runs) <= len(runs) / 40 < sum(one >= high for one in runs)


def _orders(above: int, below: int) -> list[str]:
    if not above or not below:
        return ["a" * above + "b" * below]
    return ["a" + one for one in _orders(above - 1, below)] + [
        "b" + one for one in _orders(above, below - 1)
    ]


def test_a_shift_after_a_change() -> None:
    found = run_chart([5, 7, 6, 8, 5, 7, 5, 2, 3, 1, 2, 3, 2, 1])
    assert found.median == Fraction(4)
    assert (found.useful, found.runs, found.expected) == (14, 2, (4, 12))
    assert Signal(Pattern.SHIFT, 0, 6) in found.signals
    assert Signal(Pattern.SHIFT, 7, 13) in found.signals
    assert Signal(Pattern.FEW_RUNS, 0, 13) in found.signals


def test_a_point_on_the_median_neither_counts_nor_breaks() -> None:
    found = run_chart([5, 5, 5, 4, 5, 5, 5, 1, 3, 2, 1, 2, 3], median=4)
    assert Signal(Pattern.SHIFT, 0, 6) in found.signals
    assert found.useful == 12


def test_five_on_one_side_is_no_shift_and_four_rising_no_trend() -> None:
    flat = run_chart([5, 5, 5, 5, 5, 1, 1, 1, 1, 1], median=3)
    assert [one.pattern for one in flat.signals] == [Pattern.FEW_RUNS]
    assert Pattern.TREND not in {one.pattern for one in run_chart([1, 2, 3, 4, 1]).signals}
    assert Signal(Pattern.TREND, 0, 5) in run_chart([1, 2, 2, 3, 4, 5, 1]).signals


def test_a_gap_is_passed_over() -> None:
    found = run_chart([1, None, 2, 3, None, 4, 5])
    assert Signal(Pattern.TREND, 0, 6) in found.signals
    assert found.median == 3
    assert run_chart([None, None]).median is None


def test_too_many_runs() -> None:
    assert Signal(Pattern.MANY_RUNS, 0, 23) in run_chart([1, 9] * 12).signals


def test_limits_of_single_values() -> None:
    found = xmr_chart([84, 82, 86, 85, 83, 88, 84])
    assert [round(float(one), 4) for one in (found.mean, found.low, found.high)] == [
        84.5714, 76.5914, 92.5514,
    ]  # fmt: skip
    assert not found.signals


def test_signals_of_single_values() -> None:
    found = xmr_chart([10, 11, 10, 11, 10, 11, 10, 11, 10, 30])
    assert Signal(Pattern.OUTSIDE, 9, 9) in found.signals
    rising = xmr_chart([1, 2, 3, 4, 5, 6])
    assert Signal(Pattern.TREND, 0, 5) in rising.signals
    assert not xmr_chart([1, 2, 3, 4, 5]).signals


def test_a_range_over_a_gap_is_no_range() -> None:
    assert xmr_chart([1, None, 9]).mean is None
    found = xmr_chart([1, 2, None, 9, 10])
    assert found.high - found.mean == Fraction(266, 100)


@few
@given(series)
def test_turned_upside_down_it_says_the_same(values: list[int | None]) -> None:
    turned = [None if one is None else -one for one in values]
    assert run_chart(values).signals == run_chart(turned).signals
    assert xmr_chart(values).signals == xmr_chart(turned).signals


@few
@given(series)
def test_a_gap_changes_no_rule_but_places(values: list[int | None]) -> None:
    pressed = [one for one in values if one is not None]
    one, other = run_chart(values), run_chart(pressed)
    assert (one.median, one.useful, one.runs) == (other.median, other.useful, other.runs)
    assert [it.pattern for it in one.signals] == [it.pattern for it in other.signals]
