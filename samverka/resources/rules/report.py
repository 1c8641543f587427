"""How an import went, in numbers and lines. The same for known and unknown persons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from samverka.resources.rules.lines import Line
from samverka.resources.rules.order import place_of
from samverka.resources.rules.status import RunState


class Count(StrEnum):
    """What is counted per resource type. The codes are stored."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OLDER = "older"  # went into the history, or fell against another text in the same import
    REFUSED = "refused"
    RECEIVED = "received"  # of the source, now: in a room
    KEPT = "kept"  # of the source, now: kept only, or waiting for its person


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One resource type."""

    kind: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    older: int = 0
    refused: int = 0
    received: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """One import.

    Attributes:
        skipped: entries that brought no resource.
        lines: the first ones; `line_count` says how many there are.
    """

    id: UUID
    source: str
    actor_name: str
    started_at: datetime
    state: RunState
    files: int
    rows: tuple[ReportRow, ...]
    skipped: int
    lines: tuple[Line, ...]
    line_count: int

    @property
    def total(self) -> ReportRow:
        """All types together."""
        names = [name for name in ReportRow.__slots__ if name != "kind"]
        return ReportRow("", **{n: sum(getattr(row, n) for row in self.rows) for n in names})

    @property
    def nothing_changed(self) -> bool:
        """Whether the shelf had all of it already."""
        total = self.total
        return total.unchanged > 0 and not (total.new or total.changed or total.older)


def rows_of(counts: Mapping[str, Mapping[str, int]]) -> tuple[ReportRow, ...]:
    """Stored counts (type → what → number) as rows in the rooms' order; what has no type last."""
    kinds: Iterable[str] = sorted(counts, key=lambda kind: (not kind, place_of(kind)))
    return tuple(ReportRow(kind, **counts[kind]) for kind in kinds)
