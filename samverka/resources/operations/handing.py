"""Pending resources handed to the rooms that want them, those first that others point at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Problem
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.resources.operations import store
from samverka.resources.operations.linked import Reader, content_of
from samverka.resources.operations.resolving import give_persons, resolve
from samverka.resources.rules.lines import Line, Weight
from samverka.resources.rules.order import place_of
from samverka.resources.rules.receiving import Link, Received, Receiver, Registry, Taken
from samverka.resources.rules.status import Status

PAGE = 200
"""Resources in one transaction: the rooms' rows and the shelf's status stand or fall together."""

Say = Callable[[Line], None]


def hand_out(
    actor: Actor,
    source: str,
    registry: Registry,
    say: Say,
    *,
    run_id: UUID,
    up_to: str | None = None,
) -> None:
    """Hand every pending resource to its room.

    Args:
        run_id: the import; what it has changed may be part of what a room has made before.
        up_to: stop after this type: persons first, before what is about them is read at all.
    """
    resolve(actor, source, registry)
    _wake(actor, source, run_id, registry)
    for kind in sorted(registry.receivers, key=place_of):
        if up_to and place_of(kind) > place_of(up_to):
            return
        _hand_out_kind(actor, source, kind, registry.receivers[kind], say)
        if kind == "Patient":
            resolve(actor, source, registry)


def _wake(actor: Actor, source: str, run_id: UUID, registry: Registry) -> None:
    """A part has changed (a goal), so the whole that was made of it (the plan) is handed out again."""
    with act(actor, Action.SHELF_RECEIVE) as this:
        this.require_permission()
        woken = store.execute(
            "UPDATE resources_resource w SET pending = true "
            "FROM resources_reference f, resources_resource p "
            "WHERE w.source = %s AND w.kind = ANY(%s) AND w.handed > 0 AND f.resource_id = w.id "
            "AND p.id = f.target AND p.kind = ANY(%s) AND p.run_id = %s AND w.run_id <> %s",
            [source, list(registry.wholes), list(registry.parts), run_id, run_id],
        )
        this.note_general("Resource", source=source, woken=woken)


def _hand_out_kind(actor: Actor, source: str, kind: str, receiver: Receiver, say: Say) -> None:
    after = UUID(int=0)
    while True:
        with act(actor, Action.SHELF_RECEIVE) as this:
            this.require_permission()
            page = _page(source, kind, after)
            answers = [(one, _hand(actor, one, receiver, say)) for one, _reader in page]
            _remember(answers, actor.at)
            _remember_parts(page, answers)
            this.note_general("Resource", source=source, kind=kind, handed=len(page))
        if len(page) < PAGE:
            return
        after = page[-1][0].id


_PENDING = """
    SELECT r.id, r.key, r.person_id, r.provider_id, r.unit_id, r.branch, r.not_for_patient,
           r.room_id, v.text, f.text
    FROM resources_resource r
    JOIN resources_version v ON v.resource_id = r.id AND v.number = r.version
    LEFT JOIN resources_version f ON f.resource_id = r.id AND f.number = r.handed
    WHERE r.pending AND r.source = %s AND r.kind = %s AND r.id > %s
      AND (r.status <> 'waiting' OR r.kind = 'Patient')
    ORDER BY r.id LIMIT %s FOR UPDATE OF r
"""

_LINKS = """
    SELECT f.resource_id, f.path, f.key, coalesce(t.kind, ''), t.room_id, t.person_id
    FROM resources_reference f LEFT JOIN resources_resource t ON t.id = f.target
    WHERE f.resource_id = ANY(%s)
"""


def _page(source: str, kind: str, after: UUID) -> list[tuple[Received, Reader]]:
    rows = store.fetch(_PENDING, [source, kind, after, PAGE])
    links: dict[UUID, dict[str, Link]] = defaultdict(dict)
    for resource, path, *where in store.fetch(_LINKS, [[row[0] for row in rows]]):
        links[resource][path] = Link(*where)
    return [_received(source, kind, row, links[row[0]]) for row in rows]


def _received(
    source: str, kind: str, row: tuple[Any, ...], links: Mapping[str, Link]
) -> tuple[Received, Reader]:
    one, key, person, provider, unit, branch, not_for_patient, room, text, former = row
    content = content_of(text)
    reader = Reader(one, kind, content, person)
    received = Received(
        id=one,
        source=source,
        key=key,
        kind=kind,
        content=content,
        person_id=person,
        provider_id=provider,
        unit_id=unit,
        branch=branch,
        not_for_patient=not_for_patient,
        room_id=room,
        links=links,
        former=content_of(former) if former else None,
        read=reader.read,
    )
    return received, reader


def _hand(actor: Actor, received: Received, receiver: Receiver, say: Say) -> Taken:
    """One resource in a savepoint of its own: what one room refuses must not undo the others'."""
    try:
        with transaction.atomic():
            taken = receiver(actor, received)
    except Problem as problem:
        path = problem.where if problem.where.startswith(f"{received.kind}.") else ""
        taken = Taken(room_id=received.room_id, kept=_words(problem.message), path=path)
    except Exception as error:  # a fault in a room must not stop the file; the report names it
        message = _("Fel i programmet (%(name)s). Resursen är sparad.", name=type(error).__name__)
        taken = Taken(room_id=received.room_id, kept=message)
    for words in (taken.kept, taken.note):
        if words is not None:
            where = (received.source, received.key, Weight.NOTE, taken.path)
            say(Line(*where, words, kind=received.kind))
    return taken


def _words(message: str) -> Text:
    return message if isinstance(message, Text) else _("%(words)s", words=message)


def _remember(answers: Sequence[tuple[Received, Taken]], at: datetime) -> None:
    """What the rooms answered: the status, the row they made, and for a Patient who it is."""
    if not answers:
        return
    store.execute(
        "UPDATE resources_resource r SET pending = false, handed = r.version, status = u.status, "
        "room_id = u.room, reason = u.reason FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::text[]) "
        "u (id, status, room, reason) WHERE r.id = u.id",
        [
            [one.id for one, _taken in answers],
            [_status(one, taken).value for one, taken in answers],
            [taken.room_id for _one, taken in answers],
            [str(taken.kept or "") for _one, taken in answers],
        ],
    )
    give_persons([(one.id, taken.person_id) for one, taken in answers if taken.person_id], at)


def _remember_parts(
    page: Sequence[tuple[Received, Reader]], answers: Sequence[tuple[Received, Taken]]
) -> None:
    """What a room has read along with a resource has become part of what it made."""
    used = [
        target
        for (_one, reader), (_same, taken) in zip(page, answers, strict=True)
        if taken.kept is None
        for target in reader.used
    ]
    if used:
        store.execute(
            "UPDATE resources_resource SET status = 'received' "
            "WHERE id = ANY(%s) AND status = 'kept' AND person_id IS NOT NULL",
            [used],
        )


def _status(received: Received, taken: Taken) -> Status:
    if received.kind == "Patient" and not (taken.person_id or received.person_id):
        return Status.WAITING
    return Status.RECEIVED if taken.kept is None else Status.KEPT
