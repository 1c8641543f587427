"""The clock of one wait: from when, until when at the latest, how it stands now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from samverka.guarantee.rules.counting import (
    DAY,
    counted_between,
    last_day,
    last_working_day,
    subtracted_between,
)
from samverka.guarantee.rules.facts import (
    Contact,
    Ended,
    Matter,
    Start,
    Wait,
    check_wait,
    start_of,
)
from samverka.guarantee.rules.limits import Limit, Part, limit_at
from samverka.guarantee.rules.pauses import JudgedPause, judge_pauses, kept_days
from samverka.guarantee.rules.planned import came, is_planned
from samverka.guarantee.rules.scope import NOT_OURS
from samverka.guarantee.rules.stopping import only_where_listed, why_not
from samverka.kernel.calendar import days_between, end_of_day, local_date
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class ClockStatus(StrEnum):
    """How it stands with one wait."""

    OUTSIDE = "outside"
    NOT_STARTED = "not-started"
    RUNNING = "running"
    RESTING = "resting"
    MET = "met"
    LATE = "late"
    BREACHED = "breached"
    ENDED = "ended"
    PLANNED = "planned"


STATUS_WORDS: dict[ClockStatus, Text] = {
    ClockStatus.OUTSIDE: _("Omfattas inte"),
    ClockStatus.NOT_STARTED: _("Har inte börjat"),
    ClockStatus.RUNNING: _("Pågår"),
    ClockStatus.RESTING: _("Dagar räknas inte nu"),
    ClockStatus.MET: _("I tid"),
    ClockStatus.LATE: _("För sent"),
    ClockStatus.BREACHED: _("Gränsen har passerat"),
    ClockStatus.ENDED: _("Avslutad utan vård"),
    ClockStatus.PLANNED: _("Planerad"),
}

STILL_WAITING = frozenset({ClockStatus.RUNNING, ClockStatus.RESTING, ClockStatus.BREACHED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One wait, judged at one moment.

    Attributes:
        today: the Swedish day of that moment.
        last_day: the last day that keeps the guarantee; None while subtracted days go on.
        ends_at: the moment (UTC) when that day is over.
        act_by: the last working day before it is too late; a help, not law.
        used: counted days so far, or until the wait was over.
        left: counted days left; 0 on the last day, negative after it.
        subtracted: days that have not been counted.
        stopped_by: the first contact that counts.
        uncounted: contacts that did not stop the clock, with why.
        breached_on: the first day after the limit, where it passed without care.
        outside: why the guarantee does not hold, or why no time has begun.
        target, came_on: of a wait without a limit: its target date, and when it was over.
    """

    part: Part
    status: ClockStatus
    today: date
    start: Start | None = None
    limit: Limit | None = None
    last_day: date | None = None
    ends_at: datetime | None = None
    act_by: date | None = None
    used: int = 0
    left: int | None = None
    subtracted: int = 0
    stopped_by: Contact | None = None
    ended: Ended | None = None
    uncounted: tuple[tuple[Contact, Text], ...] = ()
    pauses: tuple[JudgedPause, ...] = ()
    breached_on: date | None = None
    outside: Text | None = None
    referral_received_on: date | None = None
    judged_on: date | None = None
    target: date | None = None
    came_on: date | None = None

    @property
    def stopped_on(self) -> date | None:
        """The day of the contact that counts."""
        return local_date(self.stopped_by.at) if self.stopped_by else None


def judge_clock(wait: Wait, at: datetime) -> Clock:
    """Judge one wait at a moment: only what has happened by then is reckoned with.

    Raises:
        Invalid: facts that cannot be.
        NotNow: no limit is known for the day when the time began.
    """
    check_wait(wait, at)
    today, start = local_date(at), start_of(wait)
    outside = _outside(wait, start)
    if outside and is_planned(wait) and wait.of_region:
        return _planned(wait, at, outside)
    if outside:
        return Clock(part=wait.part, status=ClockStatus.OUTSIDE, today=today, outside=outside)
    waits_for = _not_begun(wait, start)
    if start is None or waits_for:
        status = ClockStatus.NOT_STARTED
        return Clock(part=wait.part, status=status, today=today, start=start, outside=waits_for)
    return _run(wait, start, limit_at(wait.part, start.on), at)


def _planned(wait: Wait, at: datetime, outside: Text) -> Clock:
    """A wait that goes by its target date; neither counted nor measured as one of the guarantee."""
    today, met = local_date(at), came(wait, at)
    came_on = local_date(met.at) if met else None
    ended = wait.ended if wait.ended and wait.ended.on <= today and not met else None
    over = ClockStatus.ENDED if ended else ClockStatus.PLANNED
    if came_on is not None and wait.target_on is not None:
        over = ClockStatus.MET if came_on <= wait.target_on else ClockStatus.LATE
    return Clock(
        part=wait.part,
        status=over,
        today=today,
        outside=outside,
        ended=ended,
        target=wait.target_on,
        came_on=came_on,
    )


def _run(wait: Wait, start: Start, limit: Limit, at: datetime) -> Clock:
    today = local_date(at)
    ended = wait.ended if wait.ended and wait.ended.on <= today else None
    stop, uncounted = _sifted(wait, start, limit, at, ended)
    if stop:
        ended = None
    over = local_date(stop.at) if stop else ended.on if ended else None
    pauses = judge_pauses(start.on, limit, wait.pauses, over)
    subtracted = kept_days(pauses)
    last, until = last_day(start.on, limit.days, subtracted), over or today
    used = counted_between(start.on, until, subtracted)
    breached = last + DAY if last is not None and until > last else None
    resting = any(one.holds(today) for one in subtracted)
    return Clock(
        part=wait.part,
        status=_status(stop, ended, breached, resting),
        today=today,
        start=start,
        limit=limit,
        last_day=last,
        ends_at=end_of_day(last) if last else None,
        act_by=last_working_day(last) if last else None,
        used=used,
        left=limit.days - used,
        subtracted=subtracted_between(start.on, until, subtracted),
        stopped_by=stop,
        ended=ended,
        uncounted=uncounted,
        pauses=pauses,
        breached_on=breached,
        referral_received_on=_day(wait.referral_received_at),
        judged_on=_day(wait.judged_at),
    )


def _status(
    stop: Contact | None, ended: Ended | None, breached: date | None, resting: bool
) -> ClockStatus:
    if stop:
        return ClockStatus.LATE if breached else ClockStatus.MET
    if ended:
        return ClockStatus.ENDED
    if breached:
        return ClockStatus.BREACHED
    return ClockStatus.RESTING if resting else ClockStatus.RUNNING


def _sifted(
    wait: Wait, start: Start, limit: Limit, at: datetime, ended: Ended | None
) -> tuple[Contact | None, tuple[tuple[Contact, Text], ...]]:
    """The first contact that counts, and those before it that do not."""
    uncounted: list[tuple[Contact, Text]] = []
    for contact in sorted(wait.contacts, key=lambda one: one.at):
        if contact.at > at or (ended and local_date(contact.at) > ended.on):
            break
        refusal = why_not(wait, contact, limit, start.at)
        if refusal is None:
            return contact, tuple(uncounted)
        uncounted.append((contact, refusal))
    return None, tuple(uncounted)


_MATTERS: dict[Matter, Text] = {
    Matter.RETURN_VISIT: _("Återbesök nämns inte i vårdgarantin. De ska ske när de behövs."),
    Matter.INVESTIGATION: _("Undersökningar nämns inte i vårdgarantin. De ska ske när de behövs."),
    Matter.MUNICIPAL_CARE: _("Vårdgarantin gäller inte kommunens hälso- och sjukvård."),
}


_NOT_LISTED_HERE = _(
    "Den här delen av garantin gäller bara hos den vårdgivare där personen är listad."
)


def _outside(wait: Wait, start: Start | None) -> Text | None:
    """Why the guarantee does not hold at all (HSL 9:1, HSF 6:1)."""
    if not wait.of_region:
        return NOT_OURS
    if wait.matter in _MATTERS:
        return _MATTERS[wait.matter]
    if start and only_where_listed(wait, start.at):
        if not wait.listed_unit:
            return _("Personen är inte listad, så den här delen av garantin gäller inte.")
        if wait.sought_unit != wait.listed_unit:
            return _NOT_LISTED_HERE
    return _no_assessment(wait) if wait.part is Part.ASSESSMENT else None


def _no_assessment(wait: Wait) -> Text | None:
    """The limit of three days takes two things (HSF 6:1 p. 2)."""
    if wait.assessment_needed is False:
        return _("Vårdgivaren har bedömt att det inte behövs någon medicinsk bedömning.")
    if wait.possible_at_once:
        return _("Bedömningen kunde göras vid den första kontakten.")
    return None


_NOT_BEGUN: dict[Part, Text] = {
    Part.CONTACT: _("Personen har inte sökt kontakt än."),
    Part.ASSESSMENT: _("Personen har inte sökt kontakt än."),
    Part.VISIT: _("Ingen remiss är skriven, och personen har inte sökt vården själv."),
    Part.TREATMENT: _("Vårdgivaren har inte beslutat om vården än."),
}


def _not_begun(wait: Wait, start: Start | None) -> Text | None:
    if start is None:
        return _NOT_BEGUN[wait.part]
    if wait.part is Part.ASSESSMENT and wait.assessment_needed is None:
        return _("Vårdgivaren har inte sagt om det behövs en medicinsk bedömning.")
    return None


def _day(moment: datetime | None) -> date | None:
    return local_date(moment) if moment else None


def days_over(clock: Clock) -> int:
    """How many calendar days after the last day; 0 within the limit."""
    if clock.last_day is None:
        return 0
    ended = clock.ended.on if clock.ended else None
    until = clock.stopped_on or ended or clock.today
    return max(0, days_between(clock.last_day, until))
