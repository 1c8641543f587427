"""The server process: start, ready, stop; and what is left of one that was killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import psycopg

from samverka.config.postgres.places import Place
from samverka.config.postgres.problems import DatabaseProblem
from samverka.config.postgres.programs import ENVIRONMENT, Programs
from samverka.kernel.text import text as _

START_SECONDS = 300  # recovery after a crash reads the log through; a large one takes minutes
LINGER_SECONDS = 60  # killed processes of a former run may take seconds to leave
STOP_SECONDS = 60
PAUSE = 0.05
LOG_BYTES = 10_000_000

SETTINGS = {
    "listen_addresses": "",  # no network at all
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "max_wal_size": "1GB",
    "wal_writer_delay": "10ms",  # so long what need not wait may be under way to the disk, three times over
    "jit": "off",  # costs more than it gives on short queries
    # A log line must not hold what a patient's row holds: no statement, no parameter, no DETAIL.
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
# For tests only: what a crash would lose is thrown away anyway.
HASTY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
}


class Server:
    """One server over one cluster folder, ours or found running."""

    def __init__(
        self,
        place: Place,
        programs: Programs,
        socket_dir: Path,
        root_url: str,
        *,
        hasty: bool = False,
    ):
        self.place = place
        self.programs = programs
        self.socket_dir = socket_dir
        self.root_url = root_url
        self.hasty = hasty
        self.settings = SETTINGS | (HASTY if hasty else {})
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, or take over one that answers; return when a real connection has been made.

        Raises:
            DatabaseProblem: it did not come up; the sentence quotes the server's last words.
        """
        if self.answers():
            return
        lingering = time.monotonic() + LINGER_SECONDS
        while not self._came_up():
            if time.monotonic() > lingering:
                raise DatabaseProblem(
                    _("Databasen startade inte: %(words)s", words=self._last_words()),
                    mend=_("Hela loggen finns i %(path)s.", path=self.place.log),
                )
            self._sweep()
            time.sleep(1)

    def answers(self) -> bool:
        """Whether a connection can be made now, to this very folder."""
        try:
            with psycopg.connect(self.root_url, connect_timeout=5) as connection:
                row = connection.execute("SHOW data_directory").fetchone()
        except psycopg.OperationalError:
            return False
        return row is not None and Path(row[0]) == self.place.cluster

    def alive(self) -> bool:
        """Whether the server's process is there."""
        return self.child.poll() is None if self.child else self._pid() is not None

    def stop(self) -> None:
        """Stop in good order; sessions are cut, nothing acknowledged is lost."""
        for order in (signal.SIGINT, signal.SIGQUIT):  # "fast", then "immediate"
            if self._sent(order) and self._gone_within(STOP_SECONDS):
                break
        self.child = None

    def _came_up(self) -> bool:
        """One try. False if the server went away again before it answered."""
        self.child = self._spawn()
        for _tick in _ticks(START_SECONDS):
            if self.answers():
                return True
            if self.child.poll() is not None:
                return False
        self.stop()
        return False

    def _spawn(self) -> subprocess.Popen[bytes]:
        flags = [
            part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")
        ]
        command = [
            *self._tied(),
            str(self.programs.postgres),
            "-D",
            str(self.place.cluster),
            "-k",
            str(self.socket_dir),
            *flags,
        ]
        with self._log() as log:
            return subprocess.Popen(
                command,
                cwd=self.place.cluster,
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl C in the terminal reaches us, and we stop it last
                **self.programs.account.popen(),
            )

    def _tied(self) -> list[str]:
        """A server for tests goes when its starter goes, also when that was killed."""
        setpriv = shutil.which("setpriv", path=ENVIRONMENT["PATH"])
        return [setpriv, "--pdeathsig", "QUIT", "--"] if self.hasty and setpriv else []

    def _log(self) -> BinaryIO:
        with suppress(FileNotFoundError):
            if self.place.log.stat().st_size > LOG_BYTES:
                self.place.log.replace(self.place.log.with_suffix(".log.1"))
        opened = self.place.log.open("ab")
        self.place.log.chmod(0o600)
        return opened

    def _last_words(self) -> str:
        lines = self.place.log.read_text(errors="replace").splitlines()
        return " / ".join(line.partition("]: ")[2] or line for line in lines[-3:])

    def _pid(self) -> int | None:
        """The main process by its pid file, if it lives."""
        with suppress(FileNotFoundError, ValueError, IndexError):
            pid = int((self.place.cluster / "postmaster.pid").read_text().splitlines()[0])
            return pid if pid in _living(self.place.cluster) else None
        return None

    def _sent(self, order: signal.Signals) -> bool:
        pid = self.child.pid if self.child else self._pid()
        if pid is None or not self.alive():
            return False
        with suppress(ProcessLookupError):
            os.kill(pid, order)
        return True

    def _gone_within(self, seconds: float) -> bool:
        return any(not self.alive() for _tick in _ticks(seconds))

    def _sweep(self) -> None:
        """Take away the pid files of a killed server, once none of its processes lives.

        A killed process may stay in the process table as a zombie for as long as its parent likes, and the
        server takes the number in its pid file for a living colleague. We look at who stands in the folder.
        """
        if _living(self.place.cluster):
            return
        (self.place.cluster / "postmaster.pid").unlink(missing_ok=True)
        (self.socket_dir / ".s.PGSQL.5432.lock").unlink(missing_ok=True)


def kill_all(cluster: Path) -> None:
    """End every process that works in `cluster`, at once: for a folder that is to be thrown away."""
    for _tick in _ticks(STOP_SECONDS):
        left = _living(cluster)
        if not left:
            return
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _ticks(seconds: float) -> Iterator[float]:
    """The clock, often, until `seconds` have gone."""
    end = time.monotonic() + seconds
    while (now := time.monotonic()) < end:
        yield now
        time.sleep(PAUSE)


def _living(cluster: Path) -> set[int]:
    """The processes that work in `cluster`. Every PostgreSQL process does; a zombie works nowhere."""
    found = set()
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if entry.name.isdigit() and (entry / "cwd").readlink() == cluster:
                found.add(int(entry.name))
    return found
