"""What is written in plans."""

from __future__ import annotations

from samverka.careplans import operations as careplans
from samverka.careplans.operations import ConsentGiven, Owner
from samverka.careplans.reads import PlanDetail, plan
from samverka.careplans.rules import OwnerKind, PlanStatus
from samverka.demo import script as s
from samverka.demo.county import units
from samverka.demo.scene import Scene
from samverka.demo.staff import staff
from samverka.demo.walk.perform import perform


@perform.register
def _(event: s.PlanStarted, scene: Scene) -> None:
    actor = scene.actor(event)
    made = careplans.start_plan(
        actor,
        person_id=scene.person_id(event),
        kind=event.kind,
        title=event.title,
        asked_by=event.asked_by,
    )
    responsible = scene.county.organisations[event.lead]
    scene.plans[event.plan] = careplans.set_responsible(
        actor, plan_id=made.id, organisation_id=responsible
    )


@perform.register
def _(event: s.PlanWritten, scene: Scene) -> None:
    plan = scene.plans[event.plan]
    scene.plans[event.plan] = careplans.write_section(
        scene.actor(event),
        plan_id=plan.id,
        section=event.section,
        text=event.text,
        version=plan.version,
    )


@perform.register
def _(event: s.GoalSet, scene: Scene) -> None:
    made = careplans.add_goal(
        scene.actor(event),
        plan_id=scene.plans[event.plan].id,
        words=event.words,
        term=event.term,
        reach_by=scene.day(event.reach_by),
    )
    scene.plans[event.plan] = made
    scene.goals[event.plan, event.key] = made.goals[-1].id


@perform.register
def _(event: s.GoalFollowed, scene: Scene) -> None:
    goal = scene.goals[event.plan, event.goal]
    version = next(one.version for one in scene.plans[event.plan].goals if one.id == goal)
    scene.plans[event.plan] = careplans.follow_up_goal(
        scene.actor(event), goal_id=goal, version=version, status=event.status, outcome=event.words
    )


@perform.register
def _(event: s.ActivitySet, scene: Scene) -> None:
    before = {one.id for one in scene.plans[event.plan].activities}
    made = careplans.add_activity(
        scene.actor(event),
        plan_id=scene.plans[event.plan].id,
        what=event.words,
        owner=_owner(event.owner, scene),
        goal_id=scene.goals[event.plan, event.goal] if event.goal else None,
        due_on=scene.day(event.due),
        preventive=event.preventive,
        rehabilitating=event.rehabilitating,
    )
    scene.plans[event.plan] = made
    new = next(one.id for one in made.activities if one.id not in before)
    scene.activities[event.plan, event.key] = new


def _owner(owner: s.Owner, scene: Scene) -> Owner:
    if owner.kind is s.OwnerKind.UNIT:
        return Owner(unit_id=scene.county.units[owner.name].id)
    return Owner(kind=OwnerKind(owner.kind.value), text=owner.name)


@perform.register
def _(event: s.ActivityDone, scene: Scene) -> None:
    scene.plans[event.plan] = careplans.finish_activity(
        scene.actor(event),
        activity_id=scene.activities[event.plan, event.activity],
        outcome=event.words,
    )


@perform.register
def _(event: s.PlanAgreed, scene: Scene) -> None:
    actor, plan = scene.actor(event), scene.plans[event.plan]
    made = careplans.set_follow_up(actor, plan_id=plan.id, day=event.follow_up.on(scene.today))
    if made.status is PlanStatus.DRAFT:
        made = careplans.activate_plan(actor, plan_id=plan.id)
    scene.plans[event.plan] = made


@perform.register
def _(event: s.PlanApproved, scene: Scene) -> None:
    actor = scene.actor(event)
    own = plan(actor, plan_id=scene.plans[event.plan].id).own_approval
    assert own is not None, "the story asks a unit that has no measure in the plan"
    scene.plans[event.plan] = careplans.approve_plan(actor, approval_id=own.id)


@perform.register
def _(event: s.PlanShared, scene: Scene) -> None:
    taking_part = sorted(key for to in event.to for key in _units_in(scene.story, event.plan, to))
    scene.plans[event.plan] = careplans.share_plan(
        scene.actor(event),
        plan_id=scene.plans[event.plan].id,
        unit_ids=[scene.county.units[key].id for key in taking_part],
        consent=_consent(scene.told.get(event.consent), scene),
    )


def _consent(told: s.ConsentGiven | None, scene: Scene) -> ConsentGiven | None:
    """What the person has said to staff; one who has answered on the own page has said it there."""
    if told is None:
        return None
    return ConsentGiven(
        given_by=scene.name_of(told.given_by or scene.whom(told)),
        form=told.form,
        covers=told.covers,
        not_covered=told.not_covered,
        until=scene.moment(told.until),
    )


def _units_in(story: s.Story, plan: str, provider: str) -> set[str]:
    """The care provider's units that write in the plan or answer for something in it."""
    found = set()
    for event in story.events:
        if getattr(event, "plan", "") != plan:
            continue
        if event.by in staff():
            found.add(staff()[event.by].assignments[0].unit)
        if isinstance(event, s.ActivitySet) and event.owner.kind is s.OwnerKind.UNIT:
            found.add(event.owner.name)
    return {key for key in found if units()[key].provider == provider}


@perform.register
def _(event: s.PlanCommented, scene: Scene) -> None:
    made: PlanDetail = careplans.comment_plan(
        scene.actor(event), plan_id=scene.plans[event.plan].id, words=event.words
    )
    # The answer is what the commenter may see; the version is the same as before.
    assert made.version == scene.plans[event.plan].version
