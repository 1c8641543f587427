"""Gated fetches of booked and promised times, visits, stays and referrals.

All five are fetched in one query: an overview has few to spend.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, DateField, DateTimeField, F, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.rules import Decision, Ground
from samverka.contacts.models import Booking, Contact, Promise, Referral, Stay, Visit
from samverka.contacts.reads.values import (
    BookingDetail,
    Detail,
    HolderLine,
    PromiseDetail,
    ReferralDetail,
    StayDetail,
    Timeline,
    VisitDetail,
)
from samverka.contacts.rules import (
    OWN_SOURCE,
    PROMISE_WORDS,
    BookingStatus,
    PromiseStatus,
    ReferralStatus,
    VisitStatus,
    Way,
    is_staying,
    is_upcoming,
    promise_status,
)
from samverka.kernel.actor import Actor, Permission
from samverka.kernel.calendar import local_date
from samverka.organisations.rules import SIDE_OF, OrganisationKind
from samverka.people.reads import PersonDetail, person

LIMIT = 300
"""Rows of one person on one page, newest first: twenty years fit, a faulty source does not drown us."""

# ── one query for five tables ──

_HELD = ("id", "person_id", "provider_id", "unit_id", "branch", "published", "not_for_patient")
_ORIGIN = ("source", "version", "status", "practitioner", "what", "way", "place", "note")
_TIMES = ("starts", "ends", "expected", "latest")
_UNIT = {
    "u_name": F("unit__name"),
    "u_phone": F("unit__phone"),
    "u_hours": F("unit__phone_hours"),
    "u_provider": F("unit__provider__name"),
    "u_side": F("unit__provider__organisation__kind"),
}
_COLUMNS = ("table", *_TIMES, *_HELD, *_ORIGIN, *_UNIT)

_NO_TIME = Cast(Value(None), DateTimeField())
_NO_DAY = Cast(Value(None), DateField())
_NO_TEXT = Value("", output_field=CharField())

_MAPS: dict[type[Contact], dict[str, Any]] = {
    Booking: {
        "starts": F("starts_at"),
        "ends": F("ends_at"),
        "expected": _NO_TIME,
        "latest": _NO_DAY,
        "note": F("bring"),
    },
    Visit: {
        "starts": F("starts_at"),
        "ends": F("ends_at"),
        "expected": _NO_TIME,
        "latest": _NO_DAY,
        "note": F("outcome"),
    },
    Stay: {
        "starts": F("admitted_at"),
        "ends": F("discharged_at"),
        "expected": F("expected_end_at"),
        "latest": _NO_DAY,
        "note": _NO_TEXT,
        "practitioner": _NO_TEXT,
        "what": F("reason"),
        "way": _NO_TEXT,
        "place": F("ward"),
    },
    Referral: {
        "starts": F("issued_at"),
        "ends": _NO_TIME,
        "expected": _NO_TIME,
        "latest": _NO_DAY,
        "note": _NO_TEXT,
        "way": _NO_TEXT,
        "place": F("to_whom"),
    },
    # Once it is kept or taken back its own word stands in `status`, else its booking's, if any.
    Promise: {
        "starts": F("received_at"),
        "ends": _NO_TIME,
        "expected": F("booking__starts_at"),
        "latest": F("latest_on"),
        "note": F("bring"),
        "practitioner": _NO_TEXT,
        "place": _NO_TEXT,
        "status": Case(
            When(withdrawn_at__isnull=False, then=Value(PromiseStatus.WITHDRAWN.value)),
            When(kept_at__isnull=False, then=Value(PromiseStatus.KEPT.value)),
            default=Coalesce("booking__status", Value("")),
            output_field=CharField(),
        ),
    },
}
_BY_NAME = {model.__name__: model for model in _MAPS}


@dataclass(frozen=True, slots=True)
class _Found:
    """A fetched row: what the gate asks, and the values of its detail."""

    row: Contact
    values: dict[str, Any]


def _all_tables(person_id: UUID) -> QuerySet[Any, dict[str, Any]]:
    parts = [_part(model).filter(person_id=person_id) for model in _MAPS]
    return parts[0].union(*parts[1:], all=True).order_by("-starts", "id")[:LIMIT]


def _part(model: type[Contact]) -> QuerySet[Any, dict[str, Any]]:
    given = _MAPS[model] | _UNIT | {"table": Value(model.__name__, output_field=CharField())}
    found: QuerySet[Any, dict[str, Any]] = model.objects.annotate(**given).values(*_COLUMNS)
    return found


def _found(values: dict[str, Any]) -> _Found:
    model = _BY_NAME[values["table"]]
    return _Found(model(**{name: values[name] for name in _HELD}), values)


def _allowed(this: Act, person_id: UUID) -> list[tuple[_Found, Decision]]:
    """Those of one person that the gate lets through: each row is decided on."""
    found = [_found(values) for values in _all_tables(person_id)]
    decided = [(one, this.decide(one.row)) for one in found]
    return [(one, decision) for one, decision in decided if decision.allowed]


def timeline(actor: Actor, *, person_id: UUID) -> Timeline:
    """All booked times, visits, stays and referrals of a person that the actor may see."""
    with act(actor, Action.CONTACT_LIST) as this:
        shown = _allowed(this, person_id)
        _note(this, person_id, [one.row for one, _decision in shown])
        return _timeline([_detail(one, decision, actor) for one, decision in shown])


def _note(this: Act, person_id: UUID, rows: list[Contact]) -> None:
    """One line for each ground on which something was shown; an empty answer is a line too."""
    by_ground: dict[Ground | None, list[Contact]] = {}
    for row in rows:
        by_ground.setdefault(this.decide(row).ground, []).append(row)
    for shown in by_ground.values():
        this.note_list(shown, kinds=sorted({type(row).__name__ for row in shown}))
    if not rows:
        this.note_person(person_id, "Contact", shown=0)


def _timeline(details: list[Detail]) -> Timeline:
    bookings = [one for one in details if isinstance(one, BookingDetail)]
    ahead = sorted((one for one in bookings if one.upcoming), key=lambda one: one.starts_at)
    return Timeline(
        upcoming=tuple(ahead),
        past=tuple(one for one in bookings if not one.upcoming),
        visits=tuple(one for one in details if isinstance(one, VisitDetail)),
        stays=tuple(one for one in details if isinstance(one, StayDetail)),
        referrals=tuple(one for one in details if isinstance(one, ReferralDetail)),
        promises=_promises(details),
    )


def _promises(details: list[Detail]) -> tuple[PromiseDetail, ...]:
    found = [one for one in details if isinstance(one, PromiseDetail)]
    return tuple(sorted(found, key=lambda one: one.latest_on))


@dataclass(frozen=True, slots=True)
class PersonTimes:
    """The page of one person's times. `may_book`: the actor's unit may note times for the person."""

    person: PersonDetail
    timeline: Timeline
    may_book: bool


def person_times(actor: Actor, *, person_id: UUID) -> PersonTimes:
    """A person and all contacts, in one act: one question to the gate for both."""
    with act(actor, Action.CONTACT_LIST) as this:
        shown = person(actor, person_id=person_id)
        found = timeline(actor, person_id=person_id)
        this.unchanged()  # the two reads have noted what was seen
        return PersonTimes(shown, found, actor.may(Permission.CONTACT_EDIT))


def bookable_person(actor: Actor, *, person_id: UUID) -> PersonDetail:
    """The person for whom the actor's unit may note a time.

    Raises:
        NotFound, NotAllowed: the actor may not know the person, or may not note times.
    """
    with act(actor, Action.CONTACT_RECEIVE) as this:
        this.require_permission()
        shown = person(actor, person_id=person_id)
        this.unchanged()
        return shown


def upcoming(actor: Actor, *, person_id: UUID) -> list[BookingDetail]:
    """The person's times that lie ahead, over all care providers that the actor may see, soonest first."""
    with act(actor, Action.CONTACT_LIST) as this:
        # A time without an end goes on for an hour; the day's start leaves room for any zone.
        since = actor.at - timedelta(days=1)
        values = _part(Booking).filter(person_id=person_id, starts__gte=since).order_by("starts")
        found = [_found(one) for one in values]
        shown = [one for one in found if this.decide(one.row).allowed]
        details = [_booking(one, this.decide(one.row), actor) for one in shown]
        ahead = [one for one in details if one.upcoming]
        ids = {one.id for one in ahead}
        _note(this, person_id, [one.row for one in shown if one.row.id in ids])
        return ahead


def booking(actor: Actor, *, booking_id: UUID) -> BookingDetail:
    """One booked time."""
    with act(actor, Action.CONTACT_READ) as this:
        row = this.row(Booking.objects, id=booking_id)
        this.note(row)
        return booking_detail(row, actor, this.decide(row))


def promise(actor: Actor, *, promise_id: UUID) -> PromiseDetail:
    """One promised time."""
    with act(actor, Action.CONTACT_READ) as this:
        row = this.row(Promise.objects, id=promise_id)
        this.note(row)
        return promise_detail(row, actor, this.decide(row))


def days_with_times(times: tuple[BookingDetail, ...]) -> dict[date, list[BookingDetail]]:
    """Times by local day, soonest first, as one reads a calendar."""
    days: dict[date, list[BookingDetail]] = {}
    for one in times:
        days.setdefault(local_date(one.starts_at), []).append(one)
    return days


# ── row → plain value ──


def booking_detail(row: Booking, actor: Actor, decision: Decision | None = None) -> BookingDetail:
    """One row → plain value; without a decision nothing is left out (for publishing)."""
    found = _values_of(row)
    return _booking(found, decision, actor)


def visit_detail(row: Visit, actor: Actor, decision: Decision | None = None) -> VisitDetail:
    """One row → plain value."""
    return _visit(_values_of(row), decision, actor)


def stay_detail(row: Stay, actor: Actor, decision: Decision | None = None) -> StayDetail:
    """One row → plain value."""
    return _stay(_values_of(row), decision, actor)


def referral_detail(
    row: Referral, actor: Actor, decision: Decision | None = None
) -> ReferralDetail:
    """One row → plain value."""
    return _referral(_values_of(row), decision, actor)


def promise_detail(row: Promise, actor: Actor, decision: Decision | None = None) -> PromiseDetail:
    """One row → plain value."""
    return _promise(_values_of(row), decision, actor)


def _values_of(row: Contact) -> _Found:
    values = _part(type(row)).get(id=row.pk)
    return _Found(row, values)


def _detail(found: _Found, decision: Decision | None, actor: Actor) -> Detail:
    match found.row:
        case Booking():
            return _booking(found, decision, actor)
        case Visit():
            return _visit(found, decision, actor)
        case Stay():
            return _stay(found, decision, actor)
        case Promise():
            return _promise(found, decision, actor)
        case _:
            return _referral(found, decision, actor)


def _booking(found: _Found, decision: Decision | None, actor: Actor) -> BookingDetail:
    values = found.values
    status = BookingStatus(values["status"])
    return BookingDetail(
        **_common(values, decision, actor),
        starts_at=values["starts"],
        ends_at=values["ends"],
        what=values["what"],
        way=Way(values["way"]),
        place=_place(values, decision),
        bring=values["note"],
        status=status,
        upcoming=is_upcoming(status, values["starts"], values["ends"], actor.at),
        may_cancel=_may_cancel(values, status, actor),
    )


def _may_cancel(values: dict[str, Any], status: BookingStatus, actor: Actor) -> bool:
    """A received time is cancelled in the system it came from, else it comes back."""
    own = values["source"] == OWN_SOURCE and values["unit_id"] == actor.unit_id
    return own and is_upcoming(status, values["starts"], values["ends"], actor.at)


def _visit(found: _Found, decision: Decision | None, actor: Actor) -> VisitDetail:
    values = found.values
    return VisitDetail(
        **_common(values, decision, actor),
        starts_at=values["starts"],
        ends_at=values["ends"],
        what=values["what"],
        way=Way(values["way"]),
        place=_place(values, decision),
        outcome=values["note"],
        status=VisitStatus(values["status"]),
    )


def _stay(found: _Found, decision: Decision | None, actor: Actor) -> StayDetail:
    values = found.values
    common = _common(values, decision, actor)
    del common["practitioner"]
    status = VisitStatus(values["status"])
    return StayDetail(
        **common,
        admitted_at=values["starts"],
        discharged_at=values["ends"],
        expected_end_at=values["expected"],
        ward=_place(values, decision),
        reason=values["what"],
        status=status,
        ongoing=is_staying(status, values["starts"], values["ends"], actor.at),
    )


def _referral(found: _Found, decision: Decision | None, actor: Actor) -> ReferralDetail:
    values = found.values
    return ReferralDetail(
        **_common(values, decision, actor),
        issued_at=values["starts"],
        what=values["what"],
        to_whom=_place(values, decision),
        status=ReferralStatus(values["status"]),
    )


def _promise(found: _Found, decision: Decision | None, actor: Actor) -> PromiseDetail:
    values = found.values
    status = _promise_status(values, actor)
    own = values["source"] == OWN_SOURCE and values["unit_id"] == actor.unit_id
    return PromiseDetail(
        **_common(values, decision, actor),
        what=values["what"],
        latest_on=values["latest"],
        way=Way(values["way"]),
        bring=values["note"],
        made_at=values["starts"],
        status=status,
        status_words=PROMISE_WORDS[status],
        booked_for=values["expected"] if status in _WITH_TIME else None,
        may_edit=own and actor.may(Permission.CONTACT_EDIT),
    )


_WITH_TIME = frozenset({PromiseStatus.BOOKED, PromiseStatus.KEPT})


def _promise_status(values: dict[str, Any], actor: Actor) -> PromiseStatus:
    told = values["status"]
    booking = BookingStatus(told) if told in set(BookingStatus) else None
    return promise_status(
        latest_on=values["latest"],
        today=local_date(actor.at),
        at=actor.at,
        withdrawn=told == PromiseStatus.WITHDRAWN,
        kept=told == PromiseStatus.KEPT,
        booking=booking,
        booked_for=values["expected"],
    )


def _common(values: dict[str, Any], decision: Decision | None, actor: Actor) -> dict[str, Any]:
    hidden = _hides_unit(values, decision, actor)
    return {
        "id": values["id"],
        "person_id": values["person_id"],
        "practitioner": "" if hidden else values["practitioner"],
        "unit": None if hidden else _holder(values),
        "source": values["source"],
        "version": values["version"],
    }


def _hides_unit(values: dict[str, Any], decision: Decision | None, actor: Actor) -> bool:
    """Where in care a protected person is stays unsaid (OSL 21:3–3 a); one knows one's own unit."""
    masked = decision is not None and decision.masked
    return masked and values["unit_id"] != actor.unit_id


def _place(values: dict[str, Any], decision: Decision | None) -> str:
    """The place of a home visit is the address: hidden from the own unit as well."""
    return "" if decision is not None and decision.masked else values["place"]


def _holder(values: dict[str, Any]) -> HolderLine:
    return HolderLine(
        id=values["unit_id"],
        name=values["u_name"],
        phone=values["u_phone"],
        phone_hours=values["u_hours"],
        provider_id=values["provider_id"],
        provider_name=values["u_provider"],
        side=SIDE_OF[OrganisationKind(values["u_side"])],
    )
