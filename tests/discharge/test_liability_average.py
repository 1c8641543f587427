"""County agreements: the average with day 0, rounding, the cut-off, Stockholm's, and the periods."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from samverka.discharge.rules.liability import (
    KNOWN_RATES,
    Attribution,
    Basis,
    LateEffect,
    Leave,
    Model,
    MunicipalityBasis,
    Period,
    PeriodKind,
    PsychiatryRule,
    Rate,
    Reason,
    Settlement,
    Span,
    StayFacts,
    Terms,
    average_excess,
    judge_stay,
    period_of,
    settle,
)
from samverka.discharge.rules.liability.presets import (
    AVERAGE,
    PRESETS,
    STATUTE,
    STOCKHOLM,
    VASTRA_GOTALAND,
    VASTRA_GOTALAND_EARLY_2020,
)
from samverka.kernel.parameters import Certainty
from samverka.kernel.problems import Invalid, NotNow
from tests.discharge.stays import HOME, LATER, OTHER, THIRD, at, called, stay, told, verdict_on

MAY = date(2023, 5, 1)
CUTOFF = replace(VASTRA_GOTALAND, valid_from=date(2020, 4, 1))


def stayed(*days: int, start: str = "2023-05-02", **changes: Any) -> list[StayFacts]:
    """A stay for each number of nights after the notice."""
    day = date.fromisoformat(start)
    return [
        replace(
            stay(f"{start} 10:00", (day + timedelta(days=nights)).isoformat(), **changes),
            stay_id=f"{start}-{number}",
        )
        for number, nights in enumerate(days)
    ]


def settled(
    facts: Iterable[StayFacts],
    terms: Terms = AVERAGE,
    day: date = MAY,
    rates: tuple[Rate, ...] = KNOWN_RATES,
) -> Settlement:
    """The period of a day, settled."""
    return settle(facts, terms, rates, period_of(day, terms.period), as_of=LATER)


def basis(
    facts: Iterable[StayFacts],
    terms: Terms = AVERAGE,
    day: date = MAY,
    rates: tuple[Rate, ...] = KNOWN_RATES,
) -> MunicipalityBasis:
    """The only municipality's basis."""
    (only,) = settled(facts, terms, day, rates).bases
    return only


AVERAGES = [
    # nights, average, days to pay, kronor
    ("W23 exactly three does not exceed", [0, 1, 2, 3, 4, 5, 6], "3.00", "0.00", 0),
    ("W24", [0, 2, 4, 5, 6], "3.40", "2.00", 21000),
    ("nobody waits", [0, 0, 0], "0.00", "0.00", 0),
    ("one stay", [4], "4.00", "1.00", 10500),
    ("a third is rounded", [3, 3, 4], "3.33", "0.99", 10395),
    ("two thirds are rounded up", [3, 4, 4], "3.67", "2.01", 21105),
    ("half is rounded up", [3] * 7 + [4], "3.13", "1.04", 10920),
    ("rounded down to the threshold", [3] * 299 + [4], "3.00", "0.00", 0),
    ("day 0 brings it down", [0, 6], "3.00", "0.00", 0),
    ("one long stay", [0, 0, 0, 30], "7.50", "18.00", 189000),
]


@pytest.mark.parametrize(("name", "nights", "value", "excess", "kronor"), AVERAGES)
def test_the_average(name: str, nights: list[int], value: str, excess: str, kronor: int) -> None:
    found = basis(stayed(*nights, start="2023-05-01"))
    assert found.average is not None
    assert (found.average.days, len(found.average.stays)) == (sum(nights), len(nights))
    assert (found.average.value, found.average.excess) == (Decimal(value), Decimal(excess))
    assert (found.kronor, found.individual) == (Decimal(kronor), ())


def test_w24_in_2020() -> None:
    found = basis(stayed(0, 2, 4, 5, 6, start="2020-05-04"), day=date(2020, 5, 1))
    assert found.kronor == 16400


@pytest.mark.parametrize(
    ("decimals", "value", "excess"),
    [(2, "3.33", "0.99"), (1, "3.3", "0.9"), (None, None, "1.0")],
)
def test_rounding_is_a_choice(decimals: int | None, value: str | None, excess: str) -> None:
    found, days = average_excess(10, 3, replace(AVERAGE, decimals=decimals))
    assert days == Decimal(excess)
    assert value is None or found == Decimal(value)


def test_exact_reckoning_multiplies_nothing_that_was_divided() -> None:
    assert average_excess(22, 7, replace(AVERAGE, decimals=None))[1] == Decimal("1.0")


@pytest.mark.parametrize(("threshold", "excess"), [("3.0", "0"), ("2.5", "3.50"), ("0", "21.00")])
def test_the_threshold_is_a_choice(threshold: str, excess: str) -> None:
    found = basis(
        stayed(0, 1, 2, 3, 4, 5, 6), replace(AVERAGE, threshold=Decimal(threshold))
    ).average
    assert found is not None
    assert found.excess == Decimal(excess)


def test_day_zero_can_be_left_out() -> None:
    found = basis(stayed(0, 0, 4), replace(AVERAGE, include_day_zero=False)).average
    assert found is not None
    assert (len(found.stays), found.value) == (1, Decimal("4.00"))
    without = settled(stayed(0, 0), replace(AVERAGE, include_day_zero=False)).bases
    assert [one.average for one in without] == [None]


def test_an_afternoon_notice_is_still_day_zero() -> None:
    facts = stay("2023-05-02 13:00", "2023-05-02")
    found = judge_stay(facts, AVERAGE, as_of=LATER)
    assert (found.basis, found.counted, found.day_zero) == (Basis.AVERAGE, 0, True)
    long = judge_stay(stay("2023-05-02 13:00", "2023-05-06"), AVERAGE, as_of=LATER)
    assert long.counted == 4
    assert verdict_on(long, "2023-05-02") is Reason.COUNTED_IN_AVERAGE
    assert verdict_on(long, "2023-05-06") is Reason.DISCHARGE_DAY


def test_an_average_counts_nights_whatever_the_law_is_read_as() -> None:
    begun = replace(AVERAGE, count_discharge_day=True)
    assert [judge_stay(one, begun, as_of=LATER).counted for one in stayed(0, 1, 5)] == [0, 1, 5]


def test_told_at_the_very_moment_of_leaving_is_told_in_time() -> None:
    facts = stay("2023-05-02 10:00", "2023-05-02", discharged_at=at("2023-05-02 10:00"))
    assert judge_stay(facts, AVERAGE, as_of=LATER).basis is Basis.AVERAGE
    gone = replace(facts, discharged_at=at("2023-05-02 09:59:59"))
    assert judge_stay(gone, AVERAGE, as_of=LATER).basis is Basis.NONE


def test_without_its_grounds_a_stay_is_not_in_the_average() -> None:
    facts = [
        *stayed(4),
        *stayed(9, start="2023-05-03", admission_notices=()),
        *stayed(9, start="2023-05-04", sip_required=True),
        *stayed(9, start="2023-05-05", set_aside=True),
    ]
    found = basis(facts).average
    assert found is not None
    assert (len(found.stays), found.days) == (1, 4)


def test_days_on_leave_and_blocked_days_are_not_in_the_average() -> None:
    leave = (Leave(at("2023-05-03 16:00"), at("2023-05-05 10:00")),)
    block = (Span(date(2023, 5, 6), date(2023, 5, 6)),)
    (facts,) = stayed(6, leaves=leave, blocked=block)
    found = judge_stay(facts, AVERAGE, as_of=LATER)
    assert found.counted == 3
    assert verdict_on(found, "2023-05-04") is Reason.ON_LEAVE
    assert verdict_on(found, "2023-05-06") is Reason.REGION_BLOCKS


def test_a_late_call_can_leave_out_or_shorten() -> None:
    (facts,) = stayed(8, sip_required=True, calls=called("2023-05-07 10:00"))
    assert judge_stay(facts, AVERAGE, as_of=LATER).basis is Basis.NONE
    shifted = replace(AVERAGE, late_message=LateEffect.SHIFT_START)
    found = judge_stay(facts, shifted, as_of=LATER)
    assert (found.basis, found.counted) == (Basis.AVERAGE, 3)
    assert verdict_on(found, "2023-05-06") is Reason.WAITING_AGREED


# ── the cut-off ──


@pytest.mark.parametrize(
    ("nights", "used", "counted"),
    [
        (0, Basis.AVERAGE, 0),
        (6, Basis.AVERAGE, 6),
        (7, Basis.AVERAGE, 7),  # not more than seven
        (8, Basis.INDIVIDUAL, 1),  # from the seventh day after the notice
        (12, Basis.INDIVIDUAL, 5),
    ],
)
def test_a_long_stay_leaves_the_average(nights: int, used: Basis, counted: int) -> None:
    (facts,) = stayed(nights)
    found = judge_stay(facts, CUTOFF, as_of=LATER)
    assert (found.basis, found.counted) == (used, counted)


def test_a_block_does_not_bring_a_long_stay_into_the_average() -> None:
    (facts,) = stayed(8, blocked=(Span(date(2023, 5, 4), date(2023, 5, 5)),))
    found = judge_stay(facts, replace(CUTOFF, block_stops_clock=True), as_of=LATER)
    assert (found.basis, found.counted, found.first_day) == (Basis.INDIVIDUAL, 0, date(2023, 5, 11))


def test_the_average_and_the_long_stays_are_one_sum() -> None:
    found = basis(stayed(0, 2, 4, 5, 6, 12), CUTOFF)
    assert found.average is not None
    assert (len(found.average.stays), found.average.excess) == (5, Decimal("2.00"))
    assert [(len(one.days), one.days[0]) for one in found.individual] == [(5, date(2023, 5, 9))]
    assert (found.days, found.kronor) == (Decimal("7.00"), Decimal(73500))


def test_a_long_stay_that_goes_on_is_known_before_discharge() -> None:
    (facts,) = stayed(20)
    going = replace(facts, discharged_at=None)
    early = judge_stay(going, CUTOFF, as_of=at("2023-05-09 12:00"))
    late = judge_stay(going, CUTOFF, as_of=at("2023-05-12 12:00"))
    assert (early.basis, late.basis, late.counted) == (Basis.AVERAGE, Basis.INDIVIDUAL, 3)


def test_vastra_gotaland_early_in_2020_and_later() -> None:
    (facts,) = stayed(5, start="2020-02-03", psychiatric=True)
    early = judge_stay(facts, VASTRA_GOTALAND_EARLY_2020, as_of=LATER)
    assert (early.basis, early.counted) == (Basis.INDIVIDUAL, 0)
    later = judge_stay(facts, VASTRA_GOTALAND, as_of=LATER)
    assert (later.basis, later.counted) == (Basis.AVERAGE, 5)


# ── Stockholm ──


@pytest.mark.parametrize(
    ("sent", "psychiatric", "first"),
    [
        ("2020-03-02 09:00", False, "2020-03-05"),  # day 0, 1 and 2 have passed
        ("2020-03-02 12:00:00", False, "2020-03-06"),  # not before 12.00
        ("2020-03-02 09:00", True, "2020-03-08"),  # five days have passed
        ("2020-03-06 09:00", False, "2020-03-09"),  # calendar days
    ],
)
def test_stockholm(sent: str, psychiatric: bool, first: str) -> None:
    facts = stay(sent, "2020-03-20", psychiatric=psychiatric)
    assert judge_stay(facts, STOCKHOLM, as_of=LATER).first_day == date.fromisoformat(first)


def test_stockholm_pays_every_day_that_follows_but_not_after_a_refusal() -> None:
    facts = stay("2020-03-02 09:00", "2020-03-09")
    found = basis([facts], STOCKHOLM, date(2020, 3, 1))
    assert (found.days, found.kronor) == (Decimal(4), Decimal(32800))
    assert not judge_stay(replace(facts, refused=True), STOCKHOLM, as_of=LATER).counted
    day = judge_stay(facts, STOCKHOLM, as_of=LATER).days[-2]
    assert "4 kap. 5 §" in day.why


def test_every_preset_is_terms_that_settle() -> None:
    for one in PRESETS:
        first = one.terms.valid_from
        start = first.isoformat()
        found = settled(stayed(0, 1, 9, start=start), one.terms, first)
        assert one.name
        assert one.uncertain
        assert found.terms == one.terms


# ── periods, municipalities, amounts ──


@pytest.mark.parametrize(
    ("day", "kind", "first", "last"),
    [
        (date(2024, 2, 10), PeriodKind.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        (date(2023, 12, 31), PeriodKind.MONTH, date(2023, 12, 1), date(2023, 12, 31)),
        (date(2024, 2, 10), PeriodKind.QUARTER, date(2024, 1, 1), date(2024, 3, 31)),
        (date(2023, 12, 31), PeriodKind.QUARTER, date(2023, 10, 1), date(2023, 12, 31)),
    ],
)
def test_periods(day: date, kind: PeriodKind, first: date, last: date) -> None:
    assert period_of(day, kind) == Period(first, last)


def test_a_stay_belongs_to_the_month_of_discharge() -> None:
    facts = stayed(6, start="2023-04-28")
    assert settled(facts, day=date(2023, 4, 1)).bases == ()
    found = basis(facts)
    assert found.average is not None
    assert found.average.days == 6


def test_days_of_the_law_can_belong_to_their_own_month() -> None:
    (facts,) = stayed(6, start="2023-04-26")  # liable 29 April to 1 May
    by_discharge = basis([facts], STATUTE)
    assert by_discharge.days == 3
    own = replace(STATUTE, attribution=Attribution.OWN_DAY)
    assert basis([facts], own, date(2023, 4, 1)).days == 2
    assert basis([facts], own).days == 1
    assert settled([facts], STATUTE, date(2023, 4, 1)).bases == ()


def test_each_municipality_by_itself() -> None:
    first, second = *stayed(4), *stayed(9, start="2023-05-03", registered=OTHER)
    notice = (told(at("2023-05-01 10:00"), OTHER),)
    ready = replace(second.ready[0], sent=(told(at("2023-05-03 10:00"), OTHER, THIRD),))
    second = replace(second, admission_notices=notice, ready=(ready,))
    found = settled([first, second]).bases
    sums = [(one.municipality, one.days) for one in found]
    assert sums == [(OTHER, Decimal("6.00")), (HOME, Decimal("1.00"))]


def test_patients_from_outside_are_never_in_the_average() -> None:
    facts = [*stayed(4), *stayed(9, start="2023-05-03", outside_county=True)]
    found = basis(facts, replace(AVERAGE, agreed_amount=Decimal(1000)))
    assert found.average is not None
    assert len(found.average.stays) == 1
    assert [one.amount.kronor for one in found.individual] == [Decimal(63000)]  # the law's amount
    assert found.average.amount.kronor == Decimal(1000)


def test_a_quarter_is_one_average() -> None:
    facts = [*stayed(0), *stayed(6, start="2023-04-10"), *stayed(6, start="2023-06-05")]
    found = basis(facts, replace(AVERAGE, period=PeriodKind.QUARTER)).average
    assert found is not None
    assert (found.value, found.excess) == (Decimal("4.00"), Decimal("3.00"))


def test_psychiatric_care_by_itself() -> None:
    terms = replace(AVERAGE, psychiatry=PsychiatryRule.OWN, psychiatry_days=5)
    facts = [*stayed(4), *stayed(9, start="2023-05-03", psychiatric=True)]
    found = basis(facts, terms)
    assert found.average is not None
    assert len(found.average.stays) == 1
    assert [len(one.days) for one in found.individual] == [4]


def test_without_the_years_amount_the_days_stand_and_the_kronor_do_not() -> None:
    found = basis(stayed(4, start="2026-05-04"), day=date(2026, 5, 1))
    assert (found.days, found.kronor) == (Decimal("1.00"), None)
    assert found.refusal is not None
    assert "2026" in found.refusal
    entered = (*KNOWN_RATES, Rate(2026, Decimal(12500), "HSLF-FS 2025:74", Certainty.HIGH))
    assert basis(stayed(4, start="2026-05-04"), day=date(2026, 5, 1), rates=entered).kronor == 12500


def test_what_cannot_be_settled_is_refused_in_words() -> None:
    twice = stayed(4) * 2
    with pytest.raises(Invalid, match="två gånger"):
        settled(twice)
    with pytest.raises(NotNow, match="1 januari 2020") as refusal:
        settled(stayed(4), VASTRA_GOTALAND, date(2020, 1, 1))
    assert refusal.value.mend
    with pytest.raises(Invalid, match="mindre än noll"):
        settled(stayed(4), replace(AVERAGE, threshold=Decimal(-1)))
    with pytest.raises(Invalid, match="slutar innan"):
        settled(stayed(4), replace(AVERAGE, valid_to=date(2017, 1, 1)))


def test_the_basis_says_how_it_was_rounded() -> None:
    assert any("genomsnittet: 2, avrundat" in note for note in basis(stayed(4)).notes)
    assert any(
        "inte avrundat" in note for note in basis(stayed(4), replace(AVERAGE, decimals=None)).notes
    )
    assert basis(stayed(5), STATUTE).notes == ()
    assert basis(stayed(5), replace(STATUTE, model=Model.INDIVIDUAL, cutoff=1)).days == 4
