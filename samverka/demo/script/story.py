"""One person's way through the county's care."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from samverka.contacts.rules import BookingStatus
from samverka.demo.script.events import Booking, Discharged, Event, Missed, Stay
from samverka.demo.script.places import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One person's way through the county's care, and those around."""

    key: str
    title: str
    people: tuple[Person, ...]
    events: tuple[Event, ...] = field(repr=False)

    @property
    def main(self) -> Person:
        """The one the story is about."""
        return self.people[0]

    @property
    def told(self) -> tuple[Event, ...]:
        """The events in the order they happen; those of one minute as they are written."""
        events = (*self.events, *(more for event in self.events for more in _followed_by(event)))
        return tuple(sorted(events, key=lambda event: event.when.order))

    def timed(self, today: date) -> Iterator[tuple[datetime, Event]]:
        """The events with their times, in order.

        A weekend can move an event to the same day as its neighbour; then it follows a minute later.
        """
        last: datetime | None = None
        for event in self.told:
            at = event.when.at(today)
            if last is not None and at <= last:
                at = last + timedelta(minutes=1)
            yield at, event
            last = at


def _followed_by(event: Event) -> Iterator[Event]:
    """What an event brings with it later."""
    if isinstance(event, Stay) and event.ends is not None and event.ends.days < 0:
        yield Discharged(when=event.ends, by=event.by, of=event.of, stay=event)
    if isinstance(event, Booking) and event.status is BookingStatus.NO_SHOW:
        later = replace(event.starts, hour=event.starts.hour + 1)
        yield Missed(when=later, by=event.by, of=event.of, booking=event)
