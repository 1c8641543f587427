"""Gated fetches of plans and contacts; plain values only."""

from samverka.careplans.reads.contacts import contacts_of, list_contacts
from samverka.careplans.reads.plans import (
    compare_versions,
    history,
    list_plans,
    person_plans,
    plan,
    plan_and_units,
    plans_of,
    suggested_follow_up,
    worklist,
)
from samverka.careplans.reads.values import (
    ActivityDetail,
    CareContactDetail,
    CommentDetail,
    GoalDetail,
    PartyDetail,
    PersonPlans,
    PlanComparison,
    PlanDetail,
    PlanHistory,
    PlanLine,
    VersionLine,
)

__all__ = [
    "ActivityDetail",
    "CareContactDetail",
    "CommentDetail",
    "GoalDetail",
    "PartyDetail",
    "PersonPlans",
    "PlanComparison",
    "PlanDetail",
    "PlanHistory",
    "PlanLine",
    "VersionLine",
    "compare_versions",
    "contacts_of",
    "history",
    "list_contacts",
    "list_plans",
    "person_plans",
    "plan",
    "plan_and_units",
    "plans_of",
    "suggested_follow_up",
    "worklist",
]
