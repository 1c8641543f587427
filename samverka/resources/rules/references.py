"""References out of a resource: where they stand and what they point at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from samverka.kernel.text import text as _
from samverka.resources.rules.keys import MAX_KEY, Scope, identifier_key, target_of
from samverka.resources.rules.lines import Fault, Sort
from samverka.resources.rules.paths import Path, fhirpath, render
from samverka.resources.rules.validation import look_through


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference out of a resource.

    Attributes:
        path: where it stands, by the names of the JSON: "Encounter.subject".
        key: what it points at; "" if it can point at nothing.
        literal: as it stands in the resource; "" for one by identifier.
    """

    path: str
    key: str
    literal: str = ""


@dataclass(slots=True)
class Refs:
    """Every reference of a resource; `faults` stop it, `notes` do not."""

    scope: Scope
    found: list[Ref] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    def take(self, path: Path, value: dict[str, Any]) -> None:
        """One Reference, literal or by identifier."""
        literal, logical = value.get("reference"), value.get("identifier")
        if isinstance(literal, str):
            if not literal.startswith("#"):
                self._literal(literal, path)
        elif isinstance(logical, dict):
            key = logical_key(value, logical)
            if key:
                self.found.append(Ref(render(path), key))

    def _literal(self, literal: str, path: Path) -> None:
        where: Path = (path, "reference")
        if len(literal) > MAX_KEY:
            message = _("Referensen är för lång (högst %(limit)s tecken).", limit=MAX_KEY)
            self.faults.append(Fault(fhirpath(where), message, sort=Sort.TOO_LONG))
            return
        key = target_of(literal, self.scope)
        if not key:
            message = _("Referensen pekar inte på någon resurs som kan finnas.")
            self.notes.append(Fault(fhirpath(where), message))
        self.found.append(Ref(render(path), key, literal))


def refs_of(found: Iterable[tuple[Path, dict[str, Any]]], scope: Scope) -> Refs:
    """The references that a look through a resource has met."""
    refs = Refs(scope)
    for path, value in found:
        refs.take(path, value)
    return refs


def references(value: dict[str, Any], scope: Scope) -> list[Ref]:
    """Every reference of a resource that is known to be right."""
    return refs_of(look_through(value, into_entries=False).references, scope).found


def logical_key(value: dict[str, Any], logical: dict[str, Any], kind: str = "") -> str:
    """Key of a reference by identifier; "" if system or value is missing or far too long."""
    system, number = logical.get("system"), logical.get("value")
    kind = kind or value.get("type") or ""
    if not (isinstance(system, str) and isinstance(number, str) and isinstance(kind, str)):
        return ""
    key = identifier_key(kind.rsplit("/", 1)[-1], system, number)
    return key if len(key) <= MAX_KEY else ""
