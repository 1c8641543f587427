"""Sums that hang together as a network: what hidden cells could be instead, exactly and fast. Pure.

Areas in a tree, with one way of parting their people, give cells that each stand in just two sums (as a
member of one and as the total of another, or in a row and in a column). Such a table is a network: sums
are nodes, cells are edges, and another table with the same shown cells is a flow around it. How much a
hidden cell could hold is then a largest flow, with whole numbers for nothing (Hundepool et al. 2012, 4.4;
Fischetti & Salazar, Management Science 2001;47:1008, for tables with a hierarchy in one dimension).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from heapq import heappop, heappush

Ends = tuple[int, int]
"""The two sums of a cell: in the first it counts with plus, in the second with minus."""

Price = Callable[[int], float | None]
"""What it costs to hide a cell that is shown; None: it cannot be hidden any more."""


class Net:
    """Cells 0, 1, 2 … and the sums that each stands in."""

    def __init__(self, ends: Sequence[Ends]) -> None:
        self.ends = tuple(ends)
        self.nodes = 1 + max((max(one) for one in ends), default=0)
        self.at: list[list[int]] = [[] for _node in range(self.nodes)]
        for cell, (plus, minus) in enumerate(self.ends):
            self.at[plus].append(cell)
            self.at[minus].append(cell)


class View:
    """What a reader of the shown cells can know of the hidden ones.

    Args:
        counts: of each cell, not negative.
        hidden: cells that are not shown; the caller adds to them with `hide`.
        strong: hidden cells with this count or more may be moved freely by every gain asked for.
    """

    def __init__(self, net: Net, counts: Sequence[int], hidden: set[int], strong: int) -> None:
        self.net, self.counts, self.hidden, self.strong = net, counts, hidden, strong
        self._joined = list(range(net.nodes))
        for cell in hidden:
            self.join(cell)

    def join(self, cell: int) -> None:
        """The cell has been hidden: with a count large enough its two sums hang together."""
        if self.counts[cell] >= self.strong:
            plus, minus = self.net.ends[cell]
            self._joined[self._root(plus)] = self._root(minus)

    def _root(self, node: int) -> int:
        joined = self._joined
        while joined[node] != node:
            joined[node] = joined[joined[node]]
            node = joined[node]
        return node

    def could_gain(self, cell: int, many: int) -> bool:
        """Whether a hidden cell could hold so many more, and every shown cell stay as it is."""
        start, goal = self.net.ends[cell]
        weak = self.counts[cell] < self.strong
        if weak and many <= self.strong and self._root(start) == self._root(goal):
            return True  # by a way of strong cells; it is none of them itself
        moved: dict[int, int] = {cell: 0}
        left = many
        while left > 0:
            way = self._way(start, goal, cell, moved)
            if way is None:
                return False
            step = min([left, *(self._room(one, moved) for one, down in way if down)])
            for one, down in way:
                moved[one] = moved.get(one, 0) + (-step if down else step)
            left -= step
        return True

    def _room(self, cell: int, moved: dict[int, int]) -> int:
        return self.counts[cell] + moved.get(cell, 0)

    def _way(
        self, start: int, goal: int, without: int, moved: dict[int, int]
    ) -> list[tuple[int, bool]] | None:
        """A way through hidden cells, each with whether it goes down; the shortest."""
        came: dict[int, tuple[int, int, bool]] = {start: (start, -1, False)}
        queue = deque([start])
        while queue:
            node = queue.popleft()
            if node == goal:
                return _walked(came, start, goal)
            for cell in self.net.at[node]:
                if cell == without or cell not in self.hidden:
                    continue
                plus, minus = self.net.ends[cell]
                down = plus == node
                after = minus if down else plus
                if after not in came and not (down and self._room(cell, moved) <= 0):
                    came[after] = (node, cell, down)
                    queue.append(after)
        return None

    def cheapest(self, cell: int, many: int, price: Price) -> list[int] | None:
        """The shown cells to hide so that the cell could gain so many along one way; None: no way."""
        start, goal = self.net.ends[cell]
        best: dict[int, float] = {start: 0.0}
        came: dict[int, tuple[int, int, bool]] = {start: (start, -1, False)}
        heap: list[tuple[float, int]] = [(0.0, start)]
        while heap:
            cost, node = heappop(heap)
            if node == goal:
                way = _walked(came, start, goal)
                return [one for one, _down in way if one not in self.hidden]
            if cost > best[node]:
                continue
            for one, after, down, more in self._steps(node, cell, many, price):
                if cost + more < best.get(after, float("inf")):
                    best[after] = cost + more
                    came[after] = (node, one, down)
                    heappush(heap, (cost + more, after))
        return None

    def _steps(
        self, node: int, without: int, many: int, price: Price
    ) -> Iterator[tuple[int, int, bool, float]]:
        """Each cell that leads from a sum: it, where to, whether it goes down, what it costs."""
        for one in self.net.at[node]:
            plus, minus = self.net.ends[one]
            down = plus == node
            if one == without or (down and self.counts[one] < many):
                continue
            cost = 0.0 if one in self.hidden else price(one)
            if cost is not None:
                yield one, minus if down else plus, down, cost


def _walked(
    came: dict[int, tuple[int, int, bool]], start: int, goal: int
) -> list[tuple[int, bool]]:
    way = []
    node = goal
    while node != start:
        node, cell, down = came[node]
        way.append((cell, down))
    return way
