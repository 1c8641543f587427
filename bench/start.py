"""How long a newcomer waits: install, first start with the whole county, a later start.

    python bench/start.py                 2,000 people, as `make demo`
    python bench/start.py --people 20     only to see that it works

The claim: the first start takes under two minutes (packages already fetched once on this machine), a later one
under ten seconds. Works on a copy of what is committed, in a folder of its own. Prints a table.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST, LATER = 120.0, 10.0


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--people", type=int, default=2000)
    people = asked.parse_args().people
    folder = Path(tempfile.mkdtemp(prefix="samverka-bench-"))
    folder.chmod(0o711)
    try:
        project = folder / "samverka"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(project)], check=True)
        install = seconds(
            lambda: subprocess.run(["make", "--silent", "runtime"], cwd=project, check=True)
        )
        first, later = start(project, people), start(project, people)
        show(install, first, later)
    finally:
        shutil.rmtree(folder)


def start(project: Path, people: int) -> float:
    """Seconds from the command to the address; stops it again."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    begun = time.monotonic()
    demo = subprocess.Popen(
        ["make", "--silent", "demo", f"PEOPLE={people}", f"PORT={port}"],
        cwd=project,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert demo.stdout is not None
    for line in demo.stdout:
        if f":{port}/" in line:
            break
    else:
        raise SystemExit("The demo ended without an address.")
    took = time.monotonic() - begun
    os.killpg(demo.pid, signal.SIGINT)  # as Ctrl C does
    demo.communicate()
    return took


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def show(install: float, first: float, later: float) -> None:
    """The table, with the share of what was promised."""
    print("| what | seconds | promised | share |")
    print("| --- | ---: | ---: | ---: |")
    print(f"| install | {install:.1f} |  |  |")
    print(
        f"| install and first start | {install + first:.1f} | {FIRST:.0f} | {(install + first) / FIRST:.2f} |"
    )
    print(f"| later start | {later:.1f} | {LATER:.0f} | {later / LATER:.2f} |")


if __name__ == "__main__":
    main()
