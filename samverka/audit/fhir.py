"""A line of the trail → FHIR R4 AuditEvent after IHE BALP (Basic Audit Log Patterns), with the rules of Inera's EHDS-TK.

A read of one thing is BALP's PatientRead, a list PatientQuery: the question, and each thing that was shown. What was not
shown stands in no line, so it stands in no event. A refusal says that it was one, and nothing of what was refused.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC
from typing import Any
from uuid import UUID

from samverka.audit.rules import Line, Outcome

_BALP = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit"
_TYPE = {
    "system": "http://terminology.hl7.org/CodeSystem/audit-event-type",
    "code": "rest",
    "display": "Restful Operation",
}
_INTERACTION = "http://hl7.org/fhir/restful-interaction"
_INTERACTIONS = {"R": "read", "C": "create", "U": "update", "D": "delete", "E": "operation"}
_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
_PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
_PROVENANCE = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
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


_KINDS = "http://hl7.org/fhir/resource-types"
_HSA = "urn:oid:1.2.752.29.4.19"
_PROFILES = {"read": "PatientRead", "search": "PatientQuery", "create": "PatientCreate", "update": "PatientUpdate"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """What the line does not hold of those in it.

    Attributes:
        user_hsa_id, provider_hsa_id: "" where there is none.
        own: the person has done it.
    """

    user_hsa_id: str = ""
    provider_hsa_id: str = ""
    own: bool = False


def number_of(key: UUID) -> int | None:
    """The line that an id names; None where it names none."""
    return key.int if 0 < key.int < 2**63 else None


def audit_event(
    number: int, line: Line, *, site: str, words: str = "", names: Names | None = None
) -> dict[str, Any]:
    """The line as an AuditEvent resource.

    Args:
        number: the line's number in the trail; the id is made of it.
        site: the host name under which the system is reached.
        words: what was done, said in words ("läste planen för").
    """
    interaction = _interaction(line)
    known = names or Names()
    made: dict[str, Any] = {
        "resourceType": "AuditEvent",
        "id": str(UUID(int=number)),
        "type": _TYPE,
        "subtype": _subtypes(line, words),
        "action": "E" if interaction == "search" else line.mode,
        "recorded": line.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "outcome": str(line.outcome),
        "purposeOfEvent": [_coded(_REASON, line.purpose)],
        "agent": _agents(line, site, known),
        "source": {
            "site": site,
            "observer": {"type": "Device", "display": "Samverka"},
            "type": [_coding("http://terminology.hl7.org/CodeSystem/security-source-type", "4")],
        },
    }
    entities = _entities(line)
    profile = _profile(line, interaction)
    return made | ({"entity": entities} if entities else {}) | profile


def _interaction(line: Line) -> str:
    """A read of other than one thing is a search."""
    listed = line.mode == "R" and len(line.object_ids) != 1 and line.outcome == Outcome.SUCCESS
    return "search" if listed else _INTERACTIONS[line.mode]


def _profile(line: Line, interaction: str) -> dict[str, Any]:
    """BALP's patterns are of what was done with one person's things."""
    name = _PROFILES.get(interaction, "")
    one = interaction == "search" or len(line.object_ids) == 1
    fits = name and one and line.person_id and line.outcome == Outcome.SUCCESS
    return {"meta": {"profile": [f"{_BALP}.{name}"]}} if fits else {}


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
    interaction = _interaction(line)
    return [
        _coding(_INTERACTION, interaction, interaction),
        _coding(f"{_OWN}:action", line.action, words),
    ]


# ── agents: who, for whom, with what ──


def _agents(line: Line, site: str, names: Names) -> list[dict[str, Any]]:
    agents = [_user(line, names)]
    if line.provider_id:
        agents.append(_custodian(line, names))
    return [*agents, _client(line, site), _server(line, site)]


def _changes(line: Line) -> bool:
    return line.mode in "CUD"


def _user(line: Line, names: Names) -> dict[str, Any]:
    """One who reads receives the information; one who changes gives it."""
    kind = ("INF", "informant") if _changes(line) else ("IRCP", "information recipient")
    who = _named(line.actor_id, line.actor_name)
    if names.user_hsa_id:
        who["identifier"] = {"system": _HSA, "value": names.user_hsa_id}
    elif names.own:
        who = {"reference": f"Patient/{line.person_id}", "display": line.actor_name}
    user: dict[str, Any] = {
        "type": _coded(_PARTICIPATION, *kind),
        "who": who,
        "name": line.actor_name,
        "requestor": True,
        "purposeOfUse": [_coded(_REASON, line.purpose)],
    }
    if line.actor_role:
        user["role"] = [{"text": line.actor_role}]
    if line.unit_id:
        user["location"] = {"reference": f"Location/{line.unit_id}", "display": line.unit_name}
    if line.ground:
        user["policy"] = [f"{_OWN}:ground:{line.ground}"]
    return user


def _custodian(line: Line, names: Names) -> dict[str, Any]:
    """The care provider in whose name it was done. BALP takes CST among those who change for the user."""
    kind = (_PROVENANCE, "custodian") if _changes(line) else (_PARTICIPATION, "CST", "custodian")
    who: dict[str, Any] = {
        "reference": f"Organization/{line.provider_id}",
        "display": line.provider_name,
    }
    if names.provider_hsa_id:
        who["identifier"] = {"system": _HSA, "value": names.provider_hsa_id}
    return {"type": _coded(*kind), "who": who, "requestor": False}


_SOURCE, _DESTINATION = ("110153", "Source Role ID"), ("110152", "Destination Role ID")


def _client(line: Line, site: str) -> dict[str, Any]:
    """What was used: a client with a token of its own, or the pages of Samverka itself."""
    kind = _DESTINATION if _interaction(line) == "read" else _SOURCE
    known = str(line.detail.get("client_id") or "")
    who: dict[str, Any] = {"display": str(line.detail.get("client") or "Samverka")}
    if known:
        who["identifier"] = {"system": f"{_OWN}:client", "value": known}
    return _machine(kind, who, site)


def _server(line: Line, site: str) -> dict[str, Any]:
    """The server is the source of what is read, and the destination of a question and of what is changed."""
    kind = _SOURCE if _interaction(line) == "read" else _DESTINATION
    return _machine(kind, {"display": site}, site)


def _machine(kind: tuple[str, str], who: dict[str, Any], site: str) -> dict[str, Any]:
    return {
        "type": _coded(_DICOM, *kind),
        "who": who,
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
        search = _interaction(line) == "search"
        entities += [_query(line)] if search else []
        entities += [_object(line.object_type, one, listed=search) for one in line.object_ids]
    if line.request_id:
        entities.append(_request(line.request_id))
    return entities


def _query(line: Line) -> dict[str, Any]:
    """What was asked for, as the trail keeps it: the action, whose things, of which sort; never what was typed."""
    kind = RESOURCE_OF.get(line.object_type, line.object_type)
    whose = f"?patient=Patient/{line.person_id}" if line.person_id else ""
    return {
        "type": _coding(_ENTITY_TYPE, "2", "System Object"),
        "role": _coding(_ROLE, "24", "Query"),
        "query": b64encode(f"{line.action} {kind}{whose}".encode()).decode(),
    }


def _object(kind: str, uuid: str, *, listed: bool) -> dict[str, Any]:
    """One thing that was shown. In a list it is told by its type, for BALP keeps "System Object" for the question."""
    resource = RESOURCE_OF.get(kind)
    what = {"reference": f"{resource}/{uuid}"} if resource else _named(uuid, kind)
    plain = _coding(_ENTITY_TYPE, "2", "System Object")
    return {
        "what": what,
        "type": _coding(_KINDS, resource or "Basic") if listed else plain,
        "role": _coding(_ROLE, "4", "Domain Resource"),
    }


def _request(request_id: str) -> dict[str, Any]:
    system = "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType"
    return {
        "what": {"identifier": {"value": request_id}},
        "type": _coding(system, "XrequestId"),
    }
