"""What was before the admission: whoever helps at home tells the ward, also before anyone is admitted."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.discharge.models import Case, Copy, Message
from samverka.discharge.operations.keeping import (
    TAKES_PART,
    add_unit,
    before_address,
    check_alive,
    let_read,
    own_unit,
    unit_part,
    units_of,
)
from samverka.discharge.operations.opening import new_case
from samverka.discharge.operations.sending import Letter, give_copy, written
from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.kinds import INSIDE, CaseStatus, Part, Secrecy
from samverka.discharge.rules.messages import Fact, MessageKind, check_sending
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.notices.operations import keep_tasks
from samverka.notices.rules import About
from samverka.organisations.reads import UnitDetail
from samverka.people.reads import full_persons, person


@dataclass(frozen=True, slots=True)
class BeforeDetail:
    """What was told, to whom. `case_id`: the case, if the own unit takes part in it."""

    ward: str
    case_id: UUID | None


def tell_before(
    actor: Actor, *, person_id: UUID, unit_id: UUID, words: str, ground: Secrecy, note: str = ""
) -> BeforeDetail:
    """Tell a ward how things were at home; it meets the one who comes, or finds it in the case.

    Whether the person is admitted there already is not told: that is the ward's to say.

    Raises:
        NotFound: the own unit has nothing to do with the person.
        Invalid: the unit is no ward, or nothing is written.
    """
    with act(actor, Action.CASE_SEND) as this:
        this.require_permission()
        person(actor, person_id=person_id)
        check_alive(person_id, MessageKind.BEFORE)
        ward = _ward(unit_id)
        case = _case_at(person_id, ward) or _expected(this, person_id, ward)
        own = _own(this)
        taking = case.status == CaseStatus.EXPECTED
        if taking:
            add_unit(this, case, own, TAKES_PART)
        _settle(this, person_id)
        _tell(this, case, own, ward, Letter({Fact.WORDS.value: words}, ground=ground, note=note))
        this.note_person(person_id, "Case", case=str(case.id), message=MessageKind.BEFORE.value)
        return BeforeDetail(ward.name, case.id if taking else None)


def _own(this: Act) -> UnitDetail:
    found = units_of([this.actor.unit_id] if this.actor.unit_id else [])
    if not found:
        raise Invalid(_("Välj först vilken enhet du arbetar på."), where="unit")
    return found[0]


def _ward(unit_id: UUID) -> UnitDetail:
    found = units_of([unit_id])
    if not found or unit_part(found[0]) is not Part.WARD:
        raise Invalid(_("Välj en vårdavdelning."), where="unit")
    return found[0]


def _case_at(person_id: UUID, ward: UnitDetail) -> Case | None:
    """The case that stands on that ward, or that others have opened by telling."""
    found: Case | None = (
        Case.objects.select_for_update(of=("self",))
        .filter(person_id=person_id, unit_id=ward.id)
        .filter(status__in=sorted(INSIDE | {CaseStatus.EXPECTED}))
        .order_by("-status")
        .first()
    )
    return found


def _expected(this: Act, person_id: UUID, ward: UnitDetail) -> Case:
    """A case at the ward, which may know who it is that comes, and read what was told."""
    row = new_case(this, uuid4(), full_persons().get(id=person_id), ward)
    row.status = CaseStatus.EXPECTED
    row.save(force_insert=True)
    let_read(this, row, ward, TAKES_PART)
    return row


def _settle(this: Act, person_id: UUID) -> None:
    """What a wrong ward sent back has been told anew: it asks for nothing more."""
    said = Message.objects.filter(
        person_id=person_id, kind=MessageKind.BEFORE, unit_id=own_unit(this)
    )
    for row in Copy.objects.filter(message__in=said, fate=Fate.RETURNED):
        about = About("Copy", row.id, person_id, before_address(person_id))
        keep_tasks(this, about=about, wanted=[])


def _tell(this: Act, case: Case, own: UnitDetail, ward: UnitDetail, letter: Letter) -> None:
    part = unit_part(own)
    check_sending(MessageKind.BEFORE, part, CaseStatus(case.status))
    row = written(this, case, MessageKind.BEFORE, part, letter)
    row.save(force_insert=True)
    give_copy(this, case, row, ward)
    case.version += 1
    case.changed_at = this.actor.at
    case.save()
