"""Requests for a plan → ServiceRequest; the consent to a plan → Consent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from samverka.careplans.fhir.codes import REFUSAL, STATUS_REASON
from samverka.careplans.reads.asked import RequestDetail
from samverka.careplans.reads.consented import ConsentAskDetail, ConsentPage
from samverka.careplans.rules import ConsentStatus, RequestStatus

_HSA = "urn:oid:1.2.752.29.4.19"
_SNOMED = "http://snomed.info/sct"
_REQUEST_STATUS = {
    RequestStatus.ASKED: "active",
    RequestStatus.ACCEPTED: "completed",
    RequestStatus.REFUSED: "revoked",
    RequestStatus.WITHDRAWN: "revoked",
}
_CONSENT_STATUS = {
    ConsentStatus.NOT_ASKED: "draft",
    ConsentStatus.ASKED: "proposed",
    ConsentStatus.GIVEN: "active",
    ConsentStatus.REFUSED: "rejected",
    ConsentStatus.NOT_POSSIBLE: "inactive",
    ConsentStatus.WITHDRAWN: "inactive",
    ConsentStatus.EXPIRED: "inactive",
}
_SCOPE = {
    "system": "http://terminology.hl7.org/CodeSystem/consentscope",
    "code": "patient-privacy",
}
_CATEGORY = {"system": "http://loinc.org", "code": "59284-0", "display": "Consent Document"}
_RECIPIENT = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
    "code": "IRCP",
}
_LAW = "10 kap. 1 § offentlighets- och sekretesslagen (2009:400)"


def service_request(request: RequestDetail) -> dict[str, Any]:
    """A request for a plan: who asks whom, why, and what was answered."""
    return _filled(
        {
            "resourceType": "ServiceRequest",
            "id": str(request.id),
            "extension": _why_not(request),
            "status": _REQUEST_STATUS[request.status],
            "intent": "proposal",
            "code": {
                "coding": [{"system": _SNOMED, "code": "734163000", "display": "Care plan"}],
                "text": str(request.kind_words),
            },
            "subject": {"reference": f"Patient/{request.person_id}"},
            "authoredOn": request.asked_at.isoformat(),
            "occurrencePeriod": {"end": request.due_at.isoformat()},
            "requester": _requester(request),
            "performer": [_organisation(request.unit.id, request.unit.name, request.unit.hsa_id)],
            "reasonCode": [{"text": request.reason}],
            "supportingInfo": [{"reference": f"CarePlan/{request.plan_id}"}]
            if request.plan_id
            else [],
            "note": [{"text": request.answer}] if request.answer else [],
        }
    )


def _why_not(request: RequestDetail) -> list[dict[str, Any]]:
    """The ground of a no, in code and as it is said to the person; the reason stands as the note."""
    if request.ground is None:
        return []
    coding = {"system": REFUSAL, "code": request.ground.value}
    concept = {"coding": [coding], "text": str(request.plain)}
    return [{"url": STATUS_REASON, "valueCodeableConcept": concept}]


def _requester(request: RequestDetail) -> dict[str, Any]:
    if request.own_wish and not request.from_unit:
        return {"reference": f"Patient/{request.person_id}", "display": request.asked_by}
    return {"display": request.asked_by}


def plan_consent(page: ConsentPage, ask: ConsentAskDetail) -> dict[str, Any]:
    """The question of consent to a plan, and its answer; of what it does not cover too."""
    return _filled(
        {
            "resourceType": "Consent",
            "id": str(ask.id),
            "status": _CONSENT_STATUS[ask.status],
            "scope": {"coding": [_SCOPE]},
            "category": [{"coding": [_CATEGORY]}],
            "patient": {"reference": f"Patient/{page.person.id}"},
            "dateTime": (ask.answered_at or ask.asked_at).isoformat(),
            "performer": [{"display": ask.answered_by}] if ask.answered_by else [],
            "organization": [_organisation(page.unit.id, page.unit.name, page.unit.hsa_id)],
            "policyRule": {"text": _LAW},
            "provision": _provision(page, ask),
        }
    )


def _provision(page: ConsentPage, ask: ConsentAskDetail) -> dict[str, Any]:
    outside = {"type": "deny", "code": [{"text": ask.not_covered}]} if ask.not_covered else None
    return _filled(
        {
            "type": "permit",
            "period": {"end": ask.until.isoformat()} if ask.until else None,
            "actor": [
                {"role": {"coding": [_RECIPIENT]}, "reference": _organisation(one, name, "")}
                for one, name in zip(ask.unit_ids, ask.units, strict=False)
            ],
            "code": [{"text": ask.covers}] if ask.covers else [],
            "data": [
                {"meaning": "instance", "reference": {"reference": f"CarePlan/{page.plan_id}"}}
            ],
            "provision": [outside] if outside else [],
        }
    )


def _organisation(unit_id: UUID, name: str, hsa_id: str) -> dict[str, Any]:
    return _filled(
        {
            "reference": f"Organization/{unit_id}",
            "type": "Organization",
            "identifier": {"system": _HSA, "value": hsa_id} if hsa_id else None,
            "display": name,
        }
    )


def _filled(made: dict[str, Any]) -> dict[str, Any]:
    """FHIR has no empty elements."""
    return {name: value for name, value in made.items() if value not in (None, "", [], {})}
