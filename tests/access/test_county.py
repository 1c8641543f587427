"""The county's own values: only where the law leaves it open, from a day on, never backwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from samverka.access import operations, reads
from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.county import county_value, own_value
from samverka.access.rules import check_county_value
from samverka.kernel.actor import Side
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key, LegalParameter, at
from samverka.kernel.problems import Invalid, NotAllowed, NotNow, Problem
from tests.factories.cast import NOW, Cast
from tests.factories.login import logged_in

TODAY = local_date(NOW)
OPEN, FIXED = Key.PLAN_FOLLOW_UP, Key.CHILD_UNDER


@pytest.mark.parametrize(
    ("side", "key", "value", "day", "reason", "problem"),
    [
        (Side.REGION, OPEN, 3, TODAY, "Beslut i styrgruppen", None),
        (Side.REGION, OPEN, 3, TODAY + timedelta(days=40), "Beslut", None),
        (Side.MUNICIPALITY, OPEN, 3, TODAY, "Beslut", NotAllowed),
        (Side.REGION, FIXED, 17, TODAY, "Beslut", NotNow),
        (Side.REGION, OPEN, 121, TODAY, "Beslut", Invalid),
        (Side.REGION, OPEN, -1, TODAY, "Beslut", Invalid),
        (Side.REGION, OPEN, 3, TODAY - timedelta(days=1), "Beslut", Invalid),
        (Side.REGION, OPEN, 3, TODAY, "  ", Invalid),
        (Side.REGION, Key.LIABILITY_MODEL, 4, TODAY, "Beslut", None),
        (Side.REGION, Key.LIABILITY_MODEL, 0, TODAY, "Beslut", Invalid),
        (Side.REGION, Key.LIABILITY_MODEL, 5, TODAY, "Beslut", Invalid),
    ],
)
def test_what_a_county_may_decide(
    side: Side, key: Key, value: int, day: date, reason: str, problem: type[Problem] | None
) -> None:
    if problem is None:
        check_county_value(side, key, value, day, reason, today=TODAY)
    else:
        with pytest.raises(problem):
            check_county_value(side, key, value, day, reason, today=TODAY)


@given(
    st.lists(
        st.tuples(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(0, 99)), max_size=5
    ),
    st.dates(date(2024, 1, 1), date(2030, 1, 1)),
)
def test_the_last_decision_before_the_day_holds(decided: list[tuple[date, int]], on: date) -> None:
    decided = sorted(dict(decided).items())
    before = [value for day, value in decided if day <= on]
    found = own_value(at(OPEN, on), on, {str(OPEN): decided}, {str(OPEN): 7})
    assert found == (before[-1] if before else 7)
    assert own_value(at(FIXED, on), on, {str(FIXED): decided}, {str(FIXED): 7}) is None


@pytest.fixture(autouse=True)
def _friday() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


def held(cast: Cast, on: date) -> int:
    """The value as the next act in another process would know it."""
    with act(cast.system, Action.ORGANISATION_READ) as this:
        this.unchanged()
        return county_value(OPEN, on)


@pytest.mark.django_db
class TestDeciding:
    def test_it_holds_from_its_day_on(self, cast: Cast):
        later = TODAY + timedelta(days=30)
        made = operations.set_county_value(
            cast.administrator, key=OPEN, value=3, valid_from=later, reason="Styrgruppen"
        )
        assert (made.value, made.own) == (6, False)
        assert held(cast, later - timedelta(days=1)) == 6
        assert held(cast, later) == 3

    def test_again_changes_nothing_and_another_value_is_refused(self, cast: Cast):
        for _time in range(2):
            operations.set_county_value(
                cast.administrator, key=OPEN, value=3, valid_from=TODAY, reason="Styrgruppen"
            )
        with pytest.raises(NotNow, match="redan bestämt"):
            operations.set_county_value(
                cast.administrator, key=OPEN, value=4, valid_from=TODAY, reason="Styrgruppen"
            )

    def test_only_the_administrator(self, cast: Cast):
        for actor in (cast.region_nurse, cast.municipal_nurse, cast.ifo_officer):
            with pytest.raises(NotAllowed):
                operations.set_county_value(
                    actor, key=OPEN, value=3, valid_from=TODAY, reason="Styrgruppen"
                )
        municipal = replace(cast.administrator, side=Side.MUNICIPALITY)
        with pytest.raises(NotAllowed):
            operations.set_county_value(
                municipal, key=OPEN, value=3, valid_from=TODAY, reason="Styrgruppen"
            )

    def test_every_parameter_is_shown_with_its_source(self, cast: Cast):
        found = reads.county_parameters(cast.region_nurse)
        assert not found.may_edit
        assert {line.key for line in found.lines} == {
            key for key in Key if any(row.key == key for row in _holding())
        }
        assert all(line.source and line.help for line in found.lines)

    def test_the_pages(self, cast: Cast):
        client = logged_in(cast.administrator)
        assert str(OPEN) in client.get("/lan/").content.decode()
        address = f"/lan/{OPEN}/"
        wrong = client.post(address, {"value": "500", "valid_from": TODAY, "reason": "Möte"})
        assert wrong.status_code == 422
        assert "mellan 0 och 120" in wrong.content.decode()
        assert "Möte" in wrong.content.decode()
        good = client.post(address, {"value": "4", "valid_from": TODAY, "reason": "Möte"})
        assert good.status_code == 302
        assert "Länet" in client.get("/lan/").content.decode()
        assert client.get("/lan/finns.inte/").status_code == 404
        assert logged_in(cast.region_nurse).get(address).status_code == 403


@pytest.mark.django_db
def test_a_choice_is_made_and_shown_in_words(cast: Cast) -> None:
    client, address = logged_in(cast.administrator), f"/lan/{Key.LIABILITY_MODEL}/"
    asked = client.get(address).content.decode()
    assert "<select" in asked
    assert "Genomsnitt för kommunen" in asked
    assert "3,0 dygn" in client.get(f"/lan/{Key.LIABILITY_THRESHOLD}/").content.decode()
    client.post(address, {"value": "3", "valid_from": TODAY, "reason": "Överenskommelse"})
    shown = client.get("/lan/").content.decode()
    assert "<strong>Genomsnitt för kommunen</strong>" in shown
    assert "<strong>3,0 dygn</strong>" in shown


def test_every_parameter_has_a_heading() -> None:
    from samverka.organisations.forms import PARAMETER_TOPICS

    begun = {name for _topic, names in PARAMETER_TOPICS for name in names}
    assert {key.partition(".")[0] for key in Key} == begun


def _holding() -> list[LegalParameter]:
    from samverka.kernel.parameters import TABLE

    return [row for row in TABLE if row.holds(TODAY)]
