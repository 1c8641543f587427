"""What is there, by its keys: rows of things that are no longer there go in the night too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType
from typing import Final
from uuid import UUID

from samverka.access.act import Act
from samverka.careplans import reads as careplans
from samverka.contacts import reads as contacts
from samverka.discharge import reads as discharge
from samverka.guarantee import reads as guarantee
from samverka.indicators.operations.facts.frame import Frame
from samverka.indicators.operations.facts.shelf import KINDS
from samverka.notices.reads import standing_tasks
from samverka.resources.reads import standing_resources

_NAMES: Final = MappingProxyType[str, Callable[[Act], Iterable[UUID]]](
    {
        "stay": contacts.standing_stays,
        "contact": contacts.standing_visits,
        "visit": contacts.standing_visits,
        "discharge": discharge.standing_cases,
        "discharge_step": discharge.standing_cases,
        "plan": careplans.standing_plans,
        "goal": careplans.standing_goals,
        "activity": careplans.standing_activities,
        "fixed_contact": careplans.standing_contacts,
        "notice": standing_tasks,
        "wait": guarantee.standing_waits,
        "call": guarantee.standing_waits,
    }
)
"""Fact → the names of all that its rows are made of, without what they say: quickly read."""


def standing(frame: Frame, fact: str) -> Iterator[int]:
    """The keys of all things that are there. Read it when the rows have been: some facts tell on the way."""
    if fact == "person_month":
        yield from frame.standing
        return
    for name in _of(frame, fact):
        yield frame.keys.row(fact, name)


def _of(frame: Frame, fact: str) -> Iterable[UUID]:
    if fact in KINDS:
        return standing_resources(frame.this, kinds=KINDS[fact])
    return _NAMES[fact](frame.this)
