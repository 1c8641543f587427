"""The database's knocks: what has happened wakes the house at once, where the clock would have come a little later."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import psycopg
from django.db import connection

from samverka.subscriptions.operations import HAPPENED

log = logging.getLogger("samverka.knocks")

AGAIN = 5.0
"""Seconds before listening again when the database was away."""


def place() -> dict[str, Any]:
    """Where the database is, for a connection of its own that only listens."""
    given = connection.get_connection_params()
    return {
        name: value
        for name, value in given.items()
        if name in ("dbname", "user", "password", "host", "port", "sslmode", "sslrootcert")
    }


def listen(work: Callable[[], object]) -> Event:
    """Do the work each time that something has happened, beside everything else.

    Returns:
        what ends it when it is set.
    """
    over = Event()
    Thread(target=_listen, args=(work, over), daemon=True, name="knocks").start()
    return over


def _listen(work: Callable[[], object], over: Event) -> None:
    while not over.is_set():
        try:
            with psycopg.connect(**place(), autocommit=True) as link:
                link.execute(f"LISTEN {HAPPENED}".encode())
                work()
                while not over.is_set():
                    if any(True for _knock in link.notifies(timeout=AGAIN, stop_after=1)):
                        work()
        except psycopg.Error as fault:
            log.warning("the database does not knock: %s", type(fault).__name__)
            over.wait(AGAIN)
