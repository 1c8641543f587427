"""Apache Spark: the same measures on a cluster, or on two cores of this machine. An extra."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from shutil import which
from types import MappingProxyType
from typing import Any, Final

import ibis.expr.types as ir

from samverka.indicators.warehouse.engines.engine import Row, files_of, kinds_of, named, sql
from samverka.indicators.warehouse.facts import FACTS
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _

SETTINGS: Final = MappingProxyType(
    {
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",  # a moment is local time without zone: nothing is moved
        "spark.sql.sources.partitionColumnTypeInference.enabled": "false",  # 01 is not 1
        "spark.sql.adaptive.enabled": "true",
        "spark.driver.host": "localhost",
    }
)


class SparkEngine:
    """Counts on a cluster ("spark://host:7077") or on cores of this machine ("local[2]").

    The folder of the facts must be readable by every worker under the same name.

    Args:
        warehouse: the folder of the facts.
        master: where the cluster answers.
        settings: Spark's own, over those of this file.

    Raises:
        Invalid: pyspark or Java is missing, or the cluster does not answer.
    """

    dialect = "pyspark"

    def __init__(
        self, warehouse: Path, master: str, *, settings: Mapping[str, str] | None = None
    ) -> None:
        self.name = master
        self.warehouse = warehouse
        self._session = _session(master, {**SETTINGS, **(settings or {})})
        self._known: set[str] = set()

    def relation(self, fact: str) -> ir.Table:
        """The rows of a fact; empty if there are no files."""
        if fact not in self._known:
            self._frame(fact).createOrReplaceTempView(fact)
            self._known.add(fact)
        return named(fact)

    def rows(self, asked: ir.Table) -> list[Row]:
        """What an expression gives."""
        kinds = asked.schema().items()
        dates = {
            name: f"CAST(`{name}` AS DATE) AS `{name}`" for name, kind in kinds if kind.is_date()
        }
        named = [dates.get(name, f"`{name}`") for name, _kind in kinds]
        # Spark cuts a date to its month as a moment, and moves a moment to this process's own zone.
        found = self._session.sql(sql(asked, self.dialect)).selectExpr(*named).collect()
        return [tuple(one) for one in found]

    def close(self) -> None:
        """Stop this process's part; the cluster goes on."""
        self._session.stop()

    def _frame(self, fact: str) -> Any:
        kinds = kinds_of(fact, "TIMESTAMP_NTZ")
        schema = ", ".join(f"`{name}` {kind}" for name, kind in kinds.items())
        if not files_of(self.warehouse, fact):
            return self._session.createDataFrame([], schema)
        folder = str(self.warehouse / FACTS[fact].name)
        read = self._session.read.schema(schema).option("basePath", folder)
        return read.parquet(f"{folder}/county=*/year=*").select(*kinds)


def _session(master: str, settings: Mapping[str, str]) -> Any:
    """A session with the cluster."""
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise Invalid(
            _("Spark är inte installerat."),
            mend=_("Kör make spark, eller räkna med DuckDB."),
        ) from error
    if which("java") is None:
        raise Invalid(
            _("Spark behöver Java 17, som saknas."),
            mend=_(
                "Installera Java 17 (till exempel openjdk-17-jre-headless), eller räkna med DuckDB."
            ),
        )
    builder = SparkSession.builder.master(master).appName("samverka")
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        made = builder.getOrCreate()
    except (Py4JError, PySparkException, OSError, RuntimeError) as error:
        raise Invalid(
            _("Spark svarar inte på %(master)s.", master=master),
            mend=_("Kontrollera adressen och att klustret är igång, eller räkna med DuckDB."),
        ) from error
    made.sparkContext.setLogLevel("ERROR")
    return made
