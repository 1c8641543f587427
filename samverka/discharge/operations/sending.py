"""Every message of the process goes out here: checked, kept, copied to its receivers, and its effect taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.county import county_value
from samverka.careplans.operations import note_need
from samverka.careplans.reads import contact_at
from samverka.discharge.models import Case, CaseUnit, Copy, Item, Leave, Message, Readiness
from samverka.discharge.operations.addressing import check_addressed
from samverka.discharge.operations.after import open_after
from samverka.discharge.operations.heard import settle_heard
from samverka.discharge.operations.keeping import (
    add_unit,
    check_alive,
    keep_copy,
    open_case_row,
    own_part,
    settle_returned,
    standing_units,
    touch,
    unit_part,
    units_of,
)
from samverka.discharge.reads.cases import case_detail
from samverka.discharge.reads.values import CaseDetail
from samverka.discharge.rules import clocks, items, messages
from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.items import Answer, ItemKind
from samverka.discharge.rules.kinds import WORDS, CaseStatus, Part, Secrecy, Track
from samverka.discharge.rules.messages import Fact, MessageKind
from samverka.discharge.rules.sending import (
    Body,
    Receiver,
    check_sent,
    day_of,
    moment_of,
    proposed,
    text_of,
)
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import text as _
from samverka.organisations.reads import UnitDetail
from samverka.people.reads import full_persons, person_detail, person_line

REASON_LENGTH = 500
"""Characters."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be sent.

    Attributes:
        body: by the names of `Fact`; the person's name, number and address are filled in.
        units: who is to have it; empty: all who take part and may have that kind.
        ground: of secrecy; None: the first that the kind names.
        note: what the test of harm came to, or how the person consented.
        sent_at: when it was sent on paper while the system was down; None: now.
        corrects: the message that this one puts right; the old one stays as it was.
        checked: the doubts about receivers that the sender has looked at, by their keys.
        alone: it only stands in the case; those who take part are told by someone else's hand.
    """

    body: Body = field(default_factory=dict)
    units: tuple[UUID, ...] = ()
    ground: Secrecy | None = None
    note: str = ""
    sent_at: datetime | None = None
    corrects: UUID | None = None
    checked: frozenset[str] = frozenset()
    alone: bool = False


def send_message(actor: Actor, *, case_id: UUID, kind: MessageKind, letter: Letter) -> CaseDetail:
    """Send a message in a case; those who are to have it get their copy, and a task to receipt it.

    Raises:
        NotAllowed: another part sends that message.
        NotNow: the case is not there (yet, or any more).
        Invalid: something is missing, or does not belong in it.
    """
    with act(actor, Action.CASE_SEND) as this:
        return send_in(this, open_case_row(this, case_id), kind, letter)


def send_in(this: Act, case: Case, kind: MessageKind, letter: Letter) -> CaseDetail:
    """Send a message in a case that is locked, inside the act that locked it."""
    part = own_part(this, case)
    status = CaseStatus(case.status)
    messages.check_sending(kind, part, status, correcting=letter.corrects is not None)
    check_alive(case.person_id, kind)
    row = written(this, case, kind, part, letter)
    receivers = _receivers(this, case, kind, letter)
    messages.check_receivers(kind, [unit_part(one) for one in receivers])
    if letter.corrects is None:  # whoever had the first one is not in doubt
        check_addressed(this, case, kind, receivers, letter.checked)
    EFFECTS.get(kind, _no_effect)(this, case, row)
    row.due_at = _due(this, case, row)
    row.late = row.due_at is not None and row.sent_at > row.due_at
    row.save(force_insert=True)
    settle_returned(this, case, kind)
    settle_heard(this, case, kind)
    _hand_out(this, case, row, receivers)
    becomes = messages.MESSAGES[kind].becomes
    if becomes is not None:
        case.status = becomes
    touch(this, case, message=str(kind))
    return case_detail(this, case)


# ── what is written ──


def written(this: Act, case: Case, kind: MessageKind, part: Part, letter: Letter) -> Message:
    """The message as it is to be kept, checked and not yet saved."""
    ground = letter.ground or messages.MESSAGES[kind].grounds[0]
    messages.check_ground(kind, ground)
    sent_at = letter.sent_at or this.actor.at
    check_sent(sent_at, this.actor.at)
    body = {name: value for name, value in _body(this, case, kind, letter.body).items() if value}
    messages.check_contents(kind, body)
    note = text_of(letter.note, "note", REASON_LENGTH)
    messages.check_tested(ground, note)
    return Message(
        case=case, person_id=case.person_id, kind=kind, unit_id=_own_unit(this), part=part,
        body=body, secrecy=ground, secrecy_note=note, sent_at=sent_at, entered_at=this.actor.at,
        sent_by=this.actor.name, corrects_id=_corrected(this, case, kind, letter.corrects),
    )  # fmt: skip


def _own_unit(this: Act) -> UUID:
    if this.actor.unit_id is None:
        raise Invalid(_("Välj först vilken enhet du arbetar på."), where="unit")
    return this.actor.unit_id


def _corrected(this: Act, case: Case, kind: MessageKind, corrects: UUID | None) -> UUID | None:
    """The message that is put right: the own unit's, and the newest of its corrections."""
    if corrects is None:
        return None
    own = Message.objects.filter(case=case, kind=kind, unit_id=_own_unit(this))
    old = own.filter(id=corrects).first()
    if old is None:
        raise Invalid(_("Det finns inget sådant meddelande att rätta i ärendet."), where="corrects")
    if old.withdrawn_at is not None or own.filter(corrects=old).exists():
        raise NotNow(
            _("Meddelandet är redan rättat eller återtaget."),
            mend=_("Rätta det nyaste i stället."),
        )
    return corrects


def _body(this: Act, case: Case, kind: MessageKind, given: Body) -> dict[str, object]:
    """What was written, without what is empty, and with what the system knows already."""
    found = {
        name: text_of(value, name, WORDS) if isinstance(value, str) else value
        for name, value in given.items()
        if value not in ("", None, [], False)
    }
    if kind is MessageKind.ADMISSION:
        return found | _who(this, case)
    if kind is MessageKind.CALL:
        return found | _caller(this, case)
    return found


def _caller(this: Act, case: Case) -> dict[str, object]:
    """Who calls: only the fast vårdkontakt's call is the one of LUS 4:3, and nobody can write it in."""
    day = local_date(this.actor.at)
    found = contact_at(case.person_id, _own_unit(this), day)
    return {Fact.CONTACT.value: found.name if found else None}


def _who(this: Act, case: Case) -> dict[str, object]:
    """Name, number and registered address as they were when they were given (LUS 2:3).

    Of one with protected registration, only that it is protected: never where the person lives.
    """
    row = full_persons().get(id=case.person_id)
    protected = person_line(row, this.actor, this.decide(case)).protected
    person = person_detail(row, this.actor, masked=protected)
    number = next((one.number.formatted() for one in person.identities if one.current), "")
    address = ", ".join(one for one in (person.street, person.postal_code, person.town) if one)
    return {
        Fact.NAME.value: person.name,
        Fact.NUMBER.value: number or str(_("saknas")),
        Fact.ADDRESS.value: address or str(_("skyddad eller okänd")),
    }


# ── who gets it ──


def _receivers(this: Act, case: Case, kind: MessageKind, letter: Letter) -> list[UnitDetail]:
    if letter.alone or not messages.MESSAGES[kind].receivers:
        return []
    chosen = letter.units or _had_it(letter.corrects)
    if chosen:
        found = units_of(chosen)
        if len(found) != len(set(chosen)):
            raise Invalid(_("En enhet finns inte längre. Välj ur listan igen."), where="units")
        return found
    parts = [Receiver(one.unit_id, Part(one.part)) for one in standing_units(case)]
    parts.append(Receiver(case.unit_id, Part.WARD))
    sender = this.actor.unit_id
    return units_of(one.unit_id for one in proposed(kind, sender, parts)) if sender else []


def _had_it(corrects: UUID | None) -> tuple[UUID, ...]:
    """Whoever has what was wrong is to have what is right."""
    if corrects is None:
        return ()
    copies = Copy.objects.filter(message_id=corrects, fate__in=[Fate.WAITING, Fate.RECEIPTED])
    return tuple(copies.values_list("unit_id", flat=True))


def _hand_out(this: Act, case: Case, row: Message, receivers: Iterable[UnitDetail]) -> None:
    for unit in receivers:
        if unit.id != case.unit_id:
            add_unit(this, case, unit)
        give_copy(this, case, row, unit)


def give_copy(
    this: Act, case: Case, row: Message, unit: UnitDetail, came_from: Copy | None = None
) -> Copy:
    """One receiver's own copy, with its task."""
    copy = Copy(
        message=row,
        person_id=row.person_id,
        provider_id=unit.provider_id,
        unit_id=unit.id,
        branch=unit.branch.value,
        published=False,
        part=unit_part(unit),
        sent_at=this.actor.at if came_from else row.sent_at,
        came_from=came_from,
        fate=Fate.WAITING,
    )
    copy.save(force_insert=True)
    keep_copy(this, copy, case, MessageKind(row.kind))
    if (row.kind, copy.part) == (MessageKind.ADMISSION, Part.OPEN_CARE):
        note_need(this.actor, person_id=case.person_id, unit_id=unit.id)  # LUS 2:5
    return copy


# ── when it was due ──


def _due(this: Act, case: Case, row: Message) -> datetime | None:
    within = messages.MESSAGES[MessageKind(row.kind)].within
    if within is None or case.admitted_at is None or row.corrects_id:
        return None  # what is put right was said in its time, or not, the first time
    value = county_value(within, local_date(row.sent_at))
    match within:
        case Key.DISCHARGE_ADMISSION:
            return clocks.admission_due(
                case.admitted_at, case.needs_judged_at, timedelta(hours=value)
            )
        case Key.DISCHARGE_FORM if told := _first_told(case):
            return clocks.form_due(told, timedelta(hours=value))
        case Key.CALL_AT_DISCHARGE if case.ready_sent_at:
            return clocks.call_due(
                case.ready_sent_at, value, next_weekday=_next_weekday(this)
            ).breach_at
        case Key.DISCHARGE_INFORMATION if case.discharged_at:
            return clocks.information_due(case.discharged_at)
    return None


def _first_told(case: Case) -> datetime | None:
    told = Message.objects.filter(case=case, kind=MessageKind.ADMISSION).order_by("sent_at")
    return told.values_list("sent_at", flat=True).first()


def _next_weekday(this: Act) -> bool:
    return bool(county_value(Key.DISCHARGE_CALL_WEEKDAY, local_date(this.actor.at)))


# ── what it does to the case ──


def _no_effect(this: Act, case: Case, row: Message) -> None:
    """Said, and nothing more."""


def _estimate(this: Act, case: Case, row: Message) -> None:
    if Fact.ESTIMATED.value in row.body and case.admitted_at:
        day = day_of(row.body, Fact.ESTIMATED)
        clocks.check_estimate(day, case.admitted_at)
        case.estimated_at = day


def _ready(this: Act, case: Case, row: Message) -> None:
    judged = moment_of(row.body, Fact.JUDGED)
    if case.admitted_at:
        clocks.check_judged(judged, case.admitted_at, row.sent_at)
    by = str(row.body[Fact.JUDGED_BY.value])
    sent_at = _first_notice(case, row, judged)
    Readiness(
        case=case, person_id=case.person_id, judged_at=judged, judged_by=by, sent_at=sent_at
    ).save(force_insert=True)
    case.ready_at, case.ready_by, case.ready_sent_at = judged, by, sent_at
    case.compulsory = case.compulsory or row.kind == MessageKind.COMPULSORY


def _first_notice(case: Case, row: Message, judged: datetime) -> datetime:
    """A correction begins no new count: the notice was given when the first one was sent (LUS 5:4)."""
    if row.corrects_id is None or case.ready_sent_at is None:
        return row.sent_at
    if judged > case.ready_sent_at:
        raise Invalid(
            _("Läkaren kan inte ha bedömt efter att underrättelsen skickades."),
            where=Fact.JUDGED.value,
            mend=_("Ta tillbaka utskrivningsklar och skicka en ny underrättelse."),
        )
    Readiness.objects.filter(case=case, withdrawn_at__isnull=True).update(
        withdrawn_at=row.sent_at, withdrawn_reason=str(CORRECTED)
    )
    return case.ready_sent_at


CORRECTED = _("Rättad")


def _not_ready(this: Act, case: Case, row: Message) -> None:
    clocks.check_taken_back(row.sent_at, case.ready_sent_at)
    Readiness.objects.filter(case=case, withdrawn_at__isnull=True).update(
        withdrawn_at=row.sent_at, withdrawn_reason=str(row.body.get(Fact.REASON.value, ""))
    )
    case.ready_at, case.ready_by, case.ready_sent_at = None, "", None
    _estimate(this, case, row)


def _leave(this: Act, case: Case, row: Message) -> None:
    starts, ends = moment_of(row.body, Fact.LEAVE_FROM), moment_of(row.body, Fact.LEAVE_TO)
    if case.admitted_at:
        clocks.check_leave(starts, ends, case.admitted_at)
    if row.corrects_id is not None:
        end_leave(row.corrects_id, row.sent_at)
    Leave(
        case=case, person_id=case.person_id, starts_at=starts, ends_at=ends, message_id=row.id
    ).save(force_insert=True)


def end_leave(message_id: UUID, at: datetime) -> None:
    """What that message said of a leave does not hold any more."""
    if Leave.objects.filter(message_id=message_id).update(withdrawn_at=at):
        Case.objects.filter(leaves__message_id=message_id).update(changed_at=at)


def _discharge(this: Act, case: Case, row: Message) -> None:
    at = moment_of(row.body, Fact.DISCHARGED)
    if case.admitted_at:
        clocks.check_discharged(at, case.admitted_at, this.actor.at)
    _check_in_place(this, case, row)
    case.discharged_at = at
    case.goes_to = str(row.body.get(Fact.GOES_TO.value, ""))
    open_after(this, case)


WENT_ANYWAY = _("Utskriven i vårdens system innan allt på listan var klart.")
"""What is kept as the reason where a record system tells of a discharge that has happened."""


def _check_in_place(this: Act, case: Case, row: Message) -> None:
    """All on the list must be answered and in place, or someone says why the person goes home anyway."""
    lines = [
        items.Standing(
            items.ITEMS[ItemKind(one.kind)].words, Answer(one.answer) if one.answer else None
        )
        for one in Item.objects.filter(case=case, at_home=False)
    ]
    reason = str(row.body.get(Fact.ANYWAY.value, ""))
    if not reason and not this.actor.is_staff and items.not_in_place(lines):
        row.body[Fact.ANYWAY.value] = str(WENT_ANYWAY)
        return
    items.check_may_go(lines, reason)


def _form(this: Act, case: Case, row: Message) -> None:
    found = str(row.body.get(Fact.TRACK.value, ""))
    if found and found not in set(Track):
        raise Invalid(_("Välj grönt, gult eller rött."), where=Fact.TRACK.value)
    case.track = found or case.track


def _planning(this: Act, case: Case, row: Message) -> None:
    CaseUnit.objects.filter(
        case=case, unit_id=_own_unit(this), until__isnull=True, planning_since__isnull=True
    ).update(planning_since=row.sent_at)


def _call(this: Act, case: Case, row: Message) -> None:
    """Help is needed from region and municipality both (LUS 4:1)."""
    case.sip_needed = True


def _cancelled(this: Act, case: Case, row: Message) -> None:
    case.closed_at = row.sent_at


Effect = Callable[[Act, Case, Message], None]

EFFECTS: Mapping[MessageKind, Effect] = {
    MessageKind.ADMISSION: _estimate,
    MessageKind.ESTIMATE: _estimate,
    MessageKind.FORM: _form,
    MessageKind.READY: _ready,
    MessageKind.COMPULSORY: _ready,
    MessageKind.NOT_READY: _not_ready,
    MessageKind.CALL: _call,
    MessageKind.LEAVE: _leave,
    MessageKind.DISCHARGE: _discharge,
    MessageKind.PLANNING: _planning,
    MessageKind.WITHDRAWN: _cancelled,
}
"""What a kind of message changes in the case, beside its status."""
