"""What other rooms call inside their own acts: keep an object's tasks as they should be, tell the person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from samverka.access.act import Act
from samverka.access.county import county_value
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.kernel.actor import ActorKind
from samverka.kernel.calendar import local_date, start_of_day
from samverka.kernel.parameters import Key
from samverka.kernel.problems import NotAllowed
from samverka.kernel.text import Text
from samverka.notices import fhir, rules
from samverka.notices.models import News, Task, UnitSettings
from samverka.notices.reads import task_detail, units_of
from samverka.notices.rules import About, TaskStatus, TaskWanted, Week


def keep_tasks(this: Act, *, about: About, wanted: Sequence[TaskWanted]) -> None:
    """Let the tasks about one object be those that the rules now want: new, changed and gone.

    Called inside the act that changes the object: that act has passed the gate on it and leaves the
    line in the trail. Who may see a task is asked when it is shown.
    """
    rows = list(Task.objects.filter(object_id=about.object_id).order_by("level"))
    found = rules.reconcile([_standing(row) for row in rows], wanted)
    by_id = {row.id: row for row in rows}
    changed = _close(this, [by_id[one] for one in found.gone])
    for task_id, one in found.kept:
        changed += _bring_up_to_date(this, by_id[task_id], about, one)
    changed += _open(this, about, found.new)
    publish_tasks(this, changed)


def _standing(row: Task) -> rules.Standing:
    return rules.Standing(row.id, row.key, TaskStatus(row.status), row.due_at)


def _close(this: Act, rows: Sequence[Task]) -> list[Task]:
    """What the unit itself has done, without going by its list, counts as opened."""
    actor = this.actor
    for row in rows:
        if row.unit_id == actor.unit_id and row.seen_at is None:
            row.seen_at, row.seen_by = actor.at, actor.name
        row.status, row.ended_at, row.before = TaskStatus.CLOSED.value, actor.at, {}
        row.save()
    return list(rows)


def _bring_up_to_date(this: Act, row: Task, about: About, one: TaskWanted) -> list[Task]:
    """What is asked can change while the task stands; a unit that it was handed to keeps it."""
    if row.home_unit_id != one.unit_id:
        closed = _close(this, [row])
        return closed + (_open(this, about, [one]) if row.level == 0 else [])
    values: dict[str, Any] = {
        "verb": rules.stored(one.verb),
        "due_at": one.due_at,
        "address": about.address,
        "kind": one.kind.value,
        "not_for_patient": about.not_for_patient,
    }
    if all(getattr(row, name) == value for name, value in values.items()):
        return []
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return [row]


def _open(this: Act, about: About, wanted: Sequence[TaskWanted]) -> list[Task]:
    if not wanted:
        return []
    units = units_of(one.unit_id for one in wanted)
    weeks = weeks_of({one.unit_id for one in wanted})
    made = []
    for one in wanted:
        row = _new_task(this, about, one, weeks.get(one.unit_id, rules.ALWAYS))
        row.branch = units[one.unit_id].branch.value
        row.save(force_insert=True)
        made.append(row)
    return made


def publish_tasks(this: Act, rows: Sequence[Task]) -> None:
    """Put the R4 form of changed tasks on the shelf, in the act that changes them."""
    units = units_of(row.unit_id for row in rows) if rows else {}
    this.publish_all(
        [(fhir.task(task_detail(row, this.actor), units[row.unit_id]), row) for row in rows]
    )


def _new_task(this: Act, about: About, one: TaskWanted, week: Week) -> Task:
    at = this.actor.at
    limit = one.wait_limit if one.wait_limit is not None else unread_limit(this)
    escalates = rules.KINDS[one.kind].escalates
    return Task(
        person_id=about.person_id,
        provider_id=one.provider_id,
        unit_id=one.unit_id,
        home_unit_id=one.unit_id,
        published=False,
        not_for_patient=about.not_for_patient,
        object_type=about.object_type,
        object_id=about.object_id,
        key=one.key,
        kind=one.kind.value,
        verb=rules.stored(one.verb),
        address=about.address,
        opened_at=at,
        due_at=one.due_at,
        escalate_at=rules.after_open_time(at, limit, week) if escalates else None,
    )


def check_clock(this: Act) -> None:
    """Raise unless it is the clock that acts: no role does its work."""
    if this.actor.kind is not ActorKind.SYSTEM:
        raise NotAllowed(REFUSAL_WORDS[Refusal.NO_PERMISSION])


def unread_limit(this: Act) -> timedelta:
    """How long a task may lie unopened in this county (open hours of the unit)."""
    return timedelta(hours=county_value(Key.NOTICE_UNREAD, local_date(this.actor.at)))


def weeks_of(units: set[UUID]) -> Mapping[UUID, Week]:
    """The opening hours of each unit that has set them."""
    found = UnitSettings.objects.filter(unit_id__in=units).values_list("unit_id", "hours")
    return {unit: rules.week_of(hours) for unit, hours in found}


def _told_today(person_id: UUID, sentence: object, at: datetime) -> bool:
    today = start_of_day(local_date(at))
    return bool(News.objects.filter(person_id=person_id, at__gte=today, sentence=sentence).exists())


def tell_person(this: Act, *, person_id: UUID, sentence: Text, once_a_day: bool = False) -> None:
    """Tell the person that there is something new: a line on the own page, and a mail without data.

    Args:
        once_a_day: what is saved many times while someone writes is news once a day.
    """
    stored = rules.stored(sentence)
    if once_a_day and _told_today(person_id, stored, this.actor.at):
        return
    News(person_id=person_id, sentence=stored, at=this.actor.at).save(force_insert=True)
