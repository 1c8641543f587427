"""What stands on a unit's reserve list, and when it was last written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.discharge.models import Case, ReserveKey
from samverka.discharge.reads.board import BoardLine, board_cases, lines_of
from samverka.discharge.rules.kinds import STATUS_WORDS
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
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


def file_name(unit_id: UUID) -> str:
    """Of a unit's list: nobody's name or number."""
    return f"reserv-{unit_id}.html"


def reserve_file(actor: Actor, *, folder: Path) -> str:
    """The own unit's locked list, to keep on a computer or a memory stick of the unit.

    Raises:
        Invalid: none has been written.
    """
    with act(actor, Action.RESERVE_READ) as this:
        this.require_permission()
        path = folder / file_name(actor.unit_id) if actor.unit_id else folder
        if not path.is_file():
            raise Invalid(
                _("Ingen lista är skriven än."),
                mend=_("Chefen sätter ett lösenord först. Listan skrivs sedan var 15:e minut."),
            )
        this.note_general("ReserveKey", fetched=str(actor.unit_id))
        return path.read_text(encoding="utf-8")


def units_with_reserve(actor: Actor) -> list[UUID]:
    """The units that have set a password: whose lists the clock writes."""
    with act(actor, Action.RESERVE_KEEP) as this:
        this.unchanged()  # units, and nothing of anyone
        return list(ReserveKey.objects.order_by("unit_id").values_list("unit_id", flat=True))


def reserve_of(this: Act, unit_id: UUID) -> tuple[list[Case], list[ReserveLine]]:
    """A unit's open cases as its board has them, inside the act that keeps the list."""
    rows = this.rows(board_cases(unit_id), order=("admitted_at",))
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
