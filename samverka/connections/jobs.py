"""What the clock drives: codes, tokens and clicks that have run out are thrown away."""

from __future__ import annotations

from datetime import UTC, datetime

from samverka.connections.operations import throw_away_old
from samverka.connections.operations.tokens import server_actor


def sweep() -> int:
    """Throw away what has run out; how many rows."""
    return throw_away_old(server_actor(datetime.now(UTC)))
