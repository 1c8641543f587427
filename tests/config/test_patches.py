"""PATCH through the API: JSON Patch and FHIRPath Patch, on what is kept and on what a room owns."""

from __future__ import annotations

import base64
import json
from typing import Any

from samverka.people.reads import PersonDetail
from tests.config.bundles.conftest import (
    cast,
    condition,
    karin,
    kept,
    nurse,
    places,
    send,
    statuses,
    stranger,
    weight,
)
from tests.factories.fhir import JSON, FhirClient, told
from tests.resources.bundles.asking import Doc, entry

__all__ = ["cast", "karin", "nurse", "stranger"]  # fixtures

JSON_PATCH = "application/json-patch+json"


def patch(
    client: FhirClient, place: str, body: Any, media: str = JSON_PATCH, **headers: str
) -> Any:
    text = body if isinstance(body, bytes) else json.dumps(body)
    return client.client.patch(f"/fhir/R4/{place}", text, content_type=media, headers=headers)


def replace(path: str, value: object) -> list[Doc]:
    return [{"op": "replace", "path": path, "value": value}]


def by_path(path: str, **value: object) -> Doc:
    part = [{"name": "type", "valueCode": "replace"}, {"name": "path", "valueString": path},
            {"name": "value"} | value]  # fmt: skip
    return {"resourceType": "Parameters", "parameter": [{"name": "operation", "part": part}]}


def measured(nurse: FhirClient, karin: PersonDetail) -> str:
    number = {"system": "http://a.example", "value": "7"}
    one = weight(karin, valueQuantity={"value": 1, "unit": "kg"}, identifier=[number])
    return places(send(nurse, entry("POST", "Observation", one)))[0]


def test_both_kinds(nurse: FhirClient, karin: PersonDetail) -> None:
    place = measured(nurse, karin)
    made = patch(nurse, place, b'[{"op":"replace","path":"/valueQuantity/value","value":72.50}]')
    assert made.status_code == 200, made.content
    assert made["ETag"] == 'W/"2"'
    assert b'"value":72.50' in made.content
    unit = by_path("Observation.value.unit", valueString="g")
    made = patch(nurse, place, unit, JSON)
    assert made.status_code == 200, made.content
    assert b'"value":72.50' in nurse.get(place).content
    assert nurse.read(place)[0]["valueQuantity"]["unit"] == "g"


def test_what_cannot_be_patched_says_where(nurse: FhirClient, karin: PersonDetail) -> None:
    place = measured(nurse, karin)
    test = [{"op": "test", "path": "/status", "value": "amended"}]
    assert told(patch(nurse, place, test)) == (422, ["[0]"])
    assert told(patch(nurse, place, b"{}"))[0] == 400
    assert told(patch(nurse, place, replace("/status", "nonsense"))) == (
        400,
        ["Observation.status"],
    )
    assert told(patch(nurse, place, replace("/subject/reference", "Patient/none")))[0] == 422
    assert told(patch(nurse, place, replace("/id", "x")))[0] == 422
    assert told(patch(nurse, place, [], "application/merge-patch+json"))[0] == 415
    assert patch(nurse, "Observation/none", []).status_code == 404
    assert nurse.get(place)["ETag"] == 'W/"1"'


def test_a_version_that_was_overtaken(nurse: FhirClient, karin: PersonDetail) -> None:
    place = measured(nurse, karin)
    change = replace("/status", "amended")
    assert patch(nurse, place, change, **{"If-Match": 'W/"9"'}).status_code == 412
    assert patch(nurse, place, change, **{"If-Match": 'W/"1"'}).status_code == 200


def test_what_several_share_needs_a_version(nurse: FhirClient, karin: PersonDetail) -> None:
    task = {"resourceType": "Task", "status": "requested", "intent": "order",
            "for": {"reference": f"Patient/{karin.id}"}}  # fmt: skip
    [place] = places(send(nurse, entry("POST", "Task", task)))
    change = replace("/status", "accepted")
    assert patch(nurse, place, change).status_code == 428
    assert patch(nurse, place, change, **{"If-Match": 'W/"1"'}).status_code == 200


def test_by_a_condition(nurse: FhirClient, karin: PersonDetail) -> None:
    place = measured(nurse, karin)
    change = replace("/status", "amended")
    made = patch(nurse, "Observation?identifier=http://a.example|7", change)
    assert made.status_code == 200, made.content
    assert nurse.read(place)[0]["status"] == "amended"
    assert patch(nurse, "Observation?identifier=http://a.example|8", change).status_code == 404
    measured(nurse, karin)
    assert patch(nurse, "Observation?identifier=http://a.example|7", change).status_code == 412


def test_one_who_may_not(nurse: FhirClient, stranger: FhirClient, karin: PersonDetail) -> None:
    place = measured(nurse, karin)
    assert patch(stranger, place, replace("/status", "amended")).status_code in (403, 404)
    assert nurse.get(place)["ETag"] == 'W/"1"'


def test_within_a_transaction(nurse: FhirClient, karin: PersonDetail) -> None:
    place = measured(nurse, karin)
    data = base64.b64encode(json.dumps(replace("/status", "amended")).encode()).decode()
    binary = {"resourceType": "Binary", "contentType": JSON_PATCH, "data": data}
    new = entry("POST", "Condition", condition(karin))
    assert statuses(send(nurse, entry("PATCH", place, binary), new)) == ["200", "201"]
    assert nurse.read(place)[0]["status"] == "amended"
    unit = by_path("Observation.value.unit", valueString="g")
    assert statuses(send(nurse, entry("PATCH", place, unit), new)) == ["200", "201"]
    bad = by_path("Observation.nonsense", valueString="g")
    made = send(nurse, new, entry("PATCH", place, bad))
    assert told(made)[0] == 400
    assert told(made)[1][0].startswith("Bundle.entry[1].resource")
    bomb = base64.b64encode(
        json.dumps([{"op": "copy", "from": "", "path": "/note"}] * 400).encode()
    )
    bomb_entry = entry("PATCH", place, binary | {"data": bomb.decode()})
    assert told(send(nurse, new, bomb_entry))[0] == 422
    assert kept() == 3


def test_a_plan_of_ours_is_changed_by_its_room(nurse: FhirClient, karin: PersonDetail) -> None:
    category = [{"coding": [{"system": "http://snomed.info/sct", "code": "734163000"}]}]
    plan = {"resourceType": "CarePlan", "status": "draft", "intent": "plan", "category": category,
            "subject": {"reference": f"Patient/{karin.id}"}}  # fmt: skip
    made = nurse.post(plan)
    assert made.status_code == 201, made.content
    place = f"CarePlan/{json.loads(made.content)['id']}"
    change = [{"op": "add", "path": "/description", "value": "Bo hemma"}]
    assert patch(nurse, place, change).status_code == 428
    answer = patch(nurse, place, change, **{"If-Match": made["ETag"]})
    assert answer.status_code in (200, 422), answer.content
    if answer.status_code == 422:
        assert told(answer)[1] == ["CarePlan.description"]
