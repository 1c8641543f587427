"""When a case can end, and why. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from samverka.discharge.rules.kinds import (
    CLOSE_WORDS,
    INSIDE,
    OPEN,
    STATUS_WORDS,
    CaseStatus,
    CloseReason,
    Part,
)
from samverka.kernel.calendar import end_of_day
from samverka.kernel.problems import NotAllowed, NotNow
from samverka.kernel.text import text as _

FITS: Mapping[CloseReason, frozenset[CaseStatus]] = {
    CloseReason.FOLLOWED_UP: frozenset({CaseStatus.HOME}),
    CloseReason.DIED: OPEN,
    CloseReason.READMITTED: frozenset({CaseStatus.HOME}),
    CloseReason.MOVED: frozenset({CaseStatus.HOME, CaseStatus.EXPECTED}),
    CloseReason.NOTHING_MORE: frozenset({CaseStatus.HOME, CaseStatus.EXPECTED}),
}
"""Reason → in which statuses a case can end so."""

BY_ITSELF = frozenset({CloseReason.READMITTED})
"""A new stay says so; nobody writes it."""

CLOSERS = frozenset({Part.WARD, Part.OPEN_CARE})
"""The ward that keeps the case, and the region's open care that follows up at home."""


def reasons_for(status: CaseStatus, part: Part, *, unheard: bool = False) -> list[CloseReason]:
    """Why a unit with this part may end the case now.

    Args:
        unheard: a unit is to hear how it goes at home, and has not tried yet.
    """
    if not _may(status, part):
        return []
    fits = [one for one in CloseReason if status in FITS[one] and one not in BY_ITSELF]
    return [one for one in fits if not (unheard and one is CloseReason.FOLLOWED_UP)]


def check_closing(
    status: CaseStatus, part: Part, reason: CloseReason, *, unheard: bool = False
) -> None:
    """Whether the case can end so.

    Args:
        unheard: a unit is to hear how it goes at home, and has not tried yet.

    Raises:
        NotAllowed: another part ends it.
        NotNow: it has ended, the person is still in the hospital, or nobody has followed up at home.
    """
    if status not in OPEN:
        raise NotNow(_("Ärendet är redan avslutat: %(status)s.", status=STATUS_WORDS[status]))
    if not _may(status, part):
        raise NotAllowed(
            _("Avdelningen eller hälsocentralen avslutar ärendet."),
            mend=_("Skriv till dem i ärendet om det är klart för er del."),
        )
    if status in INSIDE and reason is not CloseReason.DIED:
        raise NotNow(
            _("Personen är inskriven. Skriv ut innan ni avslutar."),
            mend=_("Öppnades ärendet av misstag? Makulera det."),
        )
    if status is CaseStatus.HOME and reason is CloseReason.FOLLOWED_UP and unheard:
        raise NotNow(
            _("Ingen har hört hur det går hemma än."),
            mend=_("Hör av er först. Ska ingen göra det: välj en annan orsak."),
        )
    if reason not in reasons_for(status, part):
        raise NotNow(
            _(
                "Ärendet är: %(status)s. Då passar inte: %(reason)s.",
                status=STATUS_WORDS[status],
                reason=CLOSE_WORDS[reason],
            )
        )


def ended_by_death(admitted_at: datetime, closed_at: datetime, died_on: date | None) -> datetime:
    """When a stay without a discharge was over: at the end of the day of death, or when it was closed.

    A case is often closed days after someone died, and nobody waits in the hospital then.
    """
    if died_on is None:
        return closed_at
    return max(admitted_at, min(closed_at, end_of_day(died_on) - _MOMENT))


_MOMENT = timedelta(microseconds=1)


def _may(status: CaseStatus, part: Part) -> bool:
    return part in CLOSERS or status is CaseStatus.EXPECTED
