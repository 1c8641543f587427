"""The web server's process: granian with threads, and what a killed run may have left behind."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path

from samverka.config.command.language import words as _
from samverka.kernel.problems import Problem

READY = "/halsa/redo"
READY_SECONDS = 60
STOP_SECONDS = 15
# Not for the web: it must not be able to alter tables.
WITHHELD = ("DATABASE_OWNER_URL", "DATABASE_ROOT_URL")
# Every process of a run carries the run's folder under this name, so that a later run finds what is left.
RUN = "SAMVERKA_RUN"


class Web:
    """The server on one port.

    Args:
        run: the folder that names this run.
        host, port: where to listen.
        workers, threads: processes, and threads in each.
    """

    def __init__(
        self, run: Path, host: str, port: int, *, workers: int = 2, threads: int = 4
    ) -> None:
        self.run = run
        self.host = host
        self.port = port
        self.workers = workers
        self.threads = threads
        self._child: subprocess.Popen[bytes] | None = None
        self._ready = False

    @property
    def address(self) -> str:
        """What to type in the browser."""
        return f"http://{self.host}:{self.port}/"

    def start(self) -> None:
        """Start, and return when it says that it is ready.

        Raises:
            Problem: the port is taken, or the server gave up.
        """
        check_port(self.host, self.port)
        environment = {name: value for name, value in os.environ.items() if name not in WITHHELD}
        environment[RUN] = str(self.run)
        environment["SAMVERKA_WORKERS"] = str(self.workers)
        self._child = subprocess.Popen(
            self._command(), env=environment, stdin=subprocess.DEVNULL, start_new_session=True
        )
        end = time.monotonic() + READY_SECONDS
        while not self._answers():
            if not self.alive() or time.monotonic() > end:
                raise Problem(_("Webbservern startade inte. Orsaken står ovanför."))
            time.sleep(0.1)
        self._ready = True

    def alive(self) -> bool:
        """Whether the server's main process is there."""
        return self._child is not None and self._child.poll() is None

    def stop(self) -> None:
        """Let requests finish, then end; workers included."""
        if self._child is None:
            return
        if (
            self._ready
        ):  # before that there is no request to finish, and it does not listen to signals
            self._child.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._child.wait(STOP_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)
        self._child.wait()
        self._child = None

    def _command(self) -> list[str]:
        where = ["--host", self.host, "--port", str(self.port)]
        size = ["--workers", str(self.workers), "--blocking-threads", str(self.threads)]
        how = [
            "--interface",
            "wsgi",
            "--no-ws",
            "--log-level",
            "warning",
            "--respawn-failed-workers",
        ]
        return [
            sys.executable,
            "-m",
            "granian",
            *how,
            *where,
            *size,
            "samverka.config.wsgi:application",
        ]

    def _answers(self) -> bool:
        """Whether it says that it is ready: pages and database both."""
        host = os.environ.get("SAMVERKA_HOSTS", "").partition(",")[0] or self.host
        connection = http.client.HTTPConnection(self.host, self.port, timeout=READY_SECONDS)
        try:
            connection.request("GET", READY, headers={"Host": host})
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def check_port(host: str, port: int) -> None:
    """Stop with a sentence if the port is taken.

    Raises:
        Problem: something listens there.
    """
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as problem:
            raise Problem(
                _(
                    "Porten %(port)s på %(host)s går inte att använda (%(why)s).",
                    port=port,
                    host=host,
                    why=problem.strerror,
                ),
                mend=_(
                    "Välj en annan, till exempel --port %(port)s (make demo PORT=%(port)s).",
                    port=port + 1,
                ),
            ) from None


def free_beside(host: str, port: int) -> int:
    """The port after this one, or another that is free."""
    for wanted in (port + 1, 0):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((host, wanted))
            except (OSError, OverflowError):
                continue
            return int(trial.getsockname()[1])
    return port + 1


def sweep(run: Path) -> None:
    """End the web processes that a killed run of the same folder left behind."""
    for order in (signal.SIGTERM, signal.SIGKILL):
        end = time.monotonic() + 5
        while left := _left(run):
            for pid in left:
                with suppress(ProcessLookupError):
                    os.kill(pid, order)
            if time.monotonic() > end:
                break
            time.sleep(0.1)


def _left(run: Path) -> list[int]:
    mark = f"{RUN}={run}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if entry.name.isdigit() and mark in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
    return found


class Sockets(Web):
    """The server of sockets, beside the pages, on a port of its own."""

    def _command(self) -> list[str]:
        how = ["--interface", "asgi", "--ws", "--log-level", "warning", "--respawn-failed-workers"]
        where = ["--host", self.host, "--port", str(self.port), "--workers", "1"]
        return [
            sys.executable,
            "-m",
            "granian",
            *how,
            *where,
            "samverka.config.sockets:application",
        ]

    def _answers(self) -> bool:
        """Whether it listens."""
        try:
            with socket.create_connection((self.host, self.port), timeout=1):
                return True
        except OSError:
            return False
