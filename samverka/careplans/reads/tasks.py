"""Gated fetches of invitations, undertakings and questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.models import Disclosure
from samverka.careplans.models import PlanTask
from samverka.careplans.rules.tasks import (
    MOVE_WORDS,
    NEEDS_REASON,
    SORT_WORDS,
    TASK_WORDS,
    TaskRole,
    TaskSort,
    TaskStatus,
    moves_of,
)
from samverka.kernel.actor import Actor
from samverka.kernel.text import Text

# ── plain values ──


@dataclass(frozen=True, slots=True)
class TaskUnit:
    """Who asks, or is asked."""

    id: UUID
    name: str
    hsa_id: str
    provider_id: UUID


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A move that the reader may make. `asks_why`: it must say why."""

    to: TaskStatus
    words: Text
    asks_why: bool


@dataclass(frozen=True, slots=True)
class PlanTaskDetail:
    """An invitation, an undertaking or a question, as the reader may see and move it."""

    id: UUID
    plan_id: UUID
    person_id: UUID
    sort: TaskSort
    status: TaskStatus
    requester: TaskUnit
    owner: TaskUnit
    part_of_id: UUID | None
    what: str
    due_on: date | None
    reason: str
    answer: str
    asked_at: datetime
    asked_by: str
    moved_at: datetime
    moved_by: str
    version: int
    not_for_patient: bool
    moves: tuple[MoveLine, ...]

    @property
    def sort_words(self) -> Text:
        """What is asked, in words."""
        return SORT_WORDS[self.sort]

    @property
    def status_words(self) -> Text:
        """How far it has come, in words."""
        return TASK_WORDS[self.status]


@dataclass(frozen=True, slots=True)
class TasksWanted:
    """What is looked for; None: not narrowed.

    Attributes:
        after: the id that came last on the page before.
        limit: how many at most.
    """

    ids: frozenset[UUID] | None = None
    person_ids: frozenset[UUID] | None = None
    owner_ids: frozenset[UUID] | None = None
    after: UUID | None = None
    limit: int = 100


# ── fetch ──


def plan_task(actor: Actor, *, task_id: UUID) -> PlanTaskDetail:
    """One invitation, undertaking or question: for the one who asks, the one who is asked and those who keep the plan."""
    with act(actor, Action.PLAN_READ) as this:
        row = known_task(this, task_id)
        this.note(row, status=row.status)
        return task_detail(this, row)


def plan_tasks(actor: Actor, *, wanted: TasksWanted) -> list[PlanTaskDetail]:
    """Those that the actor may know of, in the order of their ids."""
    with act(actor, Action.PLAN_READ) as this:
        found = _narrowed(_known_to(actor, whole_tasks()), wanted)
        rows = this.rows(found, order=("id",), limit=wanted.limit)
        this.note_list(rows)
        return [task_detail(this, row) for row in rows]


def tasks_of_plan(actor: Actor, *, plan_id: UUID) -> list[PlanTaskDetail]:
    """What has been asked about a plan, as far as the actor may know of it; the oldest first."""
    with act(actor, Action.PLAN_READ) as this:
        found = _known_to(actor, whole_tasks()).filter(plan_id=plan_id)
        rows = this.rows(found, order=("asked_at", "id"))
        this.note_list(rows)
        return [task_detail(this, row) for row in rows]


def whole_tasks() -> QuerySet[Any]:
    """With those who ask and are asked."""
    found: QuerySet[Any] = PlanTask.objects.select_related("plan", "owner", "requester")
    return found


def known_task(this: Act, task_id: UUID) -> Any:
    """The row, if the actor may know of it.

    Raises:
        NotFound: there is none, or the actor may not know of it.
    """
    return this.row(_known_to(this.actor, whole_tasks()), id=task_id)


def _known_to(actor: Actor, found: QuerySet[Any]) -> QuerySet[Any]:
    """To the person; to those who keep the plan; to the one who asked; to the one who is asked, when it has been given that."""
    if not actor.is_staff:
        return found
    own = actor.provider_id
    given = Disclosure.objects.filter(
        Q(provider_id=own), object_id=OuterRef("plan_id"), through__gte=OuterRef("from_version")
    )
    asked = Q(owner__provider_id=own) & Exists(given)
    return found.filter(Q(plan__provider_id=own) | Q(requester__provider_id=own) | asked)


def _narrowed(found: QuerySet[Any], wanted: TasksWanted) -> QuerySet[Any]:
    given: Iterable[tuple[str, frozenset[UUID] | None]] = (
        ("id__in", wanted.ids),
        ("person_id__in", wanted.person_ids),
        ("owner_id__in", wanted.owner_ids),
    )
    found = found.filter(**{name: ids for name, ids in given if ids is not None})
    return found.filter(id__gt=wanted.after) if wanted.after else found


# ── row → plain value ──


def task_role(actor: Actor, row: Any) -> TaskRole:
    """What the actor's care provider is to the task."""
    own = actor.provider_id if actor.is_staff else None
    return TaskRole(
        owner=own is not None and row.owner.provider_id == own,
        requester=own is not None and row.requester.provider_id == own,
    )


def task_detail(this: Act, row: Any) -> PlanTaskDetail:
    """Row → plain value, with the moves that the reader may make."""
    status = TaskStatus(row.status)
    moves = moves_of(status, task_role(this.actor, row)) if not row.plan.source else ()
    return PlanTaskDetail(
        id=row.id,
        plan_id=row.plan_id,
        person_id=row.person_id,
        sort=TaskSort(row.sort),
        status=status,
        requester=_unit(row.requester),
        owner=_unit(row.owner),
        part_of_id=row.part_of_id,
        what=row.what,
        due_on=row.due_on,
        reason=row.reason,
        answer=row.answer,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        moved_at=row.moved_at,
        moved_by=row.moved_by,
        version=row.version,
        not_for_patient=row.plan.not_for_patient,
        moves=tuple(MoveLine(to, MOVE_WORDS[to], to in NEEDS_REASON) for to in moves),
    )


def _unit(row: Any) -> TaskUnit:
    return TaskUnit(row.id, row.name, row.hsa_id or "", row.provider_id)
