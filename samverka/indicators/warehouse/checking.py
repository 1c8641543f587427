"""Reads every fact and says what is wrong: schema, order, doubles, unknown shares, late sources, sums."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from samverka.indicators.warehouse.facts import FACTS, Fact
from samverka.indicators.warehouse.places import files, parts
from samverka.indicators.warehouse.quality import Fault, FaultKind, Faults
from samverka.indicators.warehouse.schemas import schema

LATE: Final = timedelta(days=30)
"""A fact whose last day lies further back than so has a source that is silent."""

JUMP: Final = 0.05
"""So much (a share) a county's population may change from one month to the next."""

FEWEST: Final = 200
"""In a smaller population than so, a jump says nothing (persons)."""

FILLING: Final = 3
"""So long (months, from the county's first) a population may rise freely: its registers are being read in."""

ENDS: Final = {
    "stay": ("discharged_on",),
    "discharge": ("ready_on", "discharged_on"),
    "plan": ("established_on", "ended_on"),
    "drug": ("until",),
    "fixed_contact": ("until",),
    "wait": ("ended_on",),
    "call": ("answered_on",),
}
"""Fact → days that cannot come before its first."""

TWICE: Final = {
    "stay": "person_key, admitted_on, discharged_on",
    "contact": "person_key, happened_on, unit",
    "drug": "person_key, atc, since",
    "measurement": "person_key, code, measured_on, value",
}
"""Fact → what makes two rows of two sources look like one thing."""

PAST: Final = {
    "person_month": "last_day(month)",
}
"""Fact → what must not lie ahead, where it is not the day itself."""


@dataclass(frozen=True, slots=True)
class FactSum:
    """One fact in sums. Shares are of 1; `first`, `last`: its days; None where it has no rows."""

    fact: str
    rows: int
    files: int
    first: date | None = None
    last: date | None = None
    no_municipality: float = 0.0
    no_sex: float = 0.0
    no_age: float = 0.0

    def kept(self) -> dict[str, object]:
        """As an export keeps it."""
        return {
            "rows": self.rows,
            "first": self.first.isoformat() if self.first else "",
            "last": self.last.isoformat() if self.last else "",
            "no_municipality": round(self.no_municipality or 0.0, 4),
            "no_sex": round(self.no_sex or 0.0, 4),
            "no_age": round(self.no_age or 0.0, 4),
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found. `right`: nothing that makes figures wrong."""

    sums: tuple[FactSum, ...]
    faults: tuple[Fault, ...]

    @property
    def right(self) -> bool:
        """Whether the facts can be counted with."""
        return not any(one.serious for one in self.faults)


def check(
    folder: Path, *, today: date, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> Checked:
    """Read the whole warehouse and say what is wrong with it; nothing is changed."""
    faults, sums = Faults(), []
    with duckdb.connect() as db:
        for number, fact in enumerate(FACTS.values()):
            progress(number, len(FACTS))
            sums.append(_fact(db, folder, fact, faults, today))
    progress(len(FACTS), len(FACTS))
    return Checked(tuple(sums), faults.found())


def _fact(db: Any, folder: Path, fact: Fact, faults: Faults, today: date) -> FactSum:
    good = [one for one in files(folder, fact.name) if _readable(folder, one, fact, faults)]
    if not good:
        faults.add(fact.name, FaultKind.EMPTY)
        return FactSum(fact.name, 0, 0)
    _name_rows(db, good)
    _doubles(db, fact, faults)
    _days(db, fact, faults, today)
    if fact.name == "person_month":
        _population(db, faults)
    found = _sum(db, fact, len(good))
    if found.last and today - found.last > LATE:
        faults.add(fact.name, FaultKind.LATE, found.last.isoformat())
    return found


def _name_rows(db: Any, found: list[Path]) -> None:
    listed = ", ".join("'" + str(one).replace("'", "''") + "'" for one in found)
    source = f"read_parquet([{listed}], hive_partitioning=false)"
    db.execute(f"CREATE OR REPLACE TEMP VIEW facts AS SELECT * FROM {source}")


def _readable(folder: Path, path: Path, fact: Fact, faults: Faults) -> bool:
    """Its columns are the fact's, it lies where it should, sorted."""
    place = str(path.relative_to(folder))
    try:
        file = pq.ParquetFile(path)
        right = _columns(file.schema_arrow) == _columns(schema(fact.name))
        table = file.read(columns=["person_key", "county", "year"]) if right else None
    except (OSError, pa.ArrowException):
        right, table = False, None
    if table is None:
        faults.add(fact.name, FaultKind.BAD_FILE, place)
        return False
    part = next(one for one in parts(folder, fact.name) if folder / one.folder == path.parent)
    if {(part.county, part.year)} != set(
        zip(*(table.column(one).unique().to_pylist() for one in ("county", "year")), strict=False)
    ):
        faults.add(fact.name, FaultKind.BAD_FILE, place)
        return False
    keys = table.column("person_key").drop_null()
    if len(keys) > 1 and not _rising(keys):
        faults.add(fact.name, FaultKind.UNSORTED, place)
    return True


def _columns(found: pa.Schema) -> list[tuple[str, pa.DataType]]:
    """Names and kinds; whether a file says that a column can be empty is the writer's own affair."""
    return [(one.name, one.type) for one in found]


def _rising(keys: Any) -> bool:
    return bool(pc.all(pc.greater_equal(keys[1:], keys[:-1])).as_py())


def _doubles(db: Any, fact: Fact, faults: Faults) -> None:
    ids = ", ".join(fact.identity)
    twice = _one(db, f"SELECT count(*) - count(DISTINCT ({ids})) FROM facts")
    faults.add(fact.name, FaultKind.DOUBLE, count=twice)
    if fact.name in TWICE:
        same = TWICE[fact.name]
        both = _one(
            db,
            f"SELECT count(*) FROM (SELECT {same} FROM facts GROUP BY {same}"
            " HAVING count(DISTINCT source) > 1)",
        )
        faults.add(fact.name, FaultKind.TWO_SOURCES, count=both)


def _days(db: Any, fact: Fact, faults: Faults, today: date) -> None:
    day = PAST.get(fact.name, fact.day)
    ahead = _one(db, f"SELECT count(*) FROM facts WHERE {day} > DATE '{today}'")
    faults.add(fact.name, FaultKind.FUTURE, count=ahead)
    for end in ENDS.get(fact.name, ()):
        wrong = _one(db, f'SELECT count(*) FROM facts WHERE "{end}" < {fact.day}')
        faults.add(fact.name, FaultKind.BACKWARDS, end, count=wrong)


def _population(db: Any, faults: Faults) -> None:
    """A county that loses or gains many from one month to the next has a source too few or too many.

    In its first months only a loss is a fault.
    """
    rows = db.execute(
        "SELECT county, month, persons, before FROM (SELECT county, month, count(*) AS persons,"
        " lag(count(*)) OVER (PARTITION BY county ORDER BY month) AS before,"
        " min(month) OVER (PARTITION BY county) AS first"
        f" FROM facts GROUP BY county, month) WHERE before >= {FEWEST}"
        f" AND (persons < before OR month >= first + INTERVAL {FILLING} MONTH)"
        f" AND abs(persons - before) > {JUMP} * before ORDER BY month"
    ).fetchall()
    for county, month, persons, before in rows:
        faults.add(
            "person_month", FaultKind.POPULATION, f"{county} {month:%Y-%m}: {before} → {persons}"
        )


def _sum(db: Any, fact: Fact, number: int) -> FactSum:
    rows, first, last, *unknown = db.execute(
        f"SELECT count(*), min({fact.day}), max({PAST.get(fact.name, fact.day)}),"
        " avg((municipality IS NULL)::INT), avg((sex IS NULL)::INT), avg((age IS NULL)::INT)"
        " FROM facts"
    ).fetchall()[0]
    return FactSum(fact.name, rows, number, first, last, *unknown)


def _one(db: Any, sql: str) -> int:
    return int(db.execute(sql).fetchall()[0][0])
