"""The published tables, to the krona where their key is known, and exactly where they are not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from samverka.kernel.problems import Invalid
from samverka.transition.rules import grants
from samverka.transition.rules.grants import Population, Pot, Residual, Rounding
from tests.transition.published import (
    ALL_2018,
    COUNTIES_2018,
    POTS,
    derived,
    rows,
    table,
)

BLUR = {2019: 2, 2020: 3, 2022: 2, 2023: 1, 2024: 1}
"""Half kronor that an amount may be from its exact share: more where several roundings met."""

AUTUMN = {2023: date(2022, 11, 1), 2024: date(2023, 11, 1)}


@cache
def behind(year: int) -> tuple[dict[str, int], ...]:
    """Every population behind a year's table, between 10 and 10.7 million persons."""
    totals = range(10_000_000, 10_700_000)
    return grants.populations_behind(POTS[year], table(year), totals, blur=BLUR[year])


def ours(year: int, people: dict[str, int], rule: Residual) -> dict[str, int]:
    counted = Population("SCB", "", AUTUMN.get(year, date(2018, 12, 31)), people)
    key = grants.by_population(counted)
    return grants.share_out(Pot("", POTS[year], key, Rounding(rule))).amounts


@pytest.mark.parametrize("year", [2023, 2024])
def test_the_tables_come_back_to_the_krona(year: int) -> None:
    key = grants.by_population(Population("SCB", "", AUTUMN[year], derived(year)))
    shared = grants.share_out(Pot("", POTS[year], key, grants.PUBLISHED_RULE))
    found = grants.compare(table(year), shared.amounts)
    assert (found.equal, found.off) == (21, ())
    assert str(found) == "21 av 21 på kronan."
    assert shared.total == POTS[year]


@pytest.mark.parametrize(("year", "all_persons"), [(2023, 10_514_719), (2024, 10_557_682)])
def test_one_population_lies_behind_each_table(year: int, all_persons: int) -> None:
    (people,) = behind(year)
    assert sum(people.values()) == all_persons
    assert people == derived(year)


@pytest.mark.parametrize("year", [2019, 2020])
def test_the_way_finds_statistics_swedens_own_figures(year: int) -> None:
    """Out of two different pots comes the published population of 31 December 2018."""
    (people,) = behind(year)
    assert sum(people.values()) == ALL_2018
    assert {code: people[code] for code in COUNTIES_2018} == COUNTIES_2018


def test_persons_that_do_not_add_up_lie_behind_nothing() -> None:
    """Two equal halves: an odd total would have half a person in each."""
    found = grants.populations_behind(10, {"01": 5, "03": 5}, range(1_000, 1_003))
    assert found == ({"01": 500, "03": 500}, {"01": 501, "03": 501})


def test_the_rule_of_2022_was_another() -> None:
    (people,) = behind(2022)
    assert sum(people.values()) == 10_443_100
    assert grants.compare(table(2022), ours(2022, people, Residual.REMAINDERS)).equal == 21


@pytest.mark.parametrize(
    ("year", "rule", "equal"),
    [
        (2019, Residual.LARGEST, 13),
        (2020, Residual.LARGEST, 18),
        (2022, Residual.LARGEST, 18),
        (2023, Residual.LARGEST, 21),
        (2023, Residual.REMAINDERS, 19),
        (2023, Residual.DIVISOR, 19),
        (2024, Residual.LARGEST, 21),
        (2024, Residual.REMAINDERS, 21),
        (2024, Residual.DIVISOR, 21),
    ],
)
def test_which_rule_gives_which_table(year: int, rule: Residual, equal: int) -> None:
    (people,) = behind(year)
    found = grants.compare(table(year), ours(year, people, rule))
    assert found.equal == equal


@pytest.mark.parametrize("year", [2019, 2020])
def test_where_no_rule_gives_the_table_it_is_a_krona_or_so(year: int) -> None:
    """Several pots rounded each and added: nobody knows how they were cut."""
    (people,) = behind(year)
    for rule in (Residual.REMAINDERS, Residual.DIVISOR):
        found = grants.compare(table(year), ours(year, people, rule))
        assert found.off
        assert all(abs(line.difference) == 1 for line in found.off)


@pytest.mark.parametrize("year", [2023, 2024])
def test_the_rural_part_is_published_weights(year: int) -> None:
    """It comes back as its own weights, and follows no population of the same table."""
    published = table(year, "belopp_landsbygd_kr")
    assert sum(published.values()) == 150_000_000
    key = grants.by_weights(published, name="Landsbygd", source="SKR")
    again = grants.share_out(Pot("", 150_000_000, key, grants.PUBLISHED_RULE)).amounts
    assert again == published
    heads = grants.by_population(Population("SCB", "", AUTUMN[year], derived(year)))
    by_heads = grants.share_out(Pot("", 150_000_000, heads, grants.PUBLISHED_RULE)).amounts
    assert grants.compare(published, by_heads).equal == 0


def test_a_text_that_differs_from_its_table_is_told() -> None:
    grants.check_told(1_437_000_000, table(2023))
    with pytest.raises(Invalid, match=r"1\s357\s000\s000\skr, men tabellens rader blir 1\s367"):
        grants.check_told(1_357_000_000, table(2024))


def millions(row: dict[str, str], *columns: str) -> int:
    return sum(grants.from_millions(row[one]) for one in columns if row[one])


def test_the_sums_of_the_agreements_add_up_with_what_is_left() -> None:
    """2019, 2020 and 2024 have money that no column accounts for; 2022 was found as a total only."""
    left = {}
    for row in rows("agreements.csv"):
        known = millions(row, "regioner_mnkr", "kommuner_mnkr", "skr_mnkr", "gemensamt_mnkr")
        total = millions(row, "totalt_mnkr")
        assert total - known == millions(row, "rest_mnkr"), row
        left[row["ar"]] = Decimal(total - known) / 1_000_000
    assert left == {
        "2019": 25, "2020": Decimal("147.5"), "2021": 0, "2022": 6373, "2023": 0, "2024": 100,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("year", "side", "missing"),
    [
        ("2020", "regioner_mnkr", "2401.5"), ("2020", "kommuner_mnkr", "500"),
        ("2021", "regioner_mnkr", "185"), ("2021", "kommuner_mnkr", "0"),
        ("2023", "regioner_mnkr", "655"), ("2023", "kommuner_mnkr", "100"),
        ("2024", "regioner_mnkr", "126"), ("2024", "kommuner_mnkr", "0"),
    ],
)  # fmt: skip
def test_what_the_areas_do_not_account_for(year: str, side: str, missing: str) -> None:
    """Only the municipalities' areas of 2021 and 2024 add up; other years' pages name some areas."""
    (whole,) = [millions(row, side) for row in rows("agreements.csv") if row["ar"] == year]
    areas = sum(millions(row, side) for row in rows("agreement_areas.csv") if row["ar"] == year)
    assert whole - areas == grants.from_millions(missing)


@pytest.mark.parametrize("year", ["2021", "2023", "2024"])
def test_an_agreement_is_split_as_published_and_shared_to_the_krona(year: str) -> None:
    (row,) = [one for one in rows("agreements.csv") if one["ar"] == year]
    columns = ["regioner_mnkr", "kommuner_mnkr", "skr_mnkr", "gemensamt_mnkr", "rest_mnkr"]
    parts = [grants.Part(one, kronor=millions(row, one)) for one in columns]
    total = millions(row, "totalt_mnkr")
    split = grants.split(total, parts, grants.PUBLISHED_RULE)
    assert sum(split.values()) == total
    people = {one["lanskod"]: int(one["bef_2023_12_31"]) for one in rows("regions_2019_2023.csv")}
    key = grants.by_population(Population("SCB", "", date(2023, 12, 31), people, 10_551_707))
    shared = grants.share_out(Pot("", split["regioner_mnkr"], key, grants.PUBLISHED_RULE))
    assert shared.total == millions(row, "regioner_mnkr")
    assert len(shared.shares) == 21
