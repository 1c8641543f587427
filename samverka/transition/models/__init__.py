"""Rows of the room: status reports, targets, grants. No person. Each file says what it holds."""

from samverka.transition.models.grants import (
    GrantAgreement,
    GrantAward,
    GrantDistribution,
    GrantDocument,
    GrantMovement,
    GrantPopulation,
    GrantPot,
)
from samverka.transition.models.reports import (
    Codebook,
    Coding,
    Report,
    ReportAnswer,
    ReportComment,
    ReportForm,
    ReportReminder,
    ReportRound,
    ReportVersion,
)
from samverka.transition.models.targets import (
    Target,
    TargetAction,
    TargetFollowUp,
    TargetVersion,
)

__all__ = [
    "Codebook",
    "Coding",
    "GrantAgreement",
    "GrantAward",
    "GrantDistribution",
    "GrantDocument",
    "GrantMovement",
    "GrantPopulation",
    "GrantPot",
    "Report",
    "ReportAnswer",
    "ReportComment",
    "ReportForm",
    "ReportReminder",
    "ReportRound",
    "ReportVersion",
    "Target",
    "TargetAction",
    "TargetFollowUp",
    "TargetVersion",
]
