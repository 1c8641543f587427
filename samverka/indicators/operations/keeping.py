"""The list of exports: begun, whole, or stopped on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.indicators.models import Snapshot
from samverka.indicators.reads.snapshots import SnapshotDetail, snapshot_detail
from samverka.indicators.rules.kept import SnapshotStatus
from samverka.indicators.warehouse.quality import Fault
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local

if TYPE_CHECKING:
    from samverka.indicators.warehouse.checking import FactSum


def begin_snapshot(actor: Actor, *, county: str, kind: str = "") -> SnapshotDetail:
    """Note that an export begins. One that was begun before and has no end was stopped on the way.

    Args:
        kind: how its name begins; empty for an export.
    """
    with act(actor, Action.FACTS_KEEP) as this:
        this.require_system()
        left = Snapshot.objects.filter(status=SnapshotStatus.BEGUN)
        left.update(status=SnapshotStatus.FAILED)
        row = Snapshot(
            id=_free_name(actor.at, kind),
            county=county,
            status=SnapshotStatus.BEGUN,
            begun_at=actor.at,
        )
        row.save(force_insert=True)
        this.note_general("Snapshot", snapshot=row.id)
        return snapshot_detail(row)


def end_snapshot(
    actor: Actor,
    *,
    snapshot: str,
    status: SnapshotStatus,
    at: datetime,
    counts: Mapping[str, int],
    faults: Iterable[Fault],
    sums: Iterable[FactSum] = (),
) -> SnapshotDetail:
    """Note how an export went, and what was found on the way."""
    with act(actor, Action.FACTS_KEEP) as this:
        this.require_system()
        row = Snapshot.objects.get(id=snapshot)
        row.status, row.finished_at = status, at
        row.counts = dict(counts)
        row.quality = [one.kept() for one in faults]
        row.sums = {one.fact: one.kept() for one in sums}
        row.save()
        this.note_general("Snapshot", snapshot=row.id, status=status.value)
        return snapshot_detail(row)


def _free_name(at: datetime, kind: str) -> str:
    """By the Swedish clock; two in a minute are told apart by a number."""
    name = f"{kind}{local(at):%Y-%m-%dT%H%M}"
    taken = set(Snapshot.objects.filter(id__startswith=name).values_list("id", flat=True))
    tries = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in tries if one not in taken)
