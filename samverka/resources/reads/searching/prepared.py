"""A search's statement on its way to the database: prepared there under its own text.

Two searches alike, the same parameters by the same sort of reader, are one text with other values. To plan it takes
the database ten times as long as to answer it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from psycopg.errors import QueryCanceled

from samverka.audit.trip import Call, Statement, forget, trip
from samverka.resources.reads.searching.sql import Sql

KEPT: Final = 200
"""Searches that a connection keeps prepared: those that were asked last."""

_asked: WeakKeyDictionary[Any, OrderedDict[str, None]] = WeakKeyDictionary()
"""What has been asked on which connection, the last one last."""


class TooCostly(Exception):
    """The search would take longer than it may."""


@contextmanager
def bounded() -> Iterator[None]:
    """A search's statements are sent.

    Raises:
        TooCostly: one of them took longer than it may.
    """
    try:
        yield
    except OperationalError as problem:
        if isinstance(problem.__cause__, QueryCanceled):
            raise TooCostly from problem
        raise


def rows(statement: Sql) -> list[tuple[Any, ...]]:
    """What the statement gives.

    Raises:
        TooCostly: it took longer than it may.
    """
    with bounded():
        return trip(prepared(statement))[0]


def prepared(statement: Sql) -> Call:
    """The statement, to be sent along with others."""
    made, values = _same_once(statement)
    _keep(made.name)
    return Call(made, values, typed=True)


def _same_once(statement: Sql) -> tuple[Statement, tuple[Any, ...]]:
    """Who asks, and when, stands in the text a hundred times, and is sent once."""
    places: dict[UUID | datetime, int] = {}
    numbers: list[int] = []
    values: list[Any] = []
    for value in statement.values:
        if isinstance(value, UUID | datetime):
            number = places.setdefault(value, len(values) + 1)
            if number <= len(values):
                numbers.append(number)
                continue
        values.append(value)
        numbers.append(len(values))
    return _statement(statement.text, tuple(numbers)), tuple(values)


def _keep(name: str) -> None:
    django = connections[DEFAULT_DB_ALIAS]
    django.ensure_connection()
    asked = _asked.setdefault(django.connection, OrderedDict())
    asked[name] = None
    asked.move_to_end(name)
    if len(asked) > KEPT:
        oldest, _none = asked.popitem(last=False)
        forget(oldest)


@lru_cache(maxsize=2 * KEPT)
def _statement(text: str, numbers: tuple[int, ...]) -> Statement:
    """The text with `$1`, `$2` … where it has `%s`, under a name of its own."""
    first, *rest = text.split("%s")
    parts = (f"${number}{part}" for number, part in zip(numbers, rest, strict=True))
    found = (first + "".join(parts)).replace("%%", "%")
    name = blake2b(found.encode(), digest_size=12).hexdigest()
    return Statement(f"samverka_search_{name}", found)
