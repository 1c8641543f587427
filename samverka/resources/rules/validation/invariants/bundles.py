"""Invariants of Bundle and Parameters."""

from __future__ import annotations

from samverka.kernel.text import text as _
from samverka.resources.rules.validation.invariants.kit import (
    Broken,
    Rule,
    Value,
    asked_by,
    code,
    has,
    objects,
    one_of,
    only_for,
    part,
    said,
    some,
)

_ASKED = frozenset({"batch", "transaction", "history"})
_ANSWERED = frozenset({"batch-response", "transaction-response", "history"})

_REQUEST = said("bdl-3", _("request ska finnas i batch, transaction och history, och bara där."))
_RESPONSE = said(
    "bdl-4",
    _("response ska finnas i batch-response, transaction-response och history, och bara där."),
)
_SEARCH = said("bdl-2", _("search får bara finnas i en Bundle av slaget searchset."))
_SAME_URL = said("bdl-7", _("Samma fullUrl står på flera poster med olika innehåll."))
_VERSIONED = said("bdl-8", _("fullUrl får inte peka på en version (_history)."))
_NUMBER = said("bdl-9", _("Ett dokument måste ha en identifier med system och value."))
_FIRST = said(
    "bdl-11", _("Ett dokument börjar med en Composition, ett meddelande med en MessageHeader.")
)

_BEGINS = {"document": "Composition", "message": "MessageHeader"}


def _entries(value: Value) -> Broken | None:
    kind = code(value, "type")
    for one in objects(value, "entry"):
        if ("request" in one) != (kind in _ASKED):
            return "entry", _REQUEST
        if ("response" in one) != (kind in _ANSWERED):
            return "entry", _RESPONSE
        if "search" in one and kind != "searchset":
            return "entry", _SEARCH
    return None


def _urls(value: Value) -> Broken | None:
    if value.get("type") == "history":
        return None
    seen: set[tuple[str, str]] = set()
    for one in objects(value, "entry"):
        url = one.get("fullUrl")
        if isinstance(url, str):
            name = url, code(part(part(one, "resource"), "meta"), "versionId")
            if name in seen:
                return "entry", _SAME_URL
            seen.add(name)
    return None


def _document(value: Value) -> Broken | None:
    number = part(value, "identifier")
    whole = has(number, "system") and has(number, "value")
    return ("identifier", _NUMBER) if value.get("type") == "document" and not whole else None


def _begins(value: Value) -> Broken | None:
    wanted = _BEGINS.get(str(value.get("type")))
    first = next(objects(value, "entry"), {})
    kind = part(first, "resource").get("resourceType")
    return ("entry", _FIRST) if wanted and kind != wanted else None


def _full_url(value: Value) -> Broken | None:
    url = value.get("fullUrl")
    return ("fullUrl", _VERSIONED) if isinstance(url, str) and "/_history/" in url else None


RULES: dict[str, tuple[Rule, ...]] = {
    "Bundle": (
        only_for("bdl-1", "total", "type", "searchset history"),
        asked_by("bdl-10", "timestamp", "type", "document"),
        _entries,
        _urls,
        _document,
        _begins,
    ),
    "Bundle.entry": (some("bdl-5", "resource", "request", "response"), _full_url),
    "Parameters.parameter": (one_of("inv-1", "part", "value[x]", "resource"),),
}
"""Type or part -> its invariants."""
