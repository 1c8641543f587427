"""Tables by area and by one parting of the people at a time, as they may leave. Pure.

What is guaranteed, for one table of one period: whoever has every shown cell, and knows that counts are
whole and not negative, finds for each hidden small count (and for each small remainder, such as "those
whose sex is not known") another table in which it is not small. Each table has one parting (sex, age, a
target group); the partings of an area have only its total in common, so tables that are possible one
by one are possible together, whenever the total stands still. Where a total is hidden, so is all that
is parted from it: then people could as well have lived elsewhere, whoever they are.

What is not: a reader who knows people in the table; how many there were to count from, where a book
tells that (a share of all inhabitants); tables that cross two partings (sex by age), which leave by no
door.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from samverka.kernel.hiding.networks import Net, View
from samverka.kernel.hiding.policy import Policy

Key = tuple[str, str, str]
"""Area, parting, part: ("2305", "sex", "female"); the total of an area is (area, "all", "")."""

Counts = tuple[int, ...]
"""What is counted in a cell: (events,), or (reached, not reached)."""

Cells = Mapping[Key, Counts]

WHOLE = ("all", "")
REST = "?"
"""The part, or the area, of those that no cell tells of: not known, or elsewhere."""

_CELL = 1_000_000.0
_SUM = 4.0
"""Hiding costs so much for a cell, whatever it counts; a sum costs as much as so many cells."""


class Shape:
    """Which cells a table has, period after period.

    Args:
        children: area → the areas within it. Only one area lies in no other.
        partings: name → its parts. Together with a remainder they are everybody.
    """

    def __init__(
        self, children: Mapping[str, tuple[str, ...]], partings: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.children, self.partings = children, partings
        within = {one for many in children.values() for one in many}
        tops = [one for one in children if one not in within]
        if len(tops) != 1:
            raise ValueError(f"{len(tops)} areas lie in no other, not one")
        self.root = tops[0]
        self.areas = tuple(dict.fromkeys([self.root, *children, *sorted(within)]))
        self.inside = frozenset(self.areas)
        self.totals = frozenset((area, *WHOLE) for area in self.areas)

    @cached_property
    def networks(self) -> tuple[Network, ...]:
        """The totals alone, then each parting."""
        partings = [("", ()), *self.partings.items()]
        return tuple(Network(self, name, parts) for name, parts in partings)


@dataclass(slots=True)
class Sealed:
    """A table as it may leave.

    Attributes:
        hidden: cells that are not shown.
        small: those of them that are hidden for their own sake; the rest protect them.
        exposed: small cells that could not be protected, because of what has left before.
    """

    hidden: set[Key] = field(default_factory=set)
    small: set[Key] = field(default_factory=set)
    exposed: set[Key] = field(default_factory=set)


def seal(
    shape: Shape,
    cells: Cells,
    policy: Policy,
    *,
    hidden: Iterable[Key] = (),
    fixed: Iterable[Key] = (),
    needs: Mapping[Key, Counts] | None = None,
    strong: int = 0,
) -> Sealed:
    """Hide what is small in a table, and what it could be reckoned out from.

    Args:
        cells: what each counts. A cell that is not here counts nobody.
        hidden: cells that are hidden already, for another reason.
        fixed: cells that are told elsewhere and cannot be hidden here.
        needs: how many more hidden cells must be able to hold, for another reason than that they are
            small; `strong`: the largest of these numbers.
    """
    held = set(fixed)
    small = {key for key, counts in cells.items() if too_small(counts, policy)} - held
    found = Sealed({*hidden, *small} - held, small)
    for network in shape.networks:
        if network.name:
            network.hide_rows(found.hidden, cells)
            fast = held | (shape.totals - found.hidden)
        else:
            fast = held
        work = _Work(network, cells, policy, found.hidden, fast, needs or {}, strong)
        found.exposed |= work.whole()
    return found


def too_small(counts: Counts, policy: Policy) -> bool:
    """Whether a cell is hidden for its own sake."""
    return any(policy.is_small(one) for one in counts) or 0 < sum(counts) < policy.least_whole


class Network:
    """The totals of a shape, or one parting with its totals, as a network of sums.

    A total counts with minus in the sum of its parts and with plus in the sum of its areas, a part the
    other way round; that of the outermost area stands on the ground, and so do areas with no parts.
    """

    def __init__(self, shape: Shape, name: str, parts: tuple[str, ...]) -> None:
        self.shape, self.name = shape, name
        self.columns: tuple[str, ...] = ("", *parts, REST) if name else ("",)
        self.keys: list[Key] = []
        self.inner: list[bool] = []
        self.virtual: list[bool] = []
        self._ends: list[tuple[int, int]] = []
        self._nodes: dict[tuple[str, str], int] = {("", ""): 0}
        self._grow(shape.root, "")
        self.net = Net(self._ends)
        self.place = {key: at for at, key in enumerate(self.keys)}

    def key(self, area: str, column: str) -> Key:
        """The cell of an area in a column."""
        return (area, self.name, column) if column else (area, *WHOLE)

    def _grow(self, area: str, above: str) -> None:
        within = self.shape.children.get(area, ())
        for column in self.columns:
            outer = self._node(above, column) if above else 0
            inner = self._node(area, column) if within else self._row(area)
            self._ends.append((inner, outer) if column else (outer, inner))
            self.keys.append(self.key(area, column))
            self.inner.append(bool(within) or not column)
            self.virtual.append(column == REST or area.endswith(REST))
        for one in within:
            self._grow(one, area)
        if within:
            self._grow(rest_of(area), area)

    def _node(self, area: str, column: str) -> int:
        return self._nodes.setdefault((area, column), len(self._nodes))

    def _row(self, area: str) -> int:
        return self._node(area, "row") if self.name else 0

    def counts(self, cells: Cells) -> list[Counts]:
        """What each cell of the network counts, with the remainders."""
        width = len(next(iter(cells.values()), (0,)))
        nobody = (0,) * width
        found = [cells.get(key, nobody) for key in self.keys]
        if self.name:
            many = len(self.columns)
            for start in range(0, len(found), many):
                found[start + many - 1] = _less(found[start], found[start + 1 : start + many - 1])
        for area, within in self.shape.children.items():
            if not within:
                continue
            for column in self.columns:
                place = self.place[self.key(rest_of(area), column)]
                inside = [found[self.place[self.key(one, column)]] for one in within]
                found[place] = _less(found[self.place[self.key(area, column)]], inside)
        return found

    def hide_rows(self, hidden: set[Key], cells: Cells) -> None:
        """A hidden total hides all that is parted from it."""
        for area in self.shape.areas:
            if (area, *WHOLE) in hidden:
                keys = (self.key(area, column) for column in self.columns[1:-1])
                hidden |= {key for key in keys if key in cells}


def rest_of(area: str) -> str:
    """The remainder of an area, that none of the areas within it tells of."""
    return f"{area}/{REST}"


def _less(whole: Counts, parts: Iterable[Counts]) -> Counts:
    """What is left of the whole: never less than nobody, for parts need not add up."""
    return tuple(
        max(0, many - sum(inside))
        for many, inside in zip(whole, zip(*parts, strict=True), strict=True)
    )


class _Work:
    """One table in one network while it is being protected."""

    def __init__(
        self,
        network: Network,
        cells: Cells,
        policy: Policy,
        away: set[Key],
        fixed: set[Key] | frozenset[Key],
        needs: Mapping[Key, Counts],
        strong: int,
    ) -> None:
        self.network, self.policy = network, policy
        self.counts = network.counts(cells)
        self.away, self.fixed, self.needs = away, fixed, needs
        self.strong = max(strong, policy.smallest)
        self.hidden = {
            at
            for at, key in enumerate(network.keys)
            if (any(self.counts[at]) and (network.virtual[at] or key in away))
            or (policy.hides_zero and key in away)  # a nobody that is hidden is protected too
            or key in needs
        }
        self._views: list[View] = []
        self._extra: list[int] = []

    @property
    def views(self) -> list[View]:
        """What can be known of each side, made when first asked for: most tables hide nothing."""
        if not self._views:
            self._views = [
                View(self.network.net, [one[side] for one in self.counts], self.hidden, self.strong)
                for side in range(len(self.counts[0]))
            ]
        return self._views

    def whole(self) -> set[Key]:
        """Hide what is needed; the cells that could not be protected."""
        exposed = self._protect()
        if exposed and self.network.name:  # then nothing of this parting is shown
            self._hide(at for at, key in enumerate(self.network.keys) if key[1] != WHOLE[0])
            exposed = self._protect()
        if not exposed:
            self._give_back()
        return exposed

    def _give_back(self) -> None:
        """Show again what later choices have made needless to hide, the largest first."""
        wanted = self._lacking()
        extra = sorted(self._extra, key=lambda at: (-sum(self.counts[at]), at))
        for at in extra if len(extra) > 1 else ():
            self.hidden.discard(at)
            self._views = []
            if all(self.views[side].could_gain(one, many) for many, one, side in wanted):
                self.away.discard(self.network.keys[at])
            else:
                self.hidden.add(at)
        self._views = []

    def _protect(self) -> set[Key]:
        exposed = set()
        for lacking, at, side in sorted(self._lacking(), reverse=True):
            if not self._protected(at, side, lacking):
                exposed.add(self.network.keys[at])
        return exposed

    def _lacking(self) -> set[tuple[int, int, int]]:
        """How many more which cell must be able to hold, on which side."""
        least, is_small = self.policy.smallest, self.policy.is_small
        small = {
            (least - many, at, side)
            for at in self.hidden
            for side, many in enumerate(self.counts[at])
            if is_small(many)
        }
        place = self.network.place
        more = {
            (many, place[key], side)
            for key, sides in self.needs.items()
            if key in place and place[key] in self.hidden
            for side, many in enumerate(sides)
            if many
        }
        return small | more

    def _protected(self, at: int, side: int, lacking: int) -> bool:
        view = self.views[side]
        while not view.could_gain(at, lacking):
            for many in range(lacking, 0, -1):
                more = view.cheapest(at, many, self._price)
                if more:
                    self._hide(more)
                    break
            else:
                return False
        return True

    def _price(self, at: int) -> float | None:
        """What hiding a cell costs; nothing can be hidden that is told, or that counts nobody."""
        if self.network.virtual[at] or self.network.keys[at] in self.fixed:
            return None
        many = sum(self.counts[at])
        if not many:
            return None
        return (_CELL + many) * (_SUM if self.network.inner[at] else 1.0)

    def _hide(self, more: Iterable[int]) -> None:
        """Hide cells that can be hidden."""
        for at in more:
            if at in self.hidden or self._price(at) is None:
                continue
            self.hidden.add(at)
            self._extra.append(at)
            self.away.add(self.network.keys[at])
            for view in self._views:
                view.join(at)
