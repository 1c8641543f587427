"""Every value of a resource visited once: what the structure check does not know, and the references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.resources.rules import codes
from samverka.resources.rules.keys import MAX_KEY, Scope, identifier_key, is_id, target_of
from samverka.resources.rules.lines import Fault
from samverka.resources.rules.paths import Path, render
from samverka.resources.rules.structure import MAX_FAULTS
from samverka.resources.rules.times import TIME_NAMES, real_date, starts_after_end

MAX_DEPTH = 60
"""Deepest nesting of objects and lists; the official examples need less than half."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference out of a resource.

    Attributes:
        key: what it points at; "" if it can point at nothing.
        literal: as it stands in the resource; "" for one by identifier.
    """

    path: str
    key: str
    literal: str = ""


_REFERENCE_NAMES = frozenset({"reference", "type", "identifier", "display", "id", "extension"})
_ACTIVE = re.compile(
    r"<\s*/?\s*(?:script|iframe|object|embed|form|input|button|base|link|meta|style)\b"
    r"|<[^>]*\son[a-z]+\s*=|(?:href|src)\s*=\s*[\"']?\s*(?:javascript|vbscript|data:text/html)",
    re.IGNORECASE,
)


def walk_through(value: dict[str, Any], kind: str, scope: Scope) -> Walk:
    """Visit every value of a resource once."""
    walk = Walk(scope, _contained_ids(value))
    walk.resource(value, (None, kind))
    return walk


@dataclass(slots=True)
class Walk:
    """Goes through every value once. `faults` stop the resource, `notes` do not."""

    scope: Scope
    contained: frozenset[str]
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    references: list[Ref] = field(default_factory=list)

    def resource(self, value: dict[str, Any], path: Path, depth: int = 0) -> None:
        """A resource, the outermost or a contained one."""
        if "id" in value and not is_id(value["id"]):
            self._fault((path, "id"), _("Ett id har 1 till 64 tecken: A-Z, a-z, 0-9, - och punkt."))
        kind = value.get("resourceType")
        if isinstance(kind, str):
            for place, message in _code_faults(value, kind):
                self._fault((path, place), message)
        self._object(value, path, depth + 1)

    def _object(self, value: dict[str, Any], path: Path, depth: int) -> None:
        if not value:
            self._fault(path, _("Ett tomt objekt får inte finnas."), _("Utelämna elementet."))
        if "reference" in value or "identifier" in value:
            self._reference(value, path)
        if "start" in value and "end" in value:
            self._period(value["start"], value["end"], path)
        for name, inner in value.items():
            kind = type(inner)
            if kind is str:
                self._text(name, inner, path)
            elif kind is dict or kind is list:
                self._inside(name, inner, (path, name), depth + 1)

    def _inside(self, name: str, value: Any, path: Path, depth: int) -> None:
        """A list or an object that stands under the name."""
        if depth > MAX_DEPTH:
            self._fault(path, _("Resursen är nästlad för djupt för att läsas."))
        elif type(value) is dict:
            if name == "contained" and path[0] is not None:
                self._contained(value, path, depth)
            else:
                self._object(value, path, depth)
        elif name != "entry":  # the entries of a Bundle are looked through one by one
            for at, inner in enumerate(value):
                if type(inner) is str:
                    self._text(name, inner, (path, at))
                elif type(inner) is dict or type(inner) is list:
                    self._inside(name, inner, (path, at), depth + 1)

    def _contained(self, value: dict[str, Any], path: Path, depth: int) -> None:
        if "contained" in value:
            self._fault((path, "contained"), _("En innesluten resurs får inte innesluta fler."))
        self.resource(value, path, depth)

    def _text(self, name: str, value: str, path: Path) -> None:
        if "\0" in value:
            self._fault((path, name), _("Texten har ett tecken som inte får finnas (noll)."))
        elif name in TIME_NAMES and not real_date(value):
            self._fault((path, name), _("Den dagen finns inte i kalendern."))
        elif name == "div" and _ACTIVE.search(value):
            mend = _("Ta bort skript, formulär och inbäddat innehåll ur text.div.")
            self._fault((path, name), _("Berättelsen har aktivt innehåll."), mend)

    def _period(self, start: object, end: object, path: Path) -> None:
        if not isinstance(start, str) or not isinstance(end, str):
            return
        for name, value in (("start", start), ("end", end)):
            if not real_date(value):
                self._fault((path, name), _("Den dagen finns inte i kalendern."))
        if starts_after_end(start, end):
            self._fault(path, _("Slutet ligger före början."))

    def _reference(self, value: dict[str, Any], path: Path) -> None:
        literal, logical = value.get("reference"), value.get("identifier")
        if isinstance(literal, str):
            self._literal(literal, path)
        if isinstance(logical, dict) and path[0] is not None and value.keys() <= _REFERENCE_NAMES:
            key = logical_key(value, logical)
            if key and not isinstance(literal, str):
                self.references.append(Ref(render(path), key))

    def _literal(self, literal: str, path: Path) -> None:
        where: Path = (path, "reference")
        if literal.startswith("#"):
            if len(literal) > 1 and literal[1:] not in self.contained:
                self._fault(where, _("Ingen innesluten resurs (contained) har det id:t."))
            return
        if len(literal) > MAX_KEY:
            self._fault(where, _("Referensen är för lång (högst %(limit)s tecken).", limit=MAX_KEY))
            return
        key = target_of(literal, self.scope)
        if not key:
            self.notes.append(
                Fault(render(where), _("Referensen pekar inte på någon resurs som kan finnas."))
            )
        self.references.append(Ref(render(path), key, literal))

    def _fault(self, path: Path, message: Text, mend: Text | None = None) -> None:
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(Fault(render(path), message, mend))


def logical_key(value: dict[str, Any], logical: dict[str, Any], kind: str = "") -> str:
    """Key of a reference by identifier; "" if system or value is missing or far too long."""
    system, number = logical.get("system"), logical.get("value")
    kind = kind or value.get("type") or ""
    if not (isinstance(system, str) and isinstance(number, str) and isinstance(kind, str)):
        return ""
    key = identifier_key(kind.rsplit("/", 1)[-1], system, number)
    return key if len(key) <= MAX_KEY else ""


def _code_faults(value: dict[str, Any], kind: str) -> Iterator[tuple[str, Text]]:
    for names, allowed in _BOUND.get(kind, ()):
        for place, code in _values_at(value, names, ""):
            if isinstance(code, str) and code not in allowed:
                known = ", ".join(sorted(allowed)[:12])
                yield place, _("Koden finns inte i FHIR R4. Tillåtna: %(known)s.", known=known)


def _values_at(value: object, names: tuple[str, ...], place: str) -> Iterator[tuple[str, object]]:
    """Every value at a dotted place, with indexes where there are lists."""
    if isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _values_at(inner, names, f"{place}[{at}]")
    elif not names:
        yield place, value
    elif isinstance(value, dict) and names[0] in value:
        inner_place = f"{place}.{names[0]}" if place else names[0]
        yield from _values_at(value[names[0]], names[1:], inner_place)


def _bound_table() -> dict[str, list[tuple[tuple[str, ...], frozenset[str]]]]:
    table: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for element, name in codes.BOUND.items():
        kind, *names = element.split(".")
        allowed = frozenset(codes.VALUE_SETS[name].split())
        table.setdefault(kind, []).append((tuple(names), allowed))
    return table


_BOUND = _bound_table()


def _contained_ids(value: dict[str, Any]) -> frozenset[str]:
    inner = value.get("contained")
    if not isinstance(inner, list):
        return frozenset()
    return frozenset(
        one["id"] for one in inner if isinstance(one, dict) and isinstance(one.get("id"), str)
    )
