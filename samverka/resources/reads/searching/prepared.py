"""A search's statement on its way to the database: prepared there under its own text.

Two searches alike, the same parameters by the same sort of reader, are one text with other values. To plan it takes
the database ten times as long as to answer it.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from psycopg.errors import QueryCanceled

from samverka.audit.trip import Call, Statement, forget, typed
from samverka.resources.reads.searching.sql import Sql

KEPT: Final = 200
"""Searches that a connection keeps prepared: those that were asked last."""

_asked: WeakKeyDictionary[Any, OrderedDict[str, None]] = WeakKeyDictionary()
"""What has been asked on which connection, the last one last."""


class TooCostly(Exception):
    """The search would take longer than it may."""


def rows(statement: Sql) -> list[tuple[Any, ...]]:
    """What the statement gives.

    Raises:
        TooCostly: it took longer than it may.
    """
    made = _statement(statement.text)
    _keep(made.name)
    try:
        return typed(Call(made, statement.values))
    except OperationalError as problem:
        if isinstance(problem.__cause__, QueryCanceled):
            raise TooCostly from problem
        raise


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
def _statement(text: str) -> Statement:
    """The text with `$1`, `$2` … where it has `%s`, under a name of its own."""
    first, *rest = text.split("%s")
    found = first + "".join(f"${place}{part}" for place, part in enumerate(rest, 1))
    name = blake2b(text.encode(), digest_size=12).hexdigest()
    return Statement(f"samverka_search_{name}", found.replace("%%", "%"))
