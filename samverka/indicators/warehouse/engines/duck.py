"""DuckDB in this process: the engine of a county, and of a nation on one machine."""

from __future__ import annotations

from pathlib import Path
from tempfile import gettempdir

import ibis
import ibis.expr.types as ir

from samverka.indicators.warehouse.engines.engine import Row, files_of, kinds_of, plain
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
        settings = {
            "memory_limit": memory,
            "temp_directory": str(temporary or Path(gettempdir()) / "samverka-duckdb"),
            "preserve_insertion_order": "false",
        } | ({"threads": str(threads)} if threads else {})
        self._ibis = ibis.duckdb.connect(**settings)
        self._known: dict[str, ir.Table] = {}

    def relation(self, fact: str) -> ir.Table:
        """The rows of a fact; empty if there are no files."""
        if fact not in self._known:
            self._ibis.raw_sql(f'CREATE VIEW "{fact}" AS {self._selected(fact)}')
            self._known[fact] = self._ibis.table(fact)
        return self._known[fact]

    def rows(self, asked: ir.Table) -> list[Row]:
        """What an expression gives."""
        found = self._ibis.raw_sql(ibis.to_sql(asked, dialect=self.dialect)).fetchall()
        return [plain(one) for one in found]

    def close(self) -> None:
        """Let go of memory and files."""
        self._ibis.disconnect()

    def _selected(self, fact: str) -> str:
        kinds = kinds_of(fact, "TIMESTAMP")
        if not files_of(self.warehouse, fact):
            empty = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in kinds.items())
            return f"SELECT {empty} WHERE false"
        read = self._read(fact)
        there = {row[0] for row in self._ibis.raw_sql(f"DESCRIBE SELECT * FROM {read}").fetchall()}  # noqa: S608
        columns = ", ".join(
            f'CAST({_quoted(name) if name in there else "NULL"} AS {kind}) AS "{name}"'
            for name, kind in kinds.items()
        )
        return f"SELECT {columns} FROM {read}"  # noqa: S608

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
