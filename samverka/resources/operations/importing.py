"""Bulk import in the background: asked for by one who may, done piece by piece by the clock, in the name of the one who asked.

A piece and the place where the next one begins are written together: after a crash nothing is read twice and nothing is left out.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID, uuid4

from django.db.models import QuerySet

from samverka.access.act import act, permits
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound, NotNow, Problem
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.resources.models import BulkImport
from samverka.resources.operations.exporting import Asker, asker_of
from samverka.resources.operations.runs import Import, alone, checked_source
from samverka.resources.operations.turns import only_here
from samverka.resources.reads.bulk import is_own
from samverka.resources.rules.bulk import KEPT_FOR, OPEN, TRIES, ExportState
from samverka.resources.rules.bulk_in import (
    PIECE,
    PIECE_BYTES,
    ImportPlace,
    ImportWanted,
    input_name,
)
from samverka.resources.rules.keys import Scope
from samverka.resources.rules.lines import Fault, line_of
from samverka.resources.rules.objects import MAX_BYTES
from samverka.resources.rules.order import place_of
from samverka.resources.rules.reading import Found, Unread, foreign_format, ndjson_entries
from samverka.resources.rules.receiving import Registry
from samverka.resources.rules.status import RunState

Again = Callable[[Asker, datetime], Actor | None]
"""The one who asked, as an actor now; None if it is no longer let in."""

Fetch = Callable[[str, Path], None]
"""Fetch an address into a file. Raises Problem where it never will be had, OSError where it may be later."""


def _rows() -> QuerySet[Any]:
    return BulkImport.objects.all()


# ── asking, and taking back ──


def ask_import(
    actor: Actor,
    *,
    wanted: ImportWanted,
    bodies: Mapping[int, bytes],
    request: str,
    folder: Path,
) -> UUID:
    """Ask for files to be taken in; the name of the import.

    Args:
        bodies: of those inputs that came with the request, by their place.
        folder: where files lie until they have been read.

    Raises:
        NotAllowed: the assignment does not let one import.
        Invalid: the source's name cannot be used.
    """
    checked_source(wanted.source)
    with act(actor, Action.SHELF_RECEIVE) as this:
        this.require_permission()
        narrowing = actor.narrowing
        row = BulkImport(
            account_id=actor.id,
            assignment_id=actor.assignment_id,
            actor_name=actor.name,
            unit_id=actor.unit_id,
            purpose=actor.purpose.value,
            narrowing=narrowing.plain() if narrowing else None,
            request=request,
            wanted=wanted.plain(),
            run_id=uuid4(),
            state=ExportState.ASKED,
            asked_at=actor.at,
        )
        row.save(force_insert=True)
        for at, text in bodies.items():
            _write(_path(folder, row.id, at), text)
        this.note_general("BulkImport", id=str(row.id), files=len(wanted.inputs))
        return row.id


def end_import(actor: Actor, *, import_id: UUID, folder: Path) -> None:
    """Stop an import of one's own. What has gone in stays.

    Raises:
        NotFound: there is none of the actor's own.
    """
    with act(actor, Action.SHELF_RECEIVE) as this:
        this.require_permission()
        row: BulkImport | None = _rows().select_for_update().filter(id=import_id).first()
        if row is None or not is_own(actor, row):
            raise NotFound(_("Importen finns inte."))
        row.state, row.ended_at = ExportState.ENDED, row.ended_at or actor.at
        row.save(update_fields=["state", "ended_at"])
        this.note_general("BulkImport", id=str(row.id), ended=True)
        this.after(_throw, folder, row.id)


# ── the clock's work ──


def open_imports(system: Actor) -> list[UUID]:
    """Those in which there is more to do, the oldest first."""
    with act(system, Action.SHELF_RECEIVE) as this:
        this.require_system()
        this.unchanged()
        rows = _rows().filter(state__in=[one.value for one in OPEN]).order_by("asked_at")
        return list(rows.values_list("id", flat=True))


def go_on(
    system: Actor,
    *,
    import_id: UUID,
    again: Again,
    registry: Registry,
    fetch: Fetch,
    folder: Path,
) -> bool:
    """Do one piece of an import; whether there is more to do at once.

    One process at a time does it, and one import of a source at a time: another leaves it be until the next beat.
    """
    with only_here(str(import_id)) as free:
        begun = _begun(system, import_id, again) if free else None
        if begun is None:
            return False
        row, actor = begun
        if actor is None or not permits(actor, Action.SHELF_RECEIVE):
            return _ended(system, row, ExportState.FAILED, folder)
        try:
            with alone(ImportWanted.of_plain(row.wanted).source):
                place = _step(_Doing(row, actor, registry, fetch, folder))
        except (NotNow, _TakenBack):
            return False
        except (Problem, OSError):
            if row.tries < TRIES:
                raise
            return _ended(system, row, ExportState.FAILED, folder)
        if place is None:
            return _ended(system, row, ExportState.DONE, folder)
        return True


class _TakenBack(Exception):
    """The one who asked has stopped it meanwhile: the piece is not kept."""


def _begun(system: Actor, import_id: UUID, again: Again) -> tuple[BulkImport, Actor | None] | None:
    """The row and who asked, if there is more to do; that it is tried once more is kept before the try."""
    with act(system, Action.SHELF_RECEIVE) as this:
        this.require_system()
        this.unchanged()
        row: BulkImport | None = _rows().select_for_update().filter(id=import_id).first()
        if row is None or ExportState(row.state) not in OPEN:
            return None
        row.state, row.tries = ExportState.GOING, row.tries + 1
        row.save(update_fields=["state", "tries"])
        return row, again(asker_of(row), system.at)


def _ended(system: Actor, row: BulkImport, state: ExportState, folder: Path) -> bool:
    """It goes on no more, and its files are thrown away; what has gone in stays."""
    with act(system, Action.SHELF_RECEIVE) as this:
        this.require_system()
        _rows().filter(id=row.id).update(state=state, ended_at=system.at)
        this.note_general("BulkImport", id=str(row.id), state=state.value)
        this.after(_throw, folder, row.id)
    return False


def throw_old(system: Actor) -> int:
    """Forget imports that ended a day ago; their reports stay. How many."""
    with act(system, Action.SHELF_RECEIVE) as this:
        this.require_system()
        this.unchanged()
        return int(_rows().filter(ended_at__lt=system.at - KEPT_FOR).delete()[0])


# ── one piece ──


@dataclass(frozen=True, slots=True)
class _Doing:
    row: BulkImport
    actor: Actor
    registry: Registry
    fetch: Fetch
    folder: Path

    @property
    def wanted(self) -> ImportWanted:
        return ImportWanted.of_plain(self.row.wanted)

    @property
    def place(self) -> ImportPlace:
        return ImportPlace.of_plain(self.row.place)

    def run(self) -> Import:
        """The import as it stood at the place."""
        place, wanted = self.place, self.wanted
        run = Import(self.actor, wanted.source, wanted.base, self.registry, None)
        run.id = self.row.run_id
        run.skipped, run.by_number, run.line_count = place.skipped, place.by_number, place.lines
        for kind, counted in place.counts.items():
            run.counts[kind] = Counter(counted)
        return run

    def name(self, at: int) -> str:
        return input_name(at + 1, self.wanted.inputs[at].kind)


def _step(doing: _Doing) -> ImportPlace | None:
    """The place after one more piece; None when all is done."""
    place, inputs = doing.place, doing.wanted.inputs
    if not place.begun:
        return _begin(doing)
    if place.fetched < len(inputs):
        return _fetch(doing)
    if place.at < len(inputs):
        if not place.persons and place_of(inputs[place.at].kind or "~") > place_of("Patient"):
            return _settle_persons(doing)
        return _read(doing)
    run = doing.run()
    run.settle()
    run.end(RunState.DONE)
    return None


def _begin(doing: _Doing) -> ImportPlace:
    run = doing.run()
    with act(doing.actor, Action.SHELF_RECEIVE) as this:
        this.unchanged()  # it leaves its own line
        run.begin(files=len(doing.wanted.inputs))
        return _kept(doing, run, replace(doing.place, begun=True))


def _fetch(doing: _Doing) -> ImportPlace:
    """The next file. One that never will be had is told in the report; the others go in."""
    place, run, fault = doing.place, doing.run(), None
    one, path = doing.wanted.inputs[place.fetched], _file(doing, place.fetched)
    try:
        if one.url and not path.exists():
            _make_folders(path)
            doing.fetch(one.url, path)
    except OSError:
        if doing.row.tries < TRIES:
            raise
        fault = _("Filen går inte att hämta. Servern svarar inte.")
    except Problem as problem:
        message = problem.message
        fault = message if isinstance(message, Text) else _("%(words)s", words=message)
    with act(run.actor, Action.SHELF_RECEIVE) as this:
        if fault is not None:
            run.say(line_of(doing.name(place.fetched), "", Fault("", fault), kind=one.kind))
            run.write_lines()
        this.note_general("BulkImport", id=str(doing.row.id), fetched=place.fetched + 1)
        return _kept(doing, run, replace(place, fetched=place.fetched + 1))


def _settle_persons(doing: _Doing) -> ImportPlace:
    """Who the persons are is settled before what is about them is read."""
    run = doing.run()
    run.settle(up_to="Patient")
    with act(run.actor, Action.SHELF_RECEIVE) as this:
        run.write_lines()
        this.note_general("BulkImport", id=str(doing.row.id), persons=True)
        return _kept(doing, run, replace(doing.place, persons=True))


def _read(doing: _Doing) -> ImportPlace:
    """A piece of the file goes in, together with the place after it."""
    place, run, path = doing.place, doing.run(), _file(doing, doing.place.at)
    lines = _lines(path, place.offset)
    foreign = None if place.offset or not lines.found else foreign_format(lines.found[0][:_PEEK])
    with act(run.actor, Action.SHELF_RECEIVE) as this:
        found = _numbered(ndjson_entries(lines.found, Scope(doing.wanted.base)), place.line)
        if foreign is not None:
            found, lines = [Unread("1", foreign)], _Lines(lines.found)
        run.take_entries(found, doing.name(place.at))
        run.flush()
        run.write_lines()
        count = len(lines.found)
        this.note_general("BulkImport", id=str(doing.row.id), lines=place.line + count)
        after = place.read_on(size=lines.size, lines=count, resources=len(found), ended=lines.ended)
        return _kept(doing, run, after)


def _kept(doing: _Doing, run: Import, place: ImportPlace) -> ImportPlace:
    """Keep the place with what has been written: in the same transaction.

    Raises:
        _TakenBack: then nothing of the piece is kept.
    """
    kept = replace(
        place,
        counts={kind: dict(counted) for kind, counted in run.counts.items()},
        skipped=run.skipped,
        by_number=run.by_number,
        lines=run.line_count,
    )
    row = _rows().select_for_update().filter(id=doing.row.id).first()
    if row is None or ExportState(row.state) not in OPEN:
        raise _TakenBack
    row.place, row.tries = kept.plain(), 0
    row.save(update_fields=["place", "tries"])
    return kept


_PEEK = 64 * 1024


def _numbered(found: Iterable[Found], before: int) -> list[Found]:
    """With the numbers of their lines in the whole file."""
    return [replace(one, number=_number(one.number, before)) for one in found]


def _number(number: str, before: int) -> str:
    line, dot, rest = number.partition(".")
    return f"{int(line) + before}{dot}{rest}" if line.isdecimal() else number


# ── files ──


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines of a file, how many bytes they are there, and whether it has ended."""

    found: list[bytes]
    size: int = 0
    ended: bool = True


def _lines(path: Path, offset: int) -> _Lines:
    """The next whole lines of a file; none of one that could not be fetched."""
    found: list[bytes] = []
    if not path.exists():
        return _Lines(found)
    with path.open("rb") as file:
        file.seek(offset)
        while len(found) < PIECE and file.tell() - offset < PIECE_BYTES:
            line = _line(file)
            if not line:
                return _Lines(found, file.tell() - offset, True)
            found.append(line)
        return _Lines(found, file.tell() - offset, False)


def _line(file: BinaryIO) -> bytes:
    """A line of at most a little over the limit; the rest of a longer one is passed over."""
    line = more = file.readline(MAX_BYTES + 2)
    while more and not more.endswith(b"\n"):
        more = file.readline(MAX_BYTES)
    return line


def _path(folder: Path, import_id: UUID, at: int) -> Path:
    return folder / str(import_id) / f"{at}.ndjson"


def _file(doing: _Doing, at: int) -> Path:
    return _path(doing.folder, doing.row.id, at)


def _make_folders(path: Path) -> None:
    for one in (path.parent.parent.parent, path.parent.parent, path.parent):
        one.mkdir(mode=0o700, parents=True, exist_ok=True)


def _write(path: Path, text: bytes) -> None:
    _make_folders(path)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def _throw(folder: Path, import_id: UUID) -> None:
    shutil.rmtree(folder / str(import_id), ignore_errors=True)
