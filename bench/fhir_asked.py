"""What is asked in `bench/fhir.py`: the operations of issue 6, their goals and the peer's ratios."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import quote

from bench.fhir_county import Known

Asked: TypeAlias = tuple[str, str, str]
"""Method, address, body."""

BASE = "/fhir/R4"


@dataclass(frozen=True, slots=True)
class Operation:
    """One kind of question: the ratio to the floor that is wanted, and the peer's."""

    name: str
    goal: float
    peer: float
    asked: Callable[[Known], list[Asked]]


def _get(*paths: str) -> list[Asked]:
    return [("GET", f"{BASE}/{path}", "") for path in paths]


def _patients(known: Known) -> list[Asked]:
    return _get(*(f"Patient/{person}" for person, _s, _v in known.persons))


def _plans(known: Known) -> list[Asked]:
    return _get(*(f"CarePlan/{plan}" for plan in known.plans))


def _by_number(known: Known) -> list[Asked]:
    return _get(*(f"Patient?identifier={quote(f'{s}|{v}')}" for _p, s, v in known.persons))


def _plans_of(known: Known) -> list[Asked]:
    return _get(*(f"CarePlan?patient={person}" for person, _s, _v in known.persons))


def _with_more(known: Known) -> list[Asked]:
    more = "_include=CarePlan:subject&_include=CarePlan:care-team&_revinclude=Task:based-on"
    return _get(*(f"CarePlan?patient={person}&{more}" for person, _s, _v in known.persons))


def _measured(known: Known) -> list[Asked]:
    more = f"code={quote('http://loinc.org|29463-7')}&date=ge2026-01-15&_sort=-date"
    return _get(*(f"Observation?patient={person}&{more}" for person, _s, _v in known.persons))


def _many(_known: Known) -> list[Asked]:
    category = quote("http://snomed.info/sct|734163000")
    return _get(f"CarePlan?status=active&category={category}&_sort=-_lastUpdated&_count=50")


def _task(person: str) -> dict[str, Any]:
    return {
        "resourceType": "Task",
        "status": "requested",
        "intent": "order",
        "description": "Ring och fråga hur det går.",
        "for": {"reference": f"Patient/{person}"},
        "code": {"text": "Uppföljning"},
    }


def _tasks(known: Known) -> list[Asked]:
    return [
        ("POST", f"{BASE}/Task", json.dumps(_task(one), ensure_ascii=False))
        for one, _s, _v in known.persons
    ]


def _everything(known: Known) -> list[Asked]:
    return _get(f"Patient/{known.persons[0][0]}/$everything?_count=250")


def _transaction(person: str) -> dict[str, Any]:
    """What the peer was asked: fifteen resources that point at each other."""
    subject = {"reference": f"Patient/{person}"}
    code = {"coding": [{"system": "http://loinc.org", "code": "29463-7"}]}
    kept: list[dict[str, Any]] = [
        {"resourceType": "Condition", "subject": subject, "code": {"text": "Hjärtsvikt"}}
    ]
    kept += [
        {"resourceType": "Observation", "status": "final", "code": code, "subject": subject,
         "effectiveDateTime": f"2026-03-{day:02d}T08:00:00Z", "focus": [{"reference": "urn:uuid:" + _name(0)}],
         "valueQuantity": {"value": 70 + day, "unit": "kg"}}
        for day in range(1, 10)
    ]  # fmt: skip
    kept += [{**_task(person), "focus": {"reference": "urn:uuid:" + _name(n)}} for n in range(1, 6)]
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [
            {"fullUrl": "urn:uuid:" + _name(n), "resource": one,
             "request": {"method": "POST", "url": one["resourceType"]}}
            for n, one in enumerate(kept)
        ],
    }  # fmt: skip


def _name(number: int) -> str:
    return f"8f7b1c1e-0000-4000-8000-{number:012d}"


def _transactions(known: Known) -> list[Asked]:
    return [
        ("POST", BASE, json.dumps(_transaction(one), ensure_ascii=False))
        for one, _s, _v in known.persons[:100]
    ]


OPERATIONS = (
    Operation("read Patient", 0.8, 0.47, _patients),
    Operation("read CarePlan", 0.8, 0.62, _plans),
    Operation("Patient?identifier", 0.75, 0.52, _by_number),
    Operation("CarePlan?patient", 0.7, 0.46, _plans_of),
    Operation("CarePlan, two includes, a revinclude", 0.5, 0.28, _with_more),
    Operation("Observation patient+code+date sorted", 0.6, 0.41, _measured),
    Operation("50 plans by status+category, newest first", 0.35, 0.19, _many),
    Operation("create Task", 0.4, 0.22, _tasks),
    Operation("$everything of 200 resources", 0.12, 0.04, _everything),
    Operation("transaction of 15 resources", 0.06, 0.018, _transactions),
)


def script(asked: Sequence[Asked], token: str) -> str:
    """The questions as wrk's own script; each thread begins at another place."""
    lines = [
        f"  {{{_lua(method)}, {_lua(path)}, {_lua(body) if body else 'nil'}}},"
        for method, path, body in asked
    ]
    return "\n".join(
        [
            "local asked = {",
            *lines,
            "}",
            "local headers = {",
            '  ["Content-Type"] = "application/fhir+json",',
            *([f'  ["Authorization"] = "Bearer {token}",'] if token else []),
            "}",
            "local threads = 0",
            "function setup(thread) thread:set('start', threads * 397); threads = threads + 1 end",
            "local at = 0",
            "function init(args) at = start end",
            "function request()",
            "  at = at + 1",
            "  local one = asked[(at % #asked) + 1]",
            "  return wrk.format(one[1], one[2], headers, one[3])",
            "end",
        ]
    )


def _lua(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
