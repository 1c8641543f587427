"""A FHIR client that is logged in as one of the cast."""

from __future__ import annotations

import json
from typing import Any

from samverka.kernel.actor import Actor
from tests.factories.browser import log_in

JSON = "application/fhir+json"


class FhirClient:
    """What a record system does: reads, writes back, makes new."""

    def __init__(self, actor: Actor) -> None:
        self.client = log_in(actor)

    def get(self, place: str, **headers: str) -> Any:
        """GET Type/id."""
        return self.client.get(f"/fhir/R4/{place}", headers=headers)

    def read(self, place: str) -> tuple[dict[str, Any], str]:
        """The resource and its tag; it must be there."""
        answer = self.get(place)
        assert answer.status_code == 200, answer.content
        return json.loads(answer.content), answer["ETag"]

    def put(self, resource: dict[str, Any], tag: str = "", **headers: str) -> Any:
        """PUT the resource where it belongs."""
        place = f"/fhir/R4/{resource['resourceType']}/{resource['id']}"
        headers |= {"if-match": tag} if tag else {}
        return self.client.put(place, json.dumps(resource), content_type=JSON, headers=headers)

    def post(self, resource: dict[str, Any], content_type: str = JSON) -> Any:
        """POST a new one."""
        place = f"/fhir/R4/{resource['resourceType']}"
        return self.client.post(place, json.dumps(resource), content_type=content_type)

    def change(self, place: str, **values: Any) -> Any:
        """Read, change some elements, write back."""
        resource, tag = self.read(place)
        return self.put({**resource, **values}, tag)


def issues(answer: Any) -> list[dict[str, Any]]:
    """The issues of an OperationOutcome."""
    made = json.loads(answer.content)
    assert made["resourceType"] == "OperationOutcome"
    assert answer["Content-Type"].startswith(JSON)
    found: list[dict[str, Any]] = made["issue"]
    return found


def told(answer: Any) -> tuple[int, list[str]]:
    """Status and all places that the outcome names."""
    places = [path for one in issues(answer) for path in one.get("expression", [])]
    return answer.status_code, places
