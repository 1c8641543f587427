"""From cells to curves: areas, parts, what is refused, what does not add up, how much is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from samverka.indicators.rules.kept import AreaKind
from samverka.indicators.rules.measures import Counted, Grain, Measure, Period, Result
from samverka.indicators.rules.reckoning import (
    Curves,
    KeptPoint,
    PointStatus,
    point_of,
    policy_of,
    reckon_curves,
)
from tests.indicators.cells import MEAN, RATE, SHARE, cell, drawn, month

SHOWN, HIDDEN = PointStatus.SHOWN, PointStatus.HIDDEN


def reckoned(measure: Measure, cells: list[Counted], until: date = date(2021, 12, 31)) -> Curves:
    return reckon_curves(measure, cells, since=date(2021, 1, 1), until=until)


def first(made: Curves, area: str, parting: str = "all", part: str = "") -> KeptPoint:
    return made.points[area, parting, part][0]


def test_municipality_county_and_nation() -> None:
    cells = [cell(month(0), code, 20, 40) for code in ("2303", "2305", "2480", "0180", "01")]
    made = reckoned(SHARE, cells)
    found = {area: first(made, area).numerator for area in ("2303", "23", "24", "01", "00")}
    assert found == {"2303": 20, "23": 40, "24": 20, "01": 40, "00": 100}
    assert made.places.of["00"].kind is AreaKind.NATION
    assert made.places.of["2480"].kind is AreaKind.MUNICIPALITY
    assert "00" not in reckoned(SHARE, cells[:2]).places.of


def test_one_small_municipality_hides_itself_and_another() -> None:
    cells = [cell(month(0), code, many, 100 + many) for code, many in
             (("2303", 2), ("2305", 12), ("2309", 30), ("2380", 40))]  # fmt: skip
    made = reckoned(SHARE, cells)
    assert [first(made, one).status for one in ("2303", "2305", "2309", "2380", "23")] == [
        HIDDEN, HIDDEN, SHOWN, SHOWN, SHOWN,
    ]  # fmt: skip
    assert first(made, "2303") == KeptPoint(month(0), HIDDEN)
    assert first(made, "2303").as_data() == {"period": "2021-01-01", "status": "hidden"}
    assert made.points["2303", "sex", "female"][0].status is HIDDEN
    kept = first(made, "23").as_data()
    assert kept["numerator"] == 84
    assert point_of(kept) == first(made, "23")


def test_units_are_parts_of_their_county() -> None:
    cells = [cell(month(0), "23", many, 2 * many, unit=f"SE-{at}") for at, many in
             enumerate((3, 11, 40, 50))]  # fmt: skip
    made = reckoned(SHARE, cells)
    assert [first(made, f"SE-{at}").status for at in range(4)] == [HIDDEN, HIDDEN, SHOWN, SHOWN]
    assert first(made, "23").status is SHOWN
    assert made.places.of["SE-0"].kind is AreaKind.UNIT
    assert ("SE-0", "sex", "female") not in made.points


def test_a_target_group_stands_beside_the_whole() -> None:
    cells = [cell(month(0), code, 20, 40, group=group) for code in ("2303", "2305")
             for group in ("", "elderly")]  # fmt: skip
    made = reckoned(SHARE, cells)
    assert first(made, "23").numerator == 40
    assert first(made, "23", "group:elderly", "elderly").numerator == 40
    assert not made.uneven


def test_what_does_not_add_up_is_taken_and_told() -> None:
    """Populations have been moved a little each by themselves (SCB's Cell Key Method)."""
    cells = [cell(month(0), "2303", 20, 40), cell(month(0), "2303", 23, 43, group="elderly")]
    made = reckoned(SHARE, cells)
    assert first(made, "2303", "group:elderly", "elderly").numerator == 23
    assert made.uneven == 2  # the municipality and its county


@pytest.mark.parametrize(("part", "whole"), [(146, 100), (30, 100)])
def test_what_cannot_be_is_refused_with_words(part: int, whole: int) -> None:
    measure = replace(SHARE, good_between=(40, 100))
    made = reckoned(measure, [cell(month(0), "2303", part, whole), cell(month(0), "2305", 50, 100)])
    found = first(made, "2303")
    assert found.status is PointStatus.REFUSED
    assert found.why
    assert "numerator" not in found.as_data()
    assert made.refused["2303"] > 0
    assert first(made, "2305").status is SHOWN


def test_a_standardised_rate_is_told_with_few_digits_and_only_of_ten() -> None:
    measure = replace(
        RATE, result=Result.STANDARDISED, period=Period.YEAR, standard="ESP 2013",
        settings={"ages": [65, 79]}, decimals=1,
    )  # fmt: skip
    assert policy_of(measure).smallest == 10
    cells = [cell(month(0), "2303", events, 1000 + band, band=band) for band, events in
             ((65, 4), (70, 5), (75, 9))]  # fmt: skip
    found = first(reckoned(measure, cells), "2303")
    assert found.status is SHOWN
    assert all(len(one.replace(".", "").strip("0")) <= 3 for one in (found.value, found.low))
    few = first(reckoned(measure, [replace(one, numerator=3) for one in cells]), "2303")
    assert few.status is HIDDEN


def test_the_ends_of_a_median_are_not_those_of_one_person() -> None:
    median = replace(MEAN, result=Result.MEDIAN)
    few = [cell(month(0), "2303", 1, 1, value=days) for days in range(8)]
    many = [cell(month(0), "2303", 3, 3, value=days) for days in range(8)]
    assert first(reckoned(median, few), "2303").low == ""
    assert first(reckoned(median, few), "2303").value == "3.500"
    assert first(reckoned(median, many), "2303").low != ""


def test_a_period_that_is_not_over_has_no_figure() -> None:
    cells = drawn(1, months=3, scale=4)
    made = reckoned(SHARE, cells, until=date(2021, 2, 27))
    assert [one.period for one in made.points["23", "all", ""]] == [month(0)]


def test_three_years_need_three_years() -> None:
    cells = [cell(date(year, 1, 1), code, 9, 900) for year in range(2021, 2026)
             for code in ("2303", "2380")]  # fmt: skip
    measure = replace(RATE, grain=Grain.YEAR)
    made = reckoned(measure, cells, until=date(2025, 12, 31))
    found = made.points["2303", "all", ""]
    assert [(one.period.year, one.numerator) for one in found] == [
        (2023, 27),
        (2024, 27),
        (2025, 27),
    ]


def test_those_who_were_not_reached_count_too() -> None:
    cells = [cell(month(0), "2303", 98, 100), cell(month(0), "2305", 60, 100)]
    assert first(reckoned(SHARE, cells), "2303").status is HIDDEN
    assert (
        first(reckoned(RATE_BY_MONTH, cells), "2303").status is SHOWN
    )  # events, not persons of them


def test_a_hidden_total_hides_all_that_is_parted_from_it() -> None:
    """What is told of a part would narrow the total: Bräcke's 12 protect Berg's 2, so its men are hidden too."""
    sexes = (("2303", 2, 0), ("2305", 7, 5), ("2309", 15, 15), ("2380", 20, 20))
    cells = [cell(month(0), code, many, 100, sex=sex) for code, *both in sexes
             for sex, many in zip(("female", "male"), both, strict=True)]  # fmt: skip
    made = reckoned(RATE_BY_MONTH, cells)
    assert first(made, "2305").status is HIDDEN
    assert {first(made, "2305", "sex", one).status for one in ("female", "male")} == {HIDDEN}


RATE_BY_MONTH = replace(RATE, grain=Grain.MONTH, period=Period.MONTH)
