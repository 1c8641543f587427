"""A round: when it opens, when it is due, when it closes. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.organisations.rules import OrganisationKind
from samverka.transition.rules.reports.steps import HANDED_IN, ReportStatus

NATION = "00"
"""The county code of what is the whole country's; SCB's code for Riket."""


def is_keeper(kind: OrganisationKind, home: str, county: str) -> bool:
    """Whether an organisation keeps the rounds of a county: its region does.

    The nation's rounds are kept by an organisation that is neither region nor municipality and has the whole
    country as its area.

    Args:
        home: county code of the organisation.
        county: of the round.
    """
    if home != county:
        return False
    return kind is (OrganisationKind.OTHER if county == NATION else OrganisationKind.REGION)


def demand_keeper(*, kept: bool) -> None:
    """Let only the one who keeps the rounds go on.

    Raises:
        NotAllowed: the actor's organisation keeps none of them.
    """
    if not kept:
        raise NotAllowed(
            _("Regionen håller i länets omgångar, och nationell samordning i landets.")
        )


def is_asked(kind: OrganisationKind, home: str, county: str) -> bool:
    """Whether an organisation may know of a round that is open: it is its county's, or asks all regions."""
    return kind is OrganisationKind.REGION if county == NATION else home == county


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


def check_latest(made_from: int | None, latest: int) -> None:
    """Raise where someone has made a version since the one that was changed."""
    if made_from is not None and made_from != latest:
        raise NotNow(
            _("Någon har sparat en ny version medan du skrev."),
            mend=_("Öppna sidan i en ny flik och för in dina ändringar där. Här är de kvar."),
        )


def is_late(due: date, status: ReportStatus, on: date) -> bool:
    """Whether the last day has passed without a signature."""
    return on > due and status not in HANDED_IN
