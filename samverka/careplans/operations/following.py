"""Follow a plan up, say why it was changed, and let what happens elsewhere put it on a worklist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.urls import reverse

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.reads import has_inner_block
from samverka.careplans import rules
from samverka.careplans.models import (
    Activity,
    CareContact,
    ChangeReason,
    FollowUp,
    Goal,
    Plan,
    PlanVersion,
)
from samverka.careplans.operations.joining import follow_deed
from samverka.careplans.operations.writing import (
    check_version,
    finish,
    keep_reason,
    open_activity,
    open_plan,
    text_of,
)
from samverka.careplans.reads.plans import detail_of
from samverka.careplans.reads.rows import full_plans
from samverka.careplans.reads.values import PlanDetail
from samverka.careplans.rules import (
    LINE_LENGTH,
    WHY_LENGTH,
    WORDS_LENGTH,
    ActivityStatus,
    Answer,
    ChangeKind,
    ContactKind,
    EventKind,
    GoalStatus,
    PlanKind,
    PlanStatus,
    Question,
)
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import text as _
from samverka.notices.operations import keep_tasks
from samverka.notices.rules import About, TaskKind, TaskWanted

# ── the whole plan ──


@dataclass(frozen=True, slots=True)
class GoalResult:
    """How it went with one goal. `version`: of the goal that the writer began from."""

    goal_id: UUID
    version: int
    status: GoalStatus
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class ActivityResult:
    """How it went with one activity. `version`: of the activity that the writer began from."""

    activity_id: UUID
    version: int
    status: ActivityStatus
    outcome: str = ""


def follow_up_plan(
    actor: Actor,
    *,
    plan_id: UUID,
    on: date,
    took_part: str,
    answers: Mapping[Question, Answer] | None = None,
    words: str = "",
    goals: Sequence[GoalResult] = (),
    activities: Sequence[ActivityResult] = (),
    next_on: date | None = None,
    why: str = "",
) -> PlanDetail:
    """Follow the plan up together: who took part, what the person says, how each goal went, the next day.

    Args:
        on: the day when it was done; today or earlier.
        words: what the person says, in the person's own words.
        next_on: the next day; None only when the plan is about to be ended.

    Raises:
        Conflict: someone changed one of the goals or activities first; nothing is saved.
    """
    with act(actor, Action.PLAN_EDIT) as this:
        plan = open_plan(this, plan_id)
        _check_followed(actor, plan, on, next_on)
        for goal in goals:
            _note_goal(this, plan, goal)
        for activity in activities:
            _note_activity(this, plan, activity)
        plan.follow_up_on = next_on
        _keep_follow_up(actor, plan, on, next_on, took_part, answers or {}, words)
        return finish(this, plan, ChangeKind.REVIEW, why)


def _check_followed(actor: Actor, plan: Plan, on: date, next_on: date | None) -> None:
    if plan.status != PlanStatus.ACTIVE:
        raise NotNow(_("Planen gäller inte än. Fastställ den innan ni följer upp."))
    today = local_date(actor.at)
    rules.check_held(on, next_on, today, local_date(plan.created_at))
    if next_on is not None:
        rules.check_follow_up(PlanKind(plan.kind), next_on, today, where="next_on")


def _keep_follow_up(
    actor: Actor,
    plan: Plan,
    on: date,
    next_on: date | None,
    took_part: str,
    answers: Mapping[Question, Answer],
    words: str,
) -> None:
    missing = _("Skriv vilka som var med.")
    row = FollowUp(
        plan=plan,
        person_id=plan.person_id,
        on=on,
        next_on=next_on,
        took_part=text_of(took_part, "took_part", LINE_LENGTH, missing),
        answers={question.value: answer.value for question, answer in answers.items()},
        words=text_of(words, "words", WORDS_LENGTH),
        number=plan.version + 1,
        at=actor.at,
        by=actor.name,
        by_id=actor.id,
        unit_name=actor.unit_name,
        side=actor.side,
    )
    row.save(force_insert=True)


def _note_goal(this: Act, plan: Plan, result: GoalResult) -> None:
    row = Goal.objects.filter(id=result.goal_id, plan=plan).first()
    if row is None:
        raise Invalid(rules.NO_SUCH_PART, where="goals")
    asked = result.status in (GoalStatus.OPEN, GoalStatus(row.status))
    missing = "" if asked else _("Skriv med personens ord hur det gick.")
    where = f"goal_{row.id}"
    mine: dict[str, object] = {
        "status": result.status,
        "outcome": text_of(result.outcome, where, LINE_LENGTH, missing),
    }
    _note_result(this, row, result.version, mine)


def _note_activity(this: Act, plan: Plan, result: ActivityResult) -> None:
    row = Activity.objects.filter(id=result.activity_id, plan=plan).first()
    if row is None:
        raise Invalid(rules.NO_SUCH_PART, where="activities")
    where = f"activity_{row.id}"
    mine: dict[str, object] = {
        "status": result.status,
        "outcome": text_of(result.outcome, where, LINE_LENGTH),
    }
    _stamp_done(this.actor, row, result.status)
    _note_result(this, row, result.version, mine)
    follow_deed(this, plan, row)


def _note_result(this: Act, row: Goal | Activity, version: int, mine: dict[str, object]) -> None:
    """What has not been touched makes no new version of the part."""
    theirs: dict[str, object] = {name: getattr(row, name) for name in mine}
    check_version(row, version, mine, theirs)
    if mine == theirs:
        return
    for name, value in mine.items():
        setattr(row, name, value)
    row.followed_up_at, row.followed_up_by = this.actor.at, this.actor.name
    row.version += 1
    row.save()


def _stamp_done(actor: Actor, row: Activity, status: ActivityStatus) -> None:
    if status is not ActivityStatus.DONE:
        row.done_at, row.done_by = None, ""
    elif row.done_at is None:
        row.done_at, row.done_by = actor.at, actor.name


def follow_up_activity(
    actor: Actor, *, activity_id: UUID, version: int, status: ActivityStatus, outcome: str
) -> PlanDetail:
    """Note how it went with an activity, in the person's own words."""
    with act(actor, Action.PLAN_EDIT) as this:
        plan, row = open_activity(this, activity_id)
        missing = "" if status in rules.OPEN_ACTIVITIES else _("Skriv hur det gick.")
        mine: dict[str, object] = {
            "status": status,
            "outcome": text_of(outcome, "outcome", LINE_LENGTH, missing),
        }
        _stamp_done(actor, row, status)
        _note_result(this, row, version, mine)
        follow_deed(this, plan, row)
        return finish(this, plan, ChangeKind.RESULT)


# ── why ──


def explain_change(actor: Actor, *, plan_id: UUID, version: int, why: str) -> PlanDetail:
    """Write why one changed the plan; it is shown in the history for as long as the plan is.

    Raises:
        NotNow: someone else made that version, or the reason is already written.
    """
    with act(actor, Action.PLAN_EDIT) as this:
        plan: Plan = this.row(Plan.objects, lock=True, id=plan_id)
        made = PlanVersion.objects.filter(plan=plan, number=version).first()
        if made is None or made.by_id != actor.id:
            raise NotNow(_("Bara den som gjorde ändringen kan skriva varför."))
        if ChangeReason.objects.filter(plan=plan, number=version).exists():
            raise NotNow(_("Det står redan varför. Skriv en kommentar i planen i stället."))
        text_of(why, "why", WHY_LENGTH, _("Skriv varför planen ändrades."))
        keep_reason(this, plan, why, version)
        this.note(plan, explained=version)
        return detail_of(this, full_plans(actor).get(id=plan.id))


def note_told(actor: Actor, *, plan_id: UUID) -> PlanDetail:
    """Note that the other huvudman has been told of the plan (LSS 10 §)."""
    with act(actor, Action.PLAN_EDIT) as this:
        plan = open_plan(this, plan_id)
        if not rules.KINDS[PlanKind(plan.kind)].tells_other:
            raise NotNow(_("Den här sortens plan behöver ingen underrättas om."))
        if plan.told_other_at is not None:
            raise NotNow(_("%(name)s har redan noterat det.", name=plan.told_other_by))
        plan.told_other_at, plan.told_other_by = actor.at, actor.name
        return finish(this, plan, ChangeKind.TOLD)


# ── what happens elsewhere ──

_TASKS = {
    EventKind.ADMITTED: TaskKind.STAY,
    EventKind.DISCHARGED: TaskKind.STAY,
    EventKind.CONTACT_CHANGED: TaskKind.CONTACT_CHANGED,
}


def note_event(
    actor: Actor,
    *,
    person_id: UUID,
    event: EventKind,
    on: date,
    provider_id: UUID | None = None,
    unit_id: UUID | None = None,
) -> None:
    """Put the person's plans on the worklist of those who keep them: a stay, a changed contact.

    It waits on the unit of the person's fast vårdkontakt where that unit has the plan, else on the
    one that keeps it. What one care provider knows is secret to another (OSL 8:1–2), so only units of
    the provider where it happened are told, and none of what lies behind an inner block.

    Args:
        on: the day when it happened; the same event told again the same day changes nothing.
        provider_id: where it happened; None for what all may know who know of the person.
        unit_id: the unit where it happened.
    """
    with act(actor, Action.PLAN_WATCH) as this:
        this.note_person(person_id, "Plan", event=event.value)
        if unit_id is not None and has_inner_block(actor, person_id=person_id, unit_id=unit_id):
            return
        holders = _holders(actor, person_id)
        plans = full_plans(actor).filter(person_id=person_id, status=PlanStatus.ACTIVE, source="")
        for row in plans:
            unit, provider = _waits_on(row, holders)
            if unit != actor.unit_id and provider_id in (None, provider):
                _ask_to_look(this, row, event, on, unit, provider)


def _holders(actor: Actor, person_id: UUID) -> frozenset[UUID]:
    """Units where the person has a fast vårdkontakt."""
    found = CareContact.objects.filter(
        person_id=person_id, kind=ContactKind.FAST_VARDKONTAKT, until__isnull=True
    )
    return frozenset(found.values_list("unit_id", flat=True))


def _waits_on(row: Any, holders: frozenset[UUID]) -> tuple[UUID, UUID]:
    own = str(row.provider_id)
    for one in row.party_parts:
        if UUID(one["unit_id"]) in holders and (one.get("shared") or one["provider_id"] == own):
            return UUID(one["unit_id"]), UUID(one["provider_id"])
    return row.unit_id, row.provider_id


def _ask_to_look(
    this: Act, row: Any, event: EventKind, on: date, unit_id: UUID, provider_id: UUID
) -> None:
    kind = _TASKS[event]
    about = About(
        "Plan",
        uuid5(
            row.id, kind.value
        ),  # beside the plan's own steps, which are worked out anew each time
        row.person_id,
        reverse("careplans:plan", args=[row.id]),
        not_for_patient=row.not_for_patient,
    )
    key, verb = f"{event.value}:{on.isoformat()}", rules.EVENT_VERBS[event]
    keep_tasks(this, about=about, wanted=[TaskWanted(key, kind, unit_id, provider_id, verb)])
