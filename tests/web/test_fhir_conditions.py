"""Writing by a condition: the one that a search finds, none, or too many."""

from __future__ import annotations

import json
from typing import Any

import pytest

from samverka.people.reads import PersonDetail
from samverka.resources.models import Resource
from tests.factories.cast import KARINS_NUMBER, Cast, make_person
from tests.factories.fhir import JSON, FhirClient, told

SYSTEM = "https://example.org/flags"


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.region_nurse, identity=KARINS_NUMBER)


@pytest.fixture
def nurse(cast: Cast) -> FhirClient:
    return FhirClient(cast.region_nurse)


def flag(person: PersonDetail, number: str, words: str = "Fallrisk", **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Flag",
        "identifier": [{"system": SYSTEM, "value": number}],
        "status": "active",
        "code": {"text": words},
        "subject": {"reference": f"Patient/{person.id}"},
        **more,
    }


def send(client: FhirClient, method: str, place: str, resource: Any = None, **headers: str) -> Any:
    body = {"data": json.dumps(resource), "content_type": JSON} if resource else {}
    return getattr(client.client, method)(f"/fhir/R4/{place}", headers=headers, **body)


def of(number: str) -> str:
    return f"identifier={SYSTEM}|{number}"


def test_create_unless_it_is_there(nurse: FhirClient, karin: PersonDetail) -> None:
    first = send(nurse, "post", "Flag", flag(karin, "1"), **{"if-none-exist": of("1")})
    assert first.status_code == 201, first.content
    again = send(nurse, "post", "Flag", flag(karin, "1"), **{"if-none-exist": of("1")})
    assert (again.status_code, again["Location"]) == (200, first["Location"])
    assert Resource.objects.filter(kind="Flag").count() == 1
    send(nurse, "post", "Flag", flag(karin, "1"))
    many = send(nurse, "post", "Flag", flag(karin, "1"), **{"if-none-exist": of("1")})
    assert told(many)[0] == 412
    nothing = send(nurse, "post", "Flag", flag(karin, "1"), **{"if-none-exist": ""})
    assert told(nothing)[0] == 400
    wrong = send(nurse, "post", "Flag", flag(karin, "1"), **{"if-none-exist": "nonsense=1"})
    assert told(wrong)[0] == 400


def test_what_one_may_not_see_is_found_by_no_condition(
    cast: Cast, nurse: FhirClient, karin: PersonDetail
) -> None:
    send(nurse, "post", "Flag", flag(karin, "1"))
    stranger = FhirClient(cast.stranger)
    other = make_person(cast.stranger, identity=None)
    made = send(stranger, "post", "Flag", flag(other, "1"), **{"if-none-exist": of("1")})
    assert made.status_code == 201, "it is told of no other"
    gone = send(stranger, "delete", f"Flag?{of('1')}")
    assert gone.status_code == 204
    assert Resource.objects.filter(kind="Flag", status="kept", person_id=karin.id).count() == 1


def test_update_the_one_that_is_found(nurse: FhirClient, karin: PersonDetail) -> None:
    made = send(nurse, "put", f"Flag?{of('2')}", flag(karin, "2"))
    assert made.status_code == 201, made.content
    key = json.loads(made.content)["id"]
    changed = send(nurse, "put", f"Flag?{of('2')}", flag(karin, "2", "Annat"))
    assert (changed.status_code, changed["ETag"]) == (200, 'W/"2"')
    assert json.loads(changed.content)["id"] == key
    other = send(nurse, "put", f"Flag?{of('2')}", flag(karin, "2", id="another"))
    assert told(other) == (400, ["Flag.id"])
    chosen = send(nurse, "put", f"Flag?{of('3')}", flag(karin, "3", id="my-own"))
    assert (chosen.status_code, json.loads(chosen.content)["id"]) == (201, "my-own")
    send(nurse, "post", "Flag", flag(karin, "2"))
    assert told(send(nurse, "put", f"Flag?{of('2')}", flag(karin, "2")))[0] == 412
    assert told(send(nurse, "put", "Flag", flag(karin, "2")))[0] == 400


def test_delete_the_one_that_is_found(nurse: FhirClient, karin: PersonDetail) -> None:
    for number in ("4", "5", "5"):
        send(nurse, "post", "Flag", flag(karin, number))
    assert send(nurse, "delete", f"Flag?{of('4')}").status_code == 204
    assert send(nurse, "delete", f"Flag?{of('4')}").status_code == 204
    assert told(send(nurse, "delete", f"Flag?{of('5')}"))[0] == 412
    assert told(send(nurse, "delete", "Flag"))[0] == 400
    standing = Resource.objects.filter(kind="Flag").values_list("status", flat=True)
    assert sorted(standing) == ["deleted", "kept", "kept"]
    found = json.loads(nurse.get("Flag").content)
    assert len(found.get("entry", [])) == 2, "what was taken away is found by no search"
