"""Figures, worked by hand: days, who waited for whom, steps, messages, plans, readmissions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from samverka.discharge.rules.figures import (
    Figure,
    Lacking,
    Missing,
    Party,
    Places,
    Wait,
    aged_65,
    as_put_right,
    bed_days,
    check_beds,
    month_of,
    ready_days,
    waited_for,
)
from samverka.discharge.rules.figures.values import at_most, median
from samverka.discharge.rules.liability import Period
from samverka.discharge.rules.messages import MessageKind
from samverka.kernel.actor import Side
from samverka.kernel.problems import Invalid, NotAllowed
from samverka.kernel.text import Text
from tests.discharge.figure_records import TODAY, judged, said, stay, value
from tests.discharge.stays import at

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


# ── days after utskrivningsklar ──


@pytest.mark.parametrize(
    ("ready", "home", "expected"),
    [
        ("2026-03-06 10:00", "2026-03-06 16:00", 0),  # the same day
        ("2026-03-06 23:59", "2026-03-07 00:01", 1),  # two minutes over midnight
        ("2026-03-06 00:00", "2026-03-06 23:59", 0),  # a whole day, the same date
        ("2026-03-06 10:00", "2026-03-10 09:00", 4),  # over a weekend
        ("2026-03-28 10:00", "2026-03-30 10:00", 2),  # the night when an hour is lost
        ("2026-10-24 10:00", "2026-10-26 10:00", 2),  # the night with an hour more
        ("2024-02-28 10:00", "2024-03-01 10:00", 2),  # leap day
        ("2026-02-28 10:00", "2026-03-01 10:00", 1),  # no leap day
        ("2025-12-31 10:00", "2026-01-02 10:00", 2),  # New Year
        ("2026-03-06 10:00", None, 259),  # still there on 20 November
        (None, "2026-03-06 10:00", 0),  # never judged
    ],
)
def test_days_after_ready(ready: str | None, home: str | None, expected: int) -> None:
    assert len(ready_days(stay(ready, home), TODAY)) == expected


def test_a_judgement_that_was_taken_back_stops_the_count() -> None:
    twice = (judged("2026-03-02 10:00", withdrawn="2026-03-04 08:00"), judged("2026-03-09 10:00"))
    one = stay("2026-03-02 10:00", "2026-03-10 12:00", judged=twice)
    assert [day.day for day in ready_days(one, TODAY)] == [3, 4, 10]


def test_a_judgement_that_was_put_right_is_one() -> None:
    wrong = judged("2026-03-02 10:00", "2026-03-02 11:00", "2026-03-03 09:00")
    right = judged("2026-03-01 10:00", "2026-03-02 11:00")
    assert as_put_right([wrong, right]) == (right,)
    assert as_put_right([right, wrong]) == (right,)


def test_a_day_belongs_to_the_month_where_it_lies() -> None:
    one = stay("2026-01-30 10:00", "2026-02-02 10:00")
    assert value(Figure.DAYS, one, month="2026-01").value == 1
    assert value(Figure.DAYS, one, month="2026-02").value == 2
    assert value(Figure.STAYS, one, month="2026-01").value == 0
    assert value(Figure.MEAN_DAYS, one, month="2026-02").value == 3


# ── mean, median, same day ──


@pytest.mark.parametrize(
    ("lengths", "mean", "middle", "nine", "over", "same"),
    [
        ([0], "0", "0", "0", None, "100"),
        ([1], "1", "1", "1", "1", "0"),
        ([0, 1], "0.5", "0.5", "1", "1", "50"),
        ([0, 1, 2], "1", "1", "2", "1.5", "33.3"),
        ([0, 0, 9], "3", "0", "9", "9", "66.7"),
        ([0, 1, 2, 3, 4, 5, 6], "3", "3", "6", "3.5", "14.3"),
        ([0, 2, 4, 5, 6], "3.4", "4", "6", "4.3", "20"),
        ([1, 1, 1, 1, 1, 1, 1, 1, 1, 10], "1.9", "1", "1", "1.9", "0"),
        ([0, 0, 1], "0.3", "0", "1", "1", "66.7"),
        ([2, 3], "2.5", "2.5", "3", "2.5", "0"),
        ([], None, None, None, None, None),
    ],
)
def test_mean_and_median(
    lengths: list[int], mean: str | None, middle: str | None, nine: str | None,
    over: str | None, same: str | None,
) -> None:  # fmt: skip
    ready = "2026-03-05 10:00"
    given_stays = [stay(ready, f"2026-03-{5 + many:02} 12:00", person=str(n))
                   for n, many in enumerate(lengths)]  # fmt: skip
    expected = {
        Figure.MEAN_DAYS: mean, Figure.MEDIAN_DAYS: middle, Figure.MEAN_DAYS_OVER: over,
        Figure.SAME_DAY: same,
    }  # fmt: skip
    for figure, number in expected.items():
        found = value(figure, *given_stays)
        assert found.value == (Decimal(number) if number else None), figure
    assert value(Figure.MEDIAN_DAYS, *given_stays).spread == (Decimal(nine) if nine else None)


def test_who_was_never_judged_is_missing_and_not_zero() -> None:
    found = value(Figure.MEAN_DAYS, stay("2026-03-05 10:00", "2026-03-07 10:00"),
                  stay(None, "2026-03-07 10:00"))  # fmt: skip
    assert (found.value, found.n) == (Decimal(2), 1)
    assert found.missing == (Missing(Lacking.JUDGEMENT, 1),)
    assert value(Figure.READY, stay(None, "2026-03-07 10:00")).value == 0


# ── by population and beds ──


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("2309", 3247), ("2380", 13688), ("2303", 1545), ("0180", 146266), ("23", 30764),
        ("9999", None), ("", None), ("-", None), ("2", None), ("238", None), ("99", None),
    ],
)  # fmt: skip
def test_people_of_65_and_over(code: str, expected: int | None) -> None:
    assert aged_65(code) == expected


def test_days_per_thousand_are_refused_where_nobody_knows_the_people() -> None:
    one = stay("2026-03-05 10:00", "2026-03-07 10:00")
    found = value(Figure.DAYS_PER_1000, one, population=4000)
    assert (found.value, found.counted, found.among) == (Decimal("0.5"), Decimal(2), Decimal(4000))
    unknown = value(Figure.DAYS_PER_1000, one)
    assert unknown.value is None
    assert unknown.refusal == "Befolkningen är okänd."


MARCH = month_of(date(2026, 3, 1))


@pytest.mark.parametrize(
    ("places", "today", "expected"),
    [
        ({"w1": [("2026-01-01", 10)]}, "2026-04-10", None),  # the other ward is unknown
        ({"w1": [("2026-01-01", 10)], "w2": [("2026-01-01", 5)]}, "2026-04-10", 465),
        ({"w1": [("2026-03-02", 10)], "w2": [("2026-01-01", 5)]}, "2026-04-10", None),
        ({"w1": [("2026-01-01", 10), ("2026-03-16", 20)], "w2": [("2026-01-01", 0)]},
         "2026-04-10", 470),
        ({"w1": [("2026-03-16", 20), ("2026-01-01", 10)], "w2": [("2026-01-01", 0)]},
         "2026-04-10", 470),
        ({"w1": [("2026-01-01", 10)], "w2": [("2026-01-01", 5)]}, "2026-03-10", 150),
        ({"w1": [("2026-01-01", 10)], "w2": [("2026-01-01", 5)]}, "2026-02-10", 0),
        ({"w1": [("2026-01-01", 10), ("2026-04-01", 99)], "w2": [("2026-01-01", 5)]},
         "2026-04-10", 465),
        ({"w1": [("2026-01-01", 10), ("2026-02-01", 1)], "w2": [("2026-01-01", 1)]},
         "2026-04-10", 62),
        ({}, "2026-04-10", None),
    ],
)  # fmt: skip
def test_places_by_day(
    places: dict[str, list[tuple[str, int]]], today: str, expected: int | None
) -> None:
    beds = {
        ward: [Places(date.fromisoformat(since), many) for since, many in own]
        for ward, own in places.items()
    }
    assert bed_days(["w1", "w2"], beds, MARCH, date.fromisoformat(today)) == expected


def test_share_of_beds() -> None:
    one = stay("2026-03-05 10:00", "2026-03-07 10:00")
    assert value(Figure.BED_SHARE, one, bed_days=20).value == 10
    assert value(Figure.BED_SHARE, one, bed_days=0).value is None
    assert isinstance(value(Figure.BED_SHARE, one).refusal, Text)


@pytest.mark.parametrize(
    ("side", "many", "since", "refused"),
    [
        (Side.REGION, 24, "2026-01-01", None),
        (Side.REGION, 0, "2026-11-20", None),
        (Side.REGION, 200, "2018-01-01", None),
        (Side.REGION, 201, "2026-01-01", Invalid),
        (Side.REGION, -1, "2026-01-01", Invalid),
        (Side.REGION, 24, "2026-11-21", Invalid),
        (Side.REGION, 24, "2017-12-31", Invalid),
        (Side.MUNICIPALITY, 24, "2026-01-01", NotAllowed),
        (Side.PRIVATE, 24, "2026-01-01", NotAllowed),
        (Side.SYSTEM, 24, "2026-01-01", None),
    ],
)
def test_places_that_can_be_true(
    side: Side, many: int, since: str, refused: type[Exception] | None
) -> None:
    given_day = date.fromisoformat(since)
    if refused is None:
        check_beds(side, many, given_day, today=TODAY)
    else:
        with pytest.raises(refused):
            check_beds(side, many, given_day, today=TODAY)


# ── who waited for whom: ready Thursday 5 March 10.00, home Sunday 8 March; days 6, 7, 8 ──

HOSP, OPEN, TOWN = Party.HOSPITAL, Party.OPEN_CARE, Party.MUNICIPALITY
READY = "2026-03-05 10:00"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, [HOSP, HOSP, HOSP]),  # nothing asked of anyone
        ({"judged": (judged(READY, "2026-03-06 09:00"),)}, [HOSP, HOSP, HOSP]),  # told a day late
        ({"waits": (Wait(TOWN, at(READY), at("2026-03-06 09:00")),)}, [TOWN, HOSP, HOSP]),
        ({"waits": (Wait(TOWN, at(READY), at("2026-03-06 00:00")),)}, [HOSP, HOSP, HOSP]),  # as the day began
        ({"waits": (Wait(TOWN, at(READY)),)}, [TOWN, TOWN, TOWN]),  # never answered
        ({"waits": (Wait(TOWN, at("2026-03-06 12:00")), Wait(OPEN, at("2026-03-06 11:00")))}, [HOSP, OPEN, OPEN]),
        ({"waits": (Wait(TOWN, at("2026-03-04 12:00"), at("2026-03-07 01:00")),
                    Wait(OPEN, at("2026-03-05 11:00"), at("2026-03-08 01:00")))}, [TOWN, TOWN, OPEN]),
        ({"sip_needed": True}, [OPEN, OPEN, OPEN]),  # never called
        ({"sip_needed": True, "compulsory": True}, [HOSP, HOSP, HOSP]),  # no SIP in compulsory care
        ({"sip_needed": True, "met_at": at("2026-03-07 09:00"),
          "said": (said(MessageKind.CALL, "2026-03-06 08:00"),)}, [OPEN, OPEN, HOSP]),
        ({"said": (said(MessageKind.READY, READY, (TOWN, "2026-03-07 08:00")),)}, [TOWN, TOWN, HOSP]),
        ({"said": (said(MessageKind.FREE, READY, (TOWN, "")),)}, [HOSP, HOSP, HOSP]),  # no step on the way
        ({"sip_needed": True, "said": (said(MessageKind.CALL, READY, counts=False),)}, [OPEN, OPEN, OPEN]),
    ],
)  # fmt: skip
def test_who_waited_for_whom(changes: dict[str, object], expected: list[Party]) -> None:
    one = stay(READY, "2026-03-08 12:00", **changes)
    assert list(waited_for(one, ready_days(one, TODAY))) == expected


def test_the_parties_days_are_all_days() -> None:
    one = stay(READY, "2026-03-08 12:00", waits=(Wait(TOWN, at(READY), at("2026-03-06 09:00")),))
    shares = {
        figure: value(figure, one)
        for figure in (Figure.WAITED_HOSPITAL, Figure.WAITED_OPEN_CARE, Figure.WAITED_MUNICIPALITY)
    }
    assert [found.counted for found in shares.values()] == [2, 0, 1]
    assert shares[Figure.WAITED_MUNICIPALITY].value == Decimal("33.3")


# ── each step ──


@pytest.mark.parametrize(
    ("figure", "changes", "hours", "missing"),
    [
        (Figure.TO_NOTICE, {"said": (said(MessageKind.ADMISSION, "2026-03-01 06:30"),)}, "6.5", 0),
        (Figure.TO_NOTICE, {}, None, 1),
        (Figure.TO_NOTICE, {"others": False}, None, 0),  # nobody to tell
        (Figure.TO_NOTICE, {"said": (said(MessageKind.ADMISSION, "2026-03-02 00:00"),
                                     said(MessageKind.ADMISSION, "2026-03-01 12:00"))}, "12", 0),
        (Figure.TO_PLANNING, {"said": (said(MessageKind.ADMISSION, "2026-03-01 06:00"),),
                              "planning_at": at("2026-03-01 18:00")}, "12", 0),
        (Figure.TO_PLANNING, {"said": (said(MessageKind.ADMISSION, "2026-03-01 06:00"),)}, None, 1),
        (Figure.TO_PLANNING, {"planning_at": at("2026-03-01 18:00")}, None, 0),  # nobody was told
        (Figure.TO_TOLD, {"judged": (judged("2026-03-05 08:00", "2026-03-05 10:30"),)}, "2.5", 0),
        (Figure.TO_TOLD, {"judged": ()}, None, 1),
        (Figure.TO_CALL, {"sip_needed": True, "said": (said(MessageKind.CALL, "2026-03-05 00:00"),)},
         "96", 0),
        (Figure.TO_CALL, {"sip_needed": True}, None, 1),
        (Figure.TO_CALL, {"sip_needed": False}, None, 0),
        (Figure.TO_CALL, {"sip_needed": True,
                          "said": (said(MessageKind.CALL, "2026-03-05 00:00", counts=False),)},
         None, 1),
        (Figure.TO_MEETING, {"sip_needed": True, "met_at": at("2026-03-06 12:00"),
                             "said": (said(MessageKind.CALL, "2026-03-05 12:00"),)}, "24", 0),
        (Figure.TO_MEETING, {"sip_needed": True,
                             "said": (said(MessageKind.CALL, "2026-03-05 12:00"),)}, None, 1),
        (Figure.TO_HOME, {}, "74", 0),
        (Figure.TO_HOME, {"judged": ()}, None, 1),
        (Figure.TO_CONTACT, {"contact_at": at("2026-03-10 12:00")}, "48", 0),
        (Figure.TO_CONTACT, {}, None, 1),
    ],
)  # fmt: skip
def test_how_long_each_step_takes(
    figure: Figure, changes: dict[str, object], hours: str | None, missing: int
) -> None:
    found = value(figure, stay(READY, "2026-03-08 12:00", **changes))
    assert found.value == (Decimal(hours) if hours else None)
    assert sum(one.many for one in found.missing) == missing


def test_a_step_over_the_night_without_an_hour_is_an_hour_shorter() -> None:
    one = stay("2026-03-28 12:00", "2026-03-29 12:00")
    assert value(Figure.TO_HOME, one).value == 23


@pytest.mark.parametrize(
    ("given_values", "middle", "nine"),
    [
        ([], None, None), ([1], "1", "1"), ([1, 2], "1.5", "2"), ([3, 1, 2], "2", "3"),
        ([1, 2, 3, 4], "2.5", "4"), (list(range(1, 11)), "5.5", "9"),
        (list(range(1, 12)), "6", "10"), ([5] * 7, "5", "5"),
        ([0, 0, 0, 100], "0", "100"), (list(range(1, 101)), "50.5", "90"),
    ],
)  # fmt: skip
def test_the_middle_and_nine_of_ten(
    given_values: list[int], middle: str | None, nine: str | None
) -> None:
    values = [Decimal(one) for one in given_values]
    assert median(values) == (Decimal(middle) if middle else None)
    assert at_most(values) == (Decimal(nine) if nine else None)
