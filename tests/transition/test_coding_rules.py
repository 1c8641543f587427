"""Two readers: agreement by hand, from the literature and against statsmodels; the code book; who reads when."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from statsmodels.stats.inter_rater import cohens_kappa

from samverka.kernel.problems import Invalid, NotNow
from samverka.transition.rules.reports.codes import (
    Reading,
    check_resolve,
    codes_data,
    codes_of,
    next_reading,
    settled,
    shipped_codes,
)
from samverka.transition.rules.reports.kappa import agreement, agreement_by_code

WORKED = {
    # Viera & Garrett (2005) Family Medicine 37:360–363, table 1: 100 lectures, useful or not.
    "viera": ([[15, 5], [10, 70]], "0.57"),
    # Fleiss, Levin & Paik (2003) Statistical Methods for Rates and Proportions, table 18.1: 100 diagnoses.
    "fleiss": ([[75, 1, 4], [5, 4, 1], [0, 0, 10]], "0.68"),
    # By hand: 35 of 50 alike, 25 by chance: (0.7 − 0.5) / (1 − 0.5).
    "hand": ([[20, 5], [10, 15]], "0.40"),
}


def _pairs(table: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    return [
        (i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)
    ]


@pytest.mark.parametrize("name", WORKED)
def test_kappa_of_worked_examples(name: str) -> None:
    table, published = WORKED[name]
    found = agreement(_pairs(table))
    assert found.kappa is not None
    assert f"{float(found.kappa):.2f}" == published
    oracle = float(cohens_kappa(table, return_results=False))
    assert float(found.kappa) == pytest.approx(oracle, abs=1e-12)


def test_the_share_and_the_edges() -> None:
    assert agreement(_pairs([[15, 5], [10, 70]])).share == Fraction(85, 100)
    assert agreement([]).share is None
    assert agreement([(1, 1), (1, 1)]).kappa is None  # chance alone gives full agreement
    assert agreement([(1, 2), (2, 1)]).kappa == -1


def test_each_code_is_judged_by_itself() -> None:
    texts = [({"a"}, {"a"}), ({"a", "b"}, {"a"}), (set(), set()), ({"b"}, {"b"})]
    found = agreement_by_code(((frozenset(x), frozenset(y)) for x, y in texts), ["a", "b"])
    assert (found["a"].same, found["b"].same) == (4, 3)
    assert found["a"].kappa == 1
    assert found["b"].kappa == Fraction(1, 2)


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
