"""Every way out of the FHIR server, by what a client can send."""

from __future__ import annotations

import json
import re
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
    yield "/$meta"
    for kind in kinds:
        yield f"/{kind}/$meta"
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
    yield "/Patient?_has:Observation:patient:_tag=urn:word|&_revinclude=Observation:patient"
    yield "/CarePlan?_include:iterate=*&_revinclude:iterate=*"
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


# ── by a word that one guesses: what is hidden must answer as a word that stands nowhere ──


NOWHERE = "ordet99999slut"
"""A word of the same form that nothing holds."""


def by_word(at: str, person: UUID, said: str) -> Iterator[tuple[str, str, Any, dict[str, str]]]:
    """What one asks who guesses what is written, about whom, but not where."""
    kind = at.split("/")[0]
    by = f"identifier=urn:word|{said}"
    for path in (
        f"/{kind}?{by}", f"/{kind}?{by}&_summary=count", f"/{kind}?_tag=urn:word|{said}&_total=accurate", f"/{kind}/_search?{by}", f"/Patient/{person}/{kind}?{by}",
        f"/Patient?_has:{kind}:patient:{by}&_total=accurate", f"/Patient?_has:{kind}:patient:{by}&_revinclude={kind}:patient", f"/CarePlan?subject:Patient._has:{kind}:patient:{by}",
        f"/Provenance?target:{kind}.{by}", f"/List?item:{kind}.{by}&_summary=count",
        f"/{kind}?{by}&_sort=-_lastUpdated&_count=1", f"/{kind}?identifier:not=urn:word|{said}&patient={person}&_summary=count",
    ):  # fmt: skip
        yield "GET", path, None, {}


def writes_by_word(
    at: str, person: UUID, said: str
) -> Iterator[tuple[str, str, Any, dict[str, str]]]:
    """What one writes by a condition: it must find what is hidden no more than what is not there."""
    kind = at.split("/")[0]
    by = f"{kind}?identifier=urn:word|{said}"
    basic = {"resourceType": "Basic", "code": {"text": "x"}}
    yield "DELETE", f"/{by}", None, {}
    yield "PATCH", f"/{by}", [{"op": "test", "path": "/status", "value": "x"}], {"Content-Type": "application/json-patch+json"}  # fmt: skip
    sent = {"resourceType": kind, "subject": {"reference": f"Patient/{person}"}}
    yield "PUT", f"/{by}", sent, {}
    linked = basic | {"subject": {"reference": by}}
    for entry in (
        {"request": {"method": "POST", "url": "Basic"}, "resource": linked, "fullUrl": "urn:uuid:5b0f3f6c-7f0e-4a8e-9f5b-0d5f0c1c9a11"},
        {"request": {"method": "DELETE", "url": by}}, {"request": {"method": "GET", "url": by}},
        {"request": {"method": "PATCH", "url": by}, "resource": {"resourceType": "Parameters"}},
    ):  # fmt: skip
        for sort in ("batch", "transaction"):
            yield "POST", "/", {"resourceType": "Bundle", "type": sort, "entry": [entry]}, {}


def operations_on(at: str) -> Iterator[tuple[str, str, Any, dict[str, str]]]:
    """Operations that are told an address: they must not say whether anything is there."""
    key = at.split("/")[1]
    reference = {"reference": at}
    yield "GET", f"/{at}/$validate?mode=delete", None, {}
    yield "POST", f"/{at}/$validate", {"resourceType": "Parameters", "parameter": [{"name": "mode", "valueCode": "delete"}]}, {}  # fmt: skip
    yield "POST", f"/{at}/$meta-add", {"resourceType": "Parameters", "parameter": [{"name": "meta", "valueMeta": {"tag": [{"code": "x"}]}}]}, {}  # fmt: skip
    parts = [
        {"name": "name", "valueString": "one"},
        {"name": "content", "valueReference": reference},
    ]
    asked = {
        "resourceType": "Questionnaire",
        "status": "active",
        "item": [{"linkId": "1", "type": "string"}],
    }
    given = [
        {"name": "questionnaire", "resource": asked},
        {"name": "subject", "valueReference": reference},
        {"name": "context", "part": parts},
    ]
    yield "POST", "/Questionnaire/$populate", {"resourceType": "Parameters", "parameter": given}, {}
    for name in ("$everything", "$summary", "$patientkontrakt", "$export"):
        yield "GET", f"/Patient/{key}/{name}", None, {}
    for name in ("$status", "$events"):
        yield "GET", f"/Subscription/{key}/{name}", None, {}


def same_as_nothing(
    asker: Asker,
    there: Iterable[tuple[str, str, Any, dict[str, str]]],
    gone: Iterable[tuple[str, str, Any, dict[str, str]]],
    said: tuple[str, str],
) -> None:
    """Ask both, and compare all that can be read of the answers."""
    for one, other in zip(there, gone, strict=True):
        first, second = (
            asker.ask(method, path, body, **headers) for method, path, body, headers in (one, other)
        )
        assert first.status == second.status, (first.what, first.body, second.body)
        assert _without(first.body, said[0]) == _without(second.body, said[1]), first.what


_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def _without(body: str, said: str) -> str:
    """Without what was asked for, and the ids that are given anew each time."""
    return _ID.sub("…", body.replace(said, "…"))
