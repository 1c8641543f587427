"""Does a search cost the same with 100,000 persons on the shelf as with 1,000?

    python bench/searching.py                          1,000, 10,000 and 100,000 persons: some minutes
    python bench/searching.py --sizes 1000 10000       two points of the curve

Some persons are laid by operations: each with a plan, a goal and measurements. The others are their likenesses, laid as
rows straight into the shelf, its index and the gate's tables (the copies' numbers and ids are their own). Then the same searches
are asked of those who were laid, in this process, through the gate and with the trail: median of the time, the processor time
here and in the database, and how many rows were read one after the other without an index. The last columns are ratios to
the smallest shelf.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SIZES = (1_000, 10_000, 100_000)
LAID, CALLS, MEASURED, LISTED = 20, 100, 3, 1_000
"""Persons laid by operations; searches of each kind; measurements of each person; persons in the unit's care."""

UCUM, LOINC = "http://unitsofmeasure.org", "http://loinc.org"
PERSON_TABLES = (
    "access_subject", "access_relation", "resources_resource", "resources_version",
    "resources_tokenvalue", "resources_pointervalue", "resources_spanvalue",
    "resources_amountvalue", "resources_wordsvalue", "resources_addressvalue",
)  # fmt: skip
"""What a search reads, each row with its person."""

COPIED = ("Patient", "CarePlan", "Goal", "Observation")


@dataclass(frozen=True, slots=True)
class One:
    """A person who was laid by operations."""

    id: UUID
    system: str
    number: str


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one search, in milliseconds; `read`: rows read without an index."""

    took: float
    here: float
    there: float
    read: float


def main() -> None:
    """Lay, measure, lay more, print."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    sizes = asked.parse_args().sizes
    with tempfile.TemporaryDirectory(prefix="samverka-bench-") as name:
        Path(name).chmod(0o711)
        os.environ |= {"SAMVERKA_DEMO": "1", "SAMVERKA_DATA": name}
        from samverka.config.command.surroundings import point_at, start_django
        from samverka.config.postgres import Cluster

        with Cluster(Path(name) / "data", hasty=True) as urls:
            point_at(urls, owner=True)
            start_django()
            _tell(sizes, list(_curve(sizes)))


def _curve(sizes: Sequence[int]) -> Iterator[dict[str, Cost]]:
    from samverka.config.command.tables import make_tables

    make_tables()
    nurse, persons = _laid()
    there = 0
    for size in sizes:
        began = time.perf_counter()
        rows = _copied(persons[-1].id, persons[-1].number, there, size - LAID)
        there = size - LAID
        print(
            f"{size:>8} persons: {rows} rows more in {time.perf_counter() - began:.0f} s",
            flush=True,
        )
        found = {what: _cost(nurse, persons, what) for what in _searches(persons[0])}
        for what, one in found.items():
            print(f"         {what:<42}{one.took:>8.1f} ms", flush=True)
        yield found


# ── what is laid ──


def _laid() -> tuple[Any, list[One]]:
    """A unit's nurse and those in its care."""
    from samverka.careplans import operations as careplans
    from samverka.careplans.rules import PlanKind, Term
    from samverka.people.operations import PersonFacts
    from tests.factories.cast import county, make_person

    nurse = county().region_nurse
    found = []
    for number in range(LAID):
        identity = _number(number)
        facts = PersonFacts(given_name="Karin", family_name="Berg", birth_date=identity.birth_date)
        person = make_person(nurse, facts, identity=identity)
        plan = careplans.start_plan(nurse, person_id=person.id, kind=PlanKind.CARE)
        careplans.add_goal(nurse, plan_id=plan.id, words="Gå ut", term=Term.SHORT)
        for day in range(1, MEASURED + 1):
            _observe(nurse, person.id, day)
        found.append(One(person.id, identity.system, identity.value))
    return nurse, found


def _number(place: int) -> Any:
    """Of the tax agency's published series of numbers that are nobody's."""
    from samverka.kernel.identity import Sex
    from samverka.kernel.testseries import test_number

    return test_number(date(1942, 3, 1), Sex.FEMALE, place)


def _observe(nurse: Any, person: UUID, day: int) -> None:
    from samverka.config.registry import persons_by_number
    from samverka.resources.operations import keep_resource
    from samverka.resources.operations.publishing import text_of

    text = text_of({
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [{"system": LOINC, "code": "29463-7"}]},
        "subject": {"reference": f"Patient/{person}"},
        "effectiveDateTime": f"2026-11-{day:02}",
        "valueQuantity": {"value": 70 + day, "unit": "kg", "system": UCUM, "code": "kg"},
    })  # fmt: skip
    keep_resource(nurse, text=text, numbers=persons_by_number)


def _copied(person: UUID, number: str, first: int, last: int) -> int:
    """Likenesses of one person as rows; how many."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('samverka.persons', '*', false)")
        cursor.execute(
            "SELECT id, address, room_id FROM resources_resource WHERE person_id = %s AND kind = ANY(%s)",
            [person, list(COPIED)],
        )
        rows = cursor.fetchall()
        resources, own = (
            [row[0] for row in rows],
            {person, *(one for row in rows for one in row if one)},
        )
        cursor.execute("SELECT id FROM access_relation WHERE person_id = %s", [person])
        own |= {row[0] for row in cursor.fetchall()}
        cursor.execute(_INDEXES, [list(PERSON_TABLES)])
        indexes = cursor.fetchall()
        for name, _made_by in indexes:  # made at the end, they are made in one go
            cursor.execute(f"DROP INDEX {name}")
        cursor.execute("SET maintenance_work_mem = '256MB'")
        count = 0
        for table in PERSON_TABLES:
            values = {"own": list(own), "person": person, "number": number, "first": first + 1}
            values |= {"last": last, "listed": LISTED, "resources": resources}
            cursor.execute(_copy(cursor, table), values)
            count += cursor.rowcount
        for _name, made_by in indexes:
            cursor.execute(made_by)
        cursor.execute("VACUUM ANALYZE")
    return count


_INDEXES = """
    SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.tablename = ANY(%s)
      AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)
"""


def _copy(cursor: Any, table: str) -> str:
    cursor.execute(
        "SELECT column_name, data_type, column_default LIKE 'nextval%%' OR is_identity = 'YES' "
        "FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position",
        [table],
    )
    columns = [(name, sort) for name, sort, counted in cursor.fetchall() if not counted]
    made = ", ".join(_likeness(table, name, sort) for name, sort in columns)
    names = ", ".join(name for name, _sort in columns)
    whose = "resource_id = ANY(%(resources)s)"
    if table.startswith("access"):
        whose = "person_id = %(person)s"
    elif table.endswith("_resource"):
        whose = "id = ANY(%(resources)s)"
    return (
        f"INSERT INTO {table} ({names}) SELECT {made} FROM {table} t "
        f"CROSS JOIN generate_series(%(first)s, %(last)s) k WHERE {whose}"
    )


def _likeness(table: str, name: str, sort: str) -> str:
    if name == "unit_id" and table == "access_relation":  # the others are in the care of others
        return "CASE WHEN k <= %(listed)s THEN t.unit_id ELSE md5('unit' || k %% 100)::uuid END"
    if sort == "uuid":
        mine = f"md5(t.{name}::text || k)::uuid"
        return f"CASE WHEN t.{name} = ANY(%(own)s) THEN {mine} ELSE t.{name} END"
    if name == "local_id":
        return "md5(t.local_id || k)::uuid::text"
    if name in ("code", "value"):
        return f"CASE WHEN t.{name} = %(number)s THEN t.{name} || '-' || k ELSE t.{name} END"
    return "t.received_at - k * interval '1 second'" if name == "received_at" else f"t.{name}"


# ── what is asked ──


def _searches(one: One) -> dict[str, tuple[str, tuple[tuple[str, str], ...]]]:
    """What it is called → type and parameters."""
    about = f"Patient/{one.id}"
    return {
        "Patient?identifier": ("Patient", (("identifier", f"{one.system}|{one.number}"),)),
        "CarePlan?patient": ("CarePlan", (("patient", about),)),
        "Observation patient+code+date, sorted": (
            "Observation",
            (("patient", about), ("code", f"{LOINC}|29463-7"), ("date", "ge2026-11-02"),
             ("_sort", "-date")),
        ),
        "Observation patient+value in grams": (
            "Observation", (("patient", about), ("value-quantity", f"gt71500|{UCUM}|g")),
        ),
        "CarePlan with goal, person, _revinclude": (
            "CarePlan",
            (("patient", about), ("_include", "CarePlan:goal"), ("_include", "CarePlan:subject"),
             ("_revinclude", "Provenance:target")),
        ),
        "50 plans by status, newest first": (
            "CarePlan", (("status", "draft"), ("_sort", "-_lastUpdated"), ("_count", "50")),
        ),
    }  # fmt: skip


def _cost(nurse: Any, persons: Sequence[One], what: str) -> Cost:
    for one in persons[:10]:
        _ask(nurse, one, what)
    pid, before = _backend(), _read_through()
    here, there, took = time.process_time(), _ticks(pid), []
    for place in range(CALLS):
        began = time.perf_counter()
        _ask(nurse, persons[place % len(persons)], what)
        took.append((time.perf_counter() - began) * 1000)
    here, there = time.process_time() - here, _ticks(pid) - there
    return Cost(
        statistics.median(took),
        here * 1000 / CALLS,
        there * 1000 / os.sysconf("SC_CLK_TCK") / CALLS,
        (_read_through() - before) / CALLS,
    )


def _ask(nurse: Any, one: One, what: str) -> None:
    from samverka.config.searching import search
    from samverka.web.exchange import Call

    kind, given = _searches(one)[what]
    found = search(nurse, Call("GET", kind=kind, given=given))
    assert found.shown, what


def _backend() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _ticks(pid: int) -> int:
    """Processor time of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _read_through() -> int:
    """Rows that have been read one after the other, of tables that bear persons."""
    from django.db import connection, connections

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(seq_tup_read), 0) FROM pg_stat_user_tables WHERE relname = ANY(%s)",
            [list(PERSON_TABLES)],
        )
        return int(cursor.fetchone()[0])


# ── what is told ──


def _tell(sizes: Sequence[int], curve: Sequence[dict[str, Cost]]) -> None:
    print(f"\n{'search':<42}{'persons':>9}{'ms':>8}{'here':>8}{'db':>8}{'read':>9}{'ratio':>8}")
    for what, least in curve[0].items():
        for size, costs in zip(sizes, curve, strict=True):
            one = costs[what]
            ratio = one.took / least.took
            print(
                f"{what:<42}{size:>9}{one.took:>8.1f}{one.here:>8.1f}{one.there:>8.1f}"
                f"{one.read:>9.0f}{ratio:>8.2f}"
            )


if __name__ == "__main__":
    main()
