"""A plan that another system keeps: taken in as it stands, shown with its source, changed only there."""

from __future__ import annotations

from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.careplans.models import Activity, Goal, Plan, PlanVersion
from samverka.careplans.reads.disclosing import content_of
from samverka.careplans.reads.plans import detail_of
from samverka.careplans.reads.rows import full_plans
from samverka.careplans.reads.values import PlanDetail
from samverka.careplans.rules import (
    ActivityStatus,
    ChangeKind,
    OwnerKind,
    PlanStatus,
    ReceivedActivity,
    ReceivedGoal,
    ReceivedPlan,
)
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.organisations.reads import UnitDetail, unit_names


def receive_plan(
    actor: Actor,
    *,
    person_id: UUID,
    received: ReceivedPlan,
    source: str,
    unit_id: UUID | None = None,
) -> PlanDetail:
    """Take in a plan from another system. The same again changes nothing; a new one is a new version.

    Args:
        source: the system that keeps it, as people call it.
        unit_id: the unit in whose name it was received; None: the actor's own.
    """
    with act(actor, Action.SHELF_RECEIVE) as this:
        this.require_permission()
        unit = _unit(actor, unit_id)
        row = _known(source, received) or _new(actor, person_id, unit, source, received)
        if row.person_id != person_id:
            raise Invalid(
                _("Källan har använt samma nummer för en annan person."), where="source_id"
            )
        is_new = row._state.adding
        _fill(actor, row, received)
        if is_new:
            this.add(row)
        this.require(row)
        _replace_parts(row, received)
        return _keep(this, row, is_new=is_new)


def _unit(actor: Actor, unit_id: UUID | None) -> UnitDetail:
    wanted = unit_id or actor.unit_id
    found = unit_names({wanted}).get(wanted) if wanted else None
    if found is None:
        raise Invalid(_("Ange vilken enhet som har tagit emot planen."), where="unit")
    return found


def _known(source: str, received: ReceivedPlan) -> Plan | None:
    found: Plan | None = (
        Plan.objects.select_for_update(of=("self",))
        .filter(source=source, source_id=received.source_id)
        .first()
    )
    return found


def _new(
    actor: Actor, person_id: UUID, unit: UnitDetail, source: str, received: ReceivedPlan
) -> Plan:
    if not source or not received.source_id:
        raise Invalid(_("En mottagen plan måste ha en källa och ett nummer."), where="source_id")
    return Plan(
        person_id=person_id,
        provider_id=unit.provider_id,
        unit_id=unit.id,
        branch=unit.branch,
        kind=received.kind,
        source=source,
        source_id=received.source_id,
        created_at=received.started_at or actor.at,
        created_by=source,
    )


def _fill(actor: Actor, row: Plan, received: ReceivedPlan) -> None:
    row.kind, row.status, row.title = received.kind, received.status, received.title
    team = _("Deltar: %(names)s", names=", ".join(received.team)) if received.team else ""
    row.summary = "\n\n".join(filter(None, [received.summary, team]))
    row.not_for_patient = received.not_for_patient
    started = received.started_at or row.created_at
    row.established_at = None if received.status is PlanStatus.DRAFT else started
    row.ended_at = received.ended_at or actor.at if received.status is PlanStatus.ENDED else None
    row.updated_at, row.updated_by = actor.at, row.source


def _replace_parts(row: Plan, received: ReceivedPlan) -> None:
    """Parts in the same place stay the same row, so that a second import changes nothing."""
    goals = list(Goal.objects.filter(plan=row).order_by("place"))
    activities = list(Activity.objects.filter(plan=row).order_by("place"))
    for extra in activities[len(received.activities) :]:
        extra.delete()
    for place, one in enumerate(received.goals):
        goal = goals[place] if place < len(goals) else Goal(plan=row, place=place + 1)
        _fill_goal(row, goal, one)
        goals[place:] = [goal, *goals[place + 1 :]]
    for place, part in enumerate(received.activities):
        known = activities[place] if place < len(activities) else Activity(place=place + 1)
        _fill_activity(row, known, part, goals)
    for left in goals[len(received.goals) :]:
        left.delete()


def _fill_goal(row: Plan, goal: Goal, one: ReceivedGoal) -> None:
    goal.person_id = row.person_id
    goal.words, goal.term, goal.status = one.words, one.term, one.status
    goal.outcome, goal.reach_by = one.outcome, one.reach_by
    goal.save()


def _fill_activity(row: Plan, activity: Activity, one: ReceivedActivity, goals: list[Goal]) -> None:
    activity.plan, activity.person_id = row, row.person_id
    activity.what, activity.owner_kind = one.what, one.owner_kind
    activity.owner_text = "" if one.owner_kind is OwnerKind.PERSON else one.owner[:200]
    activity.status, activity.due_on = one.status, one.due_on
    activity.done_at = row.updated_at if one.status is ActivityStatus.DONE else None
    activity.goal = goals[one.goal] if one.goal is not None and one.goal < len(goals) else None
    activity.save()


def _keep(this: Act, row: Plan, *, is_new: bool) -> PlanDetail:
    """A version only if something differs. The shelf has the resource already, word for word."""
    found = full_plans(this.actor).get(id=row.id)
    content = content_of(found) | {"summary": row.summary}
    last = PlanVersion.objects.filter(plan=row).order_by("-number").first()
    same = last is not None and _core(last.content) == _core(content)
    if not same:
        row.version = 1 if last is None else last.number + 1
        row.save()
        PlanVersion(
            plan=row,
            person_id=row.person_id,
            number=row.version,
            content=content,
            change=ChangeKind.RECEIVE,
            at=this.actor.at,
            by=row.source,
            by_id=this.actor.id,
            side=this.actor.side,
        ).save(force_insert=True)
    this.note(row, change="new" if is_new else "same" if same else "changed")
    return detail_of(this, full_plans(this.actor).get(id=row.id))


def _core(content: dict[str, object]) -> dict[str, object]:
    """Without the times at which we happened to receive it."""
    activities = content["activities"]
    assert isinstance(activities, list)
    bare = [{name: one[name] for name in one if name != "done_at"} for one in activities]
    return content | {"activities": bare}
