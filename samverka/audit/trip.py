"""One way to the database and back for several statements.

An act asks little and often: who asks, what holds, the row, the line in the trail, the end. One at a time, each costs
a way there and back and a plan of its own. Here they go together, prepared once for each connection, on the very
connection and in the very transaction that Django has: it finds the transaction begun, and ended.

A statement is planned once, for all values: whoever begins a transaction says so (`plan_cache_mode`). Left to itself the
database plans those with many parts anew each time, which takes ten times as long as the answer.

Values go as text, as PostgreSQL writes them. The last statement may be `COMMIT`.
"""

from __future__ import annotations

import json
import select
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import pq
from psycopg.adapt import Transformer

Value: TypeAlias = (
    str | int | bool | UUID | datetime | Decimal | bytes | Sequence[str | int | UUID] | None
)
Row: TypeAlias = tuple[str | None, ...]


class Statement(NamedTuple):
    """A statement with `$1`, `$2` … and the name that it is prepared under on each connection."""

    name: str
    sql: str


class Call(NamedTuple):
    """A statement and its values. `typed`: its rows are wanted as values, each column by its type, and not as texts."""

    statement: Statement
    values: Sequence[Value] = ()
    typed: bool = False


BEGIN = Statement("samverka_begin", "BEGIN")
COMMIT = Statement("samverka_commit", "COMMIT")

_OK = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)
_ready: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
"""What has been prepared on which connection."""


def trip(*calls: Call) -> list[list[Any]]:
    """Send them all, in order, and return the rows of each; a transaction is begun where none is.

    Raises:
        DatabaseError: one of them failed. Those after it were not done, and the transaction is to be rolled back.
    """
    django = _connection()
    open_ = django.connection
    sent: Sequence[Call] = calls
    if open_.pgconn.transaction_status == _IDLE and not open_.autocommit:
        sent = (_BEGUN, *calls)
    try:
        if not django.queries_logged:
            found = _sent(open_, sent)
        else:  # for those who count questions: a trip is one
            began = time.monotonic()
            found = _sent(open_, sent)
            sql = "; ".join(one.statement.sql for one in calls)
            took = time.monotonic() - began
            django.queries_log.append({"sql": sql, "time": f"{took:.3f}"})
    except psycopg.Error:
        with django.wrap_database_errors:
            raise
    return found[len(sent) - len(calls) :]


def forget(name: str) -> None:
    """The statement is no longer prepared on this connection."""
    open_ = _connection().connection
    if open_ in _ready and name in _ready[open_]:
        _ready[open_].discard(name)
        trip(Call(Statement("", f"DEALLOCATE {name}")))


def _connection() -> Any:
    django = connections[DEFAULT_DB_ALIAS]
    django.ensure_connection()
    if django.needs_rollback:
        django.validate_no_broken_transaction()
    return django


_BEGUN = Call(BEGIN)
_IDLE = pq.TransactionStatus.IDLE


def _sent(open_: Any, calls: Sequence[Call]) -> list[list[Any]]:
    pgconn = open_.pgconn
    ready = _ready.get(open_)
    if ready is None:
        ready = _ready[open_] = set()
    values = [
        [one if one is None or one.__class__ is bytes else _bytes(one) for one in call.values]
        for call in calls
    ]
    whole = False
    pgconn.enter_pipeline_mode()
    try:
        steps = _send(pgconn, ready, calls, values)
        found, failed = _rows(open_, ready, steps, calls)
        pgconn.exit_pipeline_mode()
        whole = True
    finally:
        if not whole:  # what is still to come would be taken for the answer to something else
            open_.close()
    if failed is not None:
        raise psycopg.errors.error_from_result(failed)
    return found


def _send(
    pgconn: Any, ready: set[str], calls: Sequence[Call], values: Sequence[list[bytes | None]]
) -> list[str]:
    """What comes back, in order: the name of what is prepared, "" for the rows of a statement."""
    steps: list[str] = []
    for call, given in zip(calls, values, strict=True):
        name, sql = call.statement
        encoded = name.encode()
        if not name:  # once, and not kept
            pgconn.send_query_params(sql.encode(), given)
            steps.append("")
            continue
        if name not in ready and name not in steps:
            pgconn.send_prepare(encoded, sql.encode())
            steps.append(name)
        pgconn.send_query_prepared(encoded, given)
        steps.append("")
    pgconn.pipeline_sync()
    return steps


def _rows(
    open_: Any, ready: set[str], steps: Sequence[str], calls: Sequence[Call]
) -> tuple[list[list[Any]], pq.abc.PGresult | None]:
    """The rows of each, and the first failure. All is fetched, so that the connection stays of use."""
    found: list[list[Any]] = []
    failed: pq.abc.PGresult | None = None
    pgconn = open_.pgconn
    _await(pgconn)
    for name in steps:
        result = _result(pgconn)
        if result is None:
            raise psycopg.OperationalError("the connection is lost")
        if result.status not in _OK:
            failed = failed or result
        elif name:
            ready.add(name)
        else:
            found.append(_read(open_, result, calls[len(found)]))
        _result(pgconn)  # each ends with nothing
    _result(pgconn)  # and all of them with a mark
    return found, failed


def _await(pgconn: Any) -> None:
    """Wait for what comes, without holding up the other threads; what is still to be sent goes meanwhile."""
    unsent = pgconn.flush()
    waiting = select.poll()
    waiting.register(pgconn.socket, select.POLLIN | (select.POLLOUT if unsent else 0))
    waiting.poll()
    pgconn.consume_input()


def _result(pgconn: Any) -> Any:
    """The next result."""
    while pgconn.is_busy():
        _await(pgconn)
    return pgconn.get_result()


def _read(open_: Any, result: Any, call: Call) -> list[Any]:
    if not result.ntuples:
        return []
    if not call.typed:
        return _texts(result)
    values = Transformer(open_)
    values.set_pgresult(result)
    return values.load_rows(0, result.ntuples, tuple)


def _texts(result: Any) -> list[Row]:
    value, columns = result.get_value, range(result.nfields)
    return [
        tuple([
            None if (one := value(row, column)) is None else one.decode() for column in columns
        ])
        for row in range(result.ntuples)
    ]  # fmt: skip


def _bytes(value: Value) -> bytes | None:
    match value:
        case None | bytes():
            return value
        case bool():
            return b"t" if value else b"f"
        case list() | tuple():
            found = array(value).encode()
        case str():
            found = value.encode("utf-8", "backslashreplace")
        case _:
            found = str(value).encode()
    if b"\0" in found:  # the driver would end the text there, without a word
        raise psycopg.DataError("PostgreSQL text cannot contain NUL (0x00) bytes")
    return found


def array(values: Iterable[str | int | UUID | datetime | None]) -> str:
    """Values of one sort as PostgreSQL writes an array."""
    return "{" + ",".join(["NULL" if one is None else _quoted(str(one)) for one in values]) + "}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def document(value: Mapping[str, object]) -> str:
    """A value of type jsonb."""
    return json.dumps(value, separators=(",", ":")) if value else "{}"
