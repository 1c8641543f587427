"""Measures whose people lie within one another, and one who reads them all with a solver."""

from __future__ import annotations

import os
import random
from datetime import date
from itertools import combinations

import pytest

from samverka.indicators.rules.measures import Measure
from samverka.indicators.rules.reckoning import (
    Before,
    Curves,
    Other,
    pairs_of,
    reckon_curves,
    stretch,
    subject_of,
)
from samverka.indicators.warehouse.measures.shipped import shipped
from samverka.kernel.hiding.tables import WHOLE, Key
from tests.indicators.cells import cell
from tests.indicators.solver import Attacker, Person, added, everyone

AREAS = ("2303", "2305", "2309", "2380")
KINDS = everyone(AREAS, ("not offered", "declined", "kept", "changed"))
CHAIN = ("omsorgskontakt-erbjuden", "omsorgskontakt-tackat-ja", "omsorgskontakt-bytt")
STEPS = ("declined", "kept", "changed")
REACHED = (STEPS, STEPS[1:], STEPS[2:])
WHOLES = (("not offered", *STEPS), *REACHED[:2])
VISITS = ("lakarbesok-andel-primarvard", "lakarbesok-primarvard")
DAY = date(2021, 1, 31)
SEEDS = range(int(os.environ.get("SAMVERKA_ATTACKS", "10")))


def members(area: str, ways: tuple[str, ...]) -> frozenset[Person]:
    """The kinds of people that a number counts."""
    return frozenset(kind for kind in KINDS if area in (kind[0], "23") and kind[1] in ways)


def drawn(seed: int) -> dict[Person, int]:
    """Those who are in a chain of measures; few at one step or another."""
    some = random.Random(seed)
    return {kind: some.choice((0, 1, 2, 3, 6, 9, 14, 25)) for kind in KINDS}


def chain(people: dict[Person, int], *, apart: bool) -> list[Curves]:
    """The three measures as a night reckons them; or each as if it were alone."""
    made: list[tuple[Measure, Curves]] = []
    for step, code in enumerate(CHAIN):
        measure = shipped()[code]
        told = tuple(
            Other({stretch(one, day): kept for day, kept in before.left.items()}, pairs)
            for one, before in made
            if (pairs := pairs_of(measure, one)) and not apart
        )
        cells = [
            cell(
                DAY, area,
                added(people, members(area, REACHED[step])),
                added(people, members(area, WHOLES[step])),
            )
            for area in AREAS
        ]  # fmt: skip
        since, until = date(2021, 1, 1), DAY
        made.append(
            (
                measure,
                reckon_curves(measure, cells, since=since, until=until, before=Before(others=told)),
            )
        )
    return [one for _measure, one in made]


def known(people: dict[Person, int], made: list[Curves]) -> list[tuple[str, int, int]]:
    """The small numbers of any of the measures that the solver finds to be small."""
    sides = [(REACHED[at], tuple(set(WHOLES[at]) - set(REACHED[at]))) for at in range(3)]
    told = [
        (members(key[0], sides[at][side]), many)
        for at, one in enumerate(made)
        for key, counts in shown(one).items()
        for side, many in enumerate(counts)
    ]
    attacker = Attacker(KINDS, told)
    return [
        (area, at, side)
        for area in ("23", *AREAS)
        for at in range(3)
        for side in range(2)
        if 0 < added(people, members(area, sides[at][side])) < 5
        and attacker.most(members(area, sides[at][side])) < 5
    ]


def shown(made: Curves) -> dict[Key, tuple[int, ...]]:
    """What left of the totals."""
    return {
        key: counts
        for kept in made.left.values()
        for key, counts in kept.shown.items()
        if key[1:] == WHOLE
    }


def test_those_who_were_offered_less_those_who_accepted_tell_of_no_few() -> None:
    left = 0
    for seed in SEEDS:
        people = drawn(seed)
        made = chain(people, apart=False)
        assert not known(people, made), f"county {seed}"
        left += sum(len(shown(one)) for one in made)
    assert left > len(SEEDS)


def test_the_attacker_finds_them_where_each_measure_hides_alone() -> None:
    assert any(known(people, chain(people, apart=True)) for people in map(drawn, range(6)))


def test_which_of_the_shipped_are_linked() -> None:
    found = {
        (one.code, other.code): pairs_of(one, other)
        for one, other in combinations(shipped().values(), 2)
        if subject_of(one) != subject_of(other)
    }
    linked = {codes for codes, pairs in found.items() if any(one.same for one in pairs)}
    assert {CHAIN[:2], CHAIN[1:], VISITS[::-1]} <= linked
    assert 10 <= len(linked) <= 20  # a catalogue where all is linked would hide itself


@pytest.mark.parametrize("code", ["utskrivningsklar-dygn-65", "kontinuitet-lakare"])
def test_days_and_indexes_are_no_sets_of_people(code: str) -> None:
    measures = shipped()
    assert all(
        not pairs_of(measures[code], one)
        for one in measures.values()
        if subject_of(one) != subject_of(measures[code])
    )
