"""Invariants of Questionnaire, QuestionnaireResponse and Composition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from samverka.kernel.text import text as _
from samverka.resources.rules.validation.invariants.kit import (
    Broken,
    Rule,
    Value,
    apart,
    asked_by,
    has,
    never_for,
    objects,
    only_for,
    said,
    some,
)

_TWICE = said("que-2", _("Samma linkId står på flera frågor."))
_BEHAVIOUR = said("que-12", _("enableBehavior måste finnas när enableWhen har flera villkor."))
_YES_NO = said("que-7", _("Operatorn exists svaras med true eller false."))
_ONE_START = said("que-13", _("Bara en fråga som kan upprepas har flera startvärden (initial)."))

_WITH_OPTIONS = "choice open-choice decimal integer date dateTime time string quantity"
_WITH_LENGTH = "boolean decimal integer string text url open-choice"


def _link_ids(value: Value) -> Broken | None:
    seen: set[str] = set()
    for one in _items(value):
        link = one.get("linkId")
        if isinstance(link, str):
            if link in seen:
                return "item", _TWICE
            seen.add(link)
    return None


def _items(value: Value) -> Iterator[dict[str, Any]]:
    waiting = list(objects(value, "item"))
    while waiting:
        one = waiting.pop()
        waiting += objects(one, "item")
        yield one


def _behaviour(value: Value) -> Broken | None:
    found = value.get("enableWhen")
    many = isinstance(found, list) and len(found) > 2
    return ("enableBehavior", _BEHAVIOUR) if many and not has(value, "enableBehavior") else None


def _exists(value: Value) -> Broken | None:
    if value.get("operator") != "exists" or "answerBoolean" in value:
        return None
    return "answer", _YES_NO


def _starts(value: Value) -> Broken | None:
    found = value.get("initial")
    many = isinstance(found, list) and len(found) > 1
    return ("initial", _ONE_START) if many and value.get("repeats") is not True else None


RULES: dict[str, tuple[Rule, ...]] = {
    "Composition.section": (
        some("cmp-1", "text", "entry", "section"),
        apart("cmp-2", "emptyReason", "entry"),
    ),
    "Questionnaire": (_link_ids,),
    "Questionnaire.item": (
        asked_by("que-1", "item", "type", "group"),
        never_for("que-1", "item", "type", "display"),
        never_for("que-3", "code", "type", "display"),
        apart("que-4", "answerOption", "answerValueSet"),
        only_for("que-5", "answerValueSet", "type", _WITH_OPTIONS),
        only_for("que-5", "answerOption", "type", _WITH_OPTIONS),
        never_for("que-6", "required", "type", "display"),
        never_for("que-6", "repeats", "type", "display"),
        never_for("que-8", "initial", "type", "group display"),
        never_for("que-9", "readOnly", "type", "display"),
        only_for("que-10", "maxLength", "type", _WITH_LENGTH),
        apart("que-11", "answerOption", "initial"),
        _behaviour,
        _starts,
    ),
    "Questionnaire.item.enableWhen": (_exists,),
    "QuestionnaireResponse.item": (apart("qrs-1", "answer", "item"),),
}
"""Type or part -> its invariants."""
