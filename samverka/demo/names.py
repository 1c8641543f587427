"""Names for invented people, drawn with weights by time of birth and language."""

from __future__ import annotations

import csv
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

from samverka.kernel.identity import Sex

DATA = Path(__file__).parent / "data"

TYPICAL = 0.88
"""Share of first names drawn from those typical of the time of birth; the rest from all."""

_KIND = {Sex.FEMALE: "woman", Sex.MALE: "man"}


def rows(name: str) -> list[dict[str, str]]:
    """A data file's rows; all values are text, codes keep their leading zeros."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True, slots=True)
class Urn:
    """Something to draw from with weights."""

    items: tuple[str, ...]
    heaped: tuple[float, ...]

    @classmethod
    def of(cls, weighted: list[tuple[str, float]]) -> Urn:
        """An urn of these items."""
        items = tuple(item for item, _weight in weighted)
        return cls(items, tuple(accumulate(weight for _item, weight in weighted)))

    def draw(self, chance: Random) -> str:
        """One item."""
        return self.items[bisect_right(self.heaped, chance.random() * self.heaped[-1])]


@cache
def _all_names(kind: str) -> Urn:
    found = [row for row in rows("names_sv.csv") if row["kind"] == kind]
    return Urn.of([(row["name"], float(row["weight"])) for row in found])


@cache
def _typical(sex: Sex) -> tuple[tuple[int, Urn], ...]:
    """Urns of first names by the first year of birth they are typical of, latest first."""
    found = [row for row in rows("names_by_time.csv") if row["sex"] == sex.value]
    urns = [
        (int(row["born"]), Urn.of([(name, 1.0) for name in row["names"].split()])) for row in found
    ]
    return tuple(sorted(urns, key=lambda pair: -pair[0]))


@cache
def _by_language(language: str, kind: str) -> Urn:
    row = next(
        row
        for row in rows("names_by_origin.csv")
        if (row["language"], row["kind"]) == (language, kind)
    )
    return Urn.of([(name, 1.0) for name in row["names"].split()])


@cache
def newcomer_languages() -> Urn:
    """Languages of those who have come from other countries, with their shares."""
    shares = {row["language"]: float(row["share"]) for row in rows("names_by_origin.csv")}
    return Urn.of([(code, share) for code, share in shares.items() if code not in {"sma", "fi"}])


def given_name(chance: Random, sex: Sex, born: int, language: str = "sv") -> str:
    """A first name that fits the sex, the year of birth and the language."""
    if language != "sv":
        return _by_language(language, _KIND[sex]).draw(chance)
    if chance.random() >= TYPICAL:
        return _all_names(_KIND[sex]).draw(chance)
    return next(urn for first, urn in _typical(sex) if born >= first).draw(chance)


def family_name(chance: Random, language: str = "sv") -> str:
    """A family name that fits the language."""
    urn = _all_names("family") if language == "sv" else _by_language(language, "family")
    return urn.draw(chance)


@cache
def _streets(kind: str) -> tuple[str, ...]:
    found = next(row["names"] for row in rows("streets.csv") if row["kind"] == kind)
    return tuple(name.replace("~", " ") for name in found.split())


def street(chance: Random, *, town: bool) -> str:
    """A street name and number; in town often with a staircase letter."""
    name = chance.choice(_streets("town" if town else "village"))
    number = chance.randint(1, 78 if town else 40)
    letter = f" {chance.choice('ABCD')}" if town and chance.random() < 0.4 else ""
    return f"{name} {number}{letter}"
