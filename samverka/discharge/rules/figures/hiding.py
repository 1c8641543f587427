"""Small numbers: what could tell of one person is hidden, and what it could be reckoned out from. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Final

from samverka.discharge.rules.figures.records import Care
from samverka.discharge.rules.figures.table import Figure
from samverka.discharge.rules.figures.values import FigureValue

SMALLEST: Final = 5
"""Fewer persons than this are not shown to one who is not of the county's own follow-up.

Practice, not law: SKR and Kolada hide small bases at 5 or 6; Socialstyrelsen checks that enough persons
stand in every cell of a table.
"""

Row = Mapping[Care, Mapping[Figure, FigureValue]]
Cell = tuple[int, Care]

APART = (Care.SOMATIC, Care.PSYCHIATRIC)
"""These make all care together."""


def is_small(one: FigureValue) -> bool:
    """Someone could be known by it: few persons in all, in the share, or outside it. None is not few."""
    groups = [one.persons]
    if one.within is not None:
        groups += [one.within, one.persons - one.within]
    return any(0 < group < SMALLEST for group in groups)


def concealed(one: FigureValue) -> FigureValue:
    """The figure without its numbers; one that is refused in words keeps them."""
    return replace(
        one, value=None, n=0, persons=0, within=None, counted=None, among=None, spread=None,
        missing=(), hidden=True,
    )  # fmt: skip


def conceal(rows: Sequence[Row]) -> list[dict[Care, dict[Figure, FigureValue]]]:
    """Rows that make a whole together, without what is small.

    A lone hidden cell could be had by subtraction, from the sum of the column or from all care, so then
    the smallest of those beside it is hidden too, until none is alone.
    """
    hidden = {figure: _hidden(rows, figure) for figure in Figure}
    return [
        {
            care: {
                figure: concealed(one) if (place, care) in hidden[figure] else one
                for figure, one in values.items()
            }
            for care, values in row.items()
        }
        for place, row in enumerate(rows)
    ]


def _hidden(rows: Sequence[Row], figure: Figure) -> set[Cell]:
    cells = {(place, care): row[care][figure] for place, row in enumerate(rows) for care in Care}
    persons = {cell: one.persons for cell, one in cells.items()}
    found = {cell for cell, one in cells.items() if is_small(one)}
    while more := _more(persons, found, len(rows)):
        found |= more
    return found


def _more(persons: Mapping[Cell, int], hidden: Set[Cell], rows: int) -> set[Cell]:
    found: set[Cell] = set()
    for care in Care:
        found |= _beside([(place, care) for place in range(rows)], persons, hidden)
    for place in range(rows):
        apart = [(place, care) for care in APART]
        found |= _beside(apart, persons, hidden)
        if (place, Care.ALL) in hidden:
            found |= {cell for cell in apart if persons[cell]}
    return found - set(hidden)


def _beside(cells: Iterable[Cell], persons: Mapping[Cell, int], hidden: Set[Cell]) -> set[Cell]:
    """The smallest one beside a cell that is hidden alone."""
    given = list(cells)
    shown = [cell for cell in given if cell not in hidden and persons[cell]]
    alone = sum(cell in hidden for cell in given) == 1
    return {min(shown, key=lambda cell: persons[cell])} if alone and shown else set()
