"""A small demo county in processes of its own, as a newcomer would have it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from samverka.config.command.web import sweep
from samverka.config.postgres import server
from tests.config.processes import COMMAND, ROOT, free_port, surroundings, until_line

PEOPLE = "60"


@contextmanager
def demo_county() -> Iterator[str]:
    """The address of a demo county that is up; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="samverka-demo-"))
    folder.chmod(0o711)
    port = free_port()
    process = subprocess.Popen(
        [*COMMAND, "demo", "--no-history", "--people", PEOPLE, "--port", str(port)],
        cwd=ROOT,
        env=surroundings(SAMVERKA_DATA=str(folder / "data")),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        until_line(process, f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()  # a stop in good order waits for browsers that hold their lines open
        process.wait()
        if process.stdout:
            process.stdout.close()
        sweep(folder / "data")
        server.kill_all(folder / "data" / "postgres")
        shutil.rmtree(folder)
