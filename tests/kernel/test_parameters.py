"""Legal parameters: the value of the day, or a refusal in words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from samverka.kernel.parameters import TABLE, Certainty, Key, LegalParameter, Unit, at
from samverka.kernel.problems import Invalid, NotNow

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("key", "value", "unit", "county"),
    [
        (Key.CHILD_UNDER, 18, Unit.YEARS, False),  # CH-1
        (Key.GUARDIAN_SEES_JOURNAL_UNTIL, 13, Unit.YEARS, True),  # CH-5: practice, not law
        (Key.CHILD_SEES_JOURNAL_FROM, 16, Unit.YEARS, True),  # CH-5
        (Key.PLUS_SIGN_FROM, 100, Unit.YEARS, False),  # PN-2
        (Key.LOG_KEPT, 5, Unit.YEARS, False),  # LOG-2
        (Key.EMERGENCY_OPENING, 12, Unit.HOURS, True),
        (Key.ACTIVE_CHOICE, 12, Unit.HOURS, True),
        (Key.CONSENT_DEFAULT, 12, Unit.MONTHS, True),
        (Key.PLAN_FOLLOW_UP, 6, Unit.MONTHS, True),  # SIP-16
        (Key.PLAN_GIVEN_AT_SAVE, 1, Unit.YES_NO, True),  # SEK-9
    ],
)
def test_values_today(key: Key, value: int, unit: Unit, county: bool) -> None:
    found = at(key, TODAY)
    assert (found.value, found.unit, found.county_setting) == (value, unit, county)


def test_every_key_has_a_row_with_source_and_help() -> None:
    assert {row.key for row in TABLE} == set(Key)
    assert all(row.source and row.help for row in TABLE)


def test_zero_is_a_value_only_where_the_help_says_what_it_means() -> None:
    zero = [row for row in TABLE if row.value == 0 and row.unit is not Unit.YES_NO]
    assert all("Noll" in row.help or "0" in row.help for row in zero)


def test_what_is_law_is_not_of_low_certainty_and_what_we_propose_is_the_countys() -> None:
    for row in TABLE:
        assert row.county_setting or row.certainty is not Certainty.LOW


def test_on_every_day_a_key_has_one_value_at_most_and_today_exactly_one() -> None:
    days = {row.valid_from for row in TABLE} | {row.valid_to or TODAY for row in TABLE} | {TODAY}
    for key in Key:
        held = [sum(row.holds(day) for row in TABLE if row.key is key) for day in sorted(days)]
        assert max(held) == 1
        assert held[-1] == 1


def test_a_day_before_our_sources_is_refused_in_words() -> None:
    with pytest.raises(NotNow, match="2016-12-31") as refusal:
        at(Key.LOG_KEPT, date(2016, 12, 31))
    assert refusal.value.mend


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(Invalid, match=r"coffee\.break"):
        at("coffee.break", TODAY)


def test_the_value_is_that_of_the_day_judged() -> None:
    change = date(2026, 7, 1)
    old = replace(at(Key.PLAN_FOLLOW_UP, TODAY), valid_to=change - timedelta(days=1))
    new = replace(old, value=3, valid_from=change, valid_to=None, source="länets beslut")
    county: list[LegalParameter] = [new, old]
    assert at(Key.PLAN_FOLLOW_UP, change - timedelta(days=1), table=county).value == 6
    assert at(Key.PLAN_FOLLOW_UP, change, table=county).value == 3


def test_a_gap_between_two_values_is_not_filled_by_a_guess() -> None:
    old = replace(at(Key.LOG_KEPT, TODAY), valid_to=date(2025, 12, 31))
    new = replace(old, valid_from=date(2026, 2, 1), valid_to=None)
    with pytest.raises(NotNow):
        at(Key.LOG_KEPT, date(2026, 1, 15), table=(old, new))


def test_a_choice_and_tenths_of_days_are_said_in_words() -> None:
    model, threshold = at(Key.LIABILITY_MODEL, TODAY), at(Key.LIABILITY_THRESHOLD, TODAY)
    assert (model.lowest, model.said(2)) == (1, "Ett bestämt antal dygn för varje patient")
    assert model.said(0) is None
    assert model.said(len(model.choices) + 1) is None
    assert (threshold.lowest, threshold.said(30), threshold.said(25)) == (0, "3,0 dygn", "2,5 dygn")
    assert at(Key.CALL_ANSWER, TODAY).said(3) is None


def test_a_choice_has_choices_and_starts_with_one_of_them() -> None:
    for row in TABLE:
        assert bool(row.choices) == (row.unit is Unit.CHOICE)
        assert not row.choices or row.said(row.value)
