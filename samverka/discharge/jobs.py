"""What the clock drives: messages that nobody receipts go on; cases of those who have died end; the person is told."""

from __future__ import annotations

import logging
from uuid import UUID

from samverka.access.jobs import run_parts
from samverka.discharge.operations import close_dead, tell_who_go_home, watch_copies

WATCHER = UUID("0f6f3f52-94a1-5b0d-8a1e-3d1c5f0b7e21")
"""Who watches over the way home, in the trail."""

log = logging.getLogger("samverka.discharge")


def run() -> None:
    """Do what the clock asks for now. Doing it twice changes nothing; one fault does not stop the rest."""
    run_parts((watch_copies, close_dead, tell_who_go_home), watcher=WATCHER, log=log)
