"""Measures on an engine: ways to count written once, and the measures that are shipped as data."""

from samverka.indicators.warehouse.measures.counting import (
    COLUMNS,
    cases,
    cells,
    count,
    persons_behind,
    sql_of,
)
from samverka.indicators.warehouse.measures.shipped import read_file, shipped, uncomputable

__all__ = [
    "COLUMNS",
    "cases",
    "cells",
    "count",
    "persons_behind",
    "read_file",
    "shipped",
    "sql_of",
    "uncomputable",
]
