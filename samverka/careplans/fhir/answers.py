"""Requests for a plan and answers, from FHIR clients → plain values for the operations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from samverka.careplans.fhir.codes import AGREED, REFUSAL, STATUS_REASON
from samverka.careplans.fhir.writing import named_unit, pointed_at
from samverka.careplans.rules import KINDS, PlanKind, RefusalGround
from samverka.careplans.rules.meetings import Answer, CallStatus
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.resources.rules.receiving import object_of, objects
from samverka.resources.rules.times import full_moment

Resource = Mapping[str, Any]

# ── a request for a plan ──


@dataclass(frozen=True, slots=True)
class RequestSent:
    """Someone asks for a plan.

    Attributes:
        unit: how the one who shall answer is named.
        agreed: the person says yes to that another care provider is asked.
    """

    person_id: UUID
    reason: str
    kind: PlanKind
    asked_by: str
    unit: tuple[str, str]
    agreed: bool = False


CARE_PLAN = "734163000"
"""SNOMED CT: care plan (record artifact)."""


def read_service_request(sent: Resource) -> RequestSent:
    """ServiceRequest for a care plan → who asks whom for what.

    Raises:
        Invalid: it asks for something else, or for nobody; `where` is the FHIRPath.
    """
    code = object_of(sent.get("code"))
    if not any(one.get("code") == CARE_PLAN for one in objects(code.get("coding"))):
        words = _("Här tas bara en begäran om plan emot (SNOMED CT 734163000).")
        raise Invalid(words, where="ServiceRequest.code")
    named = {str(spec.words): kind for kind, spec in KINDS.items()}
    unit: object = next(objects(sent.get("performer")), None)
    return RequestSent(
        person_id=pointed_at(sent.get("subject"), "Patient", "ServiceRequest.subject"),
        reason="\n".join(str(one.get("text", "")) for one in objects(sent.get("reasonCode"))),
        kind=named.get(str(code.get("text", "")), PlanKind.SIP),
        asked_by=str(object_of(sent.get("requester")).get("display", "")),
        unit=named_unit(unit) if unit else ("", ""),
        agreed=list(objects(sent.get("extension"))) == [{"url": AGREED, "valueBoolean": True}],
    )


def refusal_ground(sent: Resource) -> RefusalGround | None:
    """Why not, by the code in HL7's extension for the reason of a status; None if it is not said.

    Raises:
        Invalid: a code that is no ground.
    """
    concepts = (
        object_of(one.get("valueCodeableConcept"))
        for one in objects(sent.get("extension"))
        if one.get("url") == STATUS_REASON
    )
    codes = [str(c.get("code", "")) for one in concepts for c in _grounds(one)]
    if not codes:
        return None
    if codes[0] not in set(RefusalGround):
        words = _("Grunden är en av: %(codes)s.", codes=", ".join(RefusalGround))
        raise Invalid(words, where="ServiceRequest.extension")
    return RefusalGround(codes[0])


def _grounds(concept: Resource) -> Iterator[Resource]:
    return (one for one in objects(concept.get("coding")) if one.get("system") == REFUSAL)


def refusal_reason(sent: Resource) -> str:
    """The reason that the person reads."""
    return "\n".join(str(one.get("text", "")) for one in objects(sent.get("note")))


# ── calls ──

_ANSWERS = {
    "accepted": CallStatus.ACCEPTED,
    "rejected": CallStatus.DECLINED,
    "declined": CallStatus.DECLINED,
    "on-hold": CallStatus.OTHER_TIME,
    "tentative": CallStatus.OTHER_TIME,
}


def task_answer(sent: Resource) -> Answer:
    """Task of a call → the answer. Another time stands as an output with valueDateTime.

    Raises:
        Invalid: it is no answer, or the time is no time; `where` is the FHIRPath.
    """
    reason = str(object_of(sent.get("statusReason")).get("text", ""))
    told = (one.get("valueDateTime") for one in objects(sent.get("output")))
    time = next(filter(None, told), None)
    return _answer(
        sent.get("status"), reason, time, ("Task.status", "Task.output[0].valueDateTime")
    )


def participant_answer(one: Resource, comment: str, where: str) -> Answer:
    """A participant of a meeting → the answer to that one's call. Another time is the period's start.

    Raises:
        Invalid: it is no answer, or the time is no time; `where` is the FHIRPath.
    """
    time = object_of(one.get("period")).get("start")
    return _answer(one.get("status"), comment, time, (f"{where}.status", f"{where}.period.start"))


def _answer(code: object, reason: str, time: object, where: tuple[str, str]) -> Answer:
    if code not in _ANSWERS:
        words = _("Svara ja, nej med skäl, eller med en annan tid.")
        mend = _("Task: accepted, rejected, on-hold. Participant: accepted, declined, tentative.")
        raise Invalid(words, where=where[0], mend=mend)
    status = _ANSWERS[str(code)]
    other: datetime | None = (
        full_moment(time, where[1]) if status is CallStatus.OTHER_TIME else None
    )
    return Answer(status, reason=reason, time=other)
