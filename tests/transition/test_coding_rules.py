"""Two readers: agreement by hand and against statsmodels, also over tables drawn at random; the code book; who reads when."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

import pytest
from statsmodels.stats.inter_rater import cohens_kappa

from samverka.kernel.problems import Invalid, NotNow
from samverka.transition.rules.reports.coded import CodedText, coded
from samverka.transition.rules.reports.codes import (
    Reading,
    check_resolve,
    codes_data,
    codes_of,
    next_reading,
    settled,
    shipped_codes,
)
from samverka.transition.rules.reports.kappa import (
    Pair,
    agreement,
    agreement_by_code,
    agreement_in_all,
)
from samverka.transition.rules.reports.kinds import Recipient

WORKED = {
    # 85 of 100 alike; by chance 25 · 20 + 75 · 80 of 100²: (0.85 − 0.65) / (1 − 0.65).
    "two": ([[15, 5], [10, 70]], "0.57"),
    # 89 of 100 alike; by chance 80 · 80 + 10 · 5 + 10 · 15 of 100²: (0.89 − 0.66) / (1 − 0.66).
    "three": ([[75, 1, 4], [5, 4, 1], [0, 0, 10]], "0.68"),
    # 35 of 50 alike, 25 by chance: (0.7 − 0.5) / (1 − 0.5).
    "half": ([[20, 5], [10, 15]], "0.40"),
}
"""Tables of how often two said what, and their kappa reckoned by hand."""


def _pairs(table: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    return [
        (i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)
    ]


@pytest.mark.parametrize("name", WORKED)
def test_kappa_of_worked_examples(name: str) -> None:
    table, by_hand = WORKED[name]
    found = agreement(_pairs(table))
    assert found.kappa is not None
    assert f"{float(found.kappa):.2f}" == by_hand
    oracle = float(cohens_kappa(table, return_results=False))
    assert float(found.kappa) == pytest.approx(oracle, abs=1e-12)


def test_kappa_is_that_of_statsmodels_over_any_table() -> None:
    dice = Random(5)
    for _ in range(100):
        size = dice.randint(2, 5)
        table = [[dice.randint(0, 9) + (i == j) for j in range(size)] for i in range(size)]
        found = agreement(_pairs(table))
        assert found.kappa is not None
        oracle = float(cohens_kappa(table, return_results=False))
        assert float(found.kappa) == pytest.approx(oracle, abs=1e-12)


def test_the_share_and_the_edges() -> None:
    assert agreement(_pairs([[15, 5], [10, 70]])).share == Fraction(85, 100)
    assert agreement([]).share is None
    assert agreement([(1, 1), (1, 1)]).kappa is None  # chance alone gives full agreement
    assert agreement([(1, 2), (2, 1)]).kappa == -1


def test_each_code_is_judged_by_itself() -> None:
    texts = [({"a"}, {"a"}), ({"a", "b"}, {"a"}), (set(), set()), ({"b"}, {"b"})]
    both = frozenset("ab")
    pairs = [Pair(frozenset(x), frozenset(y), both) for x, y in texts]
    found = agreement_by_code(pairs, ["a", "b"])
    assert (found["a"].same, found["b"].same) == (4, 3)
    assert found["a"].kappa == 1
    assert found["b"].kappa == Fraction(1, 2)
    assert (agreement_in_all(pairs).n, agreement_in_all(pairs).same) == (8, 7)
    # A code that came with a later code book says nothing of a text that was read before it.
    assert agreement_by_code(pairs, ["c"])["c"].n == 0


def test_what_two_have_settled_is_counted_once_for_each_that_says_it() -> None:
    one, other = frozenset({"anchored"}), frozenset({"larande"})
    both = frozenset({"anchored", "larande"})

    def text(area: str, read: dict[Reading, frozenset[str]]) -> CodedText:
        return CodedText(area, Recipient.REGION, read, both)

    differ = {Reading.FIRST: one, Reading.SECOND: other}
    found = coded(
        [
            text("23", {Reading.FIRST: one, Reading.SECOND: one}),
            text("23", differ | {Reading.RESOLVED: one | other}),
            text("22", differ),
            text("21", {Reading.FIRST: one}),
            CodedText("2309", Recipient.MUNICIPALITY, {}, frozenset()),
        ],
        Recipient.REGION,
        shipped_codes(),
    )
    named = {each.code.code: each.count for each in found.counts if each.count}
    assert named == {"anchored": 1, "larande": 1}
    assert (found.texts, found.done, found.differ) == (4, 2, 1)
    assert (found.agreement.n, found.agreement.same) == (6, 2)


def test_two_read_and_a_third_step_decides() -> None:
    assert next_reading({}, "eva") is Reading.FIRST
    assert next_reading({Reading.FIRST: "eva"}, "eva") is Reading.FIRST  # the own one again
    assert next_reading({Reading.FIRST: "eva"}, "mats") is Reading.SECOND
    with pytest.raises(NotNow, match="Två har redan"):
        next_reading({Reading.FIRST: "eva", Reading.SECOND: "mats"}, "karin")
    one, other = frozenset({"a"}), frozenset({"b"})
    with pytest.raises(NotNow):
        check_resolve({Reading.FIRST: one})
    assert settled({Reading.FIRST: one}) is None
    assert settled({Reading.FIRST: one, Reading.SECOND: one}) == one
    differ = {Reading.FIRST: one, Reading.SECOND: other}
    assert settled(differ) is None
    assert settled(differ | {Reading.RESOLVED: other}) == other


def test_a_code_book_that_is_wrong_is_refused() -> None:
    book = codes_data(shipped_codes())
    assert codes_of(book) == shipped_codes()
    with pytest.raises(Invalid, match="två gånger"):
        codes_of([*book, book[0]])
    with pytest.raises(Invalid, match="ämne"):
        codes_of([book[0] | {"topic": "x"}])
    with pytest.raises(Invalid, match="tom"):
        codes_of([])
