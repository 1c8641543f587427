"""Ten examples and more for each rule, reckoned by hand: days in, days that count out.

The ordinary week: told Monday 6 March 2023 at 10.00, home Monday the 13th, liable the nights of the
9th to the 12th.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samverka.discharge.rules.liability import (
    Basis,
    LateEffect,
    Leave,
    Ready,
    Reason,
    Span,
    Terms,
    debtor_of,
    judge_stay,
)
from samverka.discharge.rules.liability.presets import STOCKHOLM, VASTRA_GOTALAND
from tests.discharge.stays import HOME, LATER, OTHER, THIRD, at, called, stay, told

SENT, GONE = "2023-03-06 10:00", "2023-03-13"


def counted(facts: Any, terms: Terms | None = None) -> int:
    """How many days count."""
    return judge_stay(facts, terms or Terms(), as_of=LATER).counted


DEBTORS = [
    # registered, decided on the home elsewhere, told → who pays, days (told Monday, home Friday)
    (HOME, None, {HOME}, HOME, 1),
    (HOME, None, {OTHER}, HOME, 0),
    (HOME, None, {HOME, OTHER}, HOME, 1),
    (HOME, OTHER, {OTHER}, OTHER, 1),
    (HOME, OTHER, {HOME}, OTHER, 0),
    (HOME, OTHER, {HOME, OTHER}, OTHER, 1),
    (None, OTHER, {OTHER}, OTHER, 1),
    (None, None, {HOME}, None, 0),
    (HOME, HOME, {HOME}, HOME, 1),
    (THIRD, OTHER, {THIRD}, OTHER, 0),
    (THIRD, None, {THIRD}, THIRD, 1),
]


@pytest.mark.parametrize(("registered", "deciding", "codes", "debtor", "days"), DEBTORS)
def test_who_pays_is_who_must_be_told(
    registered: str | None, deciding: str | None, codes: set[str], debtor: str | None, days: int
) -> None:
    facts = stay(
        SENT, "2023-03-10", registered=registered, deciding=deciding,
        admission_notices=(told(at("2023-03-03 12:00"), *codes),),
        ready=(Ready(at("2023-03-06 09:00"), "Eva", (told(at(SENT), *codes),)),),
    )  # fmt: skip
    assert debtor_of(facts).code == debtor
    assert counted(facts) == days


CUT_OFF = [
    # told, home → used how, days
    ("2023-05-02 10:00", "2023-05-02", Basis.AVERAGE, 0),
    ("2023-05-02 10:00", "2023-05-09", Basis.AVERAGE, 7),
    ("2023-05-02 10:00", "2023-05-10", Basis.INDIVIDUAL, 1),
    ("2023-03-24 15:00", "2023-03-31", Basis.AVERAGE, 7),  # a day of 23 hours is a day
    ("2023-03-24 15:00", "2023-04-01", Basis.INDIVIDUAL, 1),
    ("2023-10-27 23:59", "2023-11-03", Basis.AVERAGE, 7),  # and one of 25
    ("2023-10-27 23:59", "2023-11-05", Basis.INDIVIDUAL, 2),
    ("2024-02-26 09:00", "2024-03-04", Basis.AVERAGE, 7),  # a leap day counts
    ("2024-02-26 09:00", "2024-03-05", Basis.INDIVIDUAL, 1),
    ("2022-12-27 09:00", "2023-01-05", Basis.INDIVIDUAL, 2),  # 3 and 4 January
    ("2023-12-22 09:00", "2023-12-29", Basis.AVERAGE, 7),  # so does Christmas
    ("2023-12-22 09:00", "2023-12-30", Basis.INDIVIDUAL, 1),
]


@pytest.mark.parametrize(("sent", "home", "used", "days"), CUT_OFF)
def test_seven_days_and_more(sent: str, home: str, used: Basis, days: int) -> None:
    found = judge_stay(stay(sent, home), VASTRA_GOTALAND, as_of=LATER)
    assert (found.basis, found.counted) == (used, days)


CAPITAL = [
    # told, psychiatric, home → first day, days
    ("2020-03-02 09:00", False, "2020-03-09", "2020-03-05", 4),
    ("2020-03-02 11:59:59", False, "2020-03-05", "2020-03-05", 0),
    ("2020-03-02 12:00:00", False, "2020-03-07", "2020-03-06", 1),
    ("2020-03-27 09:00", False, "2020-04-01", "2020-03-30", 2),  # over the night of 23 hours
    ("2020-10-23 13:00", False, "2020-10-30", "2020-10-27", 3),  # over that of 25
    ("2020-02-27 09:00", False, "2020-03-03", "2020-03-01", 2),  # over a leap day
    ("2020-12-30 09:00", False, "2021-01-04", "2021-01-02", 2),  # over New Year
    ("2020-06-19 09:00", False, "2020-06-24", "2020-06-22", 2),  # midsummer counts
    ("2020-12-23 09:00", True, "2020-12-31", "2020-12-29", 2),
    ("2020-12-23 12:00", True, "2020-12-31", "2020-12-30", 1),
]


@pytest.mark.parametrize(("sent", "psychiatric", "home", "first", "days"), CAPITAL)
def test_two_days_after_day_zero_or_five(
    sent: str, psychiatric: bool, home: str, first: str, days: int
) -> None:
    found = judge_stay(stay(sent, home, psychiatric=psychiatric), STOCKHOLM, as_of=LATER)
    assert (found.first_day, found.counted) == (date.fromisoformat(first), days)


BLOCKED: list[tuple[list[tuple[int, int | None]], int, int]] = [
    # days of March when open care was not ready → days, and days where it also puts off the start
    ([], 4, 4),
    ([(1, 5)], 4, 4),
    ([(6, 6)], 4, 4),  # day 0 is not counted anyway
    ([(7, 8)], 4, 2),
    ([(9, 9)], 3, 3),
    ([(10, 10)], 3, 3),
    ([(8, 9)], 3, 2),
    ([(7, 7), (12, 12)], 3, 2),
    ([(11, None)], 2, 2),
    ([(6, 12)], 0, 0),
    ([(13, 13)], 4, 4),
]


@pytest.mark.parametrize(("spans", "days", "put_off"), BLOCKED)
def test_what_the_regions_open_care_answers_for(
    spans: list[tuple[int, int | None]], days: int, put_off: int
) -> None:
    blocked = tuple(
        Span(date(2023, 3, first), date(2023, 3, last) if last else None) for first, last in spans
    )
    facts = stay(SENT, GONE, blocked=blocked)
    assert counted(facts) == days
    assert counted(facts, Terms(block_stops_clock=True)) == put_off


LEAVES: list[tuple[list[tuple[str, str | None]], int]] = [
    # away in March 2023: from, to → nights that count
    ([], 4),
    ([("09 16:00", "10 10:00")], 3),
    ([("09 00:30", "09 23:00")], 4),  # back for the night
    ([("08 16:00", "13 09:00")], 0),
    ([("12 16:00", None)], 3),
    ([("06 16:00", "08 10:00")], 4),  # before liability began
    ([("05 10:00", "09 09:00")], 4),
    ([("10 16:00", "12 16:00")], 2),
    ([("09 10:00", "11 23:59")], 2),
    ([("12 16:00", "13 10:00")], 3),
    ([("09 16:00", "10 10:00"), ("11 16:00", "12 10:00")], 2),
]


@pytest.mark.parametrize(("away", "nights"), LEAVES)
def test_nights_at_home_on_leave(away: list[tuple[str, str | None]], nights: int) -> None:
    leaves = tuple(
        Leave(at(f"2023-03-{left}"), at(f"2023-03-{back}") if back else None) for left, back in away
    )
    facts = stay(SENT, GONE, leaves=leaves)
    assert counted(facts) == nights
    assert counted(facts, Terms(count_leave=True)) == 4


AGAIN: list[tuple[list[tuple[str, str | None]], str, int]] = [
    # told, taken back; home → days
    ([(SENT, "2023-03-07 09:00"), ("2023-03-09 10:00", None)], "2023-03-14", 2),
    ([(SENT, "2023-03-09 09:00"), ("2023-03-09 10:00", None)], "2023-03-13", 1),
    ([(SENT, "2023-03-11 09:00"), ("2023-03-13 10:00", None)], "2023-03-18", 4),
    ([(SENT, "2023-03-10 08:00"), ("2023-03-13 10:00", None)], "2023-03-18", 3),
    ([(SENT, "2023-03-10 08:00"), ("2023-03-13 12:30", None)], "2023-03-18", 2),
    ([(SENT, "2023-03-10 08:00")], "2023-03-14", 1),
    ([(SENT, "2023-03-06 15:00")], "2023-03-14", 0),
    ([(SENT, None), ("2023-03-10 10:00", None)], "2023-03-13", 4),  # said twice
    (  # told anew on the day of 23 hours
        [("2023-03-20 10:00", "2023-03-25 09:00"), ("2023-03-26 10:00", None)], "2023-03-31", 4),
    (  # and before New Year
        [("2023-12-20 10:00", "2023-12-24 09:00"), ("2023-12-29 10:00", None)], "2024-01-03", 3),
]  # fmt: skip


@pytest.mark.parametrize(("judged", "home", "days"), AGAIN)
def test_worse_and_judged_again(judged: list[tuple[str, str | None]], home: str, days: int) -> None:
    ready = tuple(
        Ready(at(sent), "Eva", (told(at(sent)),), at(back) if back else None)
        for sent, back in judged
    )
    assert counted(stay(judged[0][0], home, ready=ready)) == days


LATE: list[tuple[str, str | None, str, int]] = [
    # admission notice (due the 4th at 10.00), call → first day where a late one puts off the start, days
    ("04 09:59", None, "09", 4),
    ("04 10:00", None, "09", 4),
    ("04 10:01", None, "10", 3),
    ("05 10:00", None, "10", 3),
    ("05 10:01", None, "11", 2),
    ("06 10:00:01", None, "12", 1),
    ("07 09:00", None, "12", 1),
    ("08 10:00", None, "13", 0),
    ("04 09:00", "09 23:59", "09", 4),
    ("04 09:00", "10 00:00", "10", 3),
    ("04 09:00", "12 23:00", "12", 1),
    ("05 09:00", "12 08:00", "12", 1),  # both late: the later start
]


@pytest.mark.parametrize(("notice", "call", "first", "days"), LATE)
def test_a_late_message_by_either_reading(
    notice: str, call: str | None, first: str, days: int
) -> None:
    more: dict[str, Any] = {"admission_notices": (told(at(f"2023-03-{notice}")),)}
    if call:
        more |= {"sip_required": True, "calls": called(f"2023-03-{call}")}
    facts = stay(SENT, GONE, **more)
    found = judge_stay(facts, Terms(late_message=LateEffect.SHIFT_START), as_of=LATER)
    assert (found.first_day, found.counted) == (date.fromisoformat(f"2023-03-{first}"), days)
    assert counted(facts) == (4 if first == "09" else 0)


@pytest.mark.parametrize(
    ("changes", "terms", "reasons"),
    [
        ({}, Terms(), [Reason.WAITING] * 3 + [Reason.COUNTED] * 2),
        (
            {"admission_notices": (told(at("2023-03-05 10:00")),)},
            Terms(late_message=LateEffect.SHIFT_START),
            [Reason.WAITING] * 3 + [Reason.PUT_OFF, Reason.COUNTED],
        ),
        (
            {"sip_required": True, "calls": called("2023-03-10 10:00")},
            Terms(late_message=LateEffect.SHIFT_START),
            [Reason.WAITING] * 3 + [Reason.PUT_OFF, Reason.COUNTED],
        ),
        (
            {"blocked": (Span(date(2023, 3, 7), date(2023, 3, 7)),)},
            Terms(block_stops_clock=True),
            [Reason.WAITING, Reason.REGION_BLOCKS, Reason.WAITING, Reason.PUT_OFF, Reason.COUNTED],
        ),
    ],
)
def test_what_the_law_says_and_what_the_county_has_put_off_are_told_apart(
    changes: dict[str, Any], terms: Terms, reasons: list[Reason]
) -> None:
    found = judge_stay(stay(SENT, "2023-03-12", **changes), terms, as_of=LATER)
    week = [one for one in found.days if date(2023, 3, 6) <= one.day <= date(2023, 3, 10)]
    assert [one.reason for one in week] == reasons
    assert all("9 mars 2023: 3 dagar" in one.why for one in week if one.reason is Reason.WAITING)
