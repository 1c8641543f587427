"""Counted waits as they may be shown: small numbers hidden, and never just one, so that no sum tells it.

A row is one unit, one part, and those who wait or those who got care. Only this one division is shown: a second
one (by area, by profession) beside it would let hidden numbers be reckoned out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from samverka.guarantee.rules.cells import Cell, Kind, median_days, share_within
from samverka.guarantee.rules.facts import Pause, Wait, start_of
from samverka.guarantee.rules.limits import Part
from samverka.kernel.calendar import local_date
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

SMALLEST = 5
"""Fewer persons than so, or fewer within or over the limit, are not shown. Practice, not law."""

KIND_WORDS: dict[Kind, Text] = {
    Kind.WAITING: _("Väntar"),
    Kind.DONE: _("Har fått vård"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One row. None: hidden. `chosen`: chose to wait longer, counted apart."""

    unit: str
    part: Part
    kind: Kind
    many: int | None
    within: int | None
    share: Decimal | None
    median: Decimal | None


def shown_cells(cells: Sequence[Cell]) -> tuple[Shown, ...]:
    """The rows as they may be shown.

    Those with few are hidden; where only one of a part and kind would be, the next smallest is hidden too,
    for a total that is known from elsewhere would tell it.
    """
    hidden: set[int] = set()
    for group in _groups(cells):
        few = [n for n in group if _is_few(cells[n])]
        rest = sorted((n for n in group if n not in few), key=lambda n: (_many(cells[n]), n))
        hidden |= {*few, *(rest[:1] if len(few) == 1 else ())}
    return tuple(_shown(one, n in hidden) for n, one in enumerate(cells))


def _groups(cells: Sequence[Cell]) -> Iterable[list[int]]:
    found: dict[tuple[Part, Kind], list[int]] = {}
    for n, one in enumerate(cells):
        found.setdefault((one.part, one.kind), []).append(n)
    return found.values()


def _many(cell: Cell) -> int:
    return cell.within + cell.over + cell.chosen


def _is_few(cell: Cell) -> bool:
    return any(0 < one < SMALLEST for one in (cell.within, cell.over, cell.chosen)) or (
        0 < _many(cell) < SMALLEST
    )


def _shown(cell: Cell, hidden: bool) -> Shown:
    named = {"unit": cell.unit, "part": cell.part, "kind": cell.kind}
    if hidden:
        return Shown(**named, many=None, within=None, share=None, median=None)  # type: ignore[arg-type]
    return Shown(
        unit=cell.unit,
        part=cell.part,
        kind=cell.kind,
        many=cell.within + cell.over,
        within=cell.within,
        share=share_within([cell]),
        median=median_days([cell]),
    )


def as_of(wait: Wait, day: date) -> Wait | None:
    """The wait as it stood at the end of a day; None before it began."""
    start = start_of(wait)
    if start is None or start.on > day:
        return None
    return replace(
        wait,
        contacts=tuple(one for one in wait.contacts if local_date(one.at) <= day),
        pauses=tuple(one for one in wait.pauses if _said(one) <= day),
        ended=wait.ended if wait.ended and wait.ended.on <= day else None,
    )


def _said(pause: Pause) -> date:
    told = (pause.first, pause.declined_on, pause.informed_on, pause.offer and pause.offer.made_on)
    return max(one for one in told if one)
