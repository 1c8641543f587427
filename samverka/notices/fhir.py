"""Tasks → FHIR R4 Task. One direction: a task is set by the process that it belongs to."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from samverka.notices.reads import TaskDetail
from samverka.notices.rules import TaskStatus

_HSA = "urn:oid:1.2.752.29.4.19"
_KINDS = "https://samverka.example/fhir/CodeSystem/task-kind"
_NOPATIENT = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
    "code": "NOPATIENT",
}
_STATUS = {
    TaskStatus.OPEN: "requested",
    TaskStatus.TAKEN: "in-progress",
    TaskStatus.DONE: "completed",
}
_RESOURCES = {"Plan": "CarePlan"}
"""Our objects that stand on the shelf under their own ids."""


class Place(Protocol):
    """What must be known of a unit."""

    @property
    def name(self) -> str:
        """As it is called."""

    @property
    def hsa_id(self) -> str:
        """In the national catalogue; "" without one."""


def task(one: TaskDetail, unit: Place) -> dict[str, Any]:
    """A task of a unit as Task."""
    return _filled(
        {
            "resourceType": "Task",
            "id": str(one.id),
            "meta": {"security": [_NOPATIENT]} if one.not_for_patient else None,
            "identifier": [{"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{one.id}"}],
            "status": _status(one),
            "intent": "order",
            "code": {
                "coding": [{"system": _KINDS, "code": one.kind.value}],
                "text": str(one.kind_words),
            },
            "description": str(one.verb),
            "focus": _focus(one),
            "for": {"reference": f"Patient/{one.person_id}"},
            "authoredOn": _instant(one.opened_at),
            "lastModified": _instant(one.changed_at),
            "executionPeriod": _filled(
                {"start": _instant(one.taken_at), "end": _instant(one.ended_at)}
            ),
            "owner": _owner(unit),
            "restriction": {"period": {"end": _instant(one.due_at)}} if one.due_at else None,
            "statusReason": {"text": one.handed_reason} if one.handed_reason else None,
        }
    )


def _status(one: TaskDetail) -> str:
    """What ended by itself was done if someone had opened it; else it was never begun."""
    if one.status is TaskStatus.CLOSED:
        return "completed" if one.seen or one.taken_at else "cancelled"
    return _STATUS[one.status]


def _focus(one: TaskDetail) -> dict[str, Any]:
    if resource := _RESOURCES.get(one.object_type):
        return {"reference": f"{resource}/{one.object_id}"}
    return {"identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{one.object_id}"}}


def _owner(unit: Place) -> dict[str, Any]:
    identifier = {"system": _HSA, "value": unit.hsa_id} if unit.hsa_id else None
    return _filled({"type": "Organization", "identifier": identifier, "display": unit.name})


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _filled(made: dict[str, Any]) -> dict[str, Any]:
    """FHIR has no empty elements."""
    return {name: value for name, value in made.items() if value not in (None, "", [], {})}
