"""What holds for every wait, every pause and every moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from samverka.contacts.rules import Way
from samverka.guarantee.rules import (
    Clock,
    ClockStatus,
    Contact,
    Counted,
    DutyStatus,
    Kind,
    Level,
    Offer,
    Part,
    Pause,
    Profession,
    Purpose,
    Reason,
    Wait,
    count_cells,
    explain,
    judge_clock,
    judge_duty,
    limit_at,
    start_of,
    to_person,
)
from samverka.guarantee.rules.clock import STILL_WAITING
from samverka.guarantee.rules.counting import Days, counted_between, last_day, subtracted_between
from samverka.kernel.calendar import local_date, start_of_day
from tests.guarantee.waits import CLINIC, HOME, at

MORE = settings(max_examples=150)
ZERO = date(2025, 1, 15)
NOW = at("2026-03-15 12:00")
"""After every word and offer below."""

PASSED = {ClockStatus.LATE, ClockStatus.BREACHED}


def days(first: int = -20, last: int = 260) -> st.SearchStrategy[date]:
    return st.integers(first, last).map(lambda many: ZERO + timedelta(days=many))


def moments() -> st.SearchStrategy[datetime]:
    """Any minute, and often a midnight in Sweden."""
    minutes = st.integers(0, 300 * 24 * 60)
    any_minute = minutes.map(lambda one: start_of_day(ZERO) + timedelta(minutes=one))
    return any_minute | days(0, 300).map(start_of_day)


def runs() -> st.SearchStrategy[Days]:
    return st.builds(
        lambda first, many: Days(first, None if many is None else first + timedelta(days=many)),
        days(),
        st.none() | st.integers(0, 60),
    )


@st.composite
def pauses(draw: st.DrawFn) -> Pause:
    first = draw(days())
    last = draw(st.none() | st.integers(0, 60).map(lambda many: first + timedelta(days=many)))
    reason = draw(st.sampled_from(Reason))
    if reason is not Reason.ABSTAINS:
        return Pause(reason=reason, first=first, last=last)
    made = draw(days())
    offer = Offer(made_on=made, care_on=made + timedelta(days=draw(st.integers(0, 150))))
    return Pause(
        reason=reason,
        first=first,
        last=last,
        informed_on=draw(st.none() | days(-20, 20)),
        offer=draw(st.sampled_from([offer, offer, offer, None])),
        declined_on=draw(st.none() | days()),
    )


contacts = st.builds(
    Contact,
    at=moments(),
    level=st.sampled_from(Level),
    purpose=st.sampled_from(Purpose),
    way=st.none() | st.sampled_from(Way),
    profession=st.none() | st.sampled_from(Profession),
    unit=st.sampled_from([HOME, CLINIC]),
    instead_of_visit=st.booleans(),
    answered=st.booleans(),
    held=st.booleans(),
)

BEGAN = datetime(2025, 1, 15, 7, 30, tzinfo=UTC)

waits = st.builds(
    Wait,
    part=st.sampled_from(Part),
    sought_at=st.just(BEGAN),
    referral_issued_at=st.none() | st.just(BEGAN),
    decided_at=st.just(BEGAN),
    sought_unit=st.just(HOME),
    listed_unit=st.just(HOME),
    assessment_needed=st.just(True),
    contacts=st.lists(contacts, max_size=4).map(tuple),
    pauses=st.lists(pauses(), max_size=4).map(tuple),
)

waits_of_90 = waits.map(
    lambda one: one if one.part in (Part.VISIT, Part.TREATMENT) else replace(one, part=Part.VISIT)
)


def later(one: date | None, other: date | None) -> bool:
    """Whether a last day is at least as late; None is endless."""
    return one is None or (other is not None and one >= other)


# ── days ──


@MORE
@given(st.integers(0, 120), st.lists(runs(), max_size=5))
def test_the_last_day_is_where_walking_day_by_day_ends(limit: int, taken: list[Days]) -> None:
    day, left, walked = ZERO, limit, 0
    while left and walked < 3000:
        day, walked = day + timedelta(days=1), walked + 1
        left -= not any(one.holds(day) for one in taken)
    assert last_day(ZERO, limit, taken) == (None if left else day)


@given(days(0, 300), st.lists(runs(), max_size=5))
def test_each_day_counts_or_is_subtracted(until: date, taken: list[Days]) -> None:
    counted = counted_between(ZERO, until, taken)
    off = subtracted_between(ZERO, until, taken)
    one_by_one = [ZERO + timedelta(days=many + 1) for many in range((until - ZERO).days)]
    assert counted + off == (until - ZERO).days
    assert off == sum(any(run.holds(day) for run in taken) for day in one_by_one)


# ── pauses ──


@MORE
@given(waits_of_90, pauses())
def test_one_more_pause_never_shortens_the_time(wait: Wait, more: Pause) -> None:
    wait = replace(wait, contacts=())
    without = judge_clock(wait, NOW).last_day
    assert later(judge_clock(replace(wait, pauses=(*wait.pauses, more)), NOW).last_day, without)


@MORE
@given(waits_of_90, st.integers(0, 3), st.booleans())
def test_one_more_subtracted_day_never_shortens_the_time(
    wait: Wait, place: int, at_the_end: bool
) -> None:
    assume(place < len(wait.pauses))
    wait, own = replace(wait, contacts=()), list(wait.pauses)
    one, day = own[place], timedelta(days=1)
    if at_the_end:
        own[place] = replace(one, last=one.last + day if one.last else None)
    else:
        own[place] = replace(one, first=one.first - day)
    without = judge_clock(wait, NOW).last_day
    assert later(judge_clock(replace(wait, pauses=tuple(own)), NOW).last_day, without)


@given(waits, st.randoms(use_true_random=False))
def test_the_order_of_what_was_written_down_is_nothing(wait: Wait, drawn) -> None:
    shuffled = list(wait.pauses)
    drawn.shuffle(shuffled)
    one, other = judge_clock(wait, NOW), judge_clock(replace(wait, pauses=tuple(shuffled)), NOW)
    assert (one.last_day, one.status, one.used, one.subtracted) == (
        other.last_day, other.status, other.used, other.subtracted,
    )  # fmt: skip


@MORE
@given(waits_of_90, st.sampled_from(["informed_on", "offer", "declined_on"]))
def test_without_one_of_the_three_conditions_nothing_is_subtracted(wait: Wait, lacks: str) -> None:
    broken = tuple(
        replace(one, **{lacks: None}) for one in wait.pauses if one.reason is Reason.ABSTAINS
    )
    clock = judge_clock(replace(wait, pauses=broken), NOW)
    assert not any(one.holds for one in clock.pauses)
    assert clock.subtracted == 0


@given(waits)
def test_primary_care_has_no_subtracted_days(wait: Wait) -> None:
    for part in (Part.CONTACT, Part.ASSESSMENT):
        here = replace(wait, part=part)
        assert (
            judge_clock(here, NOW).last_day == judge_clock(replace(here, pauses=()), NOW).last_day
        )


@given(waits_of_90)
def test_the_time_is_never_shorter_than_the_law_gives(wait: Wait) -> None:
    clock = judge_clock(wait, NOW)
    start = start_of(wait).on
    limit = limit_at(wait.part, start).days
    assert later(clock.last_day, start + timedelta(days=limit))


@given(waits_of_90, st.integers(0, 60))
def test_when_the_referral_came_is_nothing(wait: Wait, many: int) -> None:
    wait = replace(wait, part=Part.VISIT, referral_issued_at=BEGAN)
    other = replace(wait, referral_received_at=BEGAN + timedelta(days=many))
    assert judge_clock(wait, NOW).last_day == judge_clock(other, NOW).last_day


# ── time goes on ──


def quiet(wait: Wait) -> Wait:
    """Without pauses that tell of words not yet said at an early moment."""
    kept = tuple(one for one in wait.pauses if one.reason is not Reason.ABSTAINS)
    return replace(wait, pauses=kept)


STOPS: dict[Part, tuple[Level, Purpose]] = {
    Part.CONTACT: (Level.PRIMARY, Purpose.CONTACT),
    Part.ASSESSMENT: (Level.PRIMARY, Purpose.ASSESSMENT),
    Part.VISIT: (Level.SPECIALIST, Purpose.FIRST_VISIT),
    Part.TREATMENT: (Level.SPECIALIST, Purpose.TREATMENT),
}


def stopped(wait: Wait, when: datetime) -> Wait:
    """With a contact that counts."""
    level, purpose = STOPS[wait.part]
    more = Contact(
        at=max(when, BEGAN), level=level, purpose=purpose, unit=HOME, profession=Profession.DOCTOR
    )
    return replace(wait, contacts=(*wait.contacts, more))


@MORE
@given(waits, moments(), st.integers(0, 400 * 24 * 60), st.integers(0, 400 * 24 * 60))
def test_a_clock_that_has_stopped_says_the_same_ever_after(
    wait: Wait, when: datetime, minutes: int, more: int
) -> None:
    wait = stopped(wait, when)
    early = NOW + timedelta(minutes=minutes)
    now, then = judge_clock(wait, early), judge_clock(wait, early + timedelta(minutes=more))
    assert now.status in (ClockStatus.MET, ClockStatus.LATE)
    assert replace(then, today=now.today) == now


@MORE
@given(waits.map(quiet), moments(), st.integers(0, 400 * 24 * 60))
def test_what_was_met_in_time_is_never_breached(wait: Wait, when: datetime, minutes: int) -> None:
    """Judged at the very moment of the contact, and at any later one."""
    wait = stopped(wait, when)
    first = max(when, BEGAN)
    now, then = judge_clock(wait, first), judge_clock(wait, first + timedelta(minutes=minutes))
    assert now.stopped_by is not None
    assert (then.status, then.last_day, then.breached_on) == (
        now.status, now.last_day, now.breached_on,
    )  # fmt: skip


@MORE
@given(waits.map(quiet), moments(), st.integers(0, 400 * 24 * 60))
def test_what_is_breached_stays_breached(wait: Wait, when: datetime, minutes: int) -> None:
    assume(when >= BEGAN)
    now = judge_clock(wait, when)
    assume(now.status is ClockStatus.BREACHED)
    then = judge_clock(wait, when + timedelta(minutes=minutes))
    assert then.status in PASSED
    assert then.breached_on == now.breached_on


@given(waits_of_90.map(quiet))
def test_it_is_breached_at_the_very_moment_the_last_day_is_over(wait: Wait) -> None:
    wait = replace(wait, contacts=())
    ends = judge_clock(wait, NOW).ends_at
    assume(ends is not None)
    before = judge_clock(wait, ends - timedelta(microseconds=1))
    assert before.status in (ClockStatus.RUNNING, ClockStatus.RESTING)
    assert judge_clock(wait, ends).status is ClockStatus.BREACHED


@MORE
@given(waits.map(quiet), moments())
def test_status_and_days_agree(wait: Wait, when: datetime) -> None:
    assume(when >= BEGAN)
    clock = judge_clock(wait, when)
    passed = clock.status in PASSED
    assert passed == (clock.breached_on is not None)
    assert passed == (clock.left < 0)
    until = clock.stopped_on or local_date(when)
    assert clock.used + clock.subtracted == (until - clock.start.on).days
    assert (clock.status in STILL_WAITING) == (clock.stopped_by is None)


@given(waits.map(quiet), moments())
def test_a_duty_only_where_the_90_days_have_passed(wait: Wait, when: datetime) -> None:
    assume(when >= BEGAN)
    clock = judge_clock(wait, when)
    owed = judge_duty(clock).status is DutyStatus.OWED
    long = clock.part in (Part.VISIT, Part.TREATMENT)
    assert owed == (long and clock.status is ClockStatus.BREACHED)


@given(waits.map(quiet), moments())
def test_every_clock_is_explained(wait: Wait, when: datetime) -> None:
    assume(when >= BEGAN)
    clock = judge_clock(wait, when)
    told = explain(clock)
    assert len(told) >= 3 + len(clock.pauses) + len(clock.uncounted)
    assert all(one.endswith(".") for one in (*told, *to_person(clock)))
    assert to_person(clock)


# ── statistics ──

MONTH_ENDS = [
    date(2025, 1, 31), date(2025, 2, 28), date(2025, 4, 30), date(2025, 6, 30), date(2025, 10, 31),
]  # fmt: skip


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b"]), waits.map(quiet)), max_size=12),
    st.sampled_from(MONTH_ENDS),
)
def test_every_wait_is_counted_once_or_not_at_all(
    given_waits: list[tuple[str, Wait]], month: date
) -> None:
    when = start_of_day(month + timedelta(days=1)) - timedelta(seconds=1)
    counted = [Counted(unit=unit, clock=judge_clock(one, when)) for unit, one in given_waits]
    cells = count_cells(counted, month)
    everyone = sum(one.within + one.over + one.chosen for one in cells)
    assert everyone == sum(_belongs(one.clock, month) for one in counted)
    for cell in cells:
        assert sum(many for _days, many in cell.days) == cell.within + cell.over
        assert 0 <= cell.subtracted <= cell.within + cell.over
    done = sum(one.over for one in cells if one.kind is Kind.DONE)
    assert done == sum(
        one.clock.status is ClockStatus.LATE and _belongs(one.clock, month) for one in counted
    )


def _belongs(clock: Clock, month: date) -> bool:
    done = clock.stopped_on
    if done:
        return (done.year, done.month) == (month.year, month.month)
    return clock.part in (Part.VISIT, Part.TREATMENT) and clock.status in STILL_WAITING
