"""What holds for every stay, every agreement and every order of messages."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from samverka.discharge.rules.liability import (
    KNOWN_RATES,
    Attribution,
    Basis,
    Call,
    HolidayRule,
    LateEffect,
    Leave,
    Model,
    NoonRule,
    OutsideRule,
    Period,
    PsychiatryRule,
    Ready,
    Reason,
    Sent,
    Span,
    StayFacts,
    Terms,
    average_excess,
    holds_good,
    judge_stay,
    liable_from,
    period_of,
    price_stay,
    recompute,
    runs,
    settle,
    take_snapshot,
)
from samverka.discharge.rules.liability.clock import Clock
from samverka.kernel.calendar import local_date
from tests.discharge.stays import HOME, OTHER, at

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A loaded machine is no fault of the rules."""

FEWER = settings(PATIENT, max_examples=40)
"""Where each example settles several stays."""

START = at("2022-12-01 08:00")
SECONDS = 60 * 60 * 24 * 40

NOW = at("2023-03-15 15:00")
"""After everything that happens; not so long after that a stay that goes on has too many days."""


def moments(start: datetime, seconds: int = SECONDS) -> st.SearchStrategy[datetime]:
    """Moments after another; noon and midnight are often hit."""
    exact = st.integers(0, seconds).map(lambda one: start + timedelta(seconds=one))
    hours = st.integers(0, seconds // 3600).map(lambda one: start + timedelta(hours=one))
    return exact | hours


receivers = st.sets(st.sampled_from([HOME, OTHER]), min_size=1).map(frozenset)

terms = st.builds(
    Terms,
    model=st.sampled_from(Model),
    threshold=st.integers(0, 60).map(lambda one: Decimal(one) / 10),
    cutoff=st.integers(0, 12),
    include_day_zero=st.booleans(),
    noon_rule=st.sampled_from(NoonRule),
    holiday_rule=st.sampled_from(HolidayRule),
    count_discharge_day=st.booleans(),
    decimals=st.sampled_from([None, 1, 2]),
    attribution=st.sampled_from(Attribution),
    late_message=st.sampled_from(LateEffect),
    call_next_weekday=st.booleans(),
    psychiatry=st.sampled_from(PsychiatryRule),
    psychiatry_days=st.integers(0, 30),
    block_stops_clock=st.booleans(),
    count_leave=st.booleans(),
    refusal_excludes=st.booleans(),
    outside_county=st.sampled_from(OutsideRule),
    agreed_amount=st.none() | st.integers(1, 20000).map(Decimal),
)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    first = local_date(draw(moments(START)))
    last = draw(st.none() | st.integers(0, 9).map(lambda one: first + timedelta(days=one)))
    return Span(first, last)


@st.composite
def leaves(draw: st.DrawFn, admitted: datetime) -> Leave:
    left = draw(moments(admitted))
    back = draw(st.none() | moments(left, 60 * 60 * 24 * 5))
    return Leave(left, back)


def often(usual: Any, other: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The usual value three times of four: days that count must not be a rarity."""
    return st.integers(0, 3).flatmap(lambda one: other if one == 3 else st.just(usual))


RARELY = often(False, st.just(True))


@st.composite
def judgements(draw: st.DrawFn, earliest: datetime) -> Ready:
    """A judgement told at once, and to all; or late, elsewhere, never; sometimes withdrawn."""
    judged = draw(moments(earliest, 60 * 60 * 24 * 12))
    notice = st.builds(Sent, moments(judged, 60 * 60 * 24 * 4), receivers, st.booleans())
    usual = (Sent(judged, frozenset({HOME, OTHER})),)
    sent = draw(often(usual, st.lists(notice, max_size=2).map(tuple)))
    return Ready(judged, "Eva Lind", sent, draw(often(None, moments(judged))))


@st.composite
def stays(draw: st.DrawFn, *, id_: str = "A") -> StayFacts:
    """Any stay that can have happened; most of what it rests on is there, so that days do count."""
    admitted = draw(moments(START, 60 * 60 * 24 * 10))
    day = 60 * 60 * 24
    notice = st.builds(Sent, moments(admitted, day * 2), receivers, st.booleans())
    call = st.builds(Call, moments(admitted), st.booleans())
    told = (Sent(admitted, frozenset({HOME, OTHER}), True),)
    ready = tuple(draw(st.lists(judgements(admitted), min_size=1, max_size=2)))
    called = (Call(ready[0].judged_at),)
    return StayFacts(
        stay_id=id_,
        admitted_at=admitted,
        need_judged_at=draw(often(None, moments(admitted, day))),
        admission_notices=draw(often(told, st.lists(notice, max_size=2).map(tuple))),
        ready=draw(often(ready, st.just(()))),
        calls=draw(often(called, st.lists(call, max_size=2).map(tuple))),
        discharged_at=draw(often(admitted + timedelta(days=30), moments(admitted, day * 60))),
        registered=draw(often(HOME, st.just(None))),
        deciding=draw(often(None, st.just(OTHER))),
        needs_municipal_health=draw(st.booleans()),
        sip_required=draw(st.booleans()),
        open_compulsory=draw(RARELY),
        psychiatric=draw(RARELY),
        blocked=draw(often((), st.tuples(spans()))),
        leaves=draw(often((), st.tuples(leaves(admitted)))),
        outside_county=draw(RARELY),
        no_municipality=draw(RARELY),
        refused=draw(RARELY),
        set_aside=draw(RARELY),
    )


several = st.integers(1, 3).flatmap(
    lambda count: st.tuples(*(stays(id_=str(one)) for one in range(count)))
)


@PATIENT
@given(stays(), terms)
def test_every_day_has_one_verdict_and_their_sum_is_the_days(facts: StayFacts, by: Terms) -> None:
    found = judge_stay(facts, by, as_of=NOW)
    days = [one.day for one in found.days]
    first, last = local_date(facts.admitted_at), facts.discharged_on or local_date(NOW)
    assert days == [first + timedelta(days=one) for one in range((last - first).days + 1)]
    assert found.counted == len(found.counted_days) == sum(one.counted for one in found.days)
    assert sum(run.length for run in runs(found.days)) == len(days)
    counting = {Reason.COUNTED, Reason.COUNTED_IN_AVERAGE}
    for one in found.days:
        assert one.counted == (one.reason in counting)
        assert str(one.why)
        assert not (one.counted and one.also)
    if found.basis is Basis.INDIVIDUAL:
        assert price_stay(found, KNOWN_RATES).days == found.counted


@PATIENT
@given(stays(), terms)
def test_no_liability_without_its_grounds(facts: StayFacts, by: Terms) -> None:
    found = judge_stay(facts, by, as_of=NOW)
    assume(found.counted)
    debtor = facts.deciding or facts.registered
    told = [one.at for ready in facts.ready for one in ready.sent if debtor in one.municipalities]
    assert any(debtor in one.municipalities for one in facts.admission_notices)
    assert told
    assert min(found.counted_days) >= local_date(min(told))
    if facts.sip_required and not facts.open_compulsory:
        assert any(one.by_regional_contact for one in facts.calls)
    assert not facts.set_aside
    assert not facts.no_municipality
    assert not any(span.holds(day) for span in facts.blocked for day in found.counted_days)
    assert found.basis is not Basis.NONE


@PATIENT
@given(stays(), terms, st.sampled_from(["set_aside", "no_municipality", "refused", "blocked"]))
def test_one_more_reason_never_gives_more_days(facts: StayFacts, by: Terms, what: str) -> None:
    extra: Any = True
    if what == "blocked":
        extra = (*facts.blocked, Span(local_date(facts.admitted_at) + timedelta(days=9)))
    before = judge_stay(facts, by, as_of=NOW)
    after = judge_stay(replace(facts, **{what: extra}), by, as_of=NOW)
    assert set(after.counted_days) <= set(before.counted_days)


@PATIENT
@given(stays(), terms)
def test_left_out_outside_the_county_counts_nothing(facts: StayFacts, by: Terms) -> None:
    out = replace(by, outside_county=OutsideRule.LEFT_OUT)
    assert not judge_stay(replace(facts, outside_county=True), out, as_of=NOW).counted


clocks = st.builds(
    Clock, st.integers(0, 12), st.sampled_from(NoonRule), st.sampled_from(HolidayRule)
)


@PATIENT
@given(clocks, moments(START), moments(START), st.sets(st.integers(0, 30), max_size=5))
def test_a_later_notice_never_gives_an_earlier_first_day(
    clock: Clock, one: datetime, other: datetime, stopped: set[int]
) -> None:
    """For one clock. (Where a late call takes away liability, a later notice can make it timely.)"""
    still = [local_date(START) + timedelta(days=number) for number in stopped]
    early, late = sorted((one, other))
    assert liable_from(early, clock, stopped=still) <= liable_from(late, clock, stopped=still)
    assert liable_from(early, clock, stopped=still) >= local_date(early)


@PATIENT
@given(moments(START), st.integers(1, 30), terms)
def test_a_longer_stay_never_has_fewer_days(sent: datetime, nights: int, by: Terms) -> None:
    """Where nothing else differs; a cut-off moves a stay from the average, so it is not compared."""
    assume(by.model is not Model.AVERAGE_WITH_CUTOFF)
    admitted = sent - timedelta(days=1)
    facts = StayFacts(
        stay_id="A",
        admitted_at=admitted,
        admission_notices=(Sent(admitted, frozenset({HOME}), True),),
        ready=(Ready(sent, "Eva", (Sent(sent, frozenset({HOME})),)),),
        discharged_at=sent + timedelta(days=nights),
        registered=HOME,
    )
    longer = replace(facts, discharged_at=sent + timedelta(days=nights + 1))
    short = judge_stay(facts, by, as_of=NOW).counted
    assert short <= judge_stay(longer, by, as_of=NOW).counted <= short + 1


@PATIENT
@given(st.integers(0, 3000), st.integers(1, 300), terms)
def test_the_average_is_never_below_zero(days: int, count: int, by: Terms) -> None:
    value, excess = average_excess(days, count, by)
    assert value >= 0
    assert excess >= 0
    assert (excess > 0) == (value > by.threshold) or by.decimals is None
    assert abs(excess - max(days - by.threshold * count, Decimal(0))) <= Decimal("0.05") * count


periods = st.sampled_from([date(2022, 12, 1), date(2023, 1, 1), date(2023, 2, 1)])


@FEWER
@given(several, terms, periods)
def test_a_settlement_reckoned_again_is_the_same(
    facts: tuple[StayFacts, ...], by: Terms, day: date
) -> None:
    period: Period = period_of(day, by.period)
    found = settle(facts, by, KNOWN_RATES, period, as_of=NOW)
    kept = json.loads(json.dumps(take_snapshot(found, facts)))
    assert recompute(kept) == found
    assert holds_good(kept)
    for basis in found.bases:
        assert basis.days >= 0
        assert basis.kronor is None or basis.kronor >= 0
        assert (basis.kronor is None) == (basis.refusal is not None)


@FEWER
@given(several, terms)
def test_no_day_is_paid_for_twice(facts: tuple[StayFacts, ...], by: Terms) -> None:
    """A stay is in one basis only: the average or by itself, and its days in one period each."""
    seen: list[tuple[str, date]] = []
    for month in (12, 1, 2, 3):
        period = period_of(date(2022 if month == 12 else 2023, month, 1), by.period)
        found = settle(facts, by, KNOWN_RATES, period, as_of=NOW)
        for basis in found.bases:
            averaged = set(basis.average.stays) if basis.average else set()
            assert averaged.isdisjoint(one.stay_id for one in basis.individual)
            seen += [(one.stay_id, day) for one in basis.individual for day in one.days]
    assert len(seen) == len(set(seen))


@FEWER
@given(several, terms)
def test_the_order_of_the_stays_is_nothing(facts: tuple[StayFacts, ...], by: Terms) -> None:
    period = period_of(date(2023, 1, 1), by.period)
    one = settle(facts, by, KNOWN_RATES, period, as_of=NOW)
    other = settle(facts[::-1], by, KNOWN_RATES, period, as_of=NOW)
    assert [(base.municipality, base.days, base.kronor) for base in one.bases] == [
        (base.municipality, base.days, base.kronor) for base in other.bases
    ]
