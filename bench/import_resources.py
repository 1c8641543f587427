"""How fast plain Observations go in, and whether memory stays flat, on a database of its own.

    python bench/import_resources.py                    100,000 Observations
    python bench/import_resources.py --megabytes 1024   a file of 1 GB
    taskset -c 0 python bench/import_resources.py       importer and database share one core

The claim: at least 2,000 resources a second on one core, from file to committed rows with person,
references and identifiers, and the same peak memory for a file ten times as large. Prints a table.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

PATIENTS = 1_000
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


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


def write(path: Path, *, count: int, size: int) -> int:
    """Write the file; returns how many Observations are in it."""
    with path.open("w") as out:
        for number in range(count or sys.maxsize):
            if not count and out.tell() >= size:
                return number
            out.write(observation(number))
    return count


def main() -> None:
    """Make the files, make a database, import, print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--count", type=int, default=100_000, help="Observations")
    options.add_argument("--megabytes", type=int, default=0, help="file size, instead of --count")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="samverka-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        people, weights = folder / "Patient.ndjson", folder / "Observation.ndjson"
        people.write_text("".join(patients()))
        size = chosen.megabytes * 1024 * 1024
        count = write(weights, count=0 if size else chosen.count, size=size)
        _furnish_and_measure(folder, people, weights, count)


def _furnish_and_measure(folder: Path, people: Path, weights: Path, count: int) -> None:
    from samverka.config.command.surroundings import point_at, start_django
    from samverka.config.postgres import Cluster

    with Cluster(folder / "data") as urls:
        point_at(urls, owner=True)
        start_django()
        from samverka.config.command.tables import make_tables

        make_tables()
        _measure(people, weights, count)


def _measure(people: Path, weights: Path, count: int) -> None:
    from django.db import connections

    from samverka.access.roles import SYSTEM_PERMISSIONS
    from samverka.config.registry import REGISTRY
    from samverka.kernel.actor import Actor, ActorKind, Purpose, Side
    from samverka.resources.operations import run_import

    actor = Actor(
        kind=ActorKind.SYSTEM,
        id=uuid4(),
        name="bench",
        at=datetime.now(UTC),
        side=Side.SYSTEM,
        permissions=SYSTEM_PERMISSIONS,
        purpose=Purpose.SYSTEM,
    )

    def timed(path: Path) -> tuple[float, int, int]:
        began = time.perf_counter()
        later = replace(actor, at=actor.at + timedelta(seconds=began))
        report = run_import(later, paths=[path], source="bench", registry=REGISTRY)
        took = time.perf_counter() - began
        return took, report.total.new, report.total.unchanged

    took, _new, _same = timed(people)
    print(f"{PATIENTS} patients first: {PATIENTS / took:,.0f}/s", flush=True)
    before = _peak()
    print(f"{'':16}{'resources':>12}{'MB':>8}{'seconds':>9}{'per second':>12}{'peak MB':>9}")
    for label in ("first import", "the same again"):
        took, new, same = timed(weights)
        assert new + same == count, (new, same, count)
        megabytes = weights.stat().st_size / 2**20
        print(f"{label:16}{count:>12,}{megabytes:>8,.0f}{took:>9.1f}{count / took:>12,.0f}"
              f"{_peak():>9,.0f}", flush=True)  # fmt: skip
    print(f"peak before: {before:,.0f} MB; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    connections.close_all()


def _peak() -> float:
    """Peak resident memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
