"""Units and staff as FHIR clients read them: after HL7 Sweden's base profiles, and about nobody."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from samverka.access import operations as access
from samverka.access.roles import Role
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.organisations import fhir, operations, reads
from samverka.organisations.models import Assignment, Unit
from samverka.resources.models import Resource, Version
from samverka.resources.operations import publish_resources
from samverka.resources.rules.profiles import breaks, claimed
from samverka.resources.rules.validation import validate
from tests.factories.cast import NOW, Cast, system
from tests.factories.fhir import FhirClient, told

HSA = "SE2321000214-UNIT1"


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def unit(cast: Cast) -> reads.UnitDetail:
    """A ward with all that a page shows."""
    return operations.register_unit(
        system(),
        provider_id=cast.units["ward"].provider_id,
        name="Medicinavdelningen",
        kind=cast.units["ward"].kind,
        hsa_id=HSA,
        town="Östersund",
        phone="063-15 30 00",
        email="avd@example.org",
    )


def on_shelf(kind: str, key: object) -> dict[str, Any]:
    row = Resource.objects.get(source="samverka", kind=kind, local_id=str(key))
    assert row.person_id is None
    text = Version.objects.get(resource=row, number=row.version).text
    return dict(json.loads(text))


def test_a_unit_is_read_as_it_lies_on_the_shelf(cast: Cast, unit: reads.UnitDetail) -> None:
    nurse = FhirClient(cast.region_nurse)
    made, tag = nurse.read(f"Organization/{unit.id}")
    assert made == on_shelf("Organization", unit.id)
    assert made["identifier"][0]["system"] == "urn:oid:1.2.752.29.4.19"
    assert made["identifier"][0]["value"] == HSA
    assert made["partOf"]["reference"] == f"Organization/{unit.provider_id}"
    assert nurse.get(f"Organization/{unit.id}", **{"if-none-match": tag}).status_code == 304
    place, _tag = nurse.read(f"Location/{unit.id}")
    assert place["managingOrganization"]["reference"] == f"Organization/{unit.id}"


def test_every_reference_leads_to_something_that_can_be_read(cast: Cast) -> None:
    nurse = FhirClient(cast.region_nurse)
    role, _tag = nurse.read(f"PractitionerRole/{cast.region_nurse.assignment_id}")
    kinds = []
    waiting = [role]
    while waiting:
        for value in waiting.pop().values():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict) and "reference" in one:
                    found, _tag = nurse.read(one["reference"])
                    kinds.append(found["resourceType"])
                    waiting.append(found)
    assert kinds.count("Organization") >= 3
    assert {"Practitioner", "Location"} <= set(kinds)


def test_all_that_is_published_is_r4_and_keeps_to_its_profile(
    cast: Cast, unit: reads.UnitDetail
) -> None:
    texts = Version.objects.filter(resource__person_id__isnull=True).values_list("text", flat=True)
    kinds = set()
    for text in texts:
        made = json.loads(text)
        kinds.add(made["resourceType"])
        assert validate(text) == []
        assert [breaks(made, url) for url in claimed(made)] in ([[]], [])
        assert bool(claimed(made)) == (made["resourceType"] != "Location")
    assert kinds == {"Organization", "Location", "Practitioner", "PractitionerRole"}


def test_an_assignment_that_ends_is_no_longer_active(cast: Cast) -> None:
    key = cast.region_nurse.assignment_id
    assert key is not None
    assert on_shelf("PractitionerRole", key)["active"] is True
    operations.end_assignment(cast.at(system(), hours=1), assignment_id=key)
    made = on_shelf("PractitionerRole", key)
    assert made["active"] is False
    assert made["period"]["end"] == (NOW + timedelta(hours=1)).isoformat()


def test_roles_and_accounts_are_told_to_nobody(cast: Cast) -> None:
    row = Assignment.objects.get(id=cast.region_nurse.assignment_id)
    text = json.dumps(on_shelf("PractitionerRole", row.id))
    assert Role.CARE.value not in text.replace("care-", "")
    assert str(row.staff.account_id) not in text


def test_they_are_changed_on_their_pages(cast: Cast, unit: reads.UnitDetail) -> None:
    nurse = FhirClient(cast.region_nurse)
    made, tag = nurse.read(f"Organization/{unit.id}")
    before = on_shelf("Organization", unit.id)
    status, _places = told(nurse.put({**made, "name": "Annat"}, tag))
    assert 400 <= status < 500
    assert on_shelf("Organization", unit.id) == before
    assert told(nurse.get(f"Practitioner/{unit.id}"))[0] == 404
    assert told(nurse.get(f"Location/{unit.provider_id}"))[0] == 404


@pytest.mark.parametrize(
    ("choice", "systems"),
    [
        (1, ["urn:oid:1.2.752.29.4.19"]),
        (2, ["urn:oid:1.2.752.129.2.1.4.1"]),
        (3, ["urn:oid:1.2.752.29.4.19", "urn:oid:1.2.752.129.2.1.4.1"]),
    ],
)
def test_the_county_says_how_the_hsa_id_is_written(
    cast: Cast, unit: reads.UnitDetail, choice: int, systems: list[str]
) -> None:
    access.set_county_value(
        cast.administrator, key=Key.FHIR_HSA_SYSTEM, value=choice,
        valid_from=local_date(NOW), reason="Beslut",
    )  # fmt: skip
    operations.publish_organisations(system())
    assert [one["system"] for one in on_shelf("Organization", unit.id)["identifier"]] == systems
    made, _tag = FhirClient(cast.region_nurse).read(f"Organization/{unit.id}")
    assert [one["system"] for one in made["identifier"]] == systems


def test_what_was_there_before_is_published_by_the_command(cast: Cast) -> None:
    before = Resource.objects.filter(person_id__isnull=True).count()
    count = operations.publish_organisations(system())
    assert count == before - Unit.objects.count()  # a unit lies there twice: itself and its place
    assert Resource.objects.filter(person_id__isnull=True).count() == before
    assert not Resource.objects.filter(person_id__isnull=True, version__gt=1).exists()


def test_what_is_about_somebody_is_never_published_as_about_nobody(cast: Cast) -> None:
    patient = {"resourceType": "Patient", "id": "x"}
    with pytest.raises(ValueError, match="about somebody"):
        publish_resources(None, [(patient, None)])


def test_the_forms_are_made_without_a_database(unit: reads.UnitDetail) -> None:
    made = fhir.unit(unit, ("urn:oid:1",))
    assert made["telecom"] == [
        {"system": "phone", "value": "063-15 30 00"},
        {"system": "email", "value": "avd@example.org"},
    ]
    assert made["address"] == [{"city": "Östersund", "country": "SE"}]
