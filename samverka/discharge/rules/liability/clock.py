"""From which day a municipality is liable, and when the messages that it rests on are due.

The clock runs from the moment the notice was sent, not from when it was read and not from the
judgement (LUS 5:4). Days are calendar days in Sweden, the day of sending is day 0, and it is not a
rolling 72 hours. Noon is compared to the second.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from samverka.discharge.rules import clocks
from samverka.discharge.rules.liability.facts import StayFacts
from samverka.discharge.rules.liability.terms import (
    HolidayRule,
    Model,
    NoonRule,
    PsychiatryRule,
    Terms,
)
from samverka.kernel.calendar import is_working_day, local, local_date

STATUTE_DAYS = 3
"""LUS 5:4: liability sets in three days after the notice was sent."""

NOON = time(12)
"""LUS 5:4: sent after 12.00 it is four days."""

PSYCHIATRY_DAYS_2018 = 30
"""Transitional rule, lag (2017:1130): psychiatric care, without a word of noon."""

PSYCHIATRY_LAST_DAY = date(2018, 12, 31)
"""From 2019 psychiatric care is like other care."""

ADMISSION_NOTICE_HOURS = 24
"""LUS 2:3: after admission, or after the later judgement that help may be needed."""

CALL_DAYS = 3
"""LUS 4:3: after the notice was given. Noon plays no part here."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """How many days after the notice liability begins, counted how."""

    days: int
    noon: NoonRule = NoonRule.AFTER
    holidays: HolidayRule = HolidayRule.CALENDAR


STATUTE_CLOCK = Clock(STATUTE_DAYS)
AVERAGE_CLOCK = Clock(0, NoonRule.NONE)
"""Under an average every night from the day of the notice counts."""


def clock_for(terms: Terms, *, psychiatric: bool, sent_on: date) -> Clock:
    """The clock of one stay counted for itself: the law's, or the agreed number of days.

    Args:
        sent_on: the day of the notice; it decides whether the rule of 2018 holds.
    """
    if terms.model is Model.STATUTE:
        if psychiatric and sent_on <= PSYCHIATRY_LAST_DAY:
            return Clock(PSYCHIATRY_DAYS_2018, NoonRule.NONE)
        return STATUTE_CLOCK
    own = psychiatric and terms.psychiatry is PsychiatryRule.OWN
    days = terms.psychiatry_days if own else terms.cutoff
    return Clock(days, terms.noon_rule, terms.holiday_rule)


def day_zero(sent_at: datetime, noon: NoonRule) -> date:
    """The day from which days are counted: the day of sending, or the next one after noon."""
    return local_date(sent_at) + _DAY * is_after_noon(sent_at, noon)


def is_after_noon(sent_at: datetime, noon: NoonRule) -> bool:
    """Whether noon gives a day more; always no where the hour does not matter."""
    clock = local(sent_at).time().replace(microsecond=0)
    if noon is NoonRule.NONE:
        return False
    return clock > NOON if noon is NoonRule.AFTER else clock >= NOON


def liable_from(
    sent_at: datetime, clock: Clock, *, shift: int = 0, stopped: Collection[date] = ()
) -> date:
    """The first day of liability.

    Args:
        shift: days by which a late admission notice puts off the start, where the county says so.
        stopped: days on which the clock stands still, where the county says so.
    """
    day, left = day_zero(sent_at, clock.noon) + _DAY * shift, clock.days
    while left:
        day += _DAY
        left -= _runs(day, clock) and day not in stopped
    return day


def _runs(day: date, clock: Clock) -> bool:
    return clock.holidays is HolidayRule.CALENDAR or is_working_day(day)


def admission_notice_due(facts: StayFacts) -> datetime:
    """When the admission notice must be sent at the latest: 24 hours that have passed, in UTC."""
    limit = timedelta(hours=ADMISSION_NOTICE_HOURS)
    return clocks.admission_due(facts.admitted_at, facts.need_judged_at, limit)


def call_due(sent_at: datetime, *, next_weekday: bool = False) -> datetime:
    """The moment by which the call to a SIP must have been sent: the end of the third day.

    Args:
        next_weekday: if that day is free, the end of the next weekday (lag 1930:173).
    """
    return clocks.call_due(sent_at, CALL_DAYS, next_weekday=next_weekday).breach_at
