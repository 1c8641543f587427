"""Which codes a ValueSet holds: its include and exclude, each by list, by whole system, by filter or by other sets.

What needs a terminology server of its own (SNOMED CT, LOINC, a pattern of letters) is refused in words: half an
answer would be taken for a whole one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Protocol

from samverka.kernel.problems import Invalid, NotFound
from samverka.kernel.text import text as _
from samverka.resources.rules.receiving import Content, objects
from samverka.resources.rules.terminology.known import Concept, concepts_of

MOST = 20_000
"""Codes in one expansion: nobody chooses among more, and a server must not be made to list them."""

DEEPEST = 10
"""Sets within sets."""

Key = tuple[str, str]


class Library(Protocol):
    """Where sets and systems are found by their canonical address, as far as the reader may see them."""

    def value_set(self, url: str) -> Content | None:
        """A ValueSet; None if there is none here."""

    def code_system(self, url: str) -> Content | None:
        """A CodeSystem; None if there is none here."""


def expand(value_set: Content, library: Library) -> list[Concept]:
    """Every code of a set, in the order of its lists.

    Raises:
        Invalid: it has neither compose nor expansion, needs what is not kept here, or is too large.
        NotFound: it is made of a set that is not here.
    """
    return list(_Expander(library).all_of(value_set, 0).values())


class _Expander:
    def __init__(self, library: Library) -> None:
        self._library = library
        self._systems: dict[str, dict[str, Concept]] = {}
        self._passed = 0

    def all_of(self, value_set: Content, depth: int) -> dict[Key, Concept]:
        compose = value_set.get("compose")
        if not isinstance(compose, Mapping):
            return self._expanded(value_set)
        found: dict[Key, Concept] = {}
        for part in objects(compose.get("include") or []):
            found |= {key: one for key, one in self._part(part, depth).items() if key not in found}
        for part in objects(compose.get("exclude") or []):
            for key in self._part(part, depth):
                found.pop(key, None)
        if compose.get("inactive") is False:
            found = {key: one for key, one in found.items() if not one.inactive}
        return found

    def _expanded(self, value_set: Content) -> dict[Key, Concept]:
        """A set that comes with its codes listed and no rule behind them."""
        expansion = value_set.get("expansion")
        if not isinstance(expansion, Mapping):
            raise Invalid(_("Värdemängden säger inte vad den består av."), where="ValueSet.compose")
        found: dict[Key, Concept] = {}
        waiting = list(objects(expansion.get("contains") or []))
        while waiting:
            one = waiting.pop(0)
            waiting[:0] = objects(one.get("contains") or [])
            concept = Concept(
                str(one.get("system", "")), str(one.get("code", "")), str(one.get("display", ""))
            )
            if concept.code and one.get("abstract") is not True:
                found[(concept.system, concept.code)] = concept
        return self._counted(found)

    def _part(self, part: Content, depth: int) -> dict[Key, Concept]:
        """What one include or exclude names: the system's part, and only what every named set has too."""
        found = self._of_system(part) if part.get("system") else None
        for url in part.get("valueSet") or []:
            other = self._set(str(url), depth)
            found = other if found is None else {key: found[key] for key in found if key in other}
        if found is None:
            words = _("Ange kodsystem eller värdemängd.")
            raise Invalid(words, where="ValueSet.compose.include")
        return self._counted(found)

    def _set(self, url: str, depth: int) -> dict[Key, Concept]:
        if depth >= DEEPEST:
            words = _("Värdemängderna ligger i varandra i fler led än %(most)d.", most=DEEPEST)
            raise Invalid(words, where="ValueSet.compose.include.valueSet")
        found = self._library.value_set(url.partition("|")[0])
        if found is None:
            words = _("Värdemängden %(url)s finns inte här.", url=url)
            raise NotFound(words, where="ValueSet.compose.include.valueSet")
        return self.all_of(found, depth + 1)

    def _of_system(self, part: Content) -> dict[Key, Concept]:
        system = str(part["system"])
        if part.get("concept"):
            listed = [_listed(system, one) for one in objects(part["concept"])]
            return {(system, one.code): self._with_words(one) for one in listed}
        filters = list(objects(part.get("filter") or []))
        known = self._whole(system)
        kept: Iterable[Concept] = known.values()
        for one in filters:
            kept = [concept for concept in kept if _asked(one, known)(concept)]
        return {(system, one.code): one for one in kept if not one.abstract}

    def _with_words(self, one: Concept) -> Concept:
        known = self._known(one.system).get(one.code)
        if known is None:
            return one
        return replace(known, display=one.display or known.display)

    def _known(self, system: str) -> dict[str, Concept]:
        if system not in self._systems:
            found = self._library.code_system(system)
            self._systems[system] = concepts_of(found) if found else {}
        return self._systems[system]

    def _whole(self, system: str) -> dict[str, Concept]:
        """All codes of a system; refused unless they are all here."""
        found = self._library.code_system(system)
        if found is None or found.get("content") != "complete":
            words = _(
                "Kodsystemet %(system)s finns inte helt här, så alla dess koder kan inte räknas upp.",
                system=system,
            )
            mend = _(
                "Räkna upp koderna i compose.include.concept, eller fråga en terminologiserver."
            )
            raise Invalid(words, where="ValueSet.compose.include.system", mend=mend)
        return self._known(system)

    def _counted(self, found: dict[Key, Concept]) -> dict[Key, Concept]:
        self._passed += len(found)
        if self._passed > MOST:
            words = _("Värdemängden har fler än %(most)d koder.", most=MOST)
            raise Invalid(words, where="ValueSet.compose")
        return found


def _listed(system: str, one: Content) -> Concept:
    return Concept(system, str(one.get("code", "")), str(one.get("display", "")))


# ── filters ──

_Test = Callable[[Concept], bool]


def _asked(one: Content, known: Mapping[str, Concept]) -> _Test:
    """A filter as a test of one concept.

    Raises:
        Invalid: a filter that is not done here.
    """
    name, value = str(one.get("property", "")), str(one.get("value", ""))
    does: dict[str, Callable[[str, str, Mapping[str, Concept]], _Test]] = {
        "is-a": lambda _name, value, known: _below(value, known, itself=True),
        "descendent-of": lambda _name, value, known: _below(value, known, itself=False),
        "is-not-a": lambda _name, value, known: _not(_below(value, known, itself=True)),
        "generalizes": lambda _name, value, known: _above(value, known),
        "=": lambda name, value, _known: _among(name, {value}),
        "in": lambda name, value, _known: _among(name, set(value.split(","))),
        "not-in": lambda name, value, _known: _not(_among(name, set(value.split(",")))),
        "exists": lambda name, value, _known: _has(name, value == "true"),
    }
    made = does.get(str(one.get("op", "")))
    if made is None:
        words = _("Filtret %(op)s görs inte här.", op=str(one.get("op", "")))
        raise Invalid(words, where="ValueSet.compose.include.filter.op")
    return made(name, value, known)


def _not(test: _Test) -> _Test:
    return lambda concept: not test(concept)


def _below(top: str, known: Mapping[str, Concept], *, itself: bool) -> _Test:
    under = below(top, known) - (set() if itself else {top})
    return lambda concept: concept.code in under


def _above(bottom: str, known: Mapping[str, Concept]) -> _Test:
    over = above(bottom, known)
    return lambda concept: concept.code in over


def below(top: str, known: Mapping[str, Concept]) -> set[str]:
    """A code, and those that stand under it, however far down."""
    under = {top}
    grown = True
    while grown:
        more = {c.code for c in known.values() if c.code not in under and under & set(c.parents)}
        grown = bool(more)
        under |= more
    return under


def above(bottom: str, known: Mapping[str, Concept]) -> set[str]:
    """A code, and those that stand over it, however far up."""
    over: set[str] = set()
    waiting = [bottom]
    while waiting:
        code = waiting.pop()
        if code not in over:
            over.add(code)
            waiting += known[code].parents if code in known else ()
    return over


def _among(name: str, values: set[str]) -> _Test:
    return lambda concept: bool(values & set(_values(concept, name)))


def _has(name: str, there: bool) -> _Test:
    return lambda concept: bool(list(_values(concept, name))) is there


def _values(concept: Concept, name: str) -> Iterable[str]:
    if name in ("code", "concept"):
        return [concept.code]
    if name == "display":
        return [concept.display] if concept.display else []
    if name == "parent":
        return concept.parents
    return [value for known, value in concept.properties if known == name]


def as_coding(one: Concept) -> dict[str, Any]:
    """A concept as Coding."""
    made = {"system": one.system, "code": one.code, "display": one.display}
    return {name: value for name, value in made.items() if value}
