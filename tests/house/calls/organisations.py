"""Calls of the room `organisations`."""

from __future__ import annotations

from uuid import uuid4

from samverka.access.roles import Role
from samverka.kernel.actor import Branch
from samverka.organisations import operations as organisations
from samverka.organisations import reads as organisations_reads
from samverka.organisations.rules import OrganisationKind, UnitKind
from tests.house.calls.shape import (
    NOBODY,
    Call,
    administrator,
    system,
)

CALLS: dict[str, Call] = {
    "register_organisation": Call(
        lambda house, actor: organisations.register_organisation(
            actor, name="Bergs kommun", kind=OrganisationKind.MUNICIPALITY
        ),
        NOBODY,
        system,
    ),
    "register_provider": Call(
        lambda house, actor: organisations.register_provider(
            actor,
            organisation_id=house.cast.units["health_centre"].organisation_id,
            name="Folktandvården",
            branch=Branch.HEALTH,
        ),
        NOBODY,
        system,
    ),
    "register_unit": Call(
        lambda house, actor: organisations.register_unit(
            actor,
            provider_id=actor.provider_id or uuid4(),
            name="Vårdlaget",
            kind=UnitKind.MOBILE_TEAM,
        ),
        NOBODY,
        administrator,
    ),
    "edit_unit": Call(
        lambda house, actor: organisations.edit_unit(
            actor,
            unit_id=house.ids["unit_id"],
            name="Krokoms hälsocentral",
            kind=UnitKind.HEALTH_CENTRE,
            town="Krokom",
            phone="",
            phone_hours="",
            email="",
        ),
        NOBODY,
        administrator,
    ),
    "close_unit": Call(
        lambda house, actor: organisations.close_unit(
            actor,
            unit_id=house.ids["unit_id"],
            successor_id=house.cast.units["other_centre"].id,
        ),
        NOBODY,
        administrator,
    ),
    "hire_staff": Call(
        lambda house, actor: organisations.hire_staff(
            actor,
            given_name="Ny",
            family_name="Anställd",
            hsa_id="",
            username="ny",
            password="en lång mening att minnas",
            unit_id=house.ids["unit_id"],
            profession="Sjuksköterska",
            roles=(Role.CARE,),
        ),
        NOBODY,
        administrator,
    ),
    "register_staff": Call(
        lambda house, actor: organisations.register_staff(
            actor, given_name="Ny", family_name="Anställd"
        ),
        NOBODY,
        administrator,
    ),
    "give_assignment": Call(
        lambda house, actor: organisations.give_assignment(
            actor,
            staff_id=house.nurse.staff_id or uuid4(),
            unit_id=house.ids["unit_id"],
            profession="Samordnare",
            roles=(Role.CARE,),
        ),
        NOBODY,
        administrator,
    ),
    "end_assignment": Call(
        lambda house, actor: organisations.end_assignment(
            actor, assignment_id=house.ids["assignment_id"]
        ),
        NOBODY,
        administrator,
    ),
    "reads.list_units": Call(lambda house, actor: organisations_reads.list_units(actor), NOBODY),
    "reads.unit": Call(
        lambda house, actor: organisations_reads.unit(actor, unit_id=house.ids["unit_id"]), NOBODY
    ),
    "reads.unit_page": Call(
        lambda house, actor: organisations_reads.unit_page(actor, unit_id=house.ids["unit_id"]),
        NOBODY,
    ),
    "reads.list_unit_staff": Call(
        lambda house, actor: organisations_reads.list_unit_staff(
            actor, unit_id=house.ids["unit_id"]
        ),
        NOBODY,
    ),
    "reads.organisation_of": Call(
        lambda house, actor: organisations_reads.organisation_of(actor, key=house.ids["unit_id"]),
        NOBODY,
    ),
    "reads.staff_member": Call(
        lambda house, actor: organisations_reads.staff_member(
            actor, staff_id=house.cast.region_nurse.staff_id
        ),
        NOBODY,
    ),
    "reads.assignment": Call(
        lambda house, actor: organisations_reads.assignment(
            actor, assignment_id=house.ids["assignment_id"]
        ),
        NOBODY,
    ),
    "publish_organisations": Call(
        lambda house, actor: organisations.publish_organisations(actor), NOBODY, system
    ),
}
