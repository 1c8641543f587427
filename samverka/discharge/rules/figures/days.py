"""Days after utskrivningsklar, and who each of them was waited for. Pure.

The day of the judgement is not counted and the day of discharge is, so days = date of discharge - date
of judgement, and one who goes home the same day has none (Kolada N20403). Days are Swedish calendar days:
one with 23 or 25 hours is a day, and each belongs to the month in which it lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from samverka.discharge.rules.figures.records import Party, StayRecord, Wait
from samverka.discharge.rules.messages import MessageKind
from samverka.kernel.calendar import local_date, start_of_day

_DAY = timedelta(days=1)

ANSWERED = frozenset(
    {MessageKind.ADMISSION, MessageKind.READY, MessageKind.COMPULSORY, MessageKind.CALL}
)
"""Messages whose receipt is a step on the way home."""


def ready_days(stay: StayRecord, today: date) -> tuple[date, ...]:
    """The days when the person was ready and in hospital; up to today while the stay lasts."""
    ended = local_date(stay.ended_at) if stay.ended_at else today
    found: set[date] = set()
    for one in stay.judged:
        start = local_date(one.judged_at)
        end = min(local_date(one.withdrawn_at), ended) if one.withdrawn_at else ended
        found.update(start + _DAY * number for number in range(1, (end - start).days + 1))
    return tuple(sorted(found))


def steps_waited(stay: StayRecord) -> Iterator[Wait]:
    """Every step on the way home, with its owner and how long it was open.

    The meeting is waited for by the one who has called to it: the region's open care.
    """
    for judged in stay.judged:
        yield Wait(Party.HOSPITAL, judged.judged_at, judged.sent_at)
    for said in stay.said:
        if said.kind in ANSWERED:
            yield from (Wait(one.party, one.sent_at, one.done_at) for one in said.copies)
    if stay.asks_for_sip and stay.judged:
        called = stay.first_said(MessageKind.CALL)
        yield Wait(Party.OPEN_CARE, stay.judged[-1].sent_at, called)
        if called and stay.met_at:
            yield Wait(Party.OPEN_CARE, called, stay.met_at)
    yield from stay.waits


def waited_for(stay: StayRecord, days: tuple[date, ...]) -> tuple[Party, ...]:
    """Whom each day was waited for: of the steps open when it began, the one that opened first.

    When all others have done theirs it is the hospital's turn: to discharge.
    """
    steps = sorted(steps_waited(stay), key=lambda one: one.since)
    return tuple(_waited(steps, day) for day in days)


def _waited(steps: list[Wait], day: date) -> Party:
    begins = start_of_day(day)
    for one in steps:
        if one.since <= begins and (one.until is None or begins < one.until):
            return one.party
    return Party.HOSPITAL


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A stay with its days, reckoned once.

    Attributes:
        days: those when the person was ready; `waited`: whom each was waited for.
        home_on: the day of discharge; `again_on`: that of the next admission.
        said_on: the day when each message was sent, in the stay's order.
    """

    stay: StayRecord
    days: tuple[date, ...]
    waited: tuple[Party, ...]
    home_on: date | None
    again_on: date | None
    said_on: tuple[date, ...]

    def touches(self, first: date, last: date) -> bool:
        """Something of it lies in those days: the discharge, a day, or a message."""
        known = (*self.days, *self.said_on, *([self.home_on] if self.home_on else ()))
        return any(first <= day <= last for day in known)


def reckon(stay: StayRecord, today: date) -> Reckoned:
    """A stay with its days."""
    days = ready_days(stay, today)
    return Reckoned(
        stay,
        days,
        waited_for(stay, days),
        home_on=local_date(stay.discharged_at) if stay.discharged_at else None,
        again_on=local_date(stay.again_at) if stay.again_at else None,
        said_on=tuple(local_date(one.sent_at) for one in stay.said),
    )


def persons_of(stays: Iterable[Reckoned]) -> int:
    """How many persons the stays are of."""
    return len({one.stay.person for one in stays})
