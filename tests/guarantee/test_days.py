"""Last days and subtracted days, reckoned by hand month by month."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from samverka.guarantee.rules import ClockStatus, Pause, Reason, Wait, judge_clock
from samverka.guarantee.rules.limits import Part
from tests.guarantee.waits import abstained, at, day, decided, hindered, referred, sought


def last(wait: Wait) -> str | None:
    start = wait.sought_at or wait.referral_issued_at or wait.decided_at
    found = judge_clock(wait, max(start, at("2024-02-20"))).last_day
    return found.isoformat() if found else None


VISITS = [
    ("2025-03-01", "2025-05-30"),  # 30 + 30 + 30, clocks forward in between
    ("2025-10-01", "2025-12-30"),  # 30 + 30 + 30, clocks back in between
    ("2025-12-31", "2026-03-31"),  # 31 + 28 + 31
    ("2024-02-29", "2024-05-29"),  # 31 + 30 + 29
    ("2023-11-02", "2024-01-31"),  # 28 + 31 + 31
    ("2025-06-20", "2025-09-18"),  # 10 + 31 + 31 + 18
    ("2025-09-26", "2025-12-25"),  # 4 + 31 + 30 + 25: Christmas Day stands
    ("2026-01-05 23:59", "2026-04-05"),  # 26 + 28 + 31 + 5: Easter Day stands
    ("2025-03-30 00:30", "2025-06-28"),  # 1 + 30 + 31 + 28: still Saturday in UTC
    ("2025-08-15", "2025-11-13"),  # 16 + 30 + 31 + 13
]

TREATMENTS = [
    ("2025-05-05", "2025-08-03"),  # 26 + 30 + 31 + 3, a Sunday
    ("2024-12-01", "2025-03-01"),  # 30 + 31 + 28 + 1
    ("2023-12-01", "2024-02-29"),  # 30 + 31 + 29
    ("2025-02-01", "2025-05-02"),  # 27 + 31 + 30 + 2
    ("2025-07-31", "2025-10-29"),  # 31 + 30 + 29
    ("2025-10-26 00:30", "2026-01-24"),  # 5 + 30 + 31 + 24: the night of 25 hours
    ("2025-04-01", "2025-06-30"),  # 29 + 31 + 30
    ("2026-11-22", "2027-02-20"),  # 8 + 31 + 31 + 20
    ("2024-09-30", "2024-12-29"),  # 31 + 30 + 29
    ("2025-03-23", "2025-06-21"),  # 8 + 30 + 31 + 21: midsommardagen stands
]

ASSESSMENTS = [
    ("2025-02-27", "2025-03-02"),
    ("2024-02-27", "2024-03-01"),  # 28, 29, 1
    ("2025-12-23", "2025-12-26"),
    ("2025-12-30", "2026-01-02"),
    ("2025-03-28", "2025-03-31"),  # clocks forward
    ("2025-10-25", "2025-10-28"),  # clocks back
    ("2018-12-31", "2019-01-07"),  # seven days, the last time
    ("2019-01-01", "2019-01-04"),
    ("2026-04-02", "2026-04-05"),
    ("2025-06-18 23:59", "2025-06-21"),
    ("2025-06-19 00:00", "2025-06-22"),
]

CONTACTS = [
    "2025-06-18 00:00",
    "2025-06-18 23:59",
    "2025-03-30 01:30",
    "2025-03-30 03:30",
    "2025-10-26 02:30",
    "2025-10-26 23:30",
    "2024-02-29 12:00",
    "2025-12-31 23:59",
    "2026-01-01 00:00",
    "2025-12-25 10:00",
]


@pytest.mark.parametrize(("issued", "expected"), VISITS)
def test_visit(issued: str, expected: str) -> None:
    assert last(referred(issued)) == expected
    assert last(Wait(part=Part.VISIT, sought_at=at(issued))) == expected


@pytest.mark.parametrize(("taken", "expected"), TREATMENTS)
def test_treatment(taken: str, expected: str) -> None:
    assert last(decided(taken)) == expected


@pytest.mark.parametrize(("asked", "expected"), ASSESSMENTS)
def test_assessment(asked: str, expected: str) -> None:
    assert last(sought(asked, Part.ASSESSMENT)) == expected


@pytest.mark.parametrize("asked", CONTACTS)
def test_contact(asked: str) -> None:
    assert last(sought(asked)) == asked[:10]


@dataclass(frozen=True)
class Subtracted:
    """Pauses of a referral of 10 January 2024, whose last day is 9 April without them."""

    name: str
    pauses: tuple[Pause, ...]
    expected: str | None


OTHER_REGION = Reason.OTHER_REGION

MEDICAL = [
    Subtracted("12 days", (hindered("2024-02-01", "2024-02-12"),), "2024-04-21"),
    Subtracted(
        "5 and 7",
        (hindered("2024-02-01", "2024-02-05"), hindered("2024-03-01", "2024-03-07")),
        "2024-04-21",
    ),
    Subtracted(
        "over each other: each day once",
        (hindered("2024-02-01", "2024-02-08"), hindered("2024-02-05", "2024-02-12")),
        "2024-04-21",
    ),
    Subtracted("before the start: 11–15", (hindered("2024-01-01", "2024-01-15"),), "2024-04-14"),
    Subtracted("only day 0", (hindered("2024-01-10", "2024-01-10"),), "2024-04-09"),
    Subtracted("from the last day: 9–11", (hindered("2024-04-09", "2024-04-11"),), "2024-04-12"),
    Subtracted("the day after", (hindered("2024-04-10", "2024-04-20"),), "2024-04-09"),
    Subtracted(
        "10 days reach 6 more",
        (hindered("2024-04-15", "2024-04-20"), hindered("2024-04-01", "2024-04-10")),
        "2024-04-25",
    ),
    Subtracted("goes on", (hindered("2024-02-01"),), None),
    Subtracted("the leap day", (hindered("2024-02-29", "2024-02-29"),), "2024-04-10"),
    Subtracted("begins after, goes on", (hindered("2024-05-01"),), "2024-04-09"),
]

ELSEWHERE = [
    Subtracted("29", (hindered("2024-02-01", "2024-02-29", OTHER_REGION),), "2024-05-08"),
    Subtracted("1", (hindered("2024-02-01", "2024-02-01", OTHER_REGION),), "2024-04-10"),
    Subtracted("31", (hindered("2024-03-01", "2024-03-31", OTHER_REGION),), "2024-05-10"),
    Subtracted("goes on", (hindered("2024-03-01", None, OTHER_REGION),), None),
    Subtracted("all of it", (hindered("2024-01-11", "2024-04-09", OTHER_REGION),), "2024-07-08"),
    Subtracted("too late", (hindered("2024-04-10", None, OTHER_REGION),), "2024-04-09"),
    Subtracted("before", (hindered("2023-12-01", "2024-01-09", OTHER_REGION),), "2024-04-09"),
    Subtracted("day 1", (hindered("2024-01-11", "2024-01-11", OTHER_REGION),), "2024-04-10"),
    Subtracted(
        "ill there: once",
        (
            hindered("2024-02-01", "2024-02-29", OTHER_REGION),
            hindered("2024-02-10", "2024-02-12"),
        ),
        "2024-05-08",
    ),
    Subtracted(
        "two stays: 2 + 3",
        (
            hindered("2024-02-01", "2024-02-02", OTHER_REGION),
            hindered("2024-03-01", "2024-03-03", OTHER_REGION),
        ),
        "2024-04-14",
    ),
]


def no(
    first: str = "2024-03-01",
    last: str | None = "2024-03-20",
    *,
    informed: str | None = "2024-01-20",
    made: str | None = "2024-02-01",
    care: str | None = "2024-03-01",
    told: str | None = "2024-02-05",
) -> Pause:
    """A no that holds, but for what is changed: 20 days, 1–20 March."""
    return abstained(first, last, informed=informed, made=made, care=care, no=told)


ABSTAINS = [
    Subtracted("all three", (no(),), "2024-04-29"),
    Subtracted("not told of the guarantee", (no(informed=None),), "2024-04-09"),
    Subtracted("told the day after", (no(informed="2024-02-06"),), "2024-04-09"),
    Subtracted("told the same day", (no(informed="2024-02-05"),), "2024-04-29"),
    Subtracted("nothing offered", (no(made=None, care=None),), "2024-04-09"),
    Subtracted("offered the last day", (no(care="2024-04-09"),), "2024-04-29"),
    Subtracted("offered a day too late", (no(care="2024-04-10"),), "2024-04-09"),
    Subtracted("never said no", (no(told=None),), "2024-04-09"),
    Subtracted("offered after the no", (no(made="2024-02-06"),), "2024-04-09"),
    Subtracted("from the no: 5–20 Feb", (no("2024-02-01", "2024-02-20"),), "2024-04-25"),
    Subtracted("over before the no", (no("2024-01-25", "2024-02-04"),), "2024-04-09"),
    Subtracted("goes on", (no("2024-03-01", None),), None),
    Subtracted(
        "12 days ill make the offer of 12 April one in time",
        (no(care="2024-04-12"), hindered("2024-02-01", "2024-02-12")),
        "2024-05-11",
    ),
    Subtracted(
        "ill over the last day: an offer of 10 April is still in time; 20 + 12 days",
        (no(care="2024-04-10"), hindered("2024-04-09", "2024-04-20")),
        "2024-05-11",
    ),
    Subtracted(
        "ill from the day after: too late for both",
        (no(care="2024-04-10"), hindered("2024-04-10", "2024-04-20")),
        "2024-04-09",
    ),
]


@pytest.mark.parametrize("case", MEDICAL + ELSEWHERE + ABSTAINS, ids=lambda case: case.name)
def test_subtracted(case: Subtracted) -> None:
    assert last(referred("2024-01-10", pauses=case.pauses)) == case.expected


@pytest.mark.parametrize("case", ABSTAINS, ids=lambda case: case.name)
def test_a_no_that_does_not_hold_says_why(case: Subtracted) -> None:
    clock = judge_clock(referred("2024-01-10", pauses=case.pauses), at("2024-02-20"))
    for one in clock.pauses:
        assert (one.refusal is None) == one.holds


def test_primary_care_takes_off_nothing_whatever_is_said() -> None:
    for part in (Part.CONTACT, Part.ASSESSMENT):
        wait = sought("2024-02-10", part, pauses=(hindered("2024-02-01"), no()))
        clock = judge_clock(wait, at("2024-02-20"))
        assert clock.status is ClockStatus.BREACHED
        assert not any(one.holds for one in clock.pauses)
        assert all("90 dagar" in one.refusal for one in clock.pauses)


def test_days_used_and_left() -> None:
    """12 of the 31 days from 10 January to 10 February do not count."""
    wait = referred("2024-01-10", pauses=(hindered("2024-01-20", "2024-01-31"),))
    clock = judge_clock(wait, at("2024-02-10"))
    assert (clock.used, clock.left, clock.subtracted) == (19, 71, 12)


def test_the_working_day_to_act_on() -> None:
    for issued, by in (
        ("2025-09-26", "2025-12-23"),  # Thursday 25 December; the eve is free
        ("2026-01-05", "2026-04-02"),  # Easter Day; Good Friday is free
        ("2025-05-05", "2025-08-01"),  # a Sunday
        ("2024-01-10", "2024-04-09"),  # a Tuesday
    ):
        assert judge_clock(referred(issued), at(issued)).act_by == day(by)
