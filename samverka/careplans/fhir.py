"""Plans, goals and teams ↔ FHIR R4 CarePlan, Goal and CareTeam.

After the mapping of the national contract for care plans (GetCarePlans 2.0): category by its code
system, title and created always, `approvedForPatient=false` as the security label NOPATIENT.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from samverka.careplans.reads.values import (
    ActivityDetail,
    CareContactDetail,
    GoalDetail,
    PartyDetail,
    PlanDetail,
)
from samverka.careplans.rules import (
    KINDS,
    SECTION_LENGTH,
    SECTION_WORDS,
    ActivityStatus,
    GoalStatus,
    OwnerKind,
    PlanKind,
    PlanStatus,
    ReceivedActivity,
    ReceivedGoal,
    ReceivedPlan,
    Section,
    Term,
)
from samverka.kernel.calendar import local_date, start_of_day

Resource = Mapping[str, Any]

_SNOMED = "http://snomed.info/sct"
_CARE_PLAN = {"system": _SNOMED, "code": "734163000", "display": "Care plan"}
_PLAN_TYPE = "https://fhir.inera.se/CodeSystem/typeofcareplan-cs"
_HSA = "urn:oid:1.2.752.29.4.19"
_HSA_SOURCE = "urn:oid:1.2.752.129.2.1.4.1"
_NOPATIENT = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
    "code": "NOPATIENT",
}
_ACHIEVEMENT = "http://terminology.hl7.org/CodeSystem/goal-achievement"

_PLAN_STATUS = {
    PlanStatus.DRAFT: "draft",
    PlanStatus.ACTIVE: "active",
    PlanStatus.ENDED: "completed",
}
_TEAM_STATUS = {
    PlanStatus.DRAFT: "proposed",
    PlanStatus.ACTIVE: "active",
    PlanStatus.ENDED: "inactive",
}
_ACTIVITY_STATUS = {
    ActivityStatus.PLANNED: "not-started",
    ActivityStatus.ONGOING: "in-progress",
    ActivityStatus.DONE: "completed",
    ActivityStatus.CANCELLED: "cancelled",
}
_LIFECYCLE = {
    GoalStatus.OPEN: "active",
    GoalStatus.REACHED: "completed",
    GoalStatus.PARTLY: "completed",
    GoalStatus.NOT_REACHED: "completed",
    GoalStatus.DROPPED: "cancelled",
}
_ACHIEVED = {
    GoalStatus.OPEN: "in-progress",
    GoalStatus.REACHED: "achieved",
    GoalStatus.PARTLY: "improving",
    GoalStatus.NOT_REACHED: "not-achieved",
}


# ── publish ──


def care_plan(plan: PlanDetail) -> dict[str, Any]:
    """A plan that we keep as CarePlan."""
    return _filled(
        {
            "resourceType": "CarePlan",
            "id": str(plan.id),
            "meta": _meta(plan),
            "identifier": [{"system": "urn:ietf:rfc3986", "value": f"urn:uuid:{plan.id}"}],
            "status": _PLAN_STATUS[plan.status],
            "intent": "plan",
            "category": _categories(plan.kind),
            "title": plan.title,
            "description": plan.what_matters,
            "subject": {"reference": f"Patient/{plan.person_id}"},
            "period": _filled(
                {
                    "start": _instant(plan.established_at or plan.created_at),
                    "end": _instant(plan.ended_at),
                }
            ),
            "created": _instant(plan.created_at),
            "author": _organisation(plan.unit.name, plan.unit.hsa_id),
            "careTeam": [{"reference": f"CareTeam/{plan.id}"}],
            "goal": [{"reference": f"Goal/{one.id}"} for one in plan.goals],
            "activity": [{"detail": _activity(plan, one)} for one in plan.activities],
            "note": list(_notes(plan)),
        }
    )


def _meta(plan: PlanDetail) -> dict[str, Any]:
    """Where it comes from, and that the person is not to see it (OSL 25:6–7)."""
    source = f"{_HSA_SOURCE}#{plan.unit.hsa_id}" if plan.unit.hsa_id else None
    return _filled({"source": source, "security": [_NOPATIENT] if plan.not_for_patient else []})


def _categories(kind: PlanKind) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = [{"coding": [_CARE_PLAN]}]
    spec = KINDS[kind]
    code = spec.national_code
    national = [{"system": _PLAN_TYPE, "code": code}] if code else []
    return [*made, _filled({"coding": national, "text": str(spec.words)})]


def _activity(plan: PlanDetail, one: ActivityDetail) -> dict[str, Any]:
    return _filled(
        {
            "description": one.what,
            "status": _ACTIVITY_STATUS[one.status],
            "goal": [{"reference": f"Goal/{one.goal_id}"}] if one.goal_id else [],
            "scheduledPeriod": {"end": one.due_on.isoformat()} if one.due_on else None,
            "performer": [_performer(plan, one)],
        }
    )


def _performer(plan: PlanDetail, one: ActivityDetail) -> dict[str, Any]:
    if one.owner_kind is OwnerKind.PERSON:
        return {"reference": f"Patient/{plan.person_id}"}
    if one.owner_kind is OwnerKind.OTHER:
        return {"display": one.owner}
    return _organisation(one.owner, one.owner_hsa_id)


def _organisation(name: str, hsa_id: str) -> dict[str, Any]:
    identifier = {"system": _HSA, "value": hsa_id} if hsa_id else None
    return _filled({"type": "Organization", "identifier": identifier, "display": name})


def _notes(plan: PlanDetail) -> Iterator[dict[str, str]]:
    texts = {Section.STRENGTHS: plan.strengths, Section.IF_WORSE: plan.if_worse}
    for section, text in texts.items():
        if text:
            yield {"text": f"{SECTION_WORDS[section]}: {text}"}


def goal(plan: PlanDetail, one: GoalDetail) -> dict[str, Any]:
    """A goal of a plan as Goal."""
    achieved = _ACHIEVED.get(one.status)
    return _filled(
        {
            "resourceType": "Goal",
            "id": str(one.id),
            "meta": _meta(plan),
            "lifecycleStatus": _LIFECYCLE[one.status],
            "achievementStatus": {"coding": [{"system": _ACHIEVEMENT, "code": achieved}]}
            if achieved
            else None,
            "category": [{"text": str(one.term_words)}],
            "description": {"text": one.words},
            "subject": {"reference": f"Patient/{plan.person_id}"},
            "target": [{"dueDate": one.reach_by.isoformat()}] if one.reach_by else [],
            "statusDate": local_date(one.followed_up_at).isoformat()
            if one.followed_up_at
            else None,
            "note": [{"text": one.outcome}] if one.outcome else [],
        }
    )


def care_team(plan: PlanDetail) -> dict[str, Any]:
    """Those who take part in a plan as CareTeam; it has the plan's id."""
    managing = {"type": "Organization", "display": plan.responsible} if plan.responsible else None
    return _filled(
        {
            "resourceType": "CareTeam",
            "id": str(plan.id),
            "meta": _meta(plan),
            "status": _TEAM_STATUS[plan.status],
            "name": plan.title,
            "subject": {"reference": f"Patient/{plan.person_id}"},
            "period": _filled({"start": _instant(plan.created_at), "end": _instant(plan.ended_at)}),
            "participant": [_participant(one) for one in plan.parties],
            "managingOrganization": [managing] if managing else [],
        }
    )


def _participant(one: PartyDetail) -> dict[str, Any]:
    return {
        "role": [{"text": str(one.role_words)}],
        "member": _organisation(one.name, one.hsa_id),
        "period": {"start": _instant(one.since)},
    }


def contact_team(contact: CareContactDetail) -> dict[str, Any]:
    """A fast vårdkontakt or another named contact as a CareTeam of one."""
    member = {"type": "Practitioner", "display": contact.name}
    if contact.hsa_id:
        member |= {"identifier": {"system": _HSA, "value": contact.hsa_id}}  # type: ignore[dict-item]
    return _filled(
        {
            "resourceType": "CareTeam",
            "id": str(contact.id),
            "status": "inactive" if contact.until else "active",
            "category": [{"text": str(contact.kind_words)}],
            "name": str(contact.kind_words),
            "subject": {"reference": f"Patient/{contact.person_id}"},
            "period": _filled({"start": _instant(contact.since), "end": _instant(contact.until)}),
            "participant": [
                {
                    "role": [{"text": contact.profession}],
                    "member": member,
                    "onBehalfOf": {"type": "Organization", "display": contact.unit_name},
                }
            ],
            "telecom": [{"system": "phone", "value": contact.phone}] if contact.phone else [],
        }
    )


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _filled(made: dict[str, Any]) -> dict[str, Any]:
    """FHIR has no empty elements."""
    return {name: value for name, value in made.items() if value not in (None, "", [], {})}


# ── receive ──


class Links(Protocol):
    """What the shelf knows of the references in a resource."""

    def resource(self, reference: str) -> Resource | None:
        """The resource that a reference points at; None if it is not known (yet)."""
        ...


_KIND_OF_CODE = {spec.national_code: kind for kind, spec in KINDS.items() if spec.national_code}
_NO_NAME = "–"


def receive_careplan(resource: Resource, links: Links) -> ReceivedPlan | None:
    """CarePlan kept elsewhere → plain values; None for a plan that never came to be.

    Goals and teams that it points at are read with it, contained ones too.
    """
    status = _received_status(str(resource.get("status", "")))
    if status is None:
        return None
    found = _Contained(resource, links)
    goals = [found.resource(_reference(one)) for one in _objects(resource.get("goal"))]
    places = {_reference(one): place for place, one in enumerate(_objects(resource.get("goal")))}
    period = _object(resource.get("period"))
    return ReceivedPlan(
        source_id=str(resource.get("id", "")),
        kind=_received_kind(resource),
        status=status,
        title=_title(resource),
        summary=_summary(resource),
        started_at=_moment(period.get("start")) or _moment(resource.get("created")),
        ended_at=_moment(period.get("end")),
        goals=tuple(receive_goal(one or {}) for one in goals),
        activities=tuple(_received_activities(resource, found, places)),
        team=tuple(_team(resource, found)),
        not_for_patient=_withheld(resource),
    )


class _Contained:
    """References into the resource itself, then the shelf's."""

    def __init__(self, resource: Resource, links: Links) -> None:
        self._own = {f"#{one.get('id')}": one for one in _objects(resource.get("contained"))}
        self._links = links

    def resource(self, reference: str) -> Resource | None:
        return self._own.get(reference) or self._links.resource(reference)


def _received_status(code: str) -> PlanStatus | None:
    if code in ("entered-in-error", ""):
        return None
    if code in ("completed", "revoked"):
        return PlanStatus.ENDED
    return PlanStatus.DRAFT if code in ("draft", "unknown") else PlanStatus.ACTIVE


def _received_kind(resource: Resource) -> PlanKind:
    codes = (
        _KIND_OF_CODE.get(str(coding.get("code")))
        for category in _objects(resource.get("category"))
        for coding in _objects(category.get("coding"))
        if coding.get("system") == _PLAN_TYPE
    )
    return next((kind for kind in codes if kind), PlanKind.CARE)


def _title(resource: Resource) -> str:
    named = str(resource.get("title") or "") or next(
        filter(None, map(_concept, _objects(resource.get("category")))), ""
    )
    return (named or str(KINDS[_received_kind(resource)].words))[: SECTION_LENGTH[Section.TITLE]]


def _summary(resource: Resource) -> str:
    notes = (str(one.get("text", "")) for one in _objects(resource.get("note")))
    return "\n\n".join(filter(None, [str(resource.get("description") or ""), *notes]))


def _withheld(resource: Resource) -> bool:
    labels = _objects(_object(resource.get("meta")).get("security"))
    return any(one.get("code") == _NOPATIENT["code"] for one in labels)


def receive_goal(resource: Resource) -> ReceivedGoal:
    """Goal kept elsewhere → plain values; one that is not to be found says so by its dash."""
    terms = {str(one.get("text")) for one in _objects(resource.get("category"))}
    targets = (_day(one.get("dueDate")) for one in _objects(resource.get("target")))
    notes = [str(one.get("text", "")) for one in _objects(resource.get("note"))]
    return ReceivedGoal(
        words=_concept(_object(resource.get("description"))) or _NO_NAME,
        term=Term.LONG if "På lång sikt" in terms else Term.SHORT,
        status=_goal_status(resource),
        outcome="\n".join(filter(None, notes)),
        reach_by=next(filter(None, targets), None),
    )


_ENDED_GOALS = {
    "achieved": GoalStatus.REACHED,
    "sustaining": GoalStatus.REACHED,
    "improving": GoalStatus.PARTLY,
    "not-achieved": GoalStatus.NOT_REACHED,
    "no-progress": GoalStatus.NOT_REACHED,
    "not-attainable": GoalStatus.NOT_REACHED,
}


def _goal_status(resource: Resource) -> GoalStatus:
    lifecycle = resource.get("lifecycleStatus")
    if lifecycle in ("cancelled", "rejected", "entered-in-error"):
        return GoalStatus.DROPPED
    if lifecycle != "completed":
        return GoalStatus.OPEN
    codings = _objects(_object(resource.get("achievementStatus")).get("coding"))
    codes = (_ENDED_GOALS.get(str(one.get("code"))) for one in codings)
    return next(filter(None, codes), GoalStatus.REACHED)


_RECEIVED_ACTIVITY = {
    "in-progress": ActivityStatus.ONGOING,
    "on-hold": ActivityStatus.ONGOING,
    "completed": ActivityStatus.DONE,
    "cancelled": ActivityStatus.CANCELLED,
    "stopped": ActivityStatus.CANCELLED,
    "entered-in-error": ActivityStatus.CANCELLED,
}


def _received_activities(
    resource: Resource, found: _Contained, places: Mapping[str, int]
) -> Iterator[ReceivedActivity]:
    for one in _objects(resource.get("activity")):
        detail = (
            _object(one.get("detail")) or found.resource(_reference(one.get("reference"))) or {}
        )
        goals = (places.get(_reference(goal)) for goal in _objects(detail.get("goal")))
        performer = next(iter(_objects(detail.get("performer"))), {})
        is_person = _reference(performer).split("/")[0] == "Patient"
        period = _object(detail.get("scheduledPeriod"))
        yield ReceivedActivity(
            what=_activity_words(one, detail),
            owner=_named(performer, found),
            owner_kind=OwnerKind.PERSON if is_person else OwnerKind.OTHER,
            status=_RECEIVED_ACTIVITY.get(str(detail.get("status")), ActivityStatus.PLANNED),
            goal=next((place for place in goals if place is not None), None),
            due_on=_day(period.get("end")),
        )


def _activity_words(one: Resource, detail: Resource) -> str:
    named = str(detail.get("description") or "") or _concept(_object(detail.get("code")))
    outcome = (_concept(part) for part in _objects(one.get("outcomeCodeableConcept")))
    shown = str(_object(one.get("reference")).get("display") or "")
    return named or shown or next(filter(None, outcome), "") or _NO_NAME


def _team(resource: Resource, found: _Contained) -> Iterator[str]:
    for one in _objects(resource.get("careTeam")):
        yield from receive_careteam(found.resource(_reference(one)) or {}, found)


def receive_careteam(resource: Resource, links: Links) -> list[str]:
    """CareTeam kept elsewhere → names of those who take part; the person is not one of the team."""
    members = [_object(one.get("member")) for one in _objects(resource.get("participant"))]
    others = [one for one in members if _reference(one).split("/")[0] != "Patient"]
    return [name for one in others if (name := _named(one, links)) != _NO_NAME]


def _named(reference: Resource, links: Links) -> str:
    """Who a reference points at, in words."""
    if shown := str(reference.get("display") or ""):
        return shown
    names = (links.resource(_reference(reference)) or {}).get("name")
    if isinstance(names, str):
        return names or _NO_NAME
    human = next(iter(_objects(names)), {})
    given = " ".join(str(part) for part in human.get("given", []))
    whole = f"{given} {human.get('family', '')}".strip()
    return str(human.get("text") or "") or whole or _NO_NAME


def _reference(value: object) -> str:
    return str(_object(value).get("reference") or "")


def _concept(value: Resource) -> str:
    codings = (str(one.get("display") or "") for one in _objects(value.get("coding")))
    return str(value.get("text") or "") or next(filter(None, codings), "")


def _object(value: object) -> Resource:
    return value if isinstance(value, Mapping) else {}


def _objects(value: object) -> Iterator[Resource]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            yield one


_FULL_DAY = len("YYYY-MM-DD")


def _day(value: object) -> date | None:
    """A FHIR date or dateTime as a day; a year or a month alone is too vague."""
    moment = _moment(value)
    return local_date(moment) if moment else None


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str) or len(value) < _FULL_DAY:
        return None
    try:
        if "T" not in value:
            return start_of_day(date.fromisoformat(value))
        found = datetime.fromisoformat(value)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else None
