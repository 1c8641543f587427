"""Organization, Location, Practitioner and PractitionerRole: units and staff, about no patient.

They are changed on the pages: who may do what is decided from them.
"""

from __future__ import annotations

from uuid import UUID

from samverka.access.actions import Action
from samverka.config.owned.values import Owned, Standing
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _
from samverka.organisations import fhir, reads
from samverka.organisations.reads import OrganisationDetail, UnitDetail

ROOM = "organisations"
_ON_THE_PAGE = _("Enheter, personal och uppdrag ändras på sina sidor: rättigheter följer av dem.")
_UNKNOWN = _("Sidan finns inte, eller så får du inte se den.")


def read_organization(actor: Actor, key: UUID) -> Standing:
    """A huvudman, a care provider or a unit."""
    one = reads.organisation_of(actor, key=key)
    systems = fhir.hsa_systems(local_date(actor.at))
    if isinstance(one, UnitDetail):
        return Standing(fhir.unit(one, systems), one)
    if isinstance(one, OrganisationDetail):
        return Standing(fhir.organisation(one), one)
    return Standing(fhir.provider(one, systems), one)


def read_location(actor: Actor, key: UUID) -> Standing:
    """Where a unit is."""
    one = reads.organisation_of(actor, key=key)
    if not isinstance(one, UnitDetail):
        raise NotFound(_UNKNOWN)
    return Standing(fhir.location(one), one)


def read_practitioner(actor: Actor, key: UUID) -> Standing:
    """One of the staff."""
    one = reads.staff_member(actor, staff_id=key)
    return Standing(fhir.practitioner(one, fhir.hsa_systems(local_date(actor.at))), one)


def read_role(actor: Actor, key: UUID) -> Standing:
    """What one of the staff does, at which unit."""
    one = reads.assignment(actor, assignment_id=key)
    return Standing(fhir.practitioner_role(one), one)


ORGANISATIONS = (
    Owned(
        kind="Organization",
        what="a huvudman, a care provider or a unit: changed on its page",
        room=ROOM,
        action=Action.ORGANISATION_READ,
        read=read_organization,
        refusal=_ON_THE_PAGE,
    ),
    Owned(
        kind="Location",
        what="where a unit is; it has the unit's id",
        room=ROOM,
        action=Action.ORGANISATION_READ,
        read=read_location,
        refusal=_ON_THE_PAGE,
    ),
    Owned(
        kind="Practitioner",
        what="one of the staff: changed on the unit's page",
        room=ROOM,
        action=Action.ORGANISATION_READ,
        read=read_practitioner,
        refusal=_ON_THE_PAGE,
    ),
    Owned(
        kind="PractitionerRole",
        what="an assignment of one of the staff at a unit; its rights are not told",
        room=ROOM,
        action=Action.ORGANISATION_READ,
        read=read_role,
        refusal=_ON_THE_PAGE,
    ),
)
