"""For whom and for what the guarantee holds at all, and waits that end without care."""

from __future__ import annotations

from typing import Any

import pytest

from samverka.guarantee.rules import (
    ClockStatus,
    Contact,
    Ended,
    Ending,
    Matter,
    Part,
    Pause,
    Wait,
    explain,
    judge_clock,
)
from tests.guarantee.waits import (
    OTHER,
    assessed,
    at,
    day,
    decided,
    hindered,
    referred,
    sought,
    visited,
)

S = ClockStatus
A = Part.ASSESSMENT

SCOPE: list[tuple[str, Wait, ClockStatus]] = [
    ("where listed", sought("2025-06-18"), S.RUNNING),
    ("elsewhere", sought("2025-06-18", sought_unit=OTHER), S.OUTSIDE),
    ("not listed", sought("2025-06-18", listed_unit=""), S.OUTSIDE),
    ("not one to list at", sought("2025-06-18", sought_unit="ungdom", in_choice_system=False), S.RUNNING),
    ("the last day before", sought("2022-06-30 23:59", sought_unit=OTHER), S.RUNNING),
    ("the first day", sought("2022-07-01 00:00", sought_unit=OTHER), S.OUTSIDE),
    ("assessment where listed", sought("2025-06-18", A), S.RUNNING),
    ("assessment elsewhere", sought("2025-06-18", A, sought_unit=OTHER), S.OUTSIDE),
    ("not needed", sought("2025-06-18", A, assessment_needed=False), S.OUTSIDE),
    ("made at once", sought("2025-06-18", A, possible_at_once=True), S.OUTSIDE),
    ("not judged yet", sought("2025-06-18", A, assessment_needed=None), S.NOT_STARTED),
    ("not sought", Wait(part=Part.CONTACT), S.NOT_STARTED),
    ("no referral", Wait(part=Part.VISIT), S.NOT_STARTED),
    ("no decision", Wait(part=Part.TREATMENT, sought_at=at("2025-06-18")), S.NOT_STARTED),
    ("a visit of one not listed", referred("2025-06-18"), S.RUNNING),
    ("a return visit", referred("2025-06-18", matter=Matter.RETURN_VISIT), S.OUTSIDE),
    ("the municipality's care", decided("2025-06-18", matter=Matter.MUNICIPAL_CARE), S.OUTSIDE),
]  # fmt: skip


@pytest.mark.parametrize(("_name", "wait", "status"), SCOPE)
def test_scope(_name, wait, status) -> None:
    start = wait.sought_at or wait.referral_issued_at or wait.decided_at or at("2025-06-18")
    clock = judge_clock(wait, start)
    assert clock.status is status
    silent = status in (S.OUTSIDE, S.NOT_STARTED)
    assert (clock.last_day is None) == silent
    assert (len(explain(clock)) == 1) == silent


ENDS: list[tuple[str, tuple[Pause, ...], tuple[Contact, ...], ClockStatus, str | None]] = [
    ("2024-01-10", (), (), S.ENDED, None),
    ("2024-04-09", (), (), S.ENDED, None),
    ("2024-04-10", (), (), S.ENDED, "2024-04-10"),
    ("2024-04-30", (), (), S.ENDED, "2024-04-10"),
    ("2024-05-01", (), (), S.BREACHED, "2024-04-10"),  # tomorrow
    ("2024-04-21", (hindered("2024-02-01", "2024-02-12"),), (), S.ENDED, None),
    ("2024-04-22", (hindered("2024-02-01", "2024-02-12"),), (), S.ENDED, "2024-04-22"),
    ("2024-04-20", (hindered("2024-04-01"),), (), S.ENDED, None),
    ("2024-04-01", (), (visited("2024-03-01"),), S.MET, None),
    ("2024-03-01", (), (visited("2024-04-01"),), S.ENDED, None),
    ("2024-04-20", (), (visited("2024-04-15"),), S.LATE, "2024-04-10"),
]


@pytest.mark.parametrize(("on", "pauses", "contacts", "status", "breached"), ENDS)
def test_a_wait_that_is_withdrawn(on, pauses, contacts, status, breached) -> None:
    """A referral of 10 January 2024, judged on 30 April."""
    ended = Ended(on=day(on), why=Ending.WITHDRAWN)
    wait = referred("2024-01-10", ended=ended, pauses=pauses, contacts=contacts)
    clock = judge_clock(wait, at("2024-04-30"))
    assert (clock.status, clock.breached_on) == (status, day(breached) if breached else None)


def test_both_conditions_of_the_three_days_are_told_apart() -> None:
    """Each reason has a sentence of its own, so that staff know what to mend."""
    cases: list[dict[str, Any]] = [
        {"assessment_needed": False},
        {"possible_at_once": True},
        {"assessment_needed": None},
        {"sought_unit": OTHER},
        {"listed_unit": ""},
    ]
    said = {
        str(judge_clock(sought("2025-06-18", A, **one), at("2025-06-18")).outside) for one in cases
    }
    assert len(said) == len(cases)


def test_a_no_show_neither_stops_nor_resets() -> None:
    """The law is silent on those who do not come; the days go on."""
    wait = referred("2024-01-10", contacts=(visited("2024-02-01", held=False),))
    clock = judge_clock(wait, at("2024-02-10"))
    assert (clock.status, clock.used, clock.last_day) == (S.RUNNING, 31, day("2024-04-09"))


def test_of_two_assessments_the_first_that_counts_stops() -> None:
    late, soon = assessed("2025-06-21"), assessed("2025-06-19")
    clock = judge_clock(sought("2025-06-18", A, contacts=(late, soon)), at("2025-06-22"))
    assert clock.stopped_by == soon
