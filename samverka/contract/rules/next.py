"""What happens next for the person: one thing, with its day. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from samverka.kernel.actor import Side
from samverka.kernel.calendar import local_date


class Booked(Protocol):
    """What must be known of a booked time."""

    @property
    def starts_at(self) -> datetime:
        """When it begins."""


B = TypeVar("B", bound=Booked)
S = TypeVar("S")


class HappeningKind(StrEnum):
    """What sort of thing the card shows."""

    BOOKING = "booking"
    STAY = "stay"  # in hospital now
    MEETING = "meeting"  # a planning meeting
    STEP = "step"  # something that someone has promised by a day
    PROMISE = "promise"  # a time that is promised but not booked
    FOLLOW_UP = "follow-up"  # the plan is gone through


@dataclass(frozen=True, slots=True)
class Step:
    """Something that someone does by a day, a promised time, or the day when a plan is followed up."""

    what: str
    owner: str
    side: Side
    day: date
    phone: str = ""
    kind: HappeningKind = HappeningKind.STEP


@dataclass(frozen=True, slots=True)
class Gathering:
    """A planning meeting: when, where, and who calls to it."""

    starts_at: datetime
    place: str = ""
    caller: str = ""
    phone: str = ""
    video: bool = False


@dataclass(frozen=True, slots=True)
class Happening(Generic[B, S]):
    """The card "Det här händer härnäst": one of the four is set, by `kind`."""

    kind: HappeningKind
    day: date
    at: datetime | None = None
    booking: B | None = None
    stay: S | None = None
    step: Step | None = None
    meeting: Gathering | None = None


def what_happens_next(
    *,
    stay: S | None,
    bookings: Iterable[B],
    steps: Iterable[Step],
    at: datetime,
    meetings: Iterable[Gathering] = (),
) -> Happening[B, S] | None:
    """The one next thing: hospital goes first, then the earliest day; what has a time before what has only a day.

    Promises whose day has passed are no longer what happens next; they stand under who does what.
    """
    if stay is not None:
        return Happening(HappeningKind.STAY, local_date(at), stay=stay)
    today = local_date(at)
    found: list[Happening[B, S]] = [
        Happening(HappeningKind.BOOKING, local_date(one.starts_at), at=one.starts_at, booking=one)
        for one in bookings
    ]
    found += [
        Happening(HappeningKind.MEETING, local_date(one.starts_at), at=one.starts_at, meeting=one)
        for one in meetings
        if one.starts_at >= at
    ]
    found += [Happening(step.kind, step.day, step=step) for step in steps if step.day >= today]
    order = {kind: number for number, kind in enumerate(HappeningKind)}
    found.sort(key=lambda one: (one.day, one.at is None, one.at or at, order[one.kind]))
    return next(iter(found), None)
