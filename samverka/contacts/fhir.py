"""Booked times, visits, stays and referrals ↔ FHIR R4.

Publish: `…Detail` → Appointment, Encounter, ServiceRequest. Receive: the same types → the facts that an
operation takes. Whose a resource is, and at which unit, the shelf has found out from its references.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from samverka.contacts.reads import (
    BookingDetail,
    HolderLine,
    PromiseDetail,
    ReferralDetail,
    StayDetail,
    VisitDetail,
)
from samverka.contacts.rules import (
    WAY_WORDS,
    BookingFacts,
    BookingStatus,
    PromiseFacts,
    PromiseStatus,
    ReferralFacts,
    ReferralStatus,
    StayFacts,
    VisitFacts,
    VisitStatus,
    Way,
    check_facts,
)
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.resources.rules.receiving import object_of, objects
from samverka.resources.rules.times import moment_of

Resource = Mapping[str, Any]
S = TypeVar("S", bound=StrEnum)

_ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
_CLASS = {Way.CLINIC: "AMB", Way.HOME: "HH", Way.PHONE: "VR", Way.VIDEO: "VR", Way.GROUP: "AMB"}
_WAY_OF_CLASS = {"HH": Way.HOME, "FLD": Way.HOME, "VR": Way.PHONE}
_INPATIENT = frozenset({"IMP", "ACUTE", "NONAC", "OBSENC", "SS"})
"""v3-ActCode classes of encounters in which the person is admitted."""

_ORDERS = frozenset({"order", "original-order", "reflex-order", "filler-order", "instance-order"})
"""Intents of a ServiceRequest that someone has really sent; proposals and plans are not."""


# ── publish ──


def appointment(booking: BookingDetail) -> dict[str, Any]:
    """A booked time as Appointment."""
    return _without_empty(
        {
            "resourceType": "Appointment",
            "id": str(booking.id),
            "status": booking.status.value,
            "serviceType": [_way(booking.way)],
            "description": booking.what,
            "start": _instant(booking.starts_at),
            **_end(booking),
            "patientInstruction": booking.bring,
            "participant": [
                {
                    "actor": {"reference": f"Patient/{booking.person_id}"},
                    "status": "accepted",
                },
                *_participants(booking.practitioner, booking.place, booking.unit),
            ],
        }
    )


def proposed_appointment(promise: PromiseDetail) -> dict[str, Any]:
    """A promised time as Appointment: proposed, with the last day and no time yet.

    R4 lets only proposed and cancelled ones lack a time (app-3), so a promise that was kept in another
    way or taken back is cancelled, with the words for why. One that is booked is the booked Appointment.
    """
    closed = promise.status in (PromiseStatus.KEPT, PromiseStatus.WITHDRAWN)
    return _without_empty(
        {
            "resourceType": "Appointment",
            "id": str(promise.id),
            "status": "cancelled" if closed else "proposed",
            "cancelationReason": {"text": str(promise.status_words)} if closed else None,
            "serviceType": [_way(promise.way)],
            "description": promise.what,
            "patientInstruction": promise.bring,
            "created": _instant(promise.made_at),
            "requestedPeriod": [{"end": promise.latest_on.isoformat()}],
            "participant": [
                {
                    "actor": {"reference": f"Patient/{promise.person_id}"},
                    "status": "needs-action",
                },
                *_participants("", "", promise.unit),
            ],
        }
    )


_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


def _end(booking: BookingDetail) -> dict[str, Any]:
    """R4 has both ends of a time or neither (app-2): one that nobody has said is there, and unknown."""
    if booking.ends_at is not None:
        return {"end": _instant(booking.ends_at)}
    return {"_end": {"extension": [{"url": _ABSENT, "valueCode": "unknown"}]}}


def _participants(
    practitioner: str, place: str, unit: HolderLine | None
) -> Iterator[dict[str, Any]]:
    named = {  # the unit first, as in the promise that a booked time comes of
        "HealthcareService": unit.name if unit else "",
        "Practitioner": practitioner,
        "Location": place,
    }
    for kind, display in named.items():
        if display:
            yield {"actor": {"type": kind, "display": display}, "status": "accepted"}


def visit_encounter(visit: VisitDetail) -> dict[str, Any]:
    """A visit as Encounter."""
    return _without_empty(
        _encounter(visit.id, visit.person_id, visit.status, _CLASS[visit.way], visit.unit)
        | {
            "type": [_way(visit.way)],
            "reasonCode": [{"text": visit.what}] if visit.what else [],
            "period": _period(visit.starts_at, visit.ends_at),
            "participant": _named("individual", visit.practitioner),
            "location": _named("location", visit.place),
        }
    )


def stay_encounter(stay: StayDetail) -> dict[str, Any]:
    """An in-patient stay as Encounter."""
    return _without_empty(
        _encounter(stay.id, stay.person_id, stay.status, "IMP", stay.unit)
        | {
            "reasonCode": [{"text": stay.reason}] if stay.reason else [],
            "period": _period(stay.admitted_at, stay.discharged_at),
            "location": _named("location", stay.ward),
        }
    )


def _encounter(
    encounter_id: object, person_id: object, status: VisitStatus, code: str, unit: HolderLine | None
) -> dict[str, Any]:
    return {
        "resourceType": "Encounter",
        "id": str(encounter_id),
        "status": status.value,
        "class": {"system": _ACT_CODE, "code": code},
        "subject": {"reference": f"Patient/{person_id}"},
        "serviceProvider": _organisation(unit),
    }


def service_request(referral: ReferralDetail) -> dict[str, Any]:
    """A referral as ServiceRequest."""
    return _without_empty(
        {
            "resourceType": "ServiceRequest",
            "id": str(referral.id),
            "status": referral.status.value,
            "intent": "order",
            "code": {"text": referral.what} if referral.what else None,
            "subject": {"reference": f"Patient/{referral.person_id}"},
            "authoredOn": _instant(referral.issued_at),
            "requester": {"display": referral.practitioner}
            if referral.practitioner
            else _organisation(referral.unit),
            "performer": [{"display": referral.to_whom}] if referral.to_whom else [],
        }
    )


def _way(way: Way) -> dict[str, Any]:
    return {
        "coding": [{"system": _ACT_CODE, "code": _CLASS[way]}],
        "text": str(WAY_WORDS[way]),
    }


def _organisation(unit: HolderLine | None) -> dict[str, Any] | None:
    return {"reference": f"Organization/{unit.id}", "display": unit.name} if unit else None


def _named(element: str, display: str) -> list[dict[str, Any]]:
    return [{element: {"display": display}}] if display else []


def _period(start: datetime, end: datetime | None) -> dict[str, Any]:
    return _without_empty({"start": _instant(start), "end": _instant(end)})


def _instant(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    """FHIR has no empty elements."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


# ── receive ──


def receive_appointment(resource: Resource) -> BookingFacts | PromiseFacts | None:
    """Appointment → a booked time, or a promised one; None when it says neither time nor last day.

    Raises:
        Invalid: a code or an order of times that cannot be; `where` is the FHIRPath.
    """
    start = moment_of(resource.get("start"))
    if start is None:
        return _promise_facts(resource)
    people = list(objects(resource.get("participant")))
    facts = BookingFacts(
        starts_at=start,
        ends_at=moment_of(resource.get("end")),
        what=_cut(_words(resource, "description", "serviceType", "reasonCode", "appointmentType")),
        way=_way_of(_codes(resource.get("serviceType")), people),
        place=_cut(_actor_named(people, "Location"), 300),
        practitioner=_cut(_actor_named(people, "Practitioner", "PractitionerRole"), 200),
        bring=str(resource.get("patientInstruction") or ""),
        status=_status(BookingStatus, resource, "Appointment.status"),
    )
    return _checked(facts, "Appointment.end")


_PROMISED = frozenset({BookingStatus.PROPOSED, BookingStatus.PENDING, BookingStatus.WAITLIST})


def _promise_facts(resource: Resource) -> PromiseFacts | None:
    """A proposed Appointment with a last day is a promise; the latest of its periods counts."""
    if _status(BookingStatus, resource, "Appointment.status") not in _PROMISED:
        return None
    ends = [moment_of(one.get("end")) for one in objects(resource.get("requestedPeriod"))]
    latest = max((local_date(one) for one in ends if one), default=None)
    what = _words(resource, "description", "serviceType", "reasonCode", "appointmentType")
    if latest is None or not what:
        return None
    return PromiseFacts(
        what=_cut(what),
        latest_on=latest,
        way=_way_of(_codes(resource.get("serviceType")), []),
        bring=str(resource.get("patientInstruction") or ""),
    )


def receive_encounter(resource: Resource) -> VisitFacts | StayFacts | None:
    """Encounter → a visit, or a stay when the person is admitted; None when it has no start.

    Raises:
        Invalid: a code or an order of times that cannot be; `where` is the FHIRPath.
    """
    period = object_of(resource.get("period"))
    start = moment_of(period.get("start"))
    if start is None:
        return None
    end = moment_of(period.get("end"))
    code = str(object_of(resource.get("class")).get("code", ""))
    make = _stay_facts if code in _INPATIENT else _visit_facts
    return _checked(make(resource, code, start, end), "Encounter.period.end")


def _stay_facts(resource: Resource, _code: str, start: datetime, end: datetime | None) -> StayFacts:
    return StayFacts(
        admitted_at=start,
        discharged_at=end,
        ward=_cut(_last_location(resource), 300),
        reason=_cut(_words(resource, "reasonCode", "type")),
        status=_status(VisitStatus, resource, "Encounter.status"),
    )


def _visit_facts(
    resource: Resource, code: str, start: datetime, end: datetime | None
) -> VisitFacts:
    people = [one.get("individual") for one in objects(resource.get("participant"))]
    return VisitFacts(
        starts_at=start,
        ends_at=end,
        what=_cut(_words(resource, "reasonCode", "type", "serviceType")),
        way=_way_of({code} | _codes(resource.get("type")), []),
        place=_cut(_last_location(resource), 300),
        practitioner=_cut(next(filter(None, map(_display, people)), ""), 200),
        status=_status(VisitStatus, resource, "Encounter.status"),
    )


def receive_service_request(resource: Resource) -> ReferralFacts | None:
    """ServiceRequest → a referral; None when it is a proposal or a plan, or has no date.

    Raises:
        Invalid: a status that R4 does not have; `where` is the FHIRPath.
    """
    issued = moment_of(resource.get("authoredOn"))
    if issued is None or resource.get("intent") not in _ORDERS:
        return None
    performers = (_display(one) for one in objects(resource.get("performer")))
    return ReferralFacts(
        issued_at=issued,
        what=_cut(_words(resource, "code", "category")),
        to_whom=_cut(next(filter(None, performers), _words(resource, "performerType")), 300),
        practitioner=_cut(_display(resource.get("requester")), 200),
        status=_status(ReferralStatus, resource, "ServiceRequest.status"),
    )


F = TypeVar("F", BookingFacts, VisitFacts | StayFacts)


def _checked(facts: F, where: str) -> F:
    try:
        check_facts(facts)
    except Invalid as problem:
        raise Invalid(problem.message, where=where) from problem
    return facts


def _status(kind: type[S], resource: Resource, where: str) -> S:
    code = str(resource.get("status", ""))
    if code not in set(kind):
        raise Invalid(_("Statusen %(code)s finns inte i FHIR R4.", code=code), where=where)
    return kind(code)


def _words(resource: Resource, *names: str) -> str:
    """The first of the elements that says something: plain text, or a concept's words."""
    for name in names:
        value = resource.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        for concept in objects(value):
            if words := _concept(concept):
                return words
    return ""


def _concept(concept: Resource) -> str:
    if concept.get("text"):
        return str(concept["text"]).strip()
    displays = (str(one.get("display", "")) for one in objects(concept.get("coding")))
    return next(filter(None, displays), "")


def _codes(value: object) -> set[str]:
    return {
        str(coding.get("code", ""))
        for concept in objects(value)
        for coding in objects(concept.get("coding"))
        if coding.get("system") == _ACT_CODE
    }


def _way_of(codes: set[str], participants: list[Resource]) -> Way:
    """The class says home or at a distance; some sources name the phone as a participant."""
    for code, way in _WAY_OF_CLASS.items():
        if code in codes:
            return way
    names = {_display(one.get("actor")).casefold() for one in participants}
    return Way.PHONE if any("phone" in name or "telefon" in name for name in names) else Way.CLINIC


def _actor_named(participants: list[Resource], *kinds: str) -> str:
    for one in participants:
        actor = object_of(one.get("actor"))
        kind = actor.get("type") or str(actor.get("reference", "")).split("/")[0]
        if kind in kinds and _display(actor):
            return _display(actor)
    return ""


def _last_location(resource: Resource) -> str:
    """Where the person is, or was last."""
    places = [_display(one.get("location")) for one in objects(resource.get("location"))]
    return next(filter(None, reversed(places)), "")


def _display(reference: object) -> str:
    return str(object_of(reference).get("display", "")).strip()


def _cut(words: str, longest: int = 500) -> str:
    """Our columns have an end; the whole text lies on the shelf."""
    return words if len(words) <= longest else f"{words[: longest - 1]}…"
