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
from samverka.people.rules import LANGUAGES, MASKED_NAME, AddressKind, Gender, RelativeKind
from samverka.resources.rules.receiving import object_of, objects

_BASE = "http://hl7.se/fhir/ig/base/StructureDefinition"
_PROFILE = f"{_BASE}/SEBasePatient"
_MIDDLE_NAME = f"{_BASE}/SEBaseMiddleNameExtension"
_OWN_FAMILY = f"{_BASE}/SEBaseOwnFamilyExtension"
_ADDRESS_KIND = f"{_BASE}/SEBaseAddressPersonExtension"
_QUALIFIER = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-qualifier"
_SNOMED = "http://snomed.info/sct"
_SWEDISH = "http://snomed.info/sct/45991000052106"
_SECURITY = "http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel"

PROTECTION_CODES = {
    Protection.SECRECY_MARK: "sekretessmarkering",
    Protection.PROTECTED: "skyddadFolkbokforing",
}
"""Codes of HL7 Sweden's code system SecurityLabel."""


ADDRESS_CODES = {
    AddressKind.REGISTERED: ("63381000052101", "folkbokföringsadress"),
    AddressKind.SEPARATE: ("63391000052104", "särskild postadress"),
    AddressKind.FOREIGN: ("63401000052101", "utlandsadress"),
    AddressKind.STATED: ("63411000052104", "uppgiven adress"),
}
"""SNOMED CT in the value set SEBaseAddressPersonVS."""


def patient(person: PersonDetail, *, masked: bool | None = None) -> dict[str, Any]:
    """The person as a Patient resource after SEBasePatient; a protected person's address is left out.

    Args:
        masked: a protected person's name is left out too; else as the reader may see.
    """
    hidden = person.masked if masked is None else masked
    made: dict[str, Any] = {
        "resourceType": "Patient",
        "id": str(person.id),
        "meta": _meta(person),
        "active": person.deceased_on is None,
        "name": [_MASKED if hidden and person.protected else _name(person)],
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


_MASKED = {"use": "official", "text": MASKED_NAME, "family": MASKED_NAME, "given": [MASKED_NAME]}


def _name(person: PersonDetail) -> dict[str, Any]:
    given = person.given_name.split()
    marks = [_called_mark(one == person.called_name) for one in given]
    parts: dict[str, Any] = {
        "extension": list(_family_parts(person)),
        "use": "official",
        "text": f"{person.given_name} {person.family_name}".strip(),
        "family": person.family_name,
        "given": given,
        "_given": marks if any(marks) else [],
    }
    return {key: value for key, value in parts.items() if value}


def _called_mark(called: bool) -> dict[str, Any] | None:
    """Tilltalsnamn."""
    return {"extension": [{"url": _QUALIFIER, "valueCode": "CL"}]} if called else None


def _family_parts(person: PersonDetail) -> Iterator[dict[str, str]]:
    """Middle name and own family name, where the register has told which is which."""
    own = person.family_name.replace(person.middle_name, "", 1).strip()
    if person.middle_name and own:
        yield {"url": _MIDDLE_NAME, "valueString": person.middle_name}
        yield {"url": _OWN_FAMILY, "valueString": " ".join(own.split())}


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
    foreign = person.address_kind == AddressKind.FOREIGN
    parts = {
        "extension": [_address_kind(AddressKind(person.address_kind))]
        if person.address_kind
        else None,
        "line": [person.street] if person.street else None,
        "postalCode": person.postal_code or None,
        "city": person.town or None,
        "country": person.country or (None if foreign else "SE"),
    }
    return {key: value for key, value in parts.items() if value}


def _address_kind(kind: AddressKind) -> dict[str, Any]:
    code, words = ADDRESS_CODES[kind]
    coding = {"system": _SNOMED, "version": _SWEDISH, "code": code, "display": words}
    return {"url": _ADDRESS_KIND, "valueCodeableConcept": {"coding": [coding]}}


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
    born = _day(resource.get("birthDate"))
    if note is None and numbers and _says_other(numbers[0], born):
        note = _OTHER_BIRTH
    return ReceivedPatient(
        facts={
            **_names(resource),
            "birth_date": born,
            "gender": _gender(resource),
            "deceased_on": _day(resource.get("deceasedDateTime")),
            "protection": _protection(resource),
            **_places(resource),
            **_spoken(resource),
        },
        numbers=numbers,
        note=note,
    )


_OTHER_BIRTH = _("Födelsedatumet är ett annat än det som numret säger. Födelsedatumet har använts.")


def _says_other(number: IdentityNumber, born: date | None) -> bool:
    """Whether a number cannot be that person's; its day may be a near one of the same month (FOL 18 §)."""
    told = number.birth_date
    if told is None or born is None:
        return False
    same_month = (told.year, told.month) == (born.year, born.month)
    return told != born and not same_month


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
        "middle_name": _cut(_told(name, _MIDDLE_NAME, "valueString"), 100),
    }


def _told(value: Mapping[str, Any], url: str, name: str) -> str:
    """What an extension says; "" where it is not there."""
    found = (one.get(name) for one in objects(value.get("extension")) if one.get("url") == url)
    return str(next(found, None) or "")


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
        "country": _country(address),
        "address_kind": _kind_of_address(address),
        "phone": _reached(resource, "phone", 30),
        "email": _reached(resource, "email", 254),
    }


def _country(address: Mapping[str, Any]) -> str:
    """Where the address is, if not in Sweden."""
    told = str(address.get("country") or "")
    return "" if told.casefold() in ("se", "swe", "sverige", "sweden") else _cut(told, 60)


def _kind_of_address(address: Mapping[str, Any]) -> str:
    kinds = {code: kind.value for kind, (code, _words) in ADDRESS_CODES.items()}
    concepts = (
        object_of(one.get("valueCodeableConcept"))
        for one in objects(address.get("extension"))
        if one.get("url") == _ADDRESS_KIND
    )
    codes = (str(c.get("code")) for one in concepts for c in objects(one.get("coding")))
    return next((kinds[code] for code in codes if code in kinds), "")


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
