"""How every room lets the clock do its work: each part until nothing is left, and none stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from logging import Logger
from typing import Any
from uuid import UUID

from samverka.access.roles import system_actor
from samverka.kernel.actor import Actor

Part = Callable[[Actor], int]
"""Does a piece of the work, and says how much it did."""


def run_parts(parts: Iterable[Part], *, watcher: UUID, log: Logger) -> None:
    """Do each part as long as it finds something to do.

    Args:
        watcher: who does it, in the trail.
        log: told of a part that failed; the others go on, and the next beat tries again.
    """
    for part in parts:
        unstopped(part.__name__, lambda part=part: _done(part, watcher), log)  # type: ignore[misc]


def _done(part: Part, watcher: UUID) -> None:
    while part(clock_actor(watcher)):
        pass


def unstopped(name: str, work: Callable[[], object], log: Logger) -> None:
    """Do it; a fault is told and goes no further. Its words can name someone, so only its kind is told."""
    try:
        work()
    except Exception as fault:
        log.error("%s failed: %s", name, type(fault).__name__)


def clock_actor(watcher: UUID, **place: Any) -> Actor:
    """The clock, as one who acts now; with the place it acts for, where it acts for one unit."""
    return system_actor(actor_id=watcher, name="samverka", at=datetime.now(UTC), **place)
