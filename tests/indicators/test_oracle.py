"""Beside the tool that statistical offices use (tau-Argus): the same small cells, and ours hold as its do."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from samverka.indicators.rules.hiding import Policy
from samverka.kernel.hiding.tables import WHOLE, Key, Shape, seal
from tests.indicators.solver import Attacker, Person

argus = pytest.importorskip("pytauargus", reason="tau-Argus has no wheel for this machine")

AREAS = tuple(f"a{at}" for at in range(8))
AGES = ("child", "adult", "old", "oldest")
SHAPE = Shape({"all": AREAS}, {"age": AGES})
SMALLEST = Policy().smallest


def drawn(seed: int) -> dict[Person, int]:
    some = random.Random(seed)
    return {(area, age): some.choice((0, 1, 3, 4, 6, 9, 15, 40)) for area in AREAS for age in AGES}


def members(key: Key) -> frozenset[Person]:
    area, _parting, part = key
    return frozenset(
        (its, age) for its in AREAS for age in AGES if area in ("all", its) and part in ("", age)
    )


KEYS = [
    (area, *(("age", age) if age else WHOLE)) for area in ("all", *AREAS) for age in ("", *AGES)
]


def argus_says(people: dict[Person, int], folder: Path) -> dict[Key, str]:
    """Cell → S (safe), U (unsafe) or M (hidden to protect another)."""
    rows: dict[str, list[object]] = {"area": [], "age": [], "one": []}
    for (area, age), many in people.items():
        for _person in range(many):
            for name, value in zip(rows, (area, age, 1.0), strict=True):
                rows[name].append(value)
    made = argus.protect(
        rows, ["area", "age"], response="one", safety_rules=f"FREQ({SMALLEST},10)",
        suppress="MOD(1)", workdir=str(folder),
    )  # fmt: skip
    table = made.tables[0]
    found = {}
    for row, status in zip(table.rows, table.status(), strict=True):
        area, age = str(row["area"]).strip(), str(row["age"]).strip()
        where = "all" if area == "Total" else area
        found[where, *(WHOLE if age == "Total" else ("age", age))] = status
    return found


def known(people: dict[Person, int], hidden: set[Key]) -> list[Key]:
    """Small cells that a solver finds to be small."""
    counts = {key: sum(people[one] for one in members(key)) for key in KEYS}
    told = [(members(key), many) for key, many in counts.items() if key not in hidden]
    attacker = Attacker(list(people), told)
    return [
        key
        for key, many in counts.items()
        if 0 < many < SMALLEST and attacker.most(members(key)) < SMALLEST
    ]


def test_no_fewer_than_tau_argus_and_no_small_cell_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its protection is an interval of ten per cent around the cell; ours that the cell could be many."""
    monkeypatch.chdir(tmp_path)  # it leaves its files where it stands
    people = drawn(4)
    cells = {key: (sum(people[one] for one in members(key)),) for key in KEYS}
    made = seal(SHAPE, cells, Policy())
    says = argus_says(people, tmp_path)
    unsafe = {key for key, status in says.items() if status == "U"}
    assert len(unsafe) > 5
    assert unsafe == made.small  # the same small cells
    assert not known(people, made.hidden)
    # Both hide more than the small ones; ours never loses to it by more than half again.
    its = {key for key, status in says.items() if status in ("U", "M")}
    assert len(its) > len(unsafe)
    assert len(made.hidden) <= 1.5 * len(its)
