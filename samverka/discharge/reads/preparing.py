"""The person's own page about going home: when, who meets, the list to tick off, medicines, whom to ring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act, permits
from samverka.access.actions import Action
from samverka.access.county import county_value
from samverka.careplans.reads import CareContactDetail, contacts_of
from samverka.discharge.models import Case, Item
from samverka.discharge.reads.cases import own_cases, part_of_actor, whole_cases
from samverka.discharge.reads.items import TickLine, tick_lines
from samverka.discharge.reads.medicines import Medicines, medicines_of
from samverka.discharge.rules.items import Answer, ItemKind
from samverka.discharge.rules.kinds import INSIDE, CaseStatus
from samverka.discharge.rules.messages import Fact, MessageKind
from samverka.discharge.rules.preparing import (
    Answered,
    Decided,
    Tick,
    is_open,
    opens_at,
    what_is_decided,
    who_meets,
)
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.organisations.reads import UnitDetail, unit_detail
from samverka.people.reads import PersonLine, person_line


@dataclass(frozen=True, slots=True)
class PreparationView:
    """The person's list.

    Attributes:
        own: the reader is the person.
        opens_at: when the list opens; None where no day for going home is set.
        open: it can be ticked off now.
    """

    case_id: UUID
    person_id: UUID
    person: PersonLine
    own: bool
    ward: UnitDetail
    status: CaseStatus
    estimated_at: date | None
    discharged_at: datetime | None
    opens_at: datetime | None
    open: bool
    may_write: bool
    ticks: Mapping[Tick, TickLine]

    @property
    def at_home(self) -> bool:
        """The person has gone home, whether or not the case has ended since."""
        return self.discharged_at is not None and self.status not in INSIDE


@dataclass(frozen=True, slots=True)
class HomePage:
    """The person's page about going home.

    Attributes:
        meets: what the unit that knows has said of who meets the person; empty: not known yet.
        decided: what is in place at home, by those who have answered.
        summary: what the ward has written to the person.
        contacts: whom to ring, the fast vårdkontakt first.
        asks: the unit that rings when the person has come home; None before that, and when it is done.
    """

    preparation: PreparationView
    meets: str
    decided: tuple[Decided, ...]
    summary: str
    medicines: Medicines
    contacts: tuple[CareContactDetail, ...]
    asks: UnitDetail | None


def home_page(actor: Actor, *, case_id: UUID) -> HomePage:
    """The page about going home, for the person and those who act for the person, and for the units."""
    with act(actor, Action.CASE_READ) as this:
        wanted = own_cases() if actor.is_person else whole_cases()
        whole = this.row(wanted, id=case_id)
        this.note(whole, part="person")
        after = getattr(whole, "after", None)
        lines = [_answered(one) for one in whole.items.all()]
        return HomePage(
            preparation=_preparation(this, whole, whole),
            meets=who_meets(lines),
            decided=tuple(what_is_decided(lines)),
            summary=_summary(whole) if _may_read(actor, whole) else "",
            medicines=medicines_of(this, whole),
            contacts=contacts_of(this, whole.person_id),
            asks=unit_detail(after.unit) if after and not after.outcome else None,
        )


def preparation_of(this: Act, row: Case) -> PreparationView:
    """The list of a case that has passed the gate."""
    return _preparation(this, row, whole_cases().get(id=row.id))


def _preparation(this: Act, row: Case, whole: Any) -> PreparationView:
    actor, status = this.actor, CaseStatus(whole.status)
    hours = county_value(Key.DISCHARGE_CHECKLIST, local_date(actor.at))
    opened = is_open(status, estimated_at=whole.estimated_at, hours=hours, now=actor.at)
    return PreparationView(
        case_id=whole.id,
        person_id=whole.person_id,
        person=person_line(whole.person, actor, this.decide(row)),
        own=actor.person_id == whole.person_id,
        ward=unit_detail(whole.unit),
        status=status,
        estimated_at=whole.estimated_at,
        discharged_at=whole.discharged_at,
        opens_at=opens_at(whole.estimated_at, hours),
        open=opened,
        may_write=opened and may_tick(this, row),
        ticks={one.tick: one for one in tick_lines(whole)},
    )


def may_tick(this: Act, row: Case) -> bool:
    """Whether the gate lets the actor tick off: the predicate that the operation uses."""
    if not permits(this.actor, Action.CASE_PREPARE):
        return False
    with act(this.actor, Action.CASE_PREPARE) as that:
        that.unchanged()
        return that.decide(row).allowed


def _answered(row: Item) -> Answered:
    return Answered(
        kind=ItemKind(row.kind),
        answer=Answer(row.answer) if row.answer else None,
        words=row.answer_words,
        unit=row.unit.name,
        from_person=row.from_person,
        at_home=row.at_home,
    )


def _may_read(actor: Actor, whole: Any) -> bool:
    """What the ward has written to the person: for the person, and for the ward that wrote it."""
    return actor.is_person or (part_of_actor(actor, whole) is not None and (
        whole.unit_id == actor.unit_id
    ))  # fmt: skip


def _summary(whole: Any) -> str:
    said = [
        one
        for one in whole.messages.all()
        if one.kind == MessageKind.PATIENT and one.withdrawn_at is None
    ]
    return str(said[-1].body.get(Fact.SUMMARY.value, "")) if said else ""


_SHOWN = (CaseStatus.ADMITTED, CaseStatus.READY, CaseStatus.HOME)
