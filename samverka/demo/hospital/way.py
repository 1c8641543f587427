"""One stay's way home, move by move: each is what someone at a unit does on the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from samverka.careplans import operations as careplans
from samverka.careplans.rules import ContactKind
from samverka.demo.actors import LogIn
from samverka.demo.hospital.parties import Parties
from samverka.discharge import operations as discharge
from samverka.discharge import reads
from samverka.discharge.operations import (
    AdmissionFacts,
    ItemSaid,
    ItemWanted,
    Judgement,
    Letter,
)
from samverka.discharge.rules.after import Feeling, Question, Told
from samverka.discharge.rules.items import Answer, ItemKind
from samverka.discharge.rules.kinds import CloseReason, Part, Track, part_of
from samverka.discharge.rules.messages import MessageKind


class Move(StrEnum):
    """What someone does. The first words of a line in the terminal."""

    ADMIT = "admit"
    TELL = "tell"
    RECEIPT = "receipt"
    PLAN = "plan"
    CONTACT = "contact"
    FORM = "form"
    LIST = "list"
    ANSWER = "answer"
    READY = "ready"
    NOT_READY = "not-ready"
    HOME = "home"
    INFORM = "inform"
    FOLLOW = "follow"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Patient:
    """Someone on a ward.

    Attributes:
        parts: who may be needed at home.
        days: how long the stay is believed to be.
        reason: why, in words for the person.
        summary: what the ward writes when the person goes home.
        sip: help is needed from both region and municipality.
        worry: what the person says when someone rings after the first days at home; empty: all is well.
    """

    person_id: UUID
    ward: str
    parts: frozenset[Part]
    track: Track
    days: int = 5
    reason: str = ""
    summary: str = ""
    medicines: str = ""
    sip: bool = False
    psychiatric: bool = False
    worry: str = ""


@dataclass(slots=True)
class Way:
    """A patient's way. `done` says what was done by whom, as a line for the terminal."""

    parties: Parties
    patient: Patient
    case_id: UUID | None = None
    number: str = ""
    units: dict[Part, UUID] = field(default_factory=dict)

    def go(self, move: Move, at: datetime, part: Part = Part.WARD) -> str:
        """Make a move at a time, as the unit with that part; gives the unit's name, "" if nobody acts."""
        actor = self._who(part)
        if actor is None:
            return ""
        _MOVES[move](self, actor, at)
        return actor.actor(at).unit_name

    def _who(self, part: Part) -> LogIn | None:
        if part is Part.WARD:
            return self.parties.at_ward(self.patient.ward)
        unit = self.units.get(part)
        return self.parties.at_unit(unit) if unit else None

    @property
    def case(self) -> UUID:
        """The case; there is one from the admission on."""
        if self.case_id is None:
            raise ValueError("nobody has been admitted")
        return self.case_id


def _send(way: Way, who: LogIn, at: datetime, kind: MessageKind, **body: object) -> None:
    letter = Letter(body=body)
    discharge.send_message(who.actor(at), case_id=way.case, kind=kind, letter=letter)


def _admit(way: Way, who: LogIn, at: datetime) -> None:
    facts = AdmissionFacts(
        admitted_at=at - timedelta(minutes=20),
        estimated_at=_home_day(way, at),
        track=way.patient.track,
        psychiatric=way.patient.psychiatric,
    )
    case = discharge.open_case(who.actor(at), person_id=way.patient.person_id, facts=facts)
    way.case_id, way.number = case.id, case.number


def _home_day(way: Way, at: datetime) -> date:
    return at.date() + timedelta(days=way.patient.days)


def _tell(way: Way, who: LogIn, at: datetime) -> None:
    """To those whom the county's table proposes, for the parts that may be needed."""
    actor = who.actor(at)
    found, receivers = reads.case_and_receivers(actor, case_id=way.case, kind=MessageKind.ADMISSION)
    for one in receivers.proposed:
        part = part_of(one.unit.kind, one.unit.branch, one.unit.side)
        if one.chosen and part in way.patient.parts:
            way.units.setdefault(part, one.unit.id)
    letter = Letter(
        body={"estimated_at": (found.case.estimated_at or _home_day(way, at)).isoformat()},
        units=tuple(way.units.values()),
        checked=frozenset(one.key for one in receivers.doubts),
    )
    judgement = Judgement(
        judged_by=way.parties.doctor_at(way.patient.ward),
        judged_at=at - timedelta(minutes=10),
        sip_needed=way.patient.sip,
    )
    discharge.tell_of_admission(actor, case_id=way.case, judgement=judgement, letter=letter)


def _receipt(way: Way, who: LogIn, at: datetime) -> None:
    """All that the unit has not read."""
    actor = who.actor(at)
    for copy in own_copies(reads.case(actor, case_id=way.case)):
        discharge.receipt_copy(actor, copy_id=copy.id)


def own_copies(case: reads.CaseDetail) -> Iterator[reads.CopyDetail]:
    """The own unit's copies that wait for its receipt."""
    for message in case.messages:
        if message.withdrawn_at is None:
            yield from (one for one in message.copies if one.own and one.may_receipt)


def _plan(way: Way, who: LogIn, at: datetime) -> None:
    _send(way, who, at, MessageKind.PLANNING)


def _contact(way: Way, who: LogIn, at: datetime) -> None:
    """The health centre's nurse becomes the named contact; one that there is already is told of."""
    actor = who.actor(at)
    _case, planned = reads.case_plan(actor, case_id=way.case)
    if planned.may_tell:
        discharge.tell_contact(actor, case_id=way.case)
    elif planned.contact is None:
        careplans.appoint_contact(
            actor, person_id=way.patient.person_id, kind=ContactKind.FAST_VARDKONTAKT
        )


def _form(way: Way, who: LogIn, at: datetime) -> None:
    """The planning form; not on the green track, where the help at home is as before."""
    if way.patient.track is not Track.GREEN:
        body = {
            "before": "Klarade sig själv inne. Hjälp med städning och inköp.",
            "now": "Går med rollator på avdelningen. Behöver stöd i duschen.",
            "help": "Dusch, inköp och tillsyn på kvällen de första veckorna.",
        }
        _send(way, who, at, MessageKind.FORM, **body)


def _list(way: Way, who: LogIn, at: datetime) -> None:
    """What must be in place at home, as the table proposes it."""
    actor = who.actor(at)
    proposed = reads.going_home(actor, case_id=way.case).proposed
    wanted = [ItemWanted(one.kind, unit.id) for one, unit in proposed]
    discharge.ask_items(actor, case_id=way.case, wanted=wanted)


def _answer(way: Way, who: LogIn, at: datetime) -> None:
    """All that the unit has not answered."""
    actor = who.actor(at)
    own = reads.going_home(actor, case_id=way.case).own
    said = {one.id: ItemSaid(Answer.YES, _IN_PLACE[one.kind]) for one in own if one.left}
    if said:
        discharge.answer_items(actor, case_id=way.case, said=said)


_IN_PLACE: Mapping[ItemKind, str] = {
    ItemKind.DOSE: "Listan är genomgången. Hemsjukvården delar medicinen.",
    ItemKind.PRESCRIPTIONS: "Recepten är skickade.",
    ItemKind.FIRST_DAYS: "Medicin för tre dagar följer med hem.",
    ItemKind.AIDS: "Rollator och duschpall står i hallen.",
    ItemKind.HOME: "Sängen är på plats i sovrummet.",
    ItemKind.FOOD: "Hemtjänsten handlar samma dag.",
    ItemKind.KEYS: "Nyckeln finns i skåpet vid dörren.",
    ItemKind.MEETS: "Hemtjänsten möter vid dörren.",
    ItemKind.TRANSPORT: "Sjukresan kommer klockan ett.",
    ItemKind.HOME_CARE: "Första besöket är samma kväll.",
    ItemKind.HOME_HEALTH: "Sjuksköterskan kommer nästa morgon.",
}


def _ready(way: Way, who: LogIn, at: datetime) -> None:
    judged = (at - timedelta(minutes=15)).isoformat()
    by = way.parties.doctor_at(way.patient.ward)
    _send(way, who, at, MessageKind.READY, judged_at=judged, judged_by=by)


def _not_ready(way: Way, who: LogIn, at: datetime) -> None:
    day = (at.date() + timedelta(days=2)).isoformat()
    _send(way, who, at, MessageKind.NOT_READY, estimated_at=day, reason="Har blivit sämre")


def _home(way: Way, who: LogIn, at: datetime) -> None:
    body = {"discharged_at": (at - timedelta(minutes=5)).isoformat(), "goes_to": "hemmet"}
    if reads.case_view(who.actor(at), case_id=way.case).left:
        body["anyway"] = "Avdelningen har ringt. Det blir klart under dagen."
    _send(way, who, at, MessageKind.DISCHARGE, **body)


def _inform(way: Way, who: LogIn, at: datetime) -> None:
    patient = way.patient
    body = {"summary": patient.summary, "medicines": patient.medicines}
    _send(way, who, at, MessageKind.INFORMATION, **body)
    _send(way, who, at, MessageKind.PATIENT, summary=patient.summary)


def _follow(way: Way, who: LogIn, at: datetime) -> None:
    """The health centre rings, and asks the five questions."""
    worry = way.patient.worry
    told = [
        Told(one, Feeling.WORRIES, worry)
        if worry and one is Question.MEDICINES
        else Told(one, Feeling.WELL)
        for one in Question
    ]
    discharge.note_after(who.actor(at), case_id=way.case, told=told)


def _close(way: Way, who: LogIn, at: datetime) -> None:
    """Followed up, where anyone has been able to."""
    actor = who.actor(at)
    heard = CloseReason.FOLLOWED_UP in reads.case(actor, case_id=way.case).may_close
    reason = CloseReason.FOLLOWED_UP if heard else CloseReason.NOTHING_MORE
    discharge.close_case(actor, case_id=way.case, reason=reason)


_MOVES: Mapping[Move, Callable[[Way, LogIn, datetime], None]] = {
    Move.ADMIT: _admit,
    Move.TELL: _tell,
    Move.RECEIPT: _receipt,
    Move.PLAN: _plan,
    Move.CONTACT: _contact,
    Move.FORM: _form,
    Move.LIST: _list,
    Move.ANSWER: _answer,
    Move.READY: _ready,
    Move.NOT_READY: _not_ready,
    Move.HOME: _home,
    Move.INFORM: _inform,
    Move.FOLLOW: _follow,
    Move.CLOSE: _close,
}
