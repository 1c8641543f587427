"""Worked examples of the law, W1-W24: from the notice to days and kronor, read in both ways.

Column A: a night spent counts. Column B: the day of discharge counts as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from samverka.discharge.rules.liability import (
    KNOWN_RATES,
    Ready,
    Span,
    Terms,
    debtor_of,
    judge_stay,
    price_stay,
)
from tests.discharge.stays import HOME, LATER, OTHER, THIRD, at, called, stay, told


@dataclass(frozen=True)
class Worked:
    """One example: the facts, and what they give in both columns."""

    name: str
    sent: str | None
    discharged: str
    first: str | None
    days: tuple[int, int]
    kronor: tuple[int | None, int | None]
    changes: dict[str, Any] = field(default_factory=dict)


MONDAY = "2023-03-06"
NOON_PASSED = f"{MONDAY} 12:01"
WORSE = (
    Ready(
        at(f"{MONDAY} 09:00"), "Eva Lind", (told(at(f"{MONDAY} 10:00")),), at("2023-03-10 08:00")
    ),
    Ready(at("2023-03-13 09:00"), "Eva Lind", (told(at("2023-03-13 10:00")),)),
)

WORKED = [
    Worked("W1", f"{MONDAY} 10:00", "2023-03-08", "2023-03-09", (0, 0), (0, 0)),
    Worked("W2", f"{MONDAY} 10:00", "2023-03-10", "2023-03-09", (1, 2), (10500, 21000)),
    Worked(
        "W3 noon sharp", f"{MONDAY} 12:00:00", "2023-03-13", "2023-03-09", (4, 5), (42000, 52500)
    ),
    Worked("W4 after noon", NOON_PASSED, "2023-03-13", "2023-03-10", (3, 4), (31500, 42000)),
    Worked("W5 weekend", "2023-03-10 09:00", "2023-03-14", "2023-03-13", (1, 2), (10500, 21000)),
    Worked("W6 Christmas", "2023-12-22 09:00", "2023-12-27", "2023-12-25", (2, 3), (21000, 31500)),
    Worked("W7 New Year", "2022-12-28 09:00", "2023-01-02", "2022-12-31", (2, 3), (19800, 30300)),
    Worked("W8 leap day", "2020-02-27 09:00", "2020-03-03", "2020-03-01", (2, 3), (16400, 24600)),
    Worked(
        "W9 clocks forward", "2023-03-24 09:00", "2023-03-29", "2023-03-27", (2, 3), (21000, 31500)
    ),
    Worked(
        "W10 clocks back", "2023-10-27 13:00", "2023-11-02", "2023-10-31", (2, 3), (21000, 31500)
    ),
    Worked(
        "W11 a second past noon",
        f"{MONDAY} 12:00:01",
        "2023-03-13",
        "2023-03-10",
        (3, 4),
        (31500, 42000),
    ),
    Worked(
        "W12 no admission notice",
        NOON_PASSED,
        "2023-03-13",
        "2023-03-10",
        (0, 0),
        (0, 0),
        {"admission_notices": ()},
    ),
    Worked(
        "W13 late admission notice",
        NOON_PASSED,
        "2023-03-13",
        "2023-03-10",
        (0, 0),
        (0, 0),
        {"admission_notices": (told(at("2023-03-04 12:02")),)},
    ),
    Worked(
        "W14 called on day 2",
        NOON_PASSED,
        "2023-03-13",
        "2023-03-10",
        (3, 4),
        (31500, 42000),
        {"sip_required": True, "calls": called("2023-03-08 15:00")},
    ),
    Worked(
        "W15 called on day 4",
        NOON_PASSED,
        "2023-03-13",
        "2023-03-10",
        (0, 0),
        (0, 0),
        {"sip_required": True, "calls": called("2023-03-10 00:00")},
    ),
    Worked(
        "W16 SIP needed, nobody called",
        NOON_PASSED,
        "2023-03-13",
        "2023-03-10",
        (0, 0),
        (0, 0),
        {"sip_required": True},
    ),
    Worked("W17 no SIP needed", NOON_PASSED, "2023-03-13", "2023-03-10", (3, 4), (31500, 42000)),
    Worked(
        "W18 open care not ready on two days",
        NOON_PASSED,
        "2023-03-13",
        "2023-03-10",
        (1, 2),
        (10500, 21000),
        {"blocked": (Span(date(2023, 3, 9), date(2023, 3, 11)),)},
    ),
    Worked(
        "W19 psychiatric care in 2018",
        "2018-05-02 13:00",
        "2018-06-05",
        "2018-06-01",
        (4, 5),
        (None, None),
        {"psychiatric": True},
    ),
    Worked(
        "W20 psychiatric care since 2019",
        "2019-01-02 10:00",
        "2019-01-07",
        "2019-01-05",
        (2, 3),
        (15600, 23400),
        {"psychiatric": True},
    ),
    Worked(
        "W21 worse, and judged again",
        f"{MONDAY} 10:00",
        "2023-03-18",
        "2023-03-16",
        (3, 5),
        (31500, 52500),
        {"ready": WORSE},
    ),
    Worked(
        "W22 placed elsewhere",
        f"{MONDAY} 10:00",
        "2023-03-10",
        "2023-03-09",
        (1, 2),
        (10500, 21000),
        {
            "deciding": OTHER,
            "admission_notices": (told(at("2023-03-03 11:00"), OTHER),),
            "ready": (
                Ready(at(f"{MONDAY} 09:00"), "Eva Lind", (told(at(f"{MONDAY} 10:00"), OTHER),)),
            ),
        },
    ),
]
"""W23 and W24 are averages: test_liability_average.py."""


@pytest.mark.parametrize("one", WORKED, ids=lambda one: one.name)
@pytest.mark.parametrize("column", [0, 1], ids=["A", "B"])
def test_worked(one: Worked, column: int) -> None:
    terms = Terms(count_discharge_day=bool(column))
    facts = stay(one.sent, one.discharged, **one.changes)
    found = judge_stay(facts, terms, as_of=LATER)
    cost = price_stay(found, KNOWN_RATES)
    assert found.first_day == (date.fromisoformat(one.first) if one.first else None)
    assert found.counted == one.days[column]
    assert cost.kronor == one.kronor[column]
    assert cost.days == found.counted
    assert all(day.why and (day.section or not day.counted) for day in found.days)


def test_the_debtor_is_the_municipality_that_decided_on_the_home() -> None:
    """W22: registered in X, Y decided on a home in Z: Y pays."""
    placed = stay(f"{MONDAY} 10:00", "2023-03-10", registered=THIRD, deciding=OTHER)
    assert debtor_of(placed).code == OTHER
    assert debtor_of(replace(placed, deciding=None)).code == THIRD
    assert debtor_of(replace(placed, deciding=None, registered=None)).code is None
    assert debtor_of(stay(f"{MONDAY} 10:00", "2023-03-10")).code == HOME


def test_two_years_two_amounts() -> None:
    """W7: 31 December by the amount of 2022, 1 January by that of 2023."""
    found = judge_stay(stay("2022-12-28 09:00", "2023-01-02"), Terms(), as_of=LATER)
    lines = price_stay(found, KNOWN_RATES).lines
    assert [(one.year, one.days, one.kronor) for one in lines] == [
        (2022, Decimal(1), Decimal(9300)),
        (2023, Decimal(1), Decimal(10500)),
    ]


def test_a_year_without_an_amount_gives_days_but_no_kronor() -> None:
    found = judge_stay(stay("2023-12-28 09:00", "2024-01-03"), Terms(), as_of=LATER)
    cost = price_stay(found, KNOWN_RATES)
    assert (cost.days, cost.kronor) == (Decimal(3), None)
    assert cost.refusal is not None
    assert "2024" in cost.refusal
    assert [one.kronor for one in cost.lines] == [Decimal(10500), None]


def test_an_agreed_amount_is_used_whatever_the_year() -> None:
    terms = Terms(agreed_amount=Decimal(6000), source="Avtal 2026")
    found = judge_stay(stay("2026-03-02 09:00", "2026-03-07"), terms, as_of=LATER)
    cost = price_stay(found, ())
    assert (cost.days, cost.kronor, cost.refusal) == (Decimal(2), Decimal(12000), None)
