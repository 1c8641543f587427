"""A table that has left once, counted anew: late and mended facts, without telling who came in. Pure.

What has left cannot be called back, so the difference between the former table and the new one is a
table too. A cell is given anew only where none or many have come or gone; otherwise it stands as it was
given, and so do those that would tell of it. A cell that was hidden stays hidden: else its former count
could be reckoned out when it is shown with those around it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from samverka.kernel.hiding.policy import Policy
from samverka.kernel.hiding.tables import Cells, Counts, Key, Shape, seal, too_small


@dataclass(frozen=True, slots=True)
class Kept:
    """What has left of one table before: cells with what they said, and cells that were hidden."""

    shown: Cells = field(default_factory=dict)
    hidden: frozenset[Key] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.shown) or bool(self.hidden)


@dataclass(slots=True)
class Renewed:
    """A table as it may leave now.

    Attributes:
        stands: cells that were shown and are not given anew.
        hidden: cells that are not shown.
        exposed: small cells that had been given away before.
    """

    stands: set[Key]
    hidden: set[Key]
    exposed: set[Key]


def renew(
    shape: Shape,
    cells: Cells,
    policy: Policy,
    kept: Kept,
    *,
    hidden: frozenset[Key] = frozenset(),
    fixed: frozenset[Key] = frozenset(),
    needs: Mapping[Key, Counts] | None = None,
) -> Renewed:
    """What of a table may leave, given what has left of it before.

    Args:
        needs: cells to hide, and how many more it must be possible that they hold.
        hidden: cells that cannot be shown for another reason.
        fixed: cells that another table tells of.
    """
    if not kept:
        found = seal(
            shape,
            cells,
            policy,
            hidden={*hidden, *(needs or {})},
            fixed=fixed,
            needs=needs,
            strong=2 * policy.smallest if needs else 0,
        )
        return Renewed(set(), found.hidden, found.exposed)
    changes = {key: _change(kept.shown[key], cells.get(key)) for key in kept.shown}
    same = not any(any(one) for one in changes.values())
    if same and cells.keys() - fixed <= _known(kept):
        return Renewed(set(), {*kept.hidden, *hidden}, set())
    return _renewed(shape, cells, policy, kept, changes, hidden, fixed, needs or {})


def _known(kept: Kept) -> set[Key]:
    return {*kept.shown, *kept.hidden}


def _change(before: Counts, now: Counts | None) -> Counts:
    after = now or (0,) * len(before)
    return tuple(new - old for old, new in zip(before, after, strict=True))


def _renewed(
    shape: Shape,
    cells: Cells,
    policy: Policy,
    kept: Kept,
    changes: Mapping[Key, Counts],
    hidden: frozenset[Key],
    fixed: frozenset[Key],
    more: Mapping[Key, Counts],
) -> Renewed:
    least = policy.smallest
    few = {
        key
        for key, change in changes.items()
        if any(0 < abs(one) < least for one in change) or too_small(cells.get(key, ()), policy)
    }
    needs = {key: tuple(_need(one, least) for one in changes[key]) for key in few}
    needs |= {key: one for key, one in more.items() if key not in kept.shown}
    found = seal(
        shape,
        cells,
        policy,
        hidden={*kept.hidden, *few, *hidden, *needs},
        fixed=fixed,
        needs=needs,
        strong=2 * least,
    )
    if found.exposed:  # then all that has left of it stands as it was given
        fresh = {key for key in cells if key not in kept.shown}
        return Renewed(set(kept.shown), fresh | set(kept.hidden), found.exposed)
    stands = found.hidden & set(kept.shown)
    return Renewed(stands, found.hidden - stands, set())


def _need(change: int, least: int) -> int:
    """How many more must be possible, so that the difference could be many."""
    return least - change if 0 < abs(change) < least else 0
