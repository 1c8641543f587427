"""A search as it was asked: criteria, chains, what comes along, order and how much of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from samverka.resources.rules.searching.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Criterion:
    """One parameter with its alternatives: any of them must fit (or none, if `negated`).

    Attributes:
        kind: token, date …: which index is asked.
        missing: True or False for `:missing`; then there are no alternatives.
    """

    code: str
    kind: str
    wanted: tuple[Wanted, ...] = ()
    negated: bool = False
    missing: bool | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """A reference parameter whose target must meet something: `subject:Patient.name=…`.

    Attributes:
        types: of the target; one condition for each that has the parameter.
    """

    code: str
    types: tuple[tuple[str, Condition], ...]


@dataclass(frozen=True, slots=True)
class Reverse:
    """`_has:Observation:patient:code=…`: another resource points here by that parameter and meets something."""

    type: str
    code: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Any of several: what puts a resource into a compartment."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Several of one and the same resource."""

    conditions: tuple[Condition, ...]


Condition = Criterion | Chain | Reverse | AnyOf | AllOf


@dataclass(frozen=True, slots=True)
class Include:
    """`_include` (what is pointed at) or `_revinclude` (what points here).

    Attributes:
        type: whose parameter it is; `code` "*" for all of them.
        target: only this type; "" for all.
        again: `:iterate`: from what has come along, too.
    """

    type: str
    code: str
    target: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """One key of the order: a parameter, `_id` or `_lastUpdated`."""

    code: str
    kind: str
    falling: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A whole search.

    Attributes:
        used: what was understood, as it was written: for the link to itself.
        left: names that were not understood (only where that is let pass).
        count: resources on a page; 0 for the number alone.
        total: "none", "estimate" or "accurate".
        summary: "", "true", "text", "data" or "count".
        after: where the page before ended; "" on the first.
    """

    kind: str
    conditions: tuple[Condition, ...] = ()
    includes: tuple[Include, ...] = ()
    reverse: tuple[Include, ...] = ()
    order: tuple[Order, ...] = ()
    count: int = 20
    total: str = ""
    summary: str = ""
    elements: tuple[str, ...] = ()
    after: str = ""
    used: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = field(default=())
