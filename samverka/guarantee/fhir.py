"""What an Encounter, an Appointment and a ServiceRequest of FHIR R4 say of a wait → plain values.

What a contact was for is in `Encounter.type`, with the codes of `Purpose` under our own system; who met the
person in `Encounter.participant.type`, with those of `Profession`, or as a Swedish title in its text. A
source that says neither is asked nothing: somebody at the unit says it.

A wait that begins here is published as the ServiceRequest that it stands for: its last day, or its target
date, is when the care is asked for at the latest. An offered time is an Appointment with the day alone, so it
stays `proposed` (R4 lets no booked time lack its hour) and the person's answer is the participant's. What
came from a record system lies on the shelf already, word for word, and is not published again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from samverka.contacts.rules import OWN_SOURCE, BookingFacts, ReferralFacts, VisitFacts
from samverka.guarantee.reads import OfferDetail, WaitDetail
from samverka.guarantee.rules import ClockStatus, Ending, Matter, Profession, Purpose
from samverka.guarantee.rules.hearing import HeardBooking, HeardContact, HeardReferral
from samverka.guarantee.rules.planned import MATTER_WORDS, PLANNED
from samverka.kernel.calendar import local_date
from samverka.resources.rules.receiving import object_of, objects

Resource = Mapping[str, Any]

PURPOSES = "https://samverka.example/fhir/CodeSystem/waiting-contact-purpose"
MATTERS = "https://samverka.example/fhir/CodeSystem/waiting-matter"
PARTS = "https://samverka.example/fhir/CodeSystem/waiting-part"
PROFESSIONS = "https://samverka.example/fhir/CodeSystem/profession"

_HSA = "urn:oid:1.2.752.29.4.19"

_TITLES: dict[str, Profession] = {
    "läkare": Profession.DOCTOR,
    "sjuksköterska": Profession.NURSE,
    "distriktssköterska": Profession.NURSE,
    "fysioterapeut": Profession.PHYSIOTHERAPIST,
    "sjukgymnast": Profession.PHYSIOTHERAPIST,
    "arbetsterapeut": Profession.OCCUPATIONAL_THERAPIST,
    "psykolog": Profession.PSYCHOLOGIST,
    "psykoterapeut": Profession.PSYCHOTHERAPIST,
    "kurator": Profession.COUNSELLOR,
    "hälso- och sjukvårdskurator": Profession.COUNSELLOR,
    "barnmorska": Profession.MIDWIFE,
    "dietist": Profession.DIETITIAN,
    "logoped": Profession.SPEECH_THERAPIST,
    "audionom": Profession.AUDIOLOGIST,
    "undersköterska": Profession.ASSISTANT_NURSE,
    "medicinsk sekreterare": Profession.SECRETARY,
}
"""Swedish titles as record systems write them."""


def receive_referral(
    resource: Resource, facts: ReferralFacts, *, source: str, source_id: str, own: bool
) -> HeardReferral:
    """A referral to the unit; `own`: the unit wrote it to itself.

    What the need is stands in `ServiceRequest.category`, with the codes of `Matter`; until when the care is
    needed, the target date of a return visit, in `occurrencePeriod.end` or `occurrenceDateTime`.
    """
    matter = matter_of(resource)
    return HeardReferral(
        source=source,
        source_id=source_id,
        issued_at=facts.issued_at,
        status=facts.status,
        what=facts.what,
        referrer=facts.practitioner,
        own=own,
        matter=matter,
        target_on=_target(resource) if matter in PLANNED else None,
    )


def matter_of(resource: Resource) -> Matter:
    """What the person waits for; a new need where the source says nothing else."""
    codes = {code for system, code, _text in _coded(resource.get("category")) if system == MATTERS}
    return next((one for one in Matter if one.value in codes), Matter.NEW_NEED)


def _target(resource: Resource) -> date | None:
    period = object_of(resource.get("occurrencePeriod"))
    said = str(period.get("end") or resource.get("occurrenceDateTime") or "")
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        return None


def receive_contact(
    resource: Resource, facts: VisitFacts, *, source: str, source_id: str, of_referral: str
) -> HeardContact:
    """A contact, with what the Encounter says that it was for."""
    return HeardContact(
        source=source,
        source_id=source_id,
        at=facts.starts_at,
        status=facts.status,
        way=facts.way,
        purpose=purpose_of(resource),
        profession=profession_of(resource),
        of_referral=of_referral,
    )


def receive_booking(
    facts: BookingFacts, *, source: str, source_id: str, of_referral: str
) -> HeardBooking:
    """A booked time."""
    return HeardBooking(
        source=source,
        source_id=source_id,
        care_on=local_date(facts.starts_at),
        status=facts.status,
        where=facts.place,
        of_referral=of_referral,
    )


def purpose_of(resource: Resource) -> Purpose | None:
    """What the contact was for; None where the source does not say it in our codes."""
    codes = {code for system, code, _text in _coded(resource.get("type")) if system == PURPOSES}
    return next((one for one in Purpose if one.value in codes), None)


def profession_of(resource: Resource) -> Profession | None:
    """Who met the person; None where the source does not say it so that we know."""
    for one in objects(resource.get("participant")):
        for system, code, words in _coded(one.get("type")):
            if system == PROFESSIONS and code in set(Profession):
                return Profession(code)
            if words.casefold() in _TITLES:
                return _TITLES[words.casefold()]
    return None


# ── publish ──


def service_request(one: WaitDetail) -> dict[str, Any]:
    """A wait as ServiceRequest: what is asked for, since when, until when, and of whom."""
    facts, until = one.facts, one.clock.last_day or one.clock.target
    since = facts.referral_issued_at or facts.decided_at or facts.sought_at
    return _filled(
        {
            "resourceType": "ServiceRequest",
            "id": str(one.id),
            "status": _request_status(one),
            "intent": "order",
            "category": [
                {
                    "coding": [{"system": MATTERS, "code": one.matter.value}],
                    "text": str(MATTER_WORDS[one.matter]),
                },
                {
                    "coding": [{"system": PARTS, "code": one.part.value}],
                    "text": str(one.part_words),
                },
            ],
            "code": {"text": one.what},
            "subject": {"reference": f"Patient/{one.person.id}"},
            "occurrencePeriod": {"end": until.isoformat()} if until else None,
            "authoredOn": since.isoformat() if since else None,
            "requester": {"display": one.referrer} if one.referrer else None,
            "performer": [_organisation(one)],
        }
    )


def _request_status(one: WaitDetail) -> str:
    ended = one.ended
    if ended is not None:
        return "entered-in-error" if ended.why is Ending.MISTAKE else "revoked"
    met = one.clock.status in (ClockStatus.MET, ClockStatus.LATE)
    return "completed" if met else "active"


def appointment(one: WaitDetail, offer: OfferDetail) -> dict[str, Any]:
    """An offered time as Appointment: the day, and what the person has said."""
    day = offer.care_on.isoformat()
    place = {"type": "Location", "display": offer.where}
    return _filled(
        {
            "resourceType": "Appointment",
            "id": str(offer.id),
            "status": "proposed" if offer.stands else "cancelled",
            "cancelationReason": {"text": offer.withdrawn_reason} if not offer.stands else None,
            "description": one.what,
            "created": offer.made_on.isoformat(),
            "basedOn": [{"reference": f"ServiceRequest/{one.id}"}]
            if one.source == OWN_SOURCE
            else None,
            "requestedPeriod": [{"start": day, "end": day}],
            "participant": [
                {
                    "actor": {"reference": f"Patient/{one.person.id}"},
                    "status": _ANSWERS[offer.accepted],
                },
                {"actor": place, "status": "accepted"},
            ],
        }
    )


_ANSWERS = {None: "needs-action", True: "accepted", False: "declined"}


def _organisation(one: WaitDetail) -> dict[str, Any]:
    identifier = {"system": _HSA, "value": one.unit.hsa_id} if one.unit.hsa_id else None
    return _filled({"type": "Organization", "identifier": identifier, "display": one.unit.name})


def _filled(made: dict[str, Any]) -> dict[str, Any]:
    """FHIR has no empty elements."""
    return {name: value for name, value in made.items() if value not in (None, "", [], {})}


# ── codes ──


def _coded(value: object) -> Iterator[tuple[str, str, str]]:
    """System, code and words of each coding; the concept's own text beside them."""
    for concept in objects(value):
        yield "", "", str(concept.get("text", "")).strip()
        for one in objects(concept.get("coding")):
            coding = object_of(one)
            yield tuple(str(coding.get(name, "")).strip() for name in ("system", "code", "display"))  # type: ignore[misc]
