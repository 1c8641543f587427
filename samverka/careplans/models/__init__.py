"""Rows: plans and their parts, every version; the person's contacts."""

from samverka.careplans.models.contacts import CareContact
from samverka.careplans.models.plans import (
    Activity,
    Comment,
    Goal,
    Party,
    Plan,
    PlanVersion,
)

__all__ = ["Activity", "CareContact", "Comment", "Goal", "Party", "Plan", "PlanVersion"]
