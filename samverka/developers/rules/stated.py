"""What the server says that it can, read out of its own CapabilityStatement: so the page and `metadata` cannot differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Parameter:
    """A search parameter: its name, its kind (token, date …), and where it is defined."""

    name: str
    kind: str
    definition: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation (`$everything`): its name, in a sentence, and where it is defined."""

    name: str
    words: str
    definition: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of resource.

    Attributes:
        owned: what of the type the rooms keep as their own; "" for none.
        versioned: an update must say which version it began from.
        includes: what can be asked for along with it, by parameter.
    """

    name: str
    owned: str
    versioned: bool
    interactions: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    operations: tuple[Operation, ...]
    includes: tuple[str, ...]
    pointed_at_by: tuple[str, ...]

    @property
    def by_person(self) -> bool:
        """Whether it can be searched by `patient`."""
        return any(one.name == "patient" for one in self.parameters)


@dataclass(frozen=True, slots=True)
class Stated:
    """All that the server says.

    Attributes:
        common: search parameters of every type.
        operations: of the whole server.
    """

    version: str
    kinds: Mapping[str, Kind]
    common: tuple[Parameter, ...]
    interactions: tuple[str, ...]
    operations: tuple[Operation, ...]


def stated(statement: Mapping[str, Any]) -> Stated:
    """Out of a CapabilityStatement."""
    rest = statement["rest"][0]
    return Stated(
        version=statement["software"]["version"],
        kinds={one["type"]: _kind(one) for one in rest["resource"]},
        common=_parameters(rest.get("searchParam", ())),
        interactions=tuple(one["code"] for one in rest["interaction"]),
        operations=_operations(rest.get("operation", ())),
    )


def _kind(one: Mapping[str, Any]) -> Kind:
    return Kind(
        name=one["type"],
        owned=one.get("documentation", ""),
        versioned=one["versioning"] == "versioned-update",
        interactions=tuple(each["code"] for each in one["interaction"]),
        parameters=_parameters(one.get("searchParam", ())),
        operations=_operations(one.get("operation", ())),
        includes=tuple(each for each in one.get("searchInclude", ()) if each != "*"),
        pointed_at_by=tuple(one.get("searchRevInclude", ())),
    )


def _parameters(found: Iterable[Mapping[str, str]]) -> tuple[Parameter, ...]:
    made = (Parameter(one["name"], one["type"], one["definition"]) for one in found)
    return tuple(sorted(made, key=lambda one: one.name))


def _operations(found: Iterable[Mapping[str, str]]) -> tuple[Operation, ...]:
    return tuple(
        Operation(f"${one['name']}", one.get("documentation", ""), one["definition"])
        for one in found
    )


def sought(kinds: Iterable[Kind], word: str, called: Mapping[str, str]) -> list[Kind]:
    """Types that a word fits: in the name, in what the type is called, in a parameter's or operation's name.

    Args:
        called: type → what it is called in the reader's language.
    """
    word = word.strip().lower().removeprefix("$")
    return [one for one in kinds if not word or _fits(one, word, called.get(one.name, ""))]


def _fits(one: Kind, word: str, called: str) -> bool:
    if word in one.name.lower() or word in called.lower():
        return True
    names = {each.name.lower() for each in one.parameters}
    names |= {each.name.lower().removeprefix("$") for each in one.operations}
    return word in names
