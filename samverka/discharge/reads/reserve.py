"""What stands on a unit's reserve list, and when it was last written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.discharge.models import Case, ReserveKey
from samverka.discharge.reads.board import BoardLine, lines_of
from samverka.discharge.reads.cases import whole_cases
from samverka.discharge.rules.kinds import OPEN, STATUS_WORDS
from samverka.kernel.actor import Actor
from samverka.kernel.text import Text
from samverka.people.reads import full_persons, person_detail


@dataclass(frozen=True, slots=True)
class ReserveDetail:
    """The unit's reserve list: whether it has a password, and when the list was last written."""

    unit_id: UUID
    set_at: datetime
    set_by: str
    written_at: datetime | None
    cases: int
    fault: str


@dataclass(frozen=True, slots=True)
class ReserveUnit:
    """Someone to ring."""

    name: str
    phone: str
    hours: str


@dataclass(frozen=True, slots=True)
class ReserveLine:
    """One case on paper: who, where, how far, what next, whom to ring."""

    name: str
    number: str
    protected: bool
    case_number: str
    ward: str
    status: Text
    admitted_at: datetime | None
    estimated_at: date | None
    ready_sent_at: datetime | None
    discharged_at: datetime | None
    owner: str
    verb: Text | str
    due_at: datetime | None
    units: tuple[ReserveUnit, ...]


def reserve(actor: Actor) -> ReserveDetail | None:
    """The own unit's reserve list; None where no password has been set."""
    with act(actor, Action.RESERVE_READ) as this:
        this.require_permission()
        this.note_general("ReserveKey", unit=str(actor.unit_id or ""))
        row = ReserveKey.objects.filter(unit_id=actor.unit_id).first() if actor.unit_id else None
        return reserve_detail(row) if row else None


def reserve_detail(row: ReserveKey) -> ReserveDetail:
    """Row → plain value; never the key."""
    return ReserveDetail(row.unit_id, row.set_at, row.set_by, row.written_at, row.cases, row.fault)


def units_with_reserve(actor: Actor) -> list[UUID]:
    """The units that have set a password: whose lists the clock writes."""
    with act(actor, Action.RESERVE_KEEP) as this:
        this.unchanged()  # units, and nothing of anyone
        return list(ReserveKey.objects.order_by("unit_id").values_list("unit_id", flat=True))


def reserve_of(this: Act, unit_id: UUID) -> tuple[list[Case], list[ReserveLine]]:
    """A unit's open cases as its board has them, inside the act that keeps the list."""
    taking = Q(units__unit_id=unit_id, units__until__isnull=True)
    own = whole_cases().filter(status__in=sorted(OPEN)).filter(Q(unit_id=unit_id) | taking)
    rows = this.rows(own.distinct(), order=("admitted_at",))
    numbers = _numbers(this, rows)
    by_id = {row.id: row for row in rows}
    lines = [_line(by_id[one.case_id], one, numbers) for one in lines_of(this, rows)]
    return rows, sorted(lines, key=lambda one: one.name)


def _numbers(this: Act, rows: list[Any]) -> dict[UUID, str]:
    found = full_persons().filter(id__in={row.person_id for row in rows})
    people = [person_detail(one, this.actor, masked=False) for one in found]
    return {
        one.id: next((known.number.formatted() for known in one.identities if known.current), "")
        for one in people
    }


def _line(row: Any, one: BoardLine, numbers: dict[UUID, str]) -> ReserveLine:
    taking = [part.unit for part in row.units.all() if part.until is None]
    step = one.shown
    return ReserveLine(
        name=one.person.name,
        number=numbers.get(row.person_id, ""),
        protected=one.person.protected,
        case_number=one.number,
        ward=one.ward,
        status=STATUS_WORDS[one.status],
        admitted_at=row.admitted_at,
        estimated_at=one.estimated_at,
        ready_sent_at=one.ready_sent_at,
        discharged_at=one.discharged_at,
        owner=step.owner if step else "",
        verb=step.verb if step else "",
        due_at=step.due_at if step else None,
        units=tuple(
            ReserveUnit(unit.name, unit.phone, unit.phone_hours) for unit in (row.unit, *taking)
        ),
    )
