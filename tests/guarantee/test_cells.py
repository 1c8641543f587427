"""Counts for the national database, counted by hand."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest

from samverka.guarantee.rules import (
    Cell,
    Counted,
    Kind,
    Part,
    Wait,
    count_cells,
    days_measured,
    judge_clock,
    median_days,
    median_of_medians,
    share_within,
    year_share,
)
from tests.guarantee.waits import (
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

MARCH = day("2024-03-31")
"""The waits below are judged at the end of March 2024."""

CHOSEN = abstained(
    "2024-03-01", None, informed="2024-01-05", made="2024-02-01", care="2024-02-20", no="2024-02-05"
)


def cells(*waits: Wait, working_days: bool = False, unit: str = "u") -> tuple[Cell, ...]:
    counted = [Counted(unit=unit, clock=judge_clock(one, at("2024-03-31 23:59"))) for one in waits]
    return count_cells(counted, MARCH, working_days=working_days)


def numbers(cell: Cell) -> tuple[int, int, int, int]:
    return cell.within, cell.over, cell.chosen, cell.subtracted


def three_days(asked: str, done: str, **changes: object) -> Wait:
    return sought(asked, Part.ASSESSMENT, contacts=(assessed(done),), **changes)


CASES = [
    ("one waits", (referred("2024-01-10"),), Kind.WAITING, (1, 0, 0, 0)),
    ("day 90 and day 91", (referred("2024-01-01"), referred("2023-12-31")), Kind.WAITING,
     (1, 1, 0, 0)),
    ("got a visit on day 60 and on day 91",
     (referred("2024-01-01", contacts=(visited("2024-03-01"),)),
      referred("2023-12-02", contacts=(visited("2024-03-02"),))), Kind.DONE, (1, 1, 0, 0)),
    ("chose to wait", (referred("2024-01-10", pauses=(CHOSEN,)), referred("2024-01-10")),
     Kind.WAITING, (1, 0, 1, 0)),
    ("ill for 31 of 121 days", (referred("2023-12-01", pauses=(hindered("2024-01-01", "2024-01-31"),)),),
     Kind.WAITING, (1, 0, 0, 1)),
    ("ill for 30 of 121 days", (referred("2023-12-01", pauses=(hindered("2024-01-01", "2024-01-30"),)),),
     Kind.WAITING, (0, 1, 0, 1)),
    ("treated on day 3", (decided("2024-03-01", contacts=(treated("2024-03-04"),)),), Kind.DONE,
     (1, 0, 0, 0)),
    ("answered the same day and the next",
     (sought("2024-03-01 08:00", contacts=(answered("2024-03-01 09:00"),)),
      sought("2024-03-01 08:00", contacts=(answered("2024-03-02 09:00"),))), Kind.DONE, (1, 1, 0, 0)),
    ("assessed on day 3 and on day 4",
     (three_days("2024-03-08", "2024-03-11"), three_days("2024-03-07", "2024-03-11")), Kind.DONE,
     (1, 1, 0, 0)),
    ("measured from the judgement on day 2",
     (three_days("2024-03-06", "2024-03-11", judged_at=at("2024-03-08")),), Kind.DONE, (1, 0, 0, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("_name", "waits", "kind", "expected"), CASES)
def test_one_cell(_name, waits, kind, expected) -> None:
    (cell,) = cells(*waits)
    assert (cell.month, cell.kind) == (day("2024-03-01"), kind)
    assert numbers(cell) == expected


NOT_COUNTED = [
    referred("2024-01-10", contacts=(visited("2024-02-10"),)),  # another month
    sought("2024-03-30 08:00"),  # primary care is counted when it is done
    sought("2024-03-30", Part.ASSESSMENT),
    Wait(part=Part.TREATMENT),  # has not begun
]


@pytest.mark.parametrize("wait", NOT_COUNTED)
def test_not_counted(wait) -> None:
    assert cells(wait) == ()


def test_working_days_if_the_one_who_reports_says_so() -> None:
    """Thursday 7 to Tuesday 12 March: five days, three of them working days."""
    wait = three_days("2024-03-07", "2024-03-12")
    assert numbers(cells(wait)[0]) == (0, 1, 0, 0)
    assert numbers(cells(wait, working_days=True)[0]) == (1, 0, 0, 0)
    assert days_measured(judge_clock(wait, at("2024-03-31"))) == 5


def test_the_law_and_the_measure_may_differ() -> None:
    wait = three_days("2024-03-06", "2024-03-11", judged_at=at("2024-03-08"))
    clock = judge_clock(wait, at("2024-03-31"))
    assert (clock.used, clock.left, days_measured(clock)) == (5, -2, 3)


def test_units_and_parts_stand_apart() -> None:
    first = cells(referred("2024-01-10"), decided("2024-01-10"))
    assert [one.part for one in first] == [Part.TREATMENT, Part.VISIT]


def test_days_are_counted_one_by_one() -> None:
    """Waited 81, 81 and 30 days on 31 March."""
    (cell,) = cells(referred("2024-01-10"), referred("2024-01-10"), referred("2024-03-01"))
    assert cell.days == ((30, 1), (81, 2))
    assert median_days([cell]) == 81


def test_a_cell_has_nothing_of_a_person() -> None:
    """HSF 6:3 c. A new field is a decision: no name, no number, no birth date, no free text."""
    assert [one.name for one in fields(Cell)] == [
        "month", "unit", "part", "kind", "within", "over", "chosen", "subtracted", "days",
    ]  # fmt: skip
    assert [one.name for one in fields(Counted)] == ["unit", "clock"]


def month_of(number: int, within: int, over: int, days: tuple[tuple[int, int], ...] = ()) -> Cell:
    return Cell(
        month=date(2025, number, 1), unit="u", part=Part.CONTACT, kind=Kind.DONE,
        within=within, over=over, chosen=5, subtracted=0, days=days,
    )  # fmt: skip


def test_shares() -> None:
    """9 of 10; nobody is no share. Those who chose to wait are in neither number."""
    assert share_within([month_of(1, 9, 1)]) == Decimal("0.9")
    assert share_within([month_of(1, 8, 0), month_of(2, 1, 1)]) == Decimal("0.9")
    assert share_within([month_of(1, 0, 0)]) is None
    assert share_within([]) is None


def test_a_year_is_the_mean_of_its_months_and_needs_ten() -> None:
    """Five months of 1 and five of 0.5: 0.75, though the months differ in size."""
    months = [month_of(one, 10, 0) for one in range(1, 6)]
    months += [month_of(one, 1, 1) for one in range(6, 11)]
    assert year_share(months) == Decimal("0.75")
    assert year_share(months[:9]) is None
    assert year_share([*months[:9], month_of(11, 0, 0)]) is None


def test_median_of_medians() -> None:
    """Medians 10, 20 and 90: 20. All together it would have been 10."""
    months = [
        month_of(1, 5, 0, ((10, 5),)),
        month_of(2, 2, 0, ((15, 1), (25, 1))),
        month_of(3, 1, 0, ((90, 1),)),
    ]
    assert median_of_medians(months) == 20
    assert median_days(months) == 10
    assert median_days(months[1:2]) == 20
    assert median_of_medians([]) is None
