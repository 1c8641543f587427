"""The made-up nation, at the size of a small municipality: same seed, same facts; the facts are the schema's."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as parquet
import pytest

from samverka.config.command.benching import codes_of
from samverka.indicators.warehouse.facts import FACTS
from samverka.indicators.warehouse.nation.by_hand import BY_HAND
from samverka.indicators.warehouse.nation.making import LAST_YEAR, ROUNDS, make
from samverka.indicators.warehouse.nation.timing import WAYS, run

SMALL = ("2305",)  # Bräcke


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("nation")
    make(place, codes=SMALL, seed=7)
    return place


@pytest.fixture(params=[7, 8])
def again(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[int, Path]:
    make(tmp_path, codes=SMALL, seed=request.param)
    return request.param, tmp_path


def test_the_same_seed_and_no_other_gives_the_same_facts(
    folder: Path, again: tuple[int, Path]
) -> None:
    seed, place = again
    for path in folder.rglob("*.parquet"):
        one, other = (
            parquet.read_table(at, partitioning=None)
            for at in (path, place / path.relative_to(folder))
        )
        assert one.equals(other) == (seed == 7)


@pytest.mark.parametrize("fact", [one[0] for one in ROUNDS])
def test_the_files_are_as_the_schema_says(folder: Path, fact: str) -> None:
    path = folder / fact / "county=23" / f"year={LAST_YEAR}" / "nation.parquet"
    rows = parquet.read_table(path, partitioning=None)
    assert rows.column_names == [one.name for one in FACTS[fact].columns]
    assert rows.num_rows > 10
    for one in FACTS[fact].columns:
        assert not (one.required and rows[one.name].null_count), one.name
    keys = rows["person_key"].to_pylist()
    assert keys == sorted(keys)
    assert {day.year for day in rows[FACTS[fact].day].to_pylist()} == {LAST_YEAR}
    assert min(rows["age"].to_pylist()) >= 0


def test_files_that_are_there_are_kept(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.parquet")}
    make(folder, codes=SMALL, seed=7)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.parquet")} == before


@pytest.mark.parametrize("measure", BY_HAND)
def test_measures_count_the_same_as_by_hand(folder: Path, measure: str) -> None:
    hand, measures = (way(folder, "200MB")(measure) for way in WAYS.values())
    assert hand == measures
    assert sum(cell[-1] for cell in hand) > 10
    assert sum(cell[-2] for cell in hand) > 1
    assert {cell[1] for cell in hand} == set(SMALL)


def test_it_is_timed_in_a_process_of_its_own(folder: Path) -> None:
    steps: list[int] = []
    done = run(
        folder,
        ways=tuple(WAYS),
        runs=1,
        memory_limit="200MB",
        progress=lambda one, _all: steps.append(one),
    )
    assert [one.measure for one in done.took] == list(BY_HAND)
    assert steps == list(range(1, 11))
    assert all(one.same and one.cells for one in done.took)
    assert 30e6 < done.memory < 600e6


def test_the_scales_are_whole_areas() -> None:
    assert [len(codes_of(one)) for one in ("municipality", "county", "nation")] == [1, 8, 290]
