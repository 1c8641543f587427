"""How far a bulk export has come, and its files: for the one who asked, and nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _
from samverka.resources.models import BulkExport, BulkWork
from samverka.resources.rules.bulk import ExportPlace, ExportState, is_file_name


@dataclass(frozen=True, slots=True)
class ExportDetail:
    """One export as the one who asked sees it."""

    id: UUID
    state: ExportState
    request: str
    asked_at: datetime
    ended_at: datetime | None
    place: ExportPlace


def export_detail(actor: Actor, *, export_id: UUID) -> ExportDetail:
    """How far it has come. That one asks leaves no line: it shows nothing of anyone.

    Raises:
        NotFound: there is none of the actor's own.
    """
    with act(actor, Action.EXPORT_ASK) as this:
        this.require_permission()
        this.unchanged()
        return _detail(_own(actor, export_id))


def export_file(actor: Actor, *, export_id: UUID, name: str, folder: Path) -> bytes:
    """One file of a finished export.

    Raises:
        NotFound: there is no such file, or it is not the actor's to have.
    """
    with act(actor, Action.EXPORT_ASK) as this:
        this.require_permission()
        found = _detail(_own(actor, export_id))
        sizes = {one.name: one.size for one in found.place.parts}
        if found.state is not ExportState.DONE or not is_file_name(name) or name not in sizes:
            raise NotFound(_GONE)
        this.note_general("BulkExport", id=str(export_id), file=name)
        try:
            with (folder / str(export_id) / name).open("rb") as file:
                return file.read(sizes[name])  # what a crash left behind it is not part of it
        except OSError as fault:
            raise NotFound(_GONE) from fault


_GONE = _("Filen finns inte.")


def _own(actor: Actor, export_id: UUID) -> BulkExport:
    rows: QuerySet[Any] = BulkExport.objects.all()
    row: BulkExport | None = rows.filter(id=export_id).first()
    if row is None or not is_own(actor, row):
        raise NotFound(_("Uttaget finns inte."))
    return row


def is_own(actor: Actor, row: BulkWork) -> bool:
    """Whether the actor asked for it, by the same client and at the same assignment."""
    client = str(actor.narrowing.client_id) if actor.narrowing else ""
    by = str(row.narrowing["client_id"]) if row.narrowing else ""
    mine = (actor.id, actor.assignment_id, client)
    return (row.account_id, row.assignment_id, by) == mine


def _detail(row: BulkExport) -> ExportDetail:
    return ExportDetail(
        id=row.id,
        state=ExportState(row.state),
        request=row.request,
        asked_at=row.asked_at,
        ended_at=row.ended_at,
        place=ExportPlace.of_plain(row.place),
    )
