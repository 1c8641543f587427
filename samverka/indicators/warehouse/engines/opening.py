"""The engine that a command or a job names."""

from __future__ import annotations

from pathlib import Path

from samverka.indicators.warehouse.engines.duck import DuckEngine
from samverka.indicators.warehouse.engines.engine import Engine
from samverka.indicators.warehouse.engines.spark import SparkEngine
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _


def open_engine(
    name: str, warehouse: Path, *, memory: str = "1GB", threads: int | None = None,
    temporary: Path | None = None,
) -> Engine:  # fmt: skip
    """The engine: "duckdb", "spark://host:7077" or "local[2]" (Spark on this machine).

    Raises:
        Invalid: there is no such engine, or what it needs is missing.
    """
    if name == "duckdb":
        return DuckEngine(warehouse, memory=memory, threads=threads, temporary=temporary)
    if name.startswith(("spark://", "local[")):
        return SparkEngine(warehouse, name)
    raise Invalid(
        _("Det finns ingen motor som heter %(name)s.", name=name),
        mend=_("Skriv duckdb, spark://värd:7077 eller local[2]."),
    )
