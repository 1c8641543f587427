"""Sums over three years, year after year: what is hidden in one is hidden in all. Pure.

Two such sums share two years, so their difference is the difference of two single years. A cell that is
hidden in one sum is therefore hidden in every one that is reckoned with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from samverka.indicators.rules.hiding.policy import Policy
from samverka.indicators.rules.hiding.tables import WHOLE, Counts, Key, seal
from samverka.indicators.rules.reckoning.places import Places


def common(
    tables: Sequence[Mapping[Key, Counts]], places: Places, policy: Policy
) -> frozenset[Key]:
    """The cells to hide in every one of the tables, so that each is safe."""
    hidden: set[Key] = set()
    before = -1
    while len(hidden) > before:
        before = len(hidden)
        for cells in tables:
            for shape in (places.shape, *places.units.values()):
                inside = {key: one for key, one in cells.items() if key[0] in shape.inside}
                told = {(shape.root, *WHOLE)} - hidden if shape is not places.shape else set()
                hidden |= seal(shape, inside, policy, hidden=hidden, fixed=told).hidden
    return frozenset(hidden)
