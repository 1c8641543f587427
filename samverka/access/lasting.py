"""How long what is done for one request may last: then the database ends it, and no worker is kept."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar

_until: ContextVar[float | None] = ContextVar("until", default=None)

LEAST = 1
"""Milliseconds: what is left when the time is out. Zero would mean for ever."""


class OutOfTime(Exception):
    """The time is out; nothing more is begun."""


@contextmanager
def lasting(seconds: float) -> Iterator[None]:
    """What is begun inside may last so long, all in all. Zero: as long as it takes.

    Inside another limit the one that ends first holds: a part of a request gets no time that the request has not.
    """
    around = _until.get()
    own = time.monotonic() + seconds if seconds else None
    ends = [one for one in (around, own) if one is not None]
    token = _until.set(min(ends, default=None))
    try:
        yield
    finally:
        _until.reset(token)


def at_most(seconds: float) -> AbstractContextManager[None]:
    """What is begun inside may last so long, or as long as what is round it has left."""
    until = _until.get()
    rest = seconds if until is None else until - time.monotonic()
    return lasting(max(min(seconds, rest), LEAST / 1000))


def left() -> int:
    """Milliseconds that a statement may take now; 0: as many as it takes."""
    until = _until.get()
    return 0 if until is None else max(int((until - time.monotonic()) * 1000), LEAST)


def require() -> None:
    """See that there is time left to begin something: what asks the database little is ended too.

    Raises:
        OutOfTime: there is none.
    """
    until = _until.get()
    if until is not None and time.monotonic() > until:
        raise OutOfTime
