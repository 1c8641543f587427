"""Rows: plans and their parts, every version; the person's contacts."""

from samverka.careplans.models.approving import Approval
from samverka.careplans.models.contacts import (
    Absence,
    CareContact,
    ContactNeed,
    ContactWish,
    HandOver,
    HandOverPart,
)
from samverka.careplans.models.disclosing import WithheldPart
from samverka.careplans.models.easy import EasyWords
from samverka.careplans.models.followups import (
    CarerLink,
    ChangeReason,
    FollowUp,
    MergeAsk,
    PlanTemplate,
)
from samverka.careplans.models.meetings import (
    Attendance,
    Call,
    Confirmation,
    LiveGiven,
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
from samverka.careplans.models.selfcare import SelfCare, SelfCareVersion
from samverka.careplans.models.tasks import PlanTask

__all__ = [
    "Absence",
    "Activity",
    "Approval",
    "Attendance",
    "Call",
    "CareContact",
    "CarerLink",
    "ChangeReason",
    "Comment",
    "Confirmation",
    "ConsentAsk",
    "ConsentVoice",
    "ContactNeed",
    "ContactWish",
    "EasyWords",
    "FollowUp",
    "Goal",
    "HandOver",
    "HandOverPart",
    "LiveGiven",
    "LiveText",
    "Meeting",
    "MergeAsk",
    "Party",
    "Plan",
    "PlanRequest",
    "PlanTask",
    "PlanTemplate",
    "PlanVersion",
    "Preparation",
    "PreparationWords",
    "Presence",
    "RequestCopy",
    "SelfCare",
    "SelfCareVersion",
    "SuggestionAnswer",
    "WithheldPart",
]
