"""When the plans of stays were met about and established: for figures, never whose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Min, Q

from samverka.careplans.models import Plan
from samverka.careplans.rules.meetings import MeetingStatus


@dataclass(frozen=True, slots=True)
class PlanMoments:
    """When the first meeting that was not called off begins, and when the plan was established."""

    met_at: datetime | None
    established_at: datetime | None


def plan_moments(plans: Iterable[UUID]) -> dict[UUID, PlanMoments]:
    """The moments of these plans, by plan: for rooms above that count them. One query."""
    standing = ~Q(meetings__status=MeetingStatus.CANCELLED)
    rows = Plan.objects.filter(id__in=set(plans)).annotate(
        met_at=Min("meetings__starts_at", filter=standing)
    )
    return {
        plan: PlanMoments(met_at, established_at)
        for plan, met_at, established_at in rows.values_list("id", "met_at", "established_at")
    }
