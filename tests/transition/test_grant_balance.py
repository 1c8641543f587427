"""Drawn, used, paid back: nothing more than there is, and nothing changed afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.kernel.problems import Invalid, NotNow, Problem
from samverka.transition.rules import grants
from samverka.transition.rules.grants import Balance, Grant, GrantState, Movement, MovementKind

GRANT = Grant(
    recipient="23",
    area="forebygga",
    kronor=1_000,
    draw_from=date(2023, 2, 1),
    draw_until=date(2023, 10, 31),
    use_until=date(2023, 12, 31),
    pay_back_by=date(2024, 3, 31),
)
D, U, P = MovementKind.DRAWN, MovementKind.USED, MovementKind.PAID_BACK


def on(number: str, kind: MovementKind, day: str, kronor: int, undoes: str = "") -> Movement:
    return Movement(number, kind, date.fromisoformat(day), kronor, undoes)


YEAR = [
    on("1", D, "2023-03-01", 600),
    on("2", U, "2023-06-30", 450),
    on("3", D, "2023-10-31", 300),
    on("4", U, "2023-12-31", 350),
    on("5", P, "2024-03-01", 100),
]


def test_a_year() -> None:
    steps = [grants.balance_of(GRANT, YEAR[:count]) for count in range(6)]
    assert [(one.left_to_draw, one.unused) for one in steps] == [
        (1000, 0), (400, 600), (400, 150), (100, 450), (100, 100), (100, 0),
    ]  # fmt: skip
    assert steps[-1] == Balance(granted=1000, drawn=900, used=800, paid_back=100)


@pytest.mark.parametrize(
    ("new", "says"),
    [
        (on("6", D, "2023-10-31", 101), r"100\skr kvar att rekvirera"),
        (on("6", D, "2023-11-01", 1), "Sista dagen att rekvirera var 31 oktober 2023"),
        (on("6", D, "2023-01-31", 1), "Bidraget börjar 1 februari 2023"),
        (on("6", U, "2024-01-01", 1), "Sista dagen att använda pengarna var 31 december 2023"),
        (on("6", U, "2023-12-31", 101), r"100\skr rekvirerade som inte är använda"),
        (on("6", P, "2024-04-02", 1), r"0\skr att betala tillbaka"),
        (on("6", D, "2023-10-31", 100, "3"), "hela verifikation 3"),
        (on("6", D, "2023-10-31", 300, "3"), r"350\skr rekvirerade|använda eller återbetalda|150"),
    ],
)
def test_not_now(new: Movement, says: str) -> None:
    with pytest.raises((NotNow, Invalid), match=says):
        grants.add_movement(GRANT, YEAR, new)


@pytest.mark.parametrize(
    ("new", "says"),
    [
        (on("5", P, "2024-03-02", 1), "finns redan"),
        (on("6", D, "2023-05-01", 0), "noll kronor"),
        (on("6", D, "2023-05-01", -1), "hela kronor"),
        (on("6", U, "2023-12-31", 1, "9"), "ingen verifikation 9"),
    ],
)
def test_no_such_movement(new: Movement, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        grants.add_movement(GRANT, YEAR, new)


def test_late_money_back_is_taken() -> None:
    kept = [*YEAR[:4], on("5", P, "2024-06-01", 60)]
    assert grants.balance_of(GRANT, kept).unused == 40


def test_a_mistake_is_undone_once() -> None:
    undo = on("6", U, "2024-02-01", 350, "4")
    kept = [*YEAR[:4], undo]
    assert grants.balance_of(GRANT, kept).unused == 450
    with pytest.raises(Invalid, match="redan rättad"):
        grants.add_movement(GRANT, kept, replace(undo, number="7"))


def test_what_later_movements_stand_on_is_not_undone() -> None:
    with pytest.raises(NotNow, match=r"450\skr av rekvisitionen är redan använda"):
        grants.add_movement(GRANT, YEAR[:2], on("6", D, "2023-07-01", 600, "1"))


def test_a_movement_that_comes_in_late_may_not_break_a_day_that_was() -> None:
    """What was used in June had been drawn in June, whatever is booked afterwards."""
    kept = [on("1", D, "2023-07-01", 500)]
    with pytest.raises(NotNow, match=r"0\skr rekvirerade"):
        grants.add_movement(GRANT, kept, on("2", U, "2023-06-30", 100))


@pytest.mark.parametrize(
    ("day", "movements", "state"),
    [
        ("2023-01-31", [], GrantState.WAITING),
        ("2023-02-01", [], GrantState.OPEN),
        ("2023-12-31", YEAR[:4], GrantState.OPEN),
        ("2024-01-01", YEAR[:4], GrantState.SETTLING),
        ("2024-03-31", YEAR[:4], GrantState.SETTLING),
        ("2024-04-01", YEAR[:4], GrantState.OVERDUE),
        ("2024-04-01", YEAR, GrantState.SETTLED),
        ("2024-01-01", [], GrantState.SETTLED),
    ],
)
def test_how_far_a_grant_has_come(day: str, movements: list[Movement], state: GrantState) -> None:
    balance = grants.balance_of(GRANT, movements)
    assert grants.state_of(GRANT, balance, date.fromisoformat(day)) is state
    assert grants.STATE_WORDS[state]


def test_days_in_the_wrong_order() -> None:
    with pytest.raises(Invalid, match="fel ordning"):
        grants.balance_of(replace(GRANT, use_until=date(2023, 10, 1)), [])
    with pytest.raises(Invalid, match="hela kronor"):
        grants.balance_of(replace(GRANT, kronor=-1), [])


TRIED = st.lists(
    st.tuples(
        st.sampled_from(MovementKind), st.integers(0, 450), st.integers(-10, 700),
        st.none() | st.integers(0, 15),
    ),
    max_size=16,
)  # fmt: skip


@given(tried=TRIED)
def test_whatever_is_tried_the_money_is_somewhere(
    tried: list[tuple[MovementKind, int, int, int | None]],
) -> None:
    kept: list[Movement] = []
    for number, (kind, days, kronor, undoes) in enumerate(tried):
        day = GRANT.draw_from + timedelta(days=days)
        wrong = next((one for one in kept if one.number == str(undoes)), None)
        new = Movement(str(number), kind, day, kronor)
        if wrong is not None:
            new = Movement(str(number), wrong.kind, day, wrong.kronor, wrong.number)
        try:
            balance = grants.add_movement(GRANT, kept, new)
        except Problem:
            continue
        kept.append(new)
        assert 0 <= balance.drawn <= balance.granted
        assert balance.used >= 0
        assert balance.paid_back >= 0
        assert balance.used + balance.paid_back + balance.unused == balance.drawn
        assert balance.unused >= 0
