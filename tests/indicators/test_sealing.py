"""Tables as they leave, night after night, against one who has them all and a solver."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from samverka.indicators.rules.hiding import Policy
from samverka.indicators.rules.hiding.again import Kept, renew
from samverka.kernel.hiding.tables import Cells, Counts, Key, Shape, seal
from tests.indicators.solver import Attacker, Person, added, everyone

AREAS, SEXES, AGES, ENDS = ("a", "b", "c"), ("f", "m", "?"), ("y", "o"), ("yes", "no")
KINDS = everyone(AREAS, SEXES, AGES, ENDS)
SHAPE = Shape({"all": AREAS}, {"sex": ("f", "m"), "age": ("y", "o")})
LEAST = Policy().smallest
MANY = (0, 0, 0, 1, 1, 2, 3, 5, 9, 14, 40)


def members(key: Key, end: str) -> frozenset[Person]:
    """The kinds of people that a cell counts."""
    area, parting, part = key
    return frozenset(
        kind
        for kind in KINDS
        if area in ("all", kind[0])
        and (parting == "all" or part == kind[1 if parting == "sex" else 2])
        and kind[3] == end
    )


KEYS = [
    (area, parting, part)
    for area in ("all", *AREAS)
    for parting, parts in (("all", ("",)), ("sex", ("f", "m")), ("age", ("y", "o")))
    for part in parts
]
MEMBERS = {key: tuple(members(key, end) for end in ENDS) for key in KEYS}


def cells_of(people: dict[Person, int]) -> dict[Key, Counts]:
    """What each cell counts."""
    return {key: tuple(added(people, side) for side in MEMBERS[key]) for key in KEYS}


def drawn(seed: int) -> dict[Person, int]:
    """People by seed; few whose sex is not known."""
    some = random.Random(seed)
    return {kind: some.choice(MANY[:6] if kind[1] == "?" else MANY) for kind in KINDS}


def few(counts: Counts) -> list[int]:
    """The sides of a cell that are small."""
    return [side for side, many in enumerate(counts) if 0 < many < LEAST]


def told(cells: Cells, unseen: Iterable[Key]) -> list[tuple[frozenset[Person], int]]:
    """Everything that can be read in a table."""
    away = set(unseen)
    return [
        (MEMBERS[key][side], many)
        for key, counts in cells.items()
        if key not in away
        for side, many in enumerate(counts)
    ]


def known(people: dict[Person, int], unseen: Iterable[Key]) -> list[tuple[Key, int]]:
    """The small cells that the attacker finds to be small."""
    cells = cells_of(people)
    attacker = Attacker(KINDS, told(cells, unseen))
    return [
        (key, side)
        for key, counts in cells.items()
        for side in few(counts)
        if attacker.most(MEMBERS[key][side]) < LEAST
    ]


@pytest.mark.parametrize("seed", range(12))
def test_nobody_is_found_in_one_table(seed: int) -> None:
    people = drawn(seed)
    cells = cells_of(people)
    made = seal(SHAPE, cells, Policy())
    assert not made.exposed
    assert not known(people, made.hidden)
    assert len(made.hidden) < len(KEYS)
    # Nor those who stand in no cell of their own: whose sex is not known.
    rest = [frozenset(kind for kind in KINDS if kind[0] == area and kind[1] == "?" and kind[3] == end)
            for area in AREAS for end in ENDS]  # fmt: skip
    attacker = Attacker(KINDS, told(cells, made.hidden))
    assert all(attacker.most(one) >= LEAST for one in rest if 0 < added(people, one) < LEAST)


# ── Night after night ──


@dataclass
class Nights:
    """The same month, counted anew each night as facts come late."""

    people: list[dict[Person, int]] = field(default_factory=list)
    kept: Kept = field(default_factory=Kept)
    told: list[tuple[frozenset[Person], int]] = field(default_factory=list)
    shown: int = 0
    anew: int = 0

    def night(self, people: dict[Person, int]) -> None:
        """One more."""
        self.people.append(people)
        cells = cells_of(people)
        made = renew(SHAPE, cells, Policy(), self.kept)
        assert not made.exposed
        unseen = made.hidden | made.stands
        number = len(self.people)
        self.told += [(tagged(group, number), many) for group, many in told(cells, unseen)]
        fresh = {key: one for key, one in cells.items() if key not in unseen}
        self.shown += len(fresh)
        self.anew += sum(1 for key, one in fresh.items() if self.kept.shown.get(key, one) != one)
        shown = {**self.kept.shown, **fresh}
        self.kept = Kept(shown, (self.kept.hidden | made.hidden) - shown.keys())

    def found(self) -> list[object]:
        """Small cells of a night, and small differences between two nights, that the attacker finds."""
        nights = range(1, len(self.people) + 1)
        attacker = Attacker([(*kind, str(one)) for one in nights for kind in KINDS], self.told)
        cells = [cells_of(one) for one in self.people]
        found: list[object] = []
        for key in KEYS:
            for side in range(2):
                groups = [tagged(MEMBERS[key][side], one) for one in nights]
                many = [one[key][side] for one in cells]
                for at, group in enumerate(groups):
                    if 0 < many[at] < LEAST and attacker.most(group) < LEAST:
                        found.append((key, side, at))
                    if at and 0 < abs(many[at] - many[at - 1]) < LEAST:
                        before = groups[at - 1]
                        if max(attacker.most(group, before), attacker.most(before, group)) < LEAST:
                            found.append((key, side, at - 1, at))
        return found


def tagged(group: frozenset[Person], night: int) -> frozenset[Person]:
    """The people of one night."""
    return frozenset((*kind, str(night)) for kind in group)


def later(people: dict[Person, int], seed: int, share: float = 0.15) -> dict[Person, int]:
    """Some have come and some have gone."""
    some = random.Random(seed)
    moved = {kind: some.choice((-2, 1, 1, 2, 6, 12)) for kind in KINDS if some.random() < share}
    return {kind: max(0, many + moved.get(kind, 0)) for kind, many in people.items()}


def nights(seed: int, many: int = 3) -> Nights:
    """Three nights by seed."""
    some = random.Random(seed)
    one, people = Nights(), {kind: n * some.choice((1, 4, 9)) for kind, n in drawn(seed).items()}
    for night in range(many):
        one.night(people)
        people = later(people, 100 * seed + night)
    return one


def test_nobody_is_found_by_those_who_kept_yesterdays_tables() -> None:
    made = [nights(seed) for seed in range(4)]
    assert not [found for one in made if (found := one.found())]
    # Something was given anew, and something shown; else nothing was tried.
    assert sum(one.anew for one in made) >= 5
    assert sum(one.shown for one in made) >= len(KEYS)


def test_the_attacker_finds_what_should_not_have_left() -> None:
    """Each safeguard taken away, one at a time: he must see it."""
    many = [drawn(seed) for seed in range(8)]
    tables = [cells_of(people) for people in many]
    small = [seal(SHAPE, cells, Policy()).small for cells in tables]
    assert any(known(*one) for one in zip(many, small, strict=True)), "no secondary hiding"
    alone = [{key: counts[:1] for key, counts in cells.items()} for cells in tables]
    hidden = [seal(SHAPE, cells, Policy()).hidden for cells in alone]
    assert any(known(*one) for one in zip(many, hidden, strict=True)), "no rule for the complement"
    forgetful = []
    for seed, people in enumerate(many[:4]):
        one = Nights()
        for tonight in (people, later(people, seed)):
            one.kept = Kept()
            one.night(tonight)
        forgetful += one.found()
    assert forgetful, "no log"
