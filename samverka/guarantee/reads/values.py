"""What pages, files and FHIR get to know of a wait: plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from samverka.guarantee.rules import (
    PART_WORDS,
    REASON_WORDS,
    STATUS_WORDS,
    STILL_WAITING,
    Clock,
    ClockStatus,
    Contact,
    Duty,
    Ended,
    Ending,
    LetterKind,
    Matter,
    Part,
    Purpose,
    Reason,
    Residence,
    days_over,
    explain,
    to_person,
)
from samverka.guarantee.rules import Wait as WaitRule
from samverka.guarantee.rules.days import Run, runs_of
from samverka.guarantee.rules.letters import WAY_WORDS, Way
from samverka.guarantee.rules.limits import SHORT_WORDS
from samverka.guarantee.rules.planned import MATTER_WORDS, PLANNED
from samverka.guarantee.rules.turns import Step
from samverka.kernel.text import Text
from samverka.organisations.reads import UnitDetail
from samverka.people.reads import PersonLine


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedBy:
    """Who wrote it, when, and why it was taken back."""

    id: UUID
    noted_at: datetime
    noted_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_reason: str

    @property
    def stands(self) -> bool:
        """It has not been taken back."""
        return self.withdrawn_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDetail(NotedBy):
    """A time that the person was offered. `accepted`: None until the person has answered."""

    made_on: date
    care_on: date
    where: str
    elsewhere: bool
    travel: str
    accepted: bool | None
    answered_on: date | None
    answered_to: str
    informed_on: date | None
    received: bool

    @property
    def waits(self) -> bool:
        """The person has not answered."""
        return self.stands and self.accepted is None


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseDetail(NotedBy):
    """Days that are not counted. `judged`: None where it has been taken back."""

    reason: Reason
    first: date
    last: date | None
    informed_on: date | None
    declined_on: date | None
    offer_id: UUID | None
    words: str

    @property
    def reason_words(self) -> Text:
        """Why, in words."""
        return REASON_WORDS[self.reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDetail(NotedBy):
    """A contact with care. `contact`: None until somebody has said what it was for."""

    at: datetime
    contact: Contact | None
    where: str
    purpose: Purpose | None
    received: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDetail(NotedBy):
    """A letter to the person, word for word."""

    kind: LetterKind
    way: Way
    heading: str
    words: tuple[str, ...]

    @property
    def way_words(self) -> Text:
        """How it reached the person."""
        return WAY_WORDS[self.way]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDetail:
    """What a wait said before it was put right."""

    at: datetime
    by: str
    before: dict[str, str]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitDetail:
    """One person's wait, judged at the moment of the one who asks.

    Attributes:
        facts: what the clock is reckoned from.
        near: so many days before the limit it is near.
        may_edit: the reader's own unit keeps the wait.
    """

    id: UUID
    person: PersonLine
    unit: UnitDetail
    listed_unit: UUID | None
    part: Part
    matter: Matter
    what: str
    area: str
    referrer: str
    chosen: str
    residence: Residence
    facts: WaitRule
    clock: Clock
    duty: Duty
    step: Step | None
    near: int
    ended_by: str
    need_judged_by: str
    registered_at: datetime
    registered_by: str
    source: str
    version: int
    may_edit: bool
    offers: tuple[OfferDetail, ...] = ()
    pauses: tuple[PauseDetail, ...] = ()
    contacts: tuple[ContactDetail, ...] = ()
    letters: tuple[LetterDetail, ...] = ()
    changes: tuple[ChangeDetail, ...] = field(default=(), repr=False)

    @property
    def part_words(self) -> Text:
        """Which part of the guarantee; or what is planned, for what is no part of it."""
        planned = self.matter in PLANNED
        return MATTER_WORDS[self.matter] if planned else PART_WORDS[self.part]

    @property
    def part_short(self) -> Text:
        """The same, where a row has little room."""
        return self.part_words if self.matter in PLANNED else SHORT_WORDS[self.part]

    @property
    def status_words(self) -> Text:
        """How it stands."""
        return STATUS_WORDS[self.clock.status]

    @property
    def waiting(self) -> bool:
        """The person still waits, or the wait has not begun to count."""
        return self.clock.status in STILL_WAITING | {ClockStatus.NOT_STARTED, ClockStatus.PLANNED}

    @property
    def breached(self) -> bool:
        """The limit has passed and the person still waits."""
        return self.clock.status is ClockStatus.BREACHED

    @property
    def explained(self) -> tuple[Text, ...]:
        """The whole reckoning, a sentence a step."""
        return explain(self.clock)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The days, run by run."""
        return runs_of(self.clock)

    @property
    def over(self) -> int:
        """Days after the last day."""
        return days_over(self.clock)

    @property
    def standing_offers(self) -> tuple[OfferDetail, ...]:
        """Offers that have not been taken back, the newest first."""
        return tuple(one for one in self.offers if one.stands)

    @property
    def unanswered(self) -> OfferDetail | None:
        """The newest offer that waits for an answer."""
        return next((one for one in self.offers if one.waits), None)

    @property
    def open_pause(self) -> PauseDetail | None:
        """Days that are not counted until someone says so."""
        return next((one for one in self.pauses if one.stands and one.last is None), None)

    @property
    def unjudged(self) -> ContactDetail | None:
        """A contact of which nobody has said what it was for."""
        found = (one for one in self.contacts if one.stands and one.purpose is None)
        return next(found, None)

    @property
    def ended(self) -> Ended | None:
        """The end without care."""
        return self.clock.ended

    @property
    def informed_on(self) -> date | None:
        """The first day when the person was told of the guarantee, as far as is known here."""
        told = [one.informed_on for one in self.offers if one.stands and one.informed_on]
        told += [one.noted_at.date() for one in self.letters]
        return min(told, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class MyWait:
    """A wait as the person reads it on the own page.

    Attributes:
        words: the clock in the person's own words.
        passed: the last day has gone by.
        offer: a time that waits for the person's answer.
    """

    id: UUID
    what: str
    words: tuple[Text, ...]
    passed: bool
    unit: UnitDetail
    part: Part
    status_words: Text
    step: Step | None
    offer: OfferDetail | None
    last_day: date | None


def my_wait(one: WaitDetail) -> MyWait:
    """The same wait, for the person."""
    return MyWait(
        id=one.id,
        what=one.what,
        words=to_person(one.clock, one.duty),
        passed=one.breached,
        unit=one.unit,
        part=one.part,
        status_words=one.status_words,
        step=one.step,
        offer=one.unanswered,
        last_day=one.clock.last_day,
    )


ENDINGS = (Ending.WITHDRAWN, Ending.NOT_NEEDED, Ending.DIED, Ending.MISTAKE)
"""In the order in which a form shows them."""
