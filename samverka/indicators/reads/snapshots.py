"""Exports to the warehouse, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.indicators.models import Snapshot
from samverka.indicators.rules.kept import SnapshotStatus
from samverka.indicators.warehouse.quality import Fault, faults_of
from samverka.kernel.actor import Actor

IMPORT: Final = "import-"
"""How the name of an import begins: it is no night's export."""


@dataclass(frozen=True, slots=True)
class SnapshotDetail:
    """One export or import: what it wrote, and what was found on the way.

    Attributes:
        counts: fact → rows that are new or changed.
    """

    id: str
    county: str
    status: SnapshotStatus
    begun_at: datetime
    finished_at: datetime | None
    counts: dict[str, int]
    faults: tuple[Fault, ...]


def snapshot_detail(row: Any) -> SnapshotDetail:
    """Row → plain value."""
    return SnapshotDetail(
        id=row.id,
        county=row.county,
        status=SnapshotStatus(row.status),
        begun_at=row.begun_at,
        finished_at=row.finished_at,
        counts=dict(row.counts),
        faults=faults_of(row.quality),
    )


def last_snapshot(actor: Actor, *, status: SnapshotStatus | None = None) -> SnapshotDetail | None:
    """The last export that was begun (of that status), for the clock that asks if tonight's has been made."""
    with act(actor, Action.FACTS_READ) as this:
        this.require_system()
        this.note_general("Snapshot", asked="last")
        rows = Snapshot.objects.exclude(id__startswith=IMPORT)
        rows = rows.filter(status=status) if status else rows
        row = rows.order_by("-begun_at").first()
        return snapshot_detail(row) if row else None
