"""Searches over HTTP, and what a nurse's system writes for them to find."""

from __future__ import annotations

import json
from typing import Any

from samverka.people.reads import PersonDetail
from tests.factories.fhir import FhirClient

PNR = "http://electronichealth.se/identifier/personnummer"


def bundle(client: FhirClient, query: str, **headers: str) -> dict[str, Any]:
    answer = client.get(query, **headers)
    assert answer.status_code == 200, answer.content
    made: dict[str, Any] = json.loads(answer.content)
    assert (made["resourceType"], made["type"]) == ("Bundle", "searchset")
    return made


def names(made: dict[str, Any], mode: str = "match") -> list[str]:
    return [
        f"{one['resource']['resourceType']}/{one['resource']['id']}"
        for one in made.get("entry", [])
        if one["search"]["mode"] == mode
    ]


def observe(client: FhirClient, karin: PersonDetail, day: str, value: float, **more: Any) -> str:
    sent = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}], "text": "Vikt"},
        "subject": {"reference": f"Patient/{karin.id}"},
        "effectiveDateTime": day,
        "valueQuantity": {
            "value": value,
            "unit": "kg",
            "system": "http://unitsofmeasure.org",
            "code": "kg",
        },
        **more,
    }
    answer = client.post({name: one for name, one in sent.items() if one is not None})
    assert answer.status_code == 201, answer.content
    return f"Observation/{json.loads(answer.content)['id']}"
