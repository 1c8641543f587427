"""What a reader can reckon out: cells as sums of parts, and tables that would look the same. Pure.

Sets are integers with one bit for each part (or cell): a county has hundreds of cells, and each question
is asked for every one. Parts that lie in just the same shown cells are a *class*: a reader sees only
their sum, so anybody in one of them could as well be in another.

A small group is safe when there is a table with whole, non-negative counts that agrees with every cell
that is shown, and in which the group is not small. Such a table is constructed here, so the proof does
not lean on any solver; where the construction finds none, more is hidden than a solver might have.

Only the small parts need be judged. Whatever small group somebody reckons out, by a sum, a complement or
the difference of many tables, is made of parts and holds a small one; if that one could be many, so could
the group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samverka.indicators.rules.hiding.groups import Group, holds

Bits = int


def ones(bits: Bits) -> Iterator[int]:
    """The places of the bits that are set."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


@dataclass(frozen=True, slots=True)
class System:
    """Parts and their counts, and for each cell the parts it holds.

    Attributes:
        counts: of each part.
        holding: the parts of each cell.
        cells_of: the cells of each part, the same said the other way round.
    """

    counts: tuple[int, ...]
    holding: tuple[Bits, ...]
    cells_of: tuple[Bits, ...]

    def count(self, parts: Bits) -> int:
        """How many are in these parts together."""
        return sum(self.counts[one] for one in ones(parts))


def system_of(parts: Sequence[Group], counts: Sequence[int], cells: Sequence[Group]) -> System:
    """The system of these cells over their parts."""
    holding = [sum(1 << at for at, part in enumerate(parts) if holds(cell, part)) for cell in cells]
    cells_of = [
        sum(1 << at for at, held in enumerate(holding) if held >> part & 1)
        for part in range(len(parts))
    ]
    return System(tuple(counts), tuple(holding), tuple(cells_of))


@dataclass(frozen=True, slots=True)
class Class:
    """Parts that no shown cell tells apart."""

    signature: Bits
    parts: Bits
    count: int


class View:
    """What a reader sees when these cells are shown."""

    def __init__(self, system: System, shown: Bits) -> None:
        self.classes: dict[Bits, Class] = {}
        found: dict[Bits, Bits] = {}
        for at, cells in enumerate(system.cells_of):
            key = cells & shown
            found[key] = found.get(key, 0) | 1 << at
        for key, parts in found.items():
            self.classes[key] = Class(key, parts, system.count(parts))
        self.having: dict[int, list[Class]] = {}
        for one in self.classes.values():
            for cell in ones(one.signature):
                self.having.setdefault(cell, []).append(one)

    def could_be(self, target: Bits, least: int) -> bool:
        """Whether the target holds `least` or more in some table that agrees with all that is shown."""
        touched = [one for one in self.classes.values() if one.parts & target]
        if any(not one.signature for one in touched):
            return True  # nothing at all is said of some of them
        lacking = least - sum(one.count for one in touched)
        if lacking <= 0:
            return True
        inside = {one.signature for one in touched}
        return any(self._can_gain(one, lacking, inside) for one in touched)

    def _can_gain(self, one: Class, many: int, inside: set[Bits]) -> bool:
        """Whether so many can come into the class from outside, by a turn of four classes.

        `one` and `gains` get them, `gives` and `loses` give them, and no shown sum changes:
        one - gives = loses - gains, cell by cell. A class in no shown cell can give and take any number.
        """
        for gives in self.classes.values():
            if gives.count < many or gives.signature in inside:
                continue
            more = one.signature & ~gives.signature
            less = gives.signature & ~one.signature
            for loses, gains in self._turns(more, less):
                if loses in inside or loses == gives.signature:
                    continue
                if self._has(loses, many) and self._is(gains):
                    return True
        return False

    def _turns(self, more: Bits, less: Bits) -> Iterator[tuple[Bits, Bits]]:
        """Pairs (loses, gains) of signatures with the same difference."""
        yield more, less
        if more:
            for one in self.having.get(next(ones(more)), ()):
                if one.signature & more == more and not one.signature & less:
                    yield one.signature, one.signature & ~more | less
        else:
            for one in self.having.get(next(ones(less)), ()):
                if one.signature & less == less:
                    yield one.signature & ~less, one.signature

    def _has(self, signature: Bits, many: int) -> bool:
        """Whether the class can give so many; nothing is known of those in no cell."""
        found = self.classes.get(signature)
        return not signature or (found is not None and found.count >= many)

    def _is(self, signature: Bits) -> bool:
        return not signature or signature in self.classes
