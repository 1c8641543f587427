"""Every way out of the FHIR server, by what a client can send."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.test import Client

from tests.leaks.world import KINDS, World

JSON = "application/fhir+json"


@dataclass(frozen=True)
class Sent:
    """One answer, with all that a client can read of it."""

    what: str
    status: int
    body: str

    @property
    def told(self) -> dict[str, Any]:
        """The body, where it is JSON."""
        found: dict[str, Any] = json.loads(self.body.split("\n", 1)[0])
        return found


class Asker:
    """Sends, and keeps what comes back: the body, the headers and the status."""

    def __init__(self, client: Client, headers: dict[str, str] | None = None) -> None:
        self.client, self.headers = client, headers or {}
        self.sent: list[Sent] = []

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Sent:
        """One request below /fhir/R4."""
        data = {"data": json.dumps(body), "content_type": JSON} if body is not None else {}
        answer = self.client.generic(
            method,
            f"/fhir/R4{path}",
            data=data.get("data", ""),
            content_type=data.get("content_type", JSON),
            headers=self.headers | headers,
        )
        text = b"".join(answer) if answer.streaming else answer.content
        told = " ".join(f"{name}: {value}" for name, value in answer.items())
        one = Sent(f"{method} {path}", answer.status_code, f"{text.decode()}\n{told}")
        assert answer.status_code < 500, (one.what, one.body[:500])
        self.sent.append(one)
        return one


def lists(world: World) -> Iterator[str]:
    """Searches, histories and documents: what is asked without knowing a single resource."""
    kinds = (*KINDS, "CarePlan", "Goal")
    yield "/_history"
    for kind in kinds:
        yield f"/{kind}"
        yield f"/{kind}?_sort=-_lastUpdated&_count=3"
        yield f"/{kind}?_summary=true"
        yield f"/{kind}?_elements=identifier"
        yield f"/{kind}/_history"
    yield "/Patient"
    yield "/Patient?" + "&".join(
        f"_revinclude={kind}:patient" for kind in ("Observation", "Condition")
    )
    yield "/Patient?_revinclude=CarePlan:subject&_revinclude:iterate=Provenance:target"
    yield "/CarePlan?_include=CarePlan:goal&_include=CarePlan:patient"
    yield "/Observation?_include=Observation:subject&_revinclude:iterate=Condition:patient"
    yield "/Observation?subject:Patient.given=Ada"
    yield "/Provenance?_include=Provenance:target"
    yield "/AuditEvent"
    for person in world.persons:
        at = f"/Patient/{person.id}"
        yield from (f"/{kind}?patient={person.id}" for kind in kinds if kind != "Task")
        yield from (f"{at}/{kind}" for kind in kinds)
        yield f"{at}/*"
        yield from (
            f"{at}/{one}" for one in ("$everything", "$summary", "$patientkontrakt", "_history")
        )


def guesses(kind: str, key: str) -> Iterator[tuple[str, str, Any, dict[str, str]]]:
    """What one sends who knows, or guesses, the address of a resource and what it is identified by."""
    at = f"/{kind}/{key}"
    yield "GET", at, None, {}
    yield "HEAD", at, None, {}
    yield "GET", at, None, {"If-None-Match": 'W/"1"'}
    yield "GET", f"{at}/_history", None, {}
    yield "GET", f"{at}/_history/1", None, {}
    yield "GET", f"{at}/$meta", None, {}
    yield "GET", f"/{kind}?_id={key}", None, {}
    yield "GET", f"/{kind}/$meta", None, {}
    sent = {"resourceType": kind, "id": key, "status": "final", "code": {"text": "x"}}
    yield "PUT", at, sent, {"If-Match": 'W/"77"'}
    yield "PATCH", at, [{"op": "test", "path": "/status", "value": "x"}], {"If-Match": 'W/"1"',
                        "Content-Type": "application/json-patch+json"}  # fmt: skip
    yield "DELETE", at, None, {"If-Match": 'W/"77"'}
    entries = [{"request": {"method": "GET", "url": one}} for one in (at[1:], f"{kind}?_id={key}")]
    yield "POST", "/", {"resourceType": "Bundle", "type": "batch", "entry": entries}, {}


def words_in(sent: Iterable[Sent], words: Iterable[str]) -> dict[str, str]:
    """Which of the words were told, and by which request first."""
    found: dict[str, str] = {}
    for one in sent:
        for word in words:
            if word in one.body and word not in found:
                found[word] = one.what
    return found


def ids_in(sent: Iterable[Sent], ids: Iterable[UUID | str]) -> dict[str, str]:
    """Likewise ids."""
    return words_in(sent, [str(one) for one in ids])
