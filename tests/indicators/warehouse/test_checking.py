"""What the check of the warehouse sees; each fault is planted in a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from samverka.indicators.warehouse.checking import Checked, check
from samverka.indicators.warehouse.places import files
from samverka.indicators.warehouse.quality import FaultKind, faults_of
from samverka.indicators.warehouse.writing import write_facts
from tests.indicators.warehouse.test_writing import stay

TODAY = date(2025, 3, 31)


def found(checked: Checked, fact: str = "stay") -> dict[FaultKind, int]:
    """Kind of fault → how many, of one fact."""
    return {one.kind: one.count for one in checked.faults if one.fact == fact}


def test_a_right_warehouse_is_right_and_says_its_sums(tmp_path: Path) -> None:
    write_facts(tmp_path, "stay", [stay(1, sex="female"), stay(2)], snapshot="s1")
    checked = check(tmp_path, today=TODAY)
    assert checked.right
    [one] = [one for one in checked.sums if one.fact == "stay"]
    assert (one.rows, one.no_sex, one.no_municipality) == (2, 0.5, 1.0)
    assert (one.first, one.last) == (date(2025, 3, 1), date(2025, 3, 1))
    assert not found(checked)
    assert found(checked, "call") == {FaultKind.EMPTY: 1}
    assert faults_of(one.kept() for one in checked.faults) == checked.faults


def test_rows_that_cannot_be_true(tmp_path: Path) -> None:
    rows = [
        stay(1, discharged_on=date(2025, 2, 1)),
        stay(2, date(2025, 4, 2)),
        stay(3),
        stay(4, source="b", person_key=997),
    ]
    write_facts(tmp_path, "stay", rows, snapshot="s1")
    checked = check(tmp_path, today=TODAY)
    assert not checked.right
    kinds = (FaultKind.BACKWARDS, FaultKind.FUTURE, FaultKind.TWO_SOURCES)
    assert found(checked) == dict.fromkeys(kinds, 1)


def test_a_source_that_is_silent(tmp_path: Path) -> None:
    write_facts(tmp_path, "stay", [stay(1)], snapshot="s1")
    assert found(check(tmp_path, today=date(2025, 5, 1))) == {FaultKind.LATE: 1}


@pytest.mark.parametrize("fault", ["torn", "columns", "order", "double", "place"])
def test_files_that_someone_has_been_at(tmp_path: Path, fault: str) -> None:
    write_facts(tmp_path, "stay", [stay(1), stay(2)], snapshot="s1")
    [file] = files(tmp_path, "stay")
    table = pq.read_table(file, partitioning=None)
    match fault:
        case "torn":
            file.write_bytes(file.read_bytes()[:200])
        case "columns":
            pq.write_table(table.drop_columns("age"), file)
        case "order":
            pq.write_table(table.take([1, 0]), file)
        case "double":
            pq.write_table(pa.concat_tables([table, table]).sort_by("person_key"), file)
        case _:
            other = file.parent.parent / "year=2024"
            other.mkdir()
            file.rename(other / file.name)
    wanted = {"order": FaultKind.UNSORTED, "double": FaultKind.DOUBLE}
    assert wanted.get(fault, FaultKind.BAD_FILE) in found(check(tmp_path, today=TODAY))


def _population(folder: Path, *many: int) -> list[str]:
    """What is said of a county with so many persons in January 2025, February and on."""
    rows = [
        {"person_key": key, "county": "23", "source": "a", "source_key": key,
         "month": date(2025, number, 1)}
        for number, persons in enumerate(many, start=1)
        for key in range(persons)
    ]  # fmt: skip
    write_facts(folder, "person_month", rows, snapshot="s1")
    checked = check(folder, today=date(2025, 8, 1))
    said = [one.example for one in checked.faults if one.kind is FaultKind.POPULATION]
    assert checked.right is not bool(said)
    return said


def test_a_population_that_does_not_add_up(tmp_path: Path) -> None:
    assert _population(tmp_path / "less", 300, 200) == ["23 2025-02: 300 → 200"]
    assert _population(tmp_path / "more", 300, 300, 300, 400) == ["23 2025-04: 300 → 400"]


def test_a_population_that_is_being_read_in_is_no_fault(tmp_path: Path) -> None:
    assert _population(tmp_path, 408, 796, 900, 901) == []
