"""Each next step has one owner and one clock: worked examples, no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.kinds import CaseStatus, Part
from samverka.discharge.rules.messages import MessageKind
from samverka.discharge.rules.steps import (
    CaseFacts,
    Limits,
    SaidFacts,
    UnitFacts,
    list_steps,
    step_for,
)
from samverka.kernel.actor import Side

NOW = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
LIMITS = Limits(admission=24 * HOUR, call_days=3, next_weekday=True, unread=4 * HOUR)
WARD = UnitFacts(UUID(int=1), "Medicin", Part.WARD, Side.REGION, planning=True)
CENTRE = UnitFacts(UUID(int=2), "Hälsocentralen", Part.OPEN_CARE, Side.REGION)
SOCIAL = UnitFacts(UUID(int=3), "Biståndet", Part.SOCIAL, Side.MUNICIPALITY)
BOTH = (CENTRE, SOCIAL)
PLANNING = (replace(CENTRE, planning=True), replace(SOCIAL, planning=True))


def said(unit: UnitFacts, kind: MessageKind = MessageKind.ADMISSION, fate: Fate = Fate.RECEIPTED,
         **more: object) -> SaidFacts:  # fmt: skip
    values = {"sender_id": WARD.unit_id, "unit_name": unit.name} | more
    return SaidFacts(kind, unit.unit_id, fate, NOW - 2 * HOUR, **values)  # type: ignore[arg-type]


IN = CaseFacts(CaseStatus.ADMITTED, WARD, admitted_at=NOW - 6 * HOUR)
TOLD = replace(
    IN, units=BOTH, said=(said(CENTRE), said(SOCIAL)), needs_judged_at=NOW - 5 * HOUR,
    needs=frozenset({Part.OPEN_CARE, Part.SOCIAL}),
    told_kinds=frozenset({MessageKind.ADMISSION}),
)  # fmt: skip
PLANNED = replace(
    TOLD, units=PLANNING, told_kinds=frozenset({MessageKind.ADMISSION, MessageKind.CONTACT})
)
READY = replace(PLANNED, status=CaseStatus.READY, ready_sent_at=NOW, sip_needed=True,
                estimated_at=date(2026, 11, 23))  # fmt: skip
HOME = replace(READY, status=CaseStatus.HOME, discharged_at=NOW)
INFORMED = frozenset({MessageKind.ADMISSION, MessageKind.INFORMATION})

TABLE: list[tuple[str, CaseFacts, UnitFacts, str, datetime | None]] = [
    # what, case, whose, the key of the first step, its last moment
    ("nobody has judged", IN, WARD, "needs", None),
    ("judged, nobody told: 24 hours from the admission",
     replace(IN, needs=frozenset({Part.SOCIAL}), needs_judged_at=NOW - 7 * HOUR), WARD,
     "send admission", NOW + 18 * HOUR),
    ("24 hours from the judgement if that came later",
     replace(IN, needs=frozenset({Part.SOCIAL}), needs_judged_at=NOW - HOUR), WARD,
     "send admission", NOW + 23 * HOUR),
    ("a part more is needed than has been told",
     replace(TOLD, units=(SOCIAL,), said=(said(SOCIAL),)), WARD, "send admission",
     NOW + 19 * HOUR),
    ("told: the receiver receipts",
     replace(TOLD, said=(said(CENTRE, fate=Fate.WAITING), said(SOCIAL))), CENTRE,
     "receipt admission", NOW + 2 * HOUR),
    ("entered an hour ago, after a stop: could not be receipted before",
     replace(TOLD, said=(said(CENTRE, fate=Fate.WAITING, entered_at=NOW - HOUR), said(SOCIAL))),
     CENTRE, "receipt admission", NOW + 3 * HOUR),
    ("receipted: begin to plan", TOLD, SOCIAL, "planning", None),
    ("no fast vårdkontakt: by the day home",
     replace(PLANNED, has_contact=False, estimated_at=date(2026, 11, 23)), CENTRE, "contact",
     datetime(2026, 11, 23, 23, tzinfo=UTC)),
    ("ready on a Friday: called by Monday", READY, CENTRE, "send call",
     datetime(2026, 11, 23, 23, tzinfo=UTC)),
    ("ready on a Thursday: the third day is a Sunday, broken after Monday",
     replace(READY, ready_sent_at=NOW - 24 * HOUR), CENTRE, "send call",
     datetime(2026, 11, 23, 23, tzinfo=UTC)),
    ("appointed before the stay: the others are told",
     replace(PLANNED, told_kinds=TOLD.told_kinds), CENTRE, "tell-contact", None),
    ("ready: the ward discharges", READY, WARD, "send discharge",
     datetime(2026, 11, 23, 23, tzinfo=UTC)),
    ("home: information the same day", HOME, WARD, "send information",
     datetime(2026, 11, 20, 23, tzinfo=UTC)),
    ("home: the person is informed the same day", replace(HOME, told_kinds=INFORMED), WARD,
     "send patient", datetime(2026, 11, 20, 23, tzinfo=UTC)),
    ("judged once more: what nobody was told of has no new time",
     replace(IN, needs=frozenset({Part.SOCIAL}), needs_judged_at=NOW - HOUR,
             needs_since={Part.SOCIAL: NOW - 7 * HOUR}), WARD, "send admission", NOW + 18 * HOUR),
    ("what came back is the sender's again",
     replace(PLANNED, units=PLANNING[:1], needs=frozenset({Part.OPEN_CARE}),
             said=(said(CENTRE), said(SOCIAL, fate=Fate.RETURNED, ended_at=NOW - HOUR))), WARD, "returned admission",
     None),
    ("what nobody receipts is the sender's to ring about",
     replace(PLANNED, said=(said(CENTRE, fate=Fate.WAITING, escalated=True), said(SOCIAL))), WARD,
     f"ring admission {CENTRE.unit_id}", None),
    ("expected: the ward admits", CaseFacts(CaseStatus.EXPECTED, WARD, units=(SOCIAL,)), WARD,
     "admit", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("case", "whose", "key", "due"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_the_next_step(case: CaseFacts, whose: UnitFacts, key: str, due: datetime | None) -> None:
    step = step_for(list_steps(case, LIMITS), whose.unit_id)
    assert step is not None
    assert (step.key, step.due_at) == (key, due)


NOTHING: list[tuple[str, CaseFacts, UnitFacts]] = [
    ("judged that nobody is needed", replace(IN, needs_judged_at=NOW - HOUR, units=()), WARD),
    ("all told, receipted, planning", PLANNED, WARD),
    ("a plan in place of a SIP", replace(READY, compulsory=True), CENTRE),
    ("no SIP is needed", replace(READY, sip_needed=False), CENTRE),
    ("called", replace(READY, told_kinds=INFORMED | {MessageKind.CALL}), CENTRE),
    ("the call names who calls", replace(PLANNED, told_kinds=TOLD.told_kinds | {MessageKind.CALL}),
     CENTRE),
    ("home and informed, the person too",
     replace(HOME, told_kinds=INFORMED | {MessageKind.PATIENT}), WARD),
    ("what was taken back waits for nobody",
     replace(PLANNED, said=(said(CENTRE), said(SOCIAL, fate=Fate.WAITING, withdrawn=True))),
     SOCIAL),
    ("came back, and has gone to the right one",
     replace(PLANNED, said=(said(SOCIAL, fate=Fate.RETURNED, ended_at=NOW - 3 * HOUR), said(CENTRE))), WARD),
    ("closed", replace(HOME, status=CaseStatus.CLOSED), WARD),
    ("cancelled", replace(IN, status=CaseStatus.CANCELLED), WARD),
]  # fmt: skip


@pytest.mark.parametrize(
    ("case", "whose"), [row[1:] for row in NOTHING], ids=[row[0] for row in NOTHING]
)
def test_nothing_waits(case: CaseFacts, whose: UnitFacts) -> None:
    assert step_for(list_steps(case, LIMITS), whose.unit_id) is None


def test_the_button_says_what_is_done() -> None:
    waiting = replace(PLANNED, said=(said(CENTRE, MessageKind.FREE, fate=Fate.WAITING),))
    step = step_for(list_steps(waiting, LIMITS), CENTRE.unit_id)
    assert step is not None
    assert str(step.button) == "Kvittera"
    assert step.sends is None


@pytest.mark.parametrize("kind", [MessageKind.PLANNING, MessageKind.CONTACT])
def test_what_is_good_to_know_asks_nothing(kind: MessageKind) -> None:
    """No FYI on a list of what to do: "planning has begun" is found in the case."""
    waiting = replace(PLANNED, said=(said(CENTRE, kind, fate=Fate.WAITING),))
    steps = list_steps(waiting, LIMITS)
    assert not [one for one in steps if one.key.startswith("receipt")]


def test_every_step_has_one_owner_and_the_most_pressing_is_first() -> None:
    for _what, case, _whose, _key, _due in TABLE:
        steps = list_steps(case, LIMITS)
        assert all(one.owner and str(one.verb) and str(one.button) for one in steps)
        dues = [one.due_at for one in steps if one.due_at]
        assert dues == sorted(dues)
        assert [one.due_at for one in steps][: len(dues)] == dues
