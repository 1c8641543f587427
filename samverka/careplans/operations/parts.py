"""Goals in the person's words, and activities with an owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.careplans import rules
from samverka.careplans.models import Activity, Goal, Plan
from samverka.careplans.operations.disclosing import withhold
from samverka.careplans.operations.joining import ask_owner, follow_deed, hand_on
from samverka.careplans.operations.plans import add_party_row
from samverka.careplans.operations.writing import (
    check_version,
    finish,
    next_place,
    open_activity,
    open_goal,
    open_plan,
    text_of,
)
from samverka.careplans.reads.values import PlanDetail
from samverka.careplans.rules import (
    LINE_LENGTH,
    OWNER_LENGTH,
    ActivityStatus,
    ChangeKind,
    GoalStatus,
    OwnerKind,
    PartyRole,
    Term,
)
from samverka.careplans.rules.disclosing import PartKind
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import text as _
from samverka.organisations.reads import UnitDetail, unit_names

# ── goals ──


def add_goal(
    actor: Actor,
    *,
    plan_id: UUID,
    words: str,
    term: Term,
    reach_by: date | None = None,
    withheld: bool = False,
    why: str = "",
) -> PlanDetail:
    """Write a goal in the person's own words.

    Args:
        why: the reason for the change, kept with the version.
        withheld: it is not given out: only the writer's own care provider and the person see it.
    """
    with act(actor, Action.PLAN_EDIT) as this:
        plan = open_plan(this, plan_id)
        row = Goal(
            plan=plan,
            person_id=plan.person_id,
            words=_goal_text(words),
            term=term,
            reach_by=reach_by,
            place=next_place(Goal, plan),
        )
        this.add(row)
        if withheld:
            withhold(this, plan, PartKind.GOAL, str(row.id))
        return finish(this, plan, ChangeKind.GOAL, why)


def _goal_text(words: str) -> str:
    return text_of(words, "words", LINE_LENGTH, _("Skriv målet med personens egna ord."))


def edit_goal(
    actor: Actor,
    *,
    goal_id: UUID,
    version: int,
    words: str,
    term: Term,
    reach_by: date | None = None,
    why: str = "",
) -> PlanDetail:
    """Change a goal's words, term or day.

    Raises:
        Conflict: someone changed the same goal first.
    """
    with act(actor, Action.PLAN_EDIT) as this:
        plan, row = open_goal(this, goal_id)
        mine: dict[str, object] = {"words": _goal_text(words), "term": term, "reach_by": reach_by}
        theirs: dict[str, object] = {name: getattr(row, name) for name in mine}
        check_version(row, version, mine, theirs)
        return _save_part(this, plan, row, mine, ChangeKind.GOAL, why)


def follow_up_goal(
    actor: Actor, *, goal_id: UUID, version: int, status: GoalStatus, outcome: str
) -> PlanDetail:
    """Note how it went with a goal, in the person's own words."""
    with act(actor, Action.PLAN_EDIT) as this:
        plan, row = open_goal(this, goal_id)
        missing = "" if status is GoalStatus.OPEN else _("Skriv med personens ord hur det gick.")
        mine: dict[str, object] = {
            "status": status,
            "outcome": text_of(outcome, "outcome", LINE_LENGTH, missing),
        }
        theirs: dict[str, object] = {name: getattr(row, name) for name in mine}
        check_version(row, version, mine, theirs)
        row.followed_up_at, row.followed_up_by = actor.at, actor.name
        return _save_part(this, plan, row, mine, ChangeKind.OUTCOME)


def _save_part(
    this: Act,
    plan: Plan,
    row: Goal | Activity,
    values: dict[str, object],
    change: ChangeKind,
    why: str = "",
) -> PlanDetail:
    _put(row, values)
    return finish(this, plan, change, why)


def _put(row: Goal | Activity, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save()


# ── activities ──


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers for an activity: a unit, or the person, or another party in words.

    Attributes:
        unit_id: a unit of the region or a municipality; which huvudman follows from it.
        kind: needed only without a unit: the person or another party.
        text: who the other party is; with the person, who helps.
    """

    unit_id: UUID | None = None
    kind: OwnerKind | None = None
    text: str = ""


def add_activity(
    actor: Actor,
    *,
    plan_id: UUID,
    what: str,
    owner: Owner,
    goal_id: UUID | None = None,
    due_on: date | None = None,
    preventive: bool = False,
    rehabilitating: bool = False,
    withheld: bool = False,
    why: str = "",
) -> PlanDetail:
    """Write what is to be done, by whom and until when. The owner's unit takes part from now.

    Args:
        withheld: it is not given out: only the writer's own care provider and the person see it.

    Raises:
        Invalid: no owner; every activity has one.
    """
    with act(actor, Action.PLAN_EDIT) as this:
        plan = open_plan(this, plan_id)
        values = _activity_values(plan, what, owner, goal_id) | {
            "preventive": preventive,
            "rehabilitating": rehabilitating,
        }
        _check_due(due_on, local_date(actor.at))
        row = Activity(
            plan=plan,
            person_id=plan.person_id,
            due_on=due_on,
            place=next_place(Activity, plan),
            **values,
        )
        this.add(row)
        if withheld:
            withhold(this, plan, PartKind.ACTIVITY, str(row.id))
        _let_owner_in(this, plan, row.owner_unit_id)
        ask_owner(this, plan, row)
        return finish(this, plan, ChangeKind.ACTIVITY, why)


def edit_activity(
    actor: Actor,
    *,
    activity_id: UUID,
    version: int,
    what: str,
    owner: Owner,
    goal_id: UUID | None = None,
    due_on: date | None = None,
    preventive: bool = False,
    rehabilitating: bool = False,
    status: ActivityStatus | None = None,
    outcome: str = "",
    why: str = "",
) -> PlanDetail:
    """Change what is to be done, by whom, until when, or how far it has come.

    Raises:
        Conflict: someone changed the same activity first.
    """
    with act(actor, Action.PLAN_EDIT) as this:
        plan, row = open_activity(this, activity_id)
        mine = _activity_values(plan, what, owner, goal_id) | {
            "preventive": preventive,
            "rehabilitating": rehabilitating,
        }
        mine |= {"due_on": due_on, "status": status or ActivityStatus(row.status)}
        mine["outcome"] = text_of(outcome, "outcome", LINE_LENGTH)
        theirs = {name: getattr(row, name) for name in mine}
        check_version(row, version, mine, theirs)
        if due_on != row.due_on:
            _check_due(due_on, local_date(actor.at))
        _stamp(actor, row, ActivityStatus(str(mine["status"])))
        _let_owner_in(this, plan, mine["owner_unit_id"])
        handed = mine["owner_unit_id"] != row.owner_unit_id
        _put(row, mine)
        if handed:
            hand_on(this, plan, row)
        follow_deed(this, plan, row)
        return finish(this, plan, ChangeKind.ACTIVITY, why)


def _activity_values(
    plan: Plan, what: str, owner: Owner, goal_id: UUID | None
) -> dict[str, object]:
    words = text_of(what, "what", LINE_LENGTH, _("Skriv vad som ska göras."))
    if goal_id is not None and not Goal.objects.filter(id=goal_id, plan=plan).exists():
        raise Invalid(_("Välj ett av planens mål."), where="goal")
    values: dict[str, object] = {"what": words, "goal_id": goal_id}
    return values | _owner_values(owner)


def _owner_values(owner: Owner) -> dict[str, object]:
    text = text_of(owner.text, "owner_text", OWNER_LENGTH)
    if owner.unit_id is not None:
        unit = _unit(owner.unit_id)
        kind = rules.owner_kind_of(unit.side, unit.branch)
        return {"owner_kind": kind, "owner_unit_id": unit.id, "owner_text": ""}
    if owner.kind in rules.NAMED_OWNERS and not text:
        raise Invalid(_("Skriv vem det är."), where="owner_text")
    if owner.kind in rules.NAMED_OWNERS or owner.kind is OwnerKind.PERSON:
        return {"owner_kind": owner.kind, "owner_unit_id": None, "owner_text": text}
    words = _("Varje insats behöver någon som ansvarar. Välj en enhet, personen eller någon annan.")
    raise Invalid(words, where="owner")


def _unit(unit_id: UUID) -> UnitDetail:
    found = unit_names({unit_id}).get(unit_id)
    if found is None:
        raise Invalid(_("Enheten finns inte. Välj en ur listan."), where="owner")
    return found


def _check_due(due_on: date | None, today: date) -> None:
    if rules.is_overdue(due_on, today):
        raise Invalid(_("Dagen har redan passerat. Välj en dag framåt."), where="due_on")


def _let_owner_in(this: Act, plan: Plan, unit_id: object) -> None:
    if isinstance(unit_id, UUID):
        add_party_row(this, plan, unit_id, PartyRole.PERFORMER)


def _stamp(actor: Actor, row: Activity, status: ActivityStatus) -> None:
    """When and by whom it was done; kept while it stays done, gone when it is taken up again."""
    if status is not ActivityStatus.DONE:
        row.done_at, row.done_by = None, ""
    elif row.done_at is None:
        row.done_at, row.done_by = actor.at, actor.name


def finish_activity(actor: Actor, *, activity_id: UUID, outcome: str = "") -> PlanDetail:
    """Mark an activity as done, if you will with how it went."""
    with act(actor, Action.PLAN_EDIT) as this:
        plan, row = open_activity(this, activity_id)
        if ActivityStatus(row.status) not in rules.OPEN_ACTIVITIES:
            words = rules.ACTIVITY_WORDS[ActivityStatus(row.status)]
            raise NotNow(_("Insatsen är redan: %(status)s.", status=words))
        _stamp(actor, row, ActivityStatus.DONE)
        values: dict[str, object] = {
            "status": ActivityStatus.DONE,
            "outcome": text_of(outcome, "outcome", LINE_LENGTH) or row.outcome,
        }
        _put(row, values)
        follow_deed(this, plan, row)
        return finish(this, plan, ChangeKind.DONE)
