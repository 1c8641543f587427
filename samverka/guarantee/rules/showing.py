"""Counted waits as they may be shown: small numbers hidden, and what would tell them, by the county's one rule.

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
from samverka.kernel.hiding import Counts, Key, Policy, Shape, seal, too_small
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

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

    Units are hidden by `kernel.hiding`, as the county's measures are: those with few, within or over the
    limit, and so many besides that whoever knows the sum of all units finds no small number. A sum that is
    small itself is shown nowhere. How many chose to wait longer leaves by no door, so it tells nothing.
    """
    hidden = {n for group in _groups(cells) for n in _hidden(cells, group)}
    return tuple(_shown(one, n in hidden) for n, one in enumerate(cells))


def _groups(cells: Sequence[Cell]) -> Iterable[list[int]]:
    found: dict[tuple[Part, Kind], list[int]] = {}
    for n, one in enumerate(cells):
        found.setdefault((one.part, one.kind), []).append(n)
    return found.values()


def _hidden(cells: Sequence[Cell], group: Sequence[int]) -> list[int]:
    """Which of one part and kind are hidden; the sum of them stands elsewhere, unless it is small."""
    policy, whole = Policy(), _key(_ALL)
    counts: dict[Key, Counts] = {_key(str(n)): (cells[n].within, cells[n].over) for n in group}
    counts[whole] = tuple(map(sum, zip(*counts.values(), strict=True)))
    shape = Shape({_ALL: tuple(str(n) for n in group)}, {})
    fixed = [] if too_small(counts[whole], policy) else [whole]
    found = seal(shape, counts, policy, fixed=fixed)
    return [n for n in group if _key(str(n)) in found.hidden | found.small]


_ALL = "all"


def _key(area: str) -> Key:
    return (area, "all", "")


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
