"""Requests to begin from. Each does what it says when the ids are of someone whom one may read: a test sends them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from samverka.developers.rules.requests import BLANK, JSON, Request
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

WRITTEN = "Observation"
"""The type of the examples that write: no room owns it, so it is kept word for word."""


@dataclass(frozen=True, slots=True)
class About:
    """What an example is filled in with.

    Attributes:
        kind: the type that was chosen.
        id: one of that type.
        person: a person, as the id of a Patient.
        by_person: whether the type can be searched by person.
    """

    kind: str
    id: str = BLANK
    person: str = BLANK
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """One example.

    Attributes:
        kind: the one type that it is for; "" for every type, None for the whole server.
    """

    key: str
    words: Text
    kind: str | None
    made: Callable[[About], Request]


@dataclass(frozen=True, slots=True)
class Group:
    """Examples of one sort."""

    words: Text
    examples: tuple[Example, ...]


def _get(address: str) -> Request:
    return Request("GET", address)


def _send(
    method: str, address: str, body: str, *more: tuple[str, str], media: str = JSON
) -> Request:
    return Request(method, address, (("Accept", JSON), ("Content-Type", media), *more), body)


def _search(about: About) -> Request:
    whose = f"patient={about.person}&" if about.by_person and about.person != BLANK else ""
    return _get(f"{about.kind}?{whose}_count=5")


def _weight(person: str, *, id_line: str = "") -> str:
    return f"""{{
  "resourceType": "Observation",{id_line}
  "status": "final",
  "code": {{"coding": [{{"system": "http://loinc.org", "code": "29463-7"}}], "text": "Vikt"}},
  "subject": {{"reference": "Patient/{person}"}},
  "effectiveDateTime": "2026-11-20",
  "valueQuantity": {{"value": 72.50, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}}
}}"""


def _update(about: About) -> Request:
    body = _weight(about.person, id_line=f'\n  "id": "{about.id}",')
    return _send("PUT", f"{WRITTEN}/{about.id}", body)


_PATCH = """[
  {"op": "replace", "path": "/status", "value": "amended"}
]"""


def _indented(text: str) -> str:
    return text.replace("\n", "\n      ")


def _transaction(about: About) -> Request:
    first, second = _indented(_weight(about.person)), _indented(_weight(about.person))
    body = f"""{{
  "resourceType": "Bundle",
  "type": "transaction",
  "entry": [
    {{
      "request": {{"method": "POST", "url": "Observation"}},
      "resource": {first}
    }},
    {{
      "request": {{"method": "POST", "url": "Observation"}},
      "resource": {second}
    }}
  ]
}}"""
    return _send("POST", "", body)


GROUPS: tuple[Group, ...] = (
    Group(
        _("Läsa"),
        (
            Example("search", _("Söka"), "", _search),
            Example(
                "newest", _("Söka, det senaste först"), "",
                lambda one: _get(f"{one.kind}?_sort=-_lastUpdated&_count=5"),
            ),
            Example("count", _("Bara hur många"), "", lambda one: _get(f"{one.kind}?_summary=count")),
            Example("read", _("Läsa en"), "", lambda one: _get(f"{one.kind}/{one.id}")),
            Example("history", _("Alla versioner av en"), "", lambda one: _get(f"{one.kind}/{one.id}/_history")),
        ),
    ),
    Group(
        _("Om en person"),
        (
            Example(
                "included", _("Planer med mål och team"), "CarePlan",
                lambda one: _get(
                    f"CarePlan?patient={one.person}&_include=CarePlan:goal&_include=CarePlan:care-team"
                ),
            ),
            Example(
                "everything", _("Allt om en person ($everything)"), "Patient",
                lambda one: _get(f"Patient/{one.person}/$everything?_count=20"),
            ),
            Example(
                "summary", _("Sammanfattning (IPS, $summary)"), "Patient",
                lambda one: _get(f"Patient/{one.person}/$summary"),
            ),
            Example(
                "contract", _("Patientkontraktet ($patientkontrakt)"), "Patient",
                lambda one: _get(f"Patient/{one.person}/$patientkontrakt"),
            ),
        ),
    ),
    Group(
        _("Skriva"),
        (
            Example("create", _("Skapa"), WRITTEN, lambda one: _send("POST", WRITTEN, _weight(one.person))),
            Example("update", _("Ändra hela"), WRITTEN, _update),
            Example(
                "patch", _("Ändra en del (JSON Patch)"), WRITTEN,
                lambda one: _send(
                    "PATCH", f"{WRITTEN}/{one.id}", _PATCH, media="application/json-patch+json"
                ),
            ),
            Example("delete", _("Ta bort"), WRITTEN, lambda one: Request("DELETE", f"{WRITTEN}/{one.id}")),
            Example("transaction", _("Flera på en gång (transaction)"), None, _transaction),
            Example(
                "validate", _("Pröva utan att spara ($validate)"), WRITTEN,
                lambda one: _send("POST", f"{WRITTEN}/$validate", _weight(one.person)),
            ),
        ),
    ),
    Group(
        _("Om servern"),
        (
            Example("metadata", _("Vad servern kan (metadata)"), None, lambda _one: _get("metadata?_summary=true")),
            Example(
                "smart", _("Adresser för appar (smart-configuration)"), None,
                lambda _one: _get(".well-known/smart-configuration"),
            ),
        ),
    ),
)  # fmt: skip

EXAMPLES = {one.key: one for group in GROUPS for one in group.examples}

FIRST = "search"
