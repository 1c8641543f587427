"""The clocks: first day of liability, when the messages are due; noon, nights of DST, free days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from samverka.discharge.rules.liability import (
    Clock,
    HolidayRule,
    Model,
    NoonRule,
    PsychiatryRule,
    Terms,
    admission_notice_due,
    call_due,
    clock_for,
    liable_from,
)
from samverka.discharge.rules.liability.clock import STATUTE_CLOCK
from tests.discharge.stays import at, stay

WEEKDAYS = Clock(5, NoonRule.NONE, HolidayRule.WORKING_DAYS)


@pytest.mark.parametrize(
    ("sent", "clock", "first"),
    [
        ("2023-03-06 00:00:00", STATUTE_CLOCK, "2023-03-09"),  # the day of sending is day 0
        ("2023-03-06 11:59:59", STATUTE_CLOCK, "2023-03-09"),
        ("2023-03-06 12:00:00", STATUTE_CLOCK, "2023-03-09"),  # 12.00 is not after 12.00
        ("2023-03-06 12:00:00.999999", STATUTE_CLOCK, "2023-03-09"),  # to the second
        ("2023-03-06 12:00:01", STATUTE_CLOCK, "2023-03-10"),
        ("2023-03-06 23:59:59", STATUTE_CLOCK, "2023-03-10"),
        ("2023-12-22 09:00", STATUTE_CLOCK, "2023-12-25"),  # Christmas counts
        ("2024-02-27 09:00", STATUTE_CLOCK, "2024-03-01"),  # leap day
        ("2023-02-27 09:00", STATUTE_CLOCK, "2023-03-02"),  # no leap day
        ("2023-12-30 13:00", STATUTE_CLOCK, "2024-01-03"),  # New Year
        ("2023-03-25 11:30", STATUTE_CLOCK, "2023-03-28"),  # the night of 23 hours
        ("2023-10-28 11:30", STATUTE_CLOCK, "2023-10-31"),  # the night of 25 hours
        ("2023-03-06 13:00", Clock(7, NoonRule.NONE), "2023-03-13"),
        ("2023-03-06 12:00:00", Clock(3, NoonRule.BEFORE), "2023-03-10"),  # 12.00 is not before
        ("2023-03-06 11:59:59", Clock(3, NoonRule.BEFORE), "2023-03-09"),
        ("2023-03-06 10:00", Clock(0, NoonRule.NONE), "2023-03-06"),
        ("2023-03-06 10:00", WEEKDAYS, "2023-03-13"),  # weekdays, if so agreed
        ("2023-04-06 10:00", WEEKDAYS, "2023-04-17"),  # Easter is free
        ("2023-03-11 10:00", WEEKDAYS, "2023-03-17"),  # sent on a Saturday
    ],
)
def test_the_first_day(sent: str, clock: Clock, first: str) -> None:
    assert liable_from(at(sent), clock) == date.fromisoformat(first)


def test_noon_is_swedish_noon_in_summer_and_winter() -> None:
    assert liable_from(datetime(2023, 7, 3, 10, 0, tzinfo=UTC), STATUTE_CLOCK) == date(2023, 7, 6)
    assert liable_from(datetime(2023, 7, 3, 10, 1, tzinfo=UTC), STATUTE_CLOCK) == date(2023, 7, 7)
    assert liable_from(datetime(2023, 1, 2, 11, 0, tzinfo=UTC), STATUTE_CLOCK) == date(2023, 1, 5)
    assert liable_from(datetime(2023, 1, 2, 11, 1, tzinfo=UTC), STATUTE_CLOCK) == date(2023, 1, 6)


@pytest.mark.parametrize("sent", ["2023-03-26 12:00:00", "2023-10-29 12:00:00"])
def test_noon_on_the_days_when_the_clocks_change(sent: str) -> None:
    noon = at(sent)
    first = noon.date() + timedelta(days=3)
    assert liable_from(noon, STATUTE_CLOCK) == first
    assert liable_from(noon + timedelta(seconds=1), STATUTE_CLOCK) == first + timedelta(days=1)


def test_a_late_start_and_days_when_the_clock_stands_still() -> None:
    monday = at("2023-03-06 10:00")
    assert liable_from(monday, STATUTE_CLOCK, shift=2) == date(2023, 3, 11)
    stopped = [date(2023, 3, 7), date(2023, 3, 9), date(2023, 3, 20)]
    assert liable_from(monday, STATUTE_CLOCK, stopped=stopped) == date(2023, 3, 11)


@pytest.mark.parametrize(
    ("terms", "psychiatric", "sent_on", "days"),
    [
        (Terms(), False, date(2018, 5, 1), 3),
        (Terms(), True, date(2018, 12, 31), 30),
        (Terms(), True, date(2019, 1, 1), 3),
        (Terms(model=Model.INDIVIDUAL, cutoff=7), True, date(2018, 5, 1), 7),
        (
            Terms(model=Model.INDIVIDUAL, psychiatry=PsychiatryRule.OWN, psychiatry_days=15),
            True,
            date(2018, 5, 1),
            15,
        ),
        (
            Terms(model=Model.INDIVIDUAL, psychiatry=PsychiatryRule.OWN, psychiatry_days=15),
            False,
            date(2023, 5, 1),
            7,
        ),
    ],
)
def test_psychiatric_care(terms: Terms, psychiatric: bool, sent_on: date, days: int) -> None:
    assert clock_for(terms, psychiatric=psychiatric, sent_on=sent_on).days == days


def test_the_thirty_days_of_2018_know_no_noon() -> None:
    clock = clock_for(Terms(), psychiatric=True, sent_on=date(2018, 5, 2))
    assert liable_from(at("2018-05-02 11:00"), clock) == date(2018, 6, 1)
    assert liable_from(at("2018-05-02 13:00"), clock) == date(2018, 6, 1)


@pytest.mark.parametrize(
    ("admitted", "judged", "due"),
    [
        ("2023-03-06 10:00", None, "2023-03-07 10:00"),
        ("2023-03-06 10:00", "2023-03-08 09:00", "2023-03-09 09:00"),  # judged later
        ("2023-03-06 10:00", "2023-03-05 09:00", "2023-03-07 10:00"),  # never before admission
        ("2023-03-25 10:00", None, "2023-03-26 11:00"),  # 24 hours that have passed
        ("2023-10-28 10:00", None, "2023-10-29 09:00"),
        ("2024-02-28 10:00", None, "2024-02-29 10:00"),
        ("2023-12-31 10:00", None, "2024-01-01 10:00"),
    ],
)
def test_the_admission_notice_is_due(admitted: str, judged: str | None, due: str) -> None:
    judged_at = at(judged) if judged else None
    facts = stay("2024-06-03 10:00", None, admitted_at=at(admitted), need_judged_at=judged_at)
    assert admission_notice_due(facts) == at(due)


@pytest.mark.parametrize(
    ("sent", "due", "weekday"),
    [
        ("2023-03-06 10:00", "2023-03-10 00:00", "2023-03-10 00:00"),  # to the end of Thursday
        ("2023-03-06 13:00", "2023-03-10 00:00", "2023-03-10 00:00"),  # noon plays no part
        ("2023-03-08 10:00", "2023-03-12 00:00", "2023-03-14 00:00"),  # Saturday, else Monday
        ("2023-03-09 10:00", "2023-03-13 00:00", "2023-03-14 00:00"),  # Sunday, else Monday
        ("2023-04-04 10:00", "2023-04-08 00:00", "2023-04-12 00:00"),  # Easter, else Tuesday
        ("2023-12-21 10:00", "2023-12-25 00:00", "2023-12-28 00:00"),  # Christmas Eve
        ("2023-03-23 10:00", "2023-03-27 00:00", "2023-03-28 00:00"),  # a day of 23 hours
        ("2024-02-26 10:00", "2024-03-01 00:00", "2024-03-01 00:00"),  # leap day
    ],
)
def test_the_call_is_due(sent: str, due: str, weekday: str) -> None:
    assert call_due(at(sent)) == at(due)
    assert call_due(at(sent), next_weekday=True) == at(weekday)


def test_a_moment_without_a_zone_is_a_fault() -> None:
    with pytest.raises(ValueError, match="time zone"):
        liable_from(datetime(2023, 3, 6, 10), STATUTE_CLOCK)  # noqa: DTZ001
