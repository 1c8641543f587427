"""Which days are subtracted (HSF 6:2), and in words why or why not.

Only the two limits of 90 days have subtracted days. The days are taken off, the clock does not begin
anew (medium certainty: the section says that the time "is not counted"). To abstain takes three things,
all of them: told of the guarantee, offered care within it, and having said no. Choosing a later day without
such an offer subtracts nothing. That the days count from the day of the no is our reading (medium).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samverka.guarantee.rules.counting import (
    DAY,
    Days,
    counted_between,
    last_day,
    subtracted_between,
)
from samverka.guarantee.rules.facts import Pause, Reason
from samverka.guarantee.rules.limits import IN_PRIMARY_CARE, Limit
from samverka.kernel.calendar import said_date
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


@dataclass(frozen=True, slots=True)
class JudgedPause:
    """A pause and what became of it: the days that it subtracts, or why it subtracts none."""

    pause: Pause
    days: Days | None
    refusal: Text | None

    @property
    def holds(self) -> bool:
        """Whether it subtracts days."""
        return self.days is not None


def judge_pauses(
    start: date, limit: Limit, pauses: Iterable[Pause], until: date | None
) -> tuple[JudgedPause, ...]:
    """Judge every pause in the light of the others, whatever order they were written down in.

    A pause that holds moves the last day, and another may hold because of it; none can stop another from
    holding. So they are taken in until no more hold.

    Args:
        until: the day when the wait was over; that day and later ones need not be subtracted.
    """
    given, kept = sorted(pauses, key=_order), dict[int, Days]()
    while more := _more(start, limit, given, until, kept):
        kept |= more
    return tuple(
        JudgedPause(one, kept.get(place), _why_none(start, limit, one, kept, place))
        for place, one in enumerate(given)
    )


def _more(
    start: date, limit: Limit, given: Sequence[Pause], until: date | None, kept: Mapping[int, Days]
) -> dict[int, Days]:
    found = {
        place: _within_wait(start, one, until)
        for place, one in enumerate(given)
        if place not in kept and _refused(start, limit, one, list(kept.values())) is None
    }
    return {place: days for place, days in found.items() if days is not None}


def _why_none(
    start: date, limit: Limit, pause: Pause, kept: Mapping[int, Days], place: int
) -> Text | None:
    if place in kept:
        return None
    return _refused(start, limit, pause, list(kept.values())) or _OUTSIDE_WAIT


_OUTSIDE_WAIT = _("Dagarna ligger utanför väntan, eller före den dag då personen sa nej.")


def _order(pause: Pause) -> tuple[date, str, date]:
    return (_begins(pause), pause.reason, pause.last or date.max)


def kept_days(judged: Iterable[JudgedPause]) -> list[Days]:
    """The runs of days that are subtracted."""
    return [one.days for one in judged if one.days is not None]


def days_of(one: JudgedPause, start: date, today: date) -> int:
    """How many days a pause has subtracted so far."""
    end = min(today, one.days.last or today) if one.days else today
    return subtracted_between(start, end, [one.days]) if one.days else 0


def _begins(pause: Pause) -> date:
    """The first day that could be subtracted: never before the person had said no."""
    if pause.reason is Reason.ABSTAINS and pause.declined_on is not None:
        return max(pause.first, pause.declined_on)
    return pause.first


def _within_wait(start: date, pause: Pause, until: date | None) -> Days | None:
    first, last = max(_begins(pause), start + DAY), pause.last
    if until is not None:
        last = until - DAY if last is None else min(last, until - DAY)
    return None if last is not None and last < first else Days(first, last)


def _refused(start: date, limit: Limit, pause: Pause, before: Sequence[Days]) -> Text | None:
    if limit.part in IN_PRIMARY_CARE:
        return _("Dagar dras bara av i de två delar som har 90 dagar.")
    reached = last_day(start, limit.days, before)
    if reached is not None and _begins(pause) > reached:
        return _("Garantin hade redan gått ut %(day)s.", day=said_date(reached))
    if pause.reason is not Reason.ABSTAINS:
        return None
    return _not_abstaining(pause) or _offer_too_late(start, limit, pause, before)


def _not_abstaining(pause: Pause) -> Text | None:
    """Which of the three conditions is missing (HSF 6:2 st. 2)."""
    no = pause.declined_on
    if pause.offer is None:
        return _("Personen har inte fått en tid inom garantin att säga nej till.")
    if no is None:
        return _("Personen har inte själv sagt nej till tiden.")
    if pause.informed_on is None or pause.informed_on > no:
        return _("Personen hade inte fått veta om vårdgarantin innan.")
    if pause.offer.made_on > no:
        return _("Erbjudandet kom efter att personen sa nej.")
    return None


def _offer_too_late(start: date, limit: Limit, pause: Pause, before: Sequence[Days]) -> Text | None:
    """Whether the time that was offered lay within the guarantee, by the days that count until then."""
    assert pause.offer is not None
    day = pause.offer.care_on
    if counted_between(start, day, before) <= limit.days:
        return None
    return _("Tiden som erbjöds, %(day)s, låg efter sista dagen.", day=said_date(day))
