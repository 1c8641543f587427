"""Groups that a table counts, and the finest parts that all tables together cut them into. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

OUTCOME: Final = "outcome"
"""The dimension of a share: those who reached it, and those who did not."""

REACHED: Final = "reached"
NOT_REACHED: Final = "not_reached"

Limit = tuple[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Group:
    """Those within some categories of some dimensions; all of them in every other dimension."""

    limits: frozenset[Limit]

    def within(self, dimension: str) -> frozenset[str] | None:
        """Its categories; None: all."""
        return next((kept for name, kept in self.limits if name == dimension), None)

    def without(self, dimension: str) -> Group:
        """The group as if it were not limited in this dimension."""
        return Group(frozenset(one for one in self.limits if one[0] != dimension))

    def complement(self) -> Group | None:
        """Those of the same whole who did not reach (or did); None if it is no part of a share."""
        kept = self.within(OUTCOME)
        if kept not in (frozenset({REACHED}), frozenset({NOT_REACHED})):
            return None
        other = REACHED if kept == frozenset({NOT_REACHED}) else NOT_REACHED
        return Group(self.without(OUTCOME).limits | {(OUTCOME, frozenset({other}))})


def group(**limits: Iterable[str] | str) -> Group:
    """`group(area={"2303", "2305"}, sex="K")`; `group()` is everybody."""
    return Group(
        frozenset(
            (name, frozenset({kept} if isinstance(kept, str) else kept))
            for name, kept in limits.items()
        )
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """Every dimension with all its categories: together they hold everybody, each once.

    A category that is missing here would hide people from the reckoning, so "unknown" is one too. Time
    is a dimension, and so is what was known when: let the snapshot in which an event first stood be one,
    and a corrected table is an overlapping table like any other.
    """

    dimensions: Mapping[str, tuple[str, ...]]

    def check(self, groups: Iterable[Group]) -> None:
        """Raise unless the groups lie in the frame.

        Raises:
            ValueError: a dimension or a category that is not here: a fault in the program.
        """
        for one in groups:
            for name, kept in one.limits:
                strange = kept - set(self.dimensions.get(name, ()))
                if strange or not kept:
                    raise ValueError(f"{name}={sorted(strange or kept)} is not in the frame")


def split(frame: Frame, groups: Iterable[Group]) -> tuple[Group, ...]:
    """The parts that no group cuts: each lies wholly within or wholly outside every one of them.

    The engine counts these; every cell is a sum of them.
    """
    wanted = list(groups)
    frame.check(wanted)
    axes = []
    for name, categories in frame.dimensions.items():
        cuts = [kept for one in wanted if (kept := one.within(name)) is not None]
        if not cuts:
            continue
        parts: dict[tuple[bool, ...], set[str]] = {}
        for category in categories:
            parts.setdefault(tuple(category in cut for cut in cuts), set()).add(category)
        axes.append([(name, frozenset(part)) for part in parts.values()])
    return tuple(Group(frozenset(limits)) for limits in product(*axes))


def holds(whole: Group, part: Group) -> bool:
    """Whether everybody in the part is in the whole."""
    for name, kept in whole.limits:
        inner = part.within(name)
        if inner is None or not inner <= kept:
            return False
    return True
