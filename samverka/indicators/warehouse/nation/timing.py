"""How long the five measures take, and how much memory: each asked in turn, in a process of its own."""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import duckdb

from samverka.indicators.rules.measures import Measure
from samverka.indicators.warehouse.engines.duck import DuckEngine
from samverka.indicators.warehouse.measures import cells, read_file
from samverka.indicators.warehouse.nation.by_hand import BY_HAND
from samverka.indicators.warehouse.nation.making import LAST_YEAR, ROUNDS, Progress

Cell = tuple[date, str, str, int, int, int, int]
"""Period, municipality, sex, band, value, numerator, denominator."""

Ask = Callable[[str], set[Cell]]
"""Asks one measure by its code."""

FROM, TO = date(LAST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)

KIB: Final = 1024
CORES: Final = 2


@dataclass(frozen=True, slots=True)
class Took:
    """One measure: seconds by way, the median of the runs, and the sum of its cells."""

    measure: str
    cells: int
    seconds: Mapping[str, float]
    same: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A whole run.

    Attributes:
        seconds: the whole process, with starting and every way and run.
        memory: the most that the process held at a time, in bytes; it has no children.
    """

    took: Sequence[Took]
    seconds: float
    memory: int

    def total(self, way: str) -> float:
        """All five measures, one after another."""
        return sum(one.seconds[way] for one in self.took)


def by_hand(folder: Path, memory_limit: str) -> Ask:
    """The hand-written SQL over the files."""
    engine = duckdb.connect(config=_limits(folder, memory_limit))
    engine.execute("SET enable_progress_bar = false")
    for fact, _drawn, _years in ROUNDS:
        files = sorted(str(one) for one in folder.glob(f"{fact}/county=*/year=*/*.parquet"))
        engine.read_parquet(files, hive_partitioning=False).create_view(fact)
    return lambda measure: set(engine.execute(BY_HAND[measure]).fetchall())


def _limits(folder: Path, memory_limit: str) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "threads": CORES,
        "memory_limit": memory_limit,
        "temp_directory": str(folder / "spilled"),
        "preserve_insertion_order": "false",
    }


def as_measures(folder: Path, memory_limit: str) -> Ask:
    """The measures as data, as a county's own would be counted."""
    engine = DuckEngine(folder, memory=memory_limit, threads=CORES, temporary=folder / "spilled")

    def ask(measure: str) -> set[Cell]:
        rows = engine.rows(cells(engine, five()[measure], FROM, TO))
        return {
            (at, place, sex, band, value, part, all_)
            for at, place, _unit, sex, band, _group, value, part, all_ in rows
        }

    return ask


@cache
def five() -> Mapping[str, Measure]:
    """The five by code."""
    return {one.code: one for one in read_file(Path(__file__).with_name("five.toml"))}


WAYS: Final[Mapping[str, Callable[[Path, str], Ask]]] = {"hand": by_hand, "measures": as_measures}


def run(
    folder: Path,
    *,
    ways: Sequence[str],
    runs: int,
    memory_limit: str,
    progress: Progress | None = None,
) -> Run:
    """Ask the measures in a process of its own; the ways take turns, so that they share good and bad luck."""
    begun = time.perf_counter()
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_ask_all, args=(folder, ways, runs, memory_limit, there))
    child.start()
    there.close()
    try:
        took, memory = _hear(here, progress)
    finally:
        child.join()
    return Run(took, time.perf_counter() - begun, memory)


def _hear(here: Connection, progress: Progress | None) -> tuple[Sequence[Took], int]:
    """What the process tells, until its result."""
    took: Sequence[Took]
    while True:
        kind, told = here.recv()
        if kind == "result":
            took, memory = told
            return took, int(memory)
        if progress:
            progress(*told)


def _ask_all(
    folder: Path, ways: Sequence[str], runs: int, memory_limit: str, there: Connection
) -> None:
    asks = {way: WAYS[way](folder, memory_limit) for way in ways}
    found: dict[tuple[str, str], set[Cell]] = {}
    seconds: dict[tuple[str, str], list[float]] = {}
    wanted = [(measure, way) for _ in range(runs) for measure in BY_HAND for way in ways]
    for done, (measure, way) in enumerate(wanted, 1):
        begun = time.perf_counter()
        found[measure, way] = asks[way](measure)
        seconds.setdefault((measure, way), []).append(time.perf_counter() - begun)
        there.send(("step", (done, len(wanted))))
    took = [
        Took(
            measure,
            len(found[measure, ways[0]]),
            {way: statistics.median(seconds[measure, way]) for way in ways},
            all(found[measure, way] == found[measure, ways[0]] for way in ways),
        )
        for measure in BY_HAND
    ]
    there.send(("result", (took, most_memory())))


def most_memory() -> int:
    """The most that this process has held at a time, in bytes.

    Linux tells of this program alone; what `getrusage` tells is also of whoever started it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        told = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(told["VmHWM"].split()[0]) * KIB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
