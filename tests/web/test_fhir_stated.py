"""What anyone may ask before being let in: what can be done here. Nothing else is open."""

from __future__ import annotations

import pytest
from django.test import Client

from samverka.resources.rules.validation import validate

pytestmark = pytest.mark.django_db


def test_metadata_is_open_and_right_r4() -> None:
    whole = Client().get("/fhir/R4/metadata")
    assert whole.status_code == 200
    assert validate(whole.content) == []
    assert whole.json()["implementation"]["url"] == "http://testserver/fhir/R4"
    short = Client().get("/fhir/R4/metadata", {"_summary": "true"})
    assert len(short.content) < len(whole.content)
    terms = Client().get("/fhir/R4/metadata", {"mode": "terminology"})
    assert terms.json()["resourceType"] == "TerminologyCapabilities"
    assert Client().post("/fhir/R4/metadata").status_code in (403, 405)


def test_openapi_is_open_and_named_in_the_statement() -> None:
    statement = Client().get("/fhir/R4/metadata")
    answer = Client().get("/fhir/R4/openapi.json")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    said = answer.json()
    assert said["openapi"].startswith("3.1")
    assert said["servers"] == [{"url": "http://testserver/fhir/R4"}]
    address = f"{said['servers'][0]['url']}/openapi.json"
    assert statement["Link"] == f'<{address}>; rel="service-desc"; type="application/json"'
    assert address in statement.json()["implementation"]["description"]


@pytest.mark.parametrize("address", ["$export", "$export-job/1", "Patient/1/$everything"])
def test_nothing_else_is_open(address: str) -> None:
    assert Client().get(f"/fhir/R4/{address}").status_code == 401
