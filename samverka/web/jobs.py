"""What the clock drives: unsent words do not stay."""

from __future__ import annotations

from datetime import UTC, datetime

from samverka.kernel.actor import Actor, ActorKind, Purpose, Side
from samverka.web.operations import sweep_drafts
from samverka.web.rules import SWEEPER


def sweep() -> int:
    """Throw away what has been kept long enough; returns how many."""
    sweeper = Actor(
        kind=ActorKind.SYSTEM,
        id=SWEEPER,
        name="samverka",
        at=datetime.now(UTC),
        side=Side.SYSTEM,
        purpose=Purpose.SYSTEM,
    )
    return sweep_drafts(sweeper)
