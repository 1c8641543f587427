"""Of the standard's StructureDefinitions and expanded ValueSets: what a validator needs, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Json = dict[str, Any]

_TYPE_OF = "http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type"
_REGEX = "http://hl7.org/fhir/StructureDefinition/regex"
_SYSTEM = "http://hl7.org/fhirpath/System."
_STRUCTURE = "http://hl7.org/fhir/StructureDefinition/"
_SET = "http://hl7.org/fhir/ValueSet/"

OPEN = {
    "mimetypes": "any media type of BCP 13: judged by its form",
    "guide-parameter-code": "published guides use other parameters; the next version opened it",
    "ucum-units": "UCUM is a grammar; the expansion holds only some of it",
    "http://loinc.org/vs/LL379-9": "a list of LOINC's that the standard does not expand",
}
"""Bound as required, but not a list of codes; and why."""


def structures(definitions: list[Json]) -> Json:
    """Type or part -> its kind, what it derives from and its elements; primitives with their form."""
    own = [one for one in definitions if one.get("derivation") != "constraint"]
    types: Json = {}
    for one in own:
        if one["kind"] in ("resource", "complex-type"):
            types |= _parts(one)
    primitives = {one["name"]: _form(one) for one in own if one["kind"] == "primitive-type"}
    return {"types": types, "primitives": primitives}


def _parts(definition: Json) -> Json:
    """The type itself, and each part that has elements of its own."""
    rows = definition["snapshot"]["element"]
    name = definition["name"]
    parents = {one["path"].rpartition(".")[0] for one in rows[1:]}
    base = definition.get("baseDefinition", "").removeprefix(_STRUCTURE)
    kind = "abstract" if definition["abstract"] else definition["kind"].removeprefix("complex-")
    return {
        path: {
            "kind": kind if path == name else "part",
            "base": base if path == name else "BackboneElement",
            "elements": [_element(one, parents) for one in _children(rows, path)],
        }
        for path in sorted(parents)
    }


def _children(rows: list[Json], path: str) -> Iterator[Json]:
    return (one for one in rows if one["path"].rpartition(".")[0] == path)


def _element(one: Json, parents: set[str]) -> list[Any]:
    """[name, min, max (0: any), types, flags, required value set, targets of references]."""
    name = one["path"].rpartition(".")[2]
    types, targets = _types(one, parents), _targets(one)
    most = 0 if one["max"] == "*" else int(one["max"])
    binding = one.get("binding", {})
    bound = binding.get("valueSet", "") if binding.get("strength") == "required" else ""
    bound = bound.partition("|")[0].removeprefix(_SET)
    return [name, one["min"], most, types, _flags(one), bound, targets]


def _types(one: Json, parents: set[str]) -> list[str]:
    if one["path"] in parents:
        return [one["path"]]
    if "contentReference" in one:
        return [one["contentReference"].removeprefix("#")]
    if one["path"].endswith(".id") and one["base"]["path"] == "Resource.id":
        return ["id"]  # the standard's file says string; its text says id
    return list(dict.fromkeys(_type(each) for each in one["type"]))


def _type(each: Json) -> str:
    code: str = each["code"]
    if not code.startswith(_SYSTEM):
        return code
    [found] = (x for x in each["extension"] if x["url"] == _TYPE_OF)
    return str(found.get("valueUrl") or found["valueUri"])


def _targets(one: Json) -> list[str]:
    """Types that a Reference may point at; none: any."""
    found = {
        profile.removeprefix(_STRUCTURE)
        for each in one.get("type", ())
        if each["code"] == "Reference"
        for profile in each.get("targetProfile", ())
    }
    return [] if "Resource" in found else sorted(found)


def _flags(one: Json) -> str:
    """s: in the summary, m: modifies the meaning, q: a quantity without comparator."""
    simple = [
        each.get("profile") == [f"{_STRUCTURE}SimpleQuantity"] for each in one.get("type", ())
    ]
    marks = {
        "s": one.get("isSummary", False),
        "m": one.get("isModifier", False),
        "q": bool(simple) and all(simple),
    }
    return "".join(mark for mark, holds in marks.items() if holds)


def _form(definition: Json) -> str:
    """The regular expression that the standard gives a primitive; "" for none."""
    for one in definition["snapshot"]["element"]:
        for each in one.get("type", ()) if one["path"].endswith(".value") else ():
            for x in each.get("extension", ()):
                if x["url"] == _REGEX:
                    return str(x["valueString"])
    return ""


def bound(made: Json) -> set[str]:
    """Every value set that an element is bound to."""
    rows = (row for one in made["types"].values() for row in one["elements"])
    return {row[5] for row in rows if row[5]}


def codes(wanted: Iterable[str], expanded: list[Json]) -> Json:
    """Value set -> system -> its codes; and those that are open, with why.

    Raises:
        KeyError: a value set has no expansion and is not known to be open.
    """
    by_name = {one["url"].removeprefix(_SET): one for one in expanded}
    sets: Json = {}
    for name in sorted(set(wanted) - OPEN.keys()):
        found: dict[str, list[str]] = {}
        for system, code in _contained(by_name[name]["expansion"].get("contains", [])):
            found.setdefault(system, []).append(code)
        sets[name] = {system: list(dict.fromkeys(codes)) for system, codes in found.items()}
    return {"sets": sets, "open": OPEN}


def _contained(rows: list[Json]) -> Iterator[tuple[str, str]]:
    for one in rows:
        if "code" in one and not one.get("abstract"):
            yield one.get("system", ""), one["code"]
        yield from _contained(one.get("contains", []))
