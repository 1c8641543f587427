"""Dates, times, numbers and names as one says them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils.translation import override

from samverka.kernel.calendar import end_of_day
from samverka.web.templatetags import words

NOW = datetime(2026, 11, 25, 9, 15, tzinfo=UTC)  # Wednesday, 10.15 in Stockholm


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_a_day_says_its_year_unless_it_is_the_year_of_now() -> None:
    assert words.day(date(2026, 11, 27)) == "fredag 27 november 2026"
    assert words.day(date(2026, 11, 27), NOW) == "fredag 27 november"
    assert words.day(date(2027, 1, 1), NOW) == "fredag 1 januari 2027"
    assert words.short_day(date(2026, 5, 3)) == "3 maj 2026"
    assert words.short_day(date(2026, 5, 3), NOW) == "3 maj"


def test_a_time_is_shown_where_the_reader_is() -> None:
    assert words.clock_time(at(2026, 11, 27, 9, 30)) == "10.30"
    assert words.clock_time(at(2026, 7, 1, 9, 30)) == "11.30"  # summer time
    assert words.clock_time(time(8, 5)) == "08.05"
    assert words.day_time(at(2026, 11, 27, 9, 30), NOW) == "fredag 27 november kl. 10.30"
    assert words.short_time(at(2026, 11, 27, 9, 30)) == "27 nov 2026 kl. 10.30"
    # An hour before midnight in Stockholm is another day than in London.
    assert words.day(at(2026, 12, 31, 23, 30)) == "fredag 1 januari 2027"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (date(2026, 11, 25), "i dag"),
        (date(2026, 11, 26), "i morgon"),
        (date(2026, 11, 24), "i går"),
        (date(2026, 11, 27), "på fredag"),
        (date(2026, 11, 22), "i söndags"),
        (date(2026, 12, 1), "på tisdag"),
        (date(2026, 12, 2), "onsdag 2 december"),
        (date(2026, 11, 18), "onsdag 18 november"),
        (date(2025, 11, 25), "tisdag 25 november 2025"),
    ],
)
def test_near_days_are_said_as_people_do(when: date, said: str) -> None:
    assert words.near_day(when, NOW) == said


def test_the_end_of_a_day_is_said_as_that_day() -> None:
    """What ends when 31 December ends is over at midnight, and people say that it lasts till the 31st."""
    over = end_of_day(date(2026, 12, 31))
    assert words.last_day(over) == date(2026, 12, 31)
    assert words.day(words.last_day(over), NOW) == "torsdag 31 december"
    assert words.last_day(at(2026, 11, 27, 9, 30)) == date(2026, 11, 27)
    assert words.last_day(date(2026, 11, 27)) == date(2026, 11, 27)
    assert words.last_day(None) is None


def test_by_when_names_the_last_day_and_an_hour_only_within_a_day() -> None:
    assert words.by_when(at(2026, 11, 26, 9, 30), NOW) == "i morgon kl. 10.30"
    assert (
        words.by_when(at(2026, 11, 26, 23, 0), NOW) == "i morgon"
    )  # midnight: the end of that day
    assert words.by_when(None, NOW) == ""


def test_near_times_add_the_clock() -> None:
    assert words.near_time(at(2026, 11, 26, 9, 30), NOW) == "i morgon kl. 10.30"


@pytest.mark.parametrize(
    ("distance", "said"),
    [
        (timedelta(seconds=30), "nu"),
        (timedelta(seconds=-30), "nu"),
        (timedelta(minutes=1), "om 1 minut"),
        (timedelta(minutes=59), "om 59 minuter"),
        (timedelta(hours=3), "om 3 timmar"),
        (timedelta(hours=-3), "för 3 timmar sedan"),
        (timedelta(days=2), "om 2 dagar"),
        (timedelta(days=-1), "för 1 dag sedan"),
        # 38 hours ahead is past midnight two days from now: people count days, not hours.
        (timedelta(hours=38), "om 2 dagar"),
    ],
)
def test_distance_from_now(distance: timedelta, said: str) -> None:
    assert words.from_now(NOW + distance, NOW) == said


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(days=1, hours=4, minutes=20), "1 dygn 4 h"),
        (timedelta(hours=4, minutes=10), "4 h 10 min"),
        (timedelta(minutes=12), "12 min"),
        (timedelta(days=2), "2 dygn"),
        (timedelta(seconds=20), "under 1 min"),
        (timedelta(hours=-3), "3 h"),
    ],
)
def test_a_length_of_time_has_at_most_two_units(length: timedelta, said: str) -> None:
    assert words.duration(length) == said


def test_since_is_the_length_until_now() -> None:
    assert words.since(NOW - timedelta(hours=28), NOW) == "1 dygn 4 h"


def test_the_same_in_english() -> None:
    with override("en"):
        assert words.day(date(2026, 11, 27), NOW) == "Friday 27 November"


def test_day_of() -> None:
    assert words.day_of(2, 3) == "dag 2 av 3"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0701740605", "070-174 06 05"),
        ("+46701740605", "070-174 06 05"),
        ("0046 70 174 06 05", "070-174 06 05"),
        ("0980319200", "0980-31 92 00"),
        ("08-465 004 00", "08-465 004 00"),
        ("06412345", "0641-23 45"),
        ("063123456", "063-12 34 56"),
        ("+47 22 00 00 00", "+47 22 00 00 00"),
        ("1177", "1177"),
        ("", ""),
    ],
)
def test_telephone_numbers_in_the_groups_people_read(written: str, read: str) -> None:
    assert words.phone(written) == read


def test_a_long_word_in_a_unit_s_name_parts_where_its_last_part_begins() -> None:
    name = "Geriatrik- och rehabiliteringsavdelningen"
    assert words.breakable(name) == "Geriatrik- och rehabiliterings\u00adavdelningen"
    assert words.breakable("Ortopedavdelningen") == "Ortopedavdelningen"
    assert words.breakable("") == ""


def test_a_telephone_link_has_digits_only() -> None:
    assert words.phone_link("+46 (70) 174-06 05") == "+46701740605"
    assert words.phone_link("070-174 06 05") == "0701740605"


def test_identity_initials_and_lists() -> None:
    assert words.identity("194203112391") == "19420311-2391"
    assert words.identity("19420311-2391") == "19420311-2391"
    assert words.initials("Lena Maria Berg") == "LB"
    assert words.initials("Märta") == "M"
    assert words.and_list(["a", "b", "c"]) == "a, b och c"
    assert words.and_list(["a"]) == "a"
    assert words.and_list([]) == ""


@pytest.mark.parametrize(
    "filtered",
    [
        words.day(None),
        words.short_day(None),
        words.day_time(None),
        words.short_time(None),
        words.clock_time(None),
        words.near_day(None, NOW),
        words.near_time(None, NOW),
        words.from_now(None, NOW),
        words.since(None, NOW),
        words.duration(None),
        words.identity(None),
        words.phone(None),
        words.initials(None),
    ],
)
def test_nothing_is_said_about_nothing(filtered: str) -> None:
    assert filtered == ""
