"""The ten example patients of HL7 Sweden's base profiles: in by POST, out as the reader may see them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from samverka.access.rules import Protection, RelationKind
from samverka.kernel.calendar import local_date
from samverka.people import fhir
from samverka.people.models import Identity, Person
from samverka.people.operations import PersonFacts, edit_person
from samverka.people.reads import PersonDetail, person
from samverka.people.rules import MASKED_NAME
from samverka.resources.models import Resource, Version
from samverka.resources.rules.profiles import breaks
from samverka.resources.rules.validation import validate
from tests.factories import samples
from tests.factories.cast import KARINS_NUMBER, NOW, Cast, make_person, relate
from tests.factories.fhir import FhirClient

PROFILE = "http://hl7.se/fhir/ig/base/StructureDefinition/SEBasePatient"
EXAMPLES = {
    path.stem.removeprefix("Patient-PatientExample"): path
    for path in samples.files(samples.SWEDEN)
    if path.name.startswith("Patient-")
}


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


def sent(name: str) -> dict[str, Any]:
    return dict(json.loads(EXAMPLES[name].read_text()))


LABELS = {
    name: [one["code"] for one in sent(name)["meta"].get("security", ()) if one["code"] != "DEMO"]
    for name in EXAMPLES
}
PROTECTED = [name for name, codes in LABELS.items() if codes]
PLAIN = [name for name in EXAMPLES if name not in PROTECTED]
WRONG_BIRTH = next((name for name in PROTECTED if LABELS[name] == ["skyddadFolkbokforing"]), "")


def taken_in(cast: Cast, name: str) -> tuple[str, dict[str, Any]]:
    """Where the person is, and what was said."""
    answer = FhirClient(cast.administrator).post(sent(name))
    assert answer.status_code == 201, answer.content
    return answer["Location"].split("/fhir/R4/")[1], json.loads(answer.content)


def known_to(cast: Cast, place: str) -> PersonDetail:
    """The nurse's unit begins to have to do with the person."""
    row = Person.objects.get(id=place.split("/")[1])
    shown = person(cast.system, person_id=row.id)
    relate(cast.region_nurse, shown, RelationKind.CARE)
    return shown


@samples.needed
@pytest.mark.parametrize("name", EXAMPLES)
def test_each_goes_in_and_comes_out_by_its_number(cast: Cast, name: str) -> None:
    place, _told = taken_in(cast, name)
    number = sent(name)["identifier"][0]
    assert Identity.objects.get(value=number["value"]).person_id == known_to(cast, place).id
    made, _tag = FhirClient(cast.region_nurse).read(place)
    assert {"system": number["system"], "value": number["value"], "use": "official"} in made[
        "identifier"
    ]
    assert made["birthDate"] == sent(name)["birthDate"]
    assert validate(json.dumps(made)) == []
    assert breaks(made, PROFILE) == []
    assert made["meta"]["profile"] == [PROFILE]
    FhirClient(cast.administrator).post(sent(name))
    assert Identity.objects.filter(value=number["value"]).count() == 1


@samples.needed
@pytest.mark.parametrize("name", PLAIN)
def test_name_and_address_are_those_that_were_sent(cast: Cast, name: str) -> None:
    place, _told = taken_in(cast, name)
    known_to(cast, place)
    made, _tag = FhirClient(cast.region_nurse).read(place)
    theirs = sent(name)
    [ours_name], [their_name] = made["name"], theirs["name"]
    for part in ("given", "family", "extension", "_given", "use"):
        assert ours_name.get(part) == their_name.get(part), part
    ours, first = made["address"][0], theirs["address"][0]
    assert ours["extension"] == first["extension"]
    assert ours.get("postalCode") == first.get("postalCode")
    assert ours["line"] == [", ".join(first["line"])]


@samples.needed
@pytest.mark.parametrize("name", PROTECTED)
def test_a_protected_person_is_masked_everywhere(cast: Cast, name: str) -> None:
    place, _told = taken_in(cast, name)
    shown = known_to(cast, place)
    assert shown.protected
    made, _tag = FhirClient(cast.region_nurse).read(place)
    codes = [one["code"] for one in made["meta"]["security"]]
    assert codes == LABELS[name]
    assert made["name"][0]["text"] == MASKED_NAME
    assert not {"address", "telecom", "generalPractitioner"} & set(made)
    row = Resource.objects.get(source="samverka", kind="Patient", local_id=str(shown.id))
    for text in Version.objects.filter(resource=row).values_list("text", flat=True):
        assert all(word not in text for word in ("Goode", "Chicago", "Box 2820"))


@samples.needed
def test_a_number_that_says_another_birth_date_is_a_warning(cast: Cast) -> None:
    _place, told = taken_in(cast, WRONG_BIRTH)
    [issue] = told["issue"]
    assert issue["severity"] == "information"
    assert "Födelsedatumet" in issue["diagnostics"]
    assert "1896" not in issue["diagnostics"]


@samples.needed
def test_what_breaks_the_profile_goes_in_with_a_word_of_where(cast: Cast) -> None:
    wrong = sent(PLAIN[0])
    wrong["identifier"].append(dict(wrong["identifier"][0]))
    answer = FhirClient(cast.administrator).post(wrong)
    assert answer.status_code == 201
    assert json.loads(answer.content)["issue"][0]["expression"] == [
        "Patient.identifier:personnummer"
    ]


def test_one_who_may_see_has_the_name_and_a_version_of_it(cast: Cast) -> None:
    """What lies on the shelf is masked, so the name's own version must not be taken for it."""
    facts = PersonFacts(
        "Karin", "Åström", protection=Protection.SECRECY_MARK, street="Hemliga gatan 1"
    )
    hidden = make_person(cast.region_nurse, facts)
    masked, tag = FhirClient(cast.region_nurse).read(f"Patient/{hidden.id}")
    assert masked["name"][0]["text"] == MASKED_NAME
    whole = person(cast.system, person_id=hidden.id)
    made = fhir.patient(whole)
    assert made["name"][0]["text"] == "Karin Åström"
    assert "address" not in made
    assert tag != f'W/"p{whole.version}"'


def test_what_only_the_register_tells_stays_until_it_is_changed(cast: Cast) -> None:
    facts = PersonFacts("Anna", "Ek Lund", middle_name="Ek", street="Rue 1", town="Paris",
                        country="FR", address_kind="foreign")  # fmt: skip
    one = make_person(cast.region_nurse, facts)
    typed = PersonFacts("Anna", "Ek Lund", street="Rue 1", town="Paris", phone="070-1740605")
    one = edit_person(cast.region_nurse, person_id=one.id, version=one.version, facts=typed)
    assert (one.middle_name, one.country, one.address_kind) == ("Ek", "FR", "foreign")
    moved = PersonFacts("Anna", "Svensson", street="Storgatan 1", town="Krokom")
    one = edit_person(cast.region_nurse, person_id=one.id, version=one.version, facts=moved)
    assert (one.middle_name, one.country, one.address_kind) == ("", "", "stated")
    made = fhir.patient(one)
    assert made["address"][0]["country"] == "SE"
    assert "extension" not in made["name"][0]


def test_a_name_that_is_masked_at_the_source_takes_no_name_away(cast: Cast) -> None:
    today = local_date(NOW)
    resource: dict[str, Any] = {
        "resourceType": "Patient",
        "id": "p1",
        "identifier": [
            {
                "system": "http://electronichealth.se/identifier/personnummer",
                "value": KARINS_NUMBER.value,
            }
        ],
        "name": [{"family": "Ljungberg", "given": ["Maria"]}],
    }
    client = FhirClient(cast.administrator)
    place = client.post(resource)["Location"].split("/fhir/R4/")[1]
    resource["name"] = [{"family": MASKED_NAME, "given": [MASKED_NAME]}]
    label = {
        "system": "http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel",
        "code": "sekretessmarkering",
    }
    resource["meta"] = {"security": [label]}
    client.post(resource)
    row = Person.objects.get(id=place.split("/")[1])
    assert (row.given_name, row.family_name, row.protection) == (
        "Maria",
        "Ljungberg",
        Protection.SECRECY_MARK,
    )
    assert fhir.receive_patient(resource, today).facts["family_name"] == MASKED_NAME
