"""Bulk exports of this installation: where the files lie, what fits a filter, and the clock's work on them."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl
from uuid import UUID

from django.conf import settings

from samverka.access.jobs import clock_actor, unstopped
from samverka.config.bulk.again import again
from samverka.config.bulk.pieces import Show, Told, Wanted, piece
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.resources.operations import exporting
from samverka.resources.rules.bulk import ExportPlace, ExportWanted, Piece
from samverka.resources.rules.canonical import decode
from samverka.resources.rules.lines import Faulty
from samverka.resources.rules.searching.asking import read
from samverka.resources.rules.searching.indexing import index
from samverka.resources.rules.searching.matching import meets
from samverka.resources.rules.searching.parsing import Asked
from samverka.resources.rules.searching.query import Criterion, Query

WRITER = UUID("0c8d6f6e-9d1a-5a35-a1f4-6f4a4f2f7b01")
"""Who writes the files, in the trail; what is in them is read as the one who asked."""

PIECE = 1_000
"""Resources read at a time: memory stays flat whatever the export's size."""

log = logging.getLogger("samverka.bulk")


def folder() -> Path:
    """Where the files lie."""
    return Path(settings.SAMVERKA_BULK)


def run(show: Show) -> None:
    """Go on with every export that is open, a piece each in turn, until none is left; throw old files away."""
    unstopped("throw_old", lambda: exporting.throw_old(clock_actor(WRITER), folder=folder()), log)
    left = exporting.open_exports(clock_actor(WRITER))
    while left:
        left = [one for one in left if _one_more(one, show)]


def _one_more(export_id: UUID, show: Show) -> bool:
    more = False

    def work() -> None:
        nonlocal more
        more = exporting.go_on(
            clock_actor(WRITER),
            export_id=export_id,
            again=again,
            reader=lambda actor, wanted, place: read_piece(actor, wanted, place, show),
            folder=folder(),
        )

    unstopped("export", work, log)
    return more


def read_piece(actor: Actor, wanted: ExportWanted, place: ExportPlace, show: Show) -> Piece:
    """The next piece of an export, as its one who asked has it now."""
    asked = Wanted(
        kinds=wanted.kinds,
        persons=wanted.persons,
        since=wanted.since,
        common=wanted.common,
        limit=PIECE,
    )
    told, after = piece(actor, asked, place.after, show)
    filters = filters_of(wanted.filters, actor.at)
    lines: dict[str, list[bytes]] = {}
    for one in told:
        if _fits(one, filters):
            lines.setdefault(one.kind, []).append(_line(one.text))
    return Piece(lines, after)


def _line(text: bytes) -> bytes:
    """One line of NDJSON. In JSON a line break stands only between values, so a blank says the same."""
    return text.translate(_BREAKS)


_BREAKS = bytes.maketrans(b"\r\n", b"  ")


# ── filters ──

Filters = Mapping[str, Sequence[Query]]


def filters_of(found: Sequence[str], at: datetime) -> Filters:
    """Searches by type, as `_typeFilter` says them: "Observation?code=…".

    Raises:
        Invalid: no search of a type, or one that asks of other resources.
    """
    made: dict[str, list[Query]] = {}
    for text in found:
        kind, mark, rest = text.partition("?")
        if not mark:
            raise Invalid(_("Skriv Typ?sökning."), where="_typeFilter")
        try:
            query = read(kind, parse_qsl(rest, keep_blank_values=True), Asked(now=at))
        except (Faulty, KeyError) as fault:
            words = _("Filtret för %(kind)s går inte att läsa.", kind=kind[:64])
            raise Invalid(words, where="_typeFilter") from fault
        if any(not isinstance(one, Criterion) for one in query.conditions):
            words = _("Ett filter får bara fråga om resursen själv.")
            raise Invalid(words, where="_typeFilter")
        made.setdefault(kind, []).append(query)
    return made


def _fits(one: Told, filters: Filters) -> bool:
    """What has no filter of its type passes; else one of them is enough."""
    queries = filters.get(one.kind)
    if not queries:
        return True
    content = decode(one.text)
    values = index(content) if isinstance(content, dict) else []
    return any(
        all(meets(values, c) for c in query.conditions if isinstance(c, Criterion))
        for query in queries
    )
