"""A tiny warehouse: rows as mappings to Parquet, by the warehouse's own list of columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from samverka.indicators.warehouse.facts import FACTS, Kind

TYPES = {
    Kind.KEY: pa.int64(),
    Kind.TEXT: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.DATE: pa.date32(),
    Kind.MOMENT: pa.timestamp("us"),
    Kind.FLAG: pa.bool_(),
}

Row = dict[str, Any]
Facts = Mapping[str, list[Row]]


def filled(facts: Mapping[str, Iterable[Mapping[str, Any]]]) -> dict[str, list[Row]]:
    """Every column of every row, with what is the same for all."""
    number = count(1)
    return {
        name: [_filled(name, row, next(number)) for row in rows] for name, rows in facts.items()
    }


def _filled(name: str, row: Mapping[str, Any], number: int) -> Row:
    fact = FACTS[name]
    usual = {
        "county": "23", "municipality": "2309", "sex": "female", "age": 80, "source": "test",
        "source_key": number, "snapshot": "s", "year": row[fact.day].year,
    }  # fmt: skip
    own = {one.name: number for one in fact.own if one.kind is Kind.KEY and one.required}
    whole = {one.name: None for one in fact.columns} | usual | own | dict(row)
    assert set(whole) == {one.name for one in fact.columns}, f"{name} has no {set(row)}"
    return whole


def write(folder: Path, facts: Facts) -> Path:
    """The rows as files, one for each county and year."""
    for name, rows in facts.items():
        parts = defaultdict(list)
        for row in rows:
            parts[row["county"], row["year"]].append(row)
        schema = pa.schema([(one.name, TYPES[one.kind]) for one in FACTS[name].columns])
        for (county, year), part in parts.items():
            place = folder / name / f"county={county}" / f"year={year}"
            place.mkdir(parents=True)
            part.sort(key=lambda row: (row["person_key"] is None, row["person_key"]))
            pq.write_table(pa.Table.from_pylist(part, schema=schema), place / "part-0.parquet")
    return folder
