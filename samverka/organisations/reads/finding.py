"""Fetches of units and assignments, by county, name and account; and the actor that a log-in becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Left

from samverka.access.act import act, permits
from samverka.access.actions import Action
from samverka.access.roles import permissions_of
from samverka.kernel.actor import Actor, ActorKind, Branch, Purpose, Side
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _
from samverka.organisations.models import Assignment, Organisation, Provider, Staff, Unit
from samverka.organisations.reads.values import (
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
)
from samverka.organisations.rules import COUNTY_DIGITS, SIDE_OF, OrganisationKind, UnitKind


def own_organisation(provider_id: UUID | None) -> OrganisationDetail | None:
    """The organisation that a care provider is a branch of. One query."""
    row = Organisation.objects.filter(provider__id=provider_id).first() if provider_id else None
    return organisation_detail(row) if row else None


def organisations_of_county(county_code: str) -> list[OrganisationDetail]:
    """A county's region and municipalities, the region first; names are not secret. One query."""
    kinds = [OrganisationKind.REGION, OrganisationKind.MUNICIPALITY]
    found = Organisation.objects.filter(county_code=county_code, kind__in=kinds)
    rows = sorted(found, key=lambda row: (row.kind != OrganisationKind.REGION, row.name))
    return [organisation_detail(row) for row in rows]


def organisations_in(counties: set[str]) -> list[OrganisationDetail]:
    """Every organisation of some counties, of whatever kind, by name. One query."""
    found = Organisation.objects.filter(county_code__in=counties)
    return [organisation_detail(row) for row in found.order_by("name")]


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where one of the staff of an organisation gets letters from the house."""

    organisation_id: UUID
    account_id: UUID
    email: str
    language: str
    roles: tuple[str, ...]


def mailboxes(organisation_ids: set[UUID], at: datetime) -> list[Mailbox]:
    """Those of the organisations' staff who have a log-in with an address. One query."""
    owner = "unit__provider__organisation_id"
    rows = Assignment.objects.current(at).filter(
        **{f"{owner}__in": organisation_ids}, staff__account__is_active=True
    )
    rows = rows.exclude(staff__account__email="").order_by("staff_id", "unit_id")
    found = rows.values_list(
        owner, "staff__account_id", "staff__account__email", "staff__account__language", "roles"
    )
    return [
        Mailbox(organisation, account, email, language, tuple(roles))
        for organisation, account, email, language, roles in found
    ]


def _units() -> QuerySet[Any]:
    return Unit.objects.select_related("provider__organisation").filter(closed=False)


def unit_names(ids: set[UUID]) -> dict[UUID, UnitDetail]:
    """Units by id, for showing whose a record is; names of units are not secret. One query."""
    return {row.id: unit_detail(row) for row in _units_all().filter(id__in=ids)}


def units_after(ids: set[UUID]) -> dict[UUID, UnitDetail]:
    """Units by id, and those that have taken over from the closed among them, however many times."""
    found = unit_names(ids)
    while missing := {
        one.successor_id
        for one in found.values()
        if one.successor_id and one.successor_id not in found
    }:
        found |= unit_names(missing)
    return found


def units_of_county(county_code: str) -> list[UnitDetail]:
    """The open units of a county, by name; names of units are not secret. One query."""
    found = _units().annotate(county=_COUNTY).filter(county=county_code)
    return [unit_detail(row) for row in found.order_by("name")]


_COUNTY = Case(
    When(municipality_code="", then=F("provider__organisation__county_code")),
    default=Left("municipality_code", COUNTY_DIGITS),
)
"""The county where a unit lies: that of its town, or of its organisation if nobody has told the town."""


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """Where a unit lies, and for a municipality's own which municipality it is; empty if nobody has told."""

    county_code: str
    municipality_code: str


def unit_place(unit_id: UUID) -> UnitPlace:
    """Codes of the county where a unit lies and of the municipality that it belongs to. One query."""
    told = "provider__organisation__municipality_code"
    row = Unit.objects.filter(id=unit_id).annotate(county=_COUNTY)
    county, municipality, town = row.values_list("county", told, "municipality_code").first() or (
        "",
        "",
        "",
    )
    return UnitPlace(county, municipality or town)


def units_around(unit_id: UUID) -> tuple[UnitPlace, list[UnitDetail]]:
    """Where a unit lies, and the open units of the same county, by name. One query."""
    own = Unit.objects.filter(id=unit_id).annotate(county=_COUNTY).values("county")
    rows = list(_units().annotate(county=_COUNTY).filter(county=Subquery(own)).order_by("name"))
    here = next((row for row in rows if row.id == unit_id), None)
    if here is None:  # closed, or not there
        return unit_place(unit_id), [unit_detail(row) for row in rows]
    told = here.provider.organisation.municipality_code or here.municipality_code
    return UnitPlace(here.county, told), [unit_detail(row) for row in rows]


def municipality_names() -> dict[str, str]:
    """What the municipalities that are known here are called, by their codes. One query."""
    found = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY).exclude(
        municipality_code=""
    )
    return dict(found.order_by("name").values_list("municipality_code", "name"))


def municipality_name(code: str) -> Subquery:
    """What the municipality of a row's code is called, in the row's own query.

    Args:
        code: the row's field that holds the code.
    """
    found = Organisation.objects.filter(
        kind=OrganisationKind.MUNICIPALITY, municipality_code=OuterRef(code)
    ).exclude(municipality_code="")
    return Subquery(found.order_by("name").values("name")[:1])


def provider_names(ids: set[UUID]) -> dict[UUID, ProviderDetail]:
    """Care providers by id; their names are not secret. One query."""
    found = Provider.objects.select_related("organisation").filter(id__in=ids)
    return {row.id: provider_detail(row) for row in found}


def reading_providers() -> list[ProviderDetail]:
    """Those that a person can let read by SVOD: connected, and never IFO (SVOD 1:1); by name."""
    found = Provider.objects.select_related("organisation").filter(connected=True)
    found = found.exclude(branch=Branch.IFO).order_by("organisation__name", "name")
    return [provider_detail(row) for row in found]


def staff_of_units(ids: set[UUID], at: datetime) -> list[AssignmentDetail]:
    """Those who work at any of the units at the time, by unit and name. One query."""
    found = _assignments(at).filter(unit_id__in=ids, staff__account__isnull=False)
    return [assignment_detail(row) for row in found.order_by("unit__name", "staff__family_name")]


def unit_with_hsa_id(hsa_id: str) -> UnitDetail | None:
    """The unit of that name in the national catalogue; names of units are not secret. One query."""
    row = _units_all().filter(hsa_id__iexact=hsa_id).first() if hsa_id else None
    return unit_detail(row) if row else None


def staff_with_hsa_id(hsa_id: str) -> StaffDetail | None:
    """The one of the staff with that HSA-id."""
    row = Staff.objects.filter(hsa_id__iexact=hsa_id).first() if hsa_id else None
    return staff_detail(row) if row else None


def organisations_by_unit(ids: set[UUID]) -> dict[UUID, OrganisationDetail]:
    """The huvudman of each unit. One query."""
    rows = Unit.objects.select_related("provider__organisation").filter(id__in=ids)
    return {row.id: organisation_detail(row.provider.organisation) for row in rows}


def staff_hsa_ids(accounts: set[UUID]) -> dict[UUID, str]:
    """The HSA-ids of those of the staff who have them, by log-in. One query."""
    found = Staff.objects.filter(account_id__in=accounts).exclude(hsa_id=None)
    return dict(found.values_list("account_id", "hsa_id"))


def _units_all() -> QuerySet[Any]:
    return Unit.objects.select_related("provider__organisation")


def list_units(
    actor: Actor, *, side: Side | None = None, kinds: frozenset[UnitKind] = frozenset()
) -> list[UnitDetail]:
    """The county's open units, by name; for choosing an owner or a party."""
    with act(actor, Action.ORGANISATION_READ) as this:
        this.require_permission()
        found = _units().order_by("name")
        if kinds:
            found = found.filter(kind__in=kinds)
        units = [unit_detail(row) for row in found]
        this.note_general("Unit")
        return [unit for unit in units if side in (None, unit.side)]


def unit(actor: Actor, *, unit_id: UUID) -> UnitDetail:
    """One unit."""
    with act(actor, Action.ORGANISATION_READ) as this:
        this.require_permission()
        row = _units_all().filter(id=unit_id).first()
        if row is None:
            raise NotFound(_("Enheten finns inte."))
        this.note_general("Unit", id=str(unit_id))
        return unit_detail(row)


def list_unit_staff(actor: Actor, *, unit_id: UUID) -> list[AssignmentDetail]:
    """Those who work at a unit now, by name."""
    with act(actor, Action.ORGANISATION_READ) as this:
        this.require_permission()
        found = _assignments(actor.at).filter(unit_id=unit_id)
        this.note_general("Assignment")
        return [assignment_detail(row) for row in found.order_by("staff__family_name")]


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit with those who work there. `may_edit`: it is of the own organisation, and the role may."""

    unit: UnitDetail
    staff: tuple[AssignmentDetail, ...]
    may_edit: bool


def unit_page(actor: Actor, *, unit_id: UUID) -> UnitPage:
    """One unit with its staff, and whether the reader may change it."""
    with act(actor, Action.ORGANISATION_READ) as this:
        this.unchanged()  # each of the reads inside writes its own line
        found = unit(actor, unit_id=unit_id)
        staff = list_unit_staff(actor, unit_id=unit_id)
        own = Provider.objects.filter(
            Q(id=actor.provider_id), organisation_id=found.organisation_id
        ).exists()
        may = permits(actor, Action.ORGANISATION_EDIT) and (own or not actor.is_staff)
        return UnitPage(found, tuple(staff), may)


def works_there(at: datetime, *, staff: str, unit: str) -> Exists:
    """For another room's fetch: whether one still works at a unit, by the names of the row's fields."""
    return Exists(
        Assignment.objects.current(at).filter(staff_id=OuterRef(staff), unit_id=OuterRef(unit))
    )


def _assignments(at: datetime) -> QuerySet[Any]:
    return Assignment.objects.current(at).select_related("staff", "unit__provider__organisation")


def assignments_of(account_id: UUID, at: datetime) -> list[AssignmentDetail]:
    """The assignments that a log-in may choose among now; called by the door before there is an actor."""
    found = _assignments(at).filter(staff__account_id=account_id, unit__closed=False)
    return [assignment_detail(row) for row in found.order_by("unit__name", "profession")]


def actor_for(
    account_id: UUID, assignment_id: UUID, *, at: datetime, request_id: str
) -> Actor | None:
    """The actor that a log-in is under a chosen assignment; None if it has ended since."""
    found = _assignments(at).filter(id=assignment_id, staff__account_id=account_id).first()
    return staff_actor(assignment_detail(found), account_id, at, request_id) if found else None


def placed(unit: UnitDetail) -> dict[str, Any]:
    """Where one acts, as the actor and the trail say it."""
    return {
        "unit_id": unit.id,
        "unit_name": unit.name,
        "provider_id": unit.provider_id,
        "provider_name": unit.provider_name,
        "branch": unit.branch,
    }


def staff_actor(
    assignment: AssignmentDetail, account_id: UUID, at: datetime, request_id: str = ""
) -> Actor:
    """Assignment → actor."""
    unit = assignment.unit
    health = unit.branch in (Branch.HEALTH, Branch.SCHOOL_HEALTH)
    return Actor(
        kind=ActorKind.STAFF,
        id=account_id,
        name=assignment.staff_name,
        at=at,
        side=unit.side,
        staff_id=assignment.staff_id,
        assignment_id=assignment.id,
        **placed(unit),
        profession=assignment.profession,
        permissions=permissions_of(assignment.roles),
        purpose=Purpose.TREAT if health else Purpose.COORDINATION,
        request_id=request_id,
    )


@dataclass(frozen=True, slots=True)
class ExportedUnit:
    """A unit as the warehouse must know it: HSA-id, whose, what sort, and where."""

    hsa_id: str
    side: Side
    kind: UnitKind
    county: str


def exported_units() -> dict[UUID, ExportedUnit]:
    """Every unit, open or closed; units are not secret. One query."""
    owner = "provider__organisation__"
    rows = Unit.objects.values_list(
        "id", "hsa_id", f"{owner}kind", "kind", "municipality_code", f"{owner}county_code"
    )
    return {
        unit: ExportedUnit(
            hsa_id or "",
            SIDE_OF[OrganisationKind(of)],
            UnitKind(kind),
            town[:COUNTY_DIGITS] or county,
        )
        for unit, hsa_id, of, kind, town, county in rows
    }
