"""A referral, a contact or a booked time that a record system tells of → the waits of the room `guarantee`.

A wait begins where a referral goes to a unit here of the same care provider. What the guarantee cannot take in is told, and
the referral, the visit or the booking stands all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from samverka.config.stays import units_named
from samverka.contacts.rules import BookingFacts, ReferralFacts, VisitFacts
from samverka.guarantee import fhir, operations
from samverka.kernel.actor import Actor, Branch, Side
from samverka.kernel.problems import Problem
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.organisations.reads import UnitDetail
from samverka.organisations.rules import UnitKind
from samverka.resources.rules.receiving import Received, Taken, object_of, objects

HISTORY = timedelta(days=365)
"""An order that is older when it comes first is history: nobody has waited for it here."""


def hear_referral(actor: Actor, received: Received, taken: Taken, facts: ReferralFacts) -> Taken:
    """Let the unit that a referral goes to begin to count."""
    return _heard(taken, lambda: _referral(actor, received, facts))


def hear_visit(
    actor: Actor, received: Received, taken: Taken, unit_id: UUID, facts: VisitFacts
) -> Taken:
    """Let the waits at the unit hear of a visit or a call."""
    heard = fhir.receive_contact(
        received.content,
        facts,
        source=received.source,
        source_id=received.key,
        of_referral=_based_on(received),
    )
    person = received.person_id
    at = next(_named(received, "serviceProvider"), None)
    where = at.id if at and at.provider_id == received.provider_id else unit_id
    return _heard(
        taken,
        lambda: (
            person and operations.hear_contact(actor, person_id=person, unit_id=where, heard=heard)
        ),
    )


def hear_booking(
    actor: Actor, received: Received, taken: Taken, unit_id: UUID, facts: BookingFacts
) -> Taken:
    """Let the waits at the unit hear of a booked time."""
    heard = fhir.receive_booking(
        facts, source=received.source, source_id=received.key, of_referral=_based_on(received)
    )
    person = received.person_id
    return _heard(
        taken,
        lambda: (
            person
            and operations.hear_booking(actor, person_id=person, unit_id=unit_id, heard=heard)
        ),
    )


def _heard(taken: Taken, step: Callable[[], object]) -> Taken:
    try:
        with transaction.atomic():
            step()
    except Problem as problem:
        words = " ".join(one for one in (problem.message, problem.mend) if one)
        return Taken(room_id=taken.room_id, note=taken.note or _saying(words))
    return taken


def _saying(words: str) -> Text:
    return _("Väntetiden räknas inte: %(words)s", words=words)


def _referral(actor: Actor, received: Received, facts: ReferralFacts) -> None:
    to = _receiver(received)
    if to is None or received.person_id is None:
        return
    known = actor.at - facts.issued_at <= HISTORY
    own = to.id in {one.id for one in _named(received, "requester")}
    if not known or (to.kind is UnitKind.HEALTH_CENTRE and not own):
        return  # a first visit is one in specialised care (HSF 6:1 p. 3)
    heard = fhir.receive_referral(
        received.content, facts, source=received.source, source_id=received.key, own=own
    )
    operations.hear_referral(actor, person_id=received.person_id, unit_id=to.id, heard=heard)


def _receiver(received: Received) -> UnitDetail | None:
    """The unit here that the referral goes to: health care that the region answers for."""
    for number, _one in enumerate(objects(received.content.get("performer"))):
        for unit in _named(received, f"performer[{number}]"):
            of_region = unit.side in (Side.REGION, Side.PRIVATE) and unit.branch is Branch.HEALTH
            if of_region and unit.provider_id == received.provider_id:
                return unit
    return None


def _named(received: Received, path: str) -> Iterator[UnitDetail]:
    name, _sep, number = path.rstrip("]").partition("[")
    found = list(objects(received.content.get(name)))
    reference = object_of(found[int(number or 0)]) if found else {}
    for unit, _hsa_id in units_named(received, path, reference):
        if unit is not None:
            yield unit


def _based_on(received: Received) -> str:
    """Name in the source of the referral that a visit or a booking follows."""
    for number, one in enumerate(objects(received.content.get("basedOn"))):
        link = received.link(f"basedOn[{number}]")
        key = link.key if link else str(one.get("reference", ""))
        if key.startswith("ServiceRequest/"):
            return key
    return ""
