"""From the address of a search to a `Query`: names, modifiers, prefixes, escapes (R4, Search 3.1.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final

from samverka.kernel.text import text as _
from samverka.resources.rules.definitions import RESOURCE_TYPES, Parameter, parameters
from samverka.resources.rules.lines import Fault, Faulty
from samverka.resources.rules.searching.parsing import Asked, fault, split, wanted
from samverka.resources.rules.searching.query import (
    AllOf,
    Chain,
    Condition,
    Criterion,
    Include,
    Order,
    Query,
    Reverse,
)
from samverka.resources.rules.searching.wanted import AToken

PAGE: Final = 20
MOST: Final = 200
"""Resources on a page, if nothing is said and at most."""

MOST_CRITERIA: Final = 30
MOST_ALTERNATIVES: Final = 200
DEEPEST_CHAIN: Final = 4
MOST_BRANCHES: Final = 1_000
"""What one search may ask for: more is a mistake, or meant to wear the server out. Branches: a chain through a reference that
may lead to any type is read once for each, at each step."""

CONTROL = frozenset(
    {"_sort", "_count", "_total", "_summary", "_elements", "_include", "_revinclude", "_format",
     "_pretty", "_after", "_totalMethod"}
)  # fmt: skip
"""How much and in what order. `_totalMethod` is no parameter of R4: the client fhirpy sends it when it counts; ours is always a count."""

FIRST_CHANGED: Final = (Order("_lastUpdated", "date"),)
"""The order where none is asked for: what is changed meanwhile comes last, so one who reads page by page misses nothing."""

MODIFIERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "token": frozenset({"not", "text", "in", "not-in", "above", "below", "of-type"}),
        "string": frozenset({"exact", "contains"}),
        "reference": frozenset({"identifier", "above", "below"}),
        "uri": frozenset({"above", "below"}),
    }
)
"""What may stand after the colon, besides `missing` and the type of a reference."""


WAITS: Final = "nextStepOwner"
OPEN_TASK: Final = ("requested", "received", "accepted", "ready", "in-progress", "on-hold")
"""A task that somebody still has to do: R4's task-status but for drafts and what has ended."""


def read(kind: str, given: Iterable[tuple[str, str]], asked: Asked) -> Query:
    """The search of a type.

    Raises:
        Faulty: something in it is not understood, or is too much.
    """
    return _Reader(kind, asked).read(list(given))


class _Reader:
    def __init__(self, kind: str, asked: Asked) -> None:
        self.kind, self.asked = kind, asked
        self.left: list[str] = []
        self.used: list[tuple[str, str]] = []
        self.branches = 0

    def read(self, given: Sequence[tuple[str, str]]) -> Query:
        if len(given) > MOST_CRITERIA:
            raise fault(
                "", _("Sökningen har för många villkor: högst %(most)d.", most=MOST_CRITERIA)
            )
        conditions = []
        for name, value in given:
            if name.partition(":")[0] in CONTROL:
                continue
            try:
                conditions.append(self.condition(self.kind, name, value))
            except _Unknown as unknown:
                if self.asked.strict:
                    raise _not_known(self.kind, name) from unknown
                self.left.append(name)
                continue
            self.used.append((name, value))
        return self._controlled(given, tuple(conditions))

    def _controlled(
        self, given: Sequence[tuple[str, str]], conditions: tuple[Condition, ...]
    ) -> Query:
        said: dict[str, list[tuple[str, str]]] = {}
        for name, value in given:
            stem, _colon, modifier = name.partition(":")
            if stem in CONTROL:
                said.setdefault(stem, []).append((modifier, value))
                if stem not in ("_after", "_format", "_pretty", "_totalMethod"):
                    self.used.append((name, value))
        last = {name: found[-1][1] for name, found in said.items()}
        return Query(
            kind=self.kind,
            conditions=conditions,
            includes=tuple(_include("_include", *one) for one in said.get("_include", [])),
            reverse=tuple(_include("_revinclude", *one) for one in said.get("_revinclude", [])),
            order=tuple(self._order(last.get("_sort", ""))) or FIRST_CHANGED,
            count=_count(last.get("_count", "")),
            total=_one_of("_total", last.get("_total", ""), ("", "none", "estimate", "accurate")),
            summary=_summary(last.get("_summary", "")),
            elements=tuple(
                one.strip() for one in last.get("_elements", "").split(",") if one.strip()
            ),
            after=last.get("_after", ""),
            used=tuple(self.used),
            left=tuple(self.left),
        )

    # ── conditions ──

    def condition(self, kind: str, name: str, value: str, depth: int = 0) -> Condition:
        """One condition on a resource of the type."""
        if depth > DEEPEST_CHAIN:
            raise fault(name, _("Kedjan är för lång: högst %(most)d led.", most=DEEPEST_CHAIN))
        self.branches += 1
        if self.branches > MOST_BRANCHES:
            raise fault(
                name, _("Kedjan kan leda till för många typer. Skriv typen: subject:Patient.")
            )
        if name.startswith("_has:"):
            return self._reverse(kind, name, value, depth)
        head, dot, rest = name.partition(".")
        stem, _colon, modifier = head.partition(":")
        parameter = self.parameter(kind, stem)
        if parameter.rule == "waits":
            return self._waits(name, value, depth)
        if dot:
            return self._chain(kind, parameter, modifier, rest, value, depth)
        return self._criterion(kind, parameter, modifier, value)

    def _waits(self, name: str, value: str, depth: int) -> Reverse:
        """A plan waits on who has an open task about it."""
        if name.endswith(":missing"):
            raise fault(name, _("Parametern kan inte ha det tillägget efter kolon."))
        whose = self.condition("Task", f"careUnit{name.removeprefix(WAITS)}", value, depth + 1)
        is_open = Criterion("status", "token", tuple(AToken(None, one) for one in OPEN_TASK))
        return Reverse("Task", "focus", AllOf((is_open, whose)))

    def parameter(self, kind: str, code: str) -> Parameter:
        found = searched(kind).get(code) if kind in RESOURCE_TYPES else None
        if found is None:
            raise _Unknown(code)
        return found

    def _reverse(self, kind: str, name: str, value: str, depth: int) -> Reverse:
        parts = name.split(":", 3)
        if len(parts) < 4 or parts[1] not in RESOURCE_TYPES:
            raise fault(name, _("Skriv _has:Typ:parameter:villkor=värde."))
        _has, other, code, rest = parts
        parameter = self.parameter(other, code)
        if parameter.kind != "reference" or (parameter.targets and kind not in parameter.targets):
            raise fault(name, _("Den parametern pekar inte hit."))
        return Reverse(other, code, self.condition(other, rest, value, depth + 1))

    def _chain(
        self, kind: str, parameter: Parameter, type_: str, rest: str, value: str, depth: int
    ) -> Chain:
        where = f"{parameter.code}.{rest}"
        if parameter.kind != "reference":
            raise fault(where, _("Bara en referens kan följas vidare med punkt."))
        types = [type_] if type_ else list(parameter.targets or sorted(RESOURCE_TYPES))
        found = []
        for one in types:
            try:
                found.append((one, self.condition(one, rest, value, depth + 1)))
            except _Unknown:
                if type_:
                    raise
        if not found:
            raise _Unknown(where)
        return Chain(parameter.code, tuple(found))

    def _criterion(self, kind: str, parameter: Parameter, modifier: str, value: str) -> Criterion:
        code, sort = parameter.code, parameter.kind
        if modifier == "missing":
            said = _one_of(f"{code}:missing", value, ("true", "false"))
            return Criterion(code, sort, missing=said == "true")
        self._may_have(parameter, modifier)
        alternatives = list(split(value, ","))
        if len(alternatives) > MOST_ALTERNATIVES:
            raise fault(code, _("För många värden: högst %(most)d.", most=MOST_ALTERNATIVES))
        if not any(alternatives):
            raise fault(code, _("Värdet saknas."))
        alternatives_wanted = [
            each for one in alternatives for each in wanted(parameter, modifier, one, self.asked)
        ]
        return Criterion(
            code, sort, tuple(alternatives_wanted), negated=modifier in ("not", "not-in")
        )

    def _may_have(self, parameter: Parameter, modifier: str) -> None:
        known = MODIFIERS.get(parameter.kind, frozenset())
        if parameter.kind == "reference" and all(
            one.type == "Reference" for one in parameter.places
        ):
            known = known - {"above", "below"}  # only an address has something above and below it
        if not modifier or modifier in known:
            return
        if parameter.kind == "reference" and modifier in RESOURCE_TYPES:
            return
        name = f"{parameter.code}:{modifier}"
        raise fault(name, _("Parametern kan inte ha det tillägget efter kolon."))

    # ── order ──

    def _order(self, text: str) -> Iterator[Order]:
        for one in filter(None, (part.strip() for part in text.split(","))):
            code = one.removeprefix("-")
            try:
                parameter = self.parameter(self.kind, code)
            except _Unknown as unknown:
                if self.asked.strict:
                    raise _not_known(self.kind, "_sort") from unknown
                self.left.append("_sort")
                continue
            if parameter.kind == "composite" or (parameter.rule and not parameter.places):
                raise fault("_sort", _("Det går inte att ordna efter %(name)s.", name=code))
            yield Order(code, parameter.kind, falling=one.startswith("-"))


@cache
def searched(kind: str) -> dict[str, Parameter]:
    """The parameters of a type that are understood: all but those that the standard leaves to the server."""
    return {
        code: one
        for code, one in parameters(kind).items()
        if one.kind != "special" and (one.places or one.rule)
    }


class _Unknown(Exception):
    """No such parameter of that type."""


# ── smaller ──


def _include(name: str, modifier: str, text: str) -> Include:
    parts = text.split(":")
    known = parts[0] in RESOURCE_TYPES and len(parts) in (2, 3)
    if parts == ["*"]:
        return Include("", "*", "", modifier in ("iterate", "recurse"))
    if not known or modifier not in ("", "iterate", "recurse"):
        raise fault(name, _("Skriv Typ:parameter eller Typ:parameter:måltyp."))
    if parts[1] != "*":
        parameter = parameters(parts[0]).get(parts[1])
        if parameter is None or parameter.kind != "reference":
            raise fault(name, _("Det är ingen referens som kan följas."))
    return Include(parts[0], parts[1], parts[2] if len(parts) == 3 else "", bool(modifier))


def _count(text: str) -> int:
    if not text:
        return PAGE
    if not text.isdecimal() or not text.isascii():
        raise fault("_count", _("Ange hur många på en sida: 0 till %(most)d.", most=MOST))
    return min(int(text[:9]), MOST)


def _summary(text: str) -> str:
    said = _one_of("_summary", text, ("", "true", "false", "text", "data", "count"))
    return "" if said == "false" else said


def _one_of(name: str, text: str, known: Sequence[str]) -> str:
    if text in known:
        return text
    raise fault(
        name, _("Värdet ska vara något av: %(known)s.", known=", ".join(filter(None, known)))
    )


def _not_known(kind: str, name: str) -> Faulty:
    known = ", ".join(sorted(searched(kind)))
    words = _("Sökningen förstår inte %(name)s.", name=name)
    return Faulty(Fault(name, words, _("Den förstår: %(known)s.", known=known)))
