"""Tables and clocks, by worked examples and by many made-up ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.kernel.calendar import is_holiday, local_date
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.notices import rules
from samverka.notices.rules import (
    ALWAYS,
    Claim,
    MailState,
    Standing,
    TaskKind,
    TaskStatus,
    TaskWanted,
    Week,
)

OFFICE: Week = ((time(8), time(16)),) * 5 + (None, None)
EVENINGS: Week = ((time(8), time(22)),) * 7


def utc(text: str) -> datetime:
    """A moment on the Swedish clock, by way of its offset."""
    return datetime.fromisoformat(text).astimezone(UTC)


# ── the clock of a unit ──


@pytest.mark.parametrize(
    ("start", "hours", "week", "ends"),
    [
        ("2026-11-20T10:00+01:00", 4, OFFICE, "2026-11-20T14:00+01:00"),
        ("2026-11-20T15:30+01:00", 4, OFFICE, "2026-11-23T11:30+01:00"),  # over a weekend
        ("2026-11-21T12:00+01:00", 1, OFFICE, "2026-11-23T09:00+01:00"),  # begins on a Saturday
        ("2026-11-20T05:00+01:00", 8, OFFICE, "2026-11-20T16:00+01:00"),  # the very last minute
        ("2026-11-20T20:00+01:00", 8, EVENINGS, "2026-11-21T14:00+01:00"),
        ("2026-11-20T15:30+01:00", 4, ALWAYS, "2026-11-20T19:30+01:00"),
        ("2026-12-23T15:00+01:00", 2, OFFICE, "2026-12-24T09:00+01:00"),  # eves are not holidays
        ("2026-12-24T15:00+01:00", 2, OFFICE, "2026-12-28T09:00+01:00"),  # 25 and 26 are
        ("2026-10-24T12:00+02:00", 24, ALWAYS, "2026-10-25T11:00+01:00"),  # a day of 25 hours
        ("2026-11-20T10:00+01:00", 4, (None,) * 7, "2026-11-20T14:00+01:00"),  # nothing set
    ],
)
def test_time_counts_while_the_unit_is_open(start: str, hours: int, week: Week, ends: str) -> None:
    assert rules.after_open_time(utc(start), timedelta(hours=hours), week) == utc(ends)


_OPEN = st.one_of(
    st.none(),
    st.tuples(st.integers(0, 22), st.integers(1, 12)).map(
        lambda one: (time(one[0]), time(min(one[0] + one[1], 23)))
    ),
)
_WEEKS = st.one_of(st.just(ALWAYS), st.tuples(*[_OPEN] * 7).filter(any))
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
_MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda one: _BEGINNING + timedelta(minutes=one))
_LIMITS = st.integers(0, 60 * 50).map(lambda minutes: timedelta(minutes=minutes))


@given(_MOMENTS, _LIMITS, _WEEKS)
def test_the_clock_never_goes_faster_than_time(
    start: datetime, limit: timedelta, week: Week
) -> None:
    assert rules.after_open_time(start, limit, week) >= start + limit


@given(_MOMENTS, _LIMITS, _LIMITS, _WEEKS)
def test_two_waits_are_one_long_wait(
    start: datetime, first: timedelta, second: timedelta, week: Week
) -> None:
    between = rules.after_open_time(start, first, week)
    whole = rules.after_open_time(start, first + second, week)
    assert rules.after_open_time(between, second, week) == whole


@given(_MOMENTS, st.integers(1, 3000), _WEEKS)
def test_a_wait_ends_while_the_unit_is_open(start: datetime, minutes: int, week: Week) -> None:
    ends = rules.after_open_time(start, timedelta(minutes=minutes), week)
    assert rules.is_open(week, ends - timedelta(microseconds=1))


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_a_holiday_has_sundays_hours(day: date) -> None:
    week: Week = ((time(8), time(16)),) * 6 + (None,)
    assert (rules.hours_of(week, day) is None) == is_holiday(day)


@given(_WEEKS)
def test_a_week_is_stored_and_read(week: Week) -> None:
    assert rules.week_of(rules.stored_week(week)) == week


@pytest.mark.parametrize(
    ("week", "where"),
    [
        (((time(8), time(8)),) + (None,) * 6, "from_0"),
        ((None, (time(16), time(8))) + (None,) * 5, "from_1"),
        ((None,) * 7, "from_0"),
    ],
)
def test_hours_that_cannot_be_meant_are_refused(week: Week, where: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.check_week(week)
    assert refused.value.where == where


# ── what is opened, kept and closed ──

UNIT, PROVIDER = UUID(int=1), UUID(int=2)


def _wanted(key: str, kind: TaskKind = TaskKind.CALL, due: datetime | None = None) -> TaskWanted:
    return TaskWanted(key, kind, UNIT, PROVIDER, "svara", due)


def _stored(key: str, status: TaskStatus = TaskStatus.OPEN) -> Standing:
    return Standing(uuid4(), key, status)


_KEYS = st.sampled_from("abcdef")


@given(
    st.lists(st.tuples(_KEYS, st.sampled_from(list(TaskStatus))), max_size=12),
    st.sets(_KEYS),
    st.sampled_from(list(TaskKind)),
)
def test_afterwards_just_what_is_wanted_stands(
    before: list[tuple[str, TaskStatus]], keys: set[str], kind: TaskKind
) -> None:
    rows = [_stored(key, status) for key, status in before]
    found = rules.reconcile(rows, [_wanted(key, kind) for key in sorted(keys)])
    standing = {row.key for row in rows if row.status in rules.STANDING}
    done = {row.key for row in rows if row.status is TaskStatus.DONE}
    after = {one.key for one in found.new} | {one.key for _row, one in found.kept}
    assert after == keys - (done if rules.KINDS[kind].by_hand else set())
    assert {one.key for one in found.new}.isdisjoint(standing)
    touched = [row for row, _one in found.kept] + list(found.gone)
    assert sorted(touched) == sorted(row.id for row in rows if row.status in rules.STANDING)


def test_two_of_one_key_are_a_fault_in_the_program() -> None:
    with pytest.raises(ValueError, match="the key a"):
        rules.reconcile([], [_wanted("a"), _wanted("a")])


# ── sentences, the chain, mail ──


@given(st.text(max_size=40), st.integers(), st.text(max_size=20))
def test_a_sentence_is_stored_and_read(plain: str, number: int, inner: str) -> None:
    assert rules.read(rules.stored(plain)) == plain
    whole = _("%(n)d dagar: %(what)s %(whose)s", n=number, what=_("kvar"), whose=inner)
    back = rules.read(rules.stored(whole))
    assert isinstance(back, Text)
    assert (back, back.msgid) == (whole, whole.msgid)
    assert isinstance(back.params["what"], Text)
    assert not isinstance(back.params["whose"], Text)


@pytest.mark.parametrize(
    ("stand_in", "fallback", "units"),
    [(None, None, [1]), (2, None, [1, 2]), (None, 3, [1, 3]), (2, 3, [1, 2, 3]), (2, 2, [1, 2])],
)
def test_the_chain_has_each_unit_once(
    stand_in: int | None, fallback: int | None, units: list[int]
) -> None:
    ids = [UUID(int=one) if one else None for one in (stand_in, fallback)]
    chain = rules.chain_of(UUID(int=1), *ids)
    assert [one.int for one in chain] == units
    assert rules.next_in_chain(chain, len(units) - 1) is None
    assert [rules.next_in_chain(chain, level) for level in range(len(units) - 1)] == list(chain[1:])


@pytest.mark.parametrize(
    ("at", "hour", "week", "due"),
    [
        ("2026-11-20T06:59+01:00", 7, ALWAYS, False),
        ("2026-11-20T07:00+01:00", 7, ALWAYS, True),
        ("2026-11-20T23:00+01:00", 7, ALWAYS, True),  # the server was down in the morning
        ("2026-11-21T09:00+01:00", 7, OFFICE, False),  # Saturday
        ("2026-12-25T09:00+01:00", 7, OFFICE, False),
        ("2026-11-20T09:00+01:00", None, ALWAYS, False),
        ("2026-07-01T07:00+02:00", 7, ALWAYS, True),
    ],
)
def test_when_the_digest_goes(at: str, hour: int | None, week: Week, due: bool) -> None:
    assert rules.digest_is_due(utc(at), hour=hour, week=week) is due


@pytest.mark.parametrize(
    ("state", "tries", "minutes", "may"),
    [
        (MailState.CLAIMED, 1, 600, False),
        (MailState.SENT, 1, 600, False),
        (MailState.FAILED, 1, 14, False),
        (MailState.FAILED, 1, 15, True),
        (MailState.FAILED, 2, 15, True),
        (MailState.FAILED, 3, 600, False),
    ],
)
def test_when_a_mail_is_tried_again(state: MailState, tries: int, minutes: int, may: bool) -> None:
    at = utc("2026-11-20T09:00+01:00")
    claim = Claim(state, tries, at - timedelta(minutes=minutes))
    assert rules.may_send(claim, at) is may
    assert rules.may_send(None, at)


def test_the_local_day_of_a_moment() -> None:
    """What the clock's tables lean on."""
    assert local_date(utc("2026-11-20T23:30+01:00")) == date(2026, 11, 20)
