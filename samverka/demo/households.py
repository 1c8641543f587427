"""People put together in households: families with children, couples, singles. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from samverka.kernel.identity import Sex

GROWN_UP = 18
LEAVES_HOME = 20
"""Those younger than this (years) live with a parent when one is found."""

_TOGETHER = ((22, 0.35), (30, 0.55), (45, 0.60), (75, 0.50), (85, 0.25))
"""Share of women who live with a partner, from an age (years)."""

_PARENT_TOGETHER = 0.75
_CHILDREN = (1, 2, 3, 4)
_CHILDREN_SHARES = (35, 45, 16, 4)
"""Share (percent) of families with so many children at home."""

_AGE_AT_BIRTH = range(20, 42)


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """Someone of whom only sex and age are known yet. Two are never equal."""

    sex: Sex
    age: int


@dataclass(slots=True, eq=False)
class Household:
    """Who lives together: one or two grown-ups, and children of theirs."""

    partners: list[Draft]
    children: list[Draft] = field(default_factory=list)
    room: int = 0  # for so many children in all

    @property
    def members(self) -> list[Draft]:
        """Grown-ups first, children from the oldest."""
        return self.partners + sorted(self.children, key=lambda child: -child.age)


class _Free:
    """Those who are not in a household yet, found by sex and age."""

    def __init__(self, chance: Random, drafts: list[Draft]) -> None:
        self.chance = chance
        self.by_age: dict[tuple[Sex, int], list[Draft]] = {}
        for draft in drafts:
            self.by_age.setdefault((draft.sex, draft.age), []).append(draft)

    def take(self, sex: Sex, ages: list[int]) -> Draft | None:
        """One of that sex, trying the ages in the order given."""
        for age in ages:
            left = self.by_age.get((sex, age))
            if left:
                return left.pop(self.chance.randrange(len(left)))
        return None


def form(chance: Random, drafts: list[Draft]) -> Iterator[Household]:
    """All these people in households. Everyone is in exactly one."""
    children = [draft for draft in drafts if draft.age < LEAVES_HOME]
    free = _Free(chance, [draft for draft in drafts if draft.age >= LEAVES_HOME])
    families, alone = _families(chance, free, children)
    yield from families
    yield from _couples_and_singles(chance, free)
    for child in alone:  # few: small places where no grown-up of a fitting age was drawn
        yield Household([child])


def _families(
    chance: Random, free: _Free, children: list[Draft]
) -> tuple[list[Household], list[Draft]]:
    """Mothers are given children until no child, or no mother of a fitting age, is left."""
    open_homes: list[Household] = []
    closed: list[Household] = []
    alone: list[Draft] = []
    for child in sorted(children, key=lambda one: -one.age):
        home = _home_for(chance, free, open_homes, child)
        if home is None:
            alone.append(child)
            continue
        home.children.append(child)
        if len(home.children) >= home.room:
            open_homes.remove(home)
            closed.append(home)
    return closed + open_homes, alone


_TRIES = 6


def _home_for(
    chance: Random, free: _Free, open_homes: list[Household], child: Draft
) -> Household | None:
    """A home with older siblings, or a new one."""
    for _try in range(min(_TRIES, len(open_homes))):
        home = chance.choice(open_homes[-400:])
        apart = home.children[-1].age - child.age
        if _fits(home.partners[0], child) and 1 <= apart <= 6:
            return home
    parent = _parent(chance, free, child)
    if parent is None:
        return next((home for home in open_homes if _fits(home.partners[0], child)), None)
    home = Household([parent, *_partner(chance, free, parent, _PARENT_TOGETHER)])
    home.room = chance.choices(_CHILDREN, _CHILDREN_SHARES)[0]
    open_homes.append(home)
    return home


def _fits(parent: Draft, child: Draft) -> bool:
    return parent.age - child.age in _AGE_AT_BIRTH


def _parent(chance: Random, free: _Free, child: Draft) -> Draft | None:
    ages = [child.age + years for years in _AGE_AT_BIRTH]
    middle = child.age + round(chance.gauss(30, 5))
    ages.sort(key=lambda age: abs(age - middle))
    sexes = [Sex.FEMALE, Sex.MALE] if chance.random() < 0.88 else [Sex.MALE, Sex.FEMALE]
    return free.take(sexes[0], ages) or free.take(sexes[1], ages)


def _partner(chance: Random, free: _Free, one: Draft, share: float) -> list[Draft]:
    """A partner near in age, by chance; mostly a man somewhat older than the woman."""
    if chance.random() >= share:
        return []
    older = 2 if one.sex is Sex.FEMALE else -2
    middle = one.age + round(chance.gauss(older, 3))
    ages = sorted(range(max(LEAVES_HOME, middle - 8), middle + 9), key=lambda a: abs(a - middle))
    sex = one.sex if chance.random() < 0.02 else _other(one.sex)
    found = free.take(sex, ages)
    return [found] if found else []


def _other(sex: Sex) -> Sex:
    return Sex.MALE if sex is Sex.FEMALE else Sex.FEMALE


def _couples_and_singles(chance: Random, free: _Free) -> Iterator[Household]:
    for sex in (Sex.FEMALE, Sex.MALE):
        for age in range(100, LEAVES_HOME - 1, -1):
            share = _together(age) if sex is Sex.FEMALE else 0.0
            while (one := free.take(sex, [age])) is not None:
                yield Household([one, *_partner(chance, free, one, share)])


def _together(age: int) -> float:
    return next((share for first, share in reversed(_TOGETHER) if age >= first), 0.0)
