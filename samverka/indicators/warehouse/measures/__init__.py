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
from samverka.indicators.warehouse.measures.trying import Trial, Tried, try_on_last_year

__all__ = [
    "COLUMNS",
    "Trial",
    "Tried",
    "cases",
    "cells",
    "count",
    "persons_behind",
    "read_file",
    "shipped",
    "sql_of",
    "try_on_last_year",
    "uncomputable",
]
