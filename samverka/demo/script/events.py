"""What happens to a person: relations, consents, blocks, stays, visits, bookings, measurements."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samverka.access.rules import (
    BlockKind,
    Capacity,
    ConsentForm,
    ConsentKind,
    ProxyKind,
    RelationKind,
)
from samverka.careplans.rules import ContactKind
from samverka.contacts.rules import BookingStatus, Way
from samverka.demo.script.time import Moment
from samverka.people.rules import RelativeKind


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
class Discharged(Event):
    """The stay ends. Made from the stay; no story writes it."""

    stay: Stay


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
class TimePromised(Event):
    """A time at the unit of `by` is promised, to be booked later. `latest`: the last day."""

    latest: Moment
    way: Way = Way.CLINIC
    reason: str
    bring: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed(Event):
    """The person did not come. Made from the booking; no story writes it."""

    booking: Booking


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAppointed(Event):
    """A named contact is appointed by `by`."""

    staff: str
    kind: ContactKind = ContactKind.FAST_VARDKONTAKT


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
        keeper: key of the unit whose record it becomes.
        values: (moment, value) in time order; a blood pressure is "128/76".
    """

    measure: Measure
    keeper: str
    values: tuple[tuple[Moment, str], ...]
    at_home: bool = True


@dataclass(frozen=True, slots=True)
class Medicine:
    """One line of a list of medicines.

    Attributes:
        atc: the WHO's code of the substance.
        dosage: how it is taken, in words for the person.
        since: the day it was ordered.
        stopped: it is no longer taken, and only history.
    """

    name: str
    atc: str
    dosage: str
    since: Moment
    stopped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Medicines(Event):
    """A list of medicines as it came from the source system. `by` is the importing administrator.

    Attributes:
        keeper: key of the unit whose record it becomes.
    """

    keeper: str
    lines: tuple[Medicine, ...]


class Page(StrEnum):
    """What someone opens."""

    OVERVIEW = "overview"
    PLAN = "plan"
    CONTRACT = "contract"
    LOG = "log"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Event):
    """Someone reads; nothing changes but the log."""

    page: Page
    plan: str = ""
