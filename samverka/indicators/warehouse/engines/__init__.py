"""Engines that count over the facts: DuckDB in this process, Spark on a cluster. Same relations, same integers."""

from samverka.indicators.warehouse.engines.duck import DuckEngine
from samverka.indicators.warehouse.engines.engine import Engine, Row
from samverka.indicators.warehouse.engines.opening import open_engine
from samverka.indicators.warehouse.engines.spark import SparkEngine

__all__ = ["DuckEngine", "Engine", "Row", "SparkEngine", "open_engine"]
