"""What the hospital's own system tells of a stay, and what it leads to in the case. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from samverka.discharge.rules import clocks
from samverka.discharge.rules.kinds import INSIDE, CaseStatus
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import text as _

OLD = timedelta(days=7)
"""A stay that ended longer ago than this (days) before anyone told of it is history; practice."""


class Phase(StrEnum):
    """How far a stay has come in the hospital's own system. The codes are stored."""

    PLANNED = "planned"
    INSIDE = "inside"
    LEAVE = "leave"
    ENDED = "ended"
    CANCELLED = "cancelled"  # never was, or was written in error


INSIDE_PHASES = frozenset({Phase.INSIDE, Phase.LEAVE})


@dataclass(frozen=True, slots=True)
class StayFacts:
    """One stay, as the hospital's system tells of it.

    Attributes:
        source_id: the stay's name there; with `source` it is the same stay for ever.
        told_at: when that system last changed it; None where it does not say.
        units: those that are to be told of the admission, as that system names them.
        missing: names of such units that are not known here.
        judged_by: the physician who believes that they may be needed (LUS 2:1).
        psychiatric: the care is psychiatric, as that system says.
        died: the stay ended because the person died.
    """

    phase: Phase
    source: str
    source_id: str
    admitted_at: datetime | None = None
    discharged_at: datetime | None = None
    estimated_at: date | None = None
    leave_from: datetime | None = None
    leave_to: datetime | None = None
    goes_to: str = ""
    told_at: datetime | None = None
    units: tuple[UUID, ...] = ()
    missing: tuple[str, ...] = ()
    judged_by: str = ""
    judged_at: datetime | None = None
    psychiatric: bool = False
    died: bool = False


@dataclass(frozen=True, slots=True)
class CaseNow:
    """The case of that stay, as it stands.

    Attributes:
        told_at: of what was heard last.
    """

    status: CaseStatus
    ward_id: UUID
    admitted_at: datetime | None = None
    discharged_at: datetime | None = None
    estimated_at: date | None = None
    told_at: datetime | None = None


class Turn(StrEnum):
    """What is done with the case because of what was heard."""

    EXPECT = "expect"
    OPEN = "open"
    MOVE = "move"  # another ward
    READMIT = "readmit"  # another time of admission
    ESTIMATE = "estimate"  # another day to go home
    LEAVE = "leave"
    END = "end"
    DIED = "died"
    CANCEL = "cancel"


def check_heard(stay: StayFacts, now: datetime) -> None:
    """Whether the times that were told can be true.

    Raises:
        Invalid: a time is missing, lies ahead or before the admission; `where` is the FHIRPath.
    """
    if stay.phase in (Phase.PLANNED, Phase.CANCELLED):
        return
    if stay.admitted_at is None:
        raise Invalid(
            _("Vårdtiden har börjat men saknar start."),
            where="Encounter.period.start",
            mend=_("Skicka period.start med dag, klockslag och tidszon."),
        )
    _check_time("Encounter.period.start", clocks.check_admitted, stay.admitted_at, now)
    if stay.phase is Phase.ENDED:
        _check_end(stay, stay.admitted_at, now)
    if stay.estimated_at is not None and stay.phase is not Phase.ENDED:
        _check_time(
            "Encounter.extension", clocks.check_estimate, stay.estimated_at, stay.admitted_at
        )
    if stay.phase is Phase.LEAVE and stay.leave_from and stay.leave_to:
        where = "Encounter.statusHistory.period"
        _check_time(where, clocks.check_leave, stay.leave_from, stay.leave_to, stay.admitted_at)


def _check_end(stay: StayFacts, admitted_at: datetime, now: datetime) -> None:
    if stay.discharged_at is None:
        raise Invalid(
            _("Vårdtiden är avslutad men saknar slut."),
            where="Encounter.period.end",
            mend=_("Skicka period.end med dag, klockslag och tidszon."),
        )
    where = "Encounter.period.end"
    _check_time(where, clocks.check_discharged, stay.discharged_at, admitted_at, now)


def _check_time(where: str, check: object, *times: object) -> None:
    """A rule of the clocks, told at the place in the resource that the time came from."""
    assert callable(check)
    try:
        check(*times)
    except Invalid as problem:
        raise Invalid(problem.message, where=where, mend=problem.mend) from problem


def is_history(stay: StayFacts, now: datetime) -> bool:
    """Over, or begun, so long ago that nobody acts on it: it is read in as a stay and no more."""
    if stay.phase is Phase.ENDED:
        return stay.discharged_at is not None and now - stay.discharged_at > OLD
    begun = stay.admitted_at
    return begun is not None and now - begun > clocks.LONGEST_STAY


def turns(now: CaseNow | None, stay: StayFacts, ward_id: UUID) -> tuple[Turn, ...]:
    """What to do, in order; nothing for what is known already, or older than what is known.

    Order of arrival decides nothing: a stay never goes back because an older word of it comes late.

    Raises:
        NotNow: it would take back what has been told to others; a person must look at that.
    """
    if now is None:
        return _first(stay)
    if now.told_at and stay.told_at and stay.told_at < now.told_at:
        return ()
    if now.status in INSIDE:
        return _inside(now, stay, ward_id)
    if now.status is CaseStatus.EXPECTED:
        return _expected(now, stay, ward_id)
    _check_over(now, stay)
    return ()


def _first(stay: StayFacts) -> tuple[Turn, ...]:
    if stay.phase is Phase.PLANNED:
        return (Turn.EXPECT,)
    if stay.phase in INSIDE_PHASES:
        return (Turn.OPEN, Turn.LEAVE) if stay.phase is Phase.LEAVE else (Turn.OPEN,)
    return ()  # over before anyone had told of it: nobody here has been part of it


def _expected(now: CaseNow, stay: StayFacts, ward_id: UUID) -> tuple[Turn, ...]:
    stays = now.ward_id == ward_id or stay.phase is Phase.CANCELLED
    moved = () if stays else (Turn.MOVE,)
    coming = _COMING[stay.phase]
    return (*moved, *(_ending(stay) if one is Turn.END else one for one in coming))


def _ending(stay: StayFacts) -> Turn:
    return Turn.DIED if stay.died else Turn.END


_COMING = {
    Phase.PLANNED: (),
    Phase.INSIDE: (Turn.OPEN,),
    Phase.LEAVE: (Turn.OPEN, Turn.LEAVE),
    Phase.ENDED: (Turn.OPEN, Turn.END),
    Phase.CANCELLED: (Turn.CANCEL,),
}
"""What one who was expected, and has come since, leads to."""


def _inside(now: CaseNow, stay: StayFacts, ward_id: UUID) -> tuple[Turn, ...]:
    if stay.phase is Phase.PLANNED:
        return ()  # the person came since that was said
    if stay.phase is Phase.CANCELLED:
        return (Turn.CANCEL,)
    found = []
    if now.ward_id != ward_id:
        found.append(Turn.MOVE)
    if stay.admitted_at and now.admitted_at != stay.admitted_at:
        found.append(Turn.READMIT)
    if stay.phase is Phase.ENDED:
        return (*found, _ending(stay))
    if stay.estimated_at and stay.estimated_at != now.estimated_at:
        found.append(Turn.ESTIMATE)
    if stay.phase is Phase.LEAVE:
        found.append(Turn.LEAVE)
    return tuple(found)


def _check_over(now: CaseNow, stay: StayFacts) -> None:
    """What is told of a stay that has ended here must say the same, or be older."""
    undated = stay.told_at is None or now.told_at is None
    if stay.phase is Phase.ENDED and now.discharged_at in (None, stay.discharged_at):
        return
    if now.status is CaseStatus.CANCELLED and stay.phase is Phase.CANCELLED:
        return
    if stay.phase is Phase.PLANNED or (undated and stay.phase in INSIDE_PHASES):
        return  # without a time of its own it cannot be told from an old word that comes late
    raise NotNow(
        _("Ärendet är avslutat här, och det som kom säger något annat."),
        mend=_(
            "Ring avdelningen. Är personen kvar eller inskriven igen skickas en ny vårdtid, "
            "med eget id."
        ),
    )


def is_told_anew(now: CaseNow | None, stay: StayFacts) -> bool:
    """Whether this is the last that was heard, so that the next must be newer."""
    if now is None or now.told_at is None or stay.told_at is None:
        return True
    return stay.told_at >= now.told_at
