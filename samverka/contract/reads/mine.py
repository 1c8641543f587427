"""The person's one page, for the person and for those who act for the person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.rules import Ground
from samverka.careplans.reads import (
    ActivityDetail,
    CareContactDetail,
    CommentDetail,
    GoalDetail,
    PartyDetail,
    PlanDetail,
    contacts_of,
    plans_of,
)
from samverka.careplans.rules import OPEN_ACTIVITIES, ContactKind, GoalStatus, OwnerKind, PlanStatus
from samverka.contacts.reads import BookingDetail, StayDetail, Timeline, timeline
from samverka.contract.rules import Happening, Step, what_happens_next
from samverka.kernel.actor import Actor
from samverka.organisations.reads import UnitDetail
from samverka.people.reads import PersonCard, PersonDetail, person_card, person_cards
from samverka.resources.reads import person_measurements

MyNext = Happening[BookingDetail, StayDetail]


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """One whose page the reader may open."""

    id: UUID
    name: str
    own: bool
    current: bool


@dataclass(frozen=True, slots=True)
class OwnerDoes:
    """What one party does, in one list: me, care, municipality, others."""

    owner: OwnerKind
    activities: tuple[ActivityDetail, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """The latest measurement of one sort. `day` None: the source told no whole day."""

    title: str
    value: str
    day: date | None


@dataclass(frozen=True, slots=True)
class MyPage:
    """All that is planned for one person.

    Attributes:
        own: the reader is the person; else `ground` says by what right the reader is here.
        choices: the persons whose pages the reader may open; empty when only the own.
        plans: plans that are written or hold; the newest first.
        doing: open activities of all plans, by party, in the order the person reads them.
        contacts: whom the person can turn to, each with how to reach them.
        measurements: the latest received of each sort.
    """

    person: PersonDetail
    own: bool
    ground: Ground | None
    choices: tuple[PersonChoice, ...]
    next: MyNext | None
    plans: tuple[PlanDetail, ...]
    goals: tuple[GoalDetail, ...]
    doing: tuple[OwnerDoes, ...]
    done: tuple[ActivityDetail, ...]
    times: Timeline
    contacts: tuple[CareContactDetail, ...]
    measurements: tuple[Measured, ...]
    listed_unit: UnitDetail | None
    may_write: bool

    @property
    def units(self) -> tuple[PartyDetail, ...]:
        """Units that do something in the plans, besides those where a named contact works."""
        named = {one.unit_id for one in self.contacts} | (
            {self.listed_unit.id} if self.listed_unit else set()
        )
        found = {one.unit_id: one for plan in self.plans for one in plan.parties}
        return tuple(one for key, one in found.items() if key not in named)

    @property
    def listed_apart(self) -> UnitDetail | None:
        """The health centre where the person is listed, unless a named contact works there."""
        unit = self.listed_unit
        known = unit is not None and any(one.unit_id == unit.id for one in self.contacts)
        return None if known else unit

    @property
    def plan(self) -> PlanDetail | None:
        """The plan that words are written to: one that holds before one that is being written."""
        holds = (plan for plan in self.plans if plan.status is PlanStatus.ACTIVE)
        return next(holds, next(iter(self.plans), None))

    @property
    def follow_ups(self) -> tuple[date, ...]:
        """When the plans are gone through, soonest first."""
        return tuple(sorted(plan.follow_up_on for plan in self.plans if plan.follow_up_on))

    @property
    def comments(self) -> tuple[CommentDetail, ...]:
        """What the person, and those who act for the person, have written; newest first."""
        found = [one for plan in self.plans for one in plan.comments]
        return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def my_page(actor: Actor, *, person_id: UUID) -> MyPage:
    """The person's page, or that of one whom the reader acts for, in few questions."""
    with act(actor, Action.CONTRACT_READ) as this:
        reached = this.reach()
        cards = person_cards(this, {person_id, *reached})
        card = cards.get(person_id) or person_card(this, person_id)
        this.note_person(person_id, "Contract")
        plans = _plans(actor, person_id)
        times = timeline(actor, person_id=person_id)
        return MyPage(
            person=card.person,
            own=person_id == actor.person_id,
            ground=reached.get(person_id),
            choices=_choices(actor, person_id, cards.values()),
            next=_next(actor, plans, times),
            plans=plans,
            goals=_goals(plans),
            doing=_doing(plans),
            done=_done(plans),
            times=times,
            contacts=in_call_order(plans[0].contacts if plans else contacts_of(this, person_id)),
            measurements=_measured(actor, person_id),
            listed_unit=card.person.listed_unit,
            may_write=any(plan.may_comment for plan in plans),
        )


def _plans(actor: Actor, person_id: UUID) -> tuple[PlanDetail, ...]:
    with act(actor, Action.PLAN_READ) as this:
        this.unchanged()  # a line is written by `plans_of` if there was a plan to show
        found = plans_of(this, person_id)
    return tuple(plan for plan in found if plan.status is not PlanStatus.ENDED)


MEASURED = 5
"""Measurements on the one page: the latest of each sort."""


def _measured(actor: Actor, person_id: UUID) -> tuple[Measured, ...]:
    latest: dict[str, Measured] = {}
    for line in person_measurements(actor, person_id=person_id):
        latest.setdefault(line.title, Measured(line.title, line.value, _day(line.when)))
    return tuple(latest.values())[:MEASURED]


def _day(when: str) -> date | None:
    """FHIR's text of a time → its day; a year or a month alone is no day."""
    try:
        return date.fromisoformat(when[: len("YYYY-MM-DD")])
    except ValueError:
        return None


def _choices(
    actor: Actor, person_id: UUID, cards: Iterable[PersonCard]
) -> tuple[PersonChoice, ...]:
    found = [
        PersonChoice(
            id=card.person.id,
            name=card.person.name,
            own=card.person.id == actor.person_id,
            current=card.person.id == person_id,
        )
        for card in cards
    ]
    found.sort(key=lambda one: (not one.own, one.name))
    return tuple(found) if len(found) > 1 else ()


# ── gathered over all plans ──


def _next(actor: Actor, plans: Iterable[PlanDetail], times: Timeline) -> MyNext | None:
    steps = [step for plan in plans for step in _steps(plan)]
    return what_happens_next(stay=times.ongoing, bookings=times.upcoming, steps=steps, at=actor.at)


def _steps(plan: PlanDetail) -> list[Step]:
    steps = [
        Step(one.what, one.owner, one.side, one.due_on, one.phone)
        for one in plan.activities
        if one.due_on and one.status in OPEN_ACTIVITIES
    ]
    if plan.follow_up_on and plan.status is PlanStatus.ACTIVE:
        unit = plan.unit
        steps.append(
            Step(plan.title, unit.name, unit.side, plan.follow_up_on, unit.phone, follow_up=True)
        )
    return steps


def _goals(plans: Iterable[PlanDetail]) -> tuple[GoalDetail, ...]:
    found = [goal for plan in plans for goal in plan.goals]
    return tuple(goal for goal in found if goal.status is not GoalStatus.DROPPED)


_ORDER = (OwnerKind.PERSON, OwnerKind.REGION, OwnerKind.MUNICIPALITY, OwnerKind.OTHER)
"""As the person reads it: me first, then those who owe me something."""


def _doing(plans: Iterable[PlanDetail]) -> tuple[OwnerDoes, ...]:
    found = [one for plan in plans for one in plan.activities if one.status in OPEN_ACTIVITIES]
    found.sort(key=lambda one: (one.due_on is None, one.due_on or date.max, one.place))
    parts = ((owner, tuple(one for one in found if one.owner_kind is owner)) for owner in _ORDER)
    return tuple(OwnerDoes(owner, activities) for owner, activities in parts if activities)


def _done(plans: Iterable[PlanDetail]) -> tuple[ActivityDetail, ...]:
    done = [(one.done_at, one) for plan in plans for one in plan.activities if one.done_at]
    return tuple(one for _at, one in sorted(done, key=lambda pair: pair[0], reverse=True))


_CALL_FIRST = (
    ContactKind.FAST_VARDKONTAKT,
    ContactKind.MAIN,
    ContactKind.FAST_LAKARKONTAKT,
)
"""In the order in which one would ring them."""


def in_call_order(found: Iterable[CareContactDetail]) -> tuple[CareContactDetail, ...]:
    """The person's contacts, the one to ring first before the others."""
    return tuple(sorted(found, key=lambda one: _CALL_FIRST.index(one.kind)))


def my_times(actor: Actor, *, person_id: UUID) -> tuple[PersonDetail, Timeline]:
    """All the person's times, visits and stays, with whose they are."""
    with act(actor, Action.CONTRACT_READ) as this:
        card = person_card(this, person_id)
        this.note_person(person_id, "Contract", part="times")
        return card.person, timeline(actor, person_id=person_id)
