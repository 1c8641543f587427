"""Patient: who a person is. It is no record of a care provider's, so the shelf alone could not show it."""

from __future__ import annotations

from uuid import UUID

from samverka.access.actions import Action
from samverka.config.owned.values import Owned, Standing
from samverka.config.registry import RELATION_OF
from samverka.kernel.actor import Actor, Branch
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.people import fhir, operations, reads
from samverka.people.operations import PersonFacts
from samverka.resources.rules.receiving import Content


def read_patient(actor: Actor, key: UUID) -> Standing:
    """A person as the reader may see: a protected person's places are left out, and often the name."""
    one = reads.person(actor, person_id=key)
    if (
        one.protected and not one.masked
    ):  # more than lies on the shelf, so it has a version of its own
        return Standing(fhir.patient(one), one, f"p{one.version}", one.updated_at)
    return Standing(fhir.patient(one), one)


def register(actor: Actor, sent: Content) -> Standing:
    """A person who seeks the unit, known by number. Who is known already is not written over: what is known is shown.

    Raises:
        Invalid: there is no identity number.
    """
    one = fhir.receive_patient(sent, local_date(actor.at))
    if not one.numbers:
        raise Invalid(one.note or _NO_NUMBER, where="Patient.identifier")
    made = operations.register_person(
        actor,
        number=one.numbers[0],
        facts=PersonFacts(**one.facts),
        relation=RELATION_OF[actor.branch or Branch.HEALTH],
        reason=_("Registrerad av ett anslutet system"),
    )
    was_known = made.updated_at != actor.at
    return Standing(fhir.patient(made), made, taken=("Patient",) if was_known else _IN_ITS_OWN_WAY)


_NO_NUMBER = _(
    "En ny person behöver ett identitetsnummer. Utan nummer skrivs personen in på sidan för personer."
)

_IN_ITS_OWN_WAY = (
    "Patient.identifier", "Patient.name", "Patient.address", "Patient.communication", "Patient.active",
)  # fmt: skip
"""Taken as the register writes them: numbers by their kind, one name, one address."""


PERSONS = (
    Owned(
        kind="Patient",
        what="a person, protected places left out; registered by number, read in, or written on the page",
        room="people",
        action=Action.PERSON_READ,
        read=read_patient,
        create=register,
        refusal=_("Vem en person är ändras på sidan för personer, eller läses in."),
        writes={
            "POST: identifier, name, birthDate, gender, telecom, address, communication": "register_person"
        },
    ),
)
