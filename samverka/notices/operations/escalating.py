"""What the clock does with tasks: what nobody opens in time goes on, and at last to the manager."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import Q

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.county import county_value
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.notices import rules
from samverka.notices.models import Task, UnitSettings
from samverka.notices.operations.keeping import check_clock, publish_tasks, unread_limit, weeks_of

AT_ONCE = 100
"""Tasks sent on in one transaction."""


def send_on_unopened(actor: Actor) -> int:
    """Send on the tasks that nobody has opened in time; returns how many were looked at.

    Run again, or by two at the same time, it sends nothing on twice: each task is locked, and marked in
    the same transaction.
    """
    with act(actor, Action.NOTICE_RUN) as this:
        check_clock(this)
        unread = Task.objects.filter(
            ended_at__isnull=True,
            escalated_at__isnull=True,
            seen_at__isnull=True,
            taken_at__isnull=True,
            escalate_at__lte=actor.at,
        )
        rows = list(unread.select_for_update(skip_locked=True).order_by("escalate_at")[:AT_ONCE])
        if not rows:
            this.unchanged()
            return 0
        _send_on(this, rows)
        this.note_list(rows)
        return len(rows)


def send_on_late(this: Act, *, object_ids: Collection[UUID]) -> frozenset[UUID]:
    """Send on the standing tasks of objects whose time is out, looked at or not; returns whose have gone on.

    Called inside the act of the room that needs an answer, not only an eye: that act leaves the line.
    """
    rows = Task.objects.select_for_update().filter(
        object_id__in=list(object_ids), level=0, ended_at__isnull=True,
        escalate_at__lte=this.actor.at,
    )  # fmt: skip
    found = list(rows.order_by("escalate_at"))
    _send_on(this, [row for row in found if row.escalated_at is None])
    return frozenset(row.object_id for row in found)


def _send_on(this: Act, rows: Sequence[Task]) -> None:
    chains = _chains({row.home_unit_id for row in rows})
    made = []
    ended = []
    for row in rows:
        row.escalated_at = this.actor.at
        row.save(update_fields=["escalated_at"])
        chain = chains.get(row.home_unit_id, (row.home_unit_id,))
        if unit_id := rules.next_in_chain(chain, row.level):
            made.append(_same_task(this, row, unit_id))
        else:
            ended.append(row)
    _give_to_manager(this, ended)
    weeks = weeks_of({row.unit_id for row in made})
    limit = unread_limit(this)
    for row in made:
        week = weeks.get(row.unit_id, rules.ALWAYS)
        row.escalate_at = rules.after_open_time(this.actor.at, limit, week)
        row.save(force_insert=True)
    publish_tasks(this, made)


def _give_to_manager(this: Act, ended: Sequence[Task]) -> None:
    """The chain is at its end: the task stands on the list of the unit's manager, if the county wants so."""
    actor = this.actor
    if not ended or not county_value(Key.NOTICE_MANAGER, local_date(actor.at)):
        return
    asked = Q()
    for row in ended:
        asked |= Q(object_id=row.object_id, key=row.key)
    first = Task.objects.filter(asked, level=0, ended_at__isnull=True)
    first.update(manager_at=actor.at)


def _chains(units: set[UUID]) -> Mapping[UUID, tuple[UUID, ...]]:
    found = UnitSettings.objects.filter(unit_id__in=units)
    return {row.unit_id: rules.chain_of(row.unit_id, row.stand_in_id, row.fallback_id)
            for row in found}  # fmt: skip


def _same_task(this: Act, row: Task, unit_id: UUID) -> Task:
    return Task(
        person_id=row.person_id,
        provider_id=row.provider_id,
        unit_id=unit_id,
        home_unit_id=row.home_unit_id,
        branch=row.branch,
        published=False,
        not_for_patient=row.not_for_patient,
        object_type=row.object_type,
        object_id=row.object_id,
        key=row.key,
        kind=row.kind,
        verb=row.verb,
        address=row.address,
        opened_at=this.actor.at,
        due_at=row.due_at,
        level=row.level + 1,
    )
