"""Stays to judge: everything in order, unless the test says otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from samverka.discharge.rules.liability import Call, Ready, Reason, Sent, StayFacts, StayVerdict
from samverka.kernel.calendar import SWEDEN, local_date

HOME, OTHER, THIRD = "2380", "2321", "2313"
"""Codes of three municipalities."""

LATER = datetime(2031, 1, 1, tzinfo=SWEDEN)
"""A moment of judging after everything."""


def at(text: str) -> datetime:
    """A moment on the Swedish clock: "2023-03-06 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=SWEDEN)


def told(moment: datetime, *municipalities: str, open_care: bool = True) -> Sent:
    """A message to municipalities; to the first one unless others are named."""
    return Sent(moment, frozenset(municipalities or {HOME}), open_care)


def stay(sent: str | None, discharged: str | None, **changes: Any) -> StayFacts:
    """A stay whose notice was sent then; admitted three days before, told of within two hours."""
    notice = at(sent) if sent else at("2023-03-06 10:00")
    admitted = changes.pop("admitted_at", notice - timedelta(days=3))
    judged = max(notice - timedelta(hours=1), admitted)
    ready = Ready(judged, "Eva Lind", (told(notice),) if sent else ())
    facts = StayFacts(
        stay_id="A",
        admitted_at=admitted,
        admission_notices=(told(admitted + timedelta(hours=2)),),
        ready=(ready,),
        discharged_at=at(f"{discharged} 23:30") if discharged else None,
        registered=HOME,
    )
    return replace(facts, **changes)


def called(text: str, *, by_contact: bool = True) -> tuple[Call, ...]:
    """A call to a SIP."""
    return (Call(at(text), by_contact),)


def verdict_on(verdict: StayVerdict, day: str) -> Reason:
    """The first reason of a day."""
    return next(one.reason for one in verdict.days if one.day == date.fromisoformat(day))


def day_of(moment: datetime) -> date:
    """The Swedish day."""
    return local_date(moment)
