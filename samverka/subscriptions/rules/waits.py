"""When to try again. Time is an argument."""

from __future__ import annotations

from datetime import timedelta

WAITS: tuple[timedelta, ...] = (
    timedelta(minutes=1),
    timedelta(minutes=2),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=8),
    timedelta(hours=24),
)
"""After each failure, how long nothing is tried. After the last one a person has to look: a day and a half."""

LEASE = timedelta(minutes=2)
"""One who has taken a notice to send it has so long; after that it is taken to have been lost, and sent again."""

LONGEST_ANSWER = timedelta(seconds=30)
"""The receiver's answer is never waited for longer, whatever it asks for."""

TOKEN_LASTS = timedelta(minutes=30)
"""A token for a socket is good for so long."""

KEPT = timedelta(days=30)
"""What has been told can be asked for again for so long (`$events`)."""


def wait_after(failures: int) -> timedelta | None:
    """How long to wait after so many failures in a row; None when it is not tried any more."""
    return WAITS[failures - 1] if 0 < failures <= len(WAITS) else None
