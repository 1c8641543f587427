"""How each type of R4 is gone through: made of the definitions when a type is first met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from samverka.resources.rules import definitions
from samverka.resources.rules.definitions import Element
from samverka.resources.rules.paths import Choice
from samverka.resources.rules.validation.invariants import rules_of
from samverka.resources.rules.validation.invariants.kit import Rule
from samverka.resources.rules.validation.primitives import FITS, Fits, bound


class Form(IntEnum):
    """What stands under a name."""

    PRIMITIVE = 0
    OBJECT = 1
    RESOURCE = 2
    SHADOW = 3  # `_given`: id and extension of a primitive


@dataclass(slots=True)
class Field:
    """One JSON name of a type.

    Attributes:
        name: as in JSON; a `Choice` knows its name in FHIRPath.
        choice: stem of a choice of types; "" for none.
        sets: system -> codes of a required binding of a Coding or CodeableConcept.
    """

    name: str
    kind: str
    form: Form
    many: bool
    fits: Fits
    codes: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    choice: str = ""
    simple: bool = False
    sets: Mapping[str, tuple[str, ...]] | None = None
    _plan: Plan | None = None

    @property
    def plan(self) -> Plan:
        """How what stands here is gone through."""
        if self._plan is None:
            self._plan = plan_of(self.kind)
        return self._plan


@dataclass(slots=True)
class Plan:
    """One type.

    Attributes:
        required: names of which one must stand there, per element.
        rules: the invariants of the type.
        may_be_bare: an id alone says something: a resource, or what stands beside a primitive.
    """

    name: str
    fields: dict[str, Field]
    required: tuple[tuple[str, ...], ...]
    rules: tuple[Rule, ...]
    may_be_bare: bool


@cache
def plan_of(name: str) -> Plan:
    """How a resource, a datatype or a part is gone through.

    Raises:
        KeyError: R4 has no such type.
    """
    found = definitions.structures().types[name]
    fields: dict[str, Field] = {}
    if found.kind == "resource":
        fields["resourceType"] = _plain("resourceType", "code", False)
    for element in found.elements:
        for one in _fields(element):
            fields[one.name] = one
    required = tuple(_names(one) for one in found.elements if one.least)
    return Plan(
        name,
        fields,
        required,
        rules_of(name, "resource" if found.kind == "resource" else "", found.base),
        found.kind == "resource" or name == "Element",
    )


def _names(element: Element) -> tuple[str, ...]:
    """The names that fill an element: an extension in a primitive's place does."""
    names = definitions.json_names(element)
    shadows = [f"_{name}" for name, kind in names.items() if kind in FITS]
    return (*names, *shadows)


def _fields(element: Element) -> list[Field]:
    made: list[Field] = []
    stem = element.name.removesuffix("[x]")
    for plain, kind in definitions.json_names(element).items():
        is_choice = stem != element.name
        name = Choice(plain, stem) if is_choice else plain
        one = _field(element, name, kind)
        one.choice = stem if is_choice else ""
        made.append(one)
        if kind in FITS and kind != "xhtml":
            shadow = Choice(f"_{plain}", stem) if is_choice else f"_{plain}"
            made.append(Field(shadow, "Element", Form.SHADOW, one.many, FITS[kind]))
    return made


def _field(element: Element, name: str, kind: str) -> Field:
    many = element.most != 1
    if kind in FITS:
        one = _plain(name, kind, many)
        if kind == "code" and (codes := definitions.codes_of(element.codes)):
            one.codes, one.fits = codes, bound(codes)
        return one
    form = Form.RESOURCE if kind == "Resource" else Form.OBJECT
    one = Field(name, kind, form, many, FITS["string"])
    one.targets = frozenset(element.targets) if kind == "Reference" else frozenset()
    one.simple = "q" in element.flags
    if kind in ("Coding", "CodeableConcept"):
        one.sets = definitions.value_sets().sets.get(element.codes)
    return one


def _plain(name: str, kind: str, many: bool) -> Field:
    return Field(name, kind, Form.PRIMITIVE, many, FITS[kind])
