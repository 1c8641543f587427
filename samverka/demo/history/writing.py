"""The county's history, drawn and laid in the warehouse: an import of a county's files, all of it or none.

The files lie beside those of the nightly export, under another source; keys differ, so nobody is counted twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import duckdb

from samverka.demo.county import REGION
from samverka.demo.history import home, hospital, nearby, people, plans
from samverka.demo.history.places import (
    centre_rows,
    home_rows,
    new_source_from,
    place_rows,
    team_from,
    ward,
)
from samverka.indicators.warehouse.journal import commit, known
from samverka.indicators.warehouse.laying import lay
from samverka.indicators.warehouse.places import STAGING
from samverka.indicators.warehouse.writing import writing
from samverka.kernel.areas import population_2019

Progress = Callable[[int, int], None]

SOURCE: Final = "demo-historik"
YEARS: Final = 5
"""Whole years, and the one that has begun."""

WARDS: Final = {
    "medical": "medicin",
    "orthopaedic": "ortopedi",
    "stroke": "stroke",
    "geriatric": "geriatrik",
    "psychiatric": "psykiatri-avd",
    "emergency": "akuten",
    "special": "hjartmottagning",
    "team": "narvard-krokom",
}
"""The engine's variable → unit key."""

FACTS_DRAWN: Final = {
    "person_month": people.PERSON_MONTH,
    "stay": hospital.STAY,
    "contact": nearby.CONTACT,
    "call": nearby.CALL,
    "discharge": hospital.DISCHARGE,
    "discharge_step": hospital.DISCHARGE_STEP,
    "plan": plans.PLAN,
    "goal": plans.GOAL,
    "activity": plans.ACTIVITY,
    "fixed_contact": plans.FIXED_CONTACT,
    "assessment": home.ASSESSMENT,
    "drug": home.DRUG,
    "measurement": home.MEASUREMENT,
    "visit": home.VISIT,
    "notice": home.NOTICE,
    "wait": nearby.WAIT,
}

EARLIER: Final = {"drug": 5, "fixed_contact": 2}
"""Facts that began before the history does: so many years more."""

SETTLING: Final = 6
"""Steps before the first file."""

IN_ORDER: Final = frozenset({"person_month"})
"""Drawn in the order of the persons already."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days that the history covers."""

    first: date
    last: date

    def years(self, fact: str) -> range:
        """The years that a fact has files for."""
        return range(self.first.year - EARLIER.get(fact, 0), self.last.year + 1)


def span(today: date) -> Span:
    """Five whole years and this one, up to yesterday."""
    return Span(date(today.year - YEARS, 1, 1), today - timedelta(days=1))


def import_history(
    warehouse: Path, *, today: date, seed: int, progress: Progress | None = None
) -> bool:
    """Lay the history in the warehouse: all of it, or none if something stops it. Once is enough.

    Returns:
        whether anything was laid.

    Raises:
        NotNow: someone else is writing to the warehouse.
    """
    snapshot = f"{SOURCE}-{today.isoformat()}"
    with writing(warehouse, snapshot=snapshot, by=SOURCE):
        if SOURCE in known(warehouse):
            return False
        drawn = Path(STAGING) / SOURCE
        made = draw(warehouse / drawn, today=today, seed=seed, snapshot=snapshot, progress=progress)
        moves = [(drawn / one, one) for one in made]
        commit(warehouse, moves=moves, state={SOURCE: {"seed": seed, "today": today.isoformat()}})
    return True


def draw(
    folder: Path,
    *,
    today: date,
    seed: int,
    snapshot: str,
    wanted: Sequence[tuple[str, int]] | None = None,
    progress: Progress | None = None,
) -> list[Path]:
    """Draw files below the folder; returns them as `<fact>/county=23/year=2026/demo-historik.parquet`.

    Args:
        wanted: only these facts and years; None: everything.
    """
    covered = span(today)
    if wanted is None:
        wanted = [(fact, year) for fact in FACTS_DRAWN for year in covered.years(fact)]
    made, steps = [], len(wanted) + SETTLING
    tell = progress or (lambda done, of: None)
    with duckdb.connect(config={"threads": 2, "memory_limit": "1GB"}) as engine:
        engine.execute("SET enable_progress_bar = false")
        for done, _step in enumerate(_settle(engine, covered, seed), 1):
            tell(done, steps)
        for done, (fact, year) in enumerate(wanted, SETTLING + 1):
            made.append(_file(engine, folder, fact, year, snapshot))
            tell(done, steps)
    return made


def _settle(engine: duckdb.DuckDBPyConnection, covered: Span, seed: int) -> Iterator[None]:
    """What the files are drawn from: who lives there, who came to the hospital, plans, drugs."""
    _say(engine, covered, seed)
    _lists(engine)
    for macro in (*people.MACROS, *hospital.MACROS):
        engine.execute(macro)
    engine.execute(people.PERSON)
    yield
    engine.execute(hospital.ADMISSION)
    engine.execute(hospital.HOSPITAL)
    for level in range(3):
        engine.execute(hospital.LIE, {"level": level})
        engine.execute(hospital.BACK, {"level": level})
        yield
    engine.execute(hospital.STAYS)
    engine.execute(hospital.CASES)
    yield
    for table in (plans.PLANS, plans.FIXED, home.DRUGS):
        engine.execute(table)
    yield


def _say(engine: duckdb.DuckDBPyConnection, covered: Span, seed: int) -> None:
    """The engine's variables."""
    said: dict[str, object] = {
        "seed": seed,
        "first_day": covered.first,
        "last_day": covered.last,
        "team_from": team_from(covered.last),
        "new_source": new_source_from(covered.last),
        "uncounted": date(covered.first.year + 2, 7, 1),
    } | {name: ward(key) for name, key in WARDS.items()}
    for name, value in said.items():
        engine.execute(f"SET VARIABLE {name} = $1", [value])


def _lists(engine: duckdb.DuckDBPyConnection) -> None:
    """The municipalities, the health centres, the units at home, and how many lived where."""
    code = REGION.code
    living = [
        (where, sex, age, many)
        for (where, sex), found in population_2019().items()
        if where.startswith(code)
        for age, many in enumerate(found)
    ]
    for name, columns, rows in (
        ("living", "code TEXT, sex TEXT, age INT, n INT", living),
        (
            "place",
            "code TEXT, waits DOUBLE, falls DOUBLE, seen DOUBLE, same DOUBLE, plans DOUBLE, team BOOLEAN",
            place_rows(),
        ),
        ("centre", "code TEXT, unit TEXT, low DOUBLE, high DOUBLE, missing BOOLEAN", centre_rows()),
        ("home", "code TEXT, home_care TEXT, home_nursing TEXT, needs TEXT", home_rows()),
    ):
        engine.execute(f"CREATE TEMP TABLE {name} ({columns})")
        marks = ", ".join(f"unnest(${number})" for number in range(1, len(rows[0]) + 1))
        engine.execute(
            f"INSERT INTO {name} SELECT {marks}", [list(one) for one in zip(*rows, strict=True)]
        )


def _file(
    engine: duckdb.DuckDBPyConnection, folder: Path, fact: str, year: int, snapshot: str
) -> Path:
    """One file below the folder; returns where."""
    engine.execute("SET VARIABLE year = $1", [year])
    place = Path(fact) / f"county={REGION.code}" / f"year={year}" / f"{SOURCE}.parquet"
    drawn = engine.sql(FACTS_DRAWN[fact])
    if fact not in IN_ORDER:
        drawn = drawn.order("person_key")
    said = {"county": REGION.code, "year": year, "source": SOURCE, "snapshot": snapshot}
    lay(drawn, fact=fact, said=said, path=folder / place)
    return place
