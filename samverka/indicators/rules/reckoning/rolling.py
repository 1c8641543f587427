"""Sums over three years, year after year: what is hidden in one is hidden in all. Pure.

Two such sums share two years, so their difference is the difference of two single years. Therefore a
cell that is hidden in one sum is hidden in every one that is reckoned with it, and a cell is hidden where
its sums alone would tell that few were counted in a single year.

Every sum that leaves is protected as a table, and the hidden municipalities of a county together as a cell
(`few_together`). What the sums of many cells together tell of single years, which leave by no door, is not
proved beyond that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from samverka.kernel.hiding.policy import Policy
from samverka.kernel.hiding.tables import WHOLE, Cells, Counts, Key, Shape, seal

YEARS: Final = 3


def common(
    tables: Sequence[Cells],
    shapes: Sequence[Shape],
    policy: Policy,
    hidden: Iterable[Key],
) -> frozenset[Key]:
    """The cells to hide in every one of the tables, so that each is safe.

    Args:
        shapes: the tree of municipalities, and the trees of units, each around its county's total.
        hidden: those that are hidden anyway.
    """
    found = set(hidden)
    before = -1
    while len(found) > before:
        before = len(found)
        for cells in tables:
            for place, shape in enumerate(shapes):
                inside = {key: one for key, one in cells.items() if key[0] in shape.inside}
                told = {(shape.root, *WHOLE)} - found if place else set()
                away = {key for key in found if key[0] in shape.inside}
                found |= seal(shape, inside, policy, hidden=away, fixed=told).hidden
    return frozenset(found)


def few_together(
    years: Mapping[Key, Sequence[Counts]],
    shapes: Iterable[Shape],
    hidden: frozenset[Key],
    policy: Policy,
) -> frozenset[Key]:
    """Cells to hide as well: a total less the areas that are shown tells of a small year of the rest."""
    found = set()
    for shape in shapes:
        for area, within in shape.children.items():
            total = (area, *WHOLE)
            parts = [(one, *WHOLE) for one in within if (one, *WHOLE) in years]
            seen = [one for one in parts if one not in hidden]
            if total in hidden or total not in years or len(seen) == len(parts):
                continue
            rest = _less(years[total], [years[one] for one in seen])
            if any(_tells(side, policy) for side in zip(*rest, strict=True)):
                smallest = min(seen, key=lambda one: sum(map(sum, years[one])), default=total)
                found.add(smallest)
    return frozenset(found)


def _less(whole: Sequence[Counts], parts: Sequence[Sequence[Counts]]) -> list[Counts]:
    """Year by year what the parts leave over."""
    return [
        tuple(many - sum(part[at][side] for part in parts) for side, many in enumerate(counts))
        for at, counts in enumerate(whole)
    ]


def telling(years: Mapping[Key, Sequence[Counts]], policy: Policy) -> frozenset[Key]:
    """Cells whose sums over three years would tell that few were counted in one of the years."""
    return frozenset(
        key
        for key, counted in years.items()
        if any(_tells(side, policy) for side in zip(*counted, strict=True))
    )


def _tells(counted: Sequence[int], policy: Policy) -> bool:
    """Whether a small year could not have been many.

    Every sum stays as it is when all of each third year gain, and the others lose as many together.
    """
    room = [min(counted[at::YEARS], default=0) for at in range(YEARS)]
    return any(
        policy.is_small(many) and sum(room) - room[at % YEARS] < policy.smallest - many
        for at, many in enumerate(counted)
    )
