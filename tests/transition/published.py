"""Published figures on grants, read from the demo's own files (their sources: SOURCES.md beside them)."""

from __future__ import annotations

import csv
from pathlib import Path

from samverka import demo

FACTS = Path(demo.__file__).parent / "data" / "grants"

COUNTIES_2018 = {
    "05": 461_583, "06": 360_825, "07": 199_886, "08": 244_670, "09": 59_249, "10": 159_684,
    "12": 1_362_164, "13": 329_352,
}  # fmt: skip
"""SCB, folkmängd i landskapen 31 December 2018, added up by county: those that can be read there."""

ALL_2018 = 10_230_185
"""SCB: the population of Sweden on 31 December 2018."""

POTS = {
    2019: 1_590_000_000,
    2020: 937_000_000,
    2022: 1_382_000_000,
    2023: 1_437_000_000,
    2024: 1_367_000_000,
}
"""Kronor by population in the agreements on women's health."""


def rows(name: str) -> list[dict[str, str]]:
    """The lines of a file of facts."""
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(year: int, column: str = "belopp_befolkning_kr") -> dict[str, int]:
    """Published kronor (or another column) by region."""
    if year >= 2023:
        found = rows("womens_health_2023_2024.csv")
    else:
        found, column = rows("womens_health_2019_2022.csv"), "belopp_kr"
    return {one["lanskod"]: int(one[column]) for one in found if one["ar"] == str(year)}


def derived(year: int) -> dict[str, int]:
    """The populations of the file of 2023 and 2024."""
    return table(year, "harledd_befolkning")
