"""Whatever is sent to the base or as a patch, the answer is in words and never a fault of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverka.people.reads import PersonDetail
from tests.config.bundles.conftest import places, send, weight
from tests.factories.fhir import JSON, FhirClient
from tests.resources.bundles.asking import entry

FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
methods = st.sampled_from(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "", "post"])
addresses = st.sampled_from(
    ["", "Patient", "Patient/1", "Observation?code=x", "Observation/x/_history/1", "$meta", "_history", "metadata",
     "?_type=Patient", "Observation/%00", "Observation/1?_format=xml", "CarePlan/1/$everything", "Task/_search",
     "Observation?" + "a" * 3000, "//", "Nonsense/1", "Patient/1/2/3/4/5"]
) | st.text(max_size=12)  # fmt: skip
resources = st.sampled_from(
    [{"resourceType": "Observation"}, {"resourceType": "Basic", "code": {"text": "x"}},
     {"resourceType": "Patient"}, {"resourceType": "Parameters"}, {"resourceType": "Binary", "contentType": "a/b"},
     {"resourceType": "Task", "status": "draft", "intent": "order"}, {"resourceType": "Encounter"}]
) | json_values  # fmt: skip
requests = st.fixed_dictionaries(
    {"method": methods, "url": addresses},
    optional={
        "ifMatch": st.text(max_size=6),
        "ifNoneExist": st.text(max_size=12),
        "ifNoneMatch": st.text(max_size=6),
    },
)
entries = st.fixed_dictionaries(
    {"request": requests | json_values},
    optional={
        "resource": resources,
        "fullUrl": st.sampled_from(["urn:uuid:1", "urn:uuid:2", "http://a/Patient/1", "x"]),
    },
)


def in_words(answer: Any) -> None:
    assert answer.status_code < 500, answer.content
    if answer.status_code >= 400:
        assert json.loads(answer.content)["issue"][0]["diagnostics"]


@FEW
@given(many=st.lists(entries, max_size=4), kind=st.sampled_from(["batch", "transaction"]))
def test_any_entries(nurse: FhirClient, many: list[Any], kind: str) -> None:
    answer = send(nurse, *many, kind=kind)
    in_words(answer)
    if answer.status_code == 200:
        made = json.loads(answer.content).get("entry", [])
        assert all(one["response"]["status"][0] in "234" for one in made)


@FEW
@given(body=json_values | st.fixed_dictionaries({"resourceType": st.just("Bundle")}, optional={
    "type": json_values, "entry": json_values, "id": json_values}))  # fmt: skip
def test_any_json(nurse: FhirClient, body: Any) -> None:
    in_words(nurse.client.post("/fhir/R4", json.dumps(body), content_type=JSON))


@FEW
@given(body=st.binary(max_size=60))
def test_any_bytes(nurse: FhirClient, body: bytes) -> None:
    in_words(nurse.client.post("/fhir/R4", body, content_type=JSON))


@pytest.fixture
def place(nurse: FhirClient, karin: PersonDetail) -> str:
    return places(send(nurse, entry("POST", "Observation", weight(karin))))[0]


pointers = st.sampled_from(
    ["", "/", "/status", "/code/text", "/code/coding/-", "/subject", "/id", "/meta", "/x/y", "~"]
)
steps = st.fixed_dictionaries(
    {
        "op": st.sampled_from(["add", "remove", "replace", "move", "copy", "test", "x"]),
        "path": pointers,
    },
    optional={"from": pointers, "value": json_values},
)


@FEW
@given(body=st.lists(steps, max_size=5) | json_values)
def test_any_json_patch(nurse: FhirClient, place: str, body: Any) -> None:
    media = "application/json-patch+json"
    in_words(nurse.client.patch(f"/fhir/R4/{place}", json.dumps(body), content_type=media))


names = st.sampled_from(["type", "path", "name", "value", "index", "source", "destination"])
values: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [{"valueCode": "add"}, {"valueCode": "insert"}, {"valueCode": "delete"}, {"valueCode": "replace"},
     {"valueString": "Observation"}, {"valueString": "Observation.note"}, {"valueString": "Observation.code.text"},
     {"valueString": "note"}, {"valueInteger": 0}, {"valueString": "Observation.where(status='final')"},
     {"part": []}, {"part": [{"name": "text", "valueMarkdown": "x"}]}, {"valueString": "Observation.id"},
     {"resource": {"resourceType": "Basic"}}, {"valueDecimal": 1.5}]
)  # fmt: skip


def _part(pair: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return {"name": pair[0]} | pair[1]


parts = st.tuples(names, values).map(_part)


@FEW
@given(many=st.lists(st.lists(parts, max_size=5), max_size=3))
def test_any_fhirpath_patch(nurse: FhirClient, place: str, many: list[Any]) -> None:
    parameters = [{"name": "operation"} | ({"part": one} if one else {}) for one in many]
    body = {"resourceType": "Parameters"} | ({"parameter": parameters} if parameters else {})
    in_words(nurse.client.patch(f"/fhir/R4/{place}", json.dumps(body), content_type=JSON))
