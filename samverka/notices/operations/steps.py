"""What the unit's staff do with a task: open, take, hand over, finish, take back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from samverka.access import operations as access
from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.kernel.text import text as _
from samverka.notices import rules
from samverka.notices.models import Task
from samverka.notices.operations.keeping import publish_tasks
from samverka.notices.reads import TaskDetail, colleagues_of, task_detail, units_of
from samverka.notices.rules import StepName, TaskKind, TaskStatus

LONGEST_REASON = 500
"""Characters of the reason for handing a task over."""

_UNDONE = (
    "status",
    "unit_id",
    "taken_at",
    "taken_by",
    "taken_by_id",
    "handed_reason",
    "handed_by",
    "ended_at",
    "ended_by",
)
"""What a step can change, and so what is put back."""

_HANDED, _STAND_IN = "handed-over", "stand-in"
"""Why a unit takes part in the care that a task is about; codes of the gate's grants."""

_TIMES = frozenset({"taken_at", "ended_at"})
_IDS = frozenset({"unit_id", "taken_by_id"})


# ── seen ──


def note_shown(actor: Actor, *, task_ids: Sequence[UUID]) -> None:
    """Note that the tasks have been on the unit's screen for the first time."""
    with act(actor, Action.TASK_EDIT) as this:
        this.unchanged()  # the list's own line tells who saw what
        found = Task.objects.filter(
            Q(unit_id=actor.unit_id), id__in=task_ids, shown_at__isnull=True
        )
        found.update(shown_at=actor.at)


def note_seen(actor: Actor, *, task_id: UUID) -> TaskDetail:
    """Open a task: someone at the unit has read it."""
    with act(actor, Action.TASK_EDIT) as this:
        row = _own_task(this, task_id)
        if row.seen_at is None:
            for one in _alike(row):
                one.seen_at, one.seen_by = actor.at, actor.name
                one.shown_at = one.shown_at or actor.at
                one.save()
                row = one if one.id == row.id else row
        this.note(row, opened=True)
        return task_detail(row, actor)


def _own_task(this: Act, task_id: UUID) -> Task:
    """The task, locked, on the own unit's list; for others it is not there."""
    found: Task = this.row(
        Task.objects.filter(Q(unit_id=this.actor.unit_id)), lock=True, id=task_id
    )
    return found


def _alike(row: Task) -> list[Task]:
    """The task and the same one on the lists of others in the chain, if it has been sent on."""
    same = Task.objects.filter(object_id=row.object_id, key=row.key, ended_at__isnull=True)
    return list(same.select_for_update().order_by("level"))


# ── take, hand over, finish ──


def take_task(actor: Actor, *, task_id: UUID, over: bool = False) -> TaskDetail:
    """Take a task: the others see who has it.

    Args:
        over: take it over from the colleague who has it.

    Raises:
        NotNow: a colleague has it already, or it no longer waits.
    """
    with act(actor, Action.TASK_EDIT) as this:
        row = _own_task(this, task_id)
        to = _check(actor, row, StepName.TAKE)
        rules.check_free(
            taken_by_id=row.taken_by_id, taken_by=row.taken_by, own_id=actor.staff_id, over=over
        )
        taken = {"taken_at": actor.at, "taken_by": actor.name, "taken_by_id": actor.staff_id}
        return _step(this, row, status=to, **taken)


def give_task(actor: Actor, *, task_id: UUID, staff_id: UUID, reason: str) -> TaskDetail:
    """Hand a task over to a colleague at the unit, with the reason."""
    with act(actor, Action.TASK_EDIT) as this:
        row = _own_task(this, task_id)
        to = _check(actor, row, StepName.GIVE)
        name = colleagues_of(row.unit_id, actor.at).get(staff_id)
        if name is None:
            raise Invalid(_("Välj en kollega som arbetar på enheten."), where="to")
        if staff_id == row.taken_by_id:
            raise NotNow(_("%(name)s har redan tagit uppgiften.", name=name))
        taken = {"taken_at": actor.at, "taken_by": name, "taken_by_id": staff_id}
        handed = {"handed_reason": _reason(reason), "handed_by": actor.name}
        return _step(this, row, status=to, **taken, **handed)


def hand_over_task(actor: Actor, *, task_id: UUID, unit_id: UUID, reason: str) -> TaskDetail:
    """Hand a task over to another unit of the own care provider, with the reason.

    The unit then takes part in the care that the task is about, and may know whom it is about
    (PDL 4:1).
    """
    with act(actor, Action.TASK_EDIT) as this:
        row = _own_task(this, task_id)
        to = _check(actor, row, StepName.HAND_OVER)
        unit = units_of({unit_id}).get(unit_id)
        if unit is None or unit.provider_id != row.provider_id or unit_id == row.unit_id:
            raise Invalid(_("Välj en annan enhet hos samma vårdgivare."), where="to")
        access.let_take_part(
            actor,
            of=_record(row),
            provider_id=row.provider_id,
            unit_id=unit_id,
            reason=_HANDED,
        )
        free: dict[str, Any] = {"taken_at": None, "taken_by": "", "taken_by_id": None}
        handed = {"handed_reason": _reason(reason), "handed_by": f"{actor.name}, {actor.unit_name}"}
        return _step(this, row, status=to, unit_id=unit_id, **free, **handed)


def _record(row: Task) -> access.Disclosed:
    return access.Disclosed(
        person_id=row.person_id,
        object_id=row.object_id,
        object_type=row.object_type,
        version=0,
    )


def _reason(reason: str) -> str:
    words = " ".join(reason.split())
    if not words:
        raise Invalid(_("Skriv varför du lämnar över uppgiften."), where="reason")
    if len(words) > LONGEST_REASON:
        raise Invalid(
            _("Texten får ha högst %(longest)d tecken.", longest=LONGEST_REASON), where="reason"
        )
    return words


def finish_task(actor: Actor, *, task_id: UUID) -> TaskDetail:
    """Say that a task is done.

    Raises:
        NotNow: it ends where the thing itself is done, or it no longer waits.
    """
    with act(actor, Action.TASK_EDIT) as this:
        row = _own_task(this, task_id)
        to = _check(actor, row, StepName.FINISH)
        return _step(this, row, status=to, ended_at=actor.at, ended_by=actor.name)


def step_in(actor: Actor, *, home_unit_id: UUID) -> int:
    """Take on, as the next in the chain, what another unit has not opened in time.

    The own unit then takes part in the care that each task is about (PDL 4:1). Returns how many.
    """
    with act(actor, Action.TASK_EDIT) as this:
        this.require_permission()
        found = Task.objects.filter(
            Q(unit_id=actor.unit_id),
            home_unit_id=home_unit_id,
            level__gt=0,
            ended_at__isnull=True,
        )
        rows = list(found.select_for_update())
        if not rows:
            raise NotFound(_("Det finns inget kvar att ta över från den enheten."))
        for row in rows:
            access.let_take_part(
                actor,
                of=_record(row),
                provider_id=row.provider_id,
                unit_id=row.unit_id,
                reason=_STAND_IN,
            )
            this.forget_standing(row.person_id)
        for row in rows:
            this.require(row)
        this.note_list(rows, stand_in_for=str(home_unit_id))
        return len(rows)


# ── every step ──


def _check(actor: Actor, row: Task, name: StepName) -> TaskStatus:
    if not actor.is_staff:
        raise NotAllowed(_("Uppgifter tas av enhetens personal."))
    return rules.check_step(TaskStatus(row.status), TaskKind(row.kind), name, actor.side)


def _step(this: Act, row: Task, **values: Any) -> TaskDetail:
    """Make the change on the task and on the same one on other lists in the chain; keep what was before."""
    actor = this.actor
    for one in _alike(row):
        one.before = {name: _kept(getattr(one, name)) for name in _UNDONE}
        one.stepped_at, one.stepped_by_id = actor.at, actor.id
        one.seen_at, one.seen_by = one.seen_at or actor.at, one.seen_by or actor.name
        for name, value in values.items():
            if name != "unit_id" or one.id == row.id:  # only the task itself moves
                setattr(one, name, value)
        one.save()
        row = one if one.id == row.id else row
    this.note(row, status=row.status, step=_said(values))
    publish_tasks(this, [row])
    return task_detail(row, actor)


def _said(values: dict[str, Any]) -> str:
    return "handed" if "handed_reason" in values else str(values["status"])


def _kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else str(value) if value else value


# ── undo ──


def undo_task(actor: Actor, *, task_id: UUID) -> TaskDetail:
    """Take back one's own last step with a task, within ten seconds."""
    with act(actor, Action.TASK_EDIT) as this:
        row, handed_to = _as_before(this, task_id)
        _check_alone(row)
        if handed_to != row.unit_id:
            access.end_part(
                actor,
                of=_record(row),
                provider_id=row.provider_id,
                unit_id=handed_to,
                reason=_HANDED,
            )
        same = Task.objects.filter(
            object_id=row.object_id, key=row.key, stepped_at=row.stepped_at
        ).select_for_update()
        for one in same:
            _put_back(one)
            one.stepped_at, one.stepped_by_id, one.before = None, None, {}
            one.save()
            row = one if one.id == row.id else row
        this.note(row, undone=True)
        publish_tasks(this, [row])
        return task_detail(row, actor)


def _as_before(this: Act, task_id: UUID) -> tuple[Task, UUID]:
    """The task as it was before the step, and the unit that has it now.

    What was handed over is asked for as the own unit's.
    """
    actor = this.actor
    mine = Task.objects.select_for_update().filter(id=task_id, stepped_by_id=actor.id).first()
    row: Task = mine or this.row(Task.objects, lock=True, id=task_id)
    rules.check_undo(stepped_at=row.stepped_at, own=mine is not None, at=actor.at)
    handed_to: UUID = row.unit_id
    _put_back(row)
    this.require(row)
    return row, handed_to


def _check_alone(row: Task) -> None:
    """The process may have opened the same task anew meanwhile."""
    newer = Task.objects.filter(
        object_id=row.object_id, key=row.key, level=row.level, ended_at__isnull=True
    ).exclude(id=row.id)
    if newer.exists():
        raise NotNow(_("Uppgiften har redan kommit tillbaka till listan."))


def _put_back(row: Task) -> None:
    for name, value in row.before.items():
        if value and name in _TIMES:
            value = datetime.fromisoformat(value)
        elif value and name in _IDS:
            value = UUID(value)
        setattr(row, name, value)
