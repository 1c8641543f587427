"""A table before it leaves: what is small is hidden, and what would give it away. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samverka.indicators.rules.hiding.cells import Cell, CellStatus
from samverka.indicators.rules.hiding.choosing import Choice
from samverka.indicators.rules.hiding.groups import OUTCOME, Frame, Group, holds, split
from samverka.indicators.rules.hiding.releases import ReleaseLog
from samverka.indicators.rules.hiding.system import Bits, System, View, ones, system_of
from samverka.indicators.rules.numbers import check_count
from samverka.kernel.hiding.policy import Policy


@dataclass(frozen=True, slots=True)
class Protected:
    """The table as it may leave.

    Attributes:
        cells: every cell asked for.
        besides: those hidden only to protect others; for the log of the county, never shown to a reader.
        exposed: how many small parts could be reckoned out from what had left before. Not mended here:
            what has left cannot be called back, so the county is told.
    """

    cells: Mapping[Group, Cell]
    besides: frozenset[Group]
    exposed: int


def protect(
    frame: Frame,
    wanted: Sequence[Group],
    counts: Mapping[Group, int],
    *,
    log: ReleaseLog,
    policy: Policy,
) -> Protected:
    """Hide what is small, and what it could be reckoned out from with all that has left before.

    Args:
        counts: how many are in each part of `split(frame, [*wanted, *log.groups()])`, today.

    A cell that was shown before is shown again only with the same count: else the difference would tell
    who came in between. Let the snapshot be a dimension of the frame, and it is judged as any other.

    Raises:
        ValueError: a part without a count: a fault in the program.
        Invalid: a negative count.
    """
    table = _Table(frame, wanted, counts, log, policy)
    hidden = table.primary()
    besides, exposed = table.secondary(hidden)
    away = hidden | besides
    cells = {
        one: Cell(CellStatus.HIDDEN)
        if away >> table.at[one] & 1
        else Cell(CellStatus.SHOWN, table.count(one))
        for one in wanted
    }
    only = frozenset(one for one in wanted if besides >> table.at[one] & 1)
    return Protected(cells, only, exposed)


class _Table:
    """The cells asked for together with those that have left."""

    def __init__(
        self,
        frame: Frame,
        wanted: Sequence[Group],
        counts: Mapping[Group, int],
        log: ReleaseLog,
        policy: Policy,
    ) -> None:
        self.policy, self.wanted = policy, tuple(dict.fromkeys(wanted))
        self.before = log.shown()
        self.groups = tuple(dict.fromkeys([*self.wanted, *log.groups()]))
        self.at = {one: place for place, one in enumerate(self.groups)}
        self.parts = split(frame, self.groups)
        self.system = self._system(counts)

    def _system(self, counts: Mapping[Group, int]) -> System:
        if missing := [one for one in self.parts if one not in counts]:
            raise ValueError(f"{len(missing)} parts have no count, such as {missing[0]}")
        for one in self.parts:
            check_count(counts[one])
        return system_of(self.parts, [counts[one] for one in self.parts], self.groups)

    def count(self, one: Group) -> int:
        """How many are in a group, today."""
        return self.system.count(self.held(one))

    def held(self, one: Group) -> Bits:
        """The parts of a group."""
        return sum(1 << at for at, part in enumerate(self.parts) if holds(one, part))

    def primary(self) -> Bits:
        """Cells that are small themselves, whose complement is, or whose whole is too small."""
        return sum(1 << self.at[one] for one in self.wanted if self._is_small(one))

    def _is_small(self, one: Group) -> bool:
        many, other = self.count(one), one.complement()
        if self.policy.is_small(many) or self.before.get(one, many) != many:
            return True
        if other is None:
            return 0 < many < self.policy.least_whole
        whole = self.count(one.without(OUTCOME))
        return self.policy.is_small(self.count(other)) or 0 < whole < self.policy.least_whole

    def secondary(self, hidden: Bits) -> tuple[Bits, int]:
        """Cells to hide besides, and how many small parts had been given away before.

        Hiding more never makes a safe part unsafe, so each is judged once.
        """
        fixed = sum(1 << self.at[one] for one in self.before)
        every = (1 << len(self.groups)) - 1
        asked = sum(1 << self.at[one] for one in self.wanted)
        shown = (asked & ~hidden | fixed) & every
        inner, start, exposed = self._inner(), shown, 0
        least = self.policy.smallest
        for target in self._targets():
            while not View(self.system, shown).could_be(target, least):
                more = Choice(self.system, shown, shown & ~fixed, inner).besides(target, least)
                if not more:
                    exposed += 1
                    break
                shown &= ~more
        if not exposed:
            shown = self._given_back(start, shown)
        return start & ~shown, exposed

    def _given_back(self, start: Bits, shown: Bits) -> Bits:
        """Show again what later choices have made needless to hide, the largest first."""
        least, targets = self.policy.smallest, self._targets()
        counts = {
            cell: self.system.count(self.system.holding[cell]) for cell in ones(start & ~shown)
        }
        for cell in sorted(counts, key=lambda one: (-counts[one], one)):
            view = View(self.system, shown | 1 << cell)
            if all(view.could_be(target, least) for target in targets):
                shown |= 1 << cell
        return shown

    def _targets(self) -> list[Bits]:
        """The small parts, the smallest first: every small group holds one of them."""
        small = [
            (many, 1 << at)
            for at, many in enumerate(self.system.counts)
            if self.policy.is_small(many)
        ]
        return [part for _many, part in sorted(small)]

    def _inner(self) -> Bits:
        """Cells that hold another cell: the sums."""
        holding = self.system.holding
        return sum(
            1 << at
            for at, whole in enumerate(holding)
            if any(part & whole == part and part != whole for part in holding)
        )
