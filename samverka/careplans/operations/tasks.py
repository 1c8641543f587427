"""Steps with an invitation, an undertaking or a question: ask, answer, tell how it goes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.careplans import rules
from samverka.careplans.models import Activity, Party, Plan, PlanTask
from samverka.careplans.operations.joining import ensure_invited, make_task, settle_team, tell_task
from samverka.careplans.operations.parts import Owner, add_activity
from samverka.careplans.operations.plans import add_party_row
from samverka.careplans.operations.writing import (
    check_kept_here,
    check_writable,
    finish,
    open_plan,
    text_of,
)
from samverka.careplans.reads.task_values import PlanTaskDetail
from samverka.careplans.reads.tasks import known_task, task_detail, task_role
from samverka.careplans.rules import ActivityStatus, ChangeKind, PartyRole, PlanStatus
from samverka.careplans.rules.tasks import (
    ACTIVITY_OF,
    TASK_WORDS_LENGTH,
    WHAT_LENGTH,
    TaskSort,
    TaskStatus,
    check_move,
    takes_part,
)
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Conflict, Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _
from samverka.organisations.reads import UnitDetail, unit_names
from samverka.subscriptions.rules import Cause

# ── answer, and tell how it goes ──


def move_task(
    actor: Actor,
    *,
    task_id: UUID,
    to: TaskStatus,
    reason: str = "",
    answer: str = "",
    version: int = 0,
) -> PlanTaskDetail:
    """Say yes or no to what one was asked, tell how it goes, or call it off.

    Who is in the team follows, and so does the activity that an undertaking is about.

    Args:
        reason: why not; why it did not work.
        answer: how it went; the answer to a question.
        version: of the task that the one who moves it began from; 0 for the newest.

    Raises:
        NotNow: there is no such move now; the sentence says which there are.
        NotAllowed: the move is the other's, or one is neither owner nor requester.
        Conflict: someone has moved it meanwhile.
    """
    with act(actor, Action.PLAN_TASK) as this:
        plan, row = _open(this, task_id)
        _check_version(row, version, to)
        check_move(TaskStatus(row.status), to, task_role(actor, row), reason)
        words = (
            text_of(reason, "reason", TASK_WORDS_LENGTH),
            text_of(answer, "answer", TASK_WORDS_LENGTH),
        )
        before = _taking(row)
        row.status, row.reason = to, words[0]
        row.answer = words[1] or row.answer
        row.version += 1
        row.moved_at, row.moved_by = actor.at, actor.name
        _follow(this, plan, row, was_in=before)
        this.note(row, status=row.status)
        tell_task(this, row, Cause.CHANGED)
        return task_detail(this, row)


def _open(this: Act, task_id: UUID) -> tuple[Plan, PlanTask]:
    """The plan first, so that whoever writes in it and whoever moves a task wait for each other in one order."""
    found = known_task(this, task_id)
    plan: Plan = this.row(Plan.objects, lock=True, id=found.plan_id)
    check_kept_here(plan)
    return plan, known_task(this, task_id)


def _check_version(row: PlanTask, version: int, to: TaskStatus) -> None:
    if version and row.version != version:
        raise Conflict(
            _("Någon annan har ändrat uppgiften medan du skrev."),
            mine={"status": to.value},
            theirs={"status": row.status},
        )


def _taking(row: PlanTask) -> bool:
    return takes_part([(TaskSort(row.sort), TaskStatus(row.status))])


def _follow(this: Act, plan: Plan, row: PlanTask, *, was_in: bool) -> None:
    """Save; and let the activity and the team be as the task says, where the plan still goes on."""
    becomes = ACTIVITY_OF[TaskStatus(row.status)]
    activity = row.activity if becomes and row.activity_id else None
    moves_activity = activity is not None and activity.status != becomes
    row.save()
    if plan.status == PlanStatus.ENDED or not (moves_activity or was_in != _taking(row)):
        return
    check_writable(this, plan)
    if activity is not None and becomes is not None and moves_activity:
        _move_activity(this, activity, becomes, row.answer or row.reason)
    joined = settle_team(this, plan, row.owner_id)
    if moves_activity:
        finish(
            this, plan, ChangeKind.DONE if becomes is ActivityStatus.DONE else ChangeKind.ACTIVITY
        )
    elif joined:
        finish(this, plan, ChangeKind.PARTY)


def _move_activity(this: Act, row: Activity, to: ActivityStatus, words: str) -> None:
    done = to is ActivityStatus.DONE
    row.status = to
    row.done_at, row.done_by = (this.actor.at, this.actor.name) if done else (None, "")
    row.outcome = words or row.outcome
    row.version += 1
    row.save()


# ── ask ──


def ask_to_join(actor: Actor, *, plan_id: UUID, unit_id: UUID) -> PlanTaskDetail:
    """Ask a unit to take part in the plan. It can read the plan when that has been shared with it, on the person's consent."""
    with act(actor, Action.PLAN_EDIT) as this:
        plan = open_plan(this, plan_id)
        unit = _unit(unit_id)
        if unit.provider_id == plan.provider_id:
            raise NotNow(
                _("Den enheten hör till dem som håller i planen och behöver ingen inbjudan.")
            )
        add_party_row(this, plan, unit_id, PartyRole.PARTICIPANT)
        ensure_invited(this, plan, unit)
        row = _invitation(plan, unit_id, actor)
        finish(this, plan, ChangeKind.PARTY)
        this.note(row, status=row.status)
        return task_detail(this, row)


def _invitation(plan: Plan, unit_id: UUID, actor: Actor) -> PlanTask:
    """The one just made.

    Raises:
        NotNow: the unit has been invited before, or takes part.
    """
    found = PlanTask.objects.select_related("plan", "owner", "requester").filter(
        plan=plan, owner_id=unit_id, sort=TaskSort.INVITATION, asked_at=actor.at
    )
    row = found.first()
    if row is None:
        part = Party.objects.filter(
            plan=plan, unit_id=unit_id, until__isnull=True, joined_at__isnull=False
        )
        words = (
            _("Enheten deltar redan i planen.")
            if part.exists()
            else _("Enheten är redan inbjuden.")
        )
        raise NotNow(words)
    made: PlanTask = row
    return made


def _unit(unit_id: UUID) -> UnitDetail:
    found = unit_names({unit_id}).get(unit_id)
    if found is None or found.closed:
        raise Invalid(_("Enheten finns inte. Välj en ur listan."), where="owner")
    return found


def ask_to_do(
    actor: Actor, *, plan_id: UUID, what: str, unit_id: UUID, due_on: date | None = None
) -> PlanTaskDetail:
    """Put forward something to be done in the plan, by another unit or one's own: a new activity, and the task to do it.

    Another is asked; one's own unit has said yes by putting it forward.
    """
    with act(actor, Action.PLAN_EDIT) as this:
        unit = _unit(unit_id)
        made = add_activity(
            actor, plan_id=plan_id, what=what, owner=Owner(unit_id=unit.id), due_on=due_on
        )
        new = max(made.activities, key=lambda one: one.place)
        found = PlanTask.objects.select_related("plan", "owner", "requester")
        row = found.filter(activity_id=new.id, asked_at=actor.at).first()
        if row is None:
            raise NotNow(
                _(
                    "Den enheten hör till dem som håller i planen. Skriv insatsen i planen i stället."
                )
            )
        this.note(row, status=row.status)
        return task_detail(this, row)


def ask_back(actor: Actor, *, task_id: UUID, words: str) -> PlanTaskDetail:
    """Ask the other side something about a task, before one answers it or while it goes on. It makes nobody a member."""
    with act(actor, Action.PLAN_TASK) as this:
        plan, parent = _open(this, task_id)
        role = task_role(actor, parent)
        if not (role.owner or role.requester):
            raise NotAllowed(
                _("Bara den som har fått uppgiften och den som bad om den frågar om den.")
            )
        if parent.sort == TaskSort.QUESTION:
            raise NotNow(_("En fråga besvaras. Fråga om uppgiften som den hör till i stället."))
        rules.check_open(PlanStatus(plan.status))
        row = make_task(
            this,
            plan,
            TaskSort.QUESTION,
            parent.requester_id if role.owner else parent.owner_id,
            part_of=parent,
            what=text_of(words, "what", WHAT_LENGTH, _("Skriv vad du undrar.")),
        )
        this.note(row, status=row.status)
        return task_detail(
            this, PlanTask.objects.select_related("plan", "owner", "requester").get(id=row.id)
        )
