"""Where a story stands while it is walked: who is who, and what has been made so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from samverka.access.rules import RelationKind
from samverka.careplans.reads import MeetingDetail, PlanDetail
from samverka.demo import script as s
from samverka.demo.actors import County, LogIn, builder
from samverka.kernel.actor import Actor
from samverka.kernel.identity import IdentityNumber

IMPORT = "import"
"""As `by` of an event: another system tells it."""


@dataclass(slots=True)
class Scene:
    """One story on its way.

    Attributes:
        at: when what happens now happens.
        visitors: keys of those who have a log-in although they do nothing in the stories.
        plans: each plan as its last change showed it.
        told: consents to a plan that staff note when they hand it out, as one does on that page.
    """

    county: County
    story: s.Story
    today: date
    numbers: dict[str, IdentityNumber]
    visitors: frozenset[str]
    at: datetime
    persons: dict[str, UUID] = field(default_factory=dict)
    log_ins: dict[str, LogIn] = field(default_factory=dict)
    relations: dict[tuple[str, UUID, RelationKind], UUID] = field(default_factory=dict)
    consents: dict[str, UUID] = field(default_factory=dict)
    told: dict[str, s.ConsentGiven] = field(default_factory=dict)
    plans: dict[str, PlanDetail] = field(default_factory=dict)
    asks: dict[str, UUID] = field(default_factory=dict)
    meetings: dict[str, MeetingDetail] = field(default_factory=dict)
    goals: dict[tuple[str, str], UUID] = field(default_factory=dict)
    activities: dict[tuple[str, str], UUID] = field(default_factory=dict)

    def actor(self, event: s.Event) -> Actor:
        """Who does it."""
        if event.by == IMPORT:
            return builder(self.at)
        found = self.county.staff.get(event.by) or self.log_ins[event.by]
        return found.actor(self.at)

    def whom(self, event: s.Event) -> str:
        """The key of the one it concerns."""
        return event.of or self.story.main.key

    def person_id(self, event: s.Event) -> UUID:
        """The one it concerns."""
        return self.persons[self.whom(event)]

    def person(self, key: str) -> s.Person:
        """Someone in the story."""
        return next(one for one in self.story.people if one.key == key)

    def name_of(self, key: str) -> str:
        """The name of someone in the story."""
        return self.person(key).name

    def moment(self, moment: s.Moment | None) -> datetime | None:
        """A told time as a time."""
        return moment.at(self.today) if moment else None

    def day(self, moment: s.Moment | None) -> date | None:
        """A told day as a date."""
        return moment.on(self.today) if moment else None
