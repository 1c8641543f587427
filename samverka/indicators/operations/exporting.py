"""From the rooms and the shelf to the warehouse: every night, and when someone asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.indicators.operations.facts import people, rooms, waits
from samverka.indicators.operations.facts.frame import SOURCE, Beside, Frame, Row
from samverka.indicators.operations.facts.shelf import drugs, from_shelf
from samverka.indicators.operations.facts.standing import standing
from samverka.indicators.operations.keeping import begin_snapshot, end_snapshot
from samverka.indicators.reads.snapshots import SnapshotDetail
from samverka.indicators.rules.kept import SnapshotStatus
from samverka.indicators.warehouse.journal import known
from samverka.indicators.warehouse.keys import Keys
from samverka.indicators.warehouse.places import files
from samverka.indicators.warehouse.quality import FaultKind, Faults
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.organisations.reads import ExportedUnit, exported_units

if TYPE_CHECKING:
    from samverka.indicators.warehouse.merging import Written
    from samverka.indicators.warehouse.writing import Said, Writer

OVERLAP: Final = timedelta(hours=6)
"""So far before the last export is read again: what was received then may have been saved after."""

Maker = Callable[[Frame], Iterator[Row | Beside | None]]
"""Makes the rows of one fact, and of those beside it; None for what cannot be one, which the frame has counted."""

MAKERS: Final = MappingProxyType[str, Maker](
    {
        "person_month": people.person_months,
        "stay": rooms.stays,
        "contact": rooms.visits,
        "visit": rooms.home_visits,
        "discharge": rooms.cases,
        "plan": rooms.plans,
        "goal": rooms.goals,
        "activity": rooms.activities,
        "fixed_contact": rooms.fixed_contacts,
        "notice": rooms.tasks,
        "wait": waits.waits,
        "call": waits.calls,
        "assessment": from_shelf("assessment"),
        "drug": drugs,
        "measurement": from_shelf("measurement"),
    }
)
"""Fact → what makes its rows."""

BESIDE: Final = MappingProxyType[str, tuple[str, ...]]({"discharge": ("discharge_step",)})
"""Fact → those that are made of the same reading, in the same step."""

Progress = Callable[[int, int], None]
"""Done and all, in facts."""


@dataclass(frozen=True, slots=True)
class ExportDetail:
    """How an export went. `written`: fact → rows."""

    snapshot: SnapshotDetail
    written: dict[str, Written]


def export_facts(
    actor: Actor,
    *,
    folder: Path,
    keys: Keys,
    since: datetime | None = None,
    full: bool = False,
    now: Callable[[], datetime],
    progress: Progress = lambda _done, _all: None,
) -> ExportDetail:
    """Write what has happened since the last export to the warehouse; all of it if `full`.

    A fact is whole when its turn is over, so an export that stops halfway goes on where it stopped.
    What has been taken away since the last export is taken away here too.

    Args:
        since: read what has changed since then, whatever the last export read.
        now: the clock, for when it ended.

    Raises:
        NotNow: someone else is writing to the warehouse.
    """
    # Arrow and DuckDB are loaded by those who export, not by the processes that serve pages.
    from samverka.indicators.warehouse.checking import FactSum, check
    from samverka.indicators.warehouse.writing import writing

    units, faults = exported_units(), Faults()
    counts: dict[str, int] = {}
    with writing(folder, snapshot="", by=actor.name) as writer:
        begun = begin_snapshot(actor, county=county_of(units))
        writer.snapshot = begun.id
        status = SnapshotStatus.FAILED
        sums: tuple[FactSum, ...] = ()
        try:
            for number, name in enumerate(MAKERS):
                progress(number, len(MAKERS))
                read_from = None if full else since or _last(folder, name)
                done = _export(actor, writer, Frame(keys, units, faults, read_from, name))
                counts |= {fact: one.new + one.changed for fact, one in done.items()}
            status = SnapshotStatus.WHOLE
        finally:
            if status is SnapshotStatus.WHOLE:
                checked = check(folder, today=local_date(actor.at))
                faults.join(checked.faults)
                sums = checked.sums
            ended = end_snapshot(
                actor,
                snapshot=begun.id,
                status=status,
                at=now(),
                counts=counts,
                faults=faults.found(),
                sums=sums,
            )
    progress(len(MAKERS), len(MAKERS))
    return ExportDetail(ended, writer.written)


def _export(actor: Actor, writer: Writer, frame: Frame) -> dict[str, Written]:
    """One reading in one transaction; what the next export is to know is kept with the files."""
    with act(actor, Action.FACTS_READ) as this:
        frame.this = this
        facts = (frame.fact, *BESIDE.get(frame.fact, ()))
        done = writer.write_told(
            _named(frame.fact, MAKERS[frame.fact](frame)),
            {name: _said(frame, name) for name in facts},
            into=SOURCE,
            state={_mark(frame.fact): actor.at.isoformat()},
        )
        for name, one in done.items():
            frame.faults.add(name, FaultKind.DOUBLE, count=one.doubles)
            frame.faults.add(name, FaultKind.MOVED, count=one.moved)
            this.note_general("Fact", fact=name, snapshot=writer.snapshot, rows=one.given)
        return done


def _named(fact: str, rows: Iterator[Row | Beside | None]) -> Iterator[tuple[str, Row]]:
    for one in rows:
        if isinstance(one, Beside):
            yield one.fact, one.row
        elif one is not None:
            yield fact, one


def _said(frame: Frame, name: str) -> Said:
    """What goes without saying when all has been read, and is to be asked when only the latest has."""
    from samverka.indicators.warehouse.writing import Said

    told = frame.told[name]
    return Said(SOURCE, all=frame.since is None, standing=standing(frame, name), told=told)


def _last(folder: Path, name: str) -> datetime | None:
    """Since when the fact is to be read; None for all of it, also where someone has taken its files away."""
    kept = known(folder).get(_mark(name))
    return datetime.fromisoformat(kept) - OVERLAP if kept and files(folder, name) else None


def _mark(name: str) -> str:
    return f"told:{name}"  # before the keys of rows told their things it was "through:"


def county_of(units: dict[UUID, ExportedUnit]) -> str:
    """The county where most units lie; empty if none lies anywhere."""
    found = Counter(one.county for one in units.values() if one.county)
    return found.most_common(1)[0][0] if found else ""


def day_of_full(day: date) -> bool:
    """Whether a night's export reads everything: what no moment of change tells of is then found."""
    return day.weekday() == FULL_ON


FULL_ON: Final = 6
"""Sunday."""
