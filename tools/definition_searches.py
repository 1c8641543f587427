"""Of the standard's SearchParameters and CompartmentDefinitions: paths that need no FHIRPath engine.

A path is [names, type, tests]: the JSON names from the resource downwards (lists are gone through),
the type of what lies there, and tests on the way. A test is [after so many names, sort, what]:

* ["->", "Patient"]: the reference there points at a Patient,
* ["system", "phone"]: the object there has that value under that name,
* ["[0]", ""]: only the first of the list,
* ["%resource", ""]: begins at the resource, though the others of the composite begin at its part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

Json = dict[str, Any]

FIT = {
    "token": "code Coding CodeableConcept Identifier ContactPoint boolean string uri id canonical",
    "reference": "Reference canonical uri Resource",
    "string": "string markdown HumanName Address",
    "date": "date dateTime instant Period Timing",
    "quantity": "Quantity Money Range Age Duration Count Distance SampledData",
    "number": "integer decimal positiveInt unsignedInt Range",
    "uri": "uri url canonical oid uuid",
    "composite": "*",
    "special": "*",
}
"""What each kind of parameter can compare. Other types of a choice have nothing to be found by."""

NO_PART = frozenset({"Resource-content", "Resource-query", "DomainResource-text"})
"""Parameters of the standard without an expression: the server says itself what they search."""

_PARAMETER = "http://hl7.org/fhir/SearchParameter/"
SWAPPED = {
    ("DocumentReference-relationship", "code"): f"{_PARAMETER}DocumentReference-relation",
    ("DocumentReference-relationship", "target"): f"{_PARAMETER}DocumentReference-relatesto",
}
"""The standard's file names the two halves of this one crosswise: the code as a reference."""

FOREIGN = re.compile(r"-extensions-|-genetic-|^example|^filter$")
"""Examples, and parameters of extensions: they lie in the package, and belong to no resource type."""

PRESENT = re.compile(r"^(\w+(?:\.\w+)+)\.exists\(\) and \1 != false$")


class Unknown(Exception):
    """An expression that has no simple form."""


@dataclass(frozen=True)
class Place:
    """Where a step has come to. `choice`: the type is not chosen yet."""

    names: tuple[str, ...]
    type: str
    tests: tuple[tuple[int, str, str], ...] = ()
    choice: str = ""

    def tested(self, sort: str, what: str = "") -> Place:
        """With one more test here."""
        return replace(self, tests=(*self.tests, (len(self.names), sort, what)))

    def row(self) -> list[Any]:
        """As it is written."""
        return [list(self.names), self.type, [list(one) for one in self.tests]]


def searches(definitions: list[Json], structures: Json) -> Json:
    """Resource type -> rows of its parameters; and what was left out, with why."""
    types = structures["types"]
    by_url = {one["url"]: one for one in definitions}
    made: Json = {}
    left: dict[str, str] = {}
    for one in definitions:
        if FOREIGN.search(one["id"]):
            left[one["id"]] = "an example, or the parameter of an extension"
            continue
        for base in one["base"]:
            try:
                made.setdefault(base, []).append(_parameter(one, base, types, by_url))
            except Unknown as error:
                left[f"{one['id']} ({base})"] = str(error)
    return {"types": {base: sorted(rows) for base, rows in made.items()}, "left_out": left}


def _parameter(one: Json, base: str, types: Json, by_url: Json) -> list[Any]:
    """[code, type, id, paths, targets, components, comparators, modifiers, or, and, rule]."""
    text = one.get("expression", "")
    found = PRESENT.match(text)
    paths = [] if one["id"] in NO_PART else _paths(found[1] if found else text, base, one["type"],
                                                   types, truth=bool(found))  # fmt: skip
    parts = [
        _component(each, base, text, types, by_url[_definition(one, each)])
        for each in one.get("component", ())
    ]
    return [
        one["code"],
        one["type"],
        one["id"],
        [path.row() for path in paths],
        sorted(one.get("target", ())),
        parts,
        one.get("comparator", []),
        one.get("modifier", []),
        one.get("multipleOr", True),
        one.get("multipleAnd", True),
        "present" if found else "",
    ]


def _definition(one: Json, each: Json) -> str:
    """Whose half it is."""
    return SWAPPED.get((one["id"], each["expression"]), str(each["definition"]))


def _component(each: Json, base: str, text: str, types: Json, definition: Json) -> list[Any]:
    """[code, type, paths] of one half of a composite."""
    kind = definition["type"]
    rows: list[Place] = []
    for start in _paths(text, base, "composite", types):
        found = _paths(each["expression"], start.type, kind, types, relative=True, resource=base)
        rows += [one for one in found if one not in rows]
    return [definition["code"], kind, [one.row() for one in rows]]


def _paths(
    text: str,
    base: str,
    kind: str,
    types: Json,
    *,
    relative: bool = False,
    resource: str = "",
    truth: bool = False,
) -> list[Place]:
    """Every alternative that begins at this type."""
    fit = "*" if truth else FIT[kind]
    found: list[Place] = []
    for part in _split(text, "|"):
        start = _start(part, base, resource, relative=relative)
        if start is not None:
            found += _ends(part, _followed(*start, types), fit)
    if not found:
        raise Unknown(f"nothing to be found by: {text}")
    return list(dict.fromkeys(found))


def _start(
    part: str, base: str, resource: str, *, relative: bool
) -> tuple[Place, list[str]] | None:
    """Where one alternative begins, and its steps; None if it is another type's."""
    steps = list(_steps(part))
    if steps[0] == "%resource":
        return Place((), resource).tested("%resource"), steps[1:]
    if relative or steps[0][0].islower():
        return Place((), base), steps
    return (Place((), base), steps[1:]) if steps[0] == base else None


def _steps(part: str) -> Iterator[str]:
    """`(A.b as C).d` as A, b, as(C), d."""
    for step in _split(part, "."):
        if found := re.fullmatch(r"\((.+) as (\w+)\)", step):
            yield from _steps(found[1])
            yield f"as({found[2]})"
        elif found := re.fullmatch(r"(\w+)\[(\d+)\]", step):
            yield from (found[1], f"[{found[2]}]")
        else:
            yield step


def _split(text: str, mark: str) -> list[str]:
    """Cut at the mark where no bracket is open."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter == mark and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def _followed(start: Place, steps: list[str], types: Json) -> list[Place]:
    places = [start]
    for step in steps:
        places = [after for one in places for after in _step(one, step, types)]
    return places


def _step(place: Place, step: str, types: Json) -> list[Place]:
    if found := re.fullmatch(r"(?:as|ofType)\((\w+)\)", step):
        return [_as(place, found[1])]
    if found := re.fullmatch(r"where\(resolve\(\) is (\w+)\)", step):
        return [place.tested("->", found[1])]
    if found := re.fullmatch(r"where\((\w+)='([\w-]+)'\)", step):
        return [place.tested(found[1], found[2])]
    if step == "[0]":
        return [place.tested("[0]")]
    return [_named(one, step, types) for one in _chosen(place)]


def _as(place: Place, name: str) -> Place:
    """One type of a choice; the standard's files do not always mind capitals."""
    if not place.choice:
        if place.type.lower() != name.lower():
            raise Unknown(f"{'.'.join(place.names)} is {place.type}, not {name}")
        return place
    [kind] = [one for one in place.choice.split() if one.lower() == name.lower()]
    return _made(place, kind)


def _made(place: Place, kind: str) -> Place:
    *before, last = place.names
    return replace(
        place, names=(*before, f"{last}{kind[0].upper()}{kind[1:]}"), type=kind, choice=""
    )


def _chosen(place: Place) -> list[Place]:
    """Every type of a choice that nobody has narrowed."""
    return [_made(place, kind) for kind in place.choice.split()] if place.choice else [place]


def _named(place: Place, name: str, types: Json) -> Place:
    for row in types.get(place.type, {"elements": []})["elements"]:
        names = (*place.names, name)
        if row[0] == name:
            return replace(place, names=names, type=row[3][0])
        if row[0] == f"{name}[x]":
            return replace(place, names=names, type="", choice=" ".join(row[3]))
    raise Unknown(f"{place.type} has no {name}")


def _ends(part: str, places: list[Place], fit: str) -> list[Place]:
    """The ends that a parameter of this kind can compare."""
    ends = [one for place in places for one in _chosen(place)]
    found = [one for one in ends if fit == "*" or one.type in fit.split()]
    if not found:
        raise Unknown(f"{part} is {', '.join(one.type for one in ends)}: not one of {fit}")
    return found


def compartments(definitions: list[Json]) -> Json:
    """Compartment -> resource type -> the parameters that put a resource into it."""
    return {
        one["code"]: {each["code"]: each["param"] for each in one["resource"] if each.get("param")}
        for one in definitions
        if one["id"] != "example"
    }
