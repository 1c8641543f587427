"""How far a bulk import has come, and what it says of its files: for the one who asked, and nobody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _
from samverka.resources.models import BulkImport, RunLine
from samverka.resources.reads.bulk import is_own
from samverka.resources.reads.imports import lines_of
from samverka.resources.rules.bulk import ExportState
from samverka.resources.rules.bulk_in import ImportPlace, ImportWanted, input_name
from samverka.resources.rules.lines import Line


@dataclass(frozen=True, slots=True)
class ImportDetail:
    """One import as the one who asked sees it.

    Attributes:
        said: lines of the report by input, from 1; 0 for those that are about none alone.
    """

    id: UUID
    state: ExportState
    request: str
    asked_at: datetime
    wanted: ImportWanted
    place: ImportPlace
    said: Mapping[int, int]


def import_detail(actor: Actor, *, import_id: UUID) -> ImportDetail:
    """How far it has come. That one asks leaves no line: it shows nothing of anyone.

    Raises:
        NotFound: there is none of the actor's own.
    """
    with act(actor, Action.IMPORT_READ) as this:
        this.require_permission()
        this.unchanged()
        row = _own(actor, import_id)
        wanted = ImportWanted.of_plain(row.wanted)
        return ImportDetail(
            id=row.id,
            state=ExportState(row.state),
            request=row.request,
            asked_at=row.asked_at,
            wanted=wanted,
            place=ImportPlace.of_plain(row.place),
            said=_said(row.run_id, wanted),
        )


def import_lines(actor: Actor, *, import_id: UUID, number: int) -> list[Line]:
    """What the report says of one input; never what stood in it.

    Args:
        number: of the input, from 1; 0 for what is about none alone.

    Raises:
        NotFound: there is no such import of the actor's own, or no such input.
    """
    with act(actor, Action.IMPORT_READ) as this:
        this.require_permission()
        row = _own(actor, import_id)
        names = _names(ImportWanted.of_plain(row.wanted))
        if not 0 <= number <= len(names):
            raise NotFound(_("Filen finns inte."))
        rows: QuerySet[Any] = RunLine.objects.filter(run_id=row.run_id)
        rows = rows.filter(file=names[number - 1]) if number else rows.exclude(file__in=names)
        this.note_general("BulkImport", id=str(import_id), input=number)
        return list(lines_of(rows.order_by("id")))


def _own(actor: Actor, import_id: UUID) -> BulkImport:
    rows: QuerySet[Any] = BulkImport.objects.all()
    row: BulkImport | None = rows.filter(id=import_id).first()
    if row is None or not is_own(actor, row):
        raise NotFound(_("Importen finns inte."))
    return row


def _names(wanted: ImportWanted) -> list[str]:
    return [input_name(number, one.kind) for number, one in enumerate(wanted.inputs, 1)]


def _said(run_id: UUID, wanted: ImportWanted) -> dict[int, int]:
    rows: QuerySet[Any] = RunLine.objects.filter(run_id=run_id)
    numbers = {name: number for number, name in enumerate(_names(wanted), 1)}
    said = Counter(numbers.get(file, 0) for file in rows.values_list("file", flat=True))
    return dict(sorted(said.items()))
