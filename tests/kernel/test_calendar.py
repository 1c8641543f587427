"""The Swedish calendar: the clock, free days, working days and how dates are written."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from samverka.kernel.calendar import (
    add_working_days,
    days_between,
    end_of_day,
    from_clock,
    holiday_name,
    is_holiday,
    is_working_day,
    local,
    local_date,
    said_moment,
    start_of_day,
    swedish_date,
    swedish_moment,
    swedish_time,
    working_days_between,
)
from samverka.kernel.problems import Invalid

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("utc", "clock", "day"),
    [
        (datetime(2026, 1, 15, 11, 0, tzinfo=UTC), "12.00", date(2026, 1, 15)),
        (datetime(2026, 7, 15, 11, 0, tzinfo=UTC), "13.00", date(2026, 7, 15)),
        (datetime(2026, 7, 14, 22, 0, tzinfo=UTC), "0.00", date(2026, 7, 15)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "1.59", date(2026, 3, 29)),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "3.00", date(2026, 3, 29)),  # 2.00 does not exist
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "2.30", date(2026, 10, 25)),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2.30", date(2026, 10, 25)),  # once more
    ],
)
def test_the_swedish_clock(utc: datetime, clock: str, day: date) -> None:
    assert swedish_time(utc) == clock
    assert local_date(utc) == day


def test_a_moment_without_a_zone_is_a_fault() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local(datetime(2026, 1, 1, 12, 0))  # noqa: DTZ001 the fault that is tested


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)]
)
def test_days_are_as_long_as_the_clock_makes_them(day: date, hours: int) -> None:
    assert end_of_day(day) - start_of_day(day) == timedelta(hours=hours)
    assert local_date(start_of_day(day)) == day
    assert local_date(end_of_day(day) - timedelta(microseconds=1)) == day


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "Nyårsdagen"),
        (date(2026, 4, 3), "Långfredagen"),
        (date(2026, 4, 6), "Annandag påsk"),
        (date(2026, 5, 14), "Kristi himmelsfärdsdag"),
        (date(2026, 6, 6), "Nationaldagen"),
        (date(2026, 6, 20), "Midsommardagen"),
        (date(2026, 10, 31), "Alla helgons dag"),
        (date(2004, 5, 31), "Annandag pingst"),  # a holiday for the last time
        (date(2005, 5, 16), None),
        (date(2004, 6, 6), None),  # National Day is a holiday since 2005
        (date(2026, 6, 19), None),  # midsommarafton is not, by the law of 1989
        (date(2026, 11, 22), None),  # an ordinary Sunday has no name
    ],
)
def test_named_holidays(day: date, name: str | None) -> None:
    assert holiday_name(day) == name


@pytest.mark.parametrize("day", [date(2026, 6, 19), date(2026, 12, 24), date(2026, 12, 31)])
def test_the_three_eves_are_free_only_when_asked(day: date) -> None:
    assert not is_holiday(day)
    assert is_holiday(day, eves=True)
    assert not is_working_day(day)
    assert is_working_day(day, eves=False) is (day.weekday() < 5)


def test_sundays_are_holidays_by_law_unless_left_out() -> None:
    sunday = date(2026, 11, 22)
    assert is_holiday(sunday)
    assert not is_holiday(sunday, sundays=False)
    assert not is_holiday(date(2026, 11, 21))  # a Saturday
    assert not is_working_day(date(2026, 11, 21))


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday to Monday
        (date(2026, 11, 21), 0, date(2026, 11, 23)),  # Saturday: the next weekday
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # Maundy Thursday, over Easter
        (date(2026, 12, 23), 1, date(2026, 12, 28)),  # over Christmas
        (date(2026, 12, 30), 1, date(2027, 1, 4)),  # New Year's Eve, New Year's Day, weekend
        (date(2026, 11, 23), -1, date(2026, 11, 20)),
        (date(2026, 4, 7), -1, date(2026, 4, 2)),
    ],
)
def test_working_days(day: date, count: int, expected: date) -> None:
    assert add_working_days(day, count) == expected


@given(DAYS, st.integers(-60, 60))
def test_working_day_arithmetic_holds_together(day: date, count: int) -> None:
    there = add_working_days(day, count)
    assert is_working_day(there)
    if is_working_day(day):
        assert working_days_between(day, there) == count
        assert add_working_days(there, -count) == day


@given(DAYS, DAYS)
def test_working_days_are_some_of_the_calendar_days(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert 0 <= working_days_between(first, last) <= days_between(first, last)
    assert working_days_between(last, first) == -working_days_between(first, last)


def test_calendar_days_count_from_day_nought() -> None:
    assert days_between(date(2026, 12, 30), date(2027, 1, 2)) == 3
    assert days_between(date(2024, 2, 28), date(2024, 3, 1)) == 2


def test_how_dates_are_written() -> None:
    day = date(2026, 11, 27)
    assert swedish_date(day) == "fredag 27 november 2026"
    assert swedish_date(day, weekday=False) == "27 november 2026"
    assert swedish_date(day, year=False) == "fredag 27 november"
    assert swedish_date(date(2026, 3, 1), weekday=False, year=False) == "1 mars"


def test_how_times_are_written() -> None:
    assert swedish_time(time(10, 30)) == "10.30"
    assert swedish_time(time(9, 5)) == "9.05"
    moment = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
    assert swedish_moment(moment) == "fredag 27 november 2026 kl. 10.30"


@given(st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
@example(datetime(2000, 10, 29, 0, 0, tzinfo=UTC))
def test_the_clock_never_loses_the_moment(moment: datetime) -> None:
    # In the hour that comes twice, two zones' times never compare as equal: the moment is compared in UTC.
    assert local(moment).astimezone(UTC) == moment
    assert start_of_day(local_date(moment)) <= moment < end_of_day(local_date(moment))


def test_a_moment_said_can_be_said_in_another_language() -> None:
    said = said_moment(datetime(2026, 7, 15, 11, 5, tzinfo=UTC))
    assert said == "15 juli 2026 kl. 13.05"
    assert said.msgid == "%(day)s kl. %(time)s"
    assert said.params["day"] == "15 juli 2026"


@pytest.mark.parametrize(
    ("shown", "moment"),
    [
        ("2026-10-25T01:59", "2026-10-24T23:59"),
        ("2026-10-25T02:30", "2026-10-25T00:30"),  # comes twice: the first
        ("2026-10-25T03:00", "2026-10-25T02:00"),
        ("2026-03-29T01:59", "2026-03-29T00:59"),
        ("2026-03-29T03:00", "2026-03-29T01:00"),
        ("2028-02-29T23:59", "2028-02-29T22:59"),
        ("2027-01-01T00:00", "2026-12-31T23:00"),
    ],
)
def test_what_the_clock_on_the_wall_shows(shown: str, moment: str) -> None:
    wanted = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert from_clock(datetime.fromisoformat(shown)) == wanted


@pytest.mark.parametrize("shown", ["2026-03-29T02:00", "2026-03-29T02:59", "2027-03-28T02:30"])
def test_a_time_that_never_came(shown: str) -> None:
    with pytest.raises(Invalid, match="Klockan ställdes fram"):
        from_clock(datetime.fromisoformat(shown))
    with pytest.raises(ValueError, match="zone"):
        from_clock(datetime.fromisoformat(f"{shown}+01:00"))
