"""Periods, means, medians and the index: from cells to a figure, by vectors that can be reckoned by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from samverka.indicators.rules.kept import AreaKind, Split
from samverka.indicators.rules.measures import (
    PACK,
    Counted,
    Grain,
    Period,
    by_area,
    index_of,
    of_area,
    of_part,
    points,
    reckon,
    refusal,
    standard_of,
    tallies,
    years,
)
from samverka.indicators.warehouse.measures import shipped

FIRST, LAST = date(2022, 1, 1), date(2024, 12, 31)


def cell(period: date, n: int, d: int, *, value: int = 0, band: int = 80, group: str = "",
         place: str = "2309", sex: str = "female") -> Counted:  # fmt: skip
    return Counted(period, place, "", sex, band, group, value, n, d)


def figures(code: str, cells: list[Counted], last: date = LAST):
    measure = shipped()[code]
    return [reckon(measure, one) for one in tallies(measure, cells, first=FIRST, last=last)]


def months_of(year: int) -> list[date]:
    return [date(year, month, 1) for month in range(1, 13)]


@pytest.mark.parametrize(("visits", "index"), [((3, 1), Fraction(1, 2)), ((4,), 1), ((1, 1, 1), 0)])
def test_the_index_of_continuity(visits, index) -> None:
    assert index_of(sum(visits) * PACK + sum(n * n for n in visits)) == index


def test_the_index_of_an_area_is_the_mean_over_persons() -> None:
    at = date(2024, 3, 31)
    cells = [cell(at, 1, 1, value=4 * PACK + 10), cell(at, 3, 3, value=4 * PACK + 16)]
    found = [one for one in figures("kontinuitet-lakare", cells) if one]
    assert [one.value for one in found] == [Fraction(7, 8)]


def test_a_mean_of_months_weighs_months_alike_and_needs_ten() -> None:
    shares = [cell(m, 9, 10) for m in months_of(2022)[:9]] + [cell(date(2022, 10, 1), 0, 1000)]
    assert figures("telefon-samma-dag", shares)[0].value == 81
    assert figures("telefon-samma-dag", shares[:9])[0] is None


def test_a_median_of_medians_is_not_the_median_of_all() -> None:
    each = [cell(m, 1, 1, value=10) for m in months_of(2023)[:9]]
    each += [cell(m, 1000, 1000, value=50) for m in months_of(2023)[9:]]
    found = figures("vantetid-besok-median", each)
    assert (found[0], found[1].value) == (None, 10)


def test_a_median_between_two() -> None:
    at = date(2022, 1, 1)
    cells = [cell(at, 2, 2, value=3), cell(at, 2, 2, value=8)]
    assert figures("dagar-till-kontakt-hemma", cells)[0].value == Fraction(11, 2)


def test_a_mean_of_days_is_exact() -> None:
    cells = [cell(FIRST, 2, 2, value=1), cell(FIRST, 1, 1, value=5)]
    found = figures("utskrivningsklar-dagar", cells)[0]
    assert (found.value, found.numerator, found.denominator) == (Fraction(7, 3), 7, 3)


def test_three_years_are_called_by_the_last() -> None:
    cells = [cell(date(y, 1, 1), y - 2020, 100) for y in (2022, 2023, 2024)]
    measure = shipped()["fallskador-65"]
    found = tallies(measure, cells, first=FIRST, last=LAST)
    assert [(one.period, one.since, one.numerator, one.denominator) for one in found] == [
        (date(2024, 1, 1), FIRST, 9, 300)
    ]
    assert reckon(measure, found[0]).value == 3000


def test_a_mean_population_is_months_and_the_rate_is_per_year() -> None:
    cells = [cell(FIRST, 2, 0), cell(FIRST, 0, 1000)]
    assert figures("akutbesok-80", cells)[0].value == 24  # 2 in a month among 1 000


def test_a_year_in_the_making_has_no_figure() -> None:
    assert years(FIRST, date(2024, 12, 30)) == [date(2022, 1, 1), date(2023, 1, 1)]
    assert years(date(2022, 1, 2), LAST) == [date(2023, 1, 1), date(2024, 1, 1)]


def test_months_that_wait_for_something_are_left_out() -> None:
    found = tallies(shipped()["aterinskrivning-30-dagar"], [], first=FIRST, last=LAST)
    assert found[-1].period == date(2024, 11, 1)  # 30 days later is 31 December


def test_dates_are_last_days_of_months() -> None:
    measure = shipped()["sip-per-1000"]
    assert points(measure, date(2024, 2, 29), date(2024, 3, 30)) == [date(2024, 2, 29)]
    assert points(shipped()["tio-lakemedel-75"], FIRST, date(2022, 12, 31))[-1] == date(
        2022, 12, 31
    )


def test_standardised_rates_use_only_the_measures_ages() -> None:
    measure = shipped()["paverkbar-slutenvard"]
    standard = standard_of(measure)
    assert [*standard.people][:1] + [*standard.people][-1:] == ["20–24", "95+"]
    same = [cell(FIRST, 1, 0, band=b) for b in range(20, 100, 5)]
    same += [cell(FIRST, 0, 12_000, band=b) for b in range(20, 100, 5)]
    found = figures("paverkbar-slutenvard", same)[0]
    assert found.value == 100  # the same rate in every age: standardising changes nothing


def test_every_standardised_measure_has_its_standard() -> None:
    assert [one.code for one in shipped().values() if one.standard and not standard_of(one)] == []


def test_areas_and_parts() -> None:
    cells = [cell(FIRST, 1, 2), cell(FIRST, 1, 1, group="elderly"), cell(FIRST, 4, 4, place="23"),
             cell(FIRST, 8, 8, place="0180", band=-1, sex="")]  # fmt: skip
    places = by_area(cells)
    assert {kind: sorted(c for k, c in places if k is kind) for kind, _c in places} == {
        AreaKind.NATION: ["00"], AreaKind.COUNTY: ["01", "23"], AreaKind.MUNICIPALITY: ["0180", "2309"],
    }  # fmt: skip
    inside = of_area(cells, AreaKind.COUNTY, "23")
    assert sum(one.denominator for one in of_part(inside, Split.ALL)) == 6
    assert sum(one.denominator for one in of_part(inside, Split.GROUP, "elderly")) == 1
    assert of_part(cells[3:], Split.AGE, "80+") == of_part(cells[3:], Split.SEX, "female") == []


def test_a_value_that_cannot_be_is_refused_in_words() -> None:
    measure = shipped()["besok-inom-90-dagar"]
    assert refusal(measure, Fraction(100)) is None
    assert str(refusal(measure, Fraction("146.1"))) == (
        "146,1 är inget rimligt värde: det ska ligga mellan 0 – 100."
    )


def test_a_chart_may_ask_for_months_of_a_measure_that_is_told_per_year() -> None:
    measure = shipped()["telefon-samma-dag"]
    assert (measure.grain, measure.period) == (Grain.MONTH, Period.MEAN_OF_MONTHS)
    found = tallies(measure, [cell(FIRST, 1, 2)], first=FIRST, last=LAST, period=Period.MONTH)
    assert [(one.numerator, one.denominator) for one in found[:2]] == [(1, 2), (0, 0)]
