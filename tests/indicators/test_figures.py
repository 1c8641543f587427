"""Figures out of counts: published examples with their numbers, and what holds for every count."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverka.indicators.rules.comparing import Colour, Direction, Standing, beside
from samverka.indicators.rules.figures import count, rate, share
from samverka.indicators.rules.funnels import Place, rate_funnel, share_funnel
from samverka.indicators.rules.intervals import byar, quantile, wilson
from samverka.indicators.rules.numbers import check_percentage, in_words, rounded
from samverka.indicators.rules.standards import (
    EUROPE_2013,
    StandardPopulation,
    Stratum,
    standardised,
)
from samverka.kernel.problems import Invalid

few = settings(max_examples=60)
parts = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_the_quantile() -> None:
    assert quantile() == pytest.approx(1.959963984540054, abs=1e-12)
    assert quantile(0.998) == pytest.approx(3.0902, abs=5e-5)
    with pytest.raises(ValueError, match="confidence"):
        quantile(95)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (15, 100, 0.093060, 0.232836),
        (0, 20, 0.0, 0.161125),
        (100, 10_000, 0.008229336148, 0.012146982255),  # the PHE methods' own test of 100 in 10 000
        (81, 263, 0.2553, 0.3662),  # Newcombe, Stat Med 1998;17:857, table I, method 3
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_wilson(part: int, whole: int, low: float, high: float) -> None:
    found = wilson(part, whole)
    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-5)


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [
        (10, 4.787450, 18.391459),
        (0, 0.0, 3.668012),
    ],
)
def test_byar(events: int, low: float, high: float) -> None:
    found = byar(events)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-6)


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [(10, 4.795, 18.390), (20, 12.217, 30.888), (50, 37.111, 65.919), (100, 81.364, 121.627)],
)
def test_byar_is_within_two_per_mille_of_the_exact_limits(
    events: int, low: float, high: float
) -> None:
    """As PHE's guide says for ten events or more; the exact Poisson limits are Garwood's (1936)."""
    found = byar(events)
    assert (found.low, found.high) == pytest.approx((low, high), rel=2e-3)


def test_dobson_around_a_standardised_rate() -> None:
    standard = StandardPopulation("made up", {"a": 5000, "b": 3000, "c": 1000}, "a worked example")
    strata = {"a": Stratum(12, 4000), "b": Stratum(30, 2500), "c": Stratum(45, 1200)}
    found = standardised(strata, standard)
    assert float(found.value) == pytest.approx(983.3333, abs=1e-4)
    assert found.interval.low == pytest.approx(784.1656, abs=1e-4)
    assert found.interval.high == pytest.approx(1216.9644, abs=1e-4)
    assert (found.numerator, found.denominator, found.standard) == (87, 7700, "made up")


def test_the_european_standard() -> None:
    """The example that two programs after PHE's method agree on: nineteen age groups."""
    events = (50, 55, 55, 55, 60, 60, 65, 70, 70, 70, 70, 65, 60, 55, 50, 40, 25, 15, 10)
    people = (509, 559, 559, 559, 609, 609, 659, 709, 709, 709, 709, 659, 609, 559, 509, 409, 259,
              159, 109)  # fmt: skip
    strata = {
        age: Stratum(*one)
        for age, one in zip(EUROPE_2013.people, zip(events, people, strict=True), strict=True)
    }
    found = standardised(strata, EUROPE_2013)
    assert float(found.value) == pytest.approx(9832.763039564017)
    assert found.interval.low == pytest.approx(9232.668299548477)
    assert found.interval.high == pytest.approx(10461.61759955204)
    assert sum(EUROPE_2013.people.values()) == 100_000


def test_an_age_group_without_people_is_refused_in_words() -> None:
    standard = StandardPopulation("made up", {"65–79": 2, "80+": 1}, "a worked example")
    with pytest.raises(Invalid, match=r"80\+ har inga invånare"):
        standardised({"65–79": Stratum(1, 10)}, standard)
    with pytest.raises(Invalid, match="har inte åldersgruppen 0–64"):
        standardised({"0–64": Stratum(1, 10)}, standard)


@few
@given(st.integers(0, 50), st.integers(1, 400), st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_the_same_rate_in_every_age_is_the_crude_rate(
    events: int, people: int, weights: list[int]
) -> None:
    standard = StandardPopulation("w", {str(at): one for at, one in enumerate(weights)}, "drawn")
    same = {age: Stratum(events, people) for age in standard.people}
    found = standardised(same, standard)
    assert found.value == Fraction(events * 100_000, people)
    assert found.interval.covers(float(found.value))


@few
@given(parts)
def test_an_interval_covers_its_figure(pair: tuple[int, int]) -> None:
    part, whole = pair
    found, turned = share(part, whole), share(whole - part, whole)
    assert found is not None
    assert turned is not None
    assert found.interval.low - 1e-9 <= found.value <= found.interval.high + 1e-9
    assert 0 <= found.interval.low <= found.interval.high <= 100
    assert found.interval.low == pytest.approx(100 - turned.interval.high, abs=1e-9)
    wider = share(part, whole, confidence=0.998)
    assert wider is not None
    assert wider.interval.high >= found.interval.high


@few
@given(st.integers(0, 10_000), st.integers(1, 10**7))
def test_a_rate_and_a_count_have_the_same_limits(events: int, people: int) -> None:
    found = rate(events, people)
    assert found is not None
    assert found.interval.high * people / 100_000 == pytest.approx(count(events).interval.high)
    assert count(events).interval.covers(events)


def test_nobody_to_reckon_on_is_no_figure_and_no_zero() -> None:
    assert share(0, 0) is None
    assert rate(3, 0) is None


def test_what_cannot_be_is_refused_in_words() -> None:
    with pytest.raises(Invalid, match="146,1 procent går inte"):
        check_percentage(146.1, where="N79221 2025")
    with pytest.raises(Invalid, match="146 procent går inte"):
        check_percentage(Decimal(146))
    check_percentage(100)
    check_percentage(0)
    with pytest.raises(Invalid, match="146 av 100 går inte"):
        share(146, 100)
    with pytest.raises(Invalid, match="-1 är inget antal"):
        count(-1)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [(0.285, 2, "0.29"), (Fraction(285, 1000), 2, "0.29"), (0.5, 0, "1"), (-0.05, 1, "-0.1"),
     (Fraction(2, 3), 1, "0.7"), (99.95, 1, "100.0"), (-0.01, 1, "0.0")],
)  # fmt: skip
def test_rounding_is_half_up(value, places: int, expected: str) -> None:
    assert str(rounded(value, places)) == expected


@few
@given(st.decimals(-(10**6), 10**6, places=4), st.integers(0, 3))
def test_rounding_is_decimals_own(value: Decimal, places: int) -> None:
    assert rounded(value, places) == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def test_numbers_in_words() -> None:
    assert [in_words(one) for one in (86.5, Decimal(146), Fraction(1, 3), 0, 100)] == [
        "86,5", "146", "0,3", "0", "100",
    ]  # fmt: skip


def test_no_rank_where_the_interval_covers_the_other() -> None:
    found = share(15, 100)
    assert found is not None
    alike = beside(found, 20, Direction.HIGH)
    assert (alike.standing, alike.colour) == (Standing.ALIKE, Colour.NONE)
    assert alike.words == "Skillnaden kan bero på slumpen."
    assert beside(found, 30, Direction.HIGH).colour is Colour.BAD
    assert beside(found, 30, Direction.LOW).colour is Colour.GOOD
    assert beside(found, 5, Direction.HIGH).standing is Standing.HIGHER
    assert beside(found, 5, Direction.NEUTRAL).colour is Colour.NONE


@few
@given(parts, st.floats(0, 100))
def test_colour_only_where_it_is_more_than_chance(pair: tuple[int, int], other: float) -> None:
    found = share(*pair)
    assert found is not None
    said = beside(found, other, Direction.HIGH)
    assert (said.colour is Colour.NONE) == found.interval.covers(other)
    if said.colour is not Colour.NONE:
        assert (said.colour is Colour.GOOD) == (found.value > other)


def test_the_funnel() -> None:
    found = share_funnel(0.86, 400)
    inner, outer = found.inner, found.outer
    assert (inner.low, inner.high) == pytest.approx((82.256, 89.059), abs=1e-3)
    assert (outer.low, outer.high) == pytest.approx((79.796, 90.525), abs=1e-3)
    assert [found.place(one) for one in (86, 82, 79, 90, 91)] == [
        Place.WITHIN, Place.NEAR, Place.OUTSIDE, Place.NEAR, Place.OUTSIDE,
    ]  # fmt: skip


@few
@given(st.integers(1, 500), st.integers(100, 10**6))
def test_a_funnel_is_narrower_for_more_people(target: int, people: int) -> None:
    small, large = rate_funnel(target, people), rate_funnel(target, people * 4)
    for one in (small, large):
        assert one.outer.low <= one.inner.low <= target <= one.inner.high <= one.outer.high
    assert large.inner.high - large.inner.low < small.inner.high - small.inner.low
