"""Task: invitations, undertakings and questions between those who have a plan together (Santeon SCP on IHE DCP and DCTM)."""

from __future__ import annotations

from uuid import UUID

from samverka.access.actions import Action
from samverka.careplans import fhir, operations, reads
from samverka.careplans.reads import Kept, PlanTaskDetail, TasksWanted
from samverka.careplans.rules.tasks import TaskSort
from samverka.config.owned.leaving_search import NOBODY, ids_in, units_in
from samverka.config.owned.values import (
    Asked,
    Change,
    Done,
    Owned,
    Search,
    Standing,
    told_at,
    unit_id_of,
)
from samverka.kernel.actor import Actor
from samverka.resources.rules.receiving import Content

_SERVERS = ("Task.authoredOn", "Task.lastModified", "Task.code.text")
"""The server says when and in which words."""


def _stands(one: PlanTaskDetail, taken: tuple[str, ...] = ()) -> Standing:
    return Standing(fhir.plan_task(one), one, str(one.version), one.moved_at, taken)


def read_task(actor: Actor, key: UUID) -> Standing:
    """What was asked, for the one who asked, the one who was asked and those who keep the plan."""
    return _stands(reads.plan_task(actor, task_id=key))


def ask(actor: Actor, sent: Content) -> Standing:
    """Invite a unit to the plan, put forward something to be done, or ask something back."""
    wanted = fhir.read_plan_task(sent)
    unit_id = unit_id_of(wanted.unit, "Task.owner")
    with told_at(what="Task.description", owner="Task.owner", due_on="Task.restriction.period.end"):
        if wanted.sort is TaskSort.QUESTION:
            assert wanted.part_of is not None
            made = operations.ask_back(actor, task_id=wanted.part_of, words=wanted.what)
        elif wanted.sort is TaskSort.INVITATION:
            made = operations.ask_to_join(actor, plan_id=wanted.plan_id, unit_id=unit_id)
        else:
            made = operations.ask_to_do(
                actor,
                plan_id=wanted.plan_id,
                what=wanted.what,
                unit_id=unit_id,
                due_on=wanted.due_on,
            )
    return _stands(made, _SERVERS)


def move(change: Change) -> Done:
    """Say yes or no, tell how it goes, or call it off."""
    now: PlanTaskDetail = change.now.values
    if change.sent.get("status") == now.status.value:
        return Done()  # nothing else can be written, and that is told
    wanted = fhir.read_move(change.sent)
    with told_at(reason="Task.statusReason", answer="Task.output"):
        operations.move_task(
            change.actor,
            task_id=now.id,
            to=wanted.to,
            reason=wanted.reason,
            answer=wanted.answer,
            version=now.version,
        )
    return Done(taken=("Task.output", "Task.lastModified"))


def find(actor: Actor, asked: Asked) -> tuple[list[Standing], str]:
    """A page of those that the actor may know of, in the order of their ids."""
    persons = [
        ids_in(asked, name, "Patient") for name in ("patient", "subject") if name in asked.values
    ]
    owned = any(name.startswith("owner") for name in asked.values)
    wanted = TasksWanted(
        ids=ids_in(asked, "_id", "") if "_id" in asked.values else None,
        person_ids=frozenset.intersection(*persons) or frozenset({NOBODY}) if persons else None,
        owner_ids=units_in(asked, "owner") if owned else None,
        after=UUID(asked.after) if asked.after else None,
        limit=asked.count,
    )
    found = reads.plan_tasks(actor, wanted=wanted)
    return [_stands(one) for one in found], str(found[-1].id) if len(found) == asked.count else ""


def _is_plan_task(actor: Actor, key: UUID) -> bool:
    return reads.is_kept(actor, what=Kept.TASK, key=key)


TOGETHER = (
    Owned(
        kind="Task",
        what="an invitation to take part in a plan, an undertaking in it, or a question about one of those",
        room="careplans",
        action=Action.PLAN_TASK,
        read=read_task,
        update=move,
        create=ask,
        takes=lambda sent: bool(fhir.plan_of_task(sent)),
        leans_on=fhir.plan_of_task,
        keeps=_is_plan_task,
        alone=True,
        search=Search(
            {
                "_id": "id",
                "patient": "Patient/id, or id",
                "subject": "the same as patient",
                "owner": "who is asked: Organization/id",
                "owner:identifier": "who is asked: HSA-id",
            },
            find,
        ),
        writes={
            "POST requested with basedOn (CarePlan), owner, code plan-task|invitation": "ask_to_join",
            "POST requested (accepted for one's own unit) with basedOn, owner, description, "
            "restriction.period.end, code plan-task|undertaking": "ask_to_do",
            "POST ready with basedOn, partOf (Task), owner, description, code plan-task|question": "ask_back",
            "status, by the table below; statusReason for a no or a failure; output.valueString for what came of it": "move_task",
        },
    ),
)
