"""A line of the trail → FHIR R4 AuditEvent in the shape of IHE BALP (Basic Audit Log Patterns).

The profiles are not claimed in `meta`: they ask for the client's network address, which a line does not
hold, and for one object an event, where a list of ours shows several.
"""

from __future__ import annotations

from datetime import UTC
from typing import Any

from samverka.audit.rules import Line, Outcome

_TYPE = {
    "system": "http://terminology.hl7.org/CodeSystem/audit-event-type",
    "code": "rest",
    "display": "Restful Operation",
}
_INTERACTION = "http://hl7.org/fhir/restful-interaction"
_INTERACTIONS = {"R": "read", "C": "create", "U": "update", "D": "delete", "E": "operation"}
_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
_PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
_DICOM = "http://dicom.nema.org/resources/ontology/DCM"
_ENTITY_TYPE = "http://terminology.hl7.org/CodeSystem/audit-entity-type"
_ROLE = "http://terminology.hl7.org/CodeSystem/object-role"
_OWN = "urn:x-samverka"

RESOURCE_OF = {
    "Person": "Patient",
    "Plan": "CarePlan",
    "Goal": "Goal",
    "CareContact": "CareTeam",
    "Booking": "Appointment",
    "Visit": "Encounter",
    "Stay": "Encounter",
    "Referral": "ServiceRequest",
    "Consent": "Consent",
}
"""Kinds of objects whose R4 form lies on the shelf under the same id; others are named by uuid."""


def audit_event(number: int, line: Line, *, site: str, words: str = "") -> dict[str, Any]:
    """The line as an AuditEvent resource.

    Args:
        number: the line's number in the trail.
        site: the host name under which the system is reached.
        words: what was done, said in words ("läste planen för").
    """
    made: dict[str, Any] = {
        "resourceType": "AuditEvent",
        "id": str(number),
        "type": _TYPE,
        "subtype": _subtypes(line, words),
        "action": line.mode,
        "recorded": line.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "outcome": str(line.outcome),
        "purposeOfEvent": [_coded(_REASON, line.purpose)],
        "agent": _agents(line, site),
        "source": {
            "site": site,
            "observer": {"display": "Samverka"},
            "type": [_coding("http://terminology.hl7.org/CodeSystem/security-source-type", "4")],
        },
    }
    entities = _entities(line)
    return made | ({"entity": entities} if entities else {})


def _coding(system: str, code: str, display: str = "") -> dict[str, str]:
    return {"system": system, "code": code} | ({"display": display} if display else {})


def _coded(system: str, code: str, display: str = "") -> dict[str, Any]:
    return {"coding": [_coding(system, code, display)]}


def _named(uuid: str, display: str) -> dict[str, Any]:
    made: dict[str, Any] = {"display": display} if display else {}
    if uuid:
        made["identifier"] = {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{uuid}"}
    return made


def _subtypes(line: Line, words: str) -> list[dict[str, str]]:
    interaction = _INTERACTIONS[line.mode]
    return [
        _coding(_INTERACTION, interaction, interaction),
        _coding(f"{_OWN}:action", line.action, words),
    ]


# ── agents: who, for whom, with what ──


def _agents(line: Line, site: str) -> list[dict[str, Any]]:
    agents = [_user(line)]
    if line.provider_id:
        agents.append(_custodian(line))
    return [*agents, _server(line, site)]


def _user(line: Line) -> dict[str, Any]:
    """One who reads receives the information; one who changes gives it."""
    changes = line.mode in "CUD"
    kind = ("INF", "informant") if changes else ("IRCP", "information recipient")
    user: dict[str, Any] = {
        "type": _coded(_PARTICIPATION, *kind),
        "who": _named(line.actor_id, line.actor_name),
        "name": line.actor_name,
        "requestor": True,
        "purposeOfUse": [_coded(_REASON, line.purpose)],
    }
    if line.actor_role:
        user["role"] = [{"text": line.actor_role}]
    if line.unit_id:
        user["location"] = _named(line.unit_id, line.unit_name)
    if line.ground:
        user["policy"] = [f"{_OWN}:ground:{line.ground}"]
    return user


def _custodian(line: Line) -> dict[str, Any]:
    return {
        "type": _coded(_PARTICIPATION, "CST", "custodian"),
        "who": _named(line.provider_id, line.provider_name),
        "requestor": False,
    }


def _server(line: Line, site: str) -> dict[str, Any]:
    """The server is the source of what is read, and the destination of what is changed."""
    source = line.mode == "R"
    code, display = ("110153", "Source Role ID") if source else ("110152", "Destination Role ID")
    return {
        "type": _coded(_DICOM, code, display),
        "who": {"display": site},
        "requestor": False,
        "network": {"address": site, "type": "1"},
    }


# ── entities: whose data, and which ──


def _entities(line: Line) -> list[dict[str, Any]]:
    entities = []
    if line.person_id:
        entities.append(
            {
                "what": {"reference": f"Patient/{line.person_id}"},
                "type": _coding(_ENTITY_TYPE, "1", "Person"),
                "role": _coding(_ROLE, "1", "Patient"),
            }
        )
    if line.outcome == Outcome.SUCCESS:  # a refusal shows nothing, so it names nothing
        entities += [_object(line.object_type, one) for one in line.object_ids]
    if line.request_id:
        entities.append(_request(line.request_id))
    return entities


def _object(kind: str, uuid: str) -> dict[str, Any]:
    resource = RESOURCE_OF.get(kind)
    what = {"reference": f"{resource}/{uuid}"} if resource else _named(uuid, kind)
    return {
        "what": what,
        "type": _coding(_ENTITY_TYPE, "2", "System Object"),
        "role": _coding(_ROLE, "4", "Domain Resource"),
    }


def _request(request_id: str) -> dict[str, Any]:
    system = "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType"
    return {
        "what": {"identifier": {"value": request_id}},
        "type": _coding(system, "XrequestId"),
    }
