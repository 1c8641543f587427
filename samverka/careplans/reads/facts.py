"""Annotated rows → what the rules must know: plain facts, without a page in mind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from samverka.access.county import county_value
from samverka.careplans import rules
from samverka.careplans.models import Plan
from samverka.kernel.actor import Branch
from samverka.kernel.parameters import Key
from samverka.organisations.rules import SIDE_OF, OrganisationKind

Part = Mapping[str, Any]

SOCIAL = frozenset({Branch.SOCIAL.value, Branch.IFO.value})
_HEALTH = frozenset({Branch.HEALTH.value, Branch.SCHOOL_HEALTH.value})


def owner_name(part: Part, kind: rules.OwnerKind, person_name: str) -> str:
    """Who answers for an activity, by name. `person_name` names the owner of what the person does."""
    if kind is rules.OwnerKind.PERSON:
        return f"{person_name}, {part['owner_text']}" if part["owner_text"] else person_name
    return str(part["owner_unit"] or part["owner_text"])


def _activity_facts(part: Part, person_name: str) -> rules.ActivityFacts:
    kind = rules.OwnerKind(part["owner_kind"])
    return rules.ActivityFacts(
        what=part["what"],
        owner=kind,
        status=rules.ActivityStatus(part["status"]),
        due_on=date.fromisoformat(part["due_on"]) if part["due_on"] else None,
        unit_id=UUID(part["owner_unit_id"]) if part["owner_unit_id"] else None,
        owner_name=owner_name(part, kind, person_name),
        social=part["owner_branch"] in SOCIAL,
        marked=part["preventive"] or part.get("rehabilitating", False),
        id=UUID(part["id"]),
    )


def _party_facts(part: Part, provider_id: UUID) -> rules.PartyFacts:
    """The own care provider's units read the plan without its being handed out."""
    shared = bool(part.get("shared")) or part["provider_id"] == str(provider_id)
    return rules.PartyFacts(unit_id=UUID(part["unit_id"]), name=part["name"], shared=shared)


def _approval_facts(part: Part) -> rules.ApprovalFacts:
    return rules.ApprovalFacts(
        unit_id=UUID(part["unit_id"]),
        name=part["name"],
        side=SIDE_OF[OrganisationKind(part["organisation_kind"])],
        status=rules.ApprovalStatus(part["status"]),
    )


def _county(key: Key, on: date) -> bool:
    return county_value(key, on) > 0


def person_name(row: Plan) -> str:
    """What the person is called."""
    person = row.person
    return str(person.called_name or person.given_name or person.family_name)


def plan_facts(row: Any, on: date) -> rules.PlanFacts:
    """An annotated row → what the rules must know, by the county's values of that day."""
    name = person_name(row)
    organisation = row.unit.provider.organisation
    return rules.PlanFacts(
        kind=rules.PlanKind(row.kind),
        status=rules.PlanStatus(row.status),
        holder_id=row.unit_id,
        holder_name=row.unit.name,
        holder_side=SIDE_OF[OrganisationKind(organisation.kind)],
        what_matters=row.what_matters,
        if_worse=row.if_worse,
        responsible=row.responsible_id is not None,
        no_others=row.no_others,
        consent=row.consent or row.unable,
        follow_up_on=row.follow_up_on,
        goals=row.goal_count,
        unread_words=row.unread_words,
        needs=row.needs,
        attitude=row.attitude,
        long_goals=row.long_goal_count,
        main_contact=row.someone_to_call,
        needs_social=_county(Key.PLAN_NEEDS_SOCIAL, on),
        needs_contact=not row.has_care_contact and _asks_contact(row, on),
        told_other=row.told_other_at is not None,
        activities=tuple(_activity_facts(one, name) for one in row.activity_parts),
        parties=tuple(
            _party_facts(one, row.provider_id) for one in getattr(row, "party_parts", ())
        ),
        approvals=tuple(_approval_facts(one) for one in row.approval_parts),
    )


def _asks_contact(row: Any, on: date) -> bool:
    """The county's rule: one with a plan of both sides has a fast vårdkontakt in health care."""
    both = rules.Content.BOTH_SIDES in rules.KINDS[rules.PlanKind(row.kind)].required
    return both and row.branch in _HEALTH and _county(Key.CONTACT_WITH_PLAN, on)
