"""A round: when it opens, when it is due, when it closes. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.transition.rules.reports.steps import HANDED_IN, ReportStatus


class RoundState(StrEnum):
    """Where a round is."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


ROUND_WORDS: dict[RoundState, Text] = {
    RoundState.PLANNED: _("Planerad"),
    RoundState.OPEN: _("Öppen"),
    RoundState.CLOSED: _("Stängd"),
    RoundState.PUBLISHED: _("Publicerad"),
}


def state_of(*, opened: bool, closes: date, published: bool, on: date) -> RoundState:
    """Where a round is on a day."""
    if published:
        return RoundState.PUBLISHED
    if not opened:
        return RoundState.PLANNED
    return RoundState.CLOSED if on > closes else RoundState.OPEN


def check_days(opens: date, due: date, closes: date) -> None:
    """Raise unless the days come in order."""
    if due < opens:
        raise Invalid(_("Sista svarsdag kan inte vara före dagen då omgången öppnar."), where="due")
    if closes < due:
        raise Invalid(_("Omgången kan inte stängas före sista svarsdag."), where="closes")


def is_late(due: date, status: ReportStatus, on: date) -> bool:
    """Whether the last day has passed without a signature."""
    return on > due and status not in HANDED_IN
