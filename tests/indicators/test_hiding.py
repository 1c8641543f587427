"""Disclosure control, table by table: what is hidden, and that no more is than must be."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from samverka.indicators.rules.hiding import Kept, Policy, Sealed, Shape, renew, seal
from samverka.kernel.hiding.tables import WHOLE, Counts, Key
from tests.indicators.solver import Attacker, Person, everyone

AREAS = ("a", "b", "c", "d")
SHAPE = Shape({"all": AREAS}, {})
ALONE = Shape({"all": ()}, {})
ALL: Key = ("all", *WHOLE)
KINDS = everyone(AREAS)
MANY = (0, 0, 1, 2, 3, 5, 9, 14, 40)


def cells_of(**counts: int) -> dict[Key, Counts]:
    """The counts of four municipalities and their sum."""
    areas: dict[Key, Counts] = {(area, *WHOLE): (many,) for area, many in counts.items()}
    return {ALL: (sum(counts.values()),), **areas}


def sealed(policy: Policy | None = None, **counts: int) -> Sealed:
    """The table as it leaves."""
    return seal(SHAPE, cells_of(**counts), policy or Policy())


def names(made: Sealed) -> str:
    """The areas that are hidden."""
    return "".join(sorted(area for area, _parting, _part in made.hidden))


def test_a_small_cell_is_hidden_and_the_smallest_that_hides_it() -> None:
    made = sealed(a=2, b=40, c=30, d=12)
    assert names(made) == "ad"
    assert made.small == {("a", *WHOLE)}
    assert not made.exposed


def test_two_small_ones_hide_each_other_when_they_are_enough() -> None:
    assert names(sealed(a=3, b=40, c=4, d=12)) == "ac"
    # 1 and 2 would be known to be small: their sum is.
    assert names(sealed(a=1, b=40, c=2, d=12)) == "acd"


def test_nothing_is_hidden_without_need() -> None:
    assert not sealed(a=5, b=40, c=0, d=12).hidden


def test_zero_is_hidden_where_the_measure_says_so() -> None:
    made = sealed(Policy(hides_zero=True), a=50, b=40, c=0, d=12)
    assert names(made) == "cd"


@pytest.mark.parametrize(
    ("reached", "hidden"),
    [(98, True), (2, True), (95, False), (5, False), (0, False), (100, False)],
)
def test_those_who_did_not_reach_count_too(reached: int, hidden: bool) -> None:
    assert (ALL in seal(ALONE, {ALL: (reached, 100 - reached)}, Policy()).hidden) is hidden


def test_a_share_of_few_is_not_shown_at_all() -> None:
    assert seal(ALONE, {ALL: (12, 11)}, Policy(least_whole=30)).hidden == {ALL}


def test_what_had_left_already_is_said() -> None:
    """All but the small one once left: it is known, and the drawer of data quality says so."""
    cells = cells_of(a=2, b=40, c=30, d=12)
    gone = {key: one for key, one in cells.items() if key[0] != "a"}
    made = seal(SHAPE, cells, Policy(), fixed=gone)
    assert made.exposed == {("a", *WHOLE)}
    again = renew(SHAPE, cells, Policy(), Kept(gone), fixed=frozenset(gone))
    assert ("a", *WHOLE) in again.hidden | again.exposed


def people(area: str) -> frozenset[Person]:
    """Those who live there."""
    return frozenset((one,) for one in AREAS if area in ("all", one))


def most(counts: Mapping[str, int], hidden: set[Key]) -> list[float]:
    """How many each small area could have, for one who reads what is shown."""
    shown = {key: one for key, (one,) in cells_of(**counts).items() if key not in hidden}
    attacker = Attacker(KINDS, [(people(area), shown[area, *WHOLE]) for area, *_rest in shown])
    return [attacker.most(people(area)) for area, many in counts.items() if 0 < many < 5]


def test_no_cell_is_hidden_besides_without_need() -> None:
    """Were one of those hidden besides shown again, somebody could be known."""
    besides = 0
    for seed in range(20):
        some = random.Random(seed)
        counts = {area: some.choice(MANY) for area in AREAS}
        cells = cells_of(**counts)
        made = seal(SHAPE, cells, Policy())
        assert made == seal(SHAPE, cells, Policy())  # the same table twice is the same
        assert all(many >= 5 for many in most(counts, made.hidden))
        for one in made.hidden - made.small:
            besides += 1
            assert any(many < 5 for many in most(counts, made.hidden - {one}))
    assert besides > 5
