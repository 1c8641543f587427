"""FHIR R4's own definitions as the program reads them: structures, required codes, search paths, compartments.

Made by `tools/definitions.py` from HL7's packages (CC0-1.0), read once when first asked for.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec

T = TypeVar("T")


class Element(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """One element of a type.

    Attributes:
        name: as in the standard; "value[x]" for a choice of types.
        most: 0 for any number.
        types: datatypes, or the part ("CarePlan.activity") whose elements it has.
        flags: s: in the summary, m: modifies the meaning, q: a quantity without comparator.
        codes: the value set that is bound as required; "" for none.
        targets: types that a Reference may point at; none: any.
    """

    name: str
    least: int
    most: int
    types: tuple[str, ...]
    flags: str = ""
    codes: str = ""
    targets: tuple[str, ...] = ()

    @property
    def in_summary(self) -> bool:
        """Whether `_summary=true` shows it."""
        return "s" in self.flags


class Type(msgspec.Struct, frozen=True):
    """A resource, a datatype, or a part of one.

    Attributes:
        kind: resource, type, part or abstract.
        base: what it derives from: "DomainResource".
    """

    kind: str
    base: str
    elements: tuple[Element, ...]


class Structures(msgspec.Struct, frozen=True):
    """Every type by name, and the form of each primitive as a regular expression ("" for none)."""

    types: dict[str, Type]
    primitives: dict[str, str]


class ValueSets(msgspec.Struct, frozen=True):
    """Value set -> system -> codes; and those that are no list, with why."""

    sets: dict[str, dict[str, tuple[str, ...]]]
    open: dict[str, str]


class Test(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What must hold on the way, after so many names.

    Attributes:
        sort: "->": the reference there points at the type `what`; "[0]": only the first of the
            list; "%resource": begins at the resource, not at the composite's part; else a name:
            the object there has the value `what` under it.
    """

    after: int
    sort: str
    what: str


class Place(msgspec.Struct, array_like=True, frozen=True):
    """Where a search parameter finds its values: JSON names, the type there, tests on the way."""

    names: tuple[str, ...]
    type: str
    tests: tuple[Test, ...] = ()


class Half(msgspec.Struct, array_like=True, frozen=True):
    """One part of a composite, found from each place of the composite."""

    code: str
    kind: str
    places: tuple[Place, ...]


class Parameter(msgspec.Struct, array_like=True, frozen=True):
    """One search parameter of one type.

    Attributes:
        kind: token, reference, string, date, quantity, number, uri, composite or special.
        id: of the standard's SearchParameter.
        places: none: the server itself knows what to search (`_text`, `_content`, `_query`).
        targets: types that a reference may lead to.
        halves: parts of a composite.
        comparators, modifiers: what the standard lists; empty: what its kind has.
        rule: "present": the value is whether any place holds something else than false. "unit", "provider": the
            shelf itself knows whose record it is. "waits": asked of open tasks about it.
    """

    code: str
    kind: str
    id: str
    places: tuple[Place, ...]
    targets: tuple[str, ...] = ()
    halves: tuple[Half, ...] = ()
    comparators: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    multiple_or: bool = True
    multiple_and: bool = True
    rule: str = ""


class Searches(msgspec.Struct, frozen=True):
    """Type -> its own parameters; those of Resource and DomainResource hold for every type."""

    types: dict[str, tuple[Parameter, ...]]
    left_out: dict[str, str]


@cache
def structures() -> Structures:
    """Every type of R4."""
    return _read("structures", Structures)


@cache
def value_sets() -> ValueSets:
    """Every value set that an element is bound to as required."""
    return _read("codes", ValueSets)


@cache
def searches() -> Searches:
    """Every search parameter of R4."""
    return _read("searches", Searches)


@cache
def compartments() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Compartment -> resource type -> the search parameters that put a resource into it."""
    return _read("compartments", dict[str, dict[str, tuple[str, ...]]])


@cache
def parameters(kind: str) -> Mapping[str, Parameter]:
    """All search parameters of a resource type, by code; with those that every type has."""
    types = searches().types
    rows = (*types["Resource"], *types["DomainResource"], *types.get(kind, ()))
    return {one.code: one for one in (*rows, *(own for own in OURS if kind in OURS[own][0]))}


FOLLOW_UP_DUE = "https://samverka.example/fhir/StructureDefinition/careplan-follow-up-due"
"""Extension of CarePlan: the day that the plan shall have been followed up. R4 has no element for it."""

_UNIT_KEPT = (
    "Appointment", "CarePlan", "CareTeam", "Encounter", "Goal", "ServiceRequest", "Task",
)  # fmt: skip

OURS: Mapping[Parameter, tuple[tuple[str, ...], str]] = {
    Parameter("careUnit", "reference", "careUnit", (), targets=("Organization",), rule="unit"): (
        _UNIT_KEPT,
        "The unit whose record it is: the inner block (Inera, EHDS-TK).",
    ),
    Parameter("careProvider", "reference", "careProvider", (), targets=("Organization",), rule="provider"): (
        _UNIT_KEPT,
        "The care provider whose record it is: the outer block (Inera, EHDS-TK).",
    ),
    Parameter("nextStepOwner", "reference", "nextStepOwner", (), targets=("Organization",), rule="waits"): (
        ("CarePlan",),
        "A unit on which the plan waits: it has an open task about the plan, among the tasks that the reader may see.",
    ),
    Parameter(
        "followUpDue",
        "date",
        "followUpDue",
        (Place(("extension", "valueDate"), "date", (Test(1, "url", FOLLOW_UP_DUE),)),),
    ): (("CarePlan",), "The day that the plan shall have been followed up."),
}  # fmt: skip
"""Our own search parameters, each with its types and what it asks for."""


@cache
def summary_names(kind: str) -> frozenset[str]:
    """JSON names of a type that `_summary=true` keeps; each type of a choice by its own name."""
    return frozenset(
        name
        for one in structures().types[kind].elements
        if one.in_summary or (one.least and structures().types[kind].kind == "resource")
        for name in json_names(one)
    )


def json_names(element: Element) -> dict[str, str]:
    """JSON name -> type of an element: one, or one for each type of a choice."""
    stem = element.name.removesuffix("[x]")
    if stem == element.name:
        return {stem: element.types[0]}
    return {f"{stem}{kind[0].upper()}{kind[1:]}": kind for kind in element.types}


@cache
def codes_of(name: str) -> frozenset[str]:
    """The codes of a required value set whatever their system; none for an open one."""
    return frozenset(code for codes in value_sets().sets.get(name, {}).values() for code in codes)


def _read(name: str, kind: type[T]) -> T:
    packed = files("samverka.resources").joinpath(f"definitions/{name}.json.gz").read_bytes()
    return msgspec.json.decode(gzip.decompress(packed), type=kind)


RESOURCE_TYPES: frozenset[str] = frozenset(
    name for name, one in structures().types.items() if one.kind == "resource"
)
"""The resource types of R4 4.0.1 that can stand by themselves."""
