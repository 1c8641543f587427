"""What a measure asks of an engine: relations by the facts' names, and rows back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import ibis
import ibis.expr.types as ir
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler
from ibis.config import Config

from samverka.indicators.warehouse.facts import FACTS, Kind

Row = tuple[Any, ...]

TYPES = {
    Kind.KEY: "BIGINT",
    Kind.TEXT: "STRING",
    Kind.INTEGER: "BIGINT",
    Kind.NUMBER: "DOUBLE",
    Kind.DATE: "DATE",
    Kind.MOMENT: "TIMESTAMP",
    Kind.FLAG: "BOOLEAN",
}
"""Kind of column → its type in SQL. A moment is local time without zone."""

IBIS_TYPES = {
    Kind.KEY: "int64",
    Kind.TEXT: "string",
    Kind.INTEGER: "int64",
    Kind.NUMBER: "float64",
    Kind.DATE: "date",
    Kind.MOMENT: "timestamp",
    Kind.FLAG: "boolean",
}


def named(fact: str) -> ir.Table:
    """A fact by its name and columns alone: what expressions are written over.

    Raises:
        KeyError: there is no such fact: a fault in the program.
    """
    kinds = {one.name: IBIS_TYPES[one.kind] for one in FACTS[fact].columns}
    return ibis.table(kinds, name=fact)


class _SparkOptions(Config):  # type: ignore[misc] # ibis ships no types
    """What ibis asks about Spark when it writes SQL; without pyspark nobody else sets it."""

    treat_nan_as_null: bool = False


class _Duck(DuckDBCompiler):  # type: ignore[misc] # ibis ships no types
    """DuckDB's SQL with the types that the expression says.

    DuckDB adds whole numbers up in 128 bits and cuts a date to its month as a moment. ibis holds both for what they
    were before, so a cast to that is left out; grouping by such a value and fetching it cost a third more.
    """

    def visit_Sum(self, op: Any, **given: Any) -> Any:  # noqa: N802 (its own name for it)
        """A sum of whole numbers is one of 64 bits."""
        added = super().visit_Sum(op, **given)
        return self.cast(added, op.dtype) if op.dtype.is_integer() else added

    def visit_DateTruncate(self, op: Any, **given: Any) -> Any:  # noqa: N802 (its own name for it)
        """The first day of the month is a date."""
        return self.cast(super().visit_DateTruncate(op, **given), op.dtype)

    def visit_DateAdd(self, op: Any, **given: Any) -> Any:  # noqa: N802 (its own name for it)
        """A day so much later is a date."""
        return self.cast(super().visit_DateAdd(op, **given), op.dtype)

    def visit_DateSub(self, op: Any, **given: Any) -> Any:  # noqa: N802 (its own name for it)
        """And so much earlier."""
        return self.cast(super().visit_DateSub(op, **given), op.dtype)


_duck = _Duck()


def sql(asked: ir.Table, dialect: str) -> str:
    """An expression as SQL: "duckdb" or "pyspark". Needs no engine."""
    if dialect == "duckdb":
        return str(_duck.to_sqlglot(asked.unbind()).sql(dialect=_duck.dialect, pretty=True))
    if ibis.options.pyspark is None:
        ibis.options.pyspark = _SparkOptions()
    return str(ibis.to_sql(asked, dialect=dialect))


class Engine(Protocol):
    """Something that counts.

    Attributes:
        name: said in logs and on the export: "duckdb", "spark://…".
        dialect: the SQL that it speaks: "duckdb" or "pyspark".
    """

    name: str
    dialect: str

    def relation(self, fact: str) -> ir.Table:
        """The rows of a fact, with the columns of `facts.FACTS`; empty if there are no files.

        Raises:
            KeyError: there is no such fact: a fault in the program.
        """
        ...

    def rows(self, asked: ir.Table) -> list[Row]:
        """What an expression gives, as plain values. The order is the engine's own."""
        ...

    def close(self) -> None:
        """Let go of memory and files."""
        ...


def files_of(warehouse: Path, fact: str) -> list[Path]:
    """The fact's files, in order."""
    return sorted((warehouse / fact).glob("county=*/year=*/*.parquet"))


def kinds_of(fact: str, moment: str) -> dict[str, str]:
    """Column → type in SQL, in the order of the file; `moment` is the engine's word for a time without zone."""
    named = TYPES | {Kind.MOMENT: moment}
    return {one.name: named[one.kind] for one in FACTS[fact].columns}


def plain(row: Row) -> Row:
    """The row with midnights as dates: one engine cuts a date to its month as a moment."""
    return tuple(
        one.date() if isinstance(one, datetime) and not _clock(one) else one for one in row
    )


def _clock(moment: datetime) -> bool:
    return any((moment.hour, moment.minute, moment.second, moment.microsecond))
