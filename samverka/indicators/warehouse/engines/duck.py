"""DuckDB in this process: the engine of a county, and of a nation on one machine."""

from __future__ import annotations

from pathlib import Path
from tempfile import gettempdir

import duckdb
import ibis.expr.types as ir

from samverka.indicators.warehouse.engines.engine import Row, files_of, kinds_of, named, sql
from samverka.indicators.warehouse.facts import FACTS


class DuckEngine:
    """Counts in this process, within the memory that it is given; what does not fit goes to files.

    Args:
        warehouse: the folder of the facts.
        memory: most memory, as DuckDB writes it: "800MB".
        threads: most threads; None for one per core.
        temporary: folder for what does not fit in memory.
    """

    dialect = "duckdb"

    def __init__(
        self, warehouse: Path, *, memory: str = "1GB", threads: int | None = None,
        temporary: Path | None = None,
    ) -> None:  # fmt: skip
        self.name = "duckdb"
        self.warehouse = warehouse
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory,
            "temp_directory": str(temporary or Path(gettempdir()) / "samverka-duckdb"),
            "preserve_insertion_order": "false",
        }
        if threads:
            settings["threads"] = threads
        self._duckdb = duckdb.connect(config=settings)
        self._duckdb.execute("SET enable_progress_bar = false")
        self._known: set[str] = set()

    def relation(self, fact: str) -> ir.Table:
        """The rows of a fact; empty if there are no files."""
        if fact not in self._known:
            self._duckdb.execute(f'CREATE VIEW "{fact}" AS {self._selected(fact)}')
            self._known.add(fact)
        return named(fact)

    def rows(self, asked: ir.Table) -> list[Row]:
        """What an expression gives."""
        rows: list[Row] = self._duckdb.execute(sql(asked, self.dialect)).fetchall()
        return rows

    def close(self) -> None:
        """Let go of memory and files."""
        self._duckdb.close()

    def _selected(self, fact: str) -> str:
        kinds = kinds_of(fact, "TIMESTAMP")
        if not files_of(self.warehouse, fact):
            empty = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in kinds.items())
            return f"SELECT {empty} WHERE false"
        read = self._read(fact)
        there = {
            row[0] for row in self._duckdb.execute(f"DESCRIBE SELECT * FROM {read}").fetchall()
        }
        columns = ", ".join(
            f'CAST({_quoted(name) if name in there else "NULL"} AS {kind}) AS "{name}"'
            for name, kind in kinds.items()
        )
        return f"SELECT {columns} FROM {read}"

    def _read(self, fact: str) -> str:
        """Files of any age: a column that an old file lacks is empty. The folder says county and year."""
        glob = str(self.warehouse / FACTS[fact].name / "county=*" / "year=*" / "*.parquet")
        return (
            f"read_parquet({_text(glob)}, union_by_name = true, hive_partitioning = true, "
            "hive_types = {'county': VARCHAR, 'year': BIGINT})"
        )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
