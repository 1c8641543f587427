"""What a FHIR request costs beside a bare Django view, on a database of its own, gate and trail on.

    python bench/fhir.py                    1,000 persons; about ten minutes
    python bench/fhir.py --people 50        only to see that it works
    python bench/fhir.py --keep FOLDER      build there, or use what is built there

Two servers of the same make (granian, 2 workers of 4 threads): ours, and the floor, a view without middleware that
reads one row by psycopg. `wrk` loads them with 4 connections, floor and operation in turn, on the machine where
PostgreSQL runs too. What counts is the ratio; the median of the rounds is told. Beside it stands what the best open
peer reached, measured in the same way (Medplum 5.1.23), and how much processor time a request takes.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.fhir_asked import OPERATIONS, Operation, script  # noqa: E402
from bench.fhir_county import Known  # noqa: E402

WORKERS, THREADS, CONNECTIONS = 2, 4, 4
WARM = 32
"""Connections of the first load, which is not counted: every worker is to have been asked."""
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Load:
    """What a run of wrk told. `cpu`: of servers and database, microseconds a request."""

    rate: float
    median_ms: float
    cpu: float
    faults: int


def main() -> None:
    """Build, start both servers, measure in turn, print."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--people", type=int, default=1000)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--seconds", type=int, default=3, help="of each load")
    asked.add_argument("--keep", type=Path, help="folder of the data, kept for another run")
    asked.add_argument("--only", default="", help="operations whose name has this in it")
    chosen = asked.parse_args()
    with _folder(chosen.keep) as home:
        os.environ |= {"SAMVERKA_DEMO": "1", "SAMVERKA_HOSTS": "127.0.0.1"}
        os.environ["SAMVERKA_DATA"] = str(home)
        from samverka.config.command.surroundings import point_at, start_django
        from samverka.config.postgres import Cluster

        with Cluster(home / "data") as urls:
            point_at(urls, owner=True)
            start_django()
            known = _known(home, chosen.people)
            token = _prepare(known)
            _measure_all(home, known, token, chosen)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        kept.chmod(0o711)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="samverka-bench-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


def _known(home: Path, people: int) -> Known:
    """What is built there, or built now."""
    from bench.fhir_county import build

    told = home / "known.json"
    if not told.exists():
        told.write_text(json.dumps(asdict(build(people))))
    return Known(**json.loads(told.read_text()))


def _prepare(known: Known) -> str:
    """The floor's row, fresh statistics of all tables, and a token for our client."""
    from django.db import connections

    from bench.fhir_client import token

    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_floor")
        cursor.execute("CREATE TABLE bench_floor (id text PRIMARY KEY, text text NOT NULL)")
        cursor.execute("SELECT set_config('samverka.persons', '*', true)")
        cursor.execute(
            "INSERT INTO bench_floor SELECT r.local_id, v.text FROM resources_resource r "
            "JOIN resources_version v ON v.resource_id = r.id AND v.number = r.version "
            "WHERE r.source = 'samverka' AND r.kind = 'Patient'"
        )
        cursor.execute("GRANT SELECT ON bench_floor TO PUBLIC")
        cursor.execute("VACUUM ANALYZE")
    connections["owner"].close()
    return token(known)


# ── servers ──


@contextmanager
def serving(application: str, environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """A server; gives its port and process."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level",
               "warning", "--host", "127.0.0.1", "--port", str(port), "--workers", str(WORKERS),
               "--blocking-threads", str(THREADS), application]  # fmt: skip
    held = {"DATABASE_OWNER_URL", "DATABASE_ROOT_URL"}
    around = {key: value for key, value in os.environ.items() if key not in held}
    child = subprocess.Popen(command, cwd=ROOT, env=around | environment, start_new_session=True)
    try:
        _await(port, child)
        yield port, child.pid
    finally:
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)


def _await(port: int, child: subprocess.Popen[bytes]) -> None:
    for _try in range(600):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        if child.poll() is not None:
            raise SystemExit("The server ended.")
        time.sleep(0.1)
    raise SystemExit("The server did not answer.")


# ── load ──


def _measure_all(home: Path, known: Known, token: str, chosen: argparse.Namespace) -> None:
    serve = {"PYTHONPATH": str(ROOT), "SAMVERKA_FHIR_A_MINUTE": "10000000"}
    floor_app, our_app = "bench.fhir_floor:application", "samverka.config.wsgi:application"
    with serving(floor_app, serve) as (floor, floor_pid), serving(our_app, serve) as (port, pid):
        _heading()
        keys = [person for person, _system, _value in known.persons]
        lua = home / "floor.lua"
        lua.write_text(script([("GET", f"/floor/{key}", "") for key in keys], ""))
        wrk(floor, lua, 2, floor_pid, WARM)
        for one in OPERATIONS:
            if chosen.only in one.name:
                _measure(home, one, known, token, (floor, floor_pid, lua), (port, pid), chosen)
        _tell_memory(pid)


def _measure(
    home: Path, one: Operation, known: Known, token: str,
    below: tuple[int, int, Path], ours: tuple[int, int], chosen: argparse.Namespace,
) -> None:  # fmt: skip
    asked = one.asked(known)
    lua = home / "asked.lua"
    lua.write_text(script(asked, token), encoding="utf-8")
    status = _status(ours[0], asked[0], token)
    if status not in (200, 201):
        print(f"| {one.name} | answers {status}: not measured | | | | | |", flush=True)
        return
    wrk(ours[0], lua, 2, ours[1], WARM)
    floors, loads = [], []
    for _round in range(chosen.rounds):
        floors.append(wrk(below[0], below[2], chosen.seconds, below[1]))
        loads.append(wrk(ours[0], lua, chosen.seconds, ours[1]))
    _tell(one, floors, loads)


def _status(port: int, asked: tuple[str, str, str], token: str) -> int:
    import http.client

    method, path, body = asked
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/fhir+json"}
    connection.request(method, path, body.encode() or None, headers)
    answer = connection.getresponse()
    text = answer.read()
    if answer.status >= 400:
        print(f"<!-- {method} {path}: {text[:300].decode(errors='replace')} -->")
    connection.close()
    return answer.status


_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_HALF = re.compile(r"50%\s+([\d.]+)(us|ms|s)")
_BAD = re.compile(r"Non-2xx or 3xx responses: (\d+)")
_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


def wrk(port: int, lua: Path, seconds: int, pid: int, connections: int = CONNECTIONS) -> Load:
    """Load one server."""
    before = _ticks(pid)
    command = ["wrk", "-t", "2", "-c", str(connections), "-d", str(seconds), "--latency",
               "--timeout", "60", "-s", str(lua), f"http://127.0.0.1:{port}"]  # fmt: skip
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    used = _ticks(pid) - before
    rate = float(_RATE.search(told)[1])  # type: ignore[index]
    half = _HALF.search(told)
    bad = _BAD.search(told)
    median = float(half[1]) * _MS[half[2]] if half else 0.0
    return Load(rate, median, used / TICK / (rate * seconds) * 1e6, int(bad[1]) if bad else 0)


def _ticks(pid: int) -> int:
    """Processor time of a server's processes and of PostgreSQL's, in ticks, for as long as they live."""
    total = 0
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            if not entry.name.isdigit():
                continue
            name, _sep, rest = (entry / "stat").read_text().rpartition(")")
            fields = rest.split()
            ours = int(fields[2]) == pid or _is_ours(name, entry)
            total += (int(fields[11]) + int(fields[12])) if ours else 0
    return total


def _is_ours(name: str, entry: Path) -> bool:
    return name.endswith("(postgres") and os.readlink(entry / "cwd").startswith(_home())


@cache
def _home() -> str:
    return str(Path(os.environ["SAMVERKA_DATA"]).resolve())


def _heading() -> None:
    print(f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f} at the start\n")
    print("| operation | ratio | goal | peer | requests/s | floor/s | median ms | CPU µs "
          "(floor) | CPU ratio |")  # fmt: skip
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)


def _tell(one: Operation, floors: Sequence[Load], loads: Sequence[Load]) -> None:
    ratio = statistics.median(b.rate / a.rate for a, b in zip(floors, loads, strict=True))
    below, ours = _middle(floors, "rate"), _middle(loads, "rate")
    cpu, least = _middle(loads, "cpu"), _middle(floors, "cpu")
    faults = sum(load.faults for load in loads)
    name = one.name + (f" ({faults} refused!)" if faults else "")
    print(f"| {name} | {ratio:.2f} | {one.goal:g} | {one.peer:g} | {ours:,.0f} | {below:,.0f} | "
          f"{_middle(loads, 'median_ms'):.1f} | {cpu:,.0f} ({least:,.0f}) | {least / cpu:.2f} |",
          flush=True)  # fmt: skip


def _middle(loads: Sequence[Load], what: str) -> float:
    return statistics.median(getattr(load, what) for load in loads)


def _tell_memory(pid: int) -> None:
    """What the largest of the workers has taken, and what the machine was doing."""
    sizes = [_resident(entry) for entry in Path("/proc").iterdir() if _in_group(entry, pid)]
    print(f"\nLargest worker: {max(sizes):.0f} MB; load average {os.getloadavg()[0]:.1f}")


def _in_group(entry: Path, pid: int) -> bool:
    with suppress(OSError, ValueError):
        if entry.name.isdigit():
            return int((entry / "stat").read_text().rpartition(")")[2].split()[2]) == pid
    return False


def _resident(entry: Path) -> float:
    with suppress(OSError):
        found = re.search(r"VmRSS:\s+(\d+) kB", (entry / "status").read_text())
        return int(found[1]) / 1024 if found else 0.0
    return 0.0


if __name__ == "__main__":
    main()
