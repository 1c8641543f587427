"""Meetings and calls → FHIR R4 Appointment and Task."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from samverka.careplans.fhir.codes import NOPATIENT
from samverka.careplans.reads.meeting_values import CallLine, MeetingDetail
from samverka.careplans.rules.meetings import CallStatus, Duty, Invitee, MeetingStatus

TITLE = "Planeringsmöte"
"""All that a meeting is called outside the plan: it says nothing of the person."""

OTHER_TIME = "Annat förslag på tid"
"""What the output of a call's Task is, when the one who was called asks for another time."""

_MEETING = {
    MeetingStatus.PLANNED: "booked",
    MeetingStatus.HELD: "fulfilled",
    MeetingStatus.CONFIRMED: "fulfilled",
    MeetingStatus.CANCELLED: "cancelled",
}
_PARTICIPATION = {
    CallStatus.SENT: "needs-action",
    CallStatus.ACCEPTED: "accepted",
    CallStatus.DECLINED: "declined",
    CallStatus.OTHER_TIME: "tentative",
    CallStatus.SUPERSEDED: "needs-action",
    CallStatus.LAPSED: "needs-action",
    CallStatus.WITHDRAWN: "declined",
}
_TASK = {
    CallStatus.SENT: "requested",
    CallStatus.ACCEPTED: "accepted",
    CallStatus.DECLINED: "rejected",
    CallStatus.OTHER_TIME: "on-hold",
    CallStatus.SUPERSEDED: "cancelled",
    CallStatus.LAPSED: "failed",
    CallStatus.WITHDRAWN: "cancelled",
}


def appointment(meeting: MeetingDetail) -> dict[str, Any]:
    """A meeting about a plan that we keep as Appointment."""
    unit = {"type": "HealthcareService", "display": meeting.unit.name}
    planned = meeting.status is MeetingStatus.PLANNED
    pending = planned and any(one.status is CallStatus.SENT for one in meeting.calls)
    place = {"type": "Location", "display": meeting.place}
    participants = [{"actor": unit, "required": "required", "status": "accepted"}]
    participants += [_participant(one) for one in meeting.calls]
    participants += [{"actor": place, "status": "accepted"}] if meeting.place else []
    return _filled(
        {
            "resourceType": "Appointment",
            "id": str(meeting.id),
            "meta": {"security": [NOPATIENT]} if meeting.plan.not_for_patient else None,
            "status": "pending" if pending else _MEETING[meeting.status],
            "cancelationReason": {"text": meeting.cancel_reason} if meeting.cancel_reason else None,
            "description": TITLE,
            "supportingInformation": [{"reference": f"CarePlan/{meeting.plan.id}"}],
            "start": _instant(meeting.starts_at),
            "end": _instant(meeting.ends_at),
            "participant": participants,
        }
    )


def _participant(call: CallLine) -> dict[str, Any]:
    """R4 lets no Organization take part in an Appointment: a unit comes as the service that it is."""
    unit = {"type": "HealthcareService", "display": call.name}
    return {
        "actor": unit if call.invitee is Invitee.UNIT else _who(call),
        "required": "required" if call.duty is Duty.CALLED else "optional",
        "status": _PARTICIPATION[call.status],
    } | ({"period": {"start": _instant(call.other_time)}} if call.other_time else {})


def _who(call: CallLine) -> dict[str, Any]:
    if call.invitee is Invitee.PERSON:
        return {"reference": f"Patient/{call.person_id}"}
    if call.invitee is Invitee.UNIT:
        return {"type": "Organization", "display": call.name}
    return {"type": "RelatedPerson", "display": call.name}


def call_task(call: CallLine) -> dict[str, Any]:
    """A call, or an invitation, as Task: someone is asked to come. Never what the meeting is about."""
    return _filled(
        {
            "resourceType": "Task",
            "id": str(call.id),
            "status": _TASK[call.status],
            "statusReason": {"text": call.reason} if call.reason else None,
            "intent": "order" if call.duty is Duty.CALLED else "proposal",
            "code": {"text": TITLE},
            "focus": {"reference": f"Appointment/{call.meeting_id}"},
            "for": {"reference": f"Patient/{call.person_id}"},
            "authoredOn": _instant(call.sent_at),
            "lastModified": _instant(call.answered_at or call.sent_at),
            "owner": _who(call) if call.invitee is not Invitee.OTHER else None,
            "restriction": {"period": {"end": _instant(call.answer_by)}},
            "output": [{"type": {"text": OTHER_TIME}, "valueDateTime": _instant(call.other_time)}]
            if call.other_time
            else [],
        }
    )


def _instant(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _filled(made: dict[str, Any]) -> dict[str, Any]:
    """FHIR has no empty elements."""
    return {name: value for name, value in made.items() if value not in (None, "", [], {})}
