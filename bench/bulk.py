"""How fast plain Observations go in by import and out by export, for each core, and whether memory stays flat.

    python bench/bulk.py                        25,000 and 100,000 Observations; some minutes
    python bench/bulk.py --count 1000           only to see that it works
    taskset -c 0 python bench/bulk.py           program and database share one core

Each size has a process and a database of its own, gate and trail on: NDJSON files to committed rows with person, references,
identifiers and index, the same again, and a bulk export back to NDJSON. What counts is resources for each second of processor time,
program and PostgreSQL together, because a shared machine's clock says little; and the same peak of memory at four times the size.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

PATIENTS = 1_000
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
TICK = os.sysconf("SC_CLK_TCK")


# ── what goes in ──


def patients() -> Iterator[str]:
    """Patients without identity numbers: each is a person by its name in the source."""
    for number in range(PATIENTS):
        yield (
            f'{{"resourceType":"Patient","id":"p{number}","name":[{{"family":"Prov",'
            f'"given":["N{number}"]}}],"gender":"unknown","birthDate":"1950-01-01"}}\n'
        )


def observation(number: int) -> str:
    """A measured weight, as a home monitor sends it."""
    at = (FIRST + timedelta(minutes=number)).isoformat()
    return (
        f'{{"resourceType":"Observation","id":"o{number}","meta":{{"lastUpdated":"{at}"}},'
        f'"identifier":[{{"system":"urn:bench","value":"{number}"}}],"status":"final",'
        '"category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/'
        'observation-category","code":"vital-signs"}]}],'
        '"code":{"coding":[{"system":"http://loinc.org","code":"29463-7",'
        '"display":"Body weight"}]},'
        f'"subject":{{"reference":"Patient/p{number % PATIENTS}"}},'
        f'"effectiveDateTime":"{at}","valueQuantity":{{"value":{60 + number % 400 / 10:.2f},'
        '"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"}}\n'
    )


# ── both sizes ──


def main() -> None:
    """A process for each size; or, as that process, measure."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--count", type=int, default=25_000, help="Observations")
    options.add_argument("--once", action="store_true", help="this size only, in this process")
    chosen = options.parse_args()
    if chosen.once:
        return _measure_in_a_database(chosen.count)
    print(f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f} at the start\n")
    print("| what | resources | MB | seconds | a second | CPU s (PostgreSQL) | a CPU second | "
          "peak MB |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)  # fmt: skip
    for count in (chosen.count, 4 * chosen.count):
        command = [sys.executable, __file__, "--once", "--count", str(count)]
        subprocess.run(command, check=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    return None


def _measure_in_a_database(count: int) -> None:
    with tempfile.TemporaryDirectory(prefix="samverka-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        (folder / "Patient.ndjson").write_text("".join(patients()))
        with (folder / "Observation.ndjson").open("w") as out:
            out.writelines(observation(number) for number in range(count))
        os.environ["SAMVERKA_DATA"] = name
        from samverka.config.command.surroundings import point_at, start_django
        from samverka.config.postgres import Cluster

        with Cluster(folder / "data") as urls:
            point_at(urls, owner=True)
            start_django()
            from django.db import connections

            from samverka.config.command.tables import make_tables

            make_tables()
            _measure(folder, count)
            connections.close_all()


def _measure(folder: Path, count: int) -> None:
    weights = folder / "Observation.ndjson"
    _import(folder / "Patient.ndjson")
    size = weights.stat().st_size / 2**20
    for what in ("import", "the same again"):
        found = _timed(folder, what, count, size, lambda: _import(weights))
        assert found == count, (what, found, count)
    found = _timed(folder, "export", count + PATIENTS, size, lambda: _export(folder / "bulk"))
    assert found == count + PATIENTS, ("export", found, count)


def _timed(folder: Path, what: str, count: int, size: float, work: Callable[[], int]) -> int:
    began, ours, theirs = time.perf_counter(), time.process_time(), _database(folder)
    found = work()
    took, ours, theirs = (
        time.perf_counter() - began,
        time.process_time() - ours,
        _database(folder) - theirs,
    )
    print(f"| {what} | {count:,} | {size:,.0f} | {took:.1f} | {count / took:,.0f} | "
          f"{ours + theirs:.1f} ({theirs:.1f}) | {count / (ours + theirs):,.0f} | {_peak():,.0f} |",
          flush=True)  # fmt: skip
    return found


def _import(path: Path) -> int:
    from samverka.config.registry import REGISTRY
    from samverka.resources.operations import run_import

    report = run_import(_house(), paths=[path], source="bench", registry=REGISTRY)
    return report.total.new + report.total.unchanged


def _export(folder: Path) -> int:
    """As the house, which may have all of it; a piece at a time, as the clock does it."""
    from samverka.config.bulk.exports import read_piece
    from samverka.resources.operations import exporting
    from samverka.resources.rules.bulk import ExportWanted

    house = _house()
    wanted = ExportWanted(kinds=("Patient", "Observation"))
    export = exporting.ask_export(house, wanted=wanted, request="bench")
    while exporting.go_on(
        _house(), export_id=export, again=lambda _asker, _at: house, folder=folder,
        reader=lambda actor, asked, place: read_piece(actor, asked, place, _shown_by_no_room),
    ):  # fmt: skip
        pass
    return sum(_lines(file) for file in (folder / str(export)).iterdir())


def _lines(file: Path) -> int:
    with file.open("rb") as text:
        return sum(1 for _line in text)


def _shown_by_no_room(*_what: object) -> bytes:
    raise AssertionError("Nothing here belongs to a room.")


def _house() -> Any:
    from samverka.access.roles import SYSTEM_PERMISSIONS
    from samverka.kernel.actor import Actor, ActorKind, Permission, Purpose, Side

    house = Actor(
        kind=ActorKind.SYSTEM,
        id=uuid4(),
        name="bench",
        at=datetime.now(UTC),
        side=Side.SYSTEM,
        permissions=SYSTEM_PERMISSIONS,
        purpose=Purpose.SYSTEM,
    )
    return replace(house, permissions=frozenset(Permission))


# ── figures ──


def _database(folder: Path) -> float:
    """Seconds of processor time of PostgreSQL over this folder, also of its processes that have ended."""
    total = 0
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            name, _sep, rest = (entry / "stat").read_text().rpartition(")")
            if name.endswith("(postgres") and os.readlink(entry / "cwd").startswith(str(folder)):
                total += sum(int(one) for one in rest.split()[11:15])
    return total / TICK


def _peak() -> float:
    """Peak resident memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
