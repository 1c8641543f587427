"""Whether a resource is right R4: structure, how many, forms, required codes, references, invariants, narrative."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samverka.resources.rules.lines import Fault, Faulty
from samverka.resources.rules.objects import read_object
from samverka.resources.rules.validation import words
from samverka.resources.rules.validation.doubles import may_have_doubles, where_twice
from samverka.resources.rules.validation.visit import MAX_DEPTH, MAX_FAULTS, Visit

__all__ = ["MAX_DEPTH", "MAX_FAULTS", "Visit", "look_through", "validate"]


def validate(given: bytes | str | Mapping[str, Any], kind: str = "") -> list[Fault]:
    """Every fault of a resource, up to a limit; none if it is right R4.

    Args:
        given: JSON text, or an object that was read from one with decimals as `Decimal`.
        kind: the type that it must be of; "" for any.
    """
    if isinstance(given, Mapping):
        return look_through(dict(given), kind=kind).faults
    text = given.encode() if isinstance(given, str) else given
    try:
        value = read_object(text)
    except Faulty as refused:
        return list(refused.faults)
    return look_through(value, text, kind=kind).faults


def look_through(
    value: dict[str, Any], text: bytes = b"", *, kind: str = "", into_entries: bool = True
) -> Visit:
    """Go through a resource once; its faults and references.

    Args:
        text: what it was read from, to see names that stand twice.
        into_entries: whether the resources of a Bundle are gone through too.
    """
    visit = Visit(into_entries)
    found = str(value.get("resourceType", ""))
    if kind and found not in ("", kind):
        visit.fault((None, "resourceType"), words.OTHER_TYPE)
    try:
        visit.resource(value, (None, found))
        if text and may_have_doubles(text, value):
            for path in where_twice(text, found):
                visit.fault(path, words.TWICE)
    except RecursionError:  # something unknown that is nested deeper than Python can follow
        visit.faults.insert(0, Fault("", words.TOO_DEEP[1], sort=words.TOO_DEEP[0]))
    return visit
