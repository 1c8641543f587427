"""Each question gets what its expression comes to, else its initial value, else what its definition names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.resources.rules.populating.expressions import Unevaluated, evaluate
from samverka.resources.rules.receiving import Content, object_of, objects
from samverka.resources.rules.times import span_of

_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/"
INITIAL = f"{_SDC}sdc-questionnaire-initialExpression"
LAUNCH = f"{_SDC}sdc-questionnaire-launchContext"

MOST = 200
"""Expressions of one questionnaire."""

MOST_SLOW = 3
"""Expressions that may use up their budget before no more are worked out."""

DEEPEST = 20
"""Groups within each other."""


@dataclass
class Filled:
    """The answers, and what could not be filled in: linkId and why."""

    items: list[dict[str, Any]] = field(default_factory=list)
    left: list[tuple[str, Text | str]] = field(default_factory=list)


def populate(questionnaire: Content, known: Mapping[str, Content], at: datetime) -> Filled:
    """Answers to as many questions as what is known gives.

    Args:
        known: what the launch context is: name → resource.
    """
    filling = _Filling(dict(known), at)
    items = filling.items(questionnaire.get("item"), 0)
    for one in objects(questionnaire.get("extension") or []):
        if one.get("url") == LAUNCH:
            filling.expect(one)
    return Filled(items, filling.left)


class _Filling:
    def __init__(self, known: dict[str, Content], at: datetime) -> None:
        self.known, self.at = known, at
        self.left: list[tuple[str, Text | str]] = []
        self._evaluated = self._slow = 0

    def expect(self, launch: Content) -> None:
        """Tell what the questionnaire asks to begin with that nobody gave."""
        parts = {str(one.get("url")): one for one in objects(launch.get("extension") or [])}
        name = object_of(parts.get("name", {}).get("valueCoding")).get("code") or parts.get(
            "name", {}
        ).get("valueId")
        if isinstance(name, str) and name not in self.known:
            self.left.append(("", _("Här finns inget som heter %(name)s.", name=f"%{name}")))

    def items(self, found: object, depth: int) -> list[dict[str, Any]]:
        made = []
        for one in objects(found or []):
            if one.get("type") == "display" or depth > DEEPEST:
                continue
            made.append(self._item(one, depth))
        return made

    def _item(self, one: Content, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {"linkId": str(one.get("linkId", ""))}
        if one.get("text"):
            made["text"] = one["text"]
        if one.get("type") == "group":
            inner = self.items(one.get("item"), depth + 1)
            return {**made, "item": inner} if inner else made
        answers = self._answers(one)
        inner = self.items(one.get("item"), depth + 1)
        if answers:
            first = {**answers[0], "item": inner} if inner else answers[0]
            made["answer"] = [first, *answers[1:]]
        return made

    def _answers(self, one: Content) -> list[dict[str, Any]]:
        link, sort = str(one.get("linkId", "")), str(one.get("type", ""))
        values = self._values(one, link)
        answers = [made for value in values if (made := answer(sort, value, one))]
        if len(answers) < len(values):
            self.left.append((link, _("Värdet passar inte frågans typ.")))
        if len(answers) > 1 and one.get("repeats") is not True:
            self.left.append(
                (link, _("Frågan tar ett svar, men uttrycket gav flera. Det första står."))
            )
            return answers[:1]
        return answers

    def _values(self, one: Content, link: str) -> list[Any]:
        found = next(
            (e for e in objects(one.get("extension") or []) if e.get("url") == INITIAL), None
        )
        if found is not None:
            return self._evaluate(object_of(found.get("valueExpression")), link)
        initial = [_value(value) for value in objects(one.get("initial") or [])]
        if initial or not one.get("definition"):
            return initial
        return self._defined(str(one["definition"]), link)

    def _evaluate(self, given: Content, link: str) -> list[Any]:
        if given.get("language") != "text/fhirpath":
            self.left.append((link, _("Bara uttryck i FHIRPath räknas ut här.")))
            return []
        return self._worked_out(str(given.get("expression", "")), link)

    def _worked_out(self, expression: str, link: str) -> list[Any]:
        self._evaluated += 1
        if self._evaluated > MOST or self._slow > MOST_SLOW:
            self.left.append((link, _("Formuläret har fler än %(most)d uttryck.", most=MOST)))
            return []
        try:
            return evaluate(expression, self.known, self.at)
        except Unevaluated as problem:
            self._slow += problem.slow
            self.left.append((link, problem.message))
            return []

    def _defined(self, definition: str, link: str) -> list[Any]:
        """An item that is defined as an element of Patient: its value is the person's."""
        kind, _hash, path = definition.rpartition("/")[2].partition("#")
        name = kind[:1].lower() + kind[1:]
        whole = all(part.isalnum() for part in path.split("."))
        if not path.startswith(f"{kind}.") or not whole or name not in self.known:
            return []
        return self._worked_out(f"%{name}{path.removeprefix(kind)}", link)


# ── values ──


def _value(one: Content) -> Any:
    return next((one[name] for name in one if name.startswith("value")), None)


def answer(sort: str, value: Any, question: Content) -> dict[str, Any] | None:
    """A value as the answer to a question of that type; None if it does not fit."""
    if sort in ("choice", "open-choice"):
        return _chosen(value, question, free=sort == "open-choice")
    if sort not in _FORMS:
        return None
    name, fits = _FORMS[sort]
    return {name: value} if fits(value) else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal | float) and not isinstance(value, bool)


def _is_date(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _DAY and span_of(value) is not None


def _is_time(value: Any) -> bool:
    return isinstance(value, str) and span_of(value) is not None


_DAY = len("2026-11-23")

_FORMS: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "boolean": ("valueBoolean", lambda value: isinstance(value, bool)),
    "integer": (
        "valueInteger",
        lambda value: isinstance(value, int) and not isinstance(value, bool),
    ),
    "decimal": ("valueDecimal", _is_number),
    "date": ("valueDate", _is_date),
    "dateTime": ("valueDateTime", _is_time),
    "time": ("valueTime", lambda value: isinstance(value, str) and value[2:3] == ":"),
    "string": ("valueString", lambda value: isinstance(value, str) and bool(value.strip())),
    "text": ("valueString", lambda value: isinstance(value, str) and bool(value.strip())),
    "url": ("valueUri", lambda value: isinstance(value, str) and ":" in value),
    "quantity": ("valueQuantity", lambda value: isinstance(value, Mapping) and "value" in value),
    "reference": (
        "valueReference",
        lambda value: isinstance(value, Mapping) and "reference" in value,
    ),
    "attachment": ("valueAttachment", lambda value: isinstance(value, Mapping)),
}


def _chosen(value: Any, question: Content, *, free: bool) -> dict[str, Any] | None:
    """One of the question's own answers: by Coding, or by the code or words of one."""
    options = list(_options(question))
    codings = [value] if isinstance(value, Mapping) else []
    codings = list(objects(value.get("coding"))) if codings and "coding" in value else codings
    for coding in codings:
        same = [one for one in options if _same(one, coding)]
        if same or (not options and coding.get("code")):
            return {"valueCoding": same[0] if same else coding}
    if isinstance(value, str):
        named = [one for one in options if value in (one.get("code"), one.get("display"))]
        if named:
            return {"valueCoding": named[0]}
        return {"valueString": value} if free else None
    return None


def _options(question: Content) -> Iterator[Content]:
    for one in objects(question.get("answerOption") or []):
        if isinstance(one.get("valueCoding"), Mapping):
            yield one["valueCoding"]


def _same(one: Content, other: Content) -> bool:
    def named(coding: Content) -> Sequence[object]:
        return coding.get("system"), coding.get("code")

    return named(one) == named(other)
