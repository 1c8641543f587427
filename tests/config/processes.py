"""Starting the command as a process of its own, and looking at what it leaves."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from samverka.config.command.web import RUN

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "samverka.config.command"]
STARTED = 60  # seconds; generous, since the machine may have much else to do


def surroundings(**own: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DATABASE_", "SAMVERKA_"))
    }
    return kept | {"LANG": "sv_SE.UTF-8"} | own


def command(words: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words.split()],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def get(port: int, path: str, **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


def processes_of(folder: Path) -> list[int]:
    """Web processes of a run, and whoever works in its database."""
    mark, found = f"{RUN}={folder}".encode(), []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and mark in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def until_line(process: subprocess.Popen[str], words: str) -> None:
    """Wait for a line of the command."""
    assert process.stdout is not None
    seen = []
    for line in process.stdout:
        seen.append(line)
        if words in line:
            return
    process.communicate()
    raise AssertionError("".join(seen))
