"""The CapabilityStatement: every type of R4, what can be done with it, by which parameters it is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.conf import settings

from samverka import __version__
from samverka.config.invoked.table import OPERATIONS
from samverka.config.invoked.values import Level, Operation
from samverka.config.owned import OWNED
from samverka.config.stated.definitions import MADE, parameter_url
from samverka.resources.rules.definitions import (
    RESOURCE_TYPES,
    Parameter,
    compartments,
    parameters,
    searches,
)
from samverka.resources.rules.profiles import known_profiles
from samverka.resources.rules.searching.asking import searched
from samverka.subscriptions.rules import Topic

INTERACTIONS = (
    "read", "vread", "update", "patch", "delete", "history-instance", "history-type", "create",
    "search-type",
)  # fmt: skip
"""With every type. What a room owns is changed by the room's operations and ends by its steps."""

SYSTEM = ("transaction", "batch", "search-system", "history-system")

SHARED = ("CarePlan", "CareTeam", "Goal", "Task")
"""Types of which an update must say which version it began from."""

_SMART = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"
_SECURITY = "http://terminology.hl7.org/CodeSystem/restful-security-service"
_BOOK = "http://hl7.org/fhir/StructureDefinition/"
_SOCKET = f"{_BOOK}capabilitystatement-websocket"
_BACKPORT = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/"
_TOPIC = f"{_BACKPORT}capabilitystatement-subscriptiontopic-canonical"

GUIDES = (
    "http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data",
    "http://hl7.org/fhir/smart-app-launch/ImplementationGuide/hl7.fhir.uv.smart-app-launch",
)


@cache
def capability(base: str, *, summary: bool = False) -> dict[str, Any]:
    """The whole statement.

    Args:
        base: the address of the server, "https://…/fhir/R4".
        summary: without what is said of each type's parameters and operations (`_summary=true`).
    """
    made: dict[str, Any] = {
        "resourceType": "CapabilityStatement",
        "id": "samverka",
        "url": f"{base}/metadata",
        "version": __version__,
        "name": "Samverka",
        "title": "Samverka, FHIR R4",
        "status": "active",
        "experimental": False,
        "date": MADE.date().isoformat(),
        "publisher": "Samverka",
        "kind": "instance",
        "software": {"name": "Samverka", "version": __version__},
        "implementation": {
            "description": f"Samverka, FHIR R4. OpenAPI: {base}/openapi.json",
            "url": base,
        },
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json", "json"],
        "patchFormat": ["application/json-patch+json", "application/fhir+json"],
        "rest": [_rest(base, summary=summary)],
    }
    if summary:
        subsetted = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue"
        made["meta"] = {"tag": [{"system": subsetted, "code": "SUBSETTED"}]}
    else:
        made["instantiates"] = [GUIDES[0]]
    return made


def _rest(base: str, *, summary: bool) -> dict[str, Any]:
    made: dict[str, Any] = {
        "extension": [{"url": _SOCKET, "valueUri": settings.SAMVERKA_SOCKETS}],
        "mode": "server",
        "security": _security(base),
        "resource": [_type(kind, summary=summary) for kind in sorted(RESOURCE_TYPES)],
        "interaction": [{"code": code} for code in SYSTEM],
    }
    if not summary:
        made["searchParam"] = [_search(one) for one in _common()]
        if operations := [_operation(one) for one in _of_system()]:
            made["operation"] = operations
        made["compartment"] = [
            f"http://hl7.org/fhir/CompartmentDefinition/{name.lower()}" for name in compartments()
        ]
    return made


def _common() -> Iterator[Parameter]:
    common = {one.code for one in searches().types["Resource"]}
    yield from (one for one in searched("Resource").values() if one.code in common)


def _of_system() -> Iterator[Operation]:
    return (one for one in OPERATIONS if Level.SYSTEM in one.levels)


def _security(base: str) -> dict[str, Any]:
    site = base.split("/fhir/")[0]
    uris = {
        "token": f"{site}/oauth/token",
        "authorize": f"{site}/oauth/authorize",
        "introspect": f"{site}/oauth/introspect",
        "revoke": f"{site}/oauth/revoke",
    }
    return {
        "extension": [
            {
                "url": _SMART,
                "extension": [{"url": name, "valueUri": uri} for name, uri in uris.items()],
            }
        ],
        "cors": True,
        "service": [{"coding": [{"system": _SECURITY, "code": "SMART-on-FHIR"}]}],
        "description": "SMART App Launch 2 and SMART Backend Services; see .well-known/smart-configuration.",
    }


def _type(kind: str, *, summary: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"type": kind, "profile": f"{_BOOK}{kind}"}
    if kind == "Subscription":
        made["extension"] = [{"url": _TOPIC, "valueCanonical": one.url} for one in Topic]
    if owners := OWNED.get(kind):
        made["documentation"] = "; ".join(one.what for one in owners)
    made["interaction"] = [{"code": code} for code in INTERACTIONS]
    made |= {
        "versioning": "versioned-update" if kind in SHARED else "versioned",
        "readHistory": True,
        "updateCreate": True,
        "conditionalCreate": True,
        "conditionalRead": "full-support",
        "conditionalUpdate": True,
        "conditionalDelete": "single",
        "referencePolicy": ["literal", "logical", "local"],
    }
    if summary:
        return made
    own = [f"{_BACKPORT}backport-subscription"] if kind == "Subscription" else []
    made["supportedProfile"] = [*known_profiles(kind), *own]
    made["searchInclude"] = ["*", *(f"{kind}:{one.code}" for one in _references(kind))]
    if back := _pointing_at()[kind]:
        made["searchRevInclude"] = back
    made["searchParam"] = [_search(one) for one in _searched(kind)]
    if operations := [_operation(one) for one in _operations(kind)]:
        made["operation"] = operations
    return {name: value for name, value in made.items() if value}


def _operations(kind: str) -> list[Operation]:
    return [
        one
        for one in OPERATIONS
        if set(one.levels) != {Level.SYSTEM} and (not one.types or kind in one.types)
    ]


def _operation(one: Operation) -> dict[str, str]:
    return {"name": one.code, "definition": one.definition, "documentation": one.words}


def _searched(kind: str) -> Iterator[Parameter]:
    """Those of the type itself; what every type has stands once, for the whole server."""
    common = {one.code for one in _common()}
    yield from (one for one in searched(kind).values() if one.code not in common)


def _search(one: Parameter) -> dict[str, str]:
    return {"name": one.code, "definition": parameter_url(one), "type": one.kind}


def _references(kind: str) -> list[Parameter]:
    return [one for one in parameters(kind).values() if one.kind == "reference"]


@cache
def _pointing_at() -> Mapping[str, list[str]]:
    """Type → what points at it, by type and parameter."""
    found: dict[str, list[str]] = {kind: [] for kind in RESOURCE_TYPES}
    for kind in sorted(RESOURCE_TYPES):
        for one in _references(kind):
            for target in one.targets:
                if target in found:
                    found[target].append(f"{kind}:{one.code}")
    return found


@cache
def terminology_capability(base: str) -> dict[str, Any]:
    """What can be asked of codes (`metadata?mode=terminology`)."""
    from samverka.config.invoked.codes import code_systems

    return {
        "resourceType": "TerminologyCapabilities",
        "url": f"{base}/metadata?mode=terminology",
        "version": __version__,
        "name": "SamverkaTerminology",
        "status": "active",
        "date": MADE.date().isoformat(),
        "kind": "instance",
        "software": {"name": "Samverka", "version": __version__},
        "implementation": {"description": "Samverka, FHIR R4", "url": base},
        "codeSystem": [{"uri": url} for url in code_systems()],
        "expansion": {
            "hierarchical": False,
            "paging": True,
            "incomplete": False,
            "parameter": [
                {"name": name} for name in ("filter", "offset", "count", "activeOnly", "url")
            ],
            "textFilter": "Beginnings of words, without case and accents.",
        },
        "codeSearch": "explicit",
        "validateCode": {"translations": False},
    }
