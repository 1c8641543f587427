"""The facts of the guarantee, one by one (HSL 9 kap., HSF 6 kap., PL 2:3–4), and the worked examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from samverka.guarantee.rules import (
    CARE_ELSEWHERE,
    LIMITS,
    TELL,
    Clock,
    ClockStatus,
    DutyStatus,
    Matter,
    Origin,
    Part,
    Profession,
    Wait,
    count_cells,
    judge_clock,
    judge_duty,
    limit_at,
    receiver_at,
)
from samverka.guarantee.rules.cells import Counted
from samverka.kernel.parameters import Certainty
from samverka.kernel.problems import Invalid, NotNow
from tests.guarantee.waits import (
    HOME,
    OTHER,
    abstained,
    answered,
    assessed,
    at,
    day,
    decided,
    hindered,
    referred,
    sought,
    treated,
    visited,
)


def judged(wait: Wait, when: str) -> Clock:
    return judge_clock(wait, at(when))


def test_vg0_contact_the_same_day() -> None:
    clock = judged(sought("2025-06-18 08:00"), "2025-06-18 09:00")
    assert (clock.last_day, clock.status) == (day("2025-06-18"), ClockStatus.RUNNING)


def test_vg3_assessment_within_three_days_when_needed_and_not_made_at_once() -> None:
    wait = sought("2025-06-18", Part.ASSESSMENT)
    assert judged(wait, "2025-06-18 13:00").last_day == day("2025-06-21")
    for changes in ({"assessment_needed": False}, {"possible_at_once": True}):
        other = sought("2025-06-18", Part.ASSESSMENT, **changes)
        assert judged(other, "2025-07-18").status is ClockStatus.OUTSIDE
    unknown = sought("2025-06-18", Part.ASSESSMENT, assessment_needed=None)
    assert judged(unknown, "2025-07-18").status is ClockStatus.NOT_STARTED


def test_vg90a_from_issue_of_the_referral_not_from_its_arrival() -> None:
    wait = referred("2024-01-10", referral_received_at=at("2024-01-31"))
    clock = judged(wait, "2024-02-01")
    assert clock.start is not None
    assert (clock.start.origin, clock.start.on) == (Origin.REFERRAL, day("2024-01-10"))
    assert clock.last_day == day("2024-04-09")


def test_vg90a_without_referral_from_the_day_the_person_sought() -> None:
    wait = Wait(part=Part.VISIT, sought_at=at("2025-08-15"))
    clock = judged(wait, "2025-08-16")
    assert (clock.start.origin, clock.last_day) == (Origin.SOUGHT, day("2025-11-13"))


def test_vg90a_a_referral_counts_even_when_the_person_sought_before() -> None:
    wait = referred("2024-01-10", sought_at=at("2023-12-20"))
    assert judged(wait, "2024-02-01").last_day == day("2024-04-09")


def test_vg90b_from_the_decision() -> None:
    clock = judged(decided("2025-05-05"), "2025-05-06")
    assert (clock.start.origin, clock.last_day) == (Origin.DECISION, day("2025-08-03"))


def test_vg1_primary_care_only_where_listed() -> None:
    elsewhere = sought("2025-06-18 08:00", sought_unit=OTHER)
    assert judged(elsewhere, "2025-06-20").status is ClockStatus.OUTSIDE
    no_list = sought("2025-06-18 08:00", sought_unit="", listed_unit="")
    assert judged(no_list, "2025-06-20").status is ClockStatus.OUTSIDE
    not_chosen = sought("2025-06-18 08:00", sought_unit=OTHER, in_choice_system=False)
    assert judged(not_chosen, "2025-06-20").status is ClockStatus.BREACHED
    before = sought("2022-06-30 08:00", sought_unit=OTHER)
    assert judged(before, "2022-07-02").status is ClockStatus.BREACHED


def test_vg1_says_nothing_of_specialised_care() -> None:
    wait = referred("2025-06-18", sought_unit=OTHER, listed_unit=HOME)
    assert judged(wait, "2025-06-20").status is ClockStatus.RUNNING


def test_vg2_calendar_days() -> None:
    """Wednesday to the Saturday that is midsommardagen: no day is skipped and none is moved."""
    clock = judged(sought("2025-06-18", Part.ASSESSMENT), "2025-06-19")
    assert clock.last_day == day("2025-06-21")
    assert clock.act_by == day("2025-06-19")


def test_vg4_time_is_subtracted_in_the_two_last_parts_only() -> None:
    pause = (hindered("2025-06-19", "2025-06-20"),)
    assert judged(referred("2025-06-18", pauses=pause), "2025-06-19").last_day == day("2025-09-18")
    assert judged(decided("2025-06-18", pauses=pause), "2025-06-19").last_day == day("2025-09-18")
    wait = sought("2025-06-18", Part.ASSESSMENT, pauses=pause)
    assert judged(wait, "2025-06-19").last_day == day("2025-06-21")


def test_vg4_subtracted_is_not_begun_anew() -> None:
    wait = referred("2025-01-10", pauses=(hindered("2025-04-01", "2025-04-12"),))
    assert judged(wait, "2025-04-02").last_day == day("2025-04-22")


def test_vg5_a_later_day_without_an_offer_in_time_subtracts_nothing() -> None:
    chosen = abstained(
        "2024-03-01", "2024-05-31", informed="2024-01-20", made=None, care=None, no="2024-02-05"
    )
    assert judged(referred("2024-01-10", pauses=(chosen,)), "2024-02-06").last_day == day(
        "2024-04-09"
    )


def test_vg6_care_elsewhere_only_for_the_two_last_parts() -> None:
    for wait, status in (
        (sought("2024-01-10 08:00"), DutyStatus.NONE),
        (sought("2024-01-10", Part.ASSESSMENT), DutyStatus.NONE),
        (referred("2024-01-10"), DutyStatus.OWED),
        (decided("2024-01-10"), DutyStatus.OWED),
    ):
        clock = judged(wait, "2024-04-10 00:00")
        assert clock.status is ClockStatus.BREACHED
        assert judge_duty(clock).status is status


def test_vg6_and_pl1_name_sections_but_no_time_limit() -> None:
    assert "9 kap. 2 §" in CARE_ELSEWHERE.section
    assert "3 kap. 1–7 §§" in TELL.section
    assert (CARE_ELSEWHERE.days, TELL.days) == (None, None)


@pytest.mark.parametrize(
    "matter", [Matter.RETURN_VISIT, Matter.INVESTIGATION, Matter.MUNICIPAL_CARE]
)
def test_vg7_what_is_not_named_has_no_clock(matter: Matter) -> None:
    clock = judged(referred("2024-01-10", matter=matter), "2025-01-10")
    assert (clock.status, clock.last_day) == (ClockStatus.OUTSIDE, None)
    assert clock.outside


def test_vg7_a_target_date_is_no_limit() -> None:
    wait = decided("2025-06-02", matter=Matter.RETURN_VISIT, target_on=day("2025-06-20"))
    before, after = judged(wait, "2025-06-18"), judged(wait, "2025-12-24")
    assert before.status is after.status is ClockStatus.PLANNED
    assert (after.limit, after.last_day, after.breached_on) == (None, None, None)
    done = replace(wait, contacts=(treated("2025-06-23"),))
    assert judged(done, "2025-06-24").status is ClockStatus.LATE
    assert judged(done, "2025-06-24").came_on == day("2025-06-23")
    assert not count_cells([Counted(unit="a", clock=judged(done, "2025-06-24"))], day("2025-06-30"))


def test_vg8_the_receiver_changed_on_1_july_2025() -> None:
    assert receiver_at(day("2025-06-30")).name == "Sveriges Kommuner och Regioner"
    assert receiver_at(day("2025-07-01")).name == "Socialstyrelsen"
    with pytest.raises(NotNow):
        receiver_at(day("2017-03-31"))


@pytest.mark.parametrize("unit", ["19121212-1212", "121212-1212", "191212121212"])
def test_vg8_no_identity_reaches_the_database(unit: str) -> None:
    clock = judged(referred("2024-01-10", contacts=(visited("2024-02-01"),)), "2024-02-29")
    with pytest.raises(Invalid):
        count_cells([Counted(unit=unit, clock=clock)], day("2024-02-29"))


def test_vg9_who_chose_to_wait_stands_apart() -> None:
    chosen = abstained(
        "2024-03-01", "2024-03-20", informed="2024-01-20", made="2024-02-01", care="2024-03-01",
        no="2024-02-05",
    )  # fmt: skip
    clocks = [
        judged(referred("2024-01-10", pauses=(chosen,)), "2024-03-31"),
        judged(referred("2024-01-10"), "2024-03-31"),
    ]
    (cell,) = count_cells([Counted(unit="u", clock=one) for one in clocks], day("2024-03-31"))
    assert (cell.within, cell.over, cell.chosen) == (1, 0, 1)


def test_vg10_seven_days_to_a_doctor_until_the_end_of_2018() -> None:
    old = sought("2018-12-31", Part.ASSESSMENT, contacts=(assessed("2019-01-04"),))
    clock = judged(old, "2019-01-05")
    assert (clock.last_day, clock.status) == (day("2019-01-07"), ClockStatus.RUNNING)
    doctor = sought(
        "2018-12-31", Part.ASSESSMENT, contacts=(assessed("2019-01-04", Profession.DOCTOR),)
    )
    assert judged(doctor, "2019-01-05").status is ClockStatus.MET
    assert judged(sought("2019-01-01", Part.ASSESSMENT), "2019-01-01 13:00").last_day == day(
        "2019-01-04"
    )


def test_vg11_no_proposal_has_become_a_limit() -> None:
    assert sorted({row.days for row in LIMITS}) == [0, 3, 7, 90]


@pytest.mark.parametrize(
    ("issued", "last"), [("2024-01-10", "2024-04-09"), ("2025-01-10", "2025-04-10")]
)
def test_worked_referrals(issued: str, last: str) -> None:
    assert judged(referred(issued), f"{issued} 13:00").last_day == day(last)


@pytest.mark.parametrize(
    ("issued", "last"), [("2024-01-10", "2024-04-21"), ("2025-01-10", "2025-04-22")]
)
def test_worked_twelve_days_medically_hindered(issued: str, last: str) -> None:
    wait = referred(issued, pauses=(hindered(f"{issued[:4]}-02-01", f"{issued[:4]}-02-12"),))
    assert judged(wait, f"{issued} 13:00").last_day == day(last)


# ── the table itself ──


def test_every_part_has_one_limit_on_every_day_since_the_ordinance() -> None:
    for part in Part:
        rows = sorted((row for row in LIMITS if row.part is part), key=lambda row: row.valid_from)
        assert rows[0].valid_from == date(2017, 4, 1)
        assert rows[-1].valid_to is None
        for earlier, later in pairwise(rows):
            assert (later.valid_from - earlier.valid_to).days == 1


def test_a_limit_before_the_ordinance_is_not_guessed() -> None:
    with pytest.raises(NotNow, match="31 mars 2017"):
        limit_at(Part.VISIT, day("2017-03-31"))


def test_the_sections_were_read_but_for_the_old_wording() -> None:
    assert {row.days for row in LIMITS if row.certainty is not Certainty.HIGH} == {7}


def test_an_answer_from_someone_else_does_not_stop_the_clock() -> None:
    wait = sought("2025-06-18 08:00", contacts=(answered("2025-06-18 09:00", unit=OTHER),))
    assert judged(wait, "2025-06-19").status is ClockStatus.BREACHED
