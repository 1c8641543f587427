"""One writer at a time. The lock is the operating system's: a process that dies lets it go."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from samverka.indicators.warehouse.places import LOCK
from samverka.kernel.problems import NotNow
from samverka.kernel.text import text as _


@contextmanager
def alone(folder: Path, by: str) -> Iterator[None]:
    """Hold the warehouse while writing to it.

    Args:
        by: what is being done, for whoever comes second: "samverka warehouse export".

    Raises:
        NotNow: someone else is writing.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            raise _taken(file.read()) from fault
        file.truncate(0)
        file.write(f"{by} ({os.getpid()})")
        file.flush()
        yield
        file.seek(0)
        file.truncate(0)


def _taken(by: str) -> NotNow:
    return NotNow(
        _("Någon annan skriver till faktalagret just nu: %(by)s.", by=by or "?"),
        mend=_("Inget har ändrats. Vänta tills den är klar och kör sedan igen."),
    )
