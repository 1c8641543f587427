"""What is said of organisations, units and staff: plain values, and how they come from rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samverka.kernel.actor import Branch, Side
from samverka.organisations.models import Assignment, Organisation, Provider, Staff, Unit
from samverka.organisations.rules import SIDE_OF, OrganisationKind, UnitKind


@dataclass(frozen=True, slots=True)
class OrganisationDetail:
    """A huvudman or company."""

    id: UUID
    name: str
    kind: OrganisationKind
    organisation_number: str
    municipality_code: str
    county_code: str


@dataclass(frozen=True, slots=True)
class ProviderDetail:
    """A care provider."""

    id: UUID
    organisation_id: UUID
    name: str
    branch: Branch
    side: Side
    hsa_id: str
    connected: bool


@dataclass(frozen=True, slots=True)
class UnitDetail:
    """A care unit with all that a page shows of it."""

    id: UUID
    name: str
    kind: UnitKind
    town: str
    municipality_code: str
    phone: str
    phone_hours: str
    email: str
    hsa_id: str
    provider_id: UUID
    provider_name: str
    branch: Branch
    side: Side
    organisation_id: UUID
    organisation_name: str
    closed: bool
    successor_id: UUID | None
    provider_hsa_id: str = ""


@dataclass(frozen=True, slots=True)
class StaffDetail:
    """One of the staff."""

    id: UUID
    name: str
    given_name: str
    family_name: str
    hsa_id: str
    account_id: UUID | None


@dataclass(frozen=True, slots=True)
class AssignmentDetail:
    """An assignment to choose at log-in."""

    id: UUID
    staff_id: UUID
    staff_name: str
    account_id: UUID | None
    profession: str
    roles: tuple[str, ...]
    since: datetime
    until: datetime | None
    unit: UnitDetail


def organisation_detail(row: Organisation) -> OrganisationDetail:
    """Row → plain value."""
    return OrganisationDetail(
        id=row.id,
        name=row.name,
        kind=OrganisationKind(row.kind),
        organisation_number=row.organisation_number,
        municipality_code=row.municipality_code,
        county_code=row.county_code,
    )


def provider_detail(row: Provider) -> ProviderDetail:
    """Row → plain value; `organisation` must be selected."""
    return ProviderDetail(
        id=row.id,
        organisation_id=row.organisation_id,
        name=row.name,
        branch=Branch(row.branch),
        side=SIDE_OF[OrganisationKind(row.organisation.kind)],
        hsa_id=row.hsa_id or "",
        connected=row.connected,
    )


def unit_detail(row: Unit) -> UnitDetail:
    """Row → plain value; `provider__organisation` must be selected."""
    provider = row.provider
    return UnitDetail(
        id=row.id,
        name=row.name,
        kind=UnitKind(row.kind),
        town=row.town,
        municipality_code=row.municipality_code,
        phone=row.phone,
        phone_hours=row.phone_hours,
        email=row.email,
        hsa_id=row.hsa_id or "",
        provider_id=provider.id,
        provider_name=provider.name,
        branch=Branch(provider.branch),
        side=SIDE_OF[OrganisationKind(provider.organisation.kind)],
        organisation_id=provider.organisation_id,
        organisation_name=provider.organisation.name,
        closed=row.closed,
        successor_id=row.successor_id,
        provider_hsa_id=provider.hsa_id or "",
    )


def staff_detail(row: Staff) -> StaffDetail:
    """Row → plain value."""
    return StaffDetail(
        id=row.id,
        name=f"{row.given_name} {row.family_name}",
        given_name=row.given_name,
        family_name=row.family_name,
        hsa_id=row.hsa_id or "",
        account_id=row.account_id,
    )


def assignment_detail(row: Assignment) -> AssignmentDetail:
    """Row → plain value; `staff` and `unit__provider__organisation` must be selected."""
    return AssignmentDetail(
        id=row.id,
        staff_id=row.staff_id,
        staff_name=f"{row.staff.given_name} {row.staff.family_name}",
        account_id=row.staff.account_id,
        profession=row.profession,
        roles=tuple(row.roles),
        since=row.since,
        until=row.until,
        unit=unit_detail(row.unit),
    )
