"""How imports of the own unit went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.resources.models import Run, RunLine
from samverka.resources.rules.lines import Line, Weight
from samverka.resources.rules.report import ImportReport, rows_of
from samverka.resources.rules.status import RunState

RUNS = 30
"""Imports in the list."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One import in the list."""

    id: UUID
    source: str
    actor_name: str
    started_at: datetime
    state: RunState
    files: int
    changed: int
    refused: int


def list_imports(actor: Actor) -> list[RunSummary]:
    """The latest imports of the own unit."""
    with act(actor, Action.IMPORT_READ) as this:
        this.require_permission()
        rows = _runs(actor).order_by("-started_at")[:RUNS]
        this.note_general("Run")
        return [_summary(row) for row in rows]


def import_report(actor: Actor, *, run_id: UUID) -> ImportReport:
    """How one import of the own unit went, with every line that was kept."""
    with act(actor, Action.IMPORT_READ) as this:
        this.require_permission()
        row = _runs(actor).filter(id=run_id).first()
        if row is None:
            raise NotFound(_("Importen finns inte."))
        lines = RunLine.objects.filter(run=row).order_by("id")
        this.note_general("Run", id=str(run_id))
        return ImportReport(
            id=row.id,
            source=row.source,
            actor_name=row.actor_name,
            started_at=row.started_at,
            state=RunState(row.state),
            files=row.files,
            rows=rows_of(row.counts.get("kinds", {})),
            skipped=row.counts.get("skipped", 0),
            lines=tuple(lines_of(lines)),
            line_count=row.lines,
        )


def _runs(actor: Actor) -> QuerySet[Any]:
    mine = Q(actor_id=actor.id)
    if actor.unit_id is not None:
        mine |= Q(unit_id=actor.unit_id)
    own: QuerySet[Any] = Run.objects.filter(mine)
    return own


def _summary(row: Run) -> RunSummary:
    rows = rows_of(row.counts.get("kinds", {}))
    return RunSummary(
        id=row.id,
        source=row.source,
        actor_name=row.actor_name,
        started_at=row.started_at,
        state=RunState(row.state),
        files=row.files,
        changed=sum(one.new + one.changed + one.older for one in rows),
        refused=sum(one.refused for one in rows),
    )


def lines_of(rows: Iterable[RunLine]) -> Iterable[Line]:
    """Kept lines as they were said."""
    for row in rows:
        yield Line(
            file=row.file,
            entry=row.entry,
            weight=Weight(row.weight),
            path=row.path,
            message=Text(row.message, row.params),
            mend=Text(row.mend) if row.mend else None,
            kind=row.kind,
        )
