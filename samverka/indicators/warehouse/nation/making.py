"""The nation's facts, made by DuckDB itself: persons, stays, contacts and ways home, by seed.

Everything drawn for a person comes from a hash of the person, so that the same seed gives the same files
however many threads there are. A file is one county's year, in the order of the persons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

import duckdb
from duckdb import ColumnExpression, ConstantExpression

from samverka.indicators.warehouse.facts import FACTS, Kind
from samverka.indicators.warehouse.nation import drawing
from samverka.kernel.areas import population_2019

Progress = Callable[[int, int], None]

GROWTH: Final = 10_500_000 / 10_327_589
"""The nation's people now, by those of 2019."""

LAST_YEAR: Final = 2025
ROW_GROUP: Final = 122_880
"""Rows that an engine can leap over at a time."""

ROUNDS: Final = (
    ("person_month", drawing.PERSON_MONTH, (LAST_YEAR,)),
    ("stay", drawing.STAY, (LAST_YEAR - 2, LAST_YEAR - 1, LAST_YEAR)),
    ("contact", drawing.CONTACT, (LAST_YEAR - 1, LAST_YEAR)),
    ("discharge", drawing.DISCHARGE, (LAST_YEAR - 2, LAST_YEAR - 1, LAST_YEAR)),
)
"""(fact, how it is drawn, the years)."""

TYPES: Final = MappingProxyType(
    {
        Kind.KEY: "BIGINT",
        Kind.TEXT: "VARCHAR",
        Kind.INTEGER: "BIGINT",
        Kind.NUMBER: "DOUBLE",
        Kind.DATE: "DATE",
        Kind.MOMENT: "TIMESTAMP",
        Kind.FLAG: "BOOLEAN",
    }
)


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
    drawn = engine.sql(piece.drawn, params=_asked(piece, seed))
    there = set(drawn.columns)
    whole = drawn.select(
        *(
            (ColumnExpression(one.name) if one.name in there else ConstantExpression(None))
            .cast(TYPES[one.kind])
            .alias(one.name)
            for one in FACTS[piece.fact].columns
        )
    )
    path = piece.path(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    whole.write_parquet(str(half), compression="zstd", row_group_size=ROW_GROUP)
    half.replace(path)


def _asked(piece: Piece, seed: int) -> dict[str, int]:
    return {"year": piece.year} | ({"seed": seed} if "$seed" in piece.drawn else {})
