"""The nation's facts, made by DuckDB itself: persons, stays, contacts and ways home, by seed.

Everything drawn for a person comes from a hash of the person, so that the same seed gives the same files
however many threads there are. A file is one county's year, in the order of the persons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from samverka.indicators.warehouse.laying import lay
from samverka.indicators.warehouse.nation import drawing
from samverka.kernel.areas import population_2019

Progress = Callable[[int, int], None]

GROWTH: Final = 10_500_000 / 10_327_589
"""The nation's people now, by those of 2019."""

LAST_YEAR: Final = 2025
ROUNDS: Final = (
    ("person_month", drawing.PERSON_MONTH, (LAST_YEAR,)),
    ("stay", drawing.STAY, (LAST_YEAR - 2, LAST_YEAR - 1, LAST_YEAR)),
    ("contact", drawing.CONTACT, (LAST_YEAR - 1, LAST_YEAR)),
    ("discharge", drawing.DISCHARGE, (LAST_YEAR - 2, LAST_YEAR - 1, LAST_YEAR)),
)
"""(fact, how it is drawn, the years)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One file to make: one county's facts of one kind from one year."""

    fact: str
    county: str
    year: int
    drawn: str

    def path(self, folder: Path) -> Path:
        """Where it lies."""
        return folder / self.fact / f"county={self.county}" / f"year={self.year}" / "nation.parquet"


def make(
    folder: Path, *, codes: Sequence[str], seed: int = 1, progress: Progress | None = None
) -> None:
    """Make the facts of the municipalities with these codes. Files that are there already are kept.

    Args:
        codes: municipalities. A file is one county's, so the same folder takes the same codes each time.
    """
    counties = sorted({code[:2] for code in codes})
    wanted = [piece for county in counties for piece in _pieces(county)]
    with duckdb.connect(config={"threads": 2, "memory_limit": "900MB"}) as engine:
        engine.execute("SET enable_progress_bar = false")
        settled = ""
        for done, piece in enumerate(wanted, 1):
            if not piece.path(folder).exists():
                if settled != piece.county:
                    _settle(engine, [code for code in codes if code[:2] == piece.county], seed)
                    settled = piece.county
                _write(engine, piece, folder, seed)
            if progress:
                progress(done, len(wanted))


def _pieces(county: str) -> Iterator[Piece]:
    for fact, drawn, years in ROUNDS:
        for year in years:
            yield Piece(fact, county, year, drawn)


def _settle(engine: duckdb.DuckDBPyConnection, codes: Sequence[str], seed: int) -> None:
    """The persons of one county as a table, in the order of their keys."""
    rows = [
        (code, code[:2], sex, age, many)
        for (code, sex), people in population_2019().items()
        if code in codes
        for age, many in enumerate(people)
    ]
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE living (code TEXT, county TEXT, sex TEXT, age INT, n INT)"
    )
    columns = [list(one) for one in zip(*rows, strict=True)]
    engine.execute(
        "INSERT INTO living SELECT unnest($1), unnest($2), unnest($3), unnest($4), unnest($5)",
        columns,
    )
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE person AS " + drawing.PERSON,
        {"seed": seed, "growth": GROWTH, "last_year": LAST_YEAR},
    )


def _write(engine: duckdb.DuckDBPyConnection, piece: Piece, folder: Path, seed: int) -> None:
    """One file, whole or not at all."""
    said = {"county": piece.county, "year": piece.year, "source": "nation", "snapshot": "nation"}
    drawn = engine.sql(piece.drawn, params=_asked(piece, seed))
    lay(drawn, fact=piece.fact, said=said, path=piece.path(folder))


def _asked(piece: Piece, seed: int) -> dict[str, int]:
    return {"year": piece.year} | ({"seed": seed} if "$seed" in piece.drawn else {})
