"""One user of a data folder at a time; the kernel lets go of the lock when its holder dies."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from samverka.config.postgres.problems import AlreadyRunning
from samverka.kernel.text import text as _


class Lock:
    """A lock file that knows who holds it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    def take(self) -> None:
        """Take the lock and write our process number in it.

        Raises:
            AlreadyRunning: someone has it.
        """
        if self._file is not None:
            raise AlreadyRunning(_("Databasen är redan startad av samma program."))
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(file, 20).decode().strip() or "?"
            os.close(file)
            raise AlreadyRunning(
                _(
                    "Samverka körs redan på %(path)s (process %(pid)s).",
                    path=self.path.parent,
                    pid=holder,
                )
            ) from None
        os.truncate(file, 0)
        os.write(file, f"{os.getpid()}\n".encode())
        self._file = file

    def release(self) -> None:
        """Let go; without effect if we do not have it."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def held_by_other(self) -> bool:
        """Whether another process has the lock now."""
        if self._file is not None or not self.path.exists():
            return False
        file = os.open(self.path, os.O_RDWR)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        else:
            return False
        finally:
            os.close(file)
