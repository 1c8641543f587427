"""Rows: plans and their parts, every version; the person's contacts."""

from samverka.careplans.models.contacts import CareContact
from samverka.careplans.models.disclosing import WithheldPart
from samverka.careplans.models.meetings import (
    Attendance,
    Call,
    Confirmation,
    LiveText,
    Meeting,
    Presence,
)
from samverka.careplans.models.plans import (
    Activity,
    Comment,
    Goal,
    Party,
    Plan,
    PlanVersion,
)
from samverka.careplans.models.requests import (
    ConsentAsk,
    ConsentVoice,
    PlanRequest,
    Preparation,
    PreparationWords,
    RequestCopy,
    SuggestionAnswer,
)

__all__ = [
    "Activity",
    "Attendance",
    "Call",
    "CareContact",
    "Comment",
    "Confirmation",
    "ConsentAsk",
    "ConsentVoice",
    "Goal",
    "LiveText",
    "Meeting",
    "Party",
    "Plan",
    "PlanRequest",
    "PlanVersion",
    "Preparation",
    "PreparationWords",
    "Presence",
    "RequestCopy",
    "SuggestionAnswer",
    "WithheldPart",
]
