"""Visits, stays and booked times as the contract has them."""

from __future__ import annotations

from uuid import UUID

from samverka.contacts.reads import Timeline, timeline
from samverka.contacts.rules import VisitStatus, Way
from samverka.kernel.actor import Actor
from samverka.rivta.reads.plans import places
from samverka.rivta.rules import Asked, ContactFacts, ContactType, Place

_SORTS = {
    Way.CLINIC: ContactType.VISIT,
    Way.HOME: ContactType.VISIT,
    Way.PHONE: ContactType.PHONE,
}
_STATUS = {
    VisitStatus.PLANNED: "planerad",
    VisitStatus.ARRIVED: "pågående",
    VisitStatus.TRIAGED: "pågående",
    VisitStatus.IN_PROGRESS: "pågående",
    VisitStatus.ON_LEAVE: "pågående",
    VisitStatus.FINISHED: "avklarad",
    VisitStatus.CANCELLED: "annullerad",
    VisitStatus.ENTERED_IN_ERROR: "makulerad",
}


def contacts_of(actor: Actor, *, person_id: UUID, asked: Asked) -> list[ContactFacts]:
    """The person's contacts that the reader may see and has asked for, the latest first."""
    found = timeline(actor.asking("Encounter", "s"), person_id=person_id)
    holders = [
        *(one.unit for one in found.upcoming),
        *(one.unit for one in found.visits),
        *(one.unit for one in found.stays),
    ]
    known = places({one.id for one in holders if one})
    made = _facts(found, known)
    wanted = [
        one
        for one in made
        if asked.of_place(one.place)
        and asked.within(one.starts_at)
        and (not asked.contact_ids or one.id in asked.contact_ids)
    ]
    return sorted(wanted, key=lambda one: one.starts_at, reverse=True)


def _facts(found: Timeline, known: dict[UUID, Place]) -> list[ContactFacts]:
    booked = [
        ContactFacts(str(one.id), _SORTS.get(one.way, ContactType.OTHER), known[one.unit.id],
                     one.starts_at, None, "tidbokad", one.practitioner)
        for one in found.upcoming if one.unit and one.unit.id in known
    ]  # fmt: skip
    visits = [
        ContactFacts(str(one.id), _SORTS.get(one.way, ContactType.OTHER), known[one.unit.id],
                     one.starts_at, one.starts_at, _STATUS[one.status], one.practitioner)
        for one in found.visits if one.unit and one.unit.id in known
    ]  # fmt: skip
    stays = [
        ContactFacts(str(one.id), ContactType.STAY, known[one.unit.id], one.admitted_at,
                     one.discharged_at, _STATUS[one.status])
        for one in found.stays if one.unit and one.unit.id in known
    ]  # fmt: skip
    return [*booked, *visits, *stays]
