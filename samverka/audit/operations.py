"""Writing of the trail and its seal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

import msgspec
from django.conf import settings
from django.db import connection, transaction

from samverka.audit import rules
from samverka.audit.models import Batch, Event, Leaf
from samverka.audit.rules import Line
from samverka.audit.trip import COMMIT, Call, Statement, array, document, trip

SEALER_LOCK = 5_390_011
"""Key of the database's advisory lock: one sealer at a time."""

BATCH_LIMIT = 5_000
"""Lines a batch holds at most: keeps memory flat after a large import."""


_COLUMNS = tuple(name for name in Line.__dataclass_fields__ if name not in ("object_ids", "detail"))
_ALL = (*_COLUMNS, "object_ids", "detail")
_INSERT = Statement(
    "samverka_line",
    f"INSERT INTO audit_event ({', '.join(_ALL)}) "  # noqa: S608 (names from our own dataclass)
    f"VALUES ({', '.join(f'${place}' for place in range(1, len(_ALL) + 1))})",
)
_plain = attrgetter(*_COLUMNS)


def write_lines(
    lines: Iterable[Line],
    *,
    along: Sequence[Call] = (),
    last: bool = False,
    soon: bool = False,
) -> None:
    """Add lines to the trail at one go, in the transaction that is going on.

    Plain SQL without RETURNING: a refused reader may write the line about the refusal, but row
    security rightly does not let that reader read it back.

    Args:
        along: what is written before them, in the same way to the database.
        last: nothing more is to be done: the transaction ends in the same way to the database.
        soon: nothing but the lines is written: they need not be on the disk before the answer is given (docs/adr/0023).
    """
    end = _SOON if soon and not settings.SAMVERKA_READS_WAIT else _NOW
    calls = [*along, *_calls(list(lines))]
    for first in range(0, len(calls), _AT_ONCE):
        part = calls[first : first + _AT_ONCE]
        ends = last and first + _AT_ONCE >= len(calls)
        trip(*part, *(end if ends else ()))


_AT_ONCE = 200
"""Lines in one way to the database: more would wait for each other's answers."""

_NOW: Sequence[Call] = (Call(COMMIT),)
_SOON: Sequence[Call] = (
    Call(Statement("samverka_soon", "SET LOCAL synchronous_commit TO off")),
    *_NOW,
)


def _calls(lines: Sequence[Line]) -> list[Call]:
    """One statement for each line, or for many at a time: each costs as much as several lines."""
    if len(lines) < _MANY:
        return [_call(line) for line in lines]
    parts = (lines[first : first + _AT_ONCE] for first in range(0, len(lines), _AT_ONCE))
    return [
        Call(_INSERT_MANY, (msgspec.json.encode(part, enc_hook=_as_json).decode(),))
        for part in parts
    ]


def _as_json(value: object) -> object:
    """What is a text, a number or an object of a sort of its own."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError(f"The trail has no {type(value).__name__} in it.")


_MANY = 5
_INSERT_MANY = Statement(
    "samverka_lines",
    f"INSERT INTO audit_event ({', '.join(_ALL)}) "  # noqa: S608 (as above)
    f"SELECT {', '.join(_ALL)} FROM json_populate_recordset(NULL::audit_event, $1)",
)


def _call(line: Line) -> Call:
    return Call(_INSERT, (*_plain(line), array(line.object_ids), document(line.detail)))


def seal_batch(*, at: datetime, sign: Callable[[str], str] | None = None) -> int:
    """Seal all visible lines that are not sealed yet, at most `BATCH_LIMIT`; returns how many.

    A line that commits late simply falls into a later batch, so the chain never forks.
    `sign` maps a root (hex) to a signature (hex).
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALER_LOCK])
        events = list(_unsealed())
        if not events:
            return 0
        last = Batch.objects.order_by("-number").first()
        _write_batch(events, last, at, sign)
    return len(events)


def _unsealed() -> Iterable[Event]:
    return Event.objects.raw(
        "SELECT e.* FROM audit_event e LEFT JOIN audit_leaf l ON l.event_id = e.id "
        "WHERE l.event_id IS NULL ORDER BY e.id LIMIT %s",
        [BATCH_LIMIT],
    )


def _write_batch(
    events: list[Event], last: Batch | None, at: datetime, sign: Callable[[str], str] | None
) -> None:
    number = last.number + 1 if last else 1
    previous = last.root if last else rules.GENESIS
    leaves = [rules.leaf(event.id, event.line()) for event in events]
    root = rules.root(previous, leaves)
    Batch.objects.create(
        number=number,
        sealed_at=at,
        count=len(events),
        previous=previous,
        root=root,
        signature=sign(root) if sign else "",
    )
    Leaf.objects.bulk_create(
        Leaf(event_id=event.id, batch_number=number, hash=one)
        for event, one in zip(events, leaves, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of the whole chain found; `faults` empty means that it is whole."""

    lines: int
    batches: int
    unsealed: int
    faults: tuple[str, ...]


def verify_chain(
    *,
    check_signature: Callable[[str, str], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Verification:
    """Recompute every hash. Finds changed, removed and inserted lines and broken links."""
    faults: list[str] = []
    previous, lines, expected = rules.GENESIS, 0, 1
    total = Batch.objects.count()
    for batch in Batch.objects.order_by("number").iterator():
        faults += _batch_faults(batch, previous, expected, check_signature)
        previous, expected, lines = batch.root, batch.number + 1, lines + batch.count
        if progress:
            progress(expected - 1, total)
    unsealed = Event.objects.count() - Leaf.objects.count()
    if unsealed < 0:
        faults.append(f"{-unsealed} sealed lines are missing from the trail")
    return Verification(lines, total, max(unsealed, 0), tuple(faults))


def _batch_faults(
    batch: Batch,
    previous: str,
    expected: int,
    check_signature: Callable[[str, str], bool] | None,
) -> list[str]:
    found = []
    if batch.number != expected:
        found.append(f"batch {expected} is missing")
    if batch.previous != previous:
        found.append(f"batch {batch.number} does not follow the batch before")
    leaves = list(Leaf.objects.filter(batch_number=batch.number).order_by("event_id"))
    if rules.root(batch.previous, (leaf.hash for leaf in leaves)) != batch.root:
        found.append(f"batch {batch.number} does not give its root")
    if check_signature and not check_signature(batch.root, batch.signature):
        found.append(f"batch {batch.number} has a wrong signature")
    return found + _line_faults(leaves)


def _line_faults(leaves: list[Leaf]) -> list[str]:
    events = Event.objects.in_bulk([leaf.event_id for leaf in leaves])
    found = []
    for leaf in leaves:
        event = events.get(leaf.event_id)
        if event is None:
            found.append(f"line {leaf.event_id} has been removed")
        elif rules.leaf(event.id, event.line()) != leaf.hash:
            found.append(f"line {leaf.event_id} has been changed")
    return found
