"""Waits as the warehouse must know them: for export only, without words and names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from samverka.access.act import Act
from samverka.contacts.rules import Way
from samverka.guarantee.models import Wait
from samverka.guarantee.reads.rows import OVER, full_waits, wait_detail
from samverka.guarantee.reads.values import WaitDetail
from samverka.guarantee.rules import Part, Reason

CHUNK: Final = 500
"""Waits fetched at a time, each with its parts."""


@dataclass(frozen=True, slots=True)
class ExportedWait:
    """One wait whose time has begun to count. `ending`: met, late, or why it ended without care."""

    id: UUID
    person_id: UUID
    unit_id: UUID
    source: str
    part: Part
    starts_on: date
    ended_on: date | None
    ending: str
    limit_days: int
    paused_days: int
    profession: str
    chose_longer: bool
    breached: bool
    area: str


@dataclass(frozen=True, slots=True)
class ExportedCall:
    """One time that someone sought contact with primary care, and when a human being answered."""

    id: UUID
    person_id: UUID
    unit_id: UUID
    source: str
    called_on: date
    answered_on: date | None
    way: str


def exported_waits(this: Act, *, since: datetime | None) -> Iterator[ExportedWait]:
    """Every wait, or those that have changed since then and those that go on, inside the export's act.

    A limit passes without anyone saying anything, so a wait that goes on is always told again.
    """
    for row, found in _judged(this, since):
        if found.clock.start is not None and found.clock.limit is not None:
            yield _wait(row, found, found.clock.start.on, found.clock.limit.days)


def exported_calls(this: Act, *, since: datetime | None) -> Iterator[ExportedCall]:
    """Those who sought contact with primary care, with the day when they were answered."""
    for row, found in _judged(this, since):
        if found.part is Part.CONTACT and found.clock.start is not None:
            yield ExportedCall(
                id=row.id,
                person_id=row.person_id,
                unit_id=row.unit_id,
                source=row.source,
                called_on=found.clock.start.on,
                answered_on=found.clock.stopped_on,
                way=Way.PHONE.value,
            )


def standing_waits(this: Act) -> Iterator[UUID]:
    """The names of all waits and calls there are: the rest have gone. Inside the export's act."""
    this.require_system()
    yield from Wait.objects.values_list("id", flat=True).iterator(chunk_size=CHUNK)


def _judged(this: Act, since: datetime | None) -> Iterator[tuple[Wait, WaitDetail]]:
    this.require_system()
    rows = full_waits().order_by("id")
    if since is not None:
        rows = rows.filter(Q(changed_at__gte=since) | ~Q(status__in=OVER))
    for row in rows.iterator(chunk_size=CHUNK):
        yield row, wait_detail(row, this.actor, this.decide(row))


def _wait(row: Wait, found: WaitDetail, starts_on: date, limit: int) -> ExportedWait:
    clock = found.clock
    ended = clock.stopped_on or (clock.ended.on if clock.ended else None)
    met = clock.stopped_by.profession if clock.stopped_by else None
    chose = any(one.holds and one.pause.reason is Reason.ABSTAINS for one in clock.pauses)
    ending = clock.ended.why.value if clock.ended else clock.status.value if ended else ""
    return ExportedWait(
        id=row.id,
        person_id=row.person_id,
        unit_id=row.unit_id,
        source=row.source,
        part=found.part,
        starts_on=starts_on,
        ended_on=ended,
        ending=ending,
        limit_days=limit,
        paused_days=clock.subtracted,
        profession=met.value if met else "",
        chose_longer=chose,
        breached=clock.breached_on is not None,
        area=found.area,
    )
