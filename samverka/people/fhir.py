"""Person → FHIR R4 Patient after HL7 Sweden's base profiles 1.1.0."""

from __future__ import annotations

from typing import Any

from samverka.access.rules import Protection
from samverka.people.reads import PersonDetail

_PROFILE = "http://hl7.se/fhir/ig/base/StructureDefinition/SEBasePatient"
_SECURITY = "http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel"

PROTECTION_CODES = {
    Protection.SECRECY_MARK: "sekretessmarkering",
    Protection.PROTECTED: "skyddadFolkbokforing",
}
"""Codes of HL7 Sweden's code system SecurityLabel."""


def patient(person: PersonDetail) -> dict[str, Any]:
    """The person as a Patient resource; a protected person's address is left out."""
    made: dict[str, Any] = {
        "resourceType": "Patient",
        "id": str(person.id),
        "meta": _meta(person),
        "active": person.deceased_on is None,
        "name": [_name(person)],
        "gender": person.gender.value,
    }
    if person.identities:  # FHIR has no empty lists
        made["identifier"] = [
            {"system": one.number.system, "value": one.number.value, "use": _use(one.current)}
            for one in person.identities
        ]
    if person.birth_date:
        made["birthDate"] = person.birth_date.isoformat()
    if person.deceased_on:
        made["deceasedDateTime"] = person.deceased_on.isoformat()
    return made | _contact(person) | _languages(person)


def _use(current: bool) -> str:
    return "official" if current else "old"


def _meta(person: PersonDetail) -> dict[str, Any]:
    meta: dict[str, Any] = {"profile": [_PROFILE]}
    code = PROTECTION_CODES.get(person.protection)
    if code:
        meta["security"] = [{"system": _SECURITY, "code": code}]
    return meta


def _name(person: PersonDetail) -> dict[str, Any]:
    given = [name for name in person.given_name.split() if name]
    return (
        {"family": person.family_name, "given": given} if given else {"family": person.family_name}
    )


def _contact(person: PersonDetail) -> dict[str, Any]:
    if person.protected:
        return {}
    made: dict[str, Any] = {}
    telecom = [("phone", person.phone), ("email", person.email)]
    if any(value for _system, value in telecom):
        made["telecom"] = [{"system": key, "value": value} for key, value in telecom if value]
    if person.street or person.town:
        made["address"] = [_address(person)]
    if person.listed_unit:
        made["generalPractitioner"] = [{"display": person.listed_unit.name}]
    return made


def _address(person: PersonDetail) -> dict[str, Any]:
    parts = {
        "line": [person.street] if person.street else None,
        "postalCode": person.postal_code or None,
        "city": person.town or None,
        "country": "SE",
    }
    return {key: value for key, value in parts.items() if value}


def _languages(person: PersonDetail) -> dict[str, Any]:
    codes = dict.fromkeys(code for code in (person.care_language, person.language) if code)
    spoken = [
        {
            "language": {"coding": [{"system": "urn:ietf:bcp:47", "code": code}]},
            "preferred": code == (person.care_language or person.language),
        }
        for code in codes
    ]
    return {"communication": spoken} if spoken else {}
