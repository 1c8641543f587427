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
Cell = tuple[Figure, int, Care]

_WAITED = (Figure.WAITED_HOSPITAL, Figure.WAITED_OPEN_CARE, Figure.WAITED_MUNICIPALITY)

TOLD_BY: Mapping[Figure, tuple[Figure, ...]] = {
    Figure.SAME_DAY: (Figure.MEAN_DAYS_OVER,),
    Figure.MEAN_DAYS_OVER: (Figure.SAME_DAY,),
    **dict.fromkeys(_WAITED, _WAITED),
    Figure.AGAIN: (Figure.AGAIN_MET, Figure.AGAIN_UNMET),
    Figure.AGAIN_MET: (Figure.AGAIN_UNMET,),
    Figure.AGAIN_UNMET: (Figure.AGAIN_MET,),
}
"""Figures by which a hidden one could be reckoned out: hidden together with it."""

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

    A lone hidden cell could be had by subtraction, from the sum of the column, from all care or from
    another figure, so then the smallest of those beside it is hidden too, until none is alone.
    """
    hidden = _hidden(rows)
    return [
        {
            care: {
                figure: concealed(one) if (figure, place, care) in hidden else _few_missing(one)
                for figure, one in values.items()
            }
            for care, values in row.items()
        }
        for place, row in enumerate(rows)
    ]


def _few_missing(one: FigureValue) -> FigureValue:
    """How few lack something is not said either; that some do is."""
    kept = tuple(replace(it, many=0) if it.many < SMALLEST else it for it in one.missing)
    return one if kept == one.missing else replace(one, missing=kept)


def _hidden(rows: Sequence[Row]) -> set[Cell]:
    cells = {
        (figure, place, care): row[care][figure]
        for figure in Figure
        for place, row in enumerate(rows)
        for care in Care
    }
    persons = {cell: one.persons for cell, one in cells.items()}
    found = {cell for cell, one in cells.items() if is_small(one)}
    while more := _more(persons, found, len(rows)):
        found |= more
    return found


def _more(persons: Mapping[Cell, int], hidden: Set[Cell], rows: int) -> set[Cell]:
    """What must be hidden besides. A figure of nobody tells of nobody, and stays."""
    found = {
        (figure, place, care)
        for one, place, care in hidden
        for figure in TOLD_BY.get(one, ())
        if persons[figure, place, care]
    }
    for figure in {one for one, _place, _care in hidden}:
        for care in Care:
            found |= _beside([(figure, place, care) for place in range(rows)], persons, hidden)
        for place in range(rows):
            apart = [(figure, place, care) for care in APART]
            found |= _beside(apart, persons, hidden)
            if (figure, place, Care.ALL) in hidden:
                found |= {cell for cell in apart if persons[cell]}
    return found - set(hidden)


def _beside(cells: Iterable[Cell], persons: Mapping[Cell, int], hidden: Set[Cell]) -> set[Cell]:
    """The smallest one beside a cell that is hidden alone."""
    given = list(cells)
    shown = [cell for cell in given if cell not in hidden and persons[cell]]
    alone = sum(cell in hidden for cell in given) == 1
    return {min(shown, key=lambda cell: persons[cell])} if alone and shown else set()
