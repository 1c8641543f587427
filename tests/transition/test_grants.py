"""Pots shared out: worked examples, and what holds for every pot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.kernel.actor import Side
from samverka.kernel.problems import Invalid
from samverka.transition.rules import grants
from samverka.transition.rules.grants import (
    Held,
    Key,
    Limits,
    Part,
    Population,
    Pot,
    Residual,
    Rounding,
)

DAY = date(2023, 12, 31)
LARGEST = Rounding(Residual.LARGEST)
EVERY_RULE = list(Residual)
FAIR = [Residual.LARGEST, Residual.REMAINDERS, Residual.DIVISOR]


def count(people: Mapping[str, int], **more: int) -> Population:
    return Population("SCB", "1", DAY, people, more.get("told_total"))


def by_heads(**people: int) -> Key:
    return grants.by_population(count({code[1:]: n for code, n in people.items()}))


def amounts(kronor: int, key: Key, rule: Residual, **more: object) -> dict[str, int]:
    named = min(key.weights) if rule is Residual.NAMED else ""
    rounding = Rounding(rule, named=named, step=int(str(more.get("step", 1))))
    limits = more.get("limits", grants.NO_LIMITS)
    assert isinstance(limits, Limits)
    return grants.share_out(Pot("Pott", kronor, key, rounding, limits)).amounts


# Worked by hand


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # 10 kr over 3, 3, 1 persons: 4 2/7, 4 2/7, 1 3/7. Half up 4 + 4 + 1 = 9: 1 kr is left.
        (Residual.LARGEST, {"01": 5, "03": 4, "04": 1}),  # of equals the first code
        (Residual.NAMED, {"01": 5, "03": 4, "04": 1}),
        (Residual.REMAINDERS, {"01": 4, "03": 4, "04": 2}),  # 3/7 was the largest lost part
        (Residual.DIVISOR, {"01": 5, "03": 4, "04": 1}),  # 4.5 / 3 = 1.5 = 1.5 / 1: more weight
    ],
)
def test_who_bears_a_krona_left(rule: Residual, expected: dict[str, int]) -> None:
    assert amounts(10, by_heads(_01=3, _03=3, _04=1), rule) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # 5 kr over 50, 25, 25 persons: 2.5, 1.25, 1.25; 7 kr: 3.5, 1.75, 1.75: half up 4 + 2 + 2.
        (Residual.LARGEST, {"01": 3, "03": 2, "04": 2}),
        (Residual.REMAINDERS, {"01": 3, "03": 2, "04": 2}),
        (Residual.DIVISOR, {"01": 3, "03": 2, "04": 2}),
    ],
)
def test_who_bears_a_krona_too_much(rule: Residual, expected: dict[str, int]) -> None:
    assert amounts(7, by_heads(_01=50, _03=25, _04=25), rule) == expected


def test_the_largest_never_falls_below_one_with_fewer_people() -> None:
    """2 kr over 101, 100, 100 persons: each is rounded to 1, and 1 kr must come from somebody."""
    assert amounts(2, by_heads(_01=101, _03=100, _04=100), Residual.LARGEST) == {
        "01": 1, "03": 1, "04": 0,
    }  # fmt: skip


def test_thousands() -> None:
    """2 000 500 kr over 2 and 1 persons in whole thousands: 1 333 667 and 666 833."""
    key = by_heads(_01=2, _03=1)
    assert amounts(2_000_500, key, Residual.LARGEST, step=1000) == {"01": 1_333_500, "03": 667_000}
    assert amounts(2_000_500, key, Residual.REMAINDERS, step=1000) == {
        "01": 1_333_500, "03": 667_000,
    }  # fmt: skip


def test_floor_and_ceiling() -> None:
    """1 000 kr over 80, 15, 5 persons; at least 100, at most 700: 5 gets 100, 80 gets 700."""
    key = by_heads(_01=80, _03=15, _04=5)
    limits = grants.same_for_all(key.weights, floor=100, ceiling=700)
    shared = grants.share_out(Pot("Pott", 1000, key, LARGEST, limits))
    assert [(one.code, one.kronor, one.held) for one in shared.shares] == [
        ("01", 700, Held.CEILING), ("03", 200, Held.FREE), ("04", 100, Held.FLOOR),
    ]  # fmt: skip


def test_a_floor_takes_from_the_others_by_their_weight() -> None:
    """1 000 kr over 60, 30, 10; 10 gets at least 190: the 810 left are shared 60 to 30."""
    key = by_heads(_01=60, _03=30, _04=10)
    assert amounts(1000, key, Residual.LARGEST, limits=Limits({"04": 190})) == {
        "01": 540, "03": 270, "04": 190,
    }  # fmt: skip


def test_limits_by_person() -> None:
    people = count({"01": 100, "03": 50})
    limits = grants.per_person(people, floor=2, ceiling=7)
    key = grants.equally(people.people)
    assert amounts(600, key, Residual.LARGEST, limits=limits) == {"01": 300, "03": 300}
    assert amounts(900, key, Residual.LARGEST, limits=limits) == {"01": 550, "03": 350}


def test_weighted_persons() -> None:
    """Old people count double: 100 + 2 × 50 against 150 + 2 × 25."""
    young, old = count({"01": 100, "03": 150}), count({"01": 50, "03": 25})
    key = grants.by_groups(
        {"0–79": young, "80–": old}, {"0–79": 1, "80–": Decimal("2")}, name="Ålder"
    )
    assert key.weights == {"01": 200, "03": 200}
    assert amounts(101, key, Residual.LARGEST) == {"01": 51, "03": 50}


def test_region_and_municipality_seventy_thirty() -> None:
    parts = [Part("region", weight=30), Part("municipality", weight=70), Part("skr", kronor=50)]
    assert grants.split(1_051, parts, LARGEST) == {"region": 300, "municipality": 701, "skr": 50}


def test_a_county_is_the_sum_of_its_municipalities() -> None:
    counties = grants.by_county(count({"0114": 3, "0115": 4, "0980": 5}))
    assert counties.people == {"01": 7, "09": 5}
    assert grants.side_of("0980") is Side.MUNICIPALITY
    assert grants.side_of("09") is Side.REGION


def test_a_municipality_that_changed_code() -> None:
    assert grants.recode(count({"1917": 13_000, "0330": 1}), {"1917": "0331"}).people == {
        "0330": 1, "0331": 13_000,
    }  # fmt: skip


def test_two_municipalities_that_became_one() -> None:
    assert grants.recode(count({"0330": 2, "0331": 3}), {"0331": "0330"}).people == {"0330": 5}


def test_parts_that_do_not_add_up_to_the_told_total() -> None:
    """A perturbed table: the key divides by its own sum, so the pot is used up all the same."""
    people = count({"01": 70, "03": 31}, told_total=100)
    assert people.gap == -1
    assert sum(amounts(1000, grants.by_population(people), Residual.LARGEST).values()) == 1000


def test_a_change_of_key_side_by_side() -> None:
    lines = grants.side_by_side({"01": 5, "03": 5}, {"03": 4, "04": 6})
    assert [(one.code, one.difference) for one in lines] == [("01", -5), ("03", -1), ("04", 6)]


@pytest.mark.parametrize(
    ("written", "kronor"),
    [("6394.5", 6_394_500_000), ("6 394,5", 6_394_500_000), ("0", 0), ("3430.25", 3_430_250_000)],
)
def test_millions(written: str, kronor: int) -> None:
    assert grants.from_millions(written) == kronor


def test_kronor_in_words() -> None:
    assert grants.tell(1_437_000_000) == "1\xa0437\xa0000\xa0000\xa0kr"
    assert grants.tell(-5) == "−5\xa0kr"


# Refusals


@pytest.mark.parametrize("written", ["", "mycket", "-1", "0,0000001", "nan", "inf"])
def test_no_such_millions(written: str) -> None:
    with pytest.raises(Invalid, match="miljoner"):
        grants.from_millions(written)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "inga rader"),
        ([("01", 1), ("01", 2)], "flera rader"),
        ([("01", 1), ("0114", 2)], "två gånger"),
        ([("1", 1)], "kommunkod"),
        ([("01", -1)], "helt tal"),
        ([("01", 1.5)], "helt tal"),
        ([("01", 0)], "noll överallt"),
    ],
)
def test_no_such_population(rows: list[tuple[str, int]], says: str) -> None:
    with pytest.raises(Invalid, match=says):
        grants.read_rows(rows, name="SCB", version="1", counted_on=DAY)


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        (Limits({"99": 1}), "ingen mottagare"),
        (Limits({"01": 60, "03": 60}), r"tillsammans 120\skr, men potten är 100\skr"),
        (Limits({}, {"01": 10, "03": 10}), r"till 20\skr av pottens 100\skr"),
        (Limits({"01": 20}, {"01": 10}), "högre än taket"),
        (Limits({"01": -1}), "hela kronor"),
    ],
)
def test_limits_that_cannot_hold(limits: Limits, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        amounts(100, by_heads(_01=1, _03=1), Residual.LARGEST, limits=limits)


def test_keys_that_are_none() -> None:
    with pytest.raises(Invalid, match="noll för alla"):
        grants.by_weights({"01": 0}, name="")
    with pytest.raises(Invalid, match="exakt tal"):
        grants.by_weights({"01": 0.1}, name="")  # type: ignore[dict-item]
    with pytest.raises(Invalid, match="exakt tal"):
        grants.by_weights({"01": Decimal("NaN")}, name="")
    with pytest.raises(Invalid, match="inga mottagare"):
        grants.equally([])
    one, other = count({"01": 1}), replace(count({"01": 1}), counted_on=date(2020, 1, 1))
    with pytest.raises(Invalid, match="olika dagar"):
        grants.by_groups({"a": one, "b": other}, {"a": 1, "b": 1}, name="")
    with pytest.raises(Invalid, match="samma mottagare"):
        grants.by_groups({"a": one, "b": count({"03": 1})}, {"a": 1, "b": 1}, name="")
    with pytest.raises(Invalid, match="ha en vikt"):
        grants.by_groups({"a": one}, {}, name="")


def test_rules_that_cannot_be() -> None:
    key = by_heads(_01=1, _03=1, _04=1)
    with pytest.raises(Invalid, match="minst en krona"):
        amounts(1, key, Residual.LARGEST, step=0)
    with pytest.raises(Invalid, match="inte är mottagare"):
        grants.share_out(Pot("", 1, key, Rounding(Residual.NAMED, named="25")))
    with pytest.raises(Invalid, match="ryms inte"):
        amounts(100, key, Residual.NAMED, limits=Limits({"01": 33}, {"01": 33}))
    with pytest.raises(Invalid, match="hela kronor"):
        grants.share_out(Pot("Pott", -1, key, LARGEST))


def test_parts_that_do_not_add_up() -> None:
    with pytest.raises(Invalid, match=r"tillsammans 11\skr, men summan är 10\skr"):
        grants.split(10, [Part("a", kronor=11)], LARGEST)
    with pytest.raises(Invalid, match=r"tillsammans 9\skr"):
        grants.split(10, [Part("a", kronor=9)], LARGEST)
    with pytest.raises(Invalid, match="två gånger"):
        grants.split(10, [Part("a", kronor=5), Part("a", kronor=5)], LARGEST)


# What holds for every pot

CODES = st.integers(1, 99).map("{:02}".format)
PEOPLE = st.dictionaries(CODES, st.integers(0, 3_000_000), min_size=1, max_size=25).filter(
    lambda people: sum(people.values()) > 0
)
SMALL = st.dictionaries(CODES, st.integers(1, 120), min_size=2, max_size=12)
TIED = st.dictionaries(CODES, st.integers(1, 3), min_size=2, max_size=8)
POTS = st.integers(0, 2_000_000_000) | st.integers(0, 60)
RULES = st.sampled_from(FAIR)


@st.composite
def limited(draw: st.DrawFn) -> tuple[int, Key, Limits]:
    """A pot with limits that can hold: floors below an own sharing, ceilings above it."""
    key = grants.by_population(count(draw(PEOPLE)))
    kronor = draw(POTS)
    middle = amounts(kronor, key, Residual.REMAINDERS)
    floors = {
        code: draw(st.integers(0, middle[code])) for code in key.weights if draw(st.booleans())
    }
    ceilings = {
        code: draw(st.integers(middle[code], kronor)) for code in key.weights if draw(st.booleans())
    }
    return kronor, key, Limits(floors, ceilings)


@given(kronor=POTS, people=PEOPLE, rule=RULES, step=st.sampled_from([1, 10, 1000]))
def test_the_shares_are_the_pot(
    kronor: int, people: dict[str, int], rule: Residual, step: int
) -> None:
    shared = amounts(kronor, grants.by_population(count(people)), rule, step=step)
    assert sum(shared.values()) == kronor
    assert min(shared.values()) >= 0


@given(case=limited(), rule=RULES, step=st.sampled_from([1, 7, 1000]))
def test_floor_and_ceiling_hold(case: tuple[int, Key, Limits], rule: Residual, step: int) -> None:
    kronor, key, limits = case
    shared = amounts(kronor, key, rule, limits=limits, step=step)
    assert sum(shared.values()) == kronor
    for code, amount in shared.items():
        assert limits.floor(code) <= amount <= limits.ceiling(code, kronor)


@given(case=limited())
def test_the_exact_shares_are_the_pot_too(case: tuple[int, Key, Limits]) -> None:
    kronor, key, limits = case
    shared = grants.share_out(Pot("", kronor, key, LARGEST, limits))
    assert sum((one.exact for one in shared.shares), Fraction(0)) == kronor


@given(kronor=POTS, people=TIED | SMALL | PEOPLE, rule=RULES)
def test_more_people_never_less_money(kronor: int, people: dict[str, int], rule: Residual) -> None:
    shared = amounts(kronor, grants.by_population(count(people)), rule)
    order = sorted(people, key=lambda code: people[code])
    for fewer, more in pairwise(order):
        if people[more] > people[fewer]:
            assert shared[more] >= shared[fewer]


@given(
    kronor=POTS, people=SMALL | PEOPLE, more=st.integers(1, 200), data=st.data(),
    rule=st.sampled_from([Residual.REMAINDERS, Residual.DIVISOR]),
)  # fmt: skip
def test_growing_alone_never_lowers_ones_amount(
    kronor: int, people: dict[str, int], more: int, data: st.DataObject, rule: Residual
) -> None:
    who = data.draw(st.sampled_from(sorted(people)))
    before = amounts(kronor, grants.by_population(count(people)), rule)
    grown = people | {who: people[who] + more}
    assert amounts(kronor, grants.by_population(count(grown)), rule)[who] >= before[who]


@given(kronor=POTS, people=SMALL | PEOPLE, more=st.integers(1, 200), data=st.data())
def test_growing_alone_costs_at_most_the_residual(
    kronor: int, people: dict[str, int], more: int, data: st.DataObject
) -> None:
    """With the residual on the largest: at most half a krona for each recipient, twice."""
    who = data.draw(st.sampled_from(sorted(people)))
    before = amounts(kronor, grants.by_population(count(people)), Residual.LARGEST)
    grown = people | {who: people[who] + more}
    after = amounts(kronor, grants.by_population(count(grown)), Residual.LARGEST)
    assert after[who] >= before[who] - len(people)


@given(kronor=POTS, people=TIED | SMALL | PEOPLE, rule=RULES, data=st.data())
def test_the_order_of_recipients_changes_nothing(
    kronor: int, people: dict[str, int], rule: Residual, data: st.DataObject
) -> None:
    shuffled = dict(data.draw(st.permutations(list(people.items()))))
    one = grants.share_out(Pot("", kronor, grants.by_population(count(people)), Rounding(rule)))
    other = grants.share_out(Pot("", kronor, grants.by_population(count(shuffled)), Rounding(rule)))
    assert one == other


@given(kronor=POTS, people=PEOPLE, rule=RULES, factor=st.integers(2, 9))
def test_only_proportions_count(
    kronor: int, people: dict[str, int], rule: Residual, factor: int
) -> None:
    key = grants.by_population(count(people))
    bigger = grants.by_population(count({code: n * factor for code, n in people.items()}))
    assert amounts(kronor, key, rule) == amounts(kronor, bigger, rule)


@given(kronor=POTS, people=PEOPLE, rule=RULES)
def test_nobody_is_a_krona_from_the_exact_share_but_who_bears_the_residual(
    kronor: int, people: dict[str, int], rule: Residual
) -> None:
    key = grants.by_population(count(people))
    shared = grants.share_out(Pot("", kronor, key, Rounding(rule)))
    if rule is Residual.REMAINDERS:
        assert all(abs(one.rounded_by) < 1 for one in shared.shares)
    assert sum(abs(one.rounded_by) for one in shared.shares) <= len(people)
