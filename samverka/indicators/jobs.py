"""What the clock drives: once a night the facts are written and the figures reckoned from them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from samverka.access.jobs import clock_actor, unstopped
from samverka.access.roles import system_actor
from samverka.indicators.operations import (
    ExportDetail,
    ImportDetail,
    ReckonedDetail,
    export_facts,
    import_facts,
    reckon_figures,
)
from samverka.indicators.operations.exporting import Progress, day_of_full
from samverka.indicators.reads.rows import county_measures
from samverka.indicators.reads.snapshots import SnapshotDetail, last_snapshot
from samverka.indicators.rules.kept import SnapshotStatus
from samverka.indicators.warehouse.keys import Keys
from samverka.indicators.warehouse.places import parts
from samverka.kernel.calendar import SWEDEN, local

COUNTER: Final = UUID("3f1f0a52-7c55-5a0e-8f0b-1b1d5e6a9c11")
"""Who writes the facts at night, in the trail."""

NIGHT: Final = time(2, 0)
"""From when the night's export may begin: the day before is over, and the backups have been taken."""

log = logging.getLogger("samverka.indicators")


def run(folder: Path, keys: Keys) -> None:
    """The night's export and what follows, unless it has been made. One that was stopped goes on."""
    unstopped("export_facts", lambda: _tonight(folder, keys), log)


def is_due(last: SnapshotDetail | None, now: datetime) -> bool:
    """Whether the night's export is still to be made: none that is whole was begun since two o'clock."""
    begins = datetime.combine(local(now).date(), NIGHT, SWEDEN)
    if now < begins:
        return False
    return last is None or last.begun_at < begins or last.status is not SnapshotStatus.WHOLE


def _tonight(folder: Path, keys: Keys) -> None:
    actor = clock_actor(COUNTER)
    if not is_due(last_snapshot(actor), actor.at):
        return
    done = export(folder, keys, full=day_of_full(local(actor.at).date()))
    log.info("warehouse %s: %s rows", done.snapshot.id, sum(done.snapshot.counts.values()))
    reckon(folder, done.snapshot.id)


def export(
    folder: Path,
    keys: Keys,
    *,
    name: str = "samverka",
    since: datetime | None = None,
    full: bool = False,
    progress: Progress = lambda _done, _all: None,
) -> ExportDetail:
    """An export now. Raises: as `export_facts`."""
    return export_facts(
        system_actor(actor_id=COUNTER, name=name, at=datetime.now(UTC)),
        folder=folder,
        keys=keys,
        since=since,
        full=full,
        now=lambda: datetime.now(UTC),
        progress=progress,
    )


def import_files(
    folder: Path, keys: Keys, paths: Sequence[Path], *, name: str, **asked: Any
) -> ImportDetail:
    """An import now. Args, raises: as `import_facts`."""
    return import_facts(
        system_actor(actor_id=COUNTER, name=name, at=datetime.now(UTC)),
        folder=folder,
        keys=keys,
        paths=paths,
        now=lambda: datetime.now(UTC),
        **asked,
    )


def reckon(
    folder: Path,
    snapshot: str,
    *,
    engine: str = "duckdb",
    progress: Progress = lambda _done, _all: None,
) -> ReckonedDetail | None:
    """Every figure from an export, after disclosure control; None where there is nothing to count.

    Raises: as `reckon_figures`, and Invalid where there is no such engine.
    """
    first = first_day(folder)
    if first is None:
        return None
    # DuckDB, Arrow and ibis are loaded by those who count, not by the processes that serve pages.
    from samverka.indicators.warehouse.engines import open_engine
    from samverka.indicators.warehouse.measures.counting import count
    from samverka.indicators.warehouse.measures.shipped import shipped

    with closing(open_engine(engine, folder)) as opened:
        return reckon_figures(
            clock_actor(COUNTER),
            snapshot=snapshot,
            measures=(*shipped().values(), *county_measures()),
            count=lambda measure, since, until: count(opened, measure, since=since, until=until),
            since=first,
            engine=engine,
            progress=progress,
        )


def newest() -> str:
    """The last export that is whole; empty if there is none."""
    last = last_snapshot(clock_actor(COUNTER), status=SnapshotStatus.WHOLE)
    return last.id if last else ""


def first_day(folder: Path) -> date | None:
    """From when we know how many people there were: the first year of person-months."""
    years = [one.year for one in parts(folder, "person_month")]
    return date(min(years), 1, 1) if years else None
