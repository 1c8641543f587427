"""One who has every table that left, a pencil and time: what small group can be reckoned out?

Written from the problem alone, with nothing of the protector's: the finest groups of people are unknown
whole numbers, each count that was shown is an equation, and the search is exhaustive, with bounds carried
from equation to equation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Person = tuple[str, ...]
"""One finest kind of person: a category of each dimension."""

MOST_TRIES = 100
MOST_DIFFERENCES = 60
MOST_ROUNDS = 20


class GaveUp(Exception):
    """The search grew too long: nothing was proved."""


@dataclass
class Sum:
    """So many in these unknowns together: exactly, or at least."""

    unknowns: list[int]
    many: int
    exactly: bool = True


def could_be_many(
    told: Sequence[tuple[frozenset[Person], int]],
    everyone: Iterable[Person],
    target: frozenset[Person],
    least: int,
) -> bool:
    """Whether some table agrees with all that was told and has `least` or more in the target."""
    told = _subtracted(told)
    kinds: dict[tuple[bool, ...], int] = {}
    for person in everyone:
        key = (*(person in group for group, _many in told), person in target)
        kinds.setdefault(key, len(kinds))
    sums = [
        Sum([at for key, at in kinds.items() if key[place]], many)
        for place, (_group, many) in enumerate(told)
    ]
    sums.append(Sum([at for key, at in kinds.items() if key[-1]], least, exactly=False))
    most = sum(many for _group, many in told) + least
    tries = [0]
    return _solve([0] * len(kinds), [most] * len(kinds), sums, tries)


def _subtracted(
    told: Sequence[tuple[frozenset[Person], int]],
) -> list[tuple[frozenset[Person], int]]:
    """All that was told, and one count less another wherever one group lies in the other."""
    known = dict(told)
    for _round in range(2):
        fresh = {
            whole - part: known[whole] - known[part]
            for whole in known
            for part in known
            if part < whole and whole - part not in known
        }
        known |= dict(list(fresh.items())[:MOST_DIFFERENCES])
    return list(known.items())


def _solve(low: list[int], high: list[int], sums: list[Sum], tries: list[int]) -> bool:
    tries[0] += 1
    if tries[0] > MOST_TRIES:
        raise GaveUp
    if not _narrow(low, high, sums):
        return False
    open_ones = [at for at in range(len(low)) if low[at] < high[at]]
    if not open_ones:
        return all(_holds(low, one) for one in sums)
    at = min(open_ones, key=lambda one: high[one] - low[one])
    middle = (low[at] + high[at]) // 2
    # Nobody more than needed: what is left over then fits in the other sums.
    for start, end in ((low[at], middle), (middle + 1, high[at])):
        lower, higher = list(low), list(high)
        lower[at], higher[at] = start, end
        if _solve(lower, higher, sums, tries):
            return True
    return False


def _holds(values: list[int], one: Sum) -> bool:
    many = sum(values[at] for at in one.unknowns)
    return many == one.many if one.exactly else many >= one.many


def _narrow(low: list[int], high: list[int], sums: list[Sum]) -> bool:
    """Carry bounds, round after round while they move; False when some sum cannot be."""
    for _round in range(MOST_ROUNDS):
        before = (list(low), list(high))
        if not all(_carry(low, high, one) for one in sums):
            return False
        if before == (low, high):
            break
    return True


def _carry(low: list[int], high: list[int], one: Sum) -> bool:
    """What the others in a sum leave for each; False when the sum cannot be."""
    least, most = sum(low[at] for at in one.unknowns), sum(high[at] for at in one.unknowns)
    if most < one.many or (one.exactly and least > one.many):
        return False
    for at in one.unknowns:
        floor, roof = one.many - (most - high[at]), one.many - (least - low[at])
        if floor > low[at]:
            least += floor - low[at]
            low[at] = floor
        if one.exactly and roof < high[at]:
            most -= high[at] - roof
            high[at] = roof
        if low[at] > high[at]:
            return False
    return True
