"""Every message of the process goes out here: checked, kept, copied to its receivers, and its effect taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.county import county_value
from samverka.careplans.operations import note_need
from samverka.careplans.reads import contact_at
from samverka.discharge.models import Case, Copy, Message
from samverka.discharge.operations.addressing import check_addressed
from samverka.discharge.operations.effects import EFFECTS, no_effect
from samverka.discharge.operations.heard import settle_heard
from samverka.discharge.operations.keeping import (
    add_unit,
    check_alive,
    keep_copy,
    open_case_row,
    own_messages,
    own_part,
    own_unit,
    settle_ended,
    settle_returned,
    standing_units,
    touch,
    unit_part,
    units_of,
)
from samverka.discharge.reads.cases import case_detail
from samverka.discharge.reads.values import CaseDetail
from samverka.discharge.rules import clocks, messages
from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.judging import first_judged, since_of
from samverka.discharge.rules.kinds import OPEN, WORDS, CaseStatus, Part, Secrecy
from samverka.discharge.rules.messages import Fact, MessageKind
from samverka.discharge.rules.sending import (
    Body,
    Receiver,
    check_sent,
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
from samverka.subscriptions.operations import tell
from samverka.subscriptions.rules import Cause, Happened

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
    messages.check_psychiatric(kind, psychiatric=case.psychiatric)
    check_alive(case.person_id, kind)
    row = written(this, case, kind, part, letter)
    receivers = _receivers(this, case, kind, letter)
    having = parts_having(case, kind)
    messages.check_receivers(kind, [unit_part(one) for one in receivers], having)
    if letter.corrects is None:  # whoever had the first one is not in doubt
        check_addressed(this, case, kind, receivers, letter.checked)
    EFFECTS.get(kind, no_effect)(this, case, row)
    if not letter.alone:
        messages.check_all_told(kind, _left_out(this, case, receivers))
    row.due_at = _due(this, case, row, {unit_part(one) for one in receivers} - having)
    row.late = row.due_at is not None and row.sent_at > row.due_at
    row.save(force_insert=True)
    tell(
        this, [Happened("Communication", str(row.id), row.person_id, Cause.CHANGED, row.entered_at)]
    )
    settle_returned(this, case, kind)
    settle_heard(this, case, kind)
    _hand_out(this, case, row, receivers)
    becomes = messages.MESSAGES[kind].becomes
    if becomes is not None:
        case.status = becomes
    if case.status not in OPEN:
        settle_ended(this, case)
    touch(this, case, message=str(kind))
    return case_detail(this, case)


# ── what is written ──


def written(this: Act, case: Case, kind: MessageKind, part: Part, letter: Letter) -> Message:
    """The message as it is to be kept, checked and not yet saved."""
    ground = letter.ground or messages.MESSAGES[kind].grounds[0]
    messages.check_ground(kind, ground, part)
    sent_at = letter.sent_at or this.actor.at
    check_sent(sent_at, this.actor.at, case.admitted_at)
    body = {name: value for name, value in _body(this, case, kind, letter.body).items() if value}
    messages.check_contents(kind, body)
    note = text_of(letter.note, "note", REASON_LENGTH)
    messages.check_tested(ground, note)
    return Message(
        case=case, person_id=case.person_id, kind=kind, unit_id=own_unit(this), part=part,
        body=body, secrecy=ground, secrecy_note=note, sent_at=sent_at, entered_at=this.actor.at,
        sent_by=this.actor.name, corrects_id=_corrected(this, case, kind, letter.corrects),
    )  # fmt: skip


def _corrected(this: Act, case: Case, kind: MessageKind, corrects: UUID | None) -> UUID | None:
    """The message that is put right: the own unit's, and the newest of its corrections."""
    if corrects is None:
        return None
    own = own_messages(this, case).filter(kind=kind)
    old = own.filter(id=corrects).first()
    if old is None:
        raise Invalid(_("Det finns inget sådant meddelande att rätta i ärendet."), where="corrects")
    if old.withdrawn_at is not None or own.filter(corrects=old).exists():
        raise NotNow(
            _("Meddelandet är redan rättat eller återtaget."),
            mend=_("Rätta det nyaste i stället."),
        )
    undone = Message.objects.filter(case=case, kind=MessageKind.NOT_READY)
    last = undone.order_by("entered_at").values_list("entered_at", flat=True).last()
    messages.check_stands(kind, old.entered_at, last)
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
    found = contact_at(case.person_id, own_unit(this), day)
    return {Fact.CONTACT.value: found.name if found else None}


def _who(this: Act, case: Case) -> dict[str, object]:
    """Name, number and registered address as they were when they were given (LUS 2:3).

    Of one with protected registration, only that it is protected: never where the person lives.
    """
    row = full_persons().get(id=case.person_id)
    case.municipality_code = case.municipality_code or row.municipality_code
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


def _left_out(this: Act, case: Case, receivers: Iterable[UnitDetail]) -> list[str]:
    """Names of those who take part and are not to have it."""
    told = {one.id for one in receivers}
    taking = standing_units(case).exclude(unit_id=this.actor.unit_id).select_related("unit")
    return [one.unit.name for one in taking if one.unit_id not in told]


def _had_it(corrects: UUID | None) -> tuple[UUID, ...]:
    """Whoever has what was wrong is to have what is right."""
    if corrects is None:
        return ()
    copies = Copy.objects.filter(message_id=corrects)
    found = tuple(
        copies.filter(fate__in=[Fate.WAITING, Fate.RECEIPTED]).values_list("unit_id", flat=True)
    )
    if not found and copies.exists():
        raise NotNow(
            _("Alla har skickat tillbaka meddelandet. Ingen har kvar det."),
            mend=_("Skicka ett nytt till rätt mottagare."),
        )
    return found


def parts_having(case: Case, kind: MessageKind) -> set[Part]:
    """Parts that have a message of that kind already, neither sent back nor taken back."""
    copies = Copy.objects.filter(
        message__case=case,
        message__kind=kind,
        message__withdrawn_at__isnull=True,
        fate__in=[Fate.WAITING, Fate.RECEIPTED],
    )
    return {Part(one) for one in copies.values_list("part", flat=True)}


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
    tell(this, [Happened("Task", str(copy.id), row.person_id, Cause.ASSIGNED, this.actor.at)])
    keep_copy(this, copy, case, MessageKind(row.kind))
    if (row.kind, copy.part) == (MessageKind.ADMISSION, Part.OPEN_CARE):
        note_need(this.actor, person_id=case.person_id, unit_id=unit.id)  # LUS 2:5
    return copy


# ── when it was due ──


def _due(this: Act, case: Case, row: Message, told: set[Part]) -> datetime | None:
    """When it was to be sent at the latest. `told`: the parts that are told for the first time."""
    within = messages.MESSAGES[MessageKind(row.kind)].within
    if within is None or case.admitted_at is None or row.corrects_id:
        return None  # what is put right was said in its time, or not, the first time
    value = county_value(within, local_date(row.sent_at))
    match within:
        case Key.DISCHARGE_ADMISSION if told:
            since = first_judged(since_of(case.needs_since), told, case.needs_judged_at)
            return clocks.admission_due(case.admitted_at, since, timedelta(hours=value))
        case Key.DISCHARGE_FORM if first := _first_told(case):
            return clocks.form_due(first, timedelta(hours=value))
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
