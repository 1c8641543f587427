"""Shipped measures on Spark, started once for all: every integer as DuckDB's, over the same files.

One of each way of counting and each sort of period; SAMVERKA_WALK=1 counts every one of them.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from shutil import which

import pytest

from samverka.indicators.warehouse.engines import DuckEngine, SparkEngine
from samverka.indicators.warehouse.measures import count, shipped
from tests.indicators.measures.awkward import SINCE, UNTIL, county
from tests.indicators.measures.lake import write

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("pyspark") is None, reason="pyspark is not installed: make spark"),
    pytest.mark.skipif(which("java") is None, reason="Java 17 is not installed"),
    # pyspark and its friends, not ours
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
]

SMALL = {
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",  # tiny data: compiling would take longer than counting
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.memory": "700m",
    "spark.ui.showConsoleProgress": "false",
}


ASKED = (
    list(shipped().values())
    if os.environ.get("SAMVERKA_WALK")
    else list({(one.shape, one.period): one for one in shipped().values()}.values())
)


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    return write(tmp_path_factory.mktemp("lake"), county(persons=40))


@pytest.fixture(scope="module")
def duck(lake):
    made = DuckEngine(lake, memory="300MB", threads=2)
    yield made
    made.close()


@pytest.fixture(scope="module")
def spark(lake):
    made = SparkEngine(lake, "local[2]", settings=SMALL)
    yield made
    made.close()


@pytest.mark.parametrize("measure", ASKED, ids=lambda one: one.code)
def test_two_engines_give_one_answer(measure, duck, spark) -> None:
    wanted = count(duck, measure, since=SINCE, until=UNTIL)
    assert wanted, "the data says nothing about this measure"
    assert count(spark, measure, since=SINCE, until=UNTIL) == wanted
