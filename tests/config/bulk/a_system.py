"""A system that asks over HTTP by its own token, as SMART Backend Services gives it."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from tests.connections.letting import bearer, make_client, public, system_token
from tests.factories.cast import Cast

NDJSON = "application/fhir+ndjson"


class System:
    """A system of the health centre's, with its own key, token and scopes."""

    def __init__(self, cast: Cast, scopes: str = "system/*.cruds") -> None:
        client = make_client(
            cast.region_nurse.unit_id, name="Journalen", kind="backend", scopes=scopes, keys=public(),
            roles=["integration"], purposes=["TREAT"], redirects=[],
        )  # fmt: skip
        answer = system_token(client, scopes)
        assert answer.status_code == 200, answer.content
        self.headers = bearer(answer.json()["access_token"]) | {"Prefer": "respond-async"}
        self.client = Client()

    def get(self, place: str) -> Any:
        return self.client.get(path_of(place), headers=self.headers)

    def send(self, text: str | bytes, media: str = "application/fhir+json") -> Any:
        return self.client.post("/fhir/R4/$import", text, content_type=media, headers=self.headers)

    def begin(self, text: str | bytes, media: str = "application/fhir+json") -> str:
        """Where it can be followed."""
        answer = self.send(text, media)
        assert answer.status_code == 202, answer.content
        where: str = answer["Content-Location"]
        assert "/fhir/R4/$import-job/" in where
        return where

    def manifest(self, where: str) -> dict[str, Any]:
        answer = self.get(where)
        assert answer.status_code == 200, answer.content
        found: dict[str, Any] = answer.json()
        return found

    def faults(self, where: str) -> list[dict[str, Any]]:
        """Every issue of every file of faults."""
        found = []
        for one in self.manifest(where)["error"]:
            answer = self.get(one["url"])
            assert answer["Content-Type"] == NDJSON
            lines = [json.loads(line) for line in answer.content.splitlines()]
            assert len(lines) == one["count"]
            found += [issue for line in lines for issue in line["issue"]]
        return found


def path_of(place: str) -> str:
    """An address of ours without the server."""
    return "/fhir/R4/" + place.rpartition("/fhir/R4/")[2]
