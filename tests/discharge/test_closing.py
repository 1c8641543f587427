"""When a case can end and who ends it; what is said of one who has died; what a judgement must hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from samverka.discharge.rules import clocks
from samverka.discharge.rules.closing import check_closing, ended_by_death, reasons_for
from samverka.discharge.rules.judging import check_judgement, untold
from samverka.discharge.rules.kinds import CaseStatus, CloseReason, Part
from samverka.discharge.rules.messages import (
    MessageKind,
    check_after_death,
    check_sending,
)
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid, NotAllowed, NotNow, Problem

EXPECTED, ADMITTED, READY, HOME, CLOSED, CANCELLED = CaseStatus
WARD, OPEN_CARE, HEALTH, SOCIAL = Part
FOLLOWED, DIED, READMITTED, MOVED, NOTHING = CloseReason

ENDS: list[tuple[CaseStatus, Part, CloseReason, type[Problem] | None]] = [
    (HOME, WARD, FOLLOWED, None),
    (HOME, OPEN_CARE, FOLLOWED, None),
    (HOME, OPEN_CARE, MOVED, None),
    (HOME, WARD, NOTHING, None),
    (HOME, SOCIAL, FOLLOWED, NotAllowed),
    (HOME, HEALTH, NOTHING, NotAllowed),
    (HOME, WARD, READMITTED, NotNow),  # a new stay says so by itself
    (ADMITTED, WARD, DIED, None),
    (READY, WARD, DIED, None),
    (ADMITTED, WARD, NOTHING, NotNow),
    (READY, OPEN_CARE, FOLLOWED, NotNow),
    (EXPECTED, SOCIAL, NOTHING, None),  # the one who told may take it back
    (EXPECTED, WARD, FOLLOWED, NotNow),
    (CLOSED, WARD, DIED, NotNow),
    (CANCELLED, WARD, NOTHING, NotNow),
]


@pytest.mark.parametrize(("status", "part", "reason", "refused"), ENDS)
def test_ending(
    status: CaseStatus, part: Part, reason: CloseReason, refused: type[Problem] | None
) -> None:
    if refused is None:
        check_closing(status, part, reason)
        assert reason in reasons_for(status, part)
        return
    with pytest.raises(refused) as told:
        check_closing(status, part, reason)
    assert str(told.value.message)
    assert reason not in reasons_for(status, part)


@pytest.mark.parametrize("reason", [FOLLOWED, NOTHING, MOVED, DIED])
def test_followed_up_is_said_when_someone_has_heard(reason: CloseReason) -> None:
    """The first contact at home does not fall away under words that say that it was made."""
    ends = reason is not FOLLOWED
    assert (reason in reasons_for(HOME, WARD, unheard=True)) is ends
    if ends:
        check_closing(HOME, WARD, reason, unheard=True)
        return
    with pytest.raises(NotNow, match="hemma"):
        check_closing(HOME, WARD, reason, unheard=True)


SAYS = {MessageKind.FREE, MessageKind.INFORMATION, MessageKind.WITHDRAWN}


@pytest.mark.parametrize("kind", list(MessageKind))
def test_nothing_is_planned_for_the_dead(kind: MessageKind) -> None:
    if kind in SAYS:
        check_after_death(kind)
        return
    with pytest.raises(NotNow, match="avlidit"):
        check_after_death(kind)


NOW = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
JUDGEMENTS: list[tuple[set[Part], str, timedelta, str]] = [
    ({SOCIAL}, "Per Överläkare", timedelta(), ""),
    ({OPEN_CARE, HEALTH}, "Per", timedelta(hours=1), ""),
    (set(), "Per", timedelta(hours=1), ""),
    ({SOCIAL}, "Per", timedelta(days=9), ""),  # before a planned admission
    ({SOCIAL}, "", timedelta(), "judged_by"),
    ({SOCIAL}, "   ", timedelta(), "judged_by"),
    ({SOCIAL}, "Per", timedelta(minutes=-1), "judged_at"),
    ({SOCIAL}, "Per", timedelta(days=-1), "judged_at"),
    ({WARD}, "Per", timedelta(), "parts"),
    ({WARD, SOCIAL}, "Per", timedelta(), "parts"),
]


@pytest.mark.parametrize(("parts", "by", "ago", "wrong"), JUDGEMENTS)
def test_a_judgement(parts: set[Part], by: str, ago: timedelta, wrong: str) -> None:
    if not wrong:
        check_judgement(parts, by, NOW - ago, NOW)
        return
    with pytest.raises(Invalid) as told:
        check_judgement(parts, by, NOW - ago, NOW)
    assert told.value.where == wrong


def test_who_is_needed_and_not_told() -> None:
    assert untold({SOCIAL, OPEN_CARE}, {OPEN_CARE, HEALTH}) == {SOCIAL}
    assert not untold(set(), set())


def test_a_correction_may_be_sent_where_the_first_one_brought_the_case() -> None:
    with pytest.raises(NotNow):
        check_sending(MessageKind.READY, WARD, READY)
    check_sending(MessageKind.READY, WARD, READY, correcting=True)
    check_sending(MessageKind.DISCHARGE, WARD, HOME, correcting=True)
    for status in (HOME, CLOSED, CANCELLED):
        with pytest.raises(NotNow):
            check_sending(MessageKind.READY, WARD, status, correcting=True)
    with pytest.raises(NotAllowed):
        check_sending(MessageKind.READY, SOCIAL, READY, correcting=True)


# ── days that are not like others ──

DUE = [
    # admitted (UTC) → 24 elapsed hours later, whatever the clock on the wall does (LUS 2:2)
    ("autumn night, 25 hours", "2026-10-24T22:00", "2026-10-25T22:00"),
    ("spring night, 23 hours", "2026-03-28T23:00", "2026-03-29T23:00"),
    ("leap day", "2028-02-28T12:00", "2028-02-29T12:00"),
    ("after the leap day", "2028-02-29T12:00", "2028-03-01T12:00"),
    ("no leap day", "2027-02-28T12:00", "2027-03-01T12:00"),
    ("New Year", "2026-12-31T15:00", "2027-01-01T15:00"),
    ("in the hour that comes twice", "2026-10-25T00:30", "2026-10-26T00:30"),
    ("in the hour that comes twice, the second time", "2026-10-25T01:30", "2026-10-26T01:30"),
]


@pytest.mark.parametrize(("admitted", "due"), [r[1:] for r in DUE], ids=[r[0] for r in DUE])
def test_twenty_four_hours(admitted: str, due: str) -> None:
    start = datetime.fromisoformat(admitted).replace(tzinfo=UTC)
    found = clocks.admission_due(start, None, timedelta(hours=24))
    assert found == datetime.fromisoformat(due).replace(tzinfo=UTC)


CALLS = [
    # notice given (UTC) → third day, and when it counts as broken where a holiday moves it
    ("over the autumn night", "2026-10-23T10:00", date(2026, 10, 26), "2026-10-26T23:00"),
    ("over the spring night", "2026-03-27T10:00", date(2026, 3, 30), "2026-03-30T22:00"),
    ("a leap day counts", "2028-02-26T10:00", date(2028, 2, 29), "2028-02-29T23:00"),
    ("New Year's Eve, by way of a Sunday", "2026-12-31T10:00", date(2027, 1, 3),
     "2027-01-04T23:00"),
    ("third day is New Year's Day", "2026-12-29T10:00", date(2027, 1, 1), "2027-01-04T23:00"),
    ("just before midnight in Sweden", "2026-11-16T22:59", date(2026, 11, 19),
     "2026-11-19T23:00"),
    ("just after midnight in Sweden", "2026-11-16T23:00", date(2026, 11, 20),
     "2026-11-20T23:00"),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "last", "broken"), [r[1:] for r in CALLS],
                         ids=[r[0] for r in CALLS])  # fmt: skip
def test_three_days_to_call(sent: str, last: date, broken: str) -> None:
    found = clocks.call_due(datetime.fromisoformat(sent).replace(tzinfo=UTC), 3, next_weekday=True)
    assert (found.last_day, found.breach_at) == (
        last, datetime.fromisoformat(broken).replace(tzinfo=UTC)
    )  # fmt: skip


ENDED = [
    # admitted, closed (UTC), died → the day in Sweden when the stay was over
    ("2026-11-01T10:00", "2026-11-16T10:00", None, date(2026, 11, 16)),
    ("2026-11-01T10:00", "2026-11-16T10:00", date(2026, 11, 13), date(2026, 11, 13)),
    ("2026-11-01T10:00", "2026-11-16T10:00", date(2026, 11, 16), date(2026, 11, 16)),
    ("2026-11-01T10:00", "2026-11-16T10:00", date(2026, 11, 20), date(2026, 11, 16)),
    ("2026-11-01T10:00", "2026-11-16T10:00", date(2026, 10, 20), date(2026, 11, 1)),
    ("2026-10-20T10:00", "2026-11-16T10:00", date(2026, 10, 25), date(2026, 10, 25)),
    ("2026-03-20T10:00", "2026-04-16T10:00", date(2026, 3, 29), date(2026, 3, 29)),
    ("2028-02-20T10:00", "2028-03-16T10:00", date(2028, 2, 29), date(2028, 2, 29)),
    ("2026-12-20T10:00", "2027-01-16T10:00", date(2026, 12, 31), date(2026, 12, 31)),
]


@pytest.mark.parametrize(("admitted", "closed", "died", "day"), ENDED)
def test_nobody_waits_after_death(admitted: str, closed: str, died: date | None, day: date) -> None:
    start, end = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (admitted, closed))
    assert local_date(ended_by_death(start, end, died)) == day


def test_what_nobody_was_told_of_cannot_be_taken_back() -> None:
    clocks.check_taken_back(NOW, NOW)
    clocks.check_taken_back(NOW, None)
    with pytest.raises(Invalid, match="innan den skickades"):
        clocks.check_taken_back(NOW - timedelta(seconds=1), NOW)
