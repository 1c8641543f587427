"""Stays and visits as the warehouse must know them: for export only, without words and names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from samverka.access.act import Act
from samverka.contacts.models import Booking, Stay, Visit
from samverka.contacts.rules import NEVER_HAPPENED, OPEN_BOOKINGS, BookingStatus, VisitStatus, Way

CHUNK: Final = 2_000
"""Rows fetched at a time, from a cursor of the server's."""

_NOT_YET: Final = (*sorted(NEVER_HAPPENED), VisitStatus.PLANNED)
_HELD: Final = (*sorted(OPEN_BOOKINGS), BookingStatus.FULFILLED)


@dataclass(frozen=True, slots=True)
class ExportedStay:
    """One in-patient stay. `source`: the system it came from."""

    id: UUID
    person_id: UUID
    unit_id: UUID
    source: str
    admitted_at: datetime
    discharged_at: datetime | None


@dataclass(frozen=True, slots=True)
class ExportedVisit:
    """One visit that is said to have taken place. `carer`: who met the person, only to be made a pseudonym of."""

    id: UUID
    person_id: UUID
    unit_id: UUID
    source: str
    starts_at: datetime
    ends_at: datetime | None
    way: Way
    carer: str
    booked: bool


def exported_stays(this: Act, *, since: datetime | None) -> Iterator[ExportedStay]:
    """Every stay, or those received since then, inside the export's act, a chunk at a time."""
    this.require_system()
    rows = _received(_stays(), since)
    columns = ("id", "person_id", "unit_id", "source", "admitted_at", "discharged_at")
    for row in rows.values_list(*columns).iterator(chunk_size=CHUNK):
        yield ExportedStay(*row)


def exported_visits(this: Act, *, since: datetime | None) -> Iterator[ExportedVisit]:
    """Every visit that is said to have begun, or those received since then, inside the export's act.

    One that lies ahead though it is said to be over is given too: the export tells it as a fault.
    """
    this.require_system()
    booked = Booking.objects.filter(
        person_id=OuterRef("person_id"),
        unit_id=OuterRef("unit_id"),
        starts_at=OuterRef("starts_at"),
        status__in=_HELD,
    )
    rows = _received(_visits(this.actor.at), since).annotate(booked=Exists(booked))
    for row in rows.iterator(chunk_size=CHUNK):
        yield ExportedVisit(
            id=row.id,
            person_id=row.person_id,
            unit_id=row.unit_id,
            source=row.source,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            way=Way(row.way),
            carer=row.practitioner,
            booked=row.booked,
        )


def standing_stays(this: Act) -> Iterator[UUID]:
    """The names of all stays that an export would tell of: the rest have gone. Inside the export's act."""
    this.require_system()
    yield from _stays().values_list("id", flat=True).iterator(chunk_size=CHUNK)


def standing_visits(this: Act) -> Iterator[UUID]:
    """The names of all visits that an export would tell of: the rest have gone. Inside the export's act."""
    this.require_system()
    yield from _visits(this.actor.at).values_list("id", flat=True).iterator(chunk_size=CHUNK)


def _stays() -> QuerySet[Any]:
    return Stay.objects.exclude(status__in=_NOT_YET)


def _visits(at: datetime) -> QuerySet[Any]:
    """All but the planned and the cancelled. Where the status is not known, only time tells that it has begun."""
    said = Visit.objects.exclude(status__in=_NOT_YET)
    return said.exclude(status=VisitStatus.UNKNOWN, starts_at__gt=at)


def _received(rows: QuerySet[Any], since: datetime | None) -> QuerySet[Any]:
    found = rows if since is None else rows.filter(received_at__gte=since)
    return found.order_by("id")
