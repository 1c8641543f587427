"""A stop in good order, whether by Ctrl C, by the system or because the terminal went away."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(BaseException):
    """Asked to stop. Not an `Exception`, so that nobody swallows it."""


@contextmanager
def orderly() -> Iterator[None]:
    """Turn the signals into `Stop`, once: while things are being put away, further ones are not heard."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        deaf()
        raise Stop

    before = {number: signal.signal(number, stop) for number in SIGNALS}
    try:
        yield
    except Stop:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def deaf() -> None:
    """Hear no more signals: the end has begun."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
