"""The same tables as OpenAPI 3.1: for try-it pages, for client generators, and for those who test with random input."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from samverka import __version__
from samverka.config.invoked.table import OPERATIONS
from samverka.config.invoked.values import Level, Operation, Parameter
from samverka.config.owned import OWNED
from samverka.resources.rules.definitions import RESOURCE_TYPES
from samverka.resources.rules.searching.asking import searched

JSON = "application/fhir+json"
_ID = {"name": "id", "in": "path", "required": True,
       "schema": {"type": "string", "pattern": r"^[A-Za-z0-9\-.]{1,64}$"}}  # fmt: skip
_TYPE = {"name": "type", "in": "path", "required": True,
         "schema": {"$ref": "#/components/schemas/Type"}}  # fmt: skip

CONTROL = {
    "_count": {"type": "integer", "minimum": 0},
    "_sort": {"type": "string"},
    "_total": {"type": "string", "enum": ["none", "estimate", "accurate"]},
    "_summary": {"type": "string", "enum": ["true", "text", "data", "count", "false"]},
    "_elements": {"type": "string"},
    "_include": {"type": "string"},
    "_revinclude": {"type": "string"},
    "_lastUpdated": {"type": "string"},
}


@cache
def openapi(base: str) -> dict[str, Any]:
    """The description of the whole API below one address."""
    paths: dict[str, Any] = {
        "/metadata": {"get": _said("what can be done here", "CapabilityStatement", [])},
        "/": {"post": _said("batch or transaction", "Bundle", [], body="Bundle")},
        "/_history": {"get": _said("what has changed", "Bundle", _history())},
        "/{type}": {
            "get": _said("search", "Bundle", [_TYPE, *_control()]),
            "post": _said("make one", "Resource", [_TYPE], body="Resource", status="201"),
        },
        "/{type}/_history": {
            "get": _said("what has changed of a type", "Bundle", [_TYPE, *_history()])
        },
        "/{type}/{id}": _one(),
        "/{type}/{id}/_history": {
            "get": _said("versions of one", "Bundle", [_TYPE, _ID, *_history()])
        },
        "/{type}/{id}/_history/{vid}": {
            "get": _said("one version", "Resource", [_TYPE, _ID, {**_ID, "name": "vid"}])
        },
    }
    for kind in sorted(OWNED):
        paths[f"/{kind}"] = {"get": _said(f"search {kind}", "Bundle", list(_searched(kind)))}
    for operation in OPERATIONS:
        for path, levels in _places(operation):
            paths[path] = _methods(operation, levels)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Samverka, FHIR R4", "version": __version__},
        "servers": [{"url": base}],
        "paths": paths,
        "components": _components(base),
        "security": [{"token": []}],
    }


def _one() -> dict[str, Any]:
    match = {"name": "If-Match", "in": "header", "schema": {"type": "string"}}
    place = [_TYPE, _ID]
    return {
        "get": _said("read one", "Resource", place),
        "put": _said("change one", "Resource", [*place, match], body="Resource"),
        "patch": _said("change parts of one", "Resource", [*place, match], body="Parameters"),
        "delete": _said("take one away", "OperationOutcome", place, status="204"),
    }


def _control() -> list[dict[str, Any]]:
    return [{"name": name, "in": "query", "schema": schema} for name, schema in CONTROL.items()]


def _history() -> list[dict[str, Any]]:
    instant = {"type": "string"}
    names = {"_since": instant, "_at": instant, "_count": {"type": "integer", "minimum": 0}}
    return [{"name": name, "in": "query", "schema": schema} for name, schema in names.items()]


def _searched(kind: str) -> Iterator[dict[str, Any]]:
    for code in searched(kind):
        yield {"name": code, "in": "query", "schema": {"type": "string"}}
    yield from (one for one in _control() if one["name"] != "_lastUpdated")


def _places(one: Operation) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for level in one.levels:
        if level is Level.SYSTEM:
            yield f"/${one.code}", []
            continue
        instance = "/{id}" if level is Level.INSTANCE else ""
        ids = [_ID] if instance else []
        for kind in one.types:
            yield f"/{kind}{instance}/${one.code}", ids
        if not one.types:
            yield f"/{{type}}{instance}/${one.code}", [_TYPE, *ids]


def _methods(one: Operation, place: list[dict[str, Any]]) -> dict[str, Any]:
    answer = one.gives[0].type if len(one.gives) == 1 else "Parameters"
    made = {"post": _said(one.words, answer, place, body="Parameters")}
    if one.get:
        simple = [_query(given) for given in one.takes if given.type[:1].islower()]
        made["get"] = _said(one.words, answer, [*place, *simple])
    return made


def _query(given: Parameter) -> dict[str, Any]:
    types = {"integer": "integer", "boolean": "boolean"}
    schema = {"type": types.get(given.type, "string")}
    return {"name": given.name, "in": "query", "required": given.least > 0, "schema": schema}


def _said(
    words: str, answer: str, place: list[dict[str, Any]], *, body: str = "", status: str = "200"
) -> dict[str, Any]:
    good = {"description": answer, "content": {JSON: {"schema": {"type": "object"}}}}
    bad = {"$ref": "#/components/responses/Refusal"}
    made: dict[str, Any] = {
        "summary": words,
        "parameters": place,
        "responses": {status: good, "default": bad},
    }
    if body:
        schema = {"$ref": "#/components/schemas/Resource"}
        made["requestBody"] = {"description": body, "content": {JSON: {"schema": schema}}}
    return made


def _components(base: str) -> dict[str, Any]:
    site = base.split("/fhir/")[0]
    outcome = {"type": "object", "required": ["resourceType", "issue"]}
    return {
        "schemas": {
            "Type": {"type": "string", "enum": sorted(RESOURCE_TYPES)},
            "Resource": {
                "type": "object",
                "required": ["resourceType"],
                "properties": {"resourceType": {"type": "string"}, "id": {"type": "string"}},
            },
        },
        "responses": {
            "Refusal": {
                "description": "why not, as OperationOutcome",
                "content": {JSON: {"schema": outcome}},
            }
        },
        "securitySchemes": {
            "token": {
                "type": "oauth2",
                "flows": {
                    "clientCredentials": {"tokenUrl": f"{site}/oauth/token", "scopes": {}},
                },
            }
        },
    }
