"""The standard's invariants, by type or part: those that are faults (not warnings) and need no other resource."""

from __future__ import annotations

from samverka.resources.rules.validation.invariants import bundles, care, datatypes, forms, others
from samverka.resources.rules.validation.invariants.kit import Rule

TABLES: tuple[dict[str, tuple[Rule, ...]], ...] = (
    datatypes.RULES,
    care.RULES,
    forms.RULES,
    bundles.RULES,
    others.RULES,
)


def rules_of(name: str, kind: str, base: str) -> tuple[Rule, ...]:
    """The invariants of a type: its own, those of what it derives from, those of every resource."""
    found = [rule for table in TABLES for rule in table.get(name, ())]
    if base in datatypes.INHERITED:
        found += [rule for table in TABLES for rule in table.get(base, ())]
    if kind == "resource" and base == "DomainResource":
        found += datatypes.EVERY_RESOURCE
    return tuple(found)
