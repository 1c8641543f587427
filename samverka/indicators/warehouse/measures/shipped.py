"""The measures that are shipped: files of the catalogue; and those that cannot be counted, with why."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from samverka.indicators.rules.measures import Measure, measures_of
from samverka.indicators.warehouse.measures.counting import COLUMNS

CATALOGUE: Final = Path(__file__).parent / "catalogue"
NOT_COUNTED: Final = "not-counted.toml"


@dataclass(frozen=True, slots=True)
class Uncomputable:
    """A measure that others use and that the facts here cannot give.

    Attributes:
        why: what is missing, in words.
    """

    name: str
    official: str
    why: str


@cache
def shipped() -> MappingProxyType[str, Measure]:
    """Every shipped measure by code, in the order of the files.

    Raises:
        Invalid: a file has a fault, or two files have the same code.
    """
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted(CATALOGUE.glob("*.toml"))
        if path.name != NOT_COUNTED
    )
    found = measures_of(text, COLUMNS, file="catalogue")
    return MappingProxyType({one.code: one for one in found})


def read_file(path: Path) -> tuple[Measure, ...]:
    """A county's own file of measures.

    Raises:
        Invalid: a fault, with file, measure and field.
    """
    return measures_of(path.read_text(encoding="utf-8"), COLUMNS, file=path.name)


@cache
def uncomputable() -> tuple[Uncomputable, ...]:
    """What cannot be counted from the facts, with why."""
    found = tomllib.loads((CATALOGUE / NOT_COUNTED).read_text(encoding="utf-8"))["without"]
    return tuple(Uncomputable(**one) for one in found)
