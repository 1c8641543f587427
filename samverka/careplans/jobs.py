"""What the clock drives: days come near, handings over are due, staff leave."""

from __future__ import annotations

import logging
from uuid import UUID

from samverka.access.jobs import run_parts
from samverka.careplans.operations import (
    remind_calls,
    settle_rested,
    watch_contacts,
    watch_hand_overs,
    watch_plans,
)

WATCHER = UUID("b8f4f3a6-2f0e-5a55-9d0e-5c7b0a6f2d11")
"""Who watches over the plans, in the trail."""

log = logging.getLogger("samverka.careplans")


def run() -> None:
    """Do what the clock asks for now. Doing it twice changes nothing; one fault does not stop the rest."""
    run_parts((watch_hand_overs, watch_contacts, watch_plans), watcher=WATCHER, log=log)


def run_meetings() -> None:
    """What goes by the minute: texts that have rested become versions; calls without an answer."""
    run_parts((settle_rested, remind_calls), watcher=WATCHER, log=log)
