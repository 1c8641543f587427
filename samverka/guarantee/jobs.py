"""What the clock drives: a limit comes near or has passed."""

from __future__ import annotations

import logging
from uuid import UUID

from samverka.access.jobs import run_parts
from samverka.guarantee.operations import watch_waits

WATCHER = UUID("4c1f6b7e-9a25-5d84-8d0b-6f2f3f0b9a31")
"""Who watches over the waiting times, in the trail."""

log = logging.getLogger("samverka.guarantee")


def run() -> None:
    """Do what the clock asks for now. Doing it twice changes nothing."""
    run_parts((watch_waits,), watcher=WATCHER, log=log)
