"""Something that moves while one waits: for everything that may take more than two seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import click


class Progress(Protocol):
    """How far something has come."""

    def __call__(self, done: int, total: int) -> None:
        """`done` of `total`, in whatever unit."""


@contextmanager
def bar(label: str) -> Iterator[Progress]:
    """A bar that learns its length with the first call; on something else than a terminal just the label."""
    with click.progressbar(length=1, label=label, width=30, fill_char="█", empty_char="░") as drawn:

        def step(done: int, total: int) -> None:
            drawn.length = max(total, 1)
            drawn.update(min(done, total) - drawn.pos)

        yield step
        step(drawn.length or 1, drawn.length or 1)
