"""Patient: who a person is. It is no record of a care provider's, so the shelf alone could not show it."""

from __future__ import annotations

from uuid import UUID

from samverka.access.actions import Action
from samverka.config.owned.values import Owned, Standing
from samverka.kernel.actor import Actor
from samverka.people import fhir, reads


def read_patient(actor: Actor, key: UUID) -> Standing:
    """A person as the reader may see: a protected person's places are left out."""
    one = reads.person(actor, person_id=key)
    return Standing(fhir.patient(one), one)


PERSONS = (
    Owned(
        kind="Patient",
        what="a person, protected places left out; read in, or registered on the page",
        room="people",
        action=Action.PERSON_READ,
        read=read_patient,
    ),
)
