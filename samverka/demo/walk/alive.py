"""A plan is kept alive: followed up, ended, linked; contacts are away, someone rings."""

from __future__ import annotations

from samverka.careplans import operations as careplans
from samverka.careplans.operations import ActivityResult, GoalResult
from samverka.careplans.reads import list_contacts
from samverka.careplans.reads import plan as read_plan
from samverka.careplans.rules import CommentWay, SelfCareFacts
from samverka.demo import script as s
from samverka.demo.scene import Scene
from samverka.demo.walk.perform import perform
from samverka.kernel.calendar import local_date


@perform.register
def _(event: s.PlanFollowedUp, scene: Scene) -> None:
    actor = scene.actor(event)
    now = read_plan(actor, plan_id=scene.plans[event.plan].id)
    goals = {one.id: one.version for one in now.goals}
    activities = {one.id: one.version for one in now.activities}
    scene.plans[event.plan] = careplans.follow_up_plan(
        actor,
        plan_id=now.id,
        on=local_date(actor.at),
        took_part=event.took_part,
        answers=dict(event.answers),
        words=event.words,
        goals=[
            GoalResult(one, goals[one], status, words)
            for key, status, words in event.goals
            for one in (scene.goals[event.plan, key],)
        ],
        activities=[
            ActivityResult(one, activities[one], status, words)
            for key, status, words in event.activities
            for one in (scene.activities[event.plan, key],)
        ],
        next_on=scene.day(event.follow_up),
        why=event.why,
    )


@perform.register
def _(event: s.OtherTold, scene: Scene) -> None:
    scene.plans[event.plan] = careplans.note_told(
        scene.actor(event), plan_id=scene.plans[event.plan].id
    )


@perform.register
def _(event: s.PlanEnded, scene: Scene) -> None:
    scene.plans[event.plan] = careplans.end_plan(
        scene.actor(event),
        plan_id=scene.plans[event.plan].id,
        reason=event.reason,
        what_next=event.what_next,
        to_whom=event.to_whom,
    )


@perform.register
def _(event: s.CarerLinked, scene: Scene) -> None:
    scene.plans[event.plan] = careplans.link_carer(
        scene.actor(event),
        plan_id=scene.plans[event.plan].id,
        cared_plan_id=scene.plans[event.cared].id,
    )


@perform.register
def _(event: s.SelfCareAdvised, scene: Scene) -> None:
    actor = scene.actor(event)
    facts = SelfCareFacts(
        what=event.what,
        how=event.how,
        call_when=event.call_when,
        risks=event.risks,
        judged_on=local_date(actor.at),
        reassess_on=event.reassess.on(scene.today),
        helper=event.helper,
        wish=event.wish,
    )
    careplans.advise_self_care(actor, person_id=scene.person_id(event), facts=facts)


@perform.register
def _(event: s.AwayNoted, scene: Scene) -> None:
    actor = scene.actor(event)
    away = scene.county.staff[event.staff].name
    found = list_contacts(actor, person_id=scene.person_id(event))
    stand_in = scene.county.staff[event.stand_in].assignment if event.stand_in else None
    careplans.note_absence(
        actor,
        contact_ids=[one.id for one in found if one.name == away],
        since=event.since.on(scene.today),
        until=event.until.on(scene.today),
        assignment_id=stand_in.id if stand_in else None,
    )


@perform.register
def _(event: s.HandedOver, scene: Scene) -> None:
    actor = scene.actor(event)
    colleague = scene.county.staff[event.staff].assignment
    assert colleague is not None, "a colleague works somewhere"
    found = [
        one
        for key in event.persons
        for one in list_contacts(actor, person_id=scene.persons[key])
        if one.staff_id == actor.staff_id
    ]
    careplans.hand_over_contacts(
        actor,
        contact_ids=[one.id for one in found],
        assignment_id=colleague.id,
        on=event.day.on(scene.today),
    )


@perform.register
def _(event: s.WordsTold, scene: Scene) -> None:
    scene.plans[event.plan] = careplans.comment_plan(
        scene.actor(event),
        plan_id=scene.plans[event.plan].id,
        words=event.words,
        on_behalf_of=scene.name_of(event.said_by),
        way=CommentWay.PHONE,
    )
