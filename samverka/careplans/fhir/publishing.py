"""Plans that we keep → CarePlan, Goal, CareTeam."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from samverka.careplans.fhir.codes import (
    GOAL_PLAN,
    NOPATIENT,
    PLAN_PROFILE,
    PLAN_TYPE,
    RECORD_PROFILE,
    SOURCE,
)
from samverka.careplans.reads.party_values import PartyDetail
from samverka.careplans.reads.values import (
    ActivityDetail,
    CareContactDetail,
    GoalDetail,
    PlanDetail,
)
from samverka.careplans.rules import (
    KINDS,
    SECTION_WORDS,
    ActivityStatus,
    GoalStatus,
    OwnerKind,
    PlanKind,
    PlanStatus,
    Section,
)
from samverka.kernel.calendar import local_date
from samverka.organisations.reads import UnitDetail
from samverka.resources.rules.definitions import FOLLOW_UP_DUE

_SNOMED = "http://snomed.info/sct"
_CARE_PLAN = {"system": _SNOMED, "code": "734163000", "display": "Care plan"}
_HSA = "urn:oid:1.2.752.29.4.19"
_PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
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


def care_plan(plan: PlanDetail) -> dict[str, Any]:
    """A plan that we keep as CarePlan."""
    return _filled(
        {
            "resourceType": "CarePlan",
            "id": str(plan.id),
            "meta": _meta(plan, PLAN_PROFILE if keeps_to_profile(plan) else ""),
            "extension": _follow_up_due(plan),
            "identifier": [{"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{plan.id}"}],
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
            "author": _organisation(plan.unit.name, plan.unit.hsa_id, plan.unit.id),
            "careTeam": [{"reference": f"CareTeam/{plan.id}"}],
            "goal": [{"reference": f"Goal/{one.id}"} for one in plan.goals],
            "activity": [{"detail": _activity(plan, one)} for one in plan.activities],
            "note": list(_notes(plan)),
        }
    )


def _follow_up_due(plan: PlanDetail) -> list[dict[str, str]]:
    day = plan.follow_up_on
    return [{"url": FOLLOW_UP_DUE, "valueDate": day.isoformat()}] if day else []


def keeps_to_profile(plan: PlanDetail) -> bool:
    """Inera's profile takes the national kinds alone, and asks for a title."""
    return bool(KINDS[plan.kind].national_code and plan.title)


def _meta(plan: PlanDetail, profile: str = "") -> dict[str, Any]:
    """Which system it comes from, what it keeps to, and that the person is not to see it (OSL 25:6–7)."""
    here = settings.SAMVERKA_HSA_ID
    return _filled(
        {
            "source": f"{SOURCE}{here}" if here else None,
            "profile": [profile] if profile else [],
            "security": [NOPATIENT] if plan.not_for_patient else [],
        }
    )


def _categories(kind: PlanKind) -> list[dict[str, Any]]:
    """One category: every one must be of a national kind (Inera's profile), so SNOMED CT stands beside it as a second coding."""
    spec = KINDS[kind]
    national = [{"system": PLAN_TYPE, "code": spec.national_code}] if spec.national_code else []
    return [{"coding": [*national, _CARE_PLAN], "text": str(spec.words)}]


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
    if one.owner_kind is OwnerKind.CLOSE:
        return {"type": "RelatedPerson", "display": one.owner}
    if one.owner_kind is OwnerKind.OTHER:
        return {"display": one.owner}
    return _organisation(one.owner, one.owner_hsa_id, one.owner_unit_id)


def _organisation(name: str, hsa_id: str, key: UUID | None = None) -> dict[str, Any]:
    identifier = {"system": _HSA, "value": hsa_id} if hsa_id else None
    return _filled(
        {
            "reference": f"Organization/{key}" if key else None,
            "type": "Organization",
            "identifier": identifier,
            "display": name,
        }
    )


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
            "extension": [
                {"url": GOAL_PLAN, "valueReference": {"reference": f"CarePlan/{plan.id}"}}
            ],
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
    """Those who take part in a plan as CareTeam, each from its yes until the last that it said yes to; it has the plan's id."""
    managing = _organisation(plan.responsible, "", plan.responsible_id)
    return _filled(
        {
            "resourceType": "CareTeam",
            "id": str(plan.id),
            "meta": _meta(plan),
            "status": _TEAM_STATUS[plan.status],
            "name": plan.title,
            "subject": {"reference": f"Patient/{plan.person_id}"},
            "period": _filled({"start": _instant(plan.created_at), "end": _instant(plan.ended_at)}),
            "participant": [_participant(one) for one in plan.parties if one.joined_at],
            "managingOrganization": [managing] if plan.responsible else [],
        }
    )


def provenance(plan: PlanDetail) -> dict[str, Any]:
    """Whose record a plan, its goals and its team are: care provider (outer block) and unit (inner); it has the plan's id.

    As Inera's profiles for the contracts ask. `recorded` is when the plan was begun, so it changes only with its goals.
    """
    unit = plan.unit
    goals = [f"Goal/{one.id}" for one in plan.goals]
    targets = [f"CarePlan/{plan.id}", f"CareTeam/{plan.id}", *goals]
    return _filled(
        {
            "resourceType": "Provenance",
            "id": str(plan.id),
            "meta": _meta(plan, RECORD_PROFILE),
            "target": [{"reference": one} for one in targets],
            "recorded": _instant(plan.created_at),
            "agent": [
                _agent("custodian", _provider_of(unit)),
                _agent("author", _organisation(unit.name, unit.hsa_id, unit.id)),
            ],
        }
    )


def _provider_of(unit: UnitDetail) -> dict[str, Any]:
    return _organisation(unit.provider_name, unit.provider_hsa_id, unit.provider_id)


def _agent(code: str, who: dict[str, Any]) -> dict[str, Any]:
    return {"type": {"coding": [{"system": _PARTICIPANT, "code": code}]}, "who": who}


def _participant(one: PartyDetail) -> dict[str, Any]:
    return {
        "role": [{"text": str(one.role_words)}],
        "member": _organisation(one.name, one.hsa_id, one.unit_id),
        "period": _filled({"start": _instant(one.joined_at), "end": _instant(one.left_at)}),
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
