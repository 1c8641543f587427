"""The grounds that liability rests on (LUS 5:3), for one judgement that the patient is ready.

Read by its words the law wants the admission notice within 24 hours and the call within three days. A
county may let a late one put off the start instead; then a late notice moves the start by as many
days as were begun, and no day counts before the call was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from samverka.discharge.rules.clocks import admission_due
from samverka.discharge.rules.liability.clock import (
    ADMISSION_NOTICE_HOURS,
    admission_notice_due,
    call_due,
)
from samverka.discharge.rules.liability.facts import Call, Ready, Sent, StayFacts
from samverka.discharge.rules.liability.reasons import Reason
from samverka.discharge.rules.liability.terms import LateEffect, Terms
from samverka.kernel.calendar import local_date, said_date, said_moment

_DAY = timedelta(days=1)
_MOMENT = timedelta(microseconds=1)
_LIMIT = timedelta(hours=ADMISSION_NOTICE_HOURS)


@dataclass(frozen=True, slots=True)
class Ground:
    """What came of one ground.

    Attributes:
        missing: why it is not met; None when it is.
        due: by when it should have been, in words.
        shift: days by which it puts off the start.
        not_before: the first day that can count for this ground.
    """

    missing: Reason | None = None
    due: str = ""
    shift: int = 0
    not_before: date | None = None


MET = Ground()


def admission_ground(facts: StayFacts, debtor: str, terms: Terms) -> Ground:
    """Ground A: the municipality was told of the admission as LUS 2:1–3 says (5:3 p. 1)."""
    told = admission_notices(facts, debtor)
    if told[0] is None:
        return Ground(Reason.ADMISSION_MISSING)
    if None in told:
        return Ground(Reason.ADMISSION_NOT_OPEN_CARE)
    due, late = max(
        ((notice_due(facts, one), lateness(facts, one)) for one in told if one),
        key=lambda pair: pair[1],
    )
    if late <= timedelta():
        return MET
    if terms.late_message is LateEffect.SHIFT_START:
        return Ground(shift=-(-late // _DAY))
    return Ground(Reason.ADMISSION_LATE, said_moment(due))


def admission_notices(facts: StayFacts, debtor: str) -> tuple[Sent | None, ...]:
    """The first notice to the municipality and, where its health care is needed, to the open care."""
    given = sorted(facts.admission_notices, key=lambda one: one.at)
    told = next((one for one in given if debtor in one.municipalities), None)
    if not facts.needs_municipal_health:
        return (told,)
    return told, next((one for one in given if one.open_care), None)


def notice_due(facts: StayFacts, notice: Sent) -> datetime:
    """When a notice of the admission was due; never less than 24 hours after the admission."""
    own = admission_notice_due(facts)
    if notice.due_at is None:
        return own
    return max(notice.due_at.astimezone(UTC), admission_due(facts.admitted_at, None, _LIMIT))


def lateness(facts: StayFacts, notice: Sent) -> timedelta:
    """Time that has passed since a notice was due; not above zero when it was in time."""
    return notice.at.astimezone(UTC) - notice_due(facts, notice)


def notice_ground(ready: Ready, debtor: str) -> tuple[datetime | None, Ground]:
    """Ground B: units in the municipality were told that the patient is ready (5:3 p. 2); and when."""
    told = first_sent(ready.sent, debtor)
    if told is not None:
        return told, MET
    return None, Ground(Reason.NOTIFIED_ELSEWHERE if ready.sent else Reason.NOT_NOTIFIED)


def call_ground(facts: StayFacts, told: datetime, terms: Terms) -> Ground:
    """Ground C: when a SIP is to be planned, the fixed contact has called in time (5:3 second part)."""
    if not facts.call_required:
        return MET
    due = call_due(told, next_weekday=terms.call_next_weekday)
    said = said_date(local_date(due - _MOMENT))
    called = earliest_call(facts.calls)
    if called is None:
        return Ground(Reason.CALL_BY_OTHER if facts.calls else Reason.CALL_MISSING, said)
    if terms.late_message is LateEffect.SHIFT_START:
        return Ground(not_before=local_date(called))
    return MET if called < due else Ground(Reason.CALL_LATE, said)


def first_sent(sent: Iterable[Sent], municipality: str) -> datetime | None:
    """When the municipality was first told."""
    return min((one.at for one in sent if municipality in one.municipalities), default=None)


def earliest_call(calls: Sequence[Call]) -> datetime | None:
    """When the fixed contact in the region's open care first called."""
    return min((one.at for one in calls if one.by_regional_contact), default=None)
