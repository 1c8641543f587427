"""Which cells to hide besides, so that a small group cannot be reckoned out. Pure.

The exact least is a hard problem (Hundepool et al. 2012, 4.4); here the cheapest single turn is taken:
the fewest cells, and of those the ones with the smallest counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from samverka.indicators.rules.hiding.system import Bits, System, View, ones

Cost = tuple[int, int, Bits]
"""How many cells, their counts together, and which."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be hidden now.

    Attributes:
        shown: cells that are shown so far; `free`: those of them that have not left the house before.
        inner: cells that hold another cell: sums, which are hidden last.
    """

    system: System
    shown: Bits
    free: Bits
    inner: Bits

    def besides(self, target: Bits, least: int) -> Bits:
        """The cells to hide next; 0 if there is none left that matters."""
        lacking = max(1, least - self.system.count(target))
        found = [*self._pairs(target, lacking)]
        if not found or min(found)[2] & self.inner:
            found += self._squares(target, lacking)
        for _many, _sum, cells in sorted(set(found)):
            if View(self.system, self.shown & ~cells).could_be(target, least):
                return cells
        return self._nearest(target)

    def _price(self, cells: Bits) -> Cost | None:
        """What hiding these costs; None if one has left the house already."""
        if not cells or cells & ~self.free:
            return None
        many = sum(self.system.count(self.system.holding[one]) for one in ones(cells))
        return cells.bit_count() + 3 * (cells & self.inner).bit_count(), many, cells

    def _pairs(self, target: Bits, lacking: int) -> Iterator[Cost]:
        """Make a part of the target and another part indistinguishable."""
        cells_of = self.system.cells_of
        for mine in ones(target):
            for other, many in enumerate(self.system.counts):
                if many >= lacking and not target >> other & 1:
                    price = self._price((cells_of[mine] ^ cells_of[other]) & self.shown)
                    if price:
                        yield price

    def _squares(self, target: Bits, lacking: int) -> Iterator[Cost]:
        """Four parts in the corners of a square, with the sums around it shown."""
        cells_of, counts = self.system.cells_of, self.system.counts
        sums = self.shown & self.inner
        by_sums: dict[Bits, list[int]] = {}
        for at, cells in enumerate(cells_of):
            by_sums.setdefault(cells & sums, []).append(at)
        givers = [at for at, many in enumerate(counts) if many >= lacking and not target >> at & 1]
        for mine in ones(target):
            for gives in givers:
                for loses in givers:
                    gains = _fourth(cells_of[mine] & sums, cells_of[gives] & sums,
                                    cells_of[loses] & sums)  # fmt: skip
                    for last in by_sums.get(gains, ()) if gains is not None else ():
                        price = self._price(self._turned(mine, gives, loses, last))
                        if price and len({mine, gives, loses, last}) == 4:
                            yield price

    def _turned(self, mine: int, gives: int, loses: int, gains: int) -> Bits:
        """The shown cells whose sum the turn would change."""
        cells_of = self.system.cells_of
        up, down = (mine, gains), (gives, loses)
        both_up = cells_of[up[0]] & cells_of[up[1]]
        both_down = cells_of[down[0]] & cells_of[down[1]]
        one_up, one_down = cells_of[up[0]] ^ cells_of[up[1]], cells_of[down[0]] ^ cells_of[down[1]]
        return ((both_up ^ both_down) | (one_up ^ one_down)) & self.shown

    def _nearest(self, target: Bits) -> Bits:
        """The smallest free cell that has to do with the target: something must give way."""
        holding = self.system.holding
        around = 0
        for cell in ones(self.shown):
            if holding[cell] & target:
                around |= holding[cell]
        near = [cell for cell in ones(self.shown & self.free) if holding[cell] & around]
        if not near:
            near = list(ones(self.shown & self.free))
        if not near:
            return 0
        return 1 << min(
            near, key=lambda cell: (self.inner >> cell & 1, self.system.count(holding[cell]))
        )


def _fourth(mine: Bits, gives: Bits, loses: Bits) -> Bits | None:
    """The signature that closes the square: loses - (mine - gives); None if there is none."""
    more, less = mine & ~gives, gives & ~mine
    if loses & more != more or loses & less:
        return None
    return loses & ~more | less
