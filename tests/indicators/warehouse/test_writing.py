"""The warehouse's files: sorted, strict, whole or not at all, never double."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from samverka.indicators.warehouse import journal, writing
from samverka.indicators.warehouse.keys import Keys
from samverka.indicators.warehouse.places import LOCK, files
from samverka.indicators.warehouse.reading import count_facts, read_facts
from samverka.indicators.warehouse.schemas import schema
from samverka.indicators.warehouse.writing import write_facts
from samverka.kernel.problems import Invalid, NotNow


def stay(number: int, day: date = date(2025, 3, 1), **own: object) -> dict[str, object]:
    """A stay; persons come in the wrong order."""
    common = {"person_key": 1000 - number, "county": "23", "source": "a", "source_key": number}
    return {**common, "stay_key": number, "admitted_on": day, **own}


def keys_of(folder: Path) -> list[int]:
    """The stays that the warehouse has, in the order of the files."""
    return [int(key) for key in read_facts(folder, "stay").column("stay_key").to_pylist()]


def test_rows_lie_by_county_and_year_sorted_by_person(tmp_path: Path) -> None:
    rows = [stay(1), stay(2), stay(3, date(2024, 12, 31)), stay(4, county="01")]
    done = write_facts(tmp_path, "stay", rows, snapshot="s1")
    assert (done.given, done.new, done.rewritten) == (4, 4, 3)
    found = [str(one.relative_to(tmp_path)) for one in files(tmp_path, "stay")]
    assert found == [
        f"stay/county={county}/year={year}/part-0.parquet"
        for county, year in (("01", 2025), ("23", 2024), ("23", 2025))
    ]
    persons = read_facts(tmp_path, "stay", years=[2025], counties=["23"]).column("person_key")
    assert persons.to_pylist() == [998, 999]
    assert pq.read_schema(files(tmp_path, "stay")[0]).equals(schema("stay"))


def test_the_same_rows_again_touch_no_file(tmp_path: Path) -> None:
    rows = [stay(1), stay(2, date(2024, 1, 1))]
    write_facts(tmp_path, "stay", rows, snapshot="s1")
    before = [one.stat().st_mtime_ns for one in files(tmp_path, "stay")]
    done = write_facts(tmp_path, "stay", [*rows, rows[0]], snapshot="s2")
    assert (done.doubles, done.same, done.new, done.rewritten) == (1, 2, 0, 0)
    assert [one.stat().st_mtime_ns for one in files(tmp_path, "stay")] == before


def test_a_changed_row_takes_its_place_even_in_another_year(tmp_path: Path) -> None:
    write_facts(tmp_path, "stay", [stay(1), stay(2), stay(3)], snapshot="s1")
    moved, changed = stay(1, date(2026, 1, 1)), stay(2, planned=True)
    done = write_facts(tmp_path, "stay", [moved, changed], snapshot="s2")
    assert (done.new, done.changed, done.same, done.gone) == (0, 2, 0, 0)
    assert sorted(keys_of(tmp_path)) == [1, 2, 3]
    rows = {one["stay_key"]: one for one in read_facts(tmp_path, "stay").to_pylist()}
    assert [rows[key]["snapshot"] for key in (1, 2, 3)] == ["s2", "s2", "s1"]
    assert rows[1]["year"] == 2026


def test_what_a_source_no_longer_says_goes_and_others_stay(tmp_path: Path) -> None:
    rows = [stay(1), stay(2), stay(3, source="b"), stay(4, source="a:x")]
    write_facts(tmp_path, "stay", rows, snapshot="s1")
    done = write_facts(tmp_path, "stay", [stay(2)], snapshot="s2", all_of="a")
    assert (done.gone, done.same) == (2, 1)
    assert sorted(keys_of(tmp_path)) == [2, 3]
    write_facts(tmp_path, "stay", [], snapshot="s3", all_of="a")
    assert write_facts(tmp_path, "stay", [], snapshot="s4", all_of="b").rewritten == 1
    assert files(tmp_path, "stay") == []
    assert read_facts(tmp_path, "stay").schema.equals(schema("stay"))


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({"shoe_size": 43}, "shoe_size"),
        ({"age": "old"}, "fel sorts värde"),
        ({"source_key": None}, "saknar source_key"),
        ({"admitted_on": None}, "saknar admitted_on"),
        ({"county": "../x"}, "Inget län"),
    ],
)
def test_a_row_that_is_not_of_the_fact_is_refused_and_nothing_is_written(
    tmp_path: Path, own: dict[str, Any], words: str
) -> None:
    write_facts(tmp_path, "stay", [stay(1)], snapshot="s1")
    with pytest.raises(Invalid, match=words):
        write_facts(tmp_path, "stay", [stay(2), stay(3, **own)], snapshot="s2")
    assert keys_of(tmp_path) == [1]


def test_a_table_with_other_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="andra kolumner"):
        write_facts(tmp_path, "stay", pa.table({"stay_key": [1]}), snapshot="s1")
    write_facts(tmp_path, "stay", [stay(1)], snapshot="s1")
    ready = read_facts(tmp_path, "stay")
    assert write_facts(tmp_path, "stay", ready, snapshot="s2").same == 1


def test_stopped_before_the_list_is_written_the_old_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_facts(tmp_path, "stay", [stay(1)], snapshot="s1")

    def stop(*_args: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "commit", stop)
    with pytest.raises(KeyboardInterrupt):
        write_facts(tmp_path, "stay", [stay(1, planned=True), stay(2)], snapshot="s2")
    assert keys_of(tmp_path) == [1]
    assert count_facts(tmp_path, "stay") == 1


def test_stopped_among_the_moves_the_next_finishes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    years = [date(year, 1, 1) for year in (2023, 2024, 2025)]
    write_facts(tmp_path, "stay", [stay(1, years[0])], snapshot="s1")
    real = journal._move
    moved: list[Path] = []

    def once(new: Path, place: Path) -> None:
        if moved:
            raise KeyboardInterrupt
        moved.append(place)
        real(new, place)

    monkeypatch.setattr(journal, "_move", once)
    monkeypatch.setattr(writing, "sweep", lambda _folder: None)  # as when the process is killed
    rows = [stay(1, years[2]), stay(2, years[1])]
    with pytest.raises(KeyboardInterrupt):
        write_facts(tmp_path, "stay", rows, snapshot="s2", all_of="a")
    monkeypatch.undo()
    assert write_facts(tmp_path, "stay", [stay(3)], snapshot="s3").new == 1
    assert sorted(keys_of(tmp_path)) == [1, 2, 3]
    assert not read_facts(tmp_path, "stay", years=[2023]).num_rows


HOLDER = """
import sys
from pathlib import Path
from samverka.indicators.warehouse.locking import alone
with alone(Path(sys.argv[1]), "nattens export"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_two_at_once_end_in_a_sentence_and_a_killed_one_lets_go(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(NotNow, match="nattens export"):
            write_facts(tmp_path, "stay", [stay(1)], snapshot="s1")
        holder.kill()
    assert (tmp_path / LOCK).exists()
    assert write_facts(tmp_path, "stay", [stay(1)], snapshot="s1").new == 1


def test_keys_differ_by_salt_and_kind_and_are_63_bits() -> None:
    keys, others = Keys("s" * 40), Keys("t" * 40)
    found = {
        keys.person("a number"),
        keys.person("", "a number"),
        keys.of("stay", "a number"),
        others.person("a number"),
    }
    assert len(found) == 4
    assert all(0 <= key < 2**63 for key in found)
    assert keys.person("a number") == Keys("s" * 40).person("a number")
    with pytest.raises(ValueError, match="salt"):
        Keys("short")
