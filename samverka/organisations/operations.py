"""Every change of organisations, care providers, units, staff and assignments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.operations import open_account
from samverka.access.roles import Role
from samverka.kernel.actor import Actor, Branch
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.kernel.text import text as _
from samverka.organisations import fhir
from samverka.organisations.models import Assignment, Organisation, Provider, Staff, Unit
from samverka.organisations.reads import (
    AssignmentDetail,
    OrganisationDetail,
    ProviderDetail,
    StaffDetail,
    UnitDetail,
    assignment_detail,
    organisation_detail,
    provider_detail,
    staff_detail,
    unit_detail,
    units_after,
)
from samverka.organisations.rules import OrganisationKind, UnitKind, check_successor


def _own_provider(actor: Actor, provider_id: UUID) -> None:
    """An administrator keeps the own organisation's units and staff, no one else's."""
    if not actor.is_staff or provider_id == actor.provider_id:
        return
    owner = Provider.objects.filter(id=provider_id).values("organisation_id")
    own = Provider.objects.filter(organisation_id__in=owner).values_list("id", flat=True)
    if actor.provider_id not in own:
        raise NotAllowed(_("Du kan bara ändra i din egen organisation."))


def _own_unit(actor: Actor, unit_id: UUID) -> None:
    provider = Unit.objects.filter(id=unit_id).values_list("provider_id", flat=True).first()
    if provider is None:
        raise NotFound(_("Enheten finns inte."))
    _own_provider(actor, provider)


def register_organisation(
    actor: Actor,
    *,
    name: str,
    kind: OrganisationKind,
    organisation_number: str = "",
    municipality_code: str = "",
    county_code: str = "",
) -> OrganisationDetail:
    """Add a region, a municipality or a company. The same name again changes nothing."""
    with act(actor, Action.ORGANISATION_EDIT) as this:
        this.require_permission()
        if actor.is_staff:
            raise NotAllowed(_("Nya organisationer läggs in av den som driver systemet."))
        row, _made = Organisation.objects.get_or_create(
            name=name,
            defaults={
                "kind": kind,
                "organisation_number": organisation_number,
                "municipality_code": municipality_code,
                "county_code": county_code,
            },
        )
        this.note_general("Organisation", id=str(row.id))
        _publish(this, row)
        return organisation_detail(row)


def register_provider(
    actor: Actor,
    *,
    organisation_id: UUID,
    name: str,
    branch: Branch,
    hsa_id: str = "",
    connected: bool = True,
) -> ProviderDetail:
    """Add a care provider to an organisation. `connected`: takes part in SVOD."""
    with act(actor, Action.ORGANISATION_EDIT) as this:
        this.require_permission()
        if actor.is_staff:
            raise NotAllowed(_("Nya vårdgivare läggs in av den som driver systemet."))
        row, _made = Provider.objects.select_related("organisation").get_or_create(
            name=name,
            defaults={
                "organisation_id": organisation_id,
                "branch": branch,
                "hsa_id": hsa_id or None,
                "connected": connected,
            },
        )
        this.note_general("Provider", id=str(row.id))
        _publish(this, row)
        return provider_detail(row)


def register_unit(
    actor: Actor,
    *,
    provider_id: UUID,
    name: str,
    kind: UnitKind,
    hsa_id: str = "",
    municipality_code: str = "",
    town: str = "",
    phone: str = "",
    phone_hours: str = "",
    email: str = "",
) -> UnitDetail:
    """Add a care unit to a care provider, or bring its facts up to date."""
    with act(actor, Action.ORGANISATION_EDIT) as this:
        this.require_permission()
        _own_provider(actor, provider_id)
        row, _made = Unit.objects.update_or_create(
            provider_id=provider_id,
            name=name,
            defaults={
                "kind": kind,
                "hsa_id": hsa_id or None,
                "municipality_code": municipality_code,
                "town": town,
                "phone": phone,
                "phone_hours": phone_hours,
                "email": email,
            },
        )
        this.note_general("Unit", id=str(row.id))
        _publish(this, row)
        return unit_detail(row)


def edit_unit(
    actor: Actor,
    *,
    unit_id: UUID,
    name: str,
    kind: UnitKind,
    town: str,
    phone: str,
    phone_hours: str,
    email: str,
) -> UnitDetail:
    """Change a unit's facts: name, kind, town, phone."""
    with act(actor, Action.ORGANISATION_EDIT) as this:
        this.require_permission()
        _own_unit(actor, unit_id)
        row = Unit.objects.select_related("provider__organisation").get(id=unit_id)
        row.name, row.kind, row.town = name, kind, town
        row.phone, row.phone_hours, row.email = phone, phone_hours, email
        row.save()
        this.note_general("Unit", id=str(row.id))
        _publish(this, row)
        return unit_detail(row)


def close_unit(actor: Actor, *, unit_id: UUID, successor_id: UUID | None = None) -> UnitDetail:
    """Close a unit, and say who takes over. Messages to the closed one go there from now on."""
    with act(actor, Action.ORGANISATION_EDIT) as this:
        this.require_permission()
        _own_unit(actor, unit_id)
        found = Unit.objects.select_related("provider__organisation").select_for_update(
            of=("self",)
        )
        row = found.get(id=unit_id)
        if successor_id is not None:
            after = units_after({successor_id})
            if successor_id not in after or after[successor_id].closed:
                raise Invalid(_("Välj en enhet som är öppen."), where="successor")
            check_successor(unit_id, after)
        row.closed, row.successor_id = True, successor_id
        row.save()
        this.note_general("Unit", id=str(row.id), closed=True)
        _publish(this, row)
        return unit_detail(row)


def hire_staff(
    actor: Actor,
    *,
    given_name: str,
    family_name: str,
    hsa_id: str,
    username: str,
    password: str,
    unit_id: UUID,
    profession: str,
    roles: tuple[Role, ...],
) -> AssignmentDetail:
    """Add one of the staff with a log-in and a first assignment, all or nothing."""
    with act(actor, Action.ORGANISATION_EDIT) as this:
        this.require_permission()
        _own_unit(actor, unit_id)
        account = open_account(
            actor,
            username=username,
            name=f"{given_name} {family_name}",
            password=password,
            only_new=True,
        )
        staff = register_staff(
            actor,
            given_name=given_name,
            family_name=family_name,
            hsa_id=hsa_id,
            account_id=account,
        )
        this.note_general("Staff", id=str(staff.id))
        return give_assignment(
            actor, staff_id=staff.id, unit_id=unit_id, profession=profession, roles=roles
        )


def register_staff(
    actor: Actor,
    *,
    given_name: str,
    family_name: str,
    hsa_id: str = "",
    account_id: UUID | None = None,
) -> StaffDetail:
    """Add one of the staff. A known HSA-id again changes nothing but the log-in."""
    with act(actor, Action.ORGANISATION_EDIT) as this:
        this.require_permission()
        row = _known_staff(hsa_id) or Staff(hsa_id=hsa_id or None)
        row.given_name, row.family_name = given_name, family_name
        row.account_id = account_id or row.account_id
        row.save()
        this.note_general("Staff", id=str(row.id))
        _publish(this, row)
        return staff_detail(row)


def _known_staff(hsa_id: str) -> Staff | None:
    if not hsa_id:
        return None
    found: Staff | None = Staff.objects.filter(hsa_id__iexact=hsa_id).first()
    return found


def give_assignment(
    actor: Actor,
    *,
    staff_id: UUID,
    unit_id: UUID,
    profession: str,
    roles: tuple[Role, ...],
    until: datetime | None = None,
) -> AssignmentDetail:
    """Give one of the staff an assignment at a unit, with its roles."""
    with act(actor, Action.ORGANISATION_EDIT) as this:
        this.require_permission()
        _own_unit(actor, unit_id)
        if not roles:
            raise Invalid(_("Välj minst en roll för uppdraget."), where="roles")
        row, _made = Assignment.objects.update_or_create(
            staff_id=staff_id,
            unit_id=unit_id,
            profession=profession,
            until=None,
            defaults={"roles": [str(role) for role in roles]},
            create_defaults={
                "roles": [str(role) for role in roles],
                "since": actor.at,
                "until": until,
            },
        )
        this.note_general("Assignment", id=str(row.id), roles=sorted(roles))
        full = _full(row.id)
        _publish(this, full)
        return assignment_detail(full)


def end_assignment(actor: Actor, *, assignment_id: UUID) -> AssignmentDetail:
    """End an assignment: its rights are gone at the next request."""
    with act(actor, Action.ORGANISATION_EDIT) as this:
        this.require_permission()
        row = Assignment.objects.filter(id=assignment_id).first()
        if row is None:
            raise NotFound(_("Uppdraget finns inte."))
        _own_unit(actor, row.unit_id)
        if row.until is not None and row.until <= actor.at:
            raise NotNow(_("Uppdraget är redan avslutat."))
        row.until = actor.at
        row.save(update_fields=["until"])
        this.note_general("Assignment", id=str(row.id), ended=True)
        full = _full(row.id)
        _publish(this, full)
        return assignment_detail(full)


def _full(assignment_id: UUID) -> Assignment:
    found: Assignment = Assignment.objects.select_related(
        "staff", "unit__provider__organisation"
    ).get(id=assignment_id)
    return found


# ── the R4 forms ──

_AT_A_TIME = 500
"""Rows in one transaction when everything is published again."""


def publish_organisations(actor: Actor) -> int:
    """Put everything of the organisation on the shelf again, as it stands now; returns how many rows."""
    rows = _everything()
    count = 0
    while chunk := list(islice(rows, _AT_A_TIME)):
        with act(actor, Action.ORGANISATION_EDIT) as this:
            this.require_system()
            this.publish_all([(form, row) for row in chunk for form in _forms(this, row)])
            this.note_general("Organisation", published=len(chunk))
        count += len(chunk)
    return count


def _everything() -> Iterator[Any]:
    yield from Organisation.objects.order_by("id")
    yield from Provider.objects.select_related("organisation").order_by("id")
    yield from Unit.objects.select_related("provider__organisation").order_by("id")
    yield from Staff.objects.order_by("id")
    yield from Assignment.objects.select_related("staff", "unit__provider__organisation").order_by(
        "id"
    )


def _publish(this: Act, row: Any) -> None:
    this.publish_all([(form, row) for form in _forms(this, row)])


def _forms(this: Act, row: Any) -> list[dict[str, Any]]:
    """The R4 form of a row; a unit has two, itself and its place."""
    systems = fhir.hsa_systems(local_date(this.actor.at))
    if isinstance(row, Organisation):
        return [fhir.organisation(organisation_detail(row))]
    if isinstance(row, Provider):
        return [fhir.provider(provider_detail(row), systems)]
    if isinstance(row, Unit):
        return [fhir.unit(unit_detail(row), systems), fhir.location(unit_detail(row))]
    if isinstance(row, Staff):
        return [fhir.practitioner(staff_detail(row), systems)]
    return [fhir.practitioner_role(assignment_detail(row))]
