"""Where references lead: to which type, to what lies within, and whether anything leads there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from samverka.kernel.text import text as _
from samverka.resources.rules.definitions import RESOURCE_TYPES
from samverka.resources.rules.keys import kind_of
from samverka.resources.rules.lines import Sort
from samverka.resources.rules.validation import words
from samverka.resources.rules.validation.words import Words

ALONE: Words = (
    Sort.INVARIANT,
    _("Ingenting pekar på den inneslutna resursen."),
    _("Skriv en referens till dess id (med # framför), eller ta bort den."),
)


def contained_types(value: Mapping[str, Any]) -> dict[str, str]:
    """id -> type of what lies in a resource."""
    return {
        one["id"]: str(one.get("resourceType", ""))
        for one in _objects(value.get("contained"))
        if isinstance(one.get("id"), str)
    }


def entry_types(bundle: Mapping[str, Any]) -> dict[str, str]:
    """fullUrl -> type of what lies in a Bundle, for names that do not tell the type."""
    found: dict[str, str] = {}
    for one in _objects(bundle.get("entry")):
        url, inner = one.get("fullUrl"), one.get("resource")
        if isinstance(url, str) and isinstance(inner, dict):
            found[url] = str(inner.get("resourceType", ""))
    return found


def misled(
    reference: Mapping[str, Any],
    allowed: frozenset[str],
    contained: Mapping[str, str],
    names: Mapping[str, str],
) -> tuple[str, Words] | None:
    """What is wrong with where a Reference leads: the name that says it, and the words."""
    literal, told = reference.get("reference"), reference.get("type")
    kind = ""
    if isinstance(literal, str):
        if literal.startswith("#"):
            if len(literal) > 1 and literal[1:] not in contained:
                return "reference", words.NO_CONTAINED
            kind = contained.get(literal[1:], "")
        else:
            kind = names.get(literal) or _told_by(literal)
    if allowed and kind and kind not in allowed:
        return "reference", words.points_wrong(allowed)
    return _said(told, kind, allowed) if isinstance(told, str) else None


def _told_by(literal: str) -> str:
    head = literal.partition("/")[0]
    if head in RESOURCE_TYPES:
        return head
    kind = kind_of(literal) if "/" in literal else ""
    return kind if kind in RESOURCE_TYPES else ""


def _said(told: str, kind: str, allowed: frozenset[str]) -> tuple[str, Words] | None:
    """Reference.type: its own name, or its definition's address."""
    name = told.rsplit("/", 1)[-1]
    if kind and name in RESOURCE_TYPES and name != kind:
        return "type", words.types_differ()
    if allowed and name in RESOURCE_TYPES and name not in allowed:
        return "type", words.points_wrong(allowed)
    return None


def unreferenced(value: Mapping[str, Any]) -> Iterator[int]:
    """Which contained resources nothing leads to, and which lead to nothing around them (dom-3)."""
    inner = value.get("contained")
    if not isinstance(inner, list):
        return
    led_to = set(_local(value))
    for at, one in enumerate(inner):
        if isinstance(one, dict) and f"#{one.get('id')}" not in led_to and "#" not in _local(one):
            yield at


def _local(value: object) -> Iterator[str]:
    """Every text that could name something within: "#p1"."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _local(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _local(inner)
    elif isinstance(value, str) and value.startswith("#"):
        yield value


def is_of(coding: object, sets: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a Coding is of a value set; one without a system may be of any."""
    if not isinstance(coding, dict):
        return False
    code, system = coding.get("code"), coding.get("system")
    if isinstance(system, str):
        return code in sets.get(system, ())
    return any(code in codes for codes in sets.values())


def _objects(value: object) -> Iterator[dict[str, Any]]:
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict):
            yield one
