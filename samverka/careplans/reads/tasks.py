"""Gated fetches of invitations, undertakings and questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.models import Disclosure
from samverka.access.rules import Ground
from samverka.careplans.models import PlanTask
from samverka.careplans.reads.disclosing import last_given
from samverka.careplans.reads.task_values import MoveLine, PlanTaskDetail, TaskUnit
from samverka.careplans.rules.tasks import (
    MOVE_WORDS,
    NEEDS_REASON,
    TaskRole,
    TaskSort,
    TaskStatus,
    offered_moves,
)
from samverka.kernel.actor import Actor


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
    return _role(actor, row.owner.provider_id, row.requester.provider_id)


def _role(actor: Actor, owner: UUID, requester: UUID) -> TaskRole:
    own = actor.provider_id if actor.is_staff else None
    return TaskRole(owner=own == owner, requester=own == requester)


def task_detail(this: Act, row: Any) -> PlanTaskDetail:
    """Row → plain value, with the moves that the reader has a button for."""
    return _detail(
        {name: getattr(row, name) for name in SAME},
        _unit(row.requester),
        _unit(row.owner),
        task_role(this.actor, row),
        plan=row.plan,
    )


def _unit(row: Any) -> TaskUnit:
    return TaskUnit(row.id, row.name, row.hsa_id or "", row.provider_id)


SAME = (
    "id",
    "part_of_id",
    "what",
    "due_on",
    "reason",
    "answer",
    "asked_at",
    "asked_by",
    "moved_at",
    "moved_by",
    "version",
    "sort",
    "status",
)
"""What a detail has as its row does."""


def _detail(
    said: dict[str, Any], requester: TaskUnit, owner: TaskUnit, role: TaskRole, *, plan: Any
) -> PlanTaskDetail:
    status = TaskStatus(said["status"])
    moves = offered_moves(status, role) if not plan.source else ()
    return PlanTaskDetail(
        **said | {"sort": TaskSort(said["sort"]), "status": status},
        plan_id=plan.id,
        person_id=plan.person_id,
        requester=requester,
        owner=owner,
        not_for_patient=plan.not_for_patient,
        moves=tuple(MoveLine(to, MOVE_WORDS[to], to in NEEDS_REASON) for to in moves),
    )


# ── of an annotated plan ──


def tasks_of(this: Act, row: Any) -> tuple[PlanTaskDetail, ...]:
    """What has been asked about a plan, as far as this one of the staff may know of it; the newest first.

    Args:
        row: of `full_plans`. One who only keeps a copy is told of nothing.
    """
    actor = this.actor
    if not actor.is_staff or this.decide(row).ground is Ground.KEPT:
        return ()
    own, last = str(actor.provider_id), last_given(row, actor.provider_id)
    through = last["through"] if last else 0
    known = (
        one
        for one in row.task_parts
        if own in (str(row.provider_id), one["requester_provider"])
        or (own == one["owner_provider"] and one["from_version"] <= through)
    )
    return tuple(_of_part(actor, row, one) for one in known)


def _of_part(actor: Actor, row: Any, part: Mapping[str, Any]) -> PlanTaskDetail:
    said = {name: part[name] for name in SAME}
    said["id"] = UUID(part["id"])
    said["part_of_id"] = UUID(part["part_of_id"]) if part["part_of_id"] else None
    said["due_on"] = date.fromisoformat(part["due_on"]) if part["due_on"] else None
    said |= {name: datetime.fromisoformat(part[name]) for name in ("asked_at", "moved_at")}
    requester, owner = _part_unit(part, "requester"), _part_unit(part, "owner")
    role = _role(actor, owner.provider_id, requester.provider_id)
    return _detail(said, requester, owner, role, plan=row)


def _part_unit(part: Mapping[str, Any], side: str) -> TaskUnit:
    return TaskUnit(
        UUID(part[f"{side}_id"]),
        part[f"{side}_name"],
        part[f"{side}_hsa_id"] or "",
        UUID(part[f"{side}_provider"]),
    )
