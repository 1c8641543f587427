"""The words in which the demo county is written: places, staff, people, and what happens to them.

All values are plain and frozen. Days are told from the day of building, so the stories are as fresh
in a year as today: `day(-12)` is twelve days ago in office hours, `any_day(-3, 22, 40)` also at night.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from samverka.access.rules import (
    BlockKind,
    Capacity,
    ConsentForm,
    ConsentKind,
    Protection,
    ProxyKind,
    RelationKind,
)
from samverka.careplans.rules import ContactKind, GoalStatus, PlanKind, Section, Term
from samverka.contacts.rules import BookingStatus, Way
from samverka.kernel.actor import Branch, Side
from samverka.kernel.identity import Sex
from samverka.organisations.rules import UnitKind
from samverka.people.rules import RelativeKind

STOCKHOLM = ZoneInfo("Europe/Stockholm")


# ── time ──


@dataclass(frozen=True, slots=True)
class Moment:
    """A time told in days from the day of building.

    Attributes:
        days: calendar days after (before: negative) the day of building.
        office: move it off a weekend, backwards in the past and forwards in the future.
    """

    days: int
    hour: int = 9
    minute: int = 0
    office: bool = True

    def on(self, today: date) -> date:
        """The date, seen from the day of building."""
        found = today + timedelta(days=self.days)
        if not self.office:
            return found
        step = timedelta(days=-1 if self.days < 0 else 1)
        while found.weekday() >= 5:
            found += step
        return found

    def at(self, today: date) -> datetime:
        """The time, in Swedish clock time with its zone."""
        return datetime.combine(self.on(today), time(self.hour, self.minute), STOCKHOLM)


def day(days: int, hour: int = 9, minute: int = 0) -> Moment:
    """A time on a weekday."""
    return Moment(days, hour, minute)


def any_day(days: int, hour: int = 9, minute: int = 0) -> Moment:
    """A time on any day of the week: wards, home visits and emergencies."""
    return Moment(days, hour, minute, office=False)


# ── places and staff ──


@dataclass(frozen=True, slots=True)
class Principal:
    """A huvudman: the region or a municipality.

    Attributes:
        code: county or municipality code as text with its leading zeros.
    """

    key: str
    name: str
    code: str
    side: Side
    organisation_number: str
    seat: str


@dataclass(frozen=True, slots=True)
class Provider:
    """A care provider (vårdgivare, omsorgsgivare): one independent branch of a huvudman (OSL 8:2)."""

    key: str
    principal: str
    name: str
    branch: Branch
    hsa_id: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A care unit in a real town."""

    key: str
    provider: str
    name: str
    kind: UnitKind
    town: str
    postcode: str
    hsa_id: str
    phone: str
    phone_hours: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """A medarbetaruppdrag: staff act for one unit at a time. `roles` are codes of `access.roles`."""

    unit: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One who works somewhere. `key` is unique among staff and people of the stories."""

    key: str
    given: str
    family: str
    profession: str
    hsa_id: str
    assignments: tuple[Assignment, ...]

    @property
    def name(self) -> str:
        """Given name and family name."""
        return f"{self.given} {self.family}"


# ── people ──


@dataclass(frozen=True, slots=True)
class Address:
    """Where one lives; `town` is the postal town."""

    street: str
    postcode: str
    town: str
    municipality: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone in a story.

    Attributes:
        age: whole years on the day of building.
        born: month and day of birth.
        language: BCP 47 code of the mother tongue.
        care_language: the language the person wants care in, where the law gives a right to ask
            (lagen 2009:724 om nationella minoriteter: Sami `sma`, Finnish `fi`) or an interpreter helps.
        listed: unit key of the health centre.
    """

    key: str
    given: str
    family: str
    sex: Sex
    age: int
    born: tuple[int, int]
    address: Address | None
    phone: str = ""
    listed: str = ""
    language: str = "sv"
    care_language: str = ""
    interpreter: bool = False
    protection: Protection = Protection.NONE

    @property
    def name(self) -> str:
        """Given name and family name."""
        return f"{self.given} {self.family}"

    def birth_date(self, today: date) -> date:
        """The birth date that gives the age on the day of building."""
        month, number = self.born
        had_birthday = (month, number) <= (today.month, today.day)
        return date(today.year - self.age - (0 if had_birthday else 1), month, number)


# ── what happens ──


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something someone does at a time.

    Attributes:
        when: when it is done and written down. Never after the day before building.
        by: key of the staff member, or of the person, who does it.
        of: key of the person it concerns; empty means the story's first person.
    """

    when: Moment
    by: str
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Event):
    """The person is listed at a health centre."""

    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CareBegins(Event):
    """A unit begins a relation with the person: the unit where `by` works."""

    kind: RelationKind = RelationKind.CARE
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CareEnds(Event):
    """The relation of the unit where `by` works ends."""

    kind: RelationKind = RelationKind.CARE


@dataclass(frozen=True, slots=True, kw_only=True)
class Related(Event):
    """A relative or another near one. `person` if in the story, else `name`."""

    kind: RelativeKind
    person: str = ""
    name: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyGranted(Event):
    """`proxy` may act for the person: guardian, chosen representative, or trustee."""

    proxy: str
    kind: ProxyKind
    scopes: tuple[str, ...] = ("read",)
    until: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityNoted(Event):
    """The person's ability to consent, as a named professional has judged it."""

    capacity: Capacity
    attitude_known: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven(Event):
    """A consent: which care providers may read or take part, what it covers and what it does not.

    Attributes:
        given_by: key of the one who consents, where `by` is staff who notes it; empty: the person.
    """

    key: str
    given_by: str = ""
    kind: ConsentKind
    readers: tuple[str, ...]
    form: ConsentForm = ConsentForm.ORAL
    covers: str = ""
    not_covered: str = ""
    plan: str = ""
    until: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawn(Event):
    """A consent is taken back."""

    consent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked(Event):
    """The person blocks what a unit (inner) or a care provider (outer) has written."""

    kind: BlockKind
    provider: str
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceMade(Event):
    """Staff choose to read what other units of their care provider hold."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyOpened(Event):
    """Emergency opening at danger for life or health (SVOD 3:6)."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay(Event):
    """In-patient stay at the unit of `by`. `reason` is written for the person."""

    key: str
    starts: Moment
    ends: Moment | None = None
    planned_end: Moment | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Event):
    """A visit that has taken place, written down by `by` at the own unit."""

    starts: Moment
    minutes: int = 30
    way: Way = Way.CLINIC
    reason: str
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking(Event):
    """A booked time at the unit of `by`. `bring` tells the person how to prepare."""

    starts: Moment
    minutes: int = 30
    way: Way = Way.CLINIC
    reason: str
    bring: str = ""
    status: BookingStatus = BookingStatus.BOOKED


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAppointed(Event):
    """A named contact is appointed by `by`."""

    staff: str
    kind: ContactKind = ContactKind.FAST_VARDKONTAKT


# ── plans ──


class OwnerKind(StrEnum):
    """Who answers for an activity."""

    UNIT = "unit"
    PERSON = "person"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers for an activity: a unit (key), the person, or another party (name)."""

    kind: OwnerKind
    name: str = ""


def unit(key: str) -> Owner:
    """A unit of the region or of a municipality answers."""
    return Owner(OwnerKind.UNIT, key)


def other(name: str) -> Owner:
    """Another party answers, such as a relative, an authority or an association."""
    return Owner(OwnerKind.OTHER, name)


SELF = Owner(OwnerKind.PERSON)
"""The person answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStarted(Event):
    """A plan is begun. `lead`: the huvudman with the overall responsibility."""

    plan: str
    kind: PlanKind
    title: str
    lead: str
    asked_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWritten(Event):
    """A section is written; a person writes in the own plan, staff in the person's words."""

    plan: str
    section: Section
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSet(Event):
    """A goal in the person's own words."""

    plan: str
    key: str
    words: str
    term: Term = Term.SHORT
    reach_by: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalFollowed(Event):
    """How it went with a goal, in the person's words."""

    plan: str
    goal: str
    status: GoalStatus
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivitySet(Event):
    """Who does what until when."""

    plan: str
    key: str
    goal: str = ""
    words: str
    owner: Owner
    due: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityDone(Event):
    """An activity is done, or ended without being done."""

    plan: str
    activity: str
    done: bool = True
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAgreed(Event):
    """The plan is agreed as it stands: a new version, with the day of follow-up."""

    plan: str
    follow_up: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanShared(Event):
    """The plan is disclosed to another care provider on a consent (PDL 3:11)."""

    plan: str
    to: str
    consent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCommented(Event):
    """The person, or one who acts for the person, writes something in the plan."""

    plan: str
    words: str


# ── measurements, reading ──


class Measure(StrEnum):
    """What is measured at home or at the laboratory."""

    OXYGEN = "oxygen"
    HEART_RATE = "heart-rate"
    WEIGHT = "weight"
    BLOOD_PRESSURE = "blood-pressure"
    GLUCOSE = "glucose"
    HBA1C = "hba1c"
    NT_PROBNP = "nt-probnp"
    EGFR = "egfr"
    FEV1 = "fev1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series(Event):
    """Measurements as they came from the source system. `by` is the importing administrator.

    Attributes:
        values: (moment, value) in time order; a blood pressure is "128/76".
    """

    measure: Measure
    values: tuple[tuple[Moment, str], ...]
    at_home: bool = True


class Page(StrEnum):
    """What someone opens."""

    OVERVIEW = "overview"
    PLAN = "plan"
    CONTRACT = "contract"
    CONTACTS = "contacts"
    LOG = "log"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Event):
    """Someone reads; nothing changes but the log."""

    page: Page
    plan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One person's way through the county's care, and those around."""

    key: str
    title: str
    people: tuple[Person, ...]
    events: tuple[Event, ...] = field(repr=False)

    @property
    def main(self) -> Person:
        """The one the story is about."""
        return self.people[0]

    def timed(self, today: date) -> Iterator[tuple[datetime, Event]]:
        """The events with their times. None comes before the one written above it.

        A weekend can move an event past its neighbour; then it follows a minute later instead.
        """
        last: datetime | None = None
        for event in self.events:
            at = event.when.at(today)
            if last is not None and at <= last:
                at = last + timedelta(minutes=1)
            yield at, event
            last = at
