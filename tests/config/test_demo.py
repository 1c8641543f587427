"""`make demo` as a newcomer meets it: one address, goes on after anything, leaves nothing running."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from samverka.config.postgres import server
from tests.config.processes import (
    COMMAND,
    ROOT,
    command,
    free_port,
    get,
    processes_of,
    surroundings,
    until_line,
)

PEOPLE = "20"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="samverka-demo-"))
    made.chmod(0o711)
    yield made
    server.kill_all(made / "data" / "postgres")
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def environment(folder: Path) -> dict[str, str]:
    return surroundings(SAMVERKA_DATA=str(folder / "data"))


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


def start(environment: dict[str, str], port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, "demo", "--no-history", "--people", PEOPLE, "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def end(process: subprocess.Popen[str]) -> None:
    """Kill it hard. Not `communicate`: the web server that is left behind keeps the pipe open."""
    process.kill()
    process.wait()
    if process.stdout:
        process.stdout.close()


@pytest.fixture(scope="module")
def demo(environment: dict[str, str], port: int) -> Iterator[subprocess.Popen[str]]:
    """The demo, running after its first start."""
    process = start(environment, port)
    until_line(process, f"http://127.0.0.1:{port}/")
    yield process
    end(process)


def test_the_first_start_ends_in_an_address_that_answers(demo, port):
    assert get(port, "/").status in (200, 302)


def test_a_second_one_is_told_that_it_runs(demo, environment, port):
    done = command(f"demo --port {port}", environment)
    assert done.returncode == 1
    assert str(demo.pid) in done.stderr


def test_it_is_not_reset_while_it_runs(demo, environment, port):
    assert command("reset --yes", environment).returncode == 1
    assert get(port, "/").status in (200, 302)


def test_after_a_kill_it_starts_again_on_the_same_port_and_stops_in_good_order(
    demo, environment, port, folder
):
    home = folder / "data"
    end(demo)
    assert processes_of(home), "the web server was to be left behind"

    again = start(environment, port)
    until_line(again, f"http://127.0.0.1:{port}/")
    assert get(port, "/").status in (200, 302)
    again.send_signal(signal.SIGINT)
    again.communicate(timeout=60)
    assert again.returncode == 0
    assert processes_of(home) == []
    assert not (home / "postgres" / "postmaster.pid").exists()


def test_reset_leaves_nothing_of_the_county(demo, environment, folder):
    end(demo)
    assert command("reset --yes", environment).returncode == 0
    assert sorted(os.listdir(folder / "data")) == ["lock", "samverka-data.json"]
