"""The county's settings become terms, and amounts are a table that refuses what it does not know."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from samverka.discharge.rules.liability import (
    KEYS,
    KNOWN_RATES,
    PRESETS,
    SUGGESTED_RATES,
    Attribution,
    HolidayRule,
    Model,
    NoonRule,
    OutsideRule,
    PsychiatryRule,
    Rate,
    Terms,
    check_rates,
    defaults,
    price_days,
    tell_terms,
    terms_from,
    values_of,
    with_own,
)
from samverka.discharge.rules.liability.presets import AVERAGE, STATUTE, STOCKHOLM, VASTRA_GOTALAND
from samverka.discharge.rules.liability.settings import CHOICES, DECIMALS
from samverka.kernel.parameters import TABLE, Certainty, Key, Unit
from samverka.kernel.problems import Invalid, NotNow

TODAY = date(2026, 11, 22)


def test_a_county_that_has_decided_nothing_has_the_law() -> None:
    assert terms_from(defaults(TODAY)) == STATUTE == Terms()


@pytest.mark.parametrize("one", PRESETS, ids=lambda one: str(one.name))
def test_every_known_agreement_can_be_entered_as_settings(one: object) -> None:
    terms = one.terms  # type: ignore[attr-defined]
    entered = terms_from(
        values_of(terms),
        valid_from=terms.valid_from,
        valid_to=terms.valid_to,
        source=terms.source,
    )
    assert entered == terms


def test_every_field_of_terms_comes_from_a_setting() -> None:
    """Each setting, changed alone, changes the terms in one field."""
    base, own = defaults(TODAY), {"valid_from", "valid_to", "source"}
    changed = set()
    for key in KEYS:
        other = terms_from({**base, key: 1 if base[key] != 1 else (2 if key in CHOICES else 0)})
        differing = {
            one.name
            for one in fields(Terms)
            if getattr(other, one.name) != getattr(STATUTE, one.name)
        }
        assert len(differing) == 1, key
        changed |= differing
    assert changed == {one.name for one in fields(Terms)} - own


def test_the_choices_in_words_are_as_many_as_the_choices() -> None:
    rows = {row.key: row for row in TABLE if row.key in KEYS}
    for key, kind in CHOICES.items():
        assert len(rows[key].choices) == len(kind)
    assert len(rows[Key.LIABILITY_ROUNDING].choices) == len(DECIMALS)
    chosen = {key for key, row in rows.items() if row.unit is Unit.CHOICE}
    assert chosen == {*CHOICES, Key.LIABILITY_ROUNDING}
    assert all(row.county_setting for row in rows.values())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (Key.LIABILITY_MODEL, 0),
        (Key.LIABILITY_MODEL, 5),
        (Key.LIABILITY_ROUNDING, 4),
        (Key.LIABILITY_CUTOFF, -1),
    ],
)
def test_a_value_that_means_nothing_is_refused(key: Key, value: int) -> None:
    with pytest.raises(Invalid):
        terms_from({**defaults(TODAY), key: value})


def test_a_missing_setting_is_refused_by_name() -> None:
    values = defaults(TODAY)
    del values[Key.LIABILITY_NOON]
    with pytest.raises(Invalid, match=r"liability\.noon"):
        terms_from(values)


def test_before_the_law_there_are_no_terms() -> None:
    with pytest.raises(NotNow):
        defaults(date(2017, 12, 31))


def test_the_terms_are_told_in_words() -> None:
    assert tell_terms(STATUTE)[0] == "Lagens tre eller fyra dagar, från 1 januari 2018."
    average = " ".join(tell_terms(VASTRA_GOTALAND))
    assert "överstiger 3,0 dygn" in average
    assert "längre än 7 dygn" in average
    stockholm = " ".join(tell_terms(replace(STOCKHOLM, agreed_amount=Decimal(8200))))
    assert "börjar 3 dygn efter" in stockholm
    assert "Psykiatrisk vård räknas för sig, efter 6 dygn" in stockholm
    assert "8200 kronor" in stockholm
    assert "Psykiatrisk" not in " ".join(
        tell_terms(replace(STATUTE, psychiatry=PsychiatryRule.OWN))
    )
    assert "räknas inte" in " ".join(tell_terms(AVERAGE))


TOLD: list[tuple[dict[str, Any], str]] = [
    ({"model": Model.AVERAGE, "include_day_zero": False}, "räknas inte i genomsnittet"),
    ({"model": Model.INDIVIDUAL, "noon_rule": NoonRule.BEFORE}, "klockan 12.00 eller senare"),
    ({"model": Model.INDIVIDUAL, "noon_rule": NoonRule.NONE}, "spelar ingen roll"),
    ({"model": Model.INDIVIDUAL, "holiday_rule": HolidayRule.WORKING_DAYS}, "Bara vardagar"),
    ({"model": Model.AVERAGE, "refusal_excludes": True}, "tackat nej"),
    ({"model": Model.AVERAGE, "outside_county": OutsideRule.LEFT_OUT}, "utanför länet"),
    ({"count_leave": True}, "Nätter på permission räknas."),
    ({"block_stops_clock": True}, "skjuter också upp"),
    ({"call_next_weekday": False}, "till och med den tredje dagen"),
    ({"attribution": Attribution.OWN_DAY}, "då det är"),
    ({"count_discharge_day": True}, "åker hem räknas."),
]


@pytest.mark.parametrize(("change", "words"), TOLD)
def test_every_choice_that_plays_a_part_is_told(change: dict[str, Any], words: str) -> None:
    assert words in " ".join(tell_terms(replace(STATUTE, **change)))
    plain = replace(STATUTE, model=change.get("model", Model.STATUTE), noon_rule=NoonRule.AFTER)
    assert words not in " ".join(tell_terms(plain))


@pytest.mark.parametrize(
    ("year", "amount"), [(2019, 7800), (2020, 8200), (2022, 9300), (2023, 10500)]
)
def test_known_amounts(year: int, amount: int) -> None:
    (found,) = [one for one in KNOWN_RATES if one.year == year]
    assert (found.amount, found.certainty) == (Decimal(amount), Certainty.HIGH)
    assert found.source


@pytest.mark.parametrize("year", [2018, 2021, 2024, 2025, 2026, 2030])
def test_an_amount_that_nobody_has_read_is_not_used(year: int) -> None:
    cost = price_days([date(year, 3, 1)], STATUTE, KNOWN_RATES)
    assert (cost.days, cost.kronor) == (Decimal(1), None)
    assert cost.refusal is not None
    assert str(year) in cost.refusal
    assert all(one.year not in {rate.year for rate in KNOWN_RATES} for one in SUGGESTED_RATES)


def test_what_the_county_enters_goes_before_what_is_known() -> None:
    own = Rate(2024, Decimal(11600), "HSLF-FS, read", Certainty.HIGH)
    mended = Rate(2023, Decimal(10600), "corrected", Certainty.HIGH)
    rates = with_own([own, mended])
    assert [one.year for one in rates] == [2019, 2020, 2022, 2023, 2024]
    assert price_days([date(2023, 3, 1), date(2024, 3, 1)], STATUTE, rates).kronor == 22200


def test_faulty_amounts_are_refused() -> None:
    twice = Rate(2023, Decimal(1), "x", Certainty.LOW)
    with pytest.raises(Invalid, match="2023"):
        check_rates([*KNOWN_RATES, twice])
    with pytest.raises(Invalid, match="större än noll"):
        check_rates([replace(twice, amount=Decimal(0))])
    check_rates(KNOWN_RATES)


def test_the_enums_keep_the_order_of_the_settings() -> None:
    """Values are stored by number: a new choice is added last."""
    assert [one.value for one in Model] == [
        "statute",
        "individual_n_days",
        "average",
        "average_with_individual_cutoff",
    ]
    assert [one.value for one in NoonRule] == ["none", "after", "before"]
    assert [one.value for one in HolidayRule] == ["calendar", "working_days"]
