"""Who receives which FHIR type from the shelf: the one place where rooms and resource types meet.

Each receiver asks the room's `fhir.py` for plain values and gives them to the room's operation. What
is not named here is kept on the shelf, word for word, and shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from samverka.access.rules import RelationKind
from samverka.careplans import fhir as careplans_fhir
from samverka.careplans import operations as careplans
from samverka.careplans.rules import EventKind
from samverka.config.stays import hear_stay, hsa_id_of
from samverka.config.waits import hear_booking, hear_referral, hear_visit
from samverka.contacts import fhir as contacts_fhir
from samverka.contacts import operations as contacts
from samverka.contacts.rules import PromiseFacts, StayFacts
from samverka.kernel.actor import Actor, Branch
from samverka.kernel.calendar import local
from samverka.kernel.identity import IdentityNumber, identity_from_system
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.organisations import operations as organisations
from samverka.organisations import reads as organisation_reads
from samverka.people import fhir as people_fhir
from samverka.people import operations as people
from samverka.people import reads as people_reads
from samverka.people.operations import PersonFacts
from samverka.resources.rules.receiving import Content, Number, Received, Registry, Taken

# ── persons ──

RELATION_OF = {
    Branch.HEALTH: RelationKind.CARE,
    Branch.SCHOOL_HEALTH: RelationKind.SCHOOL,
    Branch.SOCIAL: RelationKind.SOCIAL_SERVICE,
    Branch.IFO: RelationKind.SOCIAL_SERVICE,
}
"""The unit whose record is read in has to do with the person."""


def receive_patient(actor: Actor, received: Received) -> Taken:
    """Patient → person, known by number; without a number, by its name in the source alone."""
    today = local(actor.at).date()
    patient = people_fhir.receive_patient(received.content, today)
    former = received.former and people_fhir.receive_patient(received.former, today)
    person = people.receive_person(
        actor,
        numbers=patient.numbers,
        facts=PersonFacts(**patient.facts),
        former=PersonFacts(**former.facts) if former else None,
        person_id=received.room_id,
        relation=RELATION_OF[Branch(received.branch)] if actor.unit_id else None,
        reason=_("Import från %(source)s", source=received.source),
    )
    return Taken(room_id=person.id, person_id=person.id, note=patient.note)


def receive_related_person(actor: Actor, received: Received) -> Taken:
    """RelatedPerson → a relative of the person."""
    relative = people_fhir.receive_related_person(received.content)
    if relative is None or received.person_id is None:
        return Taken(kept=_("Den närstående saknar namn eller gäller inte längre."))
    person = people_reads.person(actor, person_id=received.person_id)
    known = {one.id: one for one in person.relatives}
    if received.room_id in known:
        people.remove_relative(actor, relative_id=received.room_id)
    elif same := next((one for one in known.values() if one.name == relative.name), None):
        return Taken(room_id=same.id)
    made = people.note_relative(
        actor,
        person_id=person.id,
        name=relative.name,
        kind=relative.kind,
        phone=relative.phone,
        first_contact=relative.first_contact,
    )
    new = {one.id for one in made.relatives} - known.keys()
    return Taken(room_id=next(iter(new), None))


def persons_by_number(actor: Actor, numbers: Sequence[Number]) -> Mapping[Number, UUID]:
    """Persons here whom a source names by identity number only."""
    today = local(actor.at).date()
    read = {number: _identity(number, today) for number in numbers}
    wanted = [identity for identity in read.values() if identity is not None]
    known = people_reads.known_persons(actor, numbers=wanted) if wanted else {}
    return {
        number: known[identity]
        for number, identity in read.items()
        if identity and identity in known
    }


def _identity(number: Number, today: date) -> IdentityNumber | None:
    try:
        return identity_from_system(*number, today=today)
    except Invalid:
        return None


# ── organisations ──


def receive_organization(_actor: Actor, received: Received) -> Taken:
    """Organization → the unit with its HSA-id. An import makes no units: the gate leans on them."""
    unit = organisation_reads.unit_with_hsa_id(hsa_id_of(received.content))
    if unit is None:
        return Taken(kept=_("Ingen enhet här har den organisationens HSA-id."))
    return Taken(room_id=unit.id)


def receive_practitioner(actor: Actor, received: Received) -> Taken:
    """Practitioner → one of the staff, by HSA-id. Rights come with an assignment, never by import."""
    hsa_id = hsa_id_of(received.content)
    if not hsa_id:
        return Taken(kept=_("Personalen saknar HSA-id."))
    staff = organisation_reads.staff_with_hsa_id(hsa_id) or _new_staff(actor, received, hsa_id)
    return Taken(room_id=staff.id)


def _new_staff(actor: Actor, received: Received, hsa_id: str) -> organisation_reads.StaffDetail:
    name = people_fhir.receive_patient(received.content, local(actor.at).date()).facts
    return organisations.register_staff(
        actor, given_name=name["given_name"], family_name=name["family_name"], hsa_id=hsa_id
    )


# ── times, visits, stays, referrals ──


def _place(received: Received, *paths: str) -> dict[str, Any]:
    """The unit that the resource names if it is of the same care provider, else the importing one."""
    links = [link for path in paths if (link := received.link(path)) and link.room_id]
    named = organisation_reads.unit_names({link.room_id for link in links if link.room_id})
    own = [unit.id for unit in named.values() if unit.provider_id == received.provider_id]
    if received.person_id is None:
        raise Invalid(_("Resursen säger inte vilken person den rör."))
    return {
        "person_id": received.person_id,
        "unit_id": own[0] if own else received.unit_id,
        "source": received.source,
        "source_id": received.key,
    }


_NO_TIME = _("Ingen tid anges, så den visas inte bland tider och besök.")


def receive_appointment(actor: Actor, received: Received) -> Taken:
    """Appointment → a booked time, or a promised one; a wait hears of the time that is booked."""
    facts = contacts_fhir.receive_appointment(received.content)
    if facts is None:
        return Taken(room_id=received.room_id, kept=_NO_TIME)
    if isinstance(facts, PromiseFacts):
        return Taken(room_id=contacts.receive_promise(actor, facts=facts, **_place(received)).id)
    place = _place(received)
    made = contacts.receive_booking(actor, facts=facts, **place)
    if received.room_id and received.room_id != made.id:  # it was a promise until now
        contacts.link_promise(actor, promise_id=received.room_id, booking_id=made.id)
    return hear_booking(actor, received, Taken(room_id=made.id), place["unit_id"], facts)


def receive_encounter(actor: Actor, received: Received) -> Taken:
    """Encounter → a visit, or a stay if the person is admitted; told to its case, and to the waits."""
    facts = contacts_fhir.receive_encounter(received.content)
    if facts is None:
        return hear_stay(actor, received, received.room_id, unheard=_NO_TIME)
    place = _place(received, "serviceProvider")
    if isinstance(facts, StayFacts):
        made = contacts.receive_stay(actor, facts=facts, **place)
        _tell_of_stay(actor, place["unit_id"], facts, made.person_id)
        return hear_stay(actor, received, made.id)
    taken = Taken(room_id=contacts.receive_visit(actor, facts=facts, **place).id)
    return hear_visit(actor, received, taken, place["unit_id"], facts)


_NEWS = timedelta(days=7)
"""A stay that ended longer ago is history, not something to act on."""


def _tell_of_stay(actor: Actor, unit_id: UUID, facts: StayFacts, person_id: UUID) -> None:
    """A stay puts the person's plans on a worklist, and someone must be fast vårdkontakt (LUS 2:5)."""
    unit = organisation_reads.unit_names({unit_id}).get(unit_id)
    ended = facts.discharged_at
    if unit is None or (ended is not None and actor.at - ended > _NEWS):
        return
    moment, event = (
        (ended, EventKind.DISCHARGED) if ended else (facts.admitted_at, EventKind.ADMITTED)
    )
    careplans.note_event(
        actor,
        person_id=person_id,
        event=event,
        on=local(moment).date(),
        provider_id=unit.provider_id,
        unit_id=unit.id,
    )


def receive_service_request(actor: Actor, received: Received) -> Taken:
    """ServiceRequest → a referral, if it is an order; the unit that it goes to begins to count."""
    facts = contacts_fhir.receive_service_request(received.content)
    if facts is None:
        kept = _("Bara en beställning med datum blir en remiss.")
        return Taken(room_id=received.room_id, kept=kept)
    made = contacts.receive_referral(actor, facts=facts, **_place(received, "requester"))
    return hear_referral(actor, received, Taken(room_id=made.id), facts)


# ── plans ──


@dataclass(frozen=True, slots=True)
class _Links:
    """The shelf's references as the room `careplans` asks for them."""

    received: Received

    def resource(self, reference: str) -> Content | None:
        """What a reference points at."""
        return self.received.read(reference)


def receive_careplan(actor: Actor, received: Received) -> Taken:
    """CarePlan with its goals and team → a plan that is kept elsewhere."""
    plan = careplans_fhir.receive_careplan(received.content, _Links(received))
    if plan is None or received.person_id is None:
        return Taken(kept=_("Planen är makulerad eller har ingen status."))
    made = careplans.receive_plan(
        actor,
        person_id=received.person_id,
        received=replace(plan, source_id=received.key),
        source=received.source,
        unit_id=received.unit_id,
    )
    return Taken(room_id=made.id)


REGISTRY = Registry(
    receivers={
        "Organization": receive_organization,
        "Practitioner": receive_practitioner,
        "Patient": receive_patient,
        "RelatedPerson": receive_related_person,
        "Encounter": receive_encounter,
        "Appointment": receive_appointment,
        "ServiceRequest": receive_service_request,
        "CarePlan": receive_careplan,
    },
    persons=persons_by_number,
    wholes=frozenset({"CarePlan"}),
    parts=frozenset({"Goal", "CareTeam", "Practitioner", "Organization", "ServiceRequest"}),
)
"""What is received. Owned types (CarePlan, Goal, CareTeam, Appointment … of our own) are published by
their rooms in the act that changes them, under the source `samverka`."""
