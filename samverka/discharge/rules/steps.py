"""What comes next in a case: each step with one owner and one clock. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from samverka.discharge.rules import clocks
from samverka.discharge.rules.fates import Fate, receivable_at
from samverka.discharge.rules.items import answer_due, wanted_now, worry_due
from samverka.discharge.rules.judging import first_judged, untold
from samverka.discharge.rules.kinds import INSIDE, CaseStatus, Part, Track
from samverka.discharge.rules.messages import KIND_WORDS, MESSAGES, MessageKind
from samverka.kernel.actor import Side
from samverka.kernel.calendar import end_of_day
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit in a case."""

    unit_id: UUID
    name: str
    part: Part
    side: Side
    planning: bool = False


@dataclass(frozen=True, slots=True)
class SaidFacts:
    """One message's copy at one unit.

    Attributes:
        entered_at: when the message came into the system, if that was later than it was sent.
    """

    kind: MessageKind
    unit_id: UUID
    fate: Fate
    sent_at: datetime
    copy_id: UUID | None = None
    withdrawn: bool = False
    sender_id: UUID | None = None
    unit_name: str = ""
    escalated: bool = False
    ended_at: datetime | None = None
    entered_at: datetime | None = None

    @property
    def receivable_at(self) -> datetime:
        """From when the unit can receipt it."""
        return receivable_at(self.sent_at, self.entered_at or self.sent_at)


class Doing(StrEnum):
    """Where a step is done: the board's button leads there."""

    SEND = "send"
    RECEIPT = "receipt"
    OPEN = "open"
    CONTACT = "contact"
    ANSWER = "answer"
    LIST = "list"
    AFTER = "after"
    TELL = "tell"  # one press: what is known goes to all
    PLAN = "plan"
    JUDGE = "judge"


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """Something that must be ready before the person goes home."""

    words: Text | str
    unit_id: UUID
    answered: bool
    due_at: datetime | None = None
    asked_at: datetime | None = None
    at_home: bool = False
    """Asked when the person had come home."""


@dataclass(frozen=True, slots=True)
class AfterFacts:
    """The first contact at home."""

    unit_id: UUID
    due_at: datetime
    made: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """The law's and the county's times.

    Attributes:
        admission: hours from admission or judgement (LUS 2:3).
        call_days: days from the notice of readiness (LUS 4:3).
        next_weekday: a third day on a holiday moves the breach to the next working day (county setting).
        unread: how long a message may wait for its receipt (county setting).
        form: hours from the admission message to the planning form (county setting); None: none is asked.
        items: days before the estimated discharge when what is asked must be answered (county setting).
    """

    admission: timedelta
    call_days: int
    next_weekday: bool
    unread: timedelta
    form: timedelta | None = None
    items: int = 0


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """All that the steps are made from. `ward` is a unit like the others, with the part WARD."""

    status: CaseStatus
    ward: UnitFacts
    units: tuple[UnitFacts, ...] = ()
    said: tuple[SaidFacts, ...] = ()
    admitted_at: datetime | None = None
    needs_judged_at: datetime | None = None
    needs_since: Mapping[Part, datetime] = field(default_factory=dict)
    needs: frozenset[Part] = frozenset()
    estimated_at: date | None = None
    ready_sent_at: datetime | None = None
    discharged_at: datetime | None = None
    sip_needed: bool | None = None
    compulsory: bool = False
    has_contact: bool = True
    track: Track | None = None
    has_plan: bool = False
    items: tuple[ItemFacts, ...] = ()
    wants_list: bool = False
    after: AfterFacts | None = None
    told_kinds: frozenset[MessageKind] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that someone must do.

    Attributes:
        verb: "svara"; fits after "Väntar på: UNIT ·".
        by_law: the clock is the statute's: only then is a passed one shown as broken.
        message: what to send, if that is what is to be done.
    """

    key: str
    verb: Text
    unit_id: UUID
    owner: str
    side: Side
    doing: Doing
    due_at: datetime | None = None
    by_law: bool = False
    message: MessageKind | None = None
    copy_id: UUID | None = None

    @property
    def sends(self) -> MessageKind | None:
        """The message that is sent by doing it; a receipt is of a message, and sends none."""
        return None if self.doing is Doing.RECEIPT else self.message

    @property
    def button(self) -> Text:
        """What the button that leads to it says."""
        if self.sends:
            return BUTTONS.get(self.sends, OPEN_WORD)
        return DOING_BUTTONS.get(self.doing, OPEN_WORD)

    def overdue(self, now: datetime) -> bool:
        """The last moment has passed."""
        return self.due_at is not None and now > self.due_at


def list_steps(case: CaseFacts, limits: Limits) -> list[Step]:
    """Everything that someone must do in the case, the most pressing first; undated last."""
    if case.status in (CaseStatus.CLOSED, CaseStatus.CANCELLED):
        return []
    found = [
        *_receipts(case, limits), *_senders(case), *_wards(case, limits), *_open_cares(case, limits),
        *_form(case, limits), *_list(case), *_planning(case), *_plan(case), *_answers(case, limits),
        *_after(case),
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.due_at is None, one.due_at or _FAR, one.key))


_FAR = datetime.max.replace(tzinfo=UTC)


def is_late(step: Step | None, now: datetime, *, by_law: bool | None = None) -> bool:
    """The deadline of the step that is shown has been passed.

    Args:
        by_law: only a deadline of the law counts, or only one of another kind; none: any.
    """
    if step is None or not step.overdue(now):
        return False
    return by_law is None or step.by_law is by_law


def step_for(steps: Iterable[Step], unit_id: UUID) -> Step | None:
    """The unit's own first step."""
    return next((one for one in steps if one.unit_id == unit_id), None)


def _by(unit: UnitFacts, key: str, verb: Text, doing: Doing, due: datetime | None = None,
        **more: object) -> Step:  # fmt: skip
    values: dict[str, object] = {"due_at": due} | more
    return Step(key, verb, unit.unit_id, unit.name, unit.side, doing, **values)  # type: ignore[arg-type]


# ── messages ──


def _receipts(case: CaseFacts, limits: Limits) -> Iterator[Step]:
    """What must be opened. What is only good to know is found in the case: it asks nothing of anyone."""
    units = {one.unit_id: one for one in (case.ward, *case.units)}
    for one in case.said:
        unit = units.get(one.unit_id)
        waits = one.fate is Fate.WAITING and MESSAGES[one.kind].must_open
        if unit is not None and waits and not one.withdrawn:
            yield _by(
                unit, f"receipt {one.kind}",
                _("kvittera: %(message)s", message=KIND_WORDS[one.kind]), Doing.RECEIPT,
                one.receivable_at + limits.unread, message=one.kind, copy_id=one.copy_id,
            )  # fmt: skip


def _senders(case: CaseFacts) -> Iterator[Step]:
    """What came back, or was not receipted in time, is the sender's again."""
    units = {one.unit_id: one for one in (case.ward, *case.units)}
    for one in case.said:
        sender = units.get(one.sender_id) if one.sender_id else None
        if sender is None or one.withdrawn:
            continue
        if one.fate is Fate.RETURNED and not _sent_anew(case, one):
            yield _by(sender, f"returned {one.kind}",
                      _("hitta rätt mottagare: %(message)s", message=KIND_WORDS[one.kind]),
                      Doing.OPEN)  # fmt: skip
        elif one.fate is Fate.WAITING and one.escalated:
            yield _by(sender, f"ring {one.kind} {one.unit_id}",
                      _("ringa %(unit)s, som inte har kvitterat", unit=one.unit_name),
                      Doing.OPEN)  # fmt: skip


def _sent_anew(case: CaseFacts, returned: SaidFacts) -> bool:
    since = returned.ended_at or returned.sent_at
    return any(
        one.kind is returned.kind
        and one.sender_id == returned.sender_id
        and one.receivable_at >= since
        and one.fate is not Fate.RETURNED
        for one in case.said
    )


def _wards(case: CaseFacts, limits: Limits) -> Iterator[Step]:
    ward = case.ward
    if case.status is CaseStatus.EXPECTED:
        yield _by(ward, "admit", _("skriva in när personen kommer"), Doing.OPEN)
    if case.status in INSIDE and case.admitted_at is not None:
        if case.needs_judged_at is None and not case.units:
            yield _by(ward, "needs", _("skriva vilka som kan behövas hemma"), Doing.JUDGE)
        elif left := untold(case.needs, {one.part for one in case.units}):
            since = first_judged(case.needs_since, left, case.needs_judged_at)
            due = clocks.admission_due(case.admitted_at, since, limits.admission)
            yield _send(ward, MessageKind.ADMISSION, due, by_law=True)
    if case.status is CaseStatus.READY:
        yield from _send_home(case)
    if case.status is CaseStatus.HOME and case.discharged_at is not None and case.units:
        yield from _inform(case, clocks.information_due(case.discharged_at))


def _inform(case: CaseFacts, due: datetime) -> Iterator[Step]:
    for kind in _AT_DISCHARGE:
        if kind not in case.told_kinds:
            yield _send(case.ward, kind, due, by_law=True)


_AT_DISCHARGE = (MessageKind.INFORMATION, MessageKind.PATIENT)
"""What is given the day someone goes home: to those who take over, and to the person (LUS 3:2, 3:3)."""


def _send_home(case: CaseFacts) -> Iterator[Step]:
    """When all have answered, it is the ward's turn."""
    if all(one.answered for one in case.items):
        due = end_of_day(case.estimated_at) if case.estimated_at else None
        yield _send(case.ward, MessageKind.DISCHARGE, due)


def _send(
    unit: UnitFacts, kind: MessageKind, due: datetime | None, *, by_law: bool = False
) -> Step:
    verb = _VERBS[kind]
    return _by(unit, f"send {kind}", verb, Doing.SEND, due, message=kind, by_law=by_law)


_VERBS: dict[MessageKind, Text] = {
    MessageKind.ADMISSION: _("skicka inskrivningsmeddelande"),
    MessageKind.INFORMATION: _("skicka utskrivningsinformation"),
    MessageKind.PATIENT: _("informera patienten"),
    MessageKind.DISCHARGE: _("skriva ut"),
    MessageKind.FORM: _("skriva planeringsunderlag"),
    MessageKind.CALL: _("kalla till SIP"),
}


# ── those who receive ──


def _open_cares(case: CaseFacts, limits: Limits) -> Iterator[Step]:
    unit = next((one for one in case.units if one.part is Part.OPEN_CARE), None)
    if unit is None:
        return
    if not case.has_contact:
        due = end_of_day(case.estimated_at) if case.estimated_at else None
        yield _by(unit, "contact", _("utse fast vårdkontakt"), Doing.CONTACT, due)
    calls = case.sip_needed and not case.compulsory and MessageKind.CALL not in case.told_kinds
    if calls and case.ready_sent_at is not None and case.status is CaseStatus.READY:
        due = clocks.call_due(
            case.ready_sent_at, limits.call_days, next_weekday=limits.next_weekday
        ).breach_at
        yield _send(unit, MessageKind.CALL, due, by_law=True)


def _planning(case: CaseFacts) -> Iterator[Step]:
    """On receipt of the admission message one begins to plan (LUS 2:6); the law sets no hours."""
    if case.status not in INSIDE:
        return
    told = {one.unit_id for one in case.said if one.kind is MessageKind.ADMISSION}
    for unit in case.units:
        if unit.unit_id in told and not unit.planning:
            yield _by(unit, "planning", _("börja planera"), Doing.SEND,
                      message=MessageKind.PLANNING)  # fmt: skip


def _plan(case: CaseFacts) -> Iterator[Step]:
    """Say who is appointed; begin the plan. The call to its meeting has its own clock (LUS 4:3)."""
    if case.status not in INSIDE:
        return
    unit = next((one for one in case.units if one.part is Part.OPEN_CARE), None)
    if unit is not None and case.has_contact and not case.told_kinds & _NAMES_CONTACT:
        yield _by(unit, "tell-contact", _("meddela vem som är fast vårdkontakt"), Doing.TELL)
    if case.has_plan:
        return
    if case.compulsory:
        yield _by(case.ward, "plan", _("börja samordnad vårdplan"), Doing.PLAN)
    elif case.sip_needed and unit is not None and case.ready_sent_at is None:
        yield _by(unit, "plan", _("börja planen"), Doing.PLAN)


_NAMES_CONTACT = frozenset({MessageKind.CONTACT, MessageKind.CALL})
"""Messages by which the others know who the fast vårdkontakt is: a call that counts names who calls."""


def _form(case: CaseFacts, limits: Limits) -> Iterator[Step]:
    """The planning form: not on the green track, where the help at home is as before."""
    if case.status not in INSIDE or case.track is Track.GREEN or limits.form is None:
        return
    told = [one.sent_at for one in case.said if one.kind is MessageKind.ADMISSION]
    if told and MessageKind.FORM not in case.told_kinds:
        yield _send(case.ward, MessageKind.FORM, clocks.form_due(min(told), limits.form))


def _list(case: CaseFacts) -> Iterator[Step]:
    """The list "ready to go home" is put together by the ward when others take part."""
    if case.status in INSIDE and case.wants_list and case.units:
        yield _by(case.ward, "list", _("göra listan inför hemgång"), Doing.LIST)


def _answers(case: CaseFacts, limits: Limits) -> Iterator[Step]:
    units = {one.unit_id: one for one in (case.ward, *case.units)}
    for item in case.items:
        unit = units.get(item.unit_id)
        wanted = wanted_now(case.status, at_home=item.at_home)
        if unit is not None and wanted and not item.answered:
            yield _by(unit, f"answer {item.words}", _("svara: %(what)s", what=item.words),
                      Doing.ANSWER, _due(case, item, limits))  # fmt: skip


def _due(case: CaseFacts, item: ItemFacts, limits: Limits) -> datetime | None:
    if item.due_at is not None or item.asked_at is None:
        return item.due_at
    if item.at_home:
        return worry_due(item.asked_at)
    return answer_due(case.estimated_at, item.asked_at, limits.items)


def _after(case: CaseFacts) -> Iterator[Step]:
    if case.status is not CaseStatus.HOME or case.after is None or case.after.made:
        return
    units = {one.unit_id: one for one in (case.ward, *case.units)}
    unit = units.get(case.after.unit_id)
    if unit is not None:
        yield _by(unit, "after", _("höra hur det går hemma"), Doing.AFTER, case.after.due_at)


OPEN_WORD = _("Öppna")
BUTTONS: dict[MessageKind, Text] = {
    MessageKind.ADMISSION: _("Meddela"),
    MessageKind.INFORMATION: _("Informera"),
    MessageKind.PATIENT: _("Informera"),
    MessageKind.DISCHARGE: _("Skriv ut"),
    MessageKind.CALL: _("Kalla"),
    MessageKind.PLANNING: _("Börja"),
    MessageKind.FORM: _("Skriv"),
}
"""The verb on the board's button."""

DOING_BUTTONS: dict[Doing, Text] = {
    Doing.RECEIPT: _("Kvittera"),
    Doing.ANSWER: _("Svara"),
    Doing.LIST: _("Gör listan"),
    Doing.AFTER: _("Ring"),
    Doing.JUDGE: _("Bedöm"),
}
"""The verb where the step is no message."""
