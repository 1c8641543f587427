"""Person ↔ FHIR R4 Patient after HL7 Sweden's base profiles 1.1.0; RelatedPerson → a relative."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from samverka.access.rules import Protection
from samverka.kernel.identity import (
    PERSON_KINDS,
    IdentityKind,
    IdentityNumber,
    identity_from_system,
)
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.people.reads import PersonDetail
from samverka.people.rules import LANGUAGES, Gender, RelativeKind
from samverka.resources.rules.receiving import object_of, objects

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
    parts = {"family": person.family_name, "given": person.given_name.split()}
    return {key: value for key, value in parts.items() if value}


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


# ── receive ──


@dataclass(frozen=True, slots=True)
class ReceivedPatient:
    """A Patient as plain values.

    Attributes:
        facts: names and values of `PersonFacts`.
        numbers: the one in use first, then by how sure the kind is.
        note: what could not be read; the rest is used.
    """

    facts: dict[str, Any]
    numbers: tuple[IdentityNumber, ...]
    note: Text | None = None


def receive_patient(resource: Mapping[str, Any], today: date) -> ReceivedPatient:
    """Patient → plain values. What our columns cannot hold stays on the shelf, word for word."""
    numbers, note = _numbers(resource, today)
    return ReceivedPatient(
        facts={
            **_names(resource),
            "birth_date": _day(resource.get("birthDate")),
            "gender": _gender(resource),
            "deceased_on": _day(resource.get("deceasedDateTime")),
            "protection": _protection(resource),
            **_places(resource),
            **_spoken(resource),
        },
        numbers=numbers,
        note=note,
    )


_SURE = (
    IdentityKind.PERSONNUMMER,
    IdentityKind.SAMORDNINGSNUMMER,
    IdentityKind.NATIONAL_RESERVE,
    IdentityKind.LOCAL_RESERVE,
    IdentityKind.LMA,
)


def _numbers(
    resource: Mapping[str, Any], today: date
) -> tuple[tuple[IdentityNumber, ...], Text | None]:
    found: list[tuple[bool, int, IdentityNumber]] = []
    note = None
    for one in objects(resource.get("identifier")):
        try:
            number = identity_from_system(
                str(one.get("system", "")), str(one.get("value", "")), today=today
            )
        except Invalid:
            note = _("Ett identitetsnummer är felskrivet och har inte använts.")
            continue
        if number is not None and number.kind in PERSON_KINDS:
            found.append((one.get("use") == "old", _SURE.index(number.kind), number))
    found.sort(key=lambda one: one[:2])
    return tuple(dict.fromkeys(number for _old, _place, number in found)), note


_NAME_USES = ("official", "usual", None, "temp", "nickname", "anonymous", "maiden", "old")
_NO_NAME = "–"


def _names(resource: Mapping[str, Any]) -> dict[str, Any]:
    names = sorted(objects(resource.get("name")), key=_name_place)
    name = names[0] if names else {}
    given = [one for one in name.get("given", ()) if isinstance(one, str)]
    family = str(name.get("family") or "") or ("" if given else str(name.get("text") or _NO_NAME))
    return {
        "given_name": _cut(" ".join(given), 100),
        "family_name": _cut(family, 100),
        "called_name": _cut(_called(name, given), 100),
    }


def _name_place(name: Mapping[str, Any]) -> int:
    use = name.get("use")
    return _NAME_USES.index(use) if use in _NAME_USES else len(_NAME_USES)


def _called(name: Mapping[str, Any], given: list[str]) -> str:
    """The given name in daily use: qualifier CL on its part (ISO 21090, HL7 Sweden)."""
    marks = name.get("_given", ())
    for word, mark in zip(given, marks if isinstance(marks, list) else (), strict=False):
        codes = {one.get("valueCode") for one in objects((mark or {}).get("extension"))}
        if "CL" in codes:
            return word
    return ""


def _gender(resource: Mapping[str, Any]) -> Gender:
    code = resource.get("gender")
    return Gender(code) if code in set(Gender) else Gender.UNKNOWN


def _protection(resource: Mapping[str, Any]) -> Protection:
    labels = objects(object_of(resource.get("meta")).get("security"))
    codes = {one.get("code") for one in labels}
    for kind in (Protection.PROTECTED, Protection.SECRECY_MARK):
        if PROTECTION_CODES[kind] in codes:
            return kind
    return Protection.NONE


def _places(resource: Mapping[str, Any]) -> dict[str, Any]:
    address = next(objects(resource.get("address")), {})
    lines = [str(line) for line in address.get("line", ())]
    return {
        "street": _cut(", ".join(lines), 200),
        "postal_code": _cut(str(address.get("postalCode") or ""), 10),
        "town": _cut(str(address.get("city") or ""), 100),
        "phone": _reached(resource, "phone", 30),
        "email": _reached(resource, "email", 254),
    }


def _reached(resource: Mapping[str, Any], system: str, longest: int) -> str:
    for one in objects(resource.get("telecom")):
        value = str(one.get("value") or "")
        if one.get("system") == system and one.get("use") != "old" and 0 < len(value) <= longest:
            return value
    return ""


def _spoken(resource: Mapping[str, Any]) -> dict[str, Any]:
    told = sorted(
        objects(resource.get("communication")), key=lambda one: one.get("preferred") is not True
    )
    codes = [code for one in told for code in _language_codes(one)]
    return {"language": next((code for code in codes if code in LANGUAGES), "sv")}


def _language_codes(told: Mapping[str, Any]) -> Iterator[str]:
    """sv-SE is Swedish too."""
    for coding in objects(object_of(told.get("language")).get("coding")):
        code = str(coding.get("code") or "").lower()
        yield from (code, code.split("-")[0])


@dataclass(frozen=True, slots=True)
class ReceivedRelative:
    """A RelatedPerson as plain values."""

    name: str
    kind: RelativeKind
    phone: str
    first_contact: bool


_RELATIVES = {
    RelativeKind.SPOUSE: "SPS HUSB WIFE",
    RelativeKind.PARTNER: "DOMPART SIGOTHR",
    RelativeKind.DAUGHTER: "DAU DAUC DAUADOPT STPDAU",
    RelativeKind.SON: "SON SONC SONADOPT STPSON",
    RelativeKind.MOTHER: "MTH NMTH ADOPTM STPMTH",
    RelativeKind.FATHER: "FTH NFTH ADOPTF STPFTH",
    RelativeKind.SIBLING: "SIB BRO SIS HBRO HSIS NBRO NSIS TWIN",
    RelativeKind.GRANDCHILD: "GRNDCHILD GRNDDAU GRNDSON",
    RelativeKind.FRIEND: "FRND",
    RelativeKind.NEIGHBOUR: "NBOR",
    RelativeKind.TRUSTEE: "GUARD",
}
"""Codes of HL7 v3 RoleCode."""

_KIND_OF_ROLE = {code: kind for kind, codes in _RELATIVES.items() for code in codes.split()}
_EMERGENCY_CONTACT = "C"  # HL7 v2 table 0131


def receive_related_person(resource: Mapping[str, Any]) -> ReceivedRelative | None:
    """RelatedPerson → a relative; None without a name."""
    names = _names(resource)
    name = f"{names['given_name']} {names['family_name']}".strip()
    if name in ("", _NO_NAME) or resource.get("active") is False:
        return None
    codings = [
        coding
        for concept in objects(resource.get("relationship"))
        for coding in objects(concept.get("coding"))
    ]
    codes = [str(coding.get("code")) for coding in codings]
    return ReceivedRelative(
        name=_cut(name, 200),
        kind=next((_KIND_OF_ROLE[c] for c in codes if c in _KIND_OF_ROLE), RelativeKind.OTHER),
        phone=_reached(resource, "phone", 30),
        first_contact=_EMERGENCY_CONTACT in codes,
    )


def _day(value: object) -> date | None:
    """A whole date; a year or a month alone is too little for a birth date."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _cut(words: str, longest: int) -> str:
    """Our columns have an end; the whole text lies on the shelf."""
    return words if len(words) <= longest else f"{words[: longest - 1]}…"
