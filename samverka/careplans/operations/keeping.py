"""At the end of every change: the unit's tasks are as they should be, and the person is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from samverka.access.act import Act
from samverka.careplans import rules
from samverka.careplans.models import Plan
from samverka.careplans.reads.facts import plan_facts
from samverka.careplans.rules import ChangeKind, NextStep, PlanStatus
from samverka.kernel.calendar import end_of_day, local_date
from samverka.kernel.text import text as _
from samverka.notices.operations import keep_tasks, tell_person
from samverka.notices.rules import About, TaskKind, TaskWanted


def keep_up(
    this: Act, row: Any, change: ChangeKind, before: rules.Snapshot, now: rules.Snapshot
) -> None:
    """What follows on a change of a plan: its tasks, and a sentence to the person.

    Args:
        row: with all parts, as it is now.
        before: the version before; empty for a new plan.
    """
    keep_plan_tasks(this, row)
    _tell(this, row, change, before, now)


# ── tasks ──

_KINDS: Mapping[str, TaskKind] = {
    "draft": TaskKind.PLAN_STEP,
    "tell-other": TaskKind.PLAN_STEP,
    "approve": TaskKind.APPROVE,
    "words": TaskKind.COMMENT,
    "follow-up": TaskKind.FOLLOW_UP,
    "activity": TaskKind.ACTIVITY,
}
"""By the first part of the step's key."""


def about_plan(row: Any) -> About:
    """The plan as the notices name it."""
    address = reverse("careplans:plan", args=[row.id])
    return About("Plan", row.id, row.person_id, address, not_for_patient=row.not_for_patient)


def keep_plan_tasks(this: Act, row: Any) -> None:
    """Let the tasks about a plan be those that its rules ask for today."""
    if row.source:
        return
    today = local_date(this.actor.at)
    until = today + rules.AHEAD
    keep_tasks(this, about=about_plan(row), wanted=list(_wanted(row, today, until)))
    if row.tasks_until != until:
        Plan.objects.filter(id=row.id).update(tasks_until=until)


def _wanted(row: Any, today: date, until: date) -> Iterator[TaskWanted]:
    """Dated steps when their day comes near; only for units that may know of the plan."""
    facts = plan_facts(row, today)
    readers = _readers(row)
    for step in rules.list_steps(facts, today):
        if step.unit_id not in readers or (step.due_on is not None and step.due_on > until):
            continue
        yield _task(step, step.unit_id, readers[step.unit_id])
    if facts.needs_contact and facts.status is PlanStatus.ACTIVE:
        verb = _("utse fast vårdkontakt")
        kind = TaskKind.CONTACT_MISSING
        yield TaskWanted("contact", kind, row.unit_id, row.provider_id, verb)


def _task(step: NextStep, unit_id: UUID, provider_id: UUID) -> TaskWanted:
    due_at = end_of_day(step.due_on) if step.due_on else None
    kind = _KINDS[step.key.partition(":")[0]]
    return TaskWanted(step.key, kind, unit_id, provider_id, step.verb, due_at)


def _readers(row: Any) -> dict[UUID, UUID]:
    """Units that have the plan, each with its care provider: a task tells that there is one."""
    own = str(row.provider_id)
    given = {
        UUID(one["unit_id"]): UUID(one["provider_id"])
        for one in row.party_parts
        if one.get("shared") or one["provider_id"] == own
    }
    return given | {row.unit_id: row.provider_id}


# ── news to the person ──

_QUIET = frozenset({ChangeKind.SHARE, ChangeKind.WITHDRAW, ChangeKind.UNDO})
"""Told in another way; what stands in the plan shows them by day."""


def _tell(
    this: Act, row: Any, change: ChangeKind, before: rules.Snapshot, now: rules.Snapshot
) -> None:
    """A plan that holds, begins to hold or has ended; a draft is still being written together."""
    held = {before.get("status"), row.status} - {PlanStatus.DRAFT.value, None}
    if change in _QUIET or not before or not held or row.not_for_patient or this.actor.is_person:
        return
    sentence = rules.tell_in_one(rules.tell_changes(before, now))
    if sentence is not None:
        # A text is saved over and over while one writes: one sentence for each text and day.
        often = change is ChangeKind.SECTION
        tell_person(this, person_id=row.person_id, sentence=sentence, once_a_day=often)
