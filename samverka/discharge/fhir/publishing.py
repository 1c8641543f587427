"""Cases, messages, copies and lines of the list → R4.

They are read from the room and do not lie on the shelf: what one unit has been given of a case another has not,
and the shelf knows one holder of each resource.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from samverka.discharge.fhir.codes import (
    ACT_CODE,
    ANSWER,
    CASE_NUMBER,
    COPY,
    CORRECTS,
    FACT,
    HSA,
    MESSAGE_KIND,
    PLANNED_END,
    SECRECY,
    SNOMED,
)
from samverka.discharge.reads import CaseDetail, CopyDetail
from samverka.discharge.reads.records import CopyRecord, ItemRecord, SaidRecord, StayRecord
from samverka.discharge.rules.fates import FATE_WORDS, Fate
from samverka.discharge.rules.items import Answer
from samverka.discharge.rules.kinds import CaseStatus
from samverka.discharge.rules.messages import KIND_WORDS, Fact
from samverka.organisations.reads import UnitDetail

Made = dict[str, Any]

# ── Encounter ──

_STAY_STATUS = {
    CaseStatus.EXPECTED: "planned",
    CaseStatus.ADMITTED: "in-progress",
    CaseStatus.READY: "in-progress",
    CaseStatus.HOME: "finished",
    CaseStatus.CLOSED: "finished",
    CaseStatus.CANCELLED: "cancelled",
}


def encounter(one: StayRecord) -> Made:
    """A case as the in-patient Encounter that it is about."""
    case = one.case
    ended = case.discharged_at or (case.closed_at if case.admitted_at else None)
    return _filled(
        {
            "resourceType": "Encounter",
            "id": str(case.id),
            "extension": _planned_end(case.estimated_at),
            "identifier": [{"system": CASE_NUMBER, "value": case.number}],
            "status": _stay_status(one),
            "statusHistory": list(_history(one, ended)),
            "class": {"system": ACT_CODE, "code": "IMP", "display": "inpatient encounter"},
            "subject": _patient(case.person_id),
            "period": _period(case.admitted_at, ended),
            "hospitalization": _hospitalization(case),
            "location": [_location(case, ended)],
            "serviceProvider": organisation(case.ward),
        }
    )


def _stay_status(one: StayRecord) -> str:
    case = one.case
    if case.status is CaseStatus.CLOSED and case.admitted_at is None:
        return "cancelled"  # expected, and never came
    status = _STAY_STATUS[case.status]
    away = any(start <= one.at < end for start, end in one.leaves)
    return "onleave" if away and status == "in-progress" else status


def _history(one: StayRecord, ended: datetime | None) -> Iterator[Made]:
    """R4 tells former statuses only; a leave stands here with both its times, also one to come."""
    if one.case.admitted_at and ended:
        yield {"status": "in-progress", "period": _period(one.case.admitted_at, ended)}
    for start, end in one.leaves:
        yield {"status": "onleave", "period": _period(start, end)}


def _planned_end(day: date | None) -> list[Made]:
    return [{"url": PLANNED_END, "valueDateTime": day.isoformat()}] if day else []


def _hospitalization(case: CaseDetail) -> Made:
    again = {"coding": [{"system": _READMISSION, "code": "R", "display": "Re-admission"}]}
    return _filled(
        {
            "reAdmission": again if case.readmission_of_id else None,
            "dischargeDisposition": {"text": case.goes_to} if case.goes_to else None,
        }
    )


_READMISSION = "http://terminology.hl7.org/CodeSystem/v2-0092"


def _location(case: CaseDetail, ended: datetime | None) -> Made:
    """The ward. Where it was before a move, the trail of each care provider says, not this."""
    status = {"planned": "planned", "finished": "completed", "cancelled": "completed"}
    return _filled(
        {
            "location": {"display": case.ward.name},
            "status": status.get(_STAY_STATUS[case.status], "active"),
        }
    )


# ── Communication ──


def communication(one: SaidRecord) -> Made:
    """A message in a case, with what became of it at each receiver that the reader may know of."""
    message = one.message
    withdrawn = message.withdrawn_at is not None
    receipts = [copy.receipted_at for copy in message.copies]
    received = receipts[0] if len(receipts) == 1 else None
    return _filled(
        {
            "resourceType": "Communication",
            "id": str(message.id),
            "extension": [_secrecy(one), *_corrects(message.corrects_id), *_copies(one)],
            "status": "stopped" if withdrawn else "completed",
            "statusReason": {"text": message.withdrawn_reason} if withdrawn else None,
            "category": [_concept(MESSAGE_KIND, message.kind.value, KIND_WORDS[message.kind])],
            "subject": _patient(one.person_id),
            "encounter": {"reference": f"Encounter/{one.case_id}"},
            "sent": instant(message.sent_at),
            "received": instant(received),
            "recipient": [organisation(unit) for unit in one.units],
            "sender": organisation(one.sender),
            "payload": [_payload(name, value) for name, value in message.body.items()],
            "note": [{"text": message.sent_by}],
        }
    )


def _secrecy(one: SaidRecord) -> Made:
    """On what ground it was given; what the test came to stays with the one who made it."""
    parts = [{"url": "ground", "valueCode": one.message.secrecy.value}]
    if one.message.own and one.message.secrecy_note:
        parts.append({"url": "note", "valueString": one.message.secrecy_note})
    return {"url": SECRECY, "extension": parts}


def _corrects(earlier: UUID | None) -> list[Made]:
    if earlier is None:
        return []
    return [{"url": CORRECTS, "valueReference": {"reference": f"Communication/{earlier}"}}]


def _copies(one: SaidRecord) -> Iterator[Made]:
    for copy, unit in zip(one.message.copies, one.units, strict=True):
        yield {"url": COPY, "extension": list(_copy_parts(copy, unit))}


def _copy_parts(copy: CopyDetail, unit: UnitDetail) -> Iterator[Made]:
    ended = copy.fate not in (Fate.WAITING, Fate.RECEIPTED)
    at = copy.ended_at if ended else copy.receipted_at
    yield {"url": "receiver", "valueReference": organisation(unit)}
    yield {"url": "task", "valueReference": {"reference": f"Task/{copy.id}"}}
    yield {"url": "fate", "valueCode": copy.fate.value}
    if at:
        yield {"url": "at", "valueDateTime": instant(at)}
    if by := copy.ended_by if ended else copy.receipted_by:
        yield {"url": "by", "valueString": by}
    if copy.reason:
        yield {"url": "reason", "valueString": copy.reason}


def _payload(name: str, value: object) -> Made:
    return {"extension": [{"url": FACT, "valueCode": name}], "contentString": str(value)}


# ── Task ──

_TASK_STATUS = {
    Fate.WAITING: "requested",
    Fate.RECEIPTED: "completed",
    Fate.RETURNED: "rejected",
    Fate.FORWARDED: "rejected",
    Fate.WITHDRAWN: "cancelled",
}


def task(one: CopyRecord) -> Made:
    """A copy that is to be receipted, as the task of the unit that has it, with its clock."""
    copy, message = one.copy, one.said.message
    return _filled(
        {
            "resourceType": "Task",
            "id": str(copy.id),
            "status": _TASK_STATUS[copy.fate],
            "statusReason": {"text": copy.reason} if copy.reason else None,
            "businessStatus": {"text": str(FATE_WORDS[copy.fate])},
            "intent": "order",
            "code": _concept(MESSAGE_KIND, message.kind.value, KIND_WORDS[message.kind]),
            "focus": {"reference": f"Communication/{message.id}"},
            "for": _patient(one.said.person_id),
            "encounter": {"reference": f"Encounter/{one.said.case_id}"},
            "executionPeriod": _period(None, copy.receipted_at or copy.ended_at),
            "authoredOn": instant(copy.sent_at),
            "lastModified": instant(one.changed_at),
            "requester": organisation(one.said.sender),
            "owner": organisation(one.unit),
            "restriction": {"period": {"end": instant(one.due_at)}},
            "note": [{"text": copy.receipted_by}] if copy.receipted_by else [],
        }
    )


# ── ServiceRequest ──

_REQUEST_STATUS: Mapping[Answer | None, str] = {
    None: "active",
    Answer.YES: "completed",
    Answer.NO: "on-hold",
    Answer.NOT_NEEDED: "revoked",
}


def service_request(one: ItemRecord) -> Made:
    """A line of the list "ready to go home": who answers for it, and the answer."""
    item, case = one.item, one.case
    answered = {"authorString": item.answered_by, "time": instant(item.answered_at)}
    units = {case.ward.id: case.ward, **{taking.unit.id: taking.unit for taking in case.units}}
    unit = units.get(item.unit_id)
    owner = organisation(unit) if unit else {"type": "Organization", "display": item.unit_name}
    return _filled(
        {
            "resourceType": "ServiceRequest",
            "id": str(item.id),
            "extension": [{"url": ANSWER, "valueCode": item.answer.value}] if item.answer else [],
            "status": _REQUEST_STATUS[item.answer],
            "intent": "order",
            "code": {"text": str(item.name)},
            "orderDetail": [{"text": item.words}] if item.words else [],
            "subject": _patient(case.person_id),
            "encounter": {"reference": f"Encounter/{case.id}"},
            "occurrencePeriod": {"end": instant(item.due_at)} if item.due_at else None,
            "authoredOn": instant(item.asked_at),
            "requester": {"display": item.asked_from or item.asked_by},
            "performer": [owner],
            "note": [_filled({**answered, "text": item.answer_words})] if item.answer_words else [],
        }
    )


def call_request(one: SaidRecord) -> Made:
    """The call to plan together (LUS 4:3), as the request that it is; the message has the same id."""
    message = one.message
    meeting = str(message.body.get(Fact.MEETING.value, ""))
    return _filled(
        {
            "resourceType": "ServiceRequest",
            "id": str(message.id),
            "status": "revoked" if message.withdrawn_at else "active",
            "intent": "order",
            "code": {
                "coding": [{"system": SNOMED, "code": "734163000", "display": "Care plan"}],
                "text": str(KIND_WORDS[message.kind]),
            },
            "orderDetail": [{"text": meeting}] if meeting else [],
            "subject": _patient(one.person_id),
            "encounter": {"reference": f"Encounter/{one.case_id}"},
            "authoredOn": instant(message.sent_at),
            "requester": organisation(one.sender),
            "performer": [organisation(unit) for unit in one.units],
            "supportingInfo": [{"reference": f"Communication/{message.id}"}],
        }
    )


# ── what they share ──


def organisation(unit: UnitDetail) -> Made:
    """A unit, by our id, its HSA-id and its name."""
    return _filled(
        {
            "reference": f"Organization/{unit.id}",
            "type": "Organization",
            "identifier": {"system": HSA, "value": unit.hsa_id} if unit.hsa_id else None,
            "display": unit.name,
        }
    )


def _concept(system: str, code: str, words: object) -> Made:
    return {"coding": [{"system": system, "code": code}], "text": str(words)}


def _patient(person_id: UUID) -> Made:
    return {"reference": f"Patient/{person_id}"}


def _period(start: datetime | None, end: datetime | None) -> Made:
    return _filled({"start": instant(start), "end": instant(end)})


def instant(moment: datetime | None) -> str | None:
    """A time in UTC, with its zone."""
    return moment.astimezone(UTC).isoformat() if moment else None


def _filled(made: Made) -> Made:
    """FHIR has no empty elements."""
    return {name: value for name, value in made.items() if value not in (None, "", [], {})}
