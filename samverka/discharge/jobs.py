"""What the clock drives: messages that nobody receipts go on; cases of those who have died end; the person is told."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from samverka.access.roles import system_actor
from samverka.discharge.operations import close_dead, tell_who_go_home, watch_copies
from samverka.kernel.actor import Actor

WATCHER = UUID("0f6f3f52-94a1-5b0d-8a1e-3d1c5f0b7e21")
"""Who watches over the way home, in the trail."""

log = logging.getLogger("samverka.discharge")


def run() -> None:
    """Do what the clock asks for now. Doing it twice changes nothing; one fault does not stop the rest."""
    for part in (watch_copies, close_dead, tell_who_go_home):
        _unstopped(part)


def _unstopped(part: Callable[[Actor], int]) -> None:
    try:
        while part(_clock()):
            pass
    except Exception as fault:  # the next beat tries again; words of a fault can name someone
        log.error("%s failed: %s", part.__name__, type(fault).__name__)


def _clock() -> Actor:
    return system_actor(actor_id=WATCHER, name="samverka", at=datetime.now(UTC))
