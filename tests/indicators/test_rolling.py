"""Sums over three years, and one who has all of them and a solver: no small year is found."""

from __future__ import annotations

import os
import random
from datetime import date

from samverka.indicators.rules.reckoning import Curves, reckon_curves
from samverka.kernel.hiding.tables import WHOLE
from tests.indicators.cells import RATE, cell
from tests.indicators.solver import Attacker, Person, added, everyone

AREAS = ("2303", "2305", "2309", "2380")
YEARS = tuple(str(year) for year in range(2018, 2024))
KINDS = everyone(AREAS, YEARS)
FOUND_BEFORE = (11, 40)
"""Counties in which hiding each area alone gave a year away."""
SEEDS = sorted({*FOUND_BEFORE, *range(int(os.environ.get("SAMVERKA_ATTACKS", "6")))})


def members(area: str, *years: str) -> frozenset[Person]:
    """Those of an area in some years."""
    return frozenset(kind for kind in KINDS if area in (kind[0], "23") and kind[1] in years)


def drawn(seed: int) -> dict[Person, int]:
    """Every other county is nearly empty."""
    some = random.Random(seed)
    many = (0, 0, 0, 0, 0, 0, 1, 2, 9) if seed % 2 else (0, 0, 0, 1, 3, 7, 15)
    return {kind: some.choice(many) for kind in KINDS}


def reckoned(people: dict[Person, int]) -> Curves:
    cells = [cell(date(int(year), 1, 1), area, many, 1000) for (area, year), many in people.items()]
    return reckon_curves(RATE, cells, since=date(2018, 1, 1), until=date(2023, 12, 31))


def told(made: Curves) -> list[tuple[frozenset[Person], int]]:
    """Every sum that left."""
    return [
        (members(key[0], *(str(last.year - back) for back in range(3))), counts[0])
        for last, kept in made.left.items()
        for key, counts in kept.shown.items()
        if key[1:] == WHOLE
    ]


def test_no_small_year_is_found_from_sums_over_three() -> None:
    left = 0
    for seed in SEEDS:
        people = drawn(seed)
        sums = told(reckoned(people))
        left += len(sums)
        attacker = Attacker(KINDS, sums)
        small = [
            group
            for area in ("23", *AREAS)
            for year in YEARS
            if 0 < added(people, group := members(area, year)) < 5
        ]
        assert all(attacker.most(one) >= 5 for one in small), f"county {seed}"
    assert left > 2 * len(SEEDS)
