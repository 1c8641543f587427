"""What pages and FHIR get of contacts: plain values, never rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samverka.contacts.rules import (
    OPEN_PROMISES,
    BookingStatus,
    PromiseStatus,
    ReferralStatus,
    VisitStatus,
    Way,
)
from samverka.kernel.actor import Side
from samverka.kernel.text import Text


@dataclass(frozen=True, slots=True)
class HolderLine:
    """The unit that holds a record, as a page names it."""

    id: UUID
    name: str
    phone: str
    phone_hours: str
    provider_id: UUID
    provider_name: str
    side: Side


@dataclass(frozen=True, slots=True)
class BookingDetail:
    """A booked time. `unit` None and `place` empty: left out for a protected person."""

    id: UUID
    person_id: UUID
    starts_at: datetime
    ends_at: datetime | None
    what: str
    way: Way
    place: str
    practitioner: str
    bring: str
    status: BookingStatus
    unit: HolderLine | None
    source: str
    version: int
    upcoming: bool
    may_cancel: bool


@dataclass(frozen=True, slots=True)
class VisitDetail:
    """A visit. `unit` None and `place` empty: left out for a protected person."""

    id: UUID
    person_id: UUID
    starts_at: datetime
    ends_at: datetime | None
    what: str
    way: Way
    place: str
    practitioner: str
    outcome: str
    status: VisitStatus
    unit: HolderLine | None
    source: str
    version: int


@dataclass(frozen=True, slots=True)
class StayDetail:
    """An in-patient stay. `unit` None and `ward` empty: left out for a protected person."""

    id: UUID
    person_id: UUID
    admitted_at: datetime
    discharged_at: datetime | None
    expected_end_at: datetime | None
    ward: str
    reason: str
    status: VisitStatus
    unit: HolderLine | None
    source: str
    version: int
    ongoing: bool


@dataclass(frozen=True, slots=True)
class ReferralDetail:
    """A referral. `unit` None and `to_whom` empty: left out for a protected person."""

    id: UUID
    person_id: UUID
    issued_at: datetime
    what: str
    to_whom: str
    practitioner: str
    status: ReferralStatus
    unit: HolderLine | None
    source: str
    version: int


@dataclass(frozen=True, slots=True)
class PromiseDetail:
    """A promised time. `unit` None: left out for a protected person.

    Attributes:
        latest_on: the last day that keeps the promise.
        bring: what the person can do meanwhile.
        made_at: when it was promised.
        booked_for: the time that has been booked for it.
    """

    id: UUID
    person_id: UUID
    what: str
    latest_on: date
    way: Way
    bring: str
    made_at: datetime
    status: PromiseStatus
    status_words: Text
    booked_for: datetime | None
    practitioner: str
    unit: HolderLine | None
    source: str
    version: int
    may_edit: bool

    @property
    def open(self) -> bool:
        """It still waits for a time."""
        return self.status in OPEN_PROMISES

    @property
    def passed(self) -> bool:
        """The last day has gone by without a time."""
        return self.status is PromiseStatus.PASSED


@dataclass(frozen=True, slots=True)
class Timeline:
    """All contacts of one person that the actor may see. `promises`: the soonest last day first."""

    upcoming: tuple[BookingDetail, ...] = ()
    past: tuple[BookingDetail, ...] = ()
    visits: tuple[VisitDetail, ...] = ()
    stays: tuple[StayDetail, ...] = ()
    referrals: tuple[ReferralDetail, ...] = ()
    promises: tuple[PromiseDetail, ...] = ()

    @property
    def ongoing(self) -> StayDetail | None:
        """The stay that goes on now, if any."""
        return next((stay for stay in self.stays if stay.ongoing), None)

    @property
    def empty(self) -> bool:
        """Nothing at all to show."""
        return not (
            self.upcoming
            or self.past
            or self.visits
            or self.stays
            or self.referrals
            or self.promises
        )

    @property
    def promised(self) -> tuple[PromiseDetail, ...]:
        """Promises that still wait for a time, the soonest last day first."""
        return tuple(one for one in self.promises if one.open)

    @property
    def settled(self) -> tuple[PromiseDetail, ...]:
        """Promises that are kept, booked or no longer hold."""
        return tuple(one for one in self.promises if not one.open)


Detail = BookingDetail | VisitDetail | StayDetail | ReferralDetail | PromiseDetail
