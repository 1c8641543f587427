"""Our own definitions, readable where they are named: operations, search parameters, value sets and code systems."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from samverka.config.invoked import library
from samverka.config.invoked.table import OPERATIONS
from samverka.config.invoked.values import OUR, Level, Operation
from samverka.config.invoked.values import Parameter as Given
from samverka.resources.rules.definitions import OURS, Parameter
from samverka.resources.rules.receiving import Content

MADE = datetime(2026, 11, 23, tzinfo=UTC)
"""When what the server says of itself last changed in kind."""

_HL7 = "http://hl7.org/fhir/SearchParameter/"


def parameter_url(one: Parameter) -> str:
    """Where a search parameter is defined: the standard, or here."""
    return f"{OUR}SearchParameter/{one.id}" if one in OURS else f"{_HL7}{one.id}"


def definition(kind: str, key: str) -> Content | None:
    """A definition of ours or of the standard's by the id that it has here; None for none."""
    if kind == "OperationDefinition":
        return next((made(one) for one in OPERATIONS if key == name_of(one)), None)
    if kind == "SearchParameter":
        return _search_parameter(key)
    return library.definition(kind, key)


def name_of(one: Operation) -> str:
    """The id of an operation's definition: as its canonical address ends."""
    return one.definition.rsplit("/", 1)[-1]


def made(one: Operation) -> dict[str, Any]:
    """An operation as OperationDefinition: what is taken here of the standard's, and ours whole."""
    types = one.types or ("Resource",)
    found: dict[str, Any] = {
        "resourceType": "OperationDefinition",
        "id": name_of(one),
        "url": f"{OUR}OperationDefinition/{name_of(one)}",
        "name": "".join(part.capitalize() for part in name_of(one).split("-")),
        "title": f"${one.code}",
        "status": "active",
        "kind": "operation",
        "description": one.words,
        "affectsState": one.changes,
        "code": one.code,
        "resource": list(types),
        "system": Level.SYSTEM in one.levels,
        "type": Level.TYPE in one.levels,
        "instance": Level.INSTANCE in one.levels,
    }
    if found["url"] != one.definition:
        found["base"] = one.definition
    parameter = [
        *(_parameter(given, "in") for given in one.takes),
        *(_parameter(given, "out") for given in one.gives),
    ]
    return found | ({"parameter": parameter} if parameter else {})


def _parameter(given: Given, use: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": given.name,
        "use": use,
        "min": given.least,
        "max": str(given.most or "*"),
        "documentation": given.words,
    }
    if given.type:
        return {**found, "type": given.type}
    part = {"use": use, "min": 0, "max": "1", "type": "Element"}
    return {**found, "part": [{"name": "name", **part}, {"name": "value", **part}]}


def _search_parameter(key: str) -> Content | None:
    for one, (kinds, words) in OURS.items():
        if one.id == key:
            found = {
                "resourceType": "SearchParameter",
                "id": one.id,
                "url": parameter_url(one),
                "name": one.code,
                "status": "active",
                "date": MADE.date().isoformat(),
                "publisher": "Samverka",
                "description": words,
                "code": one.code,
                "base": list(kinds),
                "type": one.kind,
                "target": list(one.targets),
                "expression": _expression(kinds, one),
            }
            return {name: value for name, value in found.items() if value}
    return None


def _expression(kinds: Sequence[str], one: Parameter) -> str:
    """Where it looks, as FHIRPath; "" where the shelf itself knows."""
    found = []
    for place in one.places:
        for kind in kinds:
            path = [kind]
            for number, name in enumerate(place.names, 1):
                wheres = [test for test in place.tests if test.after == number]
                path.append(name + "".join(f".where({t.sort} = '{t.what}')" for t in wheres))
            found.append(".".join(path))
    return " | ".join(found)
