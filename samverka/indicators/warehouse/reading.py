"""Reading facts back: a whole fact, or the part of it that lies in some counties and years."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from samverka.indicators.warehouse.places import files
from samverka.indicators.warehouse.schemas import schema


def read_facts(
    folder: Path,
    fact: str,
    *,
    counties: Collection[str] | None = None,
    years: Collection[int] | None = None,
    columns: Sequence[str] | None = None,
) -> pa.Table:
    """The rows of a fact as an Arrow table, in memory: for tests and small things. Engines read the files.

    A fact that nobody has written is an empty table with every column.

    Raises:
        Invalid: there is no such fact.
    """
    wanted = schema(fact)
    names = list(columns) if columns is not None else wanted.names
    found = [
        pq.ParquetFile(one).read(columns=names)
        for one in files(folder, fact, counties=counties, years=years)
    ]
    empty = wanted.empty_table().select(names)
    return pa.concat_tables([empty, *(one.select(names) for one in found)])


def count_facts(folder: Path, fact: str) -> int:
    """How many rows a fact has, from the files' own footers."""
    return sum(pq.read_metadata(one).num_rows for one in files(folder, fact))
