"""What the clock drives: days come near, handings over are due, staff leave."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from samverka.access.roles import system_actor
from samverka.careplans.operations import (
    remind_calls,
    settle_rested,
    watch_contacts,
    watch_hand_overs,
    watch_plans,
)
from samverka.kernel.actor import Actor

WATCHER = UUID("b8f4f3a6-2f0e-5a55-9d0e-5c7b0a6f2d11")
"""Who watches over the plans, in the trail."""

log = logging.getLogger("samverka.careplans")


def run() -> None:
    """Do what the clock asks for now. Doing it twice changes nothing; one fault does not stop the rest."""
    for part in (watch_hand_overs, watch_contacts, watch_plans):
        _unstopped(part)


def run_meetings() -> None:
    """What goes by the minute: texts that have rested become versions; calls without an answer."""
    for part in (settle_rested, remind_calls):
        _unstopped(part)


def _unstopped(part: Callable[[Actor], int]) -> None:
    try:
        while part(_clock()):
            pass
    except Exception as fault:  # the next beat tries again; words of a fault can name someone
        log.error("%s failed: %s", part.__name__, type(fault).__name__)


def _clock() -> Actor:
    return system_actor(actor_id=WATCHER, name="samverka", at=datetime.now(UTC))
