"""What the engagement index is told of a person: for the house's own work alone."""

from __future__ import annotations

from uuid import UUID

from samverka.access.act import Act
from samverka.careplans.reads import list_plans
from samverka.careplans.rules import PlanStatus
from samverka.organisations.reads import organisations_by_unit
from samverka.people.reads import person
from samverka.rivta.reads.plans import places
from samverka.rivta.rules import Engagement


def engagement_of(this: Act, person_id: UUID) -> Engagement | None:
    """A person's line; None where there is nothing to tell: no plan that could be asked for, or a protected person."""
    this.require_system()
    who = person(this.actor, person_id=person_id)
    if who.protected or who.identity is None:
        return None
    plans = [
        one
        for one in list_plans(this.actor, person_id=person_id)
        if not one.source and one.status is not PlanStatus.DRAFT
    ]
    known = places({one.unit_id for one in plans})
    told = [one for one in plans if one.unit_id in known]
    if not told:
        return None
    latest = max(told, key=lambda one: one.updated_at)
    huvudman = organisations_by_unit({latest.unit_id}).get(latest.unit_id)
    line = Engagement(
        number=who.identity.value,
        controller=huvudman.organisation_number if huvudman else "",
        latest=latest.updated_at,
    )
    return line if line.tellable else None
