"""Organisations, care providers, units and staff → FHIR R4 after HL7 Sweden's base profiles 1.1.0.

An Organization is a huvudman, a care provider (its `partOf` is the huvudman) or a unit (its `partOf` is the
care provider); a unit's place is a Location of the same id. An assignment is a PractitionerRole. None of it is
about a patient. Which code the HSA-id is written with the county decides (`fhir.hsa-system`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from samverka.access.county import county_value
from samverka.kernel.identity import IdentityKind
from samverka.kernel.identity.kinds import SYSTEMS
from samverka.kernel.parameters import Key
from samverka.organisations.reads import (
    AssignmentDetail,
    OrganisationDetail,
    ProviderDetail,
    StaffDetail,
    UnitDetail,
)
from samverka.organisations.rules import UNIT_WORDS, OrganisationKind

_BASE = "http://hl7.se/fhir/ig/base/StructureDefinition"
_NUMBER_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0203"
_ORGANISATION_TYPE = "http://terminology.hl7.org/CodeSystem/organization-type"
_HSA = SYSTEMS[IdentityKind.HSA_ID]
_HSA_SYSTEMS = {
    1: (_HSA.system,),
    2: (f"urn:oid:{_HSA.oid}",),
    3: (_HSA.system, f"urn:oid:{_HSA.oid}"),
}
_KINDS = {
    OrganisationKind.REGION: ("govt", "Region"),
    OrganisationKind.MUNICIPALITY: ("govt", "Kommun"),
    OrganisationKind.PRIVATE: ("bus", "Företag"),
    OrganisationKind.OTHER: ("other", "Annan organisation"),
}

Resource = dict[str, Any]


def hsa_systems(on: date) -> tuple[str, ...]:
    """How the county writes the HSA-id of units and staff."""
    return _HSA_SYSTEMS[county_value(Key.FHIR_HSA_SYSTEM, on)]


def organisation(one: OrganisationDetail) -> Resource:
    """Huvudman → Organization."""
    code, words = _KINDS[one.kind]
    number = {
        "type": _coded(_NUMBER_TYPE, "XX"),
        "system": SYSTEMS[IdentityKind.ORGANISATION_NUMBER].system,
        "value": one.organisation_number,
    }
    return _organization(
        one.id, one.name, _coded(_ORGANISATION_TYPE, code, words),
        identifier=[number] if one.organisation_number else [],
    )  # fmt: skip


def provider(one: ProviderDetail, systems: Sequence[str]) -> Resource:
    """Care provider → Organization, part of its huvudman."""
    return _organization(
        one.id,
        one.name,
        _coded(_ORGANISATION_TYPE, "prov", "Vårdgivare"),
        identifier=_hsa_ids(one.hsa_id, systems),
        partOf={"reference": f"Organization/{one.organisation_id}"},
    )


def unit(one: UnitDetail, systems: Sequence[str]) -> Resource:
    """Care unit → Organization, part of its care provider."""
    return _organization(
        one.id,
        one.name,
        _coded(_ORGANISATION_TYPE, "dept", str(UNIT_WORDS[one.kind])),
        active=not one.closed,
        identifier=_hsa_ids(one.hsa_id, systems),
        telecom=_telecom(one),
        address=[{"city": one.town, "country": "SE"}] if one.town else [],
        partOf={"reference": f"Organization/{one.provider_id}", "display": one.provider_name},
    )


def _organization(key: object, name: str, kind: Resource, **more: Any) -> Resource:
    return _filled(
        {
            "resourceType": "Organization",
            "id": str(key),
            "meta": {"profile": [f"{_BASE}/SEBaseOrganization"]},
            "active": True,
            "type": [kind],
            "name": name,
            **more,
        }
    )


def location(one: UnitDetail) -> Resource:
    """Where a care unit is → Location with the unit's id."""
    return _filled(
        {
            "resourceType": "Location",
            "id": str(one.id),
            "status": "inactive" if one.closed else "active",
            "name": one.name,
            "mode": "instance",
            "telecom": _telecom(one),
            "address": {"city": one.town, "country": "SE"} if one.town else None,
            "managingOrganization": {"reference": f"Organization/{one.id}", "display": one.name},
        }
    )


def practitioner(one: StaffDetail, systems: Sequence[str]) -> Resource:
    """One of the staff → Practitioner."""
    name = {
        "use": "official",
        "text": one.name,
        "family": one.family_name,
        "given": one.given_name.split(),
    }
    return _filled(
        {
            "resourceType": "Practitioner",
            "id": str(one.id),
            "meta": {"profile": [f"{_BASE}/SEBasePractitioner"]},
            "identifier": _hsa_ids(one.hsa_id, systems),
            "name": [_filled(name)],
        }
    )


def practitioner_role(one: AssignmentDetail) -> Resource:
    """Medarbetaruppdrag → PractitionerRole. Rights are not told: they are no one else's business."""
    ended = {"end": one.until.isoformat()} if one.until else {}
    return _filled(
        {
            "resourceType": "PractitionerRole",
            "id": str(one.id),
            "meta": {"profile": [f"{_BASE}/SEBasePractitionerRole"]},
            "active": one.until is None,
            "period": {"start": one.since.isoformat(), **ended},
            "practitioner": {
                "reference": f"Practitioner/{one.staff_id}",
                "display": one.staff_name,
            },
            "organization": {"reference": f"Organization/{one.unit.id}", "display": one.unit.name},
            "code": [{"text": one.profession}] if one.profession else [],
            "location": [{"reference": f"Location/{one.unit.id}"}],
        }
    )


def _hsa_ids(hsa_id: str, systems: Sequence[str]) -> list[Resource]:
    kind = _coded(_NUMBER_TYPE, "PRN")
    return [{"type": kind, "system": one, "value": hsa_id} for one in systems if hsa_id]


def _telecom(one: UnitDetail) -> list[Resource]:
    told = (("phone", one.phone), ("email", one.email))
    return [{"system": system, "value": value} for system, value in told if value]


def _coded(system: str, code: str, words: str = "") -> Resource:
    return _filled({"coding": [{"system": system, "code": code}], "text": words})


def _filled(made: Mapping[str, Any]) -> Resource:
    """FHIR has no empty elements."""
    return {name: value for name, value in made.items() if value not in (None, "", [], {})}
