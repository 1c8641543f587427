"""CarePlan, Goal and CareTeam: plans that we keep."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from samverka.access.actions import Action
from samverka.careplans import fhir, operations, reads
from samverka.careplans.reads import ActivityDetail, GoalDetail, Kept, PlanDetail
from samverka.careplans.rules import ActivityStatus, OwnerKind, PlanStatus
from samverka.config.owned.values import Change, Done, Owned, Standing, told_at, unit_id_of
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotFound
from samverka.kernel.text import text as _
from samverka.resources.rules.difference import under
from samverka.resources.rules.receiving import Content

ROOM = "careplans"


def _stood(plan: PlanDetail, content: Content) -> Standing:
    """One to whom it was disclosed has the version that was given, and is told of no other: it is not the shelf's number."""
    if plan.given is None:
        return Standing(content, plan)
    return Standing(content, plan, f"g{plan.given.version}", plan.updated_at)


# ── CarePlan ──


def read_plan(actor: Actor, key: UUID) -> Standing:
    """A plan as the reader has been given it."""
    plan = reads.plan(actor, plan_id=key)
    return _stood(plan, fhir.care_plan(plan))


def start_plan(actor: Actor, sent: Content) -> Standing:
    """A new plan, as a draft at the own unit."""
    made = operations.start_plan(
        actor,
        person_id=fhir.pointed_at(sent.get("subject"), "Patient", "CarePlan.subject"),
        kind=fhir.plan_kind(sent),
        title=str(sent.get("title", "")),
        what_matters=str(sent.get("description", "")),
    )
    return _stood(made, fhir.care_plan(made))


def change_plan(change: Change) -> Done:
    """Texts, activities and status of a plan; new notes are comments, or the reason when it ends."""
    actor, plan = change.actor, change.now.values
    wanted = fhir.plan_changes(change.now.content, change.sent)
    for section, text in wanted.sections.items():
        operations.write_section(
            actor, plan_id=plan.id, section=section, text=text, version=plan.version
        )
    if wanted.follow_up is not None:
        with told_at(follow_up_on="CarePlan.extension"):
            operations.set_follow_up(actor, plan_id=plan.id, day=wanted.follow_up)
    for place, one in enumerate(plan.activities):
        if any(under(path, [f"CarePlan.activity[{place}]"]) for path in change.paths):
            _change_activity(actor, one, change.sent, place)
    taken = _add_activities(actor, plan, change.sent)
    _change_status(actor, plan.id, wanted)
    return Done(taken=(*taken, *(["CarePlan.note"] if wanted.words else [])))


def _add_activities(actor: Actor, plan: PlanDetail, sent: Content) -> list[str]:
    """Those that stand after the plan's own are new. Returns what is taken without being shown."""
    taken = []
    for place, one in enumerate(sent.get("activity") or []):
        if place < len(plan.activities):
            continue
        where = f"CarePlan.activity[{place}].detail"
        if not isinstance(one.get("detail"), dict):
            raise Invalid(_("En ny insats står i detail."), where=where)
        _add_activity(actor, plan, one["detail"], where)
        taken.append(f"{where}.performer[0].reference")
    return taken


def _add_activity(actor: Actor, plan: PlanDetail, detail: Content, where: str) -> None:
    wanted = fhir.read_activity(detail, plan.person_id, where)
    unit = unit_id_of(wanted.unit, f"{where}.performer") if any(wanted.unit) else None
    kind = OwnerKind.PERSON if wanted.by_person else OwnerKind.OTHER if wanted.other else None
    performer, due = f"{where}.performer", f"{where}.scheduledPeriod.end"
    with told_at(
        what=f"{where}.description", owner=performer, owner_text=performer, due_on=due,
        goal=f"{where}.goal",
    ):  # fmt: skip
        operations.add_activity(
            actor,
            plan_id=plan.id,
            what=wanted.what,
            owner=operations.Owner(unit, kind, wanted.other),
            goal_id=wanted.goal_id,
            due_on=wanted.due_on,
        )


def _change_status(actor: Actor, plan_id: UUID, wanted: fhir.PlanChanges) -> None:
    words = list(wanted.words)
    reason = words.pop(0) if wanted.status is PlanStatus.ENDED and words else ""
    for one in words:
        operations.comment_plan(actor, plan_id=plan_id, words=one)
    if wanted.status is PlanStatus.ACTIVE:
        operations.activate_plan(actor, plan_id=plan_id)
    elif wanted.status is PlanStatus.ENDED:
        try:
            operations.end_plan(actor, plan_id=plan_id, reason=reason)
        except Invalid as problem:
            raise Invalid(problem.message, where="CarePlan.note") from problem


_STATUS = {
    "not-started": ActivityStatus.PLANNED,
    "in-progress": ActivityStatus.ONGOING,
    "completed": ActivityStatus.DONE,
    "cancelled": ActivityStatus.CANCELLED,
}


def _change_activity(actor: Actor, one: ActivityDetail, sent: Content, place: int) -> None:
    activities = sent.get("activity") or []
    where = f"CarePlan.activity[{place}]"
    detail = activities[place].get("detail") if place < len(activities) else None
    if not isinstance(detail, dict):
        raise Invalid(_("En insats tas inte bort. Sätt den till cancelled."), where=where)
    code = str(detail.get("status", ""))
    if code not in _STATUS:
        words = _("En insats är not-started, in-progress, completed eller cancelled.")
        raise Invalid(words, where=f"{where}.detail.status")
    operations.edit_activity(
        actor,
        activity_id=one.id,
        version=one.version,
        what=str(detail.get("description", "")),
        owner=operations.Owner(one.owner_unit_id, one.owner_kind, one.owner_text),
        goal_id=one.goal_id,
        due_on=_due_on(detail, f"{where}.detail.scheduledPeriod.end"),
        preventive=one.preventive,
        rehabilitating=one.rehabilitating,
        status=_STATUS[code],
        outcome=one.outcome,
    )


_DAY = re.compile(r"^\d{4}-\d\d-\d\d$")


def _due_on(detail: dict[str, Any], where: str) -> date | None:
    value = (detail.get("scheduledPeriod") or {}).get("end")
    if value is None:
        return None
    if not _DAY.match(str(value)):
        raise Invalid(_("Skriv en hel dag: ÅÅÅÅ-MM-DD."), where=where)
    return date.fromisoformat(value)


# ── Goal ──


def read_goal(actor: Actor, key: UUID) -> Standing:
    """A goal of a plan as the reader has been given it."""
    plan = reads.plan_of_goal(actor, goal_id=key)
    one = _goal(plan, key)
    return _stood(plan, fhir.goal(plan, one))


def _goal(plan: PlanDetail, key: UUID) -> GoalDetail:
    for one in plan.goals:
        if one.id == key:
            return one
    raise NotFound(_("Sidan finns inte, eller så får du inte se den."))


def add_goal(actor: Actor, sent: Content) -> Standing:
    """A new goal of a plan, in the person's words."""
    wanted = fhir.read_goal(sent)
    with told_at(words="Goal.description", reach_by="Goal.target[0].dueDate"):
        plan = operations.add_goal(
            actor,
            plan_id=wanted.plan_id,
            words=wanted.words,
            term=wanted.term,
            reach_by=wanted.reach_by,
        )
    one = max(plan.goals, key=lambda goal: goal.place)
    return _stood(plan, fhir.goal(plan, one))


def change_goal(change: Change) -> Done:
    """The words and the day of a goal, and how it went."""
    key = UUID(str(change.now.content["id"]))
    one = _goal(change.now.values, key)
    wanted = fhir.goal_changes(change.now.content, change.sent)
    if wanted.rewritten:
        made = operations.edit_goal(
            change.actor,
            goal_id=key,
            version=one.version,
            words=wanted.words,
            term=one.term,
            reach_by=wanted.reach_by,
        )
        one = replace(one, version=_goal(made, key).version)
    if wanted.status is not None:
        operations.follow_up_goal(
            change.actor,
            goal_id=key,
            version=one.version,
            status=wanted.status,
            outcome=wanted.outcome,
        )
    return Done()


# ── CareTeam ──


def read_team(actor: Actor, key: UUID) -> Standing:
    """Those who take part in a plan; it has the plan's id."""
    plan = reads.plan(actor, plan_id=key)
    return _stood(plan, fhir.care_team(plan))


def read_provenance(actor: Actor, key: UUID) -> Standing:
    """Whose record a plan is; it has the plan's id."""
    plan = reads.plan(actor, plan_id=key)
    return _stood(plan, fhir.provenance(plan))


def _is_team_of_plan(actor: Actor, key: UUID) -> bool:
    return reads.is_kept(actor, what=Kept.PLAN, key=key)


# ── CareTeam of one: a contact ──


def read_contact(actor: Actor, key: UUID) -> Standing:
    """Whom a person can turn to, as far as the reader may know."""
    one = reads.contact(actor, contact_id=key)
    return Standing(fhir.contact_team(one), one)


def _is_contact(actor: Actor, key: UUID) -> bool:
    return reads.is_kept(actor, what=Kept.CONTACT, key=key)


_TEAM_FOLLOWS = _(
    "Vilka som deltar i en plan skrivs inte: det följer av uppgifterna (Task). Bjud in med en ny Task som bygger på "
    "planen, och svara ja eller nej på den som ni har fått."
)

PLANS = (
    Owned(
        kind="CarePlan",
        what="a plan that we keep",
        room=ROOM,
        action=Action.PLAN_EDIT,
        read=read_plan,
        update=change_plan,
        create=start_plan,
        takes=fhir.is_our_plan,
        writes={
            "POST: subject, category, title, description": "start_plan",
            "title, description; a note that begins with the name of a section and a colon": "write_section",
            "extension careplan-follow-up-due": "set_follow_up",
            "status draft → active": "activate_plan",
            "status active → completed, with the reason as a new note": "end_plan",
            "any other new note": "comment_plan (shown as Communication)",
            "activity.detail: description, status, scheduledPeriod.end": "edit_activity",
            "a new activity.detail after the others: description, performer, goal, scheduledPeriod.end": "add_activity",
        },
    ),
    Owned(
        kind="Goal",
        what="a goal of a plan that we keep",
        room=ROOM,
        action=Action.PLAN_EDIT,
        read=read_goal,
        update=change_goal,
        create=add_goal,
        takes=lambda sent: bool(fhir.plan_of_goal(sent)),
        leans_on=fhir.plan_of_goal,
        writes={
            "POST: extension goal-careplan (CarePlan), description.text, category.text, target.dueDate": "add_goal",
            "description.text, target.dueDate": "edit_goal",
            "lifecycleStatus, achievementStatus, note (in the person's words)": "follow_up_goal",
        },
    ),
    Owned(
        kind="CareTeam",
        what="those who take part in a plan that we keep: follows from its Tasks",
        room=ROOM,
        action=Action.PLAN_READ,
        read=read_team,
        keeps=_is_team_of_plan,
        refusal=_TEAM_FOLLOWS,
    ),
    Owned(
        kind="Provenance",
        what="whose record a plan, its goals and its team are: care provider (outer block), unit (inner block)",
        room=ROOM,
        action=Action.PLAN_READ,
        read=read_provenance,
        keeps=_is_team_of_plan,
        refusal=_("Vems planen är följer av planen. Det skrivs inte här."),
    ),
    Owned(
        kind="CareTeam",
        what="whom a person can turn to: a team of one, appointed on the page",
        room=ROOM,
        action=Action.PERSON_READ,
        read=read_contact,
        keeps=_is_contact,
    ),
)
