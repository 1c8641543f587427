"""What pages and FHIR get of meetings and calls: plain values, never rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samverka.careplans.reads.prepared import PrepWordsDetail
from samverka.careplans.reads.values import PlanDetail
from samverka.careplans.rules.meetings import (
    CallStatus,
    ConfirmStatus,
    Duty,
    Invitee,
    MeetingStatus,
)
from samverka.kernel.actor import Side
from samverka.kernel.text import Text
from samverka.organisations.reads import UnitDetail
from samverka.people.reads import PersonLine


@dataclass(frozen=True, slots=True)
class CallLine:
    """One who is called or invited, and the answer.

    Attributes:
        answer: what was answered last, kept also when a new time was chosen.
        late: the time to answer has passed.
        on_behalf: staff wrote the answer down as it was said.
        own: it is the reader's own unit that is called, or the reader.
    """

    id: UUID
    meeting_id: UUID
    person_id: UUID
    invitee: Invitee
    duty: Duty
    duty_words: Text
    name: str
    side: Side
    unit_id: UUID
    round: int
    starts_at: datetime
    status: CallStatus
    status_words: Text
    answer: CallStatus | None
    reason: str
    other_time: datetime | None
    sent_at: datetime
    sent_by: str
    answer_by: datetime
    answered_at: datetime | None
    answered_by: str
    on_behalf: bool
    late: bool = False
    may_answer: bool = False


@dataclass(frozen=True, slots=True)
class CallDetail:
    """A call as the one who got it sees it.

    Attributes:
        plan_id, purpose: only for those who may read the plan; before consent a call holds no more than
            that a meeting is asked for, by whom, when and where.
    """

    call: CallLine
    person: PersonLine
    organiser: UnitDetail
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    meeting_status: MeetingStatus
    meeting_words: Text
    cancel_reason: str
    plan_id: UUID | None
    purpose: str
    led_by: str
    may_answer: bool


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """Someone who was there, or was called and was not."""

    name: str
    role: str
    unit_id: UUID | None
    present: bool


@dataclass(frozen=True, slots=True)
class ConfirmationLine:
    """A party's word on what was agreed."""

    id: UUID
    name: str
    party: Invitee
    side: Side
    unit_id: UUID
    status: ConfirmStatus
    status_words: Text
    confirm_by: datetime
    confirmed_at: datetime | None
    confirmed_by: str
    on_behalf: bool
    may_confirm: bool


@dataclass(frozen=True, slots=True)
class MeetingDetail:
    """A meeting with all that the reader may see of it.

    Attributes:
        may_note: may note who was there, also after the plan has ended.
        short_notice: someone has not answered, and there is no time to remind and ring as the county wants.
    """

    id: UUID
    plan: PlanDetail
    person: PersonLine
    unit: UnitDetail
    status: MeetingStatus
    status_words: Text
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    purpose: str
    led_by: str
    round: int
    changes: int
    made_by: str
    held_at: datetime | None
    held_by: str
    agreed_version: int | None
    cancelled_at: datetime | None
    cancelled_by: str
    cancel_reason: str
    calls: tuple[CallLine, ...]
    earlier: tuple[CallLine, ...]
    attendances: tuple[AttendanceLine, ...]
    confirmations: tuple[ConfirmationLine, ...]
    may_call: bool
    may_write: bool
    may_hold: bool
    may_note: bool
    short_notice: bool

    @property
    def key(self) -> str:
        """For addresses that are put together in a page."""
        return str(self.id)

    @property
    def unnoted(self) -> tuple[str, ...]:
        """Called, invited or calling, and nobody has noted whether they were there."""
        units = {one.unit_id for one in self.attendances}
        names = {word for one in self.attendances for word in (one.name, one.role)}
        called = [
            (one.name, one.unit_id if one.invitee is Invitee.UNIT else None)
            for one in self.calls
            if one.status is not CallStatus.WITHDRAWN
        ]
        expected = dict.fromkeys([(self.unit.name, self.unit.id), *called])
        return tuple(
            name
            for name, unit in expected
            if name not in names and (unit is None or unit not in units)
        )

    @property
    def present(self) -> tuple[AttendanceLine, ...]:
        """Those who were there."""
        return tuple(one for one in self.attendances if one.present)

    @property
    def absent(self) -> tuple[AttendanceLine, ...]:
        """Those who were called and were not there."""
        return tuple(one for one in self.attendances if not one.present)


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in a list, and on the person's own page.

    Attributes:
        call: the call of the reader: the person's own, or the own unit's; None if not called.
        to_confirm: what the reader has to confirm after the meeting.
    """

    id: UUID
    plan_id: UUID
    plan_title: str
    status: MeetingStatus
    status_words: Text
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    organiser: str
    phone: str
    phone_hours: str
    side: Side
    call: CallLine | None
    to_confirm: ConfirmationLine | None


@dataclass(frozen=True, slots=True)
class PresenceLine:
    """Who has the plan open, and the text that they write in. `me`: the reader."""

    name: str
    key: str
    me: bool


@dataclass(frozen=True, slots=True)
class LiveState:
    """The plan as it stands while it is being written.

    Attributes:
        stamp: changes when anything here does: the page asks with it what is new.
        texts: text by key: a section, `goal:<id>`, `activity:<id>`.
    """

    meeting: MeetingDetail
    stamp: str
    texts: Mapping[str, str]
    presences: tuple[PresenceLine, ...]


@dataclass(frozen=True, slots=True)
class LiveSaved:
    """What a text says after it was saved, with others' words in it."""

    key: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WhomToCall:
    """What is needed to call to a meeting.

    Attributes:
        units: to choose among.
        guests: whom the person wants there, in the words that the person has sent.
        meeting: None before there is one.
        consented: units that the person has said yes to; known to those who keep the plan.
    """

    plan: PlanDetail
    units: tuple[UnitDetail, ...]
    guests: tuple[PrepWordsDetail, ...]
    meeting: MeetingDetail | None = None
    consented: frozenset[UUID] = frozenset()
