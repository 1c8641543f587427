"""What a record system's word leads to: a table of examples, and that order of arrival decides nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.discharge.rules.hearing import (
    CaseNow,
    Phase,
    StayFacts,
    Turn,
    check_heard,
    is_history,
    turns,
)
from samverka.discharge.rules.kinds import CaseStatus
from samverka.kernel.problems import Invalid, NotNow
from tests.factories.cast import NOW

WARD, OTHER = UUID(int=1), UUID(int=2)
HOUR = timedelta(hours=1)
IN = NOW - 6 * HOUR
OUT = NOW - HOUR
DAY = date(2026, 11, 27)


def stay(phase: Phase, **more: object) -> StayFacts:
    ended = OUT if phase is Phase.ENDED else None
    found = StayFacts(phase, "journal", "Encounter/1", admitted_at=IN, discharged_at=ended)
    return replace(found, **more)  # type: ignore[arg-type]


def now(status: CaseStatus, **more: object) -> CaseNow:
    home = OUT if status is CaseStatus.HOME else None
    found = CaseNow(status, WARD, admitted_at=IN, discharged_at=home, estimated_at=DAY)
    return replace(found, **more)  # type: ignore[arg-type]


ADMITTED, EXPECTED, READY = (
    now(CaseStatus.ADMITTED), now(CaseStatus.EXPECTED, admitted_at=None), now(CaseStatus.READY)
)  # fmt: skip

EXAMPLES: list[tuple[CaseNow | None, StayFacts, UUID, tuple[Turn, ...]]] = [
    (None, stay(Phase.PLANNED), WARD, (Turn.EXPECT,)),
    (None, stay(Phase.INSIDE), WARD, (Turn.OPEN,)),
    (None, stay(Phase.LEAVE), WARD, (Turn.OPEN, Turn.LEAVE)),
    (None, stay(Phase.ENDED), WARD, ()),
    (None, stay(Phase.CANCELLED), WARD, ()),
    (EXPECTED, stay(Phase.PLANNED), WARD, ()),
    (EXPECTED, stay(Phase.PLANNED), OTHER, (Turn.MOVE,)),
    (EXPECTED, stay(Phase.INSIDE), OTHER, (Turn.MOVE, Turn.OPEN)),
    (EXPECTED, stay(Phase.ENDED), WARD, (Turn.OPEN, Turn.END)),
    (EXPECTED, stay(Phase.CANCELLED), OTHER, (Turn.CANCEL,)),
    (EXPECTED, stay(Phase.ENDED, died=True), WARD, (Turn.OPEN, Turn.DIED)),
    (ADMITTED, stay(Phase.ENDED, died=True), WARD, (Turn.DIED,)),
    (READY, stay(Phase.ENDED, died=True), OTHER, (Turn.MOVE, Turn.DIED)),
    (ADMITTED, stay(Phase.PLANNED), OTHER, ()),
    (ADMITTED, stay(Phase.INSIDE), WARD, ()),
    (ADMITTED, stay(Phase.INSIDE, estimated_at=DAY), WARD, ()),
    (ADMITTED, stay(Phase.INSIDE, estimated_at=date(2026, 11, 28)), WARD, (Turn.ESTIMATE,)),
    (ADMITTED, stay(Phase.INSIDE, admitted_at=IN + HOUR), OTHER, (Turn.MOVE, Turn.READMIT)),
    (READY, stay(Phase.ENDED), WARD, (Turn.END,)),
    (READY, stay(Phase.ENDED), OTHER, (Turn.MOVE, Turn.END)),
    (ADMITTED, stay(Phase.CANCELLED), WARD, (Turn.CANCEL,)),
    (ADMITTED, stay(Phase.LEAVE), WARD, (Turn.LEAVE,)),
    (now(CaseStatus.HOME), stay(Phase.ENDED), WARD, ()),
    (now(CaseStatus.HOME), stay(Phase.INSIDE), WARD, ()),
    (now(CaseStatus.CLOSED), stay(Phase.PLANNED), WARD, ()),
    (now(CaseStatus.CANCELLED), stay(Phase.CANCELLED), WARD, ()),
]


@pytest.mark.parametrize(("case", "told", "ward", "wanted"), EXAMPLES)
def test_what_is_told_leads_to(
    case: CaseNow | None, told: StayFacts, ward: UUID, wanted: tuple[Turn, ...]
) -> None:
    assert turns(case, told, ward) == wanted


@pytest.mark.parametrize(
    ("case", "told"),
    [
        (now(CaseStatus.HOME, told_at=IN), stay(Phase.INSIDE, told_at=NOW)),
        (now(CaseStatus.HOME), stay(Phase.ENDED, discharged_at=NOW)),
        (now(CaseStatus.HOME), stay(Phase.CANCELLED)),
        (now(CaseStatus.CANCELLED, discharged_at=OUT), stay(Phase.ENDED, discharged_at=NOW)),
    ],
)
def test_what_would_take_back_what_others_know_is_refused(case: CaseNow, told: StayFacts) -> None:
    with pytest.raises(NotNow, match="avslutat här"):
        turns(case, told, WARD)


@given(
    st.sampled_from(sorted(CaseStatus)),
    st.sampled_from(sorted(Phase)),
    st.integers(1, 10**6),
    st.sampled_from([WARD, OTHER]),
)
def test_an_older_word_never_does_anything(
    status: CaseStatus, phase: Phase, seconds: int, ward: UUID
) -> None:
    late = stay(phase, told_at=NOW - timedelta(seconds=seconds), estimated_at=date(2027, 1, 1))
    assert turns(now(status, told_at=NOW), late, ward) == ()


@pytest.mark.parametrize(
    ("told", "where"),
    [
        (stay(Phase.INSIDE, admitted_at=None), "Encounter.period.start"),
        (stay(Phase.INSIDE, admitted_at=NOW + HOUR), "Encounter.period.start"),
        (stay(Phase.ENDED, discharged_at=None), "Encounter.period.end"),
        (stay(Phase.ENDED, discharged_at=NOW + HOUR), "Encounter.period.end"),
        (stay(Phase.ENDED, discharged_at=IN - HOUR), "Encounter.period.end"),
        (stay(Phase.INSIDE, estimated_at=date(2026, 11, 1)), "Encounter.extension"),
    ],
)
def test_times_that_cannot_be_are_told_where(told: StayFacts, where: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_heard(told, NOW)
    assert refused.value.where == where


def test_what_is_long_over_is_history() -> None:
    week = timedelta(days=7)
    assert not is_history(stay(Phase.ENDED, discharged_at=NOW - week), NOW)
    assert is_history(stay(Phase.ENDED, discharged_at=NOW - week - HOUR), NOW)
    assert is_history(stay(Phase.INSIDE, admitted_at=NOW - timedelta(days=1200)), NOW)
    assert not is_history(stay(Phase.PLANNED, admitted_at=None), NOW)


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [(OUT, IN, "slutar innan"), (OUT, OUT, "slutar innan"), (IN - HOUR, OUT, "före inskrivningen")],
)
def test_a_leave_that_cannot_be_is_said_where_it_stands(starts, ends, said: str) -> None:
    with pytest.raises(Invalid, match=said) as told:
        check_heard(stay(Phase.LEAVE, leave_from=starts, leave_to=ends), NOW)
    assert told.value.where == "Encounter.statusHistory.period"
    check_heard(stay(Phase.LEAVE, leave_from=IN, leave_to=OUT), NOW)
    check_heard(stay(Phase.LEAVE, leave_from=IN), NOW)
