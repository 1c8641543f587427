"""The staff's overview of one person: all that the gate lets through, in one act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.rules import BlockKind, RelationKind, Standing, svod_relation
from samverka.careplans.reads import (
    ActivityDetail,
    CareContactDetail,
    PlanDetail,
    contacts_of,
    plans_of,
)
from samverka.careplans.rules import OPEN_ACTIVITIES, NextStep, PlanStatus
from samverka.contacts.reads import Timeline, timeline
from samverka.contract.reads.mine import in_call_order
from samverka.discharge.reads import PersonStay, person_stay
from samverka.guarantee.reads import MyWait, asked_waits, waits_of
from samverka.kernel.actor import Actor, Branch, Permission
from samverka.organisations.reads import UnitDetail, unit_names
from samverka.people.reads import (
    PersonCard,
    PersonDetail,
    RelativeDetail,
    RepresentativeLine,
    person_card,
)
from samverka.people.rules import REAL


@dataclass(frozen=True, slots=True)
class Openings:
    """What the law lets the reader know of what is closed, and how it may be opened.

    Attributes:
        choice: other units' records of the own care provider are open to the reader now.
        consent: the person has consented to reading by the reader's care provider.
        emergency: other care providers' records are open by emergency opening now.
        blocked_units: units of the own care provider whose records are blocked (PDL 4:4 st. 3 lets
            it be known); names, by unit.
        relations: why the own unit has to do with the person.
    """

    choice: bool
    consent: bool
    emergency: bool
    blocked_units: tuple[str, ...]
    relations: tuple[RelationKind, ...]
    may_choose: bool
    may_open_emergency: bool
    may_consent: bool
    may_block: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class CloseOne:
    """Someone close to the person: a relative, one who acts for the person, or both."""

    name: str
    relative: RelativeDetail | None
    proxy: RepresentativeLine | None


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A plan with its activities parted: what is to be done, the soonest first, and what is done."""

    plan: PlanDetail
    ahead: tuple[ActivityDetail, ...]
    done: tuple[ActivityDetail, ...]


@dataclass(frozen=True, slots=True)
class PersonOverview:
    """One person as the reader's unit may see the person."""

    person: PersonDetail
    close: tuple[CloseOne, ...]
    plans: tuple[PlanPart, ...]
    ended: tuple[PlanDetail, ...]
    contacts: tuple[CareContactDetail, ...]
    times: Timeline
    openings: Openings
    stay: PersonStay
    waits: tuple[MyWait, ...]
    may_plan: bool
    may_book: bool
    may_edit: bool
    may_count: bool

    @property
    def without_number(self) -> bool:
        """The person is known by a reserve number, or by none."""
        return not any(one.current and one.number.kind in REAL for one in self.person.identities)

    @property
    def next_steps(self) -> tuple[tuple[PlanDetail, NextStep], ...]:
        """The next step of each plan that has one, the most pressing first."""
        plans = [part.plan for part in self.plans]
        found = [(plan, plan.next_step) for plan in plans if plan.next_step]
        return tuple(sorted(found, key=lambda pair: (not pair[1].overdue, pair[0].title)))


def person_overview(actor: Actor, *, person_id: UUID) -> PersonOverview:
    """The person's situation over all sides, as far as the reader may see."""
    with act(actor, Action.OVERVIEW_READ) as this:
        card = person_card(this, person_id)
        this.note_person(person_id, "Overview")
        plans = _plans(actor, person_id)
        standing = this.standing(person_id)
        units = unit_names(
            _blocked(actor, standing) | ({actor.unit_id} if actor.unit_id else set())
        )
        own = units.get(actor.unit_id) if actor.unit_id else None
        waits = asked_waits(this, person_id)
        stay = person_stay(actor, person_id=person_id, own=own, also=waits)
        return PersonOverview(
            person=card.person,
            close=_close(card),
            plans=tuple(_part(plan) for plan in plans if plan.status is not PlanStatus.ENDED),
            ended=tuple(plan for plan in plans if plan.status is PlanStatus.ENDED),
            contacts=in_call_order(contacts_of(this, person_id)),
            times=timeline(actor, person_id=person_id),
            openings=_openings(this, standing, units),
            stay=stay,
            waits=waits_of(this, stay.also),
            may_count=actor.may(Permission.GUARANTEE_EDIT),
            may_plan=actor.may(Permission.PLAN_EDIT),
            may_book=actor.may(Permission.CONTACT_EDIT),
            may_edit=actor.may(Permission.PERSON_EDIT),
        )


def _part(plan: PlanDetail) -> PlanPart:
    ahead = [one for one in plan.activities if one.status in OPEN_ACTIVITIES]
    ahead.sort(key=lambda one: (one.due_on is None, one.due_on or date.max, one.place))
    done = tuple(one for one in plan.activities if one.status not in OPEN_ACTIVITIES)
    return PlanPart(plan, tuple(ahead), done)


def _close(card: PersonCard) -> tuple[CloseOne, ...]:
    """Relatives and representatives, each person once."""
    proxies = {one.name: one for one in card.representatives}
    found = [CloseOne(one.name, one, proxies.pop(one.name, None)) for one in card.person.relatives]
    return (*found, *(CloseOne(one.name, None, one) for one in proxies.values()))


def _plans(actor: Actor, person_id: UUID) -> list[PlanDetail]:
    with act(actor, Action.PLAN_READ) as this:
        this.unchanged()  # a line is written by `plans_of` if there was a plan to show
        return plans_of(this, person_id)


_HEALTH = frozenset({Branch.HEALTH, Branch.SCHOOL_HEALTH})


def _openings(this: Act, standing: Standing, units: Mapping[UUID, UnitDetail]) -> Openings:
    actor = this.actor
    blocked = _blocked(actor, standing)
    own = tuple(
        dict.fromkeys(one.kind for one in standing.relations if one.unit_id == actor.unit_id)
    )
    health = actor.branch in _HEALTH
    return Openings(
        choice=standing.choice,
        consent=standing.consent,
        emergency=standing.emergency,
        blocked_units=tuple(sorted(one.name for one in units.values() if one.id in blocked)),
        relations=own,
        may_choose=health and actor.may(Permission.PERSON_READ) and not standing.choice,
        may_open_emergency=_may_open(actor, standing),
        may_consent=actor.may(Permission.CONSENT_EDIT),
        may_block=actor.may(Permission.BLOCK_EDIT),
        may_end=actor.may(Permission.PERSON_EDIT) and bool(own),
    )


def _may_open(actor: Actor, standing: Standing) -> bool:
    """Only a vårdgivare, with a current patient relation (SVOD 3:6)."""
    return (
        actor.branch in _HEALTH
        and actor.may(Permission.EMERGENCY)
        and svod_relation(actor, standing)
        and not standing.emergency
    )


def _blocked(actor: Actor, standing: Standing) -> set[UUID]:
    """Other units of the own provider that the person has closed."""
    return {
        block.unit_id
        for block in standing.blocks
        if block.kind is BlockKind.INNER
        and block.provider_id == actor.provider_id
        and block.unit_id
        and block.unit_id != actor.unit_id
    }
