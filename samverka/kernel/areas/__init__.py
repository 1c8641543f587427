"""Sweden's counties and municipalities, as values. Sources: `data/SOURCES.md`.

A code is text with its leading zero: two digits for a county, four for a municipality. A code that has
ceased leads to the one that holds today, so that old facts keep their place.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _

_DATA: Final = resources.files(__package__) / "data"

GOTLAND: Final = "0980"
"""Municipality and region in one: it is counted once."""

CEASED: Final = MappingProxyType(
    {
        "1917": ("0331", date(2007, 1, 1)),  # Heby: from Västmanland to Uppsala county
    }
)
"""Code that has ceased → the code after it, and from which day (SCB, changes in the division of counties and
municipalities). A county adds its own through the warehouse's settings."""


@dataclass(frozen=True, slots=True)
class County:
    """A county, and the region that answers for its health care."""

    code: str
    name: str
    region: str


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality.

    Attributes:
        group: SKR's municipality group, in Swedish.
        similar: codes of municipalities like it all in all (Kolada), nearest first is not told.
        similar_elderly: the same for care of the elderly.
    """

    code: str
    name: str
    county: str
    group: str
    similar: tuple[str, ...]
    similar_elderly: tuple[str, ...]


@cache
def counties() -> Mapping[str, County]:
    """The 21 counties by code."""
    return MappingProxyType({row["code"]: County(**row) for row in _rows("counties.csv")})


@cache
def municipalities() -> Mapping[str, Municipality]:
    """The 290 municipalities by code."""
    return MappingProxyType(
        {row["code"]: _municipality(row) for row in _rows("municipalities.csv")}
    )


def municipality(code: str) -> Municipality:
    """The municipality of a code that holds today.

    Raises:
        Invalid: no municipality has that code.
    """
    found = municipalities().get(code)
    if found is None:
        raise Invalid(
            _("Ingen kommun har koden %(code)s.", code=code),
            mend=_("En kommunkod har fyra siffror, till exempel 2309 för Krokom."),
        )
    return found


def current_code(code: str) -> str:
    """The code that holds today for one that may have ceased; else itself."""
    return CEASED[code][0] if code in CEASED else code


def municipalities_of(county: str) -> tuple[Municipality, ...]:
    """Those of a county, in order of their codes."""
    return tuple(one for one in municipalities().values() if one.county == county)


@cache
def population_2019() -> Mapping[tuple[str, str], tuple[int, ...]]:
    """(municipality code, "female" or "male") → inhabitants 2019-12-31 at age 0, 1 … 99, 100 and over."""
    return MappingProxyType(
        {
            (row["code"], row["sex"]): tuple(int(row[str(age)]) for age in range(101))
            for row in _rows("population_2019.csv")
        }
    )


def _municipality(row: dict[str, str]) -> Municipality:
    return Municipality(
        code=row["code"],
        name=row["name"],
        county=row["county"],
        group=row["group"],
        similar=tuple(row["similar"].split()),
        similar_elderly=tuple(row["similar_elderly"].split()),
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    return csv.DictReader((_DATA / name).read_text(encoding="utf-8").splitlines())
