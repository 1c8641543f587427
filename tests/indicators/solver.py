"""One who has every table that left, and a solver of whole-number programs (HiGHS): an exact attacker.

Written from the problem alone. The finest kinds of people (area x sex x age x outcome, and for a later
night those who came and those who went) are unknown whole numbers, not negative; each cell that was told
is an equation. What a small group could be at most is then a program with one answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Person = tuple[str, ...]
Told = Sequence[tuple[frozenset[Person], int]]


class Attacker:
    """All that was told of these kinds of people."""

    def __init__(self, kinds: Sequence[Person], told: Told) -> None:
        self.kinds = list(kinds)
        at = {kind: place for place, kind in enumerate(self.kinds)}
        self.rows = np.zeros((len(told), len(self.kinds)))
        for row, (group, _many) in enumerate(told):
            for kind in group:
                self.rows[row, at[kind]] = 1
        self.many = np.array([many for _group, many in told], dtype=float)
        self.at = at

    def most(self, plus: frozenset[Person], minus: frozenset[Person] = frozenset()) -> float:
        """The most that a group (or the difference of two) can be; infinity where nothing is told."""
        wanted = np.zeros(len(self.kinds))
        for kind in plus:
            wanted[self.at[kind]] -= 1
        for kind in minus:
            wanted[self.at[kind]] += 1
        rules = [LinearConstraint(self.rows, self.many, self.many)] if len(self.many) else []
        found = milp(
            wanted,
            constraints=rules,
            integrality=np.ones(len(self.kinds)),
            bounds=Bounds(0, np.inf),
        )
        if found.status == 0:
            return float(-found.fun)
        assert found.status in (3, 4), found.message  # unbounded
        return float("inf")


def everyone(*axes: Sequence[str]) -> list[Person]:
    """Every kind of person."""
    return list(product(*axes))


def added(counts: Mapping[Person, int], group: frozenset[Person]) -> int:
    """How many are in a group."""
    return sum(counts[kind] for kind in group)
