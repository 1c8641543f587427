"""Who is asked to take part in a plan, and who does: rows of tasks and parties as other changes of the plan move them.

The steps that somebody takes with a task itself are in `tasks`; here is what follows when a plan is shared, written in, ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from samverka.access.act import Act
from samverka.careplans.models import Activity, Party, Plan, PlanTask
from samverka.careplans.reads.disclosing import gives_at_save
from samverka.careplans.reads.tasks import task_role
from samverka.careplans.rules import ActivityStatus, PartyRole
from samverka.careplans.rules.tasks import (
    FIRST,
    NEEDS_REASON,
    OPEN_ASKS,
    OPEN_TASKS,
    TAKING_PART,
    TaskRole,
    TaskSort,
    TaskStatus,
    takes_part,
    way_by_deed,
    way_to,
)
from samverka.kernel.text import text as _
from samverka.organisations.reads import UnitDetail, unit_names
from samverka.subscriptions.operations import tell
from samverka.subscriptions.rules import Cause, Happened

# ── ask ──


def make_task(
    this: Act,
    plan: Plan,
    sort: TaskSort,
    owner_id: UUID,
    *,
    status: TaskStatus | None = None,
    activity: Activity | None = None,
    part_of: PlanTask | None = None,
    what: str = "",
    due_on: date | None = None,
) -> PlanTask:
    """Ask a unit; its system hears of it. A part of a plan is known to others from the version that it came with."""
    actor = this.actor
    row = PlanTask(
        plan=plan,
        person_id=plan.person_id,
        sort=sort,
        status=status or FIRST[sort],
        requester_id=actor.unit_id or plan.unit_id,
        owner_id=owner_id,
        activity=activity,
        part_of=part_of,
        what=what,
        due_on=due_on,
        from_version=part_of.from_version if part_of else plan.version + bool(activity),
        asked_at=actor.at,
        asked_by=actor.name,
        moved_at=actor.at,
        moved_by=actor.name,
    )
    row.save(force_insert=True)
    tell_task(this, row, Cause.ASSIGNED)
    return row


def tell_task(this: Act, row: PlanTask, cause: Cause) -> None:
    """Systems that wait for tasks hear of it; whether they may is asked when they are told."""
    tell(this, [Happened("Task", str(row.id), row.person_id, cause, this.actor.at)])


def is_own(this: Act, plan: Plan, unit_id: UUID) -> bool:
    """A unit of those who keep the plan, or of the one who acts: it is not asked, it decides."""
    if unit_id in (plan.unit_id, this.actor.unit_id):
        return True
    unit = unit_names({unit_id}).get(unit_id)
    return unit is not None and unit.provider_id in (plan.provider_id, this.actor.provider_id)


def invite(this: Act, plan: Plan, unit_id: UUID) -> PlanTask:
    """Ask a unit to take part in the plan."""
    return make_task(this, plan, TaskSort.INVITATION, unit_id)


def ensure_invited(this: Act, plan: Plan, unit: UnitDetail) -> None:
    """One that is given the plan is asked to take part, once; what it is asked to do it hears of now, when it may."""
    if unit.provider_id == plan.provider_id:
        return
    found = PlanTask.objects.filter(plan=plan, owner_id=unit.id, status__in=sorted(OPEN_TASKS))
    tasks = list(found)
    for one in tasks:
        new = one.sort == TaskSort.INVITATION and one.asked_at == this.actor.at
        if one.status in OPEN_ASKS and not new:
            tell_task(this, one, Cause.ASSIGNED)
    invited = any(one.sort == TaskSort.INVITATION for one in tasks)
    if not invited and not _takes_part_now(plan, unit.id):
        invite(this, plan, unit.id)


def _takes_part_now(plan: Plan, unit_id: UUID) -> bool:
    found = Party.objects.filter(plan=plan, unit_id=unit_id, until__isnull=True)
    return bool(found.filter(joined_at__isnull=False, left_at__isnull=True).exists())


def ask_owner(this: Act, plan: Plan, activity: Activity) -> None:
    """One who is to do something is asked whether it will; whoever puts it forward for itself has said so."""
    owner = unit_names({activity.owner_unit_id}) if activity.owner_unit_id else {}
    unit = next(iter(owner.values()), None)
    if unit is None or unit.provider_id == plan.provider_id == this.actor.provider_id:
        return
    own = unit.provider_id == this.actor.provider_id
    status = TaskStatus.ACCEPTED if own else TaskStatus.REQUESTED
    make_task(
        this,
        plan,
        TaskSort.UNDERTAKING,
        unit.id,
        status=status,
        activity=activity,
        what=activity.what,
        due_on=activity.due_on,
    )
    if own:
        settle_team(this, plan, unit.id)


# ── what is done in the plan moves the task ──


def _open_tasks(**which: object) -> Any:
    found = PlanTask.objects.select_related("owner", "requester", "plan")
    return found.filter(status__in=sorted(OPEN_TASKS), **which)


def follow_deed(this: Act, plan: Plan, activity: Activity) -> None:
    """An undertaking follows what its owner, or the one who asked, notes of the activity on a page."""
    if activity.owner_unit_id is None:
        return
    for row in _open_tasks(activity=activity):
        way = way_by_deed(
            TaskStatus(row.status), ActivityStatus(activity.status), task_role(this.actor, row)
        )
        reason = activity.outcome or _("Insatsen är inställd i planen.")
        changed = way and _walk(this, row, way, reason)
        if (row.what, row.due_on) != (activity.what, activity.due_on) and gives_at_save(this):
            row.what, row.due_on = activity.what, activity.due_on
            changed = True
        if changed:
            row.save()
            tell_task(this, row, Cause.CHANGED)
        if way:
            settle_team(this, plan, row.owner_id)


def _walk(this: Act, row: PlanTask, way: tuple[TaskStatus, ...], reason: str) -> bool:
    """Move the row along a way of the table; saved by the one who calls."""
    row.status = way[-1]
    row.version += len(way)
    row.moved_at, row.moved_by = this.actor.at, this.actor.name
    if way[-1] in NEEDS_REASON or way[-1] is TaskStatus.CANCELLED:
        row.reason = str(reason)
    return True


def hand_on(this: Act, plan: Plan, activity: Activity) -> None:
    """Another is to do it: the former owner is asked nothing more, the new one is asked."""
    found = list(PlanTask.objects.filter(activity=activity, status__in=sorted(OPEN_TASKS)))
    _call_off(this, found, _("Någon annan gör det."))
    for owner_id in {row.owner_id for row in found}:
        settle_team(this, plan, owner_id)
    ask_owner(this, plan, activity)


def call_off_tasks(this: Act, plan: Plan, reason: str, owner_id: UUID | None = None) -> None:
    """Nothing more is asked: by the end of the plan, or of a unit's part in it. What has begun its owner tells the end of."""
    which = {"plan": plan} | ({"owner_id": owner_id} if owner_id else {})
    _call_off(this, PlanTask.objects.filter(status__in=sorted(OPEN_TASKS), **which), reason)


_GONE = frozenset({TaskStatus.CANCELLED, TaskStatus.FAILED})


def _call_off(this: Act, found: Iterable[PlanTask], reason: str) -> None:
    """As the one who asked can: the plan asks, whoever writes in it."""
    for row in found:
        now = TaskStatus(row.status)
        asker = TaskRole(owner=row.status == TaskStatus.READY, requester=True)
        way = way_to(now, _GONE, asker) if now is not TaskStatus.IN_PROGRESS else ()
        if way and _walk(this, row, way, reason):
            row.save()
            tell_task(this, row, Cause.CHANGED)


# ── the team ──


def settle_team(this: Act, plan: Plan, unit_id: UUID) -> bool:
    """Let the unit be in the team if it has said yes to something that goes on, else not; whether that was new."""
    tasks = PlanTask.objects.filter(plan=plan, owner_id=unit_id).values_list("sort", "status")
    now = takes_part((TaskSort(sort), TaskStatus(status)) for sort, status in tasks)
    party = Party.objects.filter(plan=plan, unit_id=unit_id, until__isnull=True).first()
    if party is None:
        return now and _new_member(this, plan, unit_id)
    was = party.joined_at is not None and party.left_at is None
    if was == now or _is_of_keepers(plan, unit_id):
        return False
    if now:
        party.joined_at, party.left_at = this.actor.at, None
    else:
        party.left_at = this.actor.at
    party.save(update_fields=["joined_at", "left_at"])
    return True


def _is_of_keepers(plan: Plan, unit_id: UUID) -> bool:
    unit = unit_names({unit_id}).get(unit_id)
    return unit is not None and unit.provider_id == plan.provider_id


def _new_member(this: Act, plan: Plan, unit_id: UUID) -> bool:
    at = this.actor.at
    row = Party(
        plan=plan,
        person_id=plan.person_id,
        unit_id=unit_id,
        role=PartyRole.PERFORMER,
        since=at,
        joined_at=at,
    )
    row.save(force_insert=True)
    return True


def join_by_deed(this: Act, row: Any) -> None:
    """One who has been invited and writes in the plan takes part in it.

    Args:
        row: of `full_plans`, before the version is kept.
    """
    actor = this.actor
    if not actor.is_staff or actor.provider_id == row.provider_id:
        return
    mine = (one for one in row.party_parts if one["unit_id"] == str(actor.unit_id))
    part = next((one for one in mine if one["joined_at"] is None), None)
    if part is None:
        return
    found = _open_tasks(plan_id=row.id, owner_id=actor.unit_id, sort=TaskSort.INVITATION)
    task = found.filter(status__in=sorted(OPEN_ASKS)).first()
    if task is None:
        return
    _walk(this, task, (TaskStatus.ACCEPTED,), "")
    task.save()
    tell_task(this, task, Cause.CHANGED)
    Party.objects.filter(id=part["id"]).update(joined_at=actor.at, left_at=None)
    part["joined_at"] = actor.at.isoformat()


# ── the last change is taken back ──


def forget_asks(plan: Plan, at: datetime) -> None:
    """What was asked by the change that is taken back was never asked, unless it has been answered."""
    PlanTask.objects.filter(plan=plan, asked_at=at, version=1).delete()


_AGAIN: Mapping[ActivityStatus, TaskStatus] = {
    ActivityStatus.PLANNED: TaskStatus.ACCEPTED,
    ActivityStatus.ONGOING: TaskStatus.IN_PROGRESS,
}


def undo_deeds(this: Act, plan: Plan, at: datetime) -> None:
    """Undertakings that the undone change moved stand as their activities do again."""
    rows: Iterable[PlanTask] = PlanTask.objects.select_related("activity").filter(
        plan=plan, moved_at=at, activity__isnull=False
    )
    for row in rows:
        assert row.activity is not None
        now = _AGAIN.get(ActivityStatus(row.activity.status))
        if now is None or row.status in TAKING_PART | OPEN_ASKS:
            continue
        row.status, row.reason, row.answer = now, "", ""
        row.version += 1
        row.save()
        tell_task(this, row, Cause.CHANGED)
        settle_team(this, plan, row.owner_id)


# ── two plans become one ──


def bring_party(this: Act, plan: Plan, party: Party, role: PartyRole) -> None:
    """A unit of the other plan is one of this, as far as it was of that one."""
    Party.objects.get_or_create(
        plan=plan,
        unit_id=party.unit_id,
        until=None,
        defaults={
            "person_id": plan.person_id,
            "role": role,
            "since": this.actor.at,
            "joined_at": party.joined_at and this.actor.at,
            "left_at": party.left_at and this.actor.at,
        },
    )


def bring_tasks(plan: Plan, other: Plan, activities: Mapping[UUID, UUID]) -> None:
    """What was asked in the other plan is asked in this; an invitation that both have stays with the one that ends."""
    invited = set(
        PlanTask.objects.filter(
            plan=plan, sort=TaskSort.INVITATION, status__in=sorted(OPEN_ASKS)
        ).values_list("owner_id", flat=True)
    )
    for row in PlanTask.objects.filter(plan=other, status__in=sorted(OPEN_TASKS)):
        if row.sort == TaskSort.INVITATION and row.owner_id in invited:
            continue
        if row.activity_id is not None and row.activity_id not in activities:
            continue
        row.plan_id = plan.id
        row.activity_id = activities.get(row.activity_id) if row.activity_id else None
        row.version += 1
        row.save()
