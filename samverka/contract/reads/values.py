"""What the person's page and the staff's view of the contract get: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samverka.access.rules import Ground
from samverka.careplans.reads import (
    ActivityDetail,
    CareContactDetail,
    ComingMeeting,
    CommentDetail,
    GoalDetail,
    PartyDetail,
    PlanDetail,
    SelfCareDetail,
    Talk,
    Waiting,
)
from samverka.careplans.rules import OwnerKind, PlanStatus
from samverka.contacts.reads import BookingDetail, PromiseDetail, StayDetail, Timeline
from samverka.contract.rules import BehalfKind, BehalfWay, Curve, Happening
from samverka.discharge.reads import WayHome
from samverka.guarantee.reads import MyWait
from samverka.notices.reads import NewsLine
from samverka.organisations.reads import UnitDetail
from samverka.people.reads import PersonDetail
from samverka.resources.reads import MedicineLine

MyNext = Happening[BookingDetail, StayDetail]


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """One whose page the reader may open."""

    id: UUID
    name: str
    own: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a plan as the person meets them, and of which plan. `original`: as written, when `words` are easier."""

    words: str
    original: str = ""
    plan: PlanDetail | None = None


@dataclass(frozen=True, slots=True)
class MyGoal:
    """A goal, in easy words where there are such."""

    said: Said
    goal: GoalDetail
    plan: PlanDetail


@dataclass(frozen=True, slots=True)
class MyActivity:
    """Something that someone does, in easy words where there are such."""

    said: Said
    activity: ActivityDetail
    plan: PlanDetail


@dataclass(frozen=True, slots=True)
class OwnerDoes:
    """What one party does, in one list: me, care, municipality, others."""

    owner: OwnerKind
    activities: tuple[MyActivity, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """The latest measurement of one sort, and its curve. `day` None: the source told no whole day."""

    title: str
    value: str
    day: date | None
    source: str
    curve: Curve | None


@dataclass(frozen=True, slots=True)
class Medicine:
    """A medicine as it was received. `day` None: the source told no whole day."""

    line: MedicineLine
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
        medicines: those in use, as received.
        meetings: those ahead, and those that wait for the person's word.
        waiting: what the person has asked for and has no answer to.
        advice: advice on self-care that holds.
        home: the stay in hospital that goes on, or that ended lately.
        waits: the own clocks of the waiting-time guarantee, the soonest last day first.
        news: what is new and not read yet; empty for staff.
        more_news: there is more that is new, or was, on a page of its own.
    """

    person: PersonDetail
    own: bool
    ground: Ground | None
    choices: tuple[PersonChoice, ...]
    next: MyNext | None
    plans: tuple[PlanDetail, ...]
    matters: tuple[Said, ...]
    goals: tuple[MyGoal, ...]
    doing: tuple[OwnerDoes, ...]
    done: tuple[MyActivity, ...]
    if_worse: tuple[Said, ...]
    times: Timeline
    home: WayHome | None
    waits: tuple[MyWait, ...]
    contacts: tuple[CareContactDetail, ...]
    measurements: tuple[Measured, ...]
    medicines: tuple[Medicine, ...]
    listed_unit: UnitDetail | None
    meetings: tuple[ComingMeeting, ...]
    waiting: tuple[Waiting, ...]
    advice: tuple[SelfCareDetail, ...]
    news: tuple[NewsLine, ...]
    more_news: bool
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
    def promised(self) -> tuple[PromiseDetail, ...]:
        """Times that are promised but not booked, the soonest last day first."""
        return self.times.promised

    @property
    def follow_ups(self) -> tuple[date, ...]:
        """When the plans are gone through, soonest first."""
        return tuple(sorted(plan.follow_up_on for plan in self.plans if plan.follow_up_on))

    @property
    def talks(self) -> tuple[Talk, ...]:
        """What is written about the plans, each with its answers; the newest first."""
        found = [one for plan in self.plans for one in plan.talks]
        return tuple(sorted(found, key=lambda one: one.said.at, reverse=True))

    @property
    def asked(self) -> tuple[Talk, ...]:
        """Questions of the person that wait for an answer."""
        return tuple(one for one in self.talks if one.waits and one.said.handled_at is None)

    @property
    def comments(self) -> tuple[CommentDetail, ...]:
        """What the person, and those who act for the person, have written; newest first."""
        found = [one for plan in self.plans for one in plan.comments]
        return tuple(sorted(found, key=lambda one: one.at, reverse=True))


@dataclass(frozen=True, slots=True)
class BehalfLine:
    """Something that staff wrote down for the person."""

    id: UUID
    person_id: UUID
    kind: BehalfKind
    who: str
    way: BehalfWay
    at: datetime
    entered_by: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class StaffContract:
    """The same contract as staff see it: with owner and clock per line, and what was written down.

    Attributes:
        sayers: the person and those who act for the person: whose words staff may write down.
        entered: what the reader's care provider has written down for the person, newest first.
    """

    mine: MyPage
    sayers: tuple[str, ...]
    entered: tuple[BehalfLine, ...]
    may_write: bool
    may_consent: bool
    may_block: bool
    may_represent: bool
    may_promise: bool
    may_advise: bool
