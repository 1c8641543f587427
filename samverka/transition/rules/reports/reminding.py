"""Whose turn a report is, and when they are reminded: before the last day and after it. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from samverka.access.roles import Role
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.transition.rules.reports.steps import By, ReportStatus


class Stage(StrEnum):
    """A reminder in the course of a round."""

    FORTNIGHT = "fortnight"
    SOON = "soon"
    LATE = "late"
    STILL_LATE = "still-late"


STAGE_DAYS: dict[Stage, int] = {
    Stage.FORTNIGHT: -14,
    Stage.SOON: -3,
    Stage.LATE: 1,
    Stage.STILL_LATE: 8,
}
"""Days from the last day to answer; no law says when, and four letters are enough."""

AHEAD = timedelta(days=14)
"""The first reminder; nothing is looked at before it."""

TURN_WORDS: dict[ReportStatus, Text] = {
    ReportStatus.NOT_BEGUN: _("Börja svara"),
    ReportStatus.ANSWERING: _("Svara klart och lämna för granskning"),
    ReportStatus.IN_REVIEW: _("Granska och underteckna"),
    ReportStatus.SIGNED: _("Ta emot och lås"),
}
"""The next step of a report that is not done."""

TURN_BY: dict[ReportStatus, By] = {
    ReportStatus.NOT_BEGUN: By.OWN,
    ReportStatus.ANSWERING: By.OWN,
    ReportStatus.IN_REVIEW: By.OWN,
    ReportStatus.SIGNED: By.KEEPER,
}
"""Whose the next step is."""

TURN_ROLES: dict[ReportStatus, tuple[Role, ...]] = {
    ReportStatus.NOT_BEGUN: (Role.ANALYST, Role.LEADER),
    ReportStatus.ANSWERING: (Role.ANALYST, Role.LEADER),
    ReportStatus.IN_REVIEW: (Role.LEADER,),
    ReportStatus.SIGNED: (Role.ANALYST, Role.LEADER),
}
"""Who is written to: the first of the roles that someone holds; a leader where nobody follows up."""


def stage_on(due: date, on: date) -> Stage | None:
    """The latest reminder whose day has come; None before the first. One that was missed is not made up for."""
    come = [one for one, days in STAGE_DAYS.items() if on >= due + timedelta(days=days)]
    return come[-1] if come else None
