"""Where things lie in the warehouse's folder, and which files hold what."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

STAGING: Final = ".staging"
"""What is being written: no reader looks here."""

JOURNAL: Final = ".journal.json"
STATE: Final = ".state.json"
LOCK: Final = ".lock"
FILE: Final = "part-0.parquet"
REFUSED: Final = "refused"
"""Rows of imports that were refused. They are about persons with their numbers: see the how-to."""


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One partition of one fact: a county and a year."""

    fact: str
    county: str
    year: int

    @property
    def folder(self) -> Path:
        """Its folder below the warehouse's."""
        return Path(self.fact) / f"county={self.county}" / f"year={self.year}"


def parts(
    folder: Path,
    fact: str,
    *,
    counties: Collection[str] | None = None,
    years: Collection[int] | None = None,
) -> Iterator[Part]:
    """The partitions that a fact has, in order.

    Args:
        counties, years: only these; None for all.
    """
    for found in sorted((folder / fact).glob("county=*/year=*")):
        part = Part(fact, found.parent.name[7:], int(found.name[5:]))
        if (counties is None or part.county in counties) and (years is None or part.year in years):
            yield part


def files(
    folder: Path,
    fact: str,
    *,
    counties: Collection[str] | None = None,
    years: Collection[int] | None = None,
) -> list[Path]:
    """The Parquet files of a fact, in order; none where nothing has been written."""
    return [
        file
        for part in parts(folder, fact, counties=counties, years=years)
        for file in sorted((folder / part.folder).glob("*.parquet"))
    ]
