"""Invitations, undertakings and questions of a plan ↔ FHIR R4 Task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from samverka.careplans.fhir.codes import NOPATIENT, PLAN_TASK
from samverka.careplans.fhir.writing import day, named_unit, pointed_at
from samverka.careplans.reads.task_values import PlanTaskDetail, TaskUnit
from samverka.careplans.rules.tasks import FIRST, TaskSort, TaskStatus
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.resources.rules.receiving import object_of, objects

Resource = Mapping[str, Any]

_HSA = "urn:oid:1.2.752.29.4.19"
ANSWER = "Svar"
"""What the output of a Task is: how it went, or the answer to a question."""


def plan_task(one: PlanTaskDetail) -> dict[str, Any]:
    """An invitation, an undertaking or a question as Task: who asks whom for what, and how far it has come."""
    plan = {"reference": f"CarePlan/{one.plan_id}"}
    return _filled(
        {
            "resourceType": "Task",
            "id": str(one.id),
            "meta": {"security": [NOPATIENT]} if one.not_for_patient else None,
            "basedOn": [plan],
            "partOf": [{"reference": f"Task/{one.part_of_id}"}] if one.part_of_id else [],
            "status": one.status.value,
            "statusReason": {"text": one.reason} if one.reason else None,
            "intent": "order",
            "code": {
                "coding": [{"system": PLAN_TASK, "code": one.sort.value}],
                "text": str(one.sort_words),
            },
            "description": one.what,
            "focus": plan,
            "for": {"reference": f"Patient/{one.person_id}"},
            "authoredOn": _instant(one.asked_at),
            "lastModified": _instant(one.moved_at),
            "requester": _unit(one.requester),
            "owner": _unit(one.owner),
            "restriction": {"period": {"end": one.due_on.isoformat()}} if one.due_on else None,
            "output": [{"type": {"text": ANSWER}, "valueString": one.answer}] if one.answer else [],
        }
    )


def _unit(one: TaskUnit) -> dict[str, Any]:
    identifier = {"system": _HSA, "value": one.hsa_id} if one.hsa_id else None
    return _filled(
        {
            "reference": f"Organization/{one.id}",
            "type": "Organization",
            "identifier": identifier,
            "display": one.name,
        }
    )


def _instant(moment: datetime) -> str:
    return moment.isoformat()


def _filled(made: dict[str, Any]) -> dict[str, Any]:
    """FHIR has no empty elements."""
    return {name: value for name, value in made.items() if value not in (None, "", [], {})}


# ── what a client sends ──


@dataclass(frozen=True, slots=True)
class TaskSent:
    """Someone is asked something.

    Attributes:
        unit: how the one who is asked is named: (id, HSA-id).
        part_of: what a question is about.
    """

    sort: TaskSort
    plan_id: UUID
    unit: tuple[str, str]
    what: str
    due_on: date | None
    part_of: UUID | None


def read_plan_task(sent: Resource) -> TaskSent:
    """A new Task of a plan → who is asked what.

    Raises:
        Invalid: it does not say what it asks, or begins as no task does; `where` is the FHIRPath.
    """
    sort = _sort(sent)
    status = sent.get("status")
    begins = {FIRST[sort].value} | (
        {TaskStatus.ACCEPTED.value} if sort is TaskSort.UNDERTAKING else set()
    )
    if status not in begins:
        words = _("En ny uppgift börjar som %(codes)s.", codes=", ".join(sorted(begins)))
        raise Invalid(words, where="Task.status")
    end = object_of(object_of(sent.get("restriction")).get("period")).get("end")
    asks_back = sort is TaskSort.QUESTION
    return TaskSent(
        sort=sort,
        plan_id=pointed_at(sent.get("basedOn"), "CarePlan", "Task.basedOn"),
        unit=named_unit(sent.get("owner")),
        what=str(sent.get("description", "")),
        due_on=day(end, "Task.restriction.period.end") if end else None,
        part_of=pointed_at(sent.get("partOf"), "Task", "Task.partOf") if asks_back else None,
    )


def _sort(sent: Resource) -> TaskSort:
    codings = objects(object_of(sent.get("code")).get("coding"))
    codes = [str(one.get("code", "")) for one in codings if one.get("system") == PLAN_TASK]
    if codes and codes[0] in set(TaskSort):
        return TaskSort(codes[0])
    words = _("Säg vad uppgiften är: %(codes)s.", codes=", ".join(TaskSort))
    mend = _("Skicka code med system %(system)s.", system=PLAN_TASK)
    raise Invalid(words, where="Task.code", mend=mend)


@dataclass(frozen=True, slots=True)
class MoveSent:
    """A client moves a task."""

    to: TaskStatus
    reason: str
    answer: str


def read_move(sent: Resource) -> MoveSent:
    """Task → where it is to go, why, and what came of it.

    Raises:
        Invalid: a status that no task of a plan has; `where` is the FHIRPath.
    """
    status = str(sent.get("status", ""))
    if status not in set(TaskStatus):
        words = _("En uppgift i en plan är: %(codes)s.", codes=", ".join(TaskStatus))
        raise Invalid(words, where="Task.status")
    told = (
        str(one["valueString"]) for one in objects(sent.get("output")) if one.get("valueString")
    )
    return MoveSent(
        to=TaskStatus(status),
        reason=str(object_of(sent.get("statusReason")).get("text", "")),
        answer="\n".join(told),
    )
