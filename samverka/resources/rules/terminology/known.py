"""What the standard's own tables know: every required value set of R4, and the code systems that follow from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from samverka.resources.rules.definitions import value_sets
from samverka.resources.rules.receiving import Content, objects

HL7 = "http://hl7.org/fhir/"
_SETS = f"{HL7}ValueSet/"


@dataclass(frozen=True, slots=True)
class Concept:
    """One code of a system.

    Attributes:
        parents: codes right above it, and `properties` of its own: what filters ask for.
        abstract: it stands for those below it and cannot be chosen itself.
    """

    system: str
    code: str
    display: str = ""
    definition: str = ""
    parents: tuple[str, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    abstract: bool = False
    inactive: bool = False


def concepts_of(code_system: Content) -> dict[str, Concept]:
    """All concepts of a CodeSystem by code, with what stands above each."""
    system = str(code_system.get("url", ""))
    found: dict[str, Concept] = {}
    waiting: list[tuple[Content, tuple[str, ...]]] = [
        (one, ()) for one in objects(code_system.get("concept") or [])
    ]
    while waiting:
        one, above = waiting.pop(0)
        code = str(one.get("code", ""))
        values = tuple(_properties(one))
        further = tuple(value for name, value in values if name == "parent")
        found[code] = Concept(
            system=system,
            code=code,
            display=str(one.get("display", "")),
            definition=str(one.get("definition", "")),
            parents=(*above, *further),
            properties=values,
            abstract=("notSelectable", "true") in values,
            inactive=("inactive", "true") in values or ("status", "retired") in values,
        )
        waiting += [(below, (code,)) for below in objects(one.get("concept") or [])]
    return found


def _properties(concept: Content) -> Iterator[tuple[str, str]]:
    for one in objects(concept.get("property") or []):
        value: Any = next((one[name] for name in one if name.startswith("value")), "")
        if isinstance(value, Mapping):  # a Coding
            value = value.get("code", "")
        yield (
            str(one.get("code", "")),
            str(value).lower() if isinstance(value, bool) else str(value),
        )


class Standard:
    """The standard's tables as CodeSystem and ValueSet resources, made when they are asked for."""

    def value_set(self, url: str) -> dict[str, Any] | None:
        """A required value set of R4 by its canonical address; None for any other."""
        name = url.removeprefix(_SETS)
        systems = value_sets().sets.get(name)
        if systems is None:
            return None
        return {
            "resourceType": "ValueSet",
            "id": _id_of(name),
            "url": url,
            "version": "4.0.1",
            "name": _named(name),
            "status": "active",
            "publisher": "HL7 International",
            "compose": {
                "include": [
                    {"system": system, "concept": [{"code": code} for code in codes]}
                    for system, codes in systems.items()
                ]
            },
        }

    def code_system(self, url: str) -> dict[str, Any] | None:
        """A code system that the required value sets draw on; `content` says whether it is all of it."""
        codes = _systems().get(url)
        if codes is None:
            return None
        return {
            "resourceType": "CodeSystem",
            "id": _id_of(url),
            "url": url,
            "name": _named(url),
            "status": "active",
            "publisher": "HL7 International",
            "content": "complete" if _is_whole(url) else "fragment",
            "concept": [{"code": code} for code in codes],
        }

    def by_id(self, kind: str, key: str) -> dict[str, Any] | None:
        """A ValueSet or CodeSystem by the id that it has here."""
        url = _ids(kind).get(key, "")
        return self.value_set(url) if kind == "ValueSet" else self.code_system(url)


STANDARD = Standard()


def set_url(name: str) -> str:
    """The canonical address of a value set, by its name in the tables."""
    return name if name.startswith("http") else f"{_SETS}{name}"


@cache
def _systems() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for systems in value_sets().sets.values():
        for system, codes in systems.items():
            found.setdefault(system, {}).update(dict.fromkeys(codes))
    return {system: tuple(codes) for system, codes in sorted(found.items())}


@cache
def _ids(kind: str) -> Mapping[str, str]:
    names = value_sets().sets if kind == "ValueSet" else _systems()
    urls = (set_url(one) for one in names) if kind == "ValueSet" else names
    return {_id_of(url.removeprefix(_SETS)): url for url in urls}


def _id_of(url: str) -> str:
    """R4 datatype id of an address: its last words."""
    plain = re.sub(r"[^A-Za-z0-9.]+", "-", re.sub(r"^[a-z]+:(//[^/]+/)?", "", url))
    return plain.strip("-")[-64:]


def _is_whole(system: str) -> bool:
    """HL7's rule of names: the value set that is called as the code system is all of it."""
    if not system.startswith(HL7):
        return False
    same = value_sets().sets.get(system.removeprefix(HL7), {})
    return set(same) == {system}


def _named(url: str) -> str:
    words = "".join(one if one.isalnum() else " " for one in url.rsplit("/", 1)[-1]).split()
    return "".join(word[0].upper() + word[1:] for word in words)
