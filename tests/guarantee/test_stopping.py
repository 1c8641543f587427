"""Which contacts stop which clock, when it is late, and what is owed then."""

from __future__ import annotations

from decimal import Decimal

import pytest

from samverka.contacts.rules import Way
from samverka.guarantee.rules import (
    ClockStatus,
    Contact,
    DutyStatus,
    Elsewhere,
    Ended,
    Ending,
    Level,
    Part,
    Profession,
    Purpose,
    days_over,
    extra_cost,
    is_licensed,
    judge_clock,
    judge_duty,
)
from samverka.kernel.calendar import end_of_day
from samverka.kernel.problems import Invalid
from tests.guarantee.waits import (
    OTHER,
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

S = ClockStatus

CONTACTS: list[tuple[str, str, tuple[Contact, ...], str, ClockStatus]] = [
    ("same day", "2025-06-18 08:00", (answered("2025-06-18 16:00"),), "2025-06-19", S.MET),
    ("next morning", "2025-06-18 08:00", (answered("2025-06-19 08:00"),), "2025-06-19", S.LATE),
    ("ten to midnight", "2025-06-18 23:50", (answered("2025-06-18 23:59"),), "2025-06-19", S.MET),
    ("past midnight", "2025-06-18 23:50", (answered("2025-06-19 00:05"),), "2025-06-19", S.LATE),
    ("nobody yet", "2025-06-18 08:00", (), "2025-06-18 23:59", S.RUNNING),
    ("nobody", "2025-06-18 08:00", (), "2025-06-19 00:00", S.BREACHED),
    (
        "a machine",
        "2025-06-18 08:00",
        (answered("2025-06-18 09:00", answered=False),),
        "2025-06-19",
        S.BREACHED,
    ),
    (
        "another unit",
        "2025-06-18 08:00",
        (answered("2025-06-18 09:00", unit=OTHER),),
        "2025-06-19",
        S.BREACHED,
    ),
    ("specialist", "2025-06-18 08:00", (visited("2025-06-18 09:00"),), "2025-06-19", S.BREACHED),
    (
        "before",
        "2025-06-18 08:00",
        (answered("2025-06-18 07:59"),),
        "2025-06-18 09:00",
        S.RUNNING,
    ),
    (
        "in writing, by a secretary",
        "2025-06-18 08:00",
        (answered("2025-06-18 09:00", way=None, profession=Profession.SECRETARY),),
        "2025-06-19",
        S.MET,
    ),
    ("23 hours", "2025-03-30 00:10", (answered("2025-03-30 23:50"),), "2025-03-31", S.MET),
    ("25 hours", "2025-10-26 00:10", (answered("2025-10-26 23:50"),), "2025-10-27", S.MET),
    (
        "a machine, then a nurse",
        "2025-06-18 08:00",
        (answered("2025-06-18 12:00"), answered("2025-06-18 09:00", answered=False)),
        "2025-06-19",
        S.MET,
    ),
]

ASSESSMENTS: list[tuple[str, Contact, ClockStatus]] = [
    ("nurse on day 3", assessed("2025-06-21 23:59"), S.MET),
    ("nurse on day 4", assessed("2025-06-22 00:00"), S.LATE),
    ("doctor", assessed("2025-06-18 13:00", Profession.DOCTOR), S.MET),
    ("counsellor", assessed("2025-06-19", Profession.COUNSELLOR), S.MET),
    ("assistant nurse", assessed("2025-06-19", Profession.ASSISTANT_NURSE), S.BREACHED),
    ("nobody knows who", assessed("2025-06-19", None), S.BREACHED),
    ("video", assessed("2025-06-19", way=Way.VIDEO), S.MET),
    ("at home", assessed("2025-06-19", way=Way.HOME), S.MET),
    ("a call", assessed("2025-06-19", way=Way.PHONE), S.BREACHED),
    (
        "a call for a visit",
        assessed("2025-06-19", way=Way.PHONE, instead_of_visit=True),
        S.MET,
    ),
    ("a letter", assessed("2025-06-19", way=None), S.BREACHED),
    ("a group", assessed("2025-06-19", way=Way.GROUP), S.BREACHED),
    ("did not come", assessed("2025-06-19", held=False), S.BREACHED),
    ("only contact", answered("2025-06-19", profession=Profession.NURSE), S.BREACHED),
    ("elsewhere", assessed("2025-06-19", unit=OTHER), S.BREACHED),
    ("municipal nurse", assessed("2025-06-19", level=Level.MUNICIPAL), S.BREACHED),
]

VISITS: list[tuple[str, Contact, ClockStatus]] = [
    ("the last day", visited("2024-04-09 23:59"), S.MET),
    ("the day after", visited("2024-04-10 00:00"), S.LATE),
    ("the same day", visited("2024-01-10 15:00"), S.MET),
    ("the hour before", visited("2024-01-10 11:00"), S.BREACHED),
    ("another clinic", visited("2024-02-01", unit="kirurgen"), S.MET),
    ("primary care", visited("2024-02-01", level=Level.PRIMARY), S.BREACHED),
    ("a return visit", visited("2024-02-01", purpose=Purpose.RETURN_VISIT), S.BREACHED),
    ("an x-ray", visited("2024-02-01", purpose=Purpose.INVESTIGATION), S.BREACHED),
    ("treated at once", visited("2024-02-01", purpose=Purpose.TREATMENT), S.MET),
    ("video", visited("2024-02-01", way=Way.VIDEO), S.MET),
    ("a call", visited("2024-02-01", way=Way.PHONE), S.BREACHED),
    ("a letter for a visit", visited("2024-02-01", way=None, instead_of_visit=True), S.MET),
    ("cancelled", visited("2024-02-01", held=False), S.BREACHED),
]

TREATMENTS: list[tuple[str, Contact, ClockStatus]] = [
    ("the last day", treated("2024-04-09"), S.MET),
    ("the day after", treated("2024-04-10"), S.LATE),
    ("when decided", treated("2024-01-10 12:00"), S.MET),
    ("before the decision", treated("2024-01-10 11:59"), S.BREACHED),
    ("another visit", visited("2024-02-01"), S.BREACHED),
    ("an investigation", treated("2024-02-01", purpose=Purpose.INVESTIGATION), S.BREACHED),
    ("in primary care", treated("2024-02-01", level=Level.PRIMARY), S.MET),
    ("by the municipality", treated("2024-02-01", level=Level.MUNICIPAL), S.BREACHED),
    ("by phone", treated("2024-02-01", way=Way.PHONE), S.MET),
    ("in a group", treated("2024-02-01", way=Way.GROUP), S.MET),
    ("did not come", treated("2024-02-01", held=False), S.BREACHED),
]


@pytest.mark.parametrize(("_name", "asked", "contacts", "when", "status"), CONTACTS)
def test_contact(_name, asked, contacts, when, status) -> None:
    assert judge_clock(sought(asked, contacts=contacts), at(when)).status is status


@pytest.mark.parametrize(("_name", "contact", "status"), ASSESSMENTS)
def test_assessment(_name, contact, status) -> None:
    wait = sought("2025-06-18", Part.ASSESSMENT, contacts=(contact,))
    clock = judge_clock(wait, at("2025-06-23"))
    assert clock.status is status
    assert bool(clock.uncounted) == (clock.stopped_by is None)


@pytest.mark.parametrize(("_name", "contact", "status"), VISITS)
def test_visit(_name, contact, status) -> None:
    clock = judge_clock(referred("2024-01-10", contacts=(contact,)), at("2024-04-30"))
    assert clock.status is status


@pytest.mark.parametrize(("_name", "contact", "status"), TREATMENTS)
def test_treatment(_name, contact, status) -> None:
    clock = judge_clock(decided("2024-01-10", contacts=(contact,)), at("2024-04-30"))
    assert clock.status is status


def test_a_booked_visit_stops_nothing_until_it_has_been() -> None:
    wait = referred("2024-01-10", contacts=(visited("2024-04-09 10:00"),))
    assert judge_clock(wait, at("2024-04-09 09:59")).status is S.RUNNING
    assert judge_clock(wait, at("2024-04-09 10:00")).status is S.MET


def test_a_visit_ends_a_pause() -> None:
    """Ill from 1 April with no end, but treated on 1 May: in time, 30 days not counted."""
    wait = decided(
        "2024-01-10", pauses=(hindered("2024-04-01"),), contacts=(treated("2024-05-01"),)
    )
    assert judge_clock(wait, at("2024-04-30")).status is S.RESTING
    clock = judge_clock(wait, at("2024-06-01"))
    assert (clock.status, clock.used, clock.subtracted) == (S.MET, 82, 30)


def test_breached_from_the_first_second_of_the_next_day() -> None:
    """9 April is summer time: the day ends at 22.00 UTC."""
    clock = judge_clock(referred("2024-01-10"), at("2024-04-10 00:00"))
    assert clock.ends_at == end_of_day(day("2024-04-09")) == at("2024-04-10 00:00")
    assert clock.ends_at.isoformat() == "2024-04-09T22:00:00+00:00"
    assert (clock.status, clock.breached_on, clock.left) == (S.BREACHED, day("2024-04-10"), -1)


def test_a_counsellor_is_licensed_since_july_2019() -> None:
    assert not is_licensed(Profession.COUNSELLOR, day("2019-06-30"))
    assert is_licensed(Profession.COUNSELLOR, day("2019-07-01"))
    assert is_licensed(Profession.NURSE, day("2018-01-01"))


IMPOSSIBLE = [
    (referred("2025-01-10"), "start"),
    (referred("2024-01-10", ended=Ended(on=day("2024-01-09"), why=Ending.DIED)), "ended"),
    (
        referred("2024-01-10", referral_received_at=at("2024-01-09")),
        "referral_received_at",
    ),
    (referred("2024-01-10", pauses=(hindered("2024-02-02", "2024-02-01"),)), "pauses"),
]


@pytest.mark.parametrize(("wait", "where"), IMPOSSIBLE)
def test_what_cannot_be_is_refused(wait, where) -> None:
    with pytest.raises(Invalid) as refusal:
        judge_clock(wait, at("2024-04-30"))
    assert refusal.value.where == where


# ── what is owed ──


def offer(on: str, *, accepted: bool | None = None) -> Elsewhere:
    """Care at a clinic in the next county."""
    return Elsewhere(
        offered_on=day(on), care_on=day("2024-05-20"), where="Kliniken", accepted=accepted
    )


D = DutyStatus

DUTIES: list[tuple[str, str, tuple[Elsewhere, ...], tuple[Contact, ...], DutyStatus]] = [
    ("in time", "2024-04-09", (), (), D.NONE),
    ("offered already", "2024-04-09", (offer("2024-04-01"),), (), D.NONE),
    ("breached", "2024-04-10", (), (), D.OWED),
    ("offered", "2024-04-20", (offer("2024-04-15"),), (), D.OFFERED),
    ("offered tomorrow", "2024-04-14", (offer("2024-04-15"),), (), D.OWED),
    ("yes", "2024-04-20", (offer("2024-04-15", accepted=True),), (), D.ACCEPTED),
    ("no", "2024-04-20", (offer("2024-04-15", accepted=False),), (), D.DECLINED),
    (
        "no, and offered again",
        "2024-04-25",
        (offer("2024-04-22"), offer("2024-04-15", accepted=False)),
        (),
        D.OFFERED,
    ),
    ("care late", "2024-05-01", (), (visited("2024-04-20"),), D.OVER),
    ("care in time", "2024-05-01", (), (visited("2024-04-01"),), D.NONE),
]


@pytest.mark.parametrize(("_name", "when", "offers", "contacts", "status"), DUTIES)
def test_duty(_name, when, offers, contacts, status) -> None:
    clock = judge_clock(referred("2024-01-10", contacts=contacts), at(when))
    duty = judge_duty(clock, offers)
    assert duty.status is status
    assert duty.since == (None if status is D.NONE else day("2024-04-10"))


def test_the_person_pays_no_more() -> None:
    """400 kronor for the visit and 350 for the journey, where it would have been 400."""
    assert extra_cost(Decimal(400), Decimal(750)) == 350
    assert extra_cost(Decimal(400), Decimal(300)) == 0


def test_days_over() -> None:
    """9 April to 1 May."""
    wait = referred("2024-01-10", contacts=(visited("2024-05-01"),))
    assert days_over(judge_clock(wait, at("2024-06-01"))) == 22
    assert days_over(judge_clock(referred("2024-01-10"), at("2024-04-09"))) == 0
