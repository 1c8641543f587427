"""One at a time: whoever makes something unless it is there waits for the other; work in the background has one process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction

from samverka.access.lasting import left

_TAKE = "SELECT pg_advisory_lock(hashtextextended(%s, 13))"
_GIVE_BACK = "SELECT pg_advisory_unlock(hashtextextended(%s, 13))"
_KEEP = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 13))"


@contextmanager
def in_turn(name: str) -> Iterator[None]:
    """Look and make without anybody between who looks by the same name.

    Within a transaction the turn lasts until that ends: what is made is seen by nobody before.
    """
    if connection.in_atomic_block:
        hold_turns([name])
        yield
        return
    with transaction.atomic():  # the turn outlives it; the time that may be waited does not
        _ask("SELECT set_config('statement_timeout', %s, true)", str(left()))
        _ask(_TAKE, name)
    try:
        yield
    finally:
        _ask(_GIVE_BACK, name)


@contextmanager
def only_here(name: str) -> Iterator[bool]:
    """Whether no other process does the work by that name; if so, none will until this one is done."""
    free = _ask("SELECT pg_try_advisory_lock(hashtextextended(%s, 11))", name)
    try:
        yield free
    finally:
        if free:
            _ask("SELECT pg_advisory_unlock(hashtextextended(%s, 11))", name)


def hold_turns(names: Sequence[str]) -> None:
    """Take the turns of several until the transaction ends; in one order, so that no two wait for each other."""
    for name in sorted(set(names)):
        _ask(_KEEP, name)


def _ask(question: str, name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, [name])
        return bool(cursor.fetchone()[0])
