"""Facts that DuckDB draws itself, laid as a file of the schema: for the made-up nation and the demo's history."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import duckdb
from duckdb import ColumnExpression, ConstantExpression, Expression

from samverka.indicators.warehouse.facts import FACTS, Column, Kind

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

ROW_GROUP: Final = 122_880
"""Rows that an engine can leap over at a time."""


def lay(
    drawn: duckdb.DuckDBPyRelation, *, fact: str, said: Mapping[str, object], path: Path
) -> None:
    """Write the drawn rows as one file. A column that nobody drew or said is empty.

    Args:
        drawn: rows in the order that the file is to have.
        said: column → the same value on every row.
    """
    there = set(drawn.columns)
    whole = drawn.select(*(_column(one, there, said) for one in FACTS[fact].columns))
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    whole.write_parquet(str(half), compression="zstd", row_group_size=ROW_GROUP)
    half.replace(path)


def _column(one: Column, there: set[str], said: Mapping[str, object]) -> Expression:
    value = (
        ColumnExpression(one.name) if one.name in there else ConstantExpression(said.get(one.name))
    )
    return value.cast(TYPES[one.kind]).alias(one.name)
