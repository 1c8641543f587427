"""What every change of a case shares: the way in, who one is there, the units, the tasks, the end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from samverka.access import operations as access
from samverka.access.act import Act
from samverka.access.county import county_value
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.discharge.models import Case, CaseUnit, Copy, Message
from samverka.discharge.operations.homing import keep_home
from samverka.discharge.rules import messages
from samverka.discharge.rules.fates import Fate, receivable_at
from samverka.discharge.rules.kinds import OPEN, STATUS_WORDS, CaseStatus, Part, part_of
from samverka.discharge.rules.messages import KIND_WORDS, MESSAGES, MessageKind
from samverka.kernel.actor import ActorKind
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _
from samverka.notices.operations import keep_tasks
from samverka.notices.rules import About, TaskKind, TaskWanted
from samverka.organisations.reads import UnitDetail, unit_names
from samverka.people.reads import full_persons
from samverka.subscriptions.operations import tell
from samverka.subscriptions.rules import Cause, Happened

GRANT = "discharge"
"""Code of the reason for which a unit may read a case."""
STANDS_IN = "stand-in"
"""Code of the reason for which a unit that stands in for a receiver may read a case."""
BY_LAW = "2 kap. 1 § lagen (2017:612)"
"""Why a unit is told of an admission whoever keeps the record (OSL 10:28)."""
TAKES_PART = "1 kap. 3 § lagen (2017:612)"
"""Why one who told what was before the admission, and the ward that was told, share the case."""


def open_case_row(this: Act, case_id: UUID) -> Case:
    """The case, locked so that those who change it come one after the other; it goes on."""
    row: Case = this.row(Case.objects, lock=True, id=case_id)
    check_goes_on(row)
    return row


def check_goes_on(row: Case) -> None:
    """Raises NotNow for a case that has ended."""
    if row.status not in OPEN:
        status = STATUS_WORDS[CaseStatus(row.status)]
        raise NotNow(
            _("Ärendet är avslutat (%(status)s). Inget nytt kan skickas i det.", status=status),
            mend=_("Öppna ett nytt ärende om personen är inskriven igen."),
        )


def own_part(this: Act, case: Case) -> Part:
    """What the actor's unit is in the case.

    Raises:
        NotAllowed: the unit has no part in it.
    """
    if case.unit_id == this.actor.unit_id:
        return Part.WARD
    found = standing_units(case).filter(unit_id=this.actor.unit_id).first()
    if found is None:
        raise NotAllowed(_("Er enhet deltar inte i ärendet."))
    return Part(found.part)


def own_unit(this: Act) -> UUID:
    """The unit where the actor works now.

    Raises:
        Invalid: none has been chosen.
    """
    if this.actor.unit_id is None:
        raise Invalid(_("Välj först vilken enhet du arbetar på."), where="unit")
    return this.actor.unit_id


def standing_units(case: Case) -> QuerySet[Any]:
    """The units beside the ward that take part now."""
    return CaseUnit.objects.filter(case=case, until__isnull=True)


def add_unit(this: Act, case: Case, unit: UnitDetail, section: str = BY_LAW) -> CaseUnit:
    """Let a unit take part: it may read the case from now, because the law says that it is to be told."""
    found: CaseUnit | None = standing_units(case).filter(unit_id=unit.id).first()
    if found is not None:
        return found
    part = unit_part(unit)
    row = CaseUnit(
        case=case,
        person_id=case.person_id,
        unit_id=unit.id,
        provider_id=unit.provider_id,
        part=part,
        since=this.actor.at,
    )
    row.save(force_insert=True)
    let_read(this, case, unit, section)
    return row


def let_read(this: Act, case: Case, unit: UnitDetail, section: str) -> None:
    """The unit may read the case, and know whom it is about, by that section."""
    access.give_by_law(
        this.actor,
        of=record_of(case),
        provider_id=unit.provider_id,
        unit_id=unit.id,
        section=section,
        reason=GRANT,
    )


def let_stand_in(this: Act, row: Copy, unit: UnitDetail) -> None:
    """A unit that stands in for a receiver reads the case and that copy; it takes no part of its own."""
    for record in _read_for(row.message.case, row, also_case=True):
        access.give_by_law(
            this.actor,
            of=record,
            provider_id=unit.provider_id,
            unit_id=unit.id,
            section=BY_LAW,
            reason=STANDS_IN,
        )


def _read_for(case: Case, row: Copy, *, also_case: bool) -> list[access.Disclosed]:
    copy = access.Disclosed(
        person_id=case.person_id, object_id=row.id, object_type="Copy", version=case.version
    )
    return [record_of(case), copy] if also_case else [copy]


def end_stand_ins(this: Act, row: Copy) -> None:
    """Whoever stood in for the receiver reads no more: neither the copy, nor the case for its sake."""
    if not row.stand_ins:
        return
    case = row.message.case
    units, row.stand_ins = unit_names(set(row.stand_ins)), []
    row.save(update_fields=["stand_ins"])
    reading = {one for other in Copy.objects.filter(message__case=case) for one in other.stand_ins}
    for unit in units.values():
        for record in _read_for(case, row, also_case=unit.id not in reading):
            access.end_part(
                this.actor,
                of=record,
                provider_id=unit.provider_id,
                unit_id=unit.id,
                reason=STANDS_IN,
            )


def end_unit(this: Act, case: Case, unit_id: UUID) -> None:
    """The unit takes part no more (it was the wrong one): nothing new reaches it; its own log stays."""
    row = standing_units(case).filter(unit_id=unit_id).first()
    if row is None:
        return
    CaseUnit.objects.filter(id=row.id).update(until=this.actor.at)
    keep_home(this, case)
    access.end_part(
        this.actor,
        of=record_of(case),
        provider_id=row.provider_id,
        unit_id=unit_id,
        reason=GRANT,
    )


def check_clock(this: Act) -> None:
    """Raise unless it is the clock that acts: no role does its work."""
    if this.actor.kind is not ActorKind.SYSTEM:
        raise NotAllowed(REFUSAL_WORDS[Refusal.NO_PERMISSION])


def check_alive(person_id: UUID, kind: MessageKind) -> None:
    """Raises NotNow where the message plans for one who has died."""
    died = full_persons().filter(id=person_id).values_list("deceased_on", flat=True).first()
    if died is not None:
        messages.check_after_death(kind)


def record_of(case: Case) -> access.Disclosed:
    """The case, as access knows records."""
    return access.Disclosed(
        person_id=case.person_id, object_id=case.id, object_type="Case", version=case.version
    )


def unit_part(unit: UnitDetail) -> Part:
    """What a unit can be in a case.

    Raises:
        NotAllowed: that kind of unit has no part in the law's process.
    """
    found = part_of(unit.kind, unit.branch, unit.side)
    if found is None:
        raise NotAllowed(
            _("%(unit)s kan inte delta i ett ärende om utskrivning.", unit=unit.name),
            mend=_("Välj en enhet som vårdar eller ger insatser."),
        )
    return found


def units_of(ids: Iterable[UUID]) -> list[UnitDetail]:
    """The units by id, in the order given; those that are gone are left out."""
    wanted = list(dict.fromkeys(ids))
    found = unit_names(set(wanted))
    return [found[one] for one in wanted if one in found]


def unread_limit(this: Act) -> timedelta:
    """How long a message may wait for its receipt in this county (opening hours of the unit)."""
    return timedelta(hours=county_value(Key.DISCHARGE_UNREAD, local_date(this.actor.at)))


def address_of(case_id: UUID) -> str:
    """Path of the case's page."""
    return f"/utskrivning/{case_id}/"


def before_address(person_id: UUID) -> str:
    """Path of the form that tells a ward how things were: its sender may not know of a case."""
    return f"/personer/{person_id}/beratta-for-avdelningen/"


def keep_copy(this: Act, row: Copy, case: Case, kind: MessageKind) -> None:
    """One task at the unit that is to receipt a copy; closed when the copy has met its fate."""
    back = row.fate == Fate.RETURNED and kind is MessageKind.BEFORE
    where = before_address(case.person_id) if back else address_of(case.id)
    about = About("Copy", row.id, case.person_id, where)
    wanted = []
    if row.fate == Fate.WAITING and MESSAGES[kind].must_open:
        wanted.append(
            TaskWanted(
                key="receipt",
                kind=TaskKind.DISCHARGE,
                unit_id=row.unit_id,
                provider_id=row.provider_id,
                verb=_("kvittera: %(message)s", message=KIND_WORDS[kind]),
                due_at=receivable_at(row.sent_at, row.message.entered_at) + unread_limit(this),
                wait_limit=unread_limit(this),
            )
        )
    if row.fate == Fate.RETURNED and case.status in OPEN:
        wanted.append(_find_receiver(row, case, kind))
    keep_tasks(this, about=about, wanted=wanted)


def _find_receiver(row: Copy, case: Case, kind: MessageKind) -> TaskWanted:
    """What came back is the sender's again, until it has gone to someone else."""
    sender = case.unit if row.message.part == Part.WARD else row.message.unit
    return TaskWanted(
        key="returned",
        kind=TaskKind.DISCHARGE,
        unit_id=sender.id,
        provider_id=sender.provider_id,
        verb=_("hitta rätt mottagare: %(message)s", message=KIND_WORDS[kind]),
    )


def drop_returned(this: Act, case: Case, message_id: UUID | None = None) -> None:
    """What came back asks for nothing more: the case, or that message, has ended."""
    returned = Copy.objects.filter(message__case=case, fate=Fate.RETURNED)
    for row in returned.filter(message_id=message_id) if message_id else returned:
        about = About("Copy", row.id, case.person_id, address_of(case.id))
        keep_tasks(this, about=about, wanted=[])


def settle_ended(this: Act, case: Case) -> None:
    """The case has ended: what came back asks for nothing, and who has read in another's place reads no more."""
    drop_returned(this, case)
    for copy in Copy.objects.filter(message__case=case).exclude(fate=Fate.WAITING):
        end_stand_ins(this, copy)


def own_messages(this: Act, case: Case) -> QuerySet[Any]:
    """What the own unit has sent; the ward has also what the ward before it sent."""
    own = Q(unit_id=this.actor.unit_id)
    if case.unit_id == this.actor.unit_id:
        own |= Q(part=Part.WARD)
    return Message.objects.filter(own, case=case)


def move_copies(this: Act, case: Case) -> None:
    """The person is on another ward: what the former had not read, and what came back, is the new one's."""
    rows = Copy.objects.select_related("message").filter(message__case=case)
    for row in rows.filter(fate=Fate.WAITING, part=Part.WARD):
        row.unit_id, row.branch = case.unit_id, case.branch
        row.provider_id = case.provider_id
        row.save()
        keep_copy(this, row, case, MessageKind(row.message.kind))
    for row in rows.filter(fate=Fate.RETURNED, message__part=Part.WARD):
        keep_copy(this, row, case, MessageKind(row.message.kind))


def settle_returned(this: Act, case: Case, kind: MessageKind) -> None:
    """The own unit has sent that message anew: what came back asks for nothing more."""
    said = own_messages(this, case).filter(kind=kind)
    returned = Copy.objects.filter(message__in=said, fate=Fate.RETURNED)
    for row in returned:
        about = About("Copy", row.id, case.person_id, address_of(case.id))
        keep_tasks(this, about=about, wanted=[])


def touch(this: Act, case: Case, **detail: object) -> None:
    """Save the case as a new version, with the tasks that it now asks for, and leave its line in the trail."""
    case.version += 1
    case.changed_at = this.actor.at
    case.save()
    keep_home(this, case)
    tell(this, [Happened("Encounter", str(case.id), case.person_id, Cause.STEP, this.actor.at)])
    this.note(case, version=case.version, status=str(case.status), **detail)
