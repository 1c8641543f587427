"""What the receiver does with a copy, and what the sender can still do: receipt, return, forward, take back."""

from __future__ import annotations

from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.careplans.operations import drop_need
from samverka.discharge.models import Case, Copy, Message
from samverka.discharge.operations.addressing import check_forwarded
from samverka.discharge.operations.effects import end_leave
from samverka.discharge.operations.keeping import (
    add_unit,
    check_goes_on,
    drop_returned,
    end_stand_ins,
    end_unit,
    keep_copy,
    open_case_row,
    units_of,
)
from samverka.discharge.operations.sending import REASON_LENGTH, give_copy
from samverka.discharge.reads.cases import case_detail
from samverka.discharge.reads.values import CaseDetail
from samverka.discharge.rules import messages
from samverka.discharge.rules.fates import Fate, FateStep, is_whose, take_step
from samverka.discharge.rules.kinds import LINE, OPEN, Part
from samverka.discharge.rules.messages import MessageKind
from samverka.discharge.rules.sending import clean
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _
from samverka.subscriptions.operations import tell
from samverka.subscriptions.rules import Cause, Happened


def receipt_copy(actor: Actor, *, copy_id: UUID) -> CaseDetail:
    """Say that the own unit has read a message. Again changes nothing."""
    with act(actor, Action.CASE_RECEIPT) as this:
        copy = _own_copy(this, copy_id, stand_in=True)
        if copy.fate != Fate.RECEIPTED:
            copy.fate = take_step(Fate(copy.fate), FateStep.RECEIPT)
            copy.receipted_at, copy.receipted_by = actor.at, _by(actor, copy)
            _save(this, copy)
        shown = case_detail(this, copy.message.case)
        # One who stood in and has read it may see it until the case ends.
        if actor.unit_id == copy.unit_id or shown.status not in OPEN:
            end_stand_ins(this, copy)
        this.note(copy)
        return shown


def return_copy(actor: Actor, *, copy_id: UUID, reason: str) -> CaseDetail:
    """Send a message back: it was not for us. The sender gets a task to find the right unit."""
    with act(actor, Action.CASE_RECEIPT) as this:
        copy = _own_copy(this, copy_id)
        case = _case_of(copy)
        shown = case_detail(this, case)
        _end(this, copy, FateStep.RETURN, reason)
        _leave_case(this, case, copy)
        this.note(copy, reason="returned")
        return shown


def forward_copy(
    actor: Actor,
    *,
    copy_id: UUID,
    unit_id: UUID,
    reason: str,
    checked: frozenset[str] = frozenset(),
) -> CaseDetail:
    """Send a message on to the right unit; the sender sees where it went.

    Args:
        checked: the doubts about that unit that have been looked at, by their keys.
    """
    with act(actor, Action.CASE_RECEIPT) as this:
        copy = _own_copy(this, copy_id)
        case = _case_of(copy)
        unit = next(iter(units_of([unit_id])), None)
        if unit is None or unit.id in (copy.unit_id, case.unit_id):
            raise Invalid(_("Välj en annan enhet att skicka vidare till."), where="unit")
        shown = case_detail(this, case)
        check_forwarded(this, case, unit, checked)
        copy.forwarded_to_id = unit.id
        _end(this, copy, FateStep.FORWARD, reason)
        if Copy.objects.filter(message_id=copy.message_id, unit_id=unit.id).exists():
            raise NotNow(_("%(unit)s har redan fått meddelandet.", unit=unit.name))
        taker = add_unit(this, case, unit)
        parts = [*_parts_having(copy), Part(taker.part)]
        messages.check_receivers(MessageKind(copy.message.kind), parts)
        give_copy(this, case, copy.message, unit, came_from=copy)
        _leave_case(this, case, copy)
        this.note(copy, to=str(unit.id))
        return shown


def _parts_having(copy: Copy) -> list[Part]:
    """Who has the message beside the one that sends it on: they count when it is asked who must have it."""
    others = Copy.objects.filter(message_id=copy.message_id).exclude(
        fate__in=[Fate.RETURNED, Fate.FORWARDED]
    )
    return [Part(one) for one in others.exclude(id=copy.id).values_list("part", flat=True)]


def withdraw_message(actor: Actor, *, message_id: UUID, reason: str) -> CaseDetail:
    """Take a message back with a reason. What has been read stays read, and the message stays in the case.

    A message that changed the case is put right by its own counterpart, never taken back: then all see why.
    """
    with act(actor, Action.CASE_SEND) as this:
        row: Message = this.row(Message.objects, lock=True, id=message_id)
        case = open_case_row(this, row.case_id)
        if not is_whose(row.unit_id, Part(row.part), actor.unit_id, case.unit_id):
            raise NotAllowed(_("Bara den enhet som skickade kan ta tillbaka."))
        _check_may_go(row)
        row.withdrawn_at, row.withdrawn_by = actor.at, actor.name
        row.withdrawn_reason = _reason(reason)
        row.save()
        tell(this, [Happened("Communication", str(row.id), row.person_id, Cause.CHANGED, actor.at)])
        end_leave(row.id, actor.at)
        for copy in Copy.objects.filter(message=row, fate__in=[Fate.WAITING, Fate.RECEIPTED]):
            copy.fate = take_step(Fate(copy.fate), FateStep.WITHDRAW)
            copy.ended_at, copy.ended_by, copy.reason = actor.at, actor.name, row.withdrawn_reason
            _save(this, copy)
            end_stand_ins(this, copy)
        drop_returned(this, case, row.id)
        this.note(row, reason="withdrawn")
        return case_detail(this, case)


def _check_may_go(row: Message) -> None:
    if row.withdrawn_at is not None:
        raise NotNow(_("Meddelandet är redan återtaget."))
    if MessageKind(row.kind) in messages.CHANGES:
        raise NotNow(
            _("Det meddelandet har ändrat ärendet och kan inte bara tas bort."),
            mend=_(
                "Skicka det som rättar: återtagen utskrivningsklar, en rättelse eller makulera."
            ),
        )


def _by(actor: Actor, copy: Copy) -> str:
    """Who receipted; of one who stands in, also where."""
    return (
        actor.name if actor.unit_id == copy.unit_id else f"{actor.name}, {actor.unit_name}"[:LINE]
    )


def _own_copy(this: Act, copy_id: UUID, *, stand_in: bool = False) -> Copy:
    """The own unit's copy, locked; or one for whose receiver the own unit stands in."""
    copy: Copy = this.row(Copy.objects, lock=True, id=copy_id)
    if this.actor.unit_id not in (copy.unit_id, *(copy.stand_ins if stand_in else ())):
        raise NotAllowed(_("Meddelandet är till en annan enhet."))
    return copy


def _case_of(copy: Copy) -> Case:
    case: Case = copy.message.case
    check_goes_on(case)
    return case


def _end(this: Act, copy: Copy, step: FateStep, reason: str) -> None:
    copy.fate = take_step(Fate(copy.fate), step)
    copy.ended_at, copy.ended_by = this.actor.at, this.actor.name
    copy.reason = _reason(reason)
    _save(this, copy)
    end_stand_ins(this, copy)
    if (copy.message.kind, copy.part) == (MessageKind.ADMISSION, Part.OPEN_CARE):
        drop_need(this.actor, person_id=copy.person_id, unit_id=copy.unit_id)


def _reason(reason: str) -> str:
    found = clean(reason)
    if not found:
        raise Invalid(_("Skriv varför."), where="reason")
    return found[:REASON_LENGTH]


def _save(this: Act, copy: Copy) -> None:
    copy.save()
    at = this.actor.at
    tell(this, [Happened("Task", str(copy.id), copy.person_id, Cause.CHANGED, at)])
    keep_copy(this, copy, copy.message.case, MessageKind(copy.message.kind))


def _leave_case(this: Act, case: Case, copy: Copy) -> None:
    """A unit that has nothing of the case left takes part in it no more."""
    held = Copy.objects.filter(message__case=case, unit_id=copy.unit_id).exclude(
        fate__in=[Fate.RETURNED, Fate.FORWARDED]
    )
    if not held.exists():
        end_unit(this, case, copy.unit_id)
