"""A real standalone cluster: one master, two workers, each a process of its own; one worker is killed at work.

Only when asked for: SAMVERKA_CLUSTER=1 pytest -s tests/indicators/measures/test_cluster.py
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from samverka.indicators.warehouse.engines import DuckEngine, SparkEngine
from samverka.indicators.warehouse.measures import count, shipped
from tests.indicators.measures.awkward import SINCE, UNTIL, county
from tests.indicators.measures.lake import write

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not os.environ.get("SAMVERKA_CLUSTER"), reason="set SAMVERKA_CLUSTER=1"),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
]

WAIT = 60
SETTINGS = {
    "spark.sql.shuffle.partitions": "8",
    "spark.executor.memory": "600m",
    "spark.executor.cores": "1",
    "spark.cores.max": "2",
    "spark.driver.memory": "700m",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.network.timeout": "20s",
    "spark.network.timeoutInterval": "5s",
    "spark.executor.heartbeatInterval": "3s",
    "spark.ui.showConsoleProgress": "false",
}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def until(holds: Callable[[], bool], what: str, seconds: float = WAIT) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        time.sleep(0.05)


@contextmanager
def started(log: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """One of Spark's own classes as a process, with all that it starts."""
    import pyspark

    home = Path(pyspark.__file__).parent
    environment = os.environ | {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"}
    with log.open("wb") as out:
        made = subprocess.Popen(
            [str(home / "bin/spark-class"), *words], stdout=out, stderr=out, env=environment,
            start_new_session=True,
        )  # fmt: skip
        try:
            yield made
        finally:
            kill(made)


def kill(process: subprocess.Popen[bytes]) -> None:
    """The process and what it has started, at once."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(WAIT)


def said(log: Path, words: str, times: int = 1) -> bool:
    return log.exists() and log.read_text().count(words) >= times


def executors(spark: SparkEngine) -> int:
    """Executors besides the driver."""
    return int(spark._session.sparkContext._jsc.sc().getExecutorMemoryStatus().size()) - 1


def test_a_worker_is_killed_at_work_and_every_integer_is_the_same(tmp_path) -> None:
    lake = write(tmp_path / "lake", county(persons=60))
    duck = DuckEngine(lake, threads=1)
    wanted = {one.code: count(duck, one, since=SINCE, until=UNTIL) for one in shipped().values()}
    duck.close()
    port = free_port()
    master, log = f"spark://127.0.0.1:{port}", tmp_path / "master.log"
    with (
        started(log, "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1",
                "--port", str(port), "--webui-port", "0"),
        started(tmp_path / "one.log", *_worker(tmp_path, "one", master)) as first,
        started(tmp_path / "two.log", *_worker(tmp_path, "two", master)) as second,
    ):  # fmt: skip
        until(lambda: said(log, "Registering worker", 2), "two workers")
        sys.stderr.write(f"\nmaster {master}, workers {first.pid} and {second.pid}\n")
        spark = SparkEngine(lake, master, settings=SETTINGS)
        until(lambda: executors(spark) == 2, "two executors")
        tracker = spark._session.sparkContext.statusTracker()
        told: list[str] = []

        def strike() -> None:
            until(lambda: len(counted) >= 10 and bool(tracker.getActiveStageIds()), "work")
            kill(second)
            told.append(
                f"worker {second.pid} killed during stage {list(tracker.getActiveStageIds())}"
            )

        counted: dict[str, object] = {}
        striker = Thread(target=strike)
        striker.start()
        begun = time.monotonic()
        for one in shipped().values():
            counted[one.code] = count(spark, one, since=SINCE, until=UNTIL)
        striker.join()
        took = time.monotonic() - begun
        until(lambda: executors(spark) == 1, "the loss to be known")
        until(lambda: said(log, "Removing worker") or said(log, "unregister"), "the master to know")
        spark.close()
    sys.stderr.write(f"{told[0]}; {len(counted)} measures in {took:.0f} s, one worker left\n")
    assert [code for code in wanted if counted[code] != wanted[code]] == []


def _worker(folder: Path, name: str, master: str) -> tuple[str, ...]:
    return (
        "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--webui-port", "0",
        "--cores", "1", "--memory", "700m", "--work-dir", str(folder / name), master,
    )  # fmt: skip
