"""Operations of a type and of the whole system over HTTP: only what the reader may know of stands in the answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from samverka.people.reads import PersonDetail
from tests.factories.cast import KARINS_NUMBER, Cast, make_person
from tests.factories.fhir import FhirClient, told

TAG = {"system": "https://example.org/tags", "code": "round"}


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.region_nurse, identity=KARINS_NUMBER)


def flag(person: PersonDetail) -> dict[str, Any]:
    return {
        "resourceType": "Flag",
        "meta": {
            "tag": [TAG],
            "security": [{"code": "R"}],
            "profile": ["https://example.org/flag"],
        },
        "status": "active",
        "code": {"text": "Fallrisk"},
        "subject": {"reference": f"Patient/{person.id}"},
    }


def labels(client: FhirClient, place: str) -> dict[str, Any]:
    answer = client.get(place)
    assert answer.status_code == 200, answer.content
    found = json.loads(answer.content).get("parameter") or [{"valueMeta": {}}]
    meta: dict[str, Any] = found[0]["valueMeta"]
    return meta


def test_labels_of_a_type_and_of_the_system_are_those_that_one_may_see(
    cast: Cast, karin: PersonDetail
) -> None:
    nurse, stranger = FhirClient(cast.region_nurse), FhirClient(cast.stranger)
    for _each in range(2):
        assert nurse.post(flag(karin)).status_code == 201
    of_type = labels(nurse, "Flag/$meta")
    assert of_type == {
        "tag": [TAG],
        "security": [{"code": "R"}],
        "profile": ["https://example.org/flag"],
    }
    assert TAG in labels(nurse, "$meta")["tag"]
    assert labels(nurse, "Goal/$meta") == {}
    assert labels(stranger, "Flag/$meta") == {}
    assert TAG not in labels(stranger, "$meta").get("tag", [])


def test_nothing_may_be_there_yet(cast: Cast, karin: PersonDetail) -> None:
    nurse, star = FhirClient(cast.region_nurse), {"if-none-match": "*"}
    own = {**flag(karin), "id": "my-own"}
    assert nurse.put(own, **star).status_code == 201
    again = nurse.put(own, **star)
    assert (again.status_code, again["ETag"]) == (412, 'W/"1"')
    assert told(nurse.put({**own, "status": "inactive"}, **star))[0] == 412
    assert nurse.get("Flag/my-own")["ETag"] == 'W/"1"'
    assert FhirClient(cast.stranger).put(own, **star).status_code == 404
    assert nurse.client.delete("/fhir/R4/Flag/my-own").status_code == 204
    assert nurse.put(own, **star).status_code == 201
    person, tag = nurse.read(f"Patient/{karin.id}")
    assert told(nurse.put(person, tag, **star))[0] == 412


def test_our_own_whole_address_is_the_same_as_the_short_one(
    cast: Cast, karin: PersonDetail
) -> None:
    nurse, whole = FhirClient(cast.region_nurse), "http://testserver/fhir/R4"
    unit = json.loads(nurse.get("Organization?_count=1").content)["entry"][0]["resource"]
    sent = flag(karin) | {
        "subject": {"reference": f"{whole}/Patient/{karin.id}"},
        "author": {"reference": f"{whole}/Organization/{unit['id']}"},
    }
    made = nurse.post(sent)
    assert made.status_code == 201, made.content
    key = json.loads(made.content)["id"]
    second = json.loads(nurse.put({**sent, "id": "in-place"}).content)
    bundle = {"request": {"method": "POST", "url": "Flag"}, "resource": sent}
    body = json.dumps({"resourceType": "Bundle", "type": "transaction", "entry": [bundle]})
    assert (
        nurse.client.post("/fhir/R4", body, content_type="application/fhir+json").status_code == 200
    )
    assert second["subject"] == sent["subject"], "the text is the sender's"
    for search in (
        f"Flag?patient=Patient/{karin.id}",
        f"Flag?patient={whole}/Patient/{karin.id}",
        f"Flag?author=Organization/{unit['id']}",
        f"Flag?author:Organization.name={unit['name']}",
    ):
        found = json.loads(nurse.get(search).content)
        assert len(found["entry"]) == 3, search
    along = json.loads(
        nurse.get(f"Flag?_id={key}&_include=Flag:author&_include=Flag:subject").content
    )
    kinds = {one["resource"]["resourceType"] for one in along["entry"]}
    assert kinds == {"Flag", "Patient", "Organization"}
    other = sent | {
        "subject": {"reference": f"https://elsewhere.example/fhir/R4/Patient/{karin.id}"}
    }
    assert nurse.post(other).status_code == 422
