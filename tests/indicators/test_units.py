"""Units beside municipalities: two ways to part a county, and one who reads both with a solver."""

from __future__ import annotations

import os
import random

from samverka.indicators.rules.hiding import Policy, Shape, seal
from samverka.kernel.hiding.tables import WHOLE, Counts, Key
from tests.indicators.solver import Attacker, Person, added, everyone

MUNICIPALITIES, UNITS, ENDS = ("a", "b", "c"), ("u", "v", "w"), ("yes", "no")
NONE = "?"
KINDS = everyone((*MUNICIPALITIES, NONE), (*UNITS, NONE), ENDS)
HOMES, CARE = Shape({"all": MUNICIPALITIES}, {}), Shape({"all": UNITS}, {})
ALL: Key = ("all", *WHOLE)
LEAST = Policy().smallest
SEEDS = range(int(os.environ.get("SAMVERKA_ATTACKS", "8")))
"""How many counties are attacked; more of them by an environment variable."""


def members(area: str, end: str) -> frozenset[Person]:
    """The kinds of people of a municipality, a unit, or all."""
    return frozenset(kind for kind in KINDS if area in ("all", *kind[:2]) and kind[2] == end)


MEMBERS = {area: [members(area, end) for end in ENDS] for area in ("all", *MUNICIPALITIES, *UNITS)}


def drawn(seed: int) -> dict[Person, int]:
    """Every other county is nearly empty: then a small one is easiest to find. Few have no place."""
    some = random.Random(seed)
    many = (0, 0, 0, 0, 0, 1, 2, 3, 9, 25) if seed % 2 else (0, 1, 2, 4, 7, 12, 30)
    return {kind: some.choice((0, 0, 0, 0, 0, 0, 1) if NONE in kind else many) for kind in KINDS}


def cells_of(people: dict[Person, int], shape: Shape) -> dict[Key, Counts]:
    """What one tree counts."""
    return {
        (area, *WHOLE): tuple(added(people, one) for one in MEMBERS[area]) for area in shape.areas
    }


def hidden_of(people: dict[Person, int]) -> set[Key]:
    """As the night does: municipalities first, then the units around the county's total."""
    homes = seal(HOMES, cells_of(people, HOMES), Policy()).hidden
    away = {ALL} & homes
    care = seal(CARE, cells_of(people, CARE), Policy(), hidden=away, fixed={ALL} - homes)
    assert not care.exposed
    return homes | (care.hidden - {ALL})


def known(people: dict[Person, int], hidden: set[Key]) -> list[tuple[str, int]]:
    """Small cells of either tree that the attacker finds to be small."""
    cells = cells_of(people, HOMES) | cells_of(people, CARE)
    told = [
        (MEMBERS[key[0]][side], many)
        for key, counts in cells.items()
        if key not in hidden
        for side, many in enumerate(counts)
    ]
    attacker = Attacker(KINDS, told)
    return [
        (key[0], side)
        for key, counts in cells.items()
        for side, many in enumerate(counts)
        if 0 < many < LEAST and attacker.most(MEMBERS[key[0]][side]) < LEAST
    ]


def test_units_and_municipalities_together_give_nobody_away() -> None:
    shown = 0
    for seed in SEEDS:
        people = drawn(seed)
        hidden = hidden_of(people)
        assert not known(people, hidden), f"county {seed}"
        shown += 7 - len(hidden)
    assert shown > len(SEEDS)


def test_the_attacker_sees_units_of_which_only_the_small_are_hidden() -> None:
    found = []
    for seed in range(6):
        people = drawn(seed)
        homes = seal(HOMES, cells_of(people, HOMES), Policy()).hidden
        found += known(people, homes | seal(CARE, cells_of(people, CARE), Policy()).small)
    assert found
