"""Profiles: the published examples keep to them, and each thing that a profile asks is told when it is broken."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from samverka.resources.rules.facts import examine
from samverka.resources.rules.profiles import breaks, claimed, known_profiles
from samverka.resources.rules.profiles.tables import tables
from samverka.resources.rules.validation import validate
from tests.factories import samples

SE = "http://hl7.se/fhir/ig/base/StructureDefinition"
BALP = "https://profiles.ihe.net/ITI/BALP/StructureDefinition"
PATIENT: dict[str, Any] = {
    "resourceType": "Patient",
    "meta": {"profile": [f"{SE}/SEBasePatient"]},
    "identifier": [
        {"system": "http://electronichealth.se/identifier/personnummer", "value": "191212121212"}
    ],
    "name": [
        {
            "family": "Berg Ek",
            "given": ["Tolvan"],
            "extension": [{"url": f"{SE}/SEBaseMiddleNameExtension", "valueString": "Berg"}],
            "_given": [
                {
                    "extension": [
                        {
                            "url": "http://hl7.org/fhir/StructureDefinition/iso21090-EN-qualifier",
                            "valueCode": "CL",
                        }
                    ]
                }
            ],
        }
    ],
    "address": [
        {
            "city": "Krokom",
            "extension": [
                {
                    "url": f"{SE}/SEBaseAddressPersonExtension",
                    "valueCodeableConcept": {
                        "coding": [{"system": "http://snomed.info/sct", "code": "63381000052101"}]
                    },
                }
            ],
        }
    ],
}
PRACTITIONER: dict[str, Any] = {
    "resourceType": "Practitioner",
    "identifier": [
        {
            "type": {
                "coding": [
                    {"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "PRN"}
                ]
            },
            "system": "urn:oid:1.2.752.29.4.19",
            "value": "SE2321000214-AB12",
        }
    ],
    "qualification": [
        {
            "identifier": [{"system": "urn:oid:1.2.752.116.3.1.1", "value": "123456"}],
            "code": {"coding": [{"system": "urn:oid:1.2.752.116.3.1.3", "code": "LK"}]},
        }
    ],
}


def with_(resource: dict[str, Any], *path: str | int, value: Any) -> dict[str, Any]:
    """A copy with another value at a place."""
    made = copy.deepcopy(resource)
    place: Any = made
    for name in path[:-1]:
        place = place[name]
    if isinstance(place, list) and path[-1] == len(place):
        place.append(value)
    else:
        place[path[-1]] = value
    return made


NUMBER = PATIENT["identifier"][0]
NAME = PATIENT["name"][0]
MIDDLE = NAME["extension"][0]
KIND = PATIENT["address"][0]["extension"][0]
ANSWERS = [
    (with_(PATIENT, "identifier", 1, value=NUMBER), "Patient.identifier:personnummer"),
    (with_(PATIENT, "name", 1, value=NAME), "Patient.name"),
    (
        with_(PATIENT, "name", 0, "extension", 1, value=MIDDLE),
        "Patient.name[0].extension:middleName",
    ),
    (
        with_(PATIENT, "name", 0, "extension", 0, value={**MIDDLE, "valueString": None}),
        "Patient.name[0].extension[0].value",
    ),
    (
        with_(PATIENT, "name", 0, "_given", 0, "extension", 0, "valueCode", value="LS"),
        "Patient.name[0].given[0].extension[0].valueCode",
    ),
    (
        with_(
            PATIENT, "address", 0, "extension", 0, "valueCodeableConcept", "coding", 0, "code",
            value="1",
        ),
        "Patient.address[0].extension[0].valueCodeableConcept",
    ),
    (with_(PATIENT, "address", 0, "extension", 1, value=KIND), "Patient.address[0].extension:officialAddressType"),
]  # fmt: skip


@pytest.mark.parametrize(("resource", "place"), ANSWERS)
def test_what_sebasepatient_asks_is_told_at_its_place(resource: dict[str, Any], place: str) -> None:
    resource = json.loads(json.dumps(resource))
    if place.endswith("value"):
        del resource["name"][0]["extension"][0]["valueString"]
    assert breaks(PATIENT, f"{SE}/SEBasePatient") == []
    assert [one.path for one in breaks(resource, f"{SE}/SEBasePatient")] == [place]


def test_a_slice_is_known_by_its_system_and_asks_for_its_type() -> None:
    url = f"{SE}/SEBasePractitioner"
    assert breaks(PRACTITIONER, url) == []
    wrong = with_(PRACTITIONER, "identifier", 0, "type", value={"coding": [{"code": "XX"}]})
    assert [one.path for one in breaks(wrong, url)] == ["Practitioner.identifier[0].type"]
    inera = with_(wrong, "identifier", 0, "system", value="urn:oid:1.2.752.129.2.1.4.1")
    assert breaks(inera, url) == []


@pytest.mark.parametrize("oid", ["1.2.752.129.2.2.1.4", "1.2.759.129.2.2.1.4"])
def test_the_list_of_positions_is_known_by_either_number(oid: str) -> None:
    """The base profiles 1.1.0 write 1.2.759, where contracts and Inera write 1.2.752."""
    coding = {"system": f"urn:oid:{oid}", "code": "301010"}
    role = {"resourceType": "PractitionerRole", "code": [{"coding": [coding, coding]}]}
    told = [one.path for one in breaks(role, f"{SE}/SEBasePractitionerRole")]
    assert told == ["PractitionerRole.code[0].coding:hsa-befattning"]


INERA = "https://fhir.inera.se/ig/ehds-tk/StructureDefinition"
SNOMED = {"coding": [{"system": "http://snomed.info/sct", "code": "734163000"}]}
SIP = {"coding": [{"system": "https://fhir.inera.se/CodeSystem/typeofcareplan-cs", "code": "SIP"}]}
PLAN: dict[str, Any] = {
    "resourceType": "CarePlan",
    "status": "active",
    "intent": "plan",
    "category": [SIP],
    "title": "Karins plan",
    "subject": {"reference": "Patient/1"},
    "author": {"reference": "Organization/2"},
}
PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
RECORD: dict[str, Any] = {
    "resourceType": "Provenance",
    "target": [{"reference": "CarePlan/1"}],
    "recorded": "2026-11-20T14:30:05Z",
    "agent": [
        {
            "type": {"coding": [{"system": PARTICIPANT, "code": code}]},
            "who": {"reference": "Organization/2"},
        }
        for code in ("custodian", "author")
    ],
}
BOTH = {"coding": [*SIP["coding"], *SNOMED["coding"]]}


@pytest.mark.parametrize(
    ("resource", "places"),
    [
        (PLAN, []),
        (with_(PLAN, "category", value=[BOTH]), []),
        (with_(PLAN, "category", value=[]), []),
        (with_(PLAN, "category", value=[SNOMED, SIP]), ["CarePlan.category[0]"]),
        ({key: one for key, one in PLAN.items() if key != "title"}, ["CarePlan.title"]),
        (with_(PLAN, "author", "reference", value="Practitioner/2"), ["CarePlan.author"]),
        (with_(PLAN, "subject", "reference", value="Group/1"), ["CarePlan.subject"]),
        (RECORD, []),
        (with_(RECORD, "agent", 0, "who", value={"display": "En vårdgivare"}), []),
        (
            with_(RECORD, "agent", 0, "who", "reference", value="Device/1"),
            ["Provenance.agent[0].who"],
        ),
        (
            with_(RECORD, "agent", 1, value=RECORD["agent"][0]),
            ["Provenance.agent:author", "Provenance.agent:custodian"],
        ),
    ],
)
def test_what_ineras_profiles_ask_is_told_at_its_place(
    resource: dict[str, Any], places: list[str]
) -> None:
    url = f"{INERA}/SEEHDS{resource['resourceType']}"
    assert [one.path for one in breaks(resource, url)] == places


def test_an_unknown_profile_and_another_type_are_told() -> None:
    assert [str(one.message) for one in breaks(PATIENT, "http://example.org/none")] == [
        "Profilen finns inte här, så den kan inte prövas."
    ]
    assert len(breaks(PATIENT, f"{SE}/SEBasePractitioner")) == 1


def test_what_breaks_a_profile_is_a_note_and_no_fault() -> None:
    """Somebody has written it, and it is right R4: it goes in."""
    wrong = json.dumps(with_(PATIENT, "name", 1, value=NAME)).encode()
    assert validate(wrong) == []
    assert [one.path for one in examine(wrong, strict=True).notes] == ["Patient.name"]


def test_only_profiles_that_are_known_are_claimed() -> None:
    named = {"meta": {"profile": ["http://example.org/x", f"{SE}/SEBasePatient|1.1.0"]}}
    assert claimed(named) == (f"{SE}/SEBasePatient",)
    assert known_profiles("Organization") == (f"{SE}/SEBaseOrganization",)


def test_every_value_set_and_profile_that_is_named_is_there() -> None:
    found = tables()

    def walk(node: Any) -> None:
        assert not node.codes or node.codes in found.sets, node.codes
        for one in (*node.parts.values(), *node.slices.values()):
            walk(one)

    for one in found.profiles.values():
        walk(one.root)


EXAMPLES = [
    path
    for folder in (samples.SWEDEN, samples.BALP)
    for path in samples.files(folder)
    if path.name.startswith(("Patient-", "Practitioner-", "Organization-", "AuditEvent-"))
]


@samples.needed
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_published_examples_keep_to_their_profiles(path: Any) -> None:
    resource = json.loads(path.read_text())
    for url in claimed(resource):
        assert breaks(resource, url) == []


@samples.needed
def test_the_examples_were_there() -> None:
    assert len(EXAMPLES) > 50
    assert sum(bool(claimed(json.loads(path.read_text()))) for path in EXAMPLES) > 50
