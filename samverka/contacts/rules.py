"""Statuses, words and the little law of booked times, visits, stays and referrals. Pure.

Statuses are those of FHIR R4 (AppointmentStatus, EncounterStatus, RequestStatus), so that nothing is
lost between a record system and us.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from samverka.kernel.calendar import start_of_day
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

OWN_SOURCE = "samverka"
"""Source of what a unit notes here; such rows are published, received ones are kept as they came."""


class Way(StrEnum):
    """How people meet."""

    CLINIC = "clinic"
    HOME = "home"
    PHONE = "phone"
    VIDEO = "video"
    GROUP = "group"


WAY_WORDS: dict[Way, Text] = {
    Way.CLINIC: _("Besök på mottagning"),
    Way.HOME: _("Besök hemma"),
    Way.PHONE: _("Telefonsamtal"),
    Way.VIDEO: _("Videosamtal"),
    Way.GROUP: _("Träff i grupp"),
}


class BookingStatus(StrEnum):
    """FHIR R4 AppointmentStatus."""

    PROPOSED = "proposed"
    PENDING = "pending"
    BOOKED = "booked"
    ARRIVED = "arrived"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"
    NO_SHOW = "noshow"
    ENTERED_IN_ERROR = "entered-in-error"
    CHECKED_IN = "checked-in"
    WAITLIST = "waitlist"


BOOKING_WORDS: dict[BookingStatus, Text] = {
    BookingStatus.PROPOSED: _("Föreslagen"),
    BookingStatus.PENDING: _("Inte bekräftad"),
    BookingStatus.BOOKED: _("Bokad"),
    BookingStatus.ARRIVED: _("Har kommit"),
    BookingStatus.FULFILLED: _("Genomförd"),
    BookingStatus.CANCELLED: _("Avbokad"),
    BookingStatus.NO_SHOW: _("Uteblev"),
    BookingStatus.ENTERED_IN_ERROR: _("Fel inskriven"),
    BookingStatus.CHECKED_IN: _("Anmäld på plats"),
    BookingStatus.WAITLIST: _("På väntelista"),
}

OPEN_BOOKINGS = frozenset(
    {
        BookingStatus.PENDING,
        BookingStatus.BOOKED,
        BookingStatus.ARRIVED,
        BookingStatus.CHECKED_IN,
    }
)
"""Times that will happen unless something changes. A proposal or a place in a queue is no time yet."""

CANCELLABLE = OPEN_BOOKINGS | {BookingStatus.PROPOSED, BookingStatus.WAITLIST}


class VisitStatus(StrEnum):
    """FHIR R4 EncounterStatus; used for stays as well."""

    PLANNED = "planned"
    ARRIVED = "arrived"
    TRIAGED = "triaged"
    IN_PROGRESS = "in-progress"
    ON_LEAVE = "onleave"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    ENTERED_IN_ERROR = "entered-in-error"
    UNKNOWN = "unknown"


VISIT_WORDS: dict[VisitStatus, Text] = {
    VisitStatus.PLANNED: _("Planerat"),
    VisitStatus.ARRIVED: _("Har kommit"),
    VisitStatus.TRIAGED: _("Bedömd vid ankomst"),
    VisitStatus.IN_PROGRESS: _("Pågår"),
    VisitStatus.ON_LEAVE: _("På permission"),
    VisitStatus.FINISHED: _("Avslutat"),
    VisitStatus.CANCELLED: _("Inställt"),
    VisitStatus.ENTERED_IN_ERROR: _("Fel inskrivet"),
    VisitStatus.UNKNOWN: _("Okänt"),
}

NEVER_HAPPENED = frozenset({VisitStatus.CANCELLED, VisitStatus.ENTERED_IN_ERROR})


class ReferralStatus(StrEnum):
    """FHIR R4 RequestStatus."""

    DRAFT = "draft"
    ACTIVE = "active"
    ON_HOLD = "on-hold"
    REVOKED = "revoked"
    COMPLETED = "completed"
    ENTERED_IN_ERROR = "entered-in-error"
    UNKNOWN = "unknown"


REFERRAL_WORDS: dict[ReferralStatus, Text] = {
    ReferralStatus.DRAFT: _("Utkast"),
    ReferralStatus.ACTIVE: _("Väntar på svar"),
    ReferralStatus.ON_HOLD: _("Vilande"),
    ReferralStatus.REVOKED: _("Återkallad"),
    ReferralStatus.COMPLETED: _("Besvarad"),
    ReferralStatus.ENTERED_IN_ERROR: _("Fel inskriven"),
    ReferralStatus.UNKNOWN: _("Okänd"),
}


class PromiseStatus(StrEnum):
    """How it stands with a time that someone has promised. Told by its day and its booking, never kept."""

    PROMISED = "promised"
    BOOKED = "booked"
    KEPT = "kept"
    PASSED = "passed"
    WITHDRAWN = "withdrawn"


PROMISE_WORDS: dict[PromiseStatus, Text] = {
    PromiseStatus.PROMISED: _("Lovad"),
    PromiseStatus.BOOKED: _("Bokad"),
    PromiseStatus.KEPT: _("Hållen"),
    PromiseStatus.PASSED: _("Dagen har passerat"),
    PromiseStatus.WITHDRAWN: _("Gäller inte längre"),
}

OPEN_PROMISES = frozenset({PromiseStatus.PROMISED, PromiseStatus.PASSED})
"""Promises that still wait for a time."""

PROMISE_LONGEST = timedelta(days=3 * 365)
"""A day further ahead than so is a slip of the pen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingFacts:
    """A booked time. `bring`: what the person is to bring or do before, in words to the person."""

    starts_at: datetime
    ends_at: datetime | None = None
    what: str = ""
    way: Way = Way.CLINIC
    place: str = ""
    practitioner: str = ""
    bring: str = ""
    status: BookingStatus = BookingStatus.BOOKED


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """A visit that takes or has taken place. `outcome`: what came of it, in words to the person."""

    starts_at: datetime
    ends_at: datetime | None = None
    what: str = ""
    way: Way = Way.CLINIC
    place: str = ""
    practitioner: str = ""
    outcome: str = ""
    status: VisitStatus = VisitStatus.FINISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class StayFacts:
    """An in-patient stay. `expected_end_at`: when discharge is planned."""

    admitted_at: datetime
    discharged_at: datetime | None = None
    expected_end_at: datetime | None = None
    ward: str = ""
    reason: str = ""
    status: VisitStatus = VisitStatus.IN_PROGRESS


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralFacts:
    """A referral (remiss) or an order. `to_whom`: in words, as the source names it."""

    issued_at: datetime
    what: str = ""
    to_whom: str = ""
    practitioner: str = ""
    status: ReferralStatus = ReferralStatus.ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseFacts:
    """A time that is promised but not booked. `latest_on`: the last day that keeps the promise.

    `bring`: what the person can do meanwhile, in words to the person.
    """

    what: str
    latest_on: date
    way: Way = Way.CLINIC
    bring: str = ""


Facts = BookingFacts | VisitFacts | StayFacts | ReferralFacts | PromiseFacts

LONGEST_VISIT = timedelta(hours=1)
"""How long a time without an end counts as going on."""


def check_facts(facts: Facts) -> None:
    """Refuse an end before the start; it would turn every order of times upside down."""
    start, end = _ends_of(facts)
    if end is not None and end < start:
        raise Invalid(_("Sluttiden ligger före starttiden."), where="ends_at")
    if isinstance(facts, StayFacts) and (facts.expected_end_at or start) < start:
        raise Invalid(
            _("Den planerade utskrivningen ligger före inskrivningen."), where="expected_end_at"
        )


def _ends_of(facts: Facts) -> tuple[datetime, datetime | None]:
    match facts:
        case StayFacts():
            return facts.admitted_at, facts.discharged_at
        case ReferralFacts():
            return facts.issued_at, None
        case PromiseFacts():
            return start_of_day(facts.latest_on), None
        case _:
            return facts.starts_at, facts.ends_at


def check_new_booking(facts: BookingFacts, at: datetime) -> None:
    """A unit books forwards; what has been is noted as a visit."""
    if facts.starts_at <= at:
        raise Invalid(_("Välj en tid som inte har passerat."), where="starts_at")
    if not facts.what.strip():
        raise Invalid(_("Skriv vad tiden gäller."), where="what")


def check_cancel(status: BookingStatus) -> None:
    """Only a time that could still happen can be cancelled."""
    if status is BookingStatus.CANCELLED:
        raise NotNow(_("Tiden är redan avbokad."))
    if status not in CANCELLABLE:
        raise NotNow(_("Tiden kan inte avbokas längre. Den är genomförd eller struken."))


def check_restore(status: BookingStatus, starts_at: datetime, at: datetime) -> None:
    """Only a cancelled time that still lies ahead can stand again."""
    if status is not BookingStatus.CANCELLED:
        raise NotNow(_("Tiden är inte avbokad."))
    if starts_at <= at:
        raise NotNow(_("Tiden har passerat. Boka en ny."))


def is_upcoming(
    status: BookingStatus, starts_at: datetime, ends_at: datetime | None, at: datetime
) -> bool:
    """Whether a booked time lies ahead or is going on."""
    return status in OPEN_BOOKINGS and (ends_at or starts_at + LONGEST_VISIT) > at


def is_staying(
    status: VisitStatus, admitted_at: datetime, discharged_at: datetime | None, at: datetime
) -> bool:
    """Whether the person is in hospital at the time."""
    if status in NEVER_HAPPENED or admitted_at > at:
        return False
    if discharged_at is None:
        return status is not VisitStatus.FINISHED
    return discharged_at > at


# ── promised times ──


def check_new_promise(facts: PromiseFacts, today: date) -> None:
    """A promise says what, and a last day that has not passed."""
    if not facts.what.strip():
        raise Invalid(_("Skriv vad tiden ska gälla."), where="what")
    if facts.latest_on < today:
        raise Invalid(
            _("Sista dagen har redan passerat. Välj i dag eller en dag framåt."), where="latest_on"
        )
    if facts.latest_on > today + PROMISE_LONGEST:
        raise Invalid(_("Dagen ligger mer än tre år bort. Kontrollera året."), where="latest_on")


def promise_status(
    *,
    latest_on: date,
    today: date,
    at: datetime,
    withdrawn: bool = False,
    kept: bool = False,
    booking: BookingStatus | None = None,
    booked_for: datetime | None = None,
) -> PromiseStatus:
    """How it stands with a promise. A booking that is cancelled or missed leaves the promise open."""
    if withdrawn:
        return PromiseStatus.WITHDRAWN
    if kept or booking is BookingStatus.FULFILLED:
        return PromiseStatus.KEPT
    if booking in OPEN_BOOKINGS and booked_for is not None:
        return PromiseStatus.KEPT if booked_for <= at else PromiseStatus.BOOKED
    return PromiseStatus.PASSED if latest_on < today else PromiseStatus.PROMISED


def check_promise_open(status: PromiseStatus) -> None:
    """Only a promise that still waits for a time can be booked, kept, moved or taken back."""
    match status:
        case PromiseStatus.BOOKED:
            raise NotNow(_("Tiden är redan bokad. Avboka den först om något ska ändras."))
        case PromiseStatus.KEPT:
            raise NotNow(_("Löftet är redan hållet."))
        case PromiseStatus.WITHDRAWN:
            raise NotNow(_("Löftet gäller inte längre. Lova en ny tid om det behövs."))
        case _:
            return


def check_withdrawing(reason: str) -> None:
    """The person is told why a promise does not hold."""
    if not reason.strip():
        raise Invalid(_("Skriv varför löftet inte gäller. Personen läser det."), where="reason")
