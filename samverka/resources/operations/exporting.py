"""Bulk export: asked for by one who may, done piece by piece by the clock, taken away after a day.

Each piece is read through the gate of the one who asked, as it stands then, and leaves its lines in the trail. What is in the
files up to the place that is kept is not written again: after a crash the file is cut off there, and the piece is read anew.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.narrowing import Narrowing
from samverka.kernel.problems import NotFound, Problem
from samverka.kernel.text import text as _
from samverka.resources.models import BulkExport, BulkWork
from samverka.resources.operations.turns import only_here
from samverka.resources.reads.bulk import is_own
from samverka.resources.rules.bulk import (
    KEPT_FOR,
    OPEN,
    TRIES,
    ExportPlace,
    ExportState,
    ExportWanted,
    Part,
    Piece,
)

Reader = Callable[[Actor, ExportWanted, ExportPlace], Piece]
"""The next piece, through the gate of the actor."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asked, as it is kept: enough to ask the gate again.

    Attributes:
        narrowing: what the client behind a token was let do; None for one who was logged in.
    """

    account_id: UUID
    assignment_id: UUID | None
    unit_id: UUID | None
    purpose: str
    narrowing: Narrowing | None


Again = Callable[[Asker, datetime], Actor | None]
"""The one who asked, as an actor now; None if it is no longer let in."""


def _rows() -> QuerySet[Any]:
    return BulkExport.objects.all()


# ── asking, and taking back ──


def ask_export(actor: Actor, *, wanted: ExportWanted, request: str) -> UUID:
    """Ask for what the own gate lets through, as files; the name of the export."""
    with act(actor, Action.EXPORT_ASK) as this:
        this.require_permission()
        narrowing = actor.narrowing
        row = BulkExport(
            account_id=actor.id,
            assignment_id=actor.assignment_id,
            actor_name=actor.name,
            unit_id=actor.unit_id,
            purpose=actor.purpose.value,
            narrowing=narrowing.plain() if narrowing else None,
            request=request,
            wanted=wanted.plain(),
            state=ExportState.ASKED,
            asked_at=actor.at,
        )
        row.save(force_insert=True)
        this.note_general("BulkExport", id=str(row.id), types=len(wanted.kinds))
        return row.id


def end_export(actor: Actor, *, export_id: UUID, folder: Path) -> None:
    """Take back an export of one's own: its files go at once.

    Raises:
        NotFound: there is none of the actor's own.
    """
    with act(actor, Action.EXPORT_ASK) as this:
        this.require_permission()
        row = _own(actor, export_id)
        row.state, row.ended_at = ExportState.ENDED, row.ended_at or actor.at
        row.save(update_fields=["state", "ended_at"])
        this.note_general("BulkExport", id=str(row.id), ended=True)
        this.after(_throw, folder, row.id)


def _own(actor: Actor, export_id: UUID) -> BulkExport:
    row: BulkExport | None = _rows().select_for_update().filter(id=export_id).first()
    if row is None or not is_own(actor, row):
        raise NotFound(_("Uttaget finns inte."))
    return row


# ── the clock's work ──


def open_exports(system: Actor) -> list[UUID]:
    """Those in which there is more to do, the oldest first."""
    with act(system, Action.EXPORT_RUN) as this:
        this.require_system()
        this.unchanged()
        states = [one.value for one in OPEN]
        rows = _rows().filter(state__in=states).order_by("asked_at")
        return list(rows.values_list("id", flat=True))


def go_on(system: Actor, *, export_id: UUID, again: Again, reader: Reader, folder: Path) -> bool:
    """Write one piece of an export; whether there is more.

    One process at a time does it; another leaves it be.
    """
    with only_here(str(export_id)) as free:
        if not free:
            return False
        found = _begun(system, export_id, again)
        if found is None:
            return False
        row, actor = found
        if actor is None:
            _close(system, export_id, ExportState.FAILED)
            return False
        place = ExportPlace.of_plain(row.place)
        try:
            piece = reader(actor, ExportWanted.of_plain(row.wanted), place)
            place = _written(folder / str(export_id), place, piece)
        except (Problem, OSError):
            if row.tries >= TRIES:
                _close(system, export_id, ExportState.FAILED)
                return False
            raise
        return _keep(system, export_id, place, last=piece.after is None)


def _begun(system: Actor, export_id: UUID, again: Again) -> tuple[BulkExport, Actor | None] | None:
    """The row and who asked, if there is more to do; that it is tried once more is kept before the try."""
    with act(system, Action.EXPORT_RUN) as this:
        this.require_system()
        this.unchanged()
        row: BulkExport | None = _rows().select_for_update().filter(id=export_id).first()
        if row is None or ExportState(row.state) not in OPEN:
            return None
        row.state, row.tries = ExportState.GOING, row.tries + 1
        row.save(update_fields=["state", "tries"])
        return row, again(asker_of(row), system.at)


def asker_of(row: BulkWork) -> Asker:
    """Who asked for a piece of work, as the row keeps it."""
    kept = Narrowing.of_plain(row.narrowing) if row.narrowing else None
    return Asker(row.account_id, row.assignment_id, row.unit_id, row.purpose, kept)


def _keep(system: Actor, export_id: UUID, place: ExportPlace, *, last: bool) -> bool:
    """Where the next piece begins; whether there is more. What has been taken back meanwhile stays so."""
    with act(system, Action.EXPORT_RUN) as this:
        this.require_system()
        row = _rows().select_for_update().filter(id=export_id).first()
        if row is None or ExportState(row.state) not in OPEN:
            this.unchanged()
            return False
        row.place, row.tries = place.plain(), 0
        if last:
            row.state, row.ended_at = ExportState.DONE, system.at
        row.save(update_fields=["place", "tries", "state", "ended_at"])
        this.note_general("BulkExport", id=str(row.id), written=place.count)
        return not last


def _close(system: Actor, export_id: UUID, state: ExportState) -> None:
    with act(system, Action.EXPORT_RUN) as this:
        this.require_system()
        row = _rows().select_for_update().get(id=export_id)
        row.state, row.ended_at = state, system.at
        row.save(update_fields=["state", "ended_at"])
        this.note_general("BulkExport", id=str(row.id), state=state.value)


def throw_old(system: Actor, *, folder: Path) -> int:
    """Take away the files of exports that ended a day ago, and their rows; how many."""
    with act(system, Action.EXPORT_RUN) as this:
        this.require_system()
        this.unchanged()
        rows = _rows().filter(ended_at__lt=system.at - KEPT_FOR)
        old = list(rows.values_list("id", flat=True))
        rows.delete()
    for one in old:
        _throw(folder, one)
    return len(old)


# ── files ──


def _written(folder: Path, place: ExportPlace, piece: Piece) -> ExportPlace:
    """The piece after what is there, in one file for each type; what a crash left behind is cut off."""
    for one in (folder.parent, folder):
        one.mkdir(mode=0o700, parents=True, exist_ok=True)
    for kind, lines in piece.lines.items():
        if lines:
            part = place.part_for(kind)
            place = place.with_part(_append(folder / part.name, part, lines))
    return replace(place, after=piece.after)


def _append(path: Path, part: Part, lines: Any) -> Part:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.truncate(part.size)
        out.seek(part.size)
        for line in lines:
            out.write(line)
            out.write(b"\n")
        size = out.tell()
        out.flush()
        os.fsync(out.fileno())
    return replace(part, count=part.count + len(lines), size=size)


def _throw(folder: Path, export_id: UUID) -> None:
    shutil.rmtree(folder / str(export_id), ignore_errors=True)
