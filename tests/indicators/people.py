"""A small county of made-up counts, and tables of it as they leave the house, one after another."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from samverka.indicators.rules.hiding import (
    Cell,
    CellStatus,
    Frame,
    Group,
    Policy,
    Protected,
    Release,
    ReleaseLog,
    group,
    protect,
    split,
)
from tests.indicators.attacker import GaveUp, Person, could_be_many

FRAME = Frame(
    {
        "area": ("a", "b", "c", "d"),
        "sex": ("k", "m"),
        "age": ("65", "80"),
        "outcome": ("reached", "not_reached"),
    }
)
NAMES = tuple(FRAME.dimensions)
EVERYONE: tuple[Person, ...] = tuple(product(*FRAME.dimensions.values()))
DAY = date(2026, 11, 1)
MANY = (0, 0, 0, 1, 1, 2, 3, 4, 5, 8, 13, 30)


@dataclass
class County:
    """People, what has left of them, and every release word for word."""

    people: dict[Person, int]
    policy: Policy = field(default_factory=Policy)
    log: ReleaseLog = field(default_factory=ReleaseLog)
    asked: int = 0
    given_up: int = 0

    def members(self, one: Group) -> frozenset[Person]:
        """The kinds of people in a group."""
        return frozenset(
            person
            for person in EVERYONE
            if all(person[NAMES.index(name)] in kept for name, kept in one.limits)
        )

    def count(self, one: Group) -> int:
        """How many they are."""
        return sum(self.people[person] for person in self.members(one))

    def release(self, wanted: list[Group]) -> Protected:
        """Let a table leave."""
        parts = split(FRAME, [*wanted, *self.log.groups()])
        made = protect(
            FRAME, wanted, {one: self.count(one) for one in parts}, log=self.log, policy=self.policy
        )
        self.remember(made.cells)
        return made

    def remember(self, cells) -> None:
        """What left, left."""
        self.log = self.log.with_release(Release(f"table {len(self.log.releases)}", DAY, cells))

    def release_as_it_is(self, wanted: list[Group]) -> None:
        """The fault: only the small cells themselves are hidden."""
        self.remember(
            {
                one: Cell(CellStatus.HIDDEN)
                if self.policy.is_small(self.count(one))
                else Cell(CellStatus.SHOWN, self.count(one))
                for one in wanted
            }
        )

    def told(self) -> list[tuple[frozenset[Person], int]]:
        """All that the attacker has."""
        return [(self.members(one), many) for one, many in self.log.shown().items()]

    def small(self) -> set[frozenset[Person]]:
        """Small groups that a reader may ask about: cells, differences, complements, single kinds."""
        cells = [self.members(one) for one in self.log.groups()]
        cells += [self.members(it) for one in self.log.groups() if (it := one.complement())]
        found = {*cells, *(whole - part for whole in cells for part in cells if part < whole)}
        found |= {frozenset({person}) for person in EVERYONE}
        return {
            one for one in found if self.policy.is_small(sum(self.people[person] for person in one))
        }

    def recovered(self) -> list[frozenset[Person]]:
        """Small groups that the attacker knows to be small."""
        told = self.told()
        found = []
        for one in self.small():
            self.asked += 1
            try:
                if not could_be_many(told, EVERYONE, one, self.policy.smallest):
                    found.append(one)
            except GaveUp:
                self.given_up += 1
        return found


def county(seed: int) -> County:
    """A county by seed."""
    drawn = random.Random(seed)
    return County({person: drawn.choice(MANY) for person in EVERYONE})


def by(*names: str, **limits: str) -> list[Group]:
    """A table by these dimensions with all its sums: each is a category, or all."""
    axes = [[None, *FRAME.dimensions[name]] for name in names]
    return [
        group(**limits, **{name: kept for name, kept in zip(names, one, strict=True) if kept})
        for one in product(*axes)
    ]
