"""Patient: who a person is. It is no record of a care provider's, so the shelf alone could not show it."""

from __future__ import annotations

from uuid import UUID

from samverka.access.actions import Action
from samverka.config.owned.values import Owned, Standing
from samverka.kernel.actor import Actor
from samverka.kernel.text import text as _
from samverka.people import fhir, reads


def read_patient(actor: Actor, key: UUID) -> Standing:
    """A person as the reader may see: a protected person's places are left out, and often the name."""
    one = reads.person(actor, person_id=key)
    if (
        one.protected and not one.masked
    ):  # more than lies on the shelf, so it has a version of its own
        return Standing(fhir.patient(one), one, f"p{one.version}", one.updated_at)
    return Standing(fhir.patient(one), one)


PERSONS = (
    Owned(
        kind="Patient",
        what="a person, protected places left out; a new one by POST of a record system, as in an import",
        room="people",
        action=Action.PERSON_READ,
        read=read_patient,
        refusal=_("En person ändras på sin sida, eller i det system som har berättat om den."),
    ),
)
