"""The outbox to the engagement index: at least once, and the same again changes nothing there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.audit.trip import Call
from samverka.kernel.actor import Actor
from samverka.resources.rules.standing import Stood
from samverka.rivta.models import IndexTask
from samverka.rivta.reads import engagement_of
from samverka.rivta.rules import Engagement, waits

AT_A_TIME = 100
"""Persons in one message."""

_LEASE = timedelta(minutes=5)
"""So long nobody else sends what has been taken."""


def _tasks() -> QuerySet[Any]:
    found: QuerySet[Any] = IndexTask.objects.all()
    return found


def hear_shelf(stood: Sequence[Stood]) -> Sequence[Call]:
    """New plans on the shelf (named by `SAMVERKA_SHELF_INDEXED`); nothing while the county tells no index.

    They are few, so they are written here; nothing is left for the one who asks to send.
    """
    if not settings.SAMVERKA_ENGAGEMENT_INDEX:
        return ()
    told = {one.person_id: one.at for one in stood if one.kind == "CarePlan" and one.person_id}
    if not told:
        return ()
    rows = [IndexTask(person_id=person, at=at) for person, at in told.items()]
    _tasks().bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person_id"],
        update_fields=["at", "tries", "due_at"],
    )
    return ()


@dataclass(frozen=True, slots=True)
class Told:
    """What was taken to be sent: the rows as they were, and the lines that they become."""

    rows: tuple[tuple[int, datetime], ...]
    lines: tuple[Engagement, ...]


def take_index_tasks(actor: Actor) -> Told:
    """Take what is due. What there is nothing to tell of is done with."""
    with act(actor, Action.INDEX_TELL) as this:
        this.require_system()
        due = Q(due_at__isnull=True) | Q(due_at__lte=actor.at)
        found = _tasks().filter(due).select_for_update(skip_locked=True).order_by("id")
        rows = list(found[:AT_A_TIME])
        lines: list[Engagement] = []
        kept: list[tuple[int, datetime]] = []
        for row in rows:
            line = engagement_of(this, row.person_id)
            if line is None:
                row.delete()
                continue
            lines.append(line)
            kept.append((row.id, row.at))
            this.note_person(row.person_id, "IndexTask")
        _tasks().filter(id__in=[key for key, _at in kept]).update(due_at=actor.at + _LEASE)
        this.note_general("IndexTask", taken=len(kept))
        return Told(tuple(kept), tuple(lines))


def note_sent(actor: Actor, *, rows: Sequence[tuple[int, datetime]]) -> int:
    """The index has taken them; what has changed since is told again. Returns how many are done with."""
    with act(actor, Action.INDEX_TELL) as this:
        this.require_system()
        done = 0
        for key, at in rows:
            done += _tasks().filter(id=key, at=at).delete()[0]
        this.note_general("IndexTask", sent=done)
        return done


def note_untaken(actor: Actor, *, rows: Sequence[tuple[int, datetime]]) -> int:
    """The index did not take them: each is tried again, later each time. Returns how many."""
    with act(actor, Action.INDEX_TELL) as this:
        this.require_system()
        found = list(_tasks().filter(id__in=[key for key, _at in rows]))
        for row in found:
            row.tries += 1
            row.due_at = actor.at + waits(row.tries)
            row.save(update_fields=["tries", "due_at"])
        this.note_general("IndexTask", untaken=len(found))
        return len(found)
