"""An agreement over years: the fixed part stands, the areas vary, the sums are exact."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.kernel.actor import Side
from samverka.kernel.problems import Invalid, NotNow
from samverka.transition.rules import grants
from samverka.transition.rules.grants import FIXED, Agreement, Area, Part, Population

DAY = date(2020, 11, 1)
REGIONS = grants.by_population(Population("SCB", "1", DAY, {"01": 300, "09": 50, "23": 120}))
MUNICIPALITIES = grants.by_population(
    Population("SCB", "1", DAY, {"0114": 300, "0980": 50, "2326": 20, "2380": 100})
)
PREVENTION = Area(
    "forebygga", "Förebyggande",
    {2021: {Side.REGION: 40, Side.MUNICIPALITY: 60}, 2022: {Side.MUNICIPALITY: 7}},
)  # fmt: skip
DIGITAL = Area("digitalt", "Digitalt", {2021: {Side.REGION: 11}})
WHOLE = Agreement(
    name="Omställning 2021–2027",
    first_year=2021,
    last_year=2027,
    fixed=1_001,
    parts=(Part(Side.REGION, weight=70), Part(Side.MUNICIPALITY, weight=30)),
    keys={Side.REGION: REGIONS, Side.MUNICIPALITY: MUNICIPALITIES},
    rounding=grants.PUBLISHED_RULE,
    areas=(PREVENTION, DIGITAL),
)


def test_a_year_is_its_pots() -> None:
    year = grants.share_year(WHOLE, 2021)
    assert [(code, side, one.total) for code, side, one in year.pots] == [
        (FIXED, Side.REGION, 701),  # 700.7
        (FIXED, Side.MUNICIPALITY, 300),  # 300.3
        ("forebygga", Side.REGION, 40),
        ("forebygga", Side.MUNICIPALITY, 60),
        ("digitalt", Side.REGION, 11),
    ]
    assert year.total == 1_001 + 100 + 11 == sum(year.by_recipient.values())


def test_gotland_is_there_once_as_region_and_once_as_municipality() -> None:
    got = grants.share_year(WHOLE, 2021).by_recipient
    # 701 × 50/470 = 74.57; 40 × 50/470 = 4.26; 11 × 50/470 = 1.17
    assert got["09"] == 75 + 4 + 1
    # 300 × 50/470 = 31.91; 60 × 50/470 = 6.38
    assert got["0980"] == 32 + 6


@given(year=st.integers(2021, 2027), fixed=st.integers(0, 10**10))
def test_the_fixed_part_is_the_same_every_year(year: int, fixed: int) -> None:
    agreement = replace(WHOLE, fixed=fixed)
    first, other = (
        [(s, p.kronor) for c, s, p in grants.pots_of(agreement, y) if c == FIXED]
        for y in (2021, year)
    )
    assert first == other
    assert sum(kronor for _side, kronor in first) == fixed


def test_a_year_outside_the_period() -> None:
    with pytest.raises(NotNow, match="2028 ligger utanför"):
        grants.share_year(WHOLE, 2028)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"last_year": 2020}, "slutar innan"),
        ({"areas": (PREVENTION, PREVENTION)}, "samma kod"),
        ({"areas": (replace(PREVENTION, code=FIXED),)}, "samma kod"),
        ({"areas": (Area("x", "X", {2030: {Side.REGION: 1}}),)}, "X har pengar för 2030"),
        ({"areas": (Area("x", "X", {2021: {Side.PRIVATE: 1}}),)}, "inga andra"),
        ({"keys": {Side.REGION: REGIONS}}, "saknas en fördelningsnyckel"),
        ({"parts": (Part(Side.REGION, kronor=2_000),)}, "tillsammans"),
        ({"parts": (Part("skr", kronor=1_001),)}, "inga andra"),
        ({"fixed": -1}, "hela kronor"),
    ],
)
def test_no_such_agreement(change: dict[str, object], says: str) -> None:
    with pytest.raises(Invalid, match=says):
        grants.check_agreement(replace(WHOLE, **change))  # type: ignore[arg-type]


def changed(area: Area, year: int, kronor: int) -> Agreement:
    years = {**area.years, year: {Side.REGION: kronor}}
    areas = tuple(replace(one, years=years) if one is area else one for one in WHOLE.areas)
    return replace(WHOLE, areas=areas)


def test_an_area_may_change_until_its_year_is_decided() -> None:
    grants.check_next_version(WHOLE, changed(DIGITAL, 2023, 5), decided=[2021, 2022])
    with pytest.raises(NotNow, match="Digitalt är redan beslutat för 2021"):
        grants.check_next_version(WHOLE, changed(DIGITAL, 2021, 12), decided=[2021])
    with pytest.raises(NotNow, match="Förebyggande är redan beslutat för 2023"):
        grants.check_next_version(WHOLE, changed(PREVENTION, 2023, 12), decided=[2023])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"fixed": 1_002}, "ligger fast"),
        ({"last_year": 2028}, "ligger fast"),
        ({"parts": (Part(Side.REGION, weight=1), Part(Side.MUNICIPALITY, weight=1))}, "fast"),
        ({"keys": {Side.REGION: REGIONS, Side.MUNICIPALITY: grants.equally(["0114"])}}, "fast"),
        ({"areas": (PREVENTION,)}, "slogs fast från start"),
        ({"areas": (PREVENTION, replace(DIGITAL, name="Annat"))}, "slogs fast från start"),
    ],
)
def test_what_stands_for_the_period(change: dict[str, object], says: str) -> None:
    with pytest.raises(NotNow, match=says):
        grants.check_next_version(WHOLE, replace(WHOLE, **change), decided=[])  # type: ignore[arg-type]
