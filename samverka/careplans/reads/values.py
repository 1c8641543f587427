"""What pages and FHIR get: plain values, never rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samverka.careplans.reads.comment_values import CommentDetail, EasyDetail, Talk
from samverka.careplans.reads.party_values import (
    ApprovalDetail,
    GivenDetail,
    PartyDetail,
    ReceiverDetail,
    WithheldDetail,
)
from samverka.careplans.reads.task_values import PlanTaskDetail
from samverka.careplans.rules import (
    ActivityStatus,
    ApprovalStatus,
    ChangeKind,
    ContactKind,
    Difference,
    Duty,
    GoalStatus,
    Group,
    Missing,
    NextStep,
    OwnerKind,
    PlanKind,
    PlanStatus,
    StageLine,
    Term,
    unwritten,
)
from samverka.careplans.rules.tasks import TaskStatus
from samverka.kernel.actor import Branch, Side
from samverka.kernel.text import Text
from samverka.organisations.reads import UnitDetail
from samverka.people.reads import PersonLine


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan in a list, with its one next step.

    Attributes:
        unit_name: the unit that keeps the plan, with its side.
        next_step: on a worklist the own unit's first step, else the plan's.
        waits_on_us: the next step is the reader's unit's (worklist only).
        mine: the reader is the person's contact (worklist only).
    """

    id: UUID
    person_id: UUID
    person: PersonLine
    kind: PlanKind
    kind_words: Text
    status: PlanStatus
    status_words: Text
    title: str
    unit_id: UUID
    unit_name: str
    side: Side
    next_step: NextStep | None
    follow_up_on: date | None
    updated_at: datetime
    source: str
    waits_on_us: bool = False
    mine: bool = False

    @property
    def due_on(self) -> date | None:
        """The last day of the next step."""
        return self.next_step.due_on if self.next_step else None

    @property
    def overdue(self) -> bool:
        """Whether the next step's last day has passed."""
        return self.next_step is not None and self.next_step.overdue


@dataclass(frozen=True, slots=True)
class GoalDetail:
    """A goal in the person's own words, and how it went."""

    id: UUID
    words: str
    term: Term
    term_words: Text
    status: GoalStatus
    status_words: Text
    outcome: str
    reach_by: date | None
    followed_up_at: datetime | None
    followed_up_by: str
    place: int
    version: int

    @property
    def key(self) -> str:
        """Its id as text, for the address of its place on the page."""
        return str(self.id)


@dataclass(frozen=True, slots=True)
class ActivityDetail:
    """Who does what. `owner`: the name to show, whoever it is; `side`: whose colour."""

    id: UUID
    what: str
    owner_kind: OwnerKind
    owner: str
    owner_unit_id: UUID | None
    owner_text: str
    owner_hsa_id: str
    side: Side
    phone: str
    social: bool
    goal_id: UUID | None
    due_on: date | None
    status: ActivityStatus
    status_words: Text
    done_at: datetime | None
    done_by: str
    outcome: str
    overdue: bool
    preventive: bool
    place: int
    version: int
    rehabilitating: bool = False
    followed_up_at: datetime | None = None
    followed_up_by: str = ""

    @property
    def key(self) -> str:
        """Its id as text, for the address of its place on the page."""
        return str(self.id)


@dataclass(frozen=True, slots=True)
class CareContactDetail:
    """Someone whom the person can turn to: fast vårdkontakt, fast läkarkontakt, main contact.

    Attributes:
        away_until: the last day of an absence that goes on today; None: at work.
        stand_in: who stands in until then; "" for nobody.
    """

    id: UUID
    person_id: UUID
    kind: ContactKind
    kind_words: Text
    name: str
    profession: str
    staff_id: UUID
    hsa_id: str
    unit_id: UUID
    unit_name: str
    provider_id: UUID
    branch: Branch
    side: Side
    phone: str
    phone_hours: str
    since: datetime
    until: datetime | None
    away_until: date | None = None
    stand_in: str = ""
    stand_in_profession: str = ""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the history."""

    number: int
    at: datetime
    by: str
    unit_name: str
    side: Side
    change: ChangeKind
    change_words: Text
    why: str = ""
    may_explain: bool = False


@dataclass(frozen=True, slots=True)
class PlanHistory:
    """The versions that the reader may see, newest first."""

    plan_id: UUID
    title: str
    person: PersonLine
    versions: tuple[VersionLine, ...]


@dataclass(frozen=True, slots=True)
class PlanComparison:
    """Two versions and what differs."""

    plan_id: UUID
    title: str
    person: PersonLine
    old: VersionLine
    new: VersionLine
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class PlanDetail:
    """A plan as the actor may see it.

    Attributes:
        what_matters: the person's own answer to "Vad är viktigt för mig?".
        summary: what a plan kept elsewhere says besides goals and activities.
        unit: the unit that keeps the plan.
        responsible: name of the huvudman with the overall responsibility; "" until chosen.
        missing: sentences of what it lacks; only while it can be written in.
        source: where a plan kept elsewhere came from; "" for our own.
        consent: the person's consent to share it holds.
        consent_asked: the person has been asked and has not answered.
        shared_with: names of the care providers to whom it is disclosed now.
        given: what the reader has been given, where it is a copy that is read.
        receivers: who has been given what; for its own care provider and the person.
        withheld: what the reader's care provider keeps back; all of it for the person.
        approvals: of the units that have been asked to approve the plan (LPT 7 a §).
        requested: somebody has asked for the plan.
        way: the stages of a draft that several make together; empty for others.
        tasks: what has been asked of units, as far as the reader may know of it.
        asks_approval: the next step of establishing is to ask them.
    """

    id: UUID
    person_id: UUID
    person: PersonLine
    kind: PlanKind
    kind_words: Text
    section: Text
    status: PlanStatus
    status_words: Text
    title: str
    what_matters: str
    strengths: str
    if_worse: str
    summary: str
    follow_up_on: date | None
    follow_up_overdue: bool
    no_others: bool
    asked_by: str
    unit: UnitDetail
    responsible_id: UUID | None
    responsible: str
    responsible_side: Side | None
    goals: tuple[GoalDetail, ...]
    activities: tuple[ActivityDetail, ...]
    parties: tuple[PartyDetail, ...]
    contacts: tuple[CareContactDetail, ...]
    comments: tuple[CommentDetail, ...]
    easy: tuple[EasyDetail, ...]
    missing: tuple[Missing, ...]
    next_step: NextStep | None
    consent: bool
    consent_asked: bool
    shared_with: tuple[str, ...]
    version: int
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str
    established_at: datetime | None
    established_by: str
    ended_at: datetime | None
    ended_by: str
    end_reason: str
    source: str
    not_for_patient: bool
    may_edit: bool
    may_share: bool
    may_activate: bool
    may_end: bool
    may_comment: bool
    needs: str = ""
    attitude: str = ""
    template: Group | None = None
    duties: tuple[Duty, ...] = ()
    told_other_at: datetime | None = None
    told_other_by: str = ""
    tells_other: bool = False
    end_next: str = ""
    end_to: str = ""
    merged_into_id: UUID | None = None
    given: GivenDetail | None = None
    receivers: tuple[ReceiverDetail, ...] = ()
    withheld: tuple[WithheldDetail, ...] = ()
    approvals: tuple[ApprovalDetail, ...] = ()
    asks_approval: bool = False
    way: tuple[StageLine, ...] = ()
    requested: bool = False
    tasks: tuple[PlanTaskDetail, ...] = ()

    @property
    def own_tasks(self) -> tuple[PlanTaskDetail, ...]:
        """What the reader can answer, or tell how it goes."""
        return tuple(one for one in self.tasks if one.moves)

    @property
    def others_tasks(self) -> tuple[PlanTaskDetail, ...]:
        """What others have been asked, or have said no to."""
        said_no = {TaskStatus.REJECTED, TaskStatus.FAILED}
        return tuple(
            one for one in self.tasks if not one.moves and (one.goes_on or one.status in said_no)
        )

    @property
    def unsent(self) -> tuple[ReceiverDetail, ...]:
        """Those who have not been given the newest changes."""
        return tuple(one for one in self.receivers if one.unsent)

    @property
    def keepers(self) -> tuple[ReceiverDetail, ...]:
        """Those who are given nothing more, and keep what they have."""
        return tuple(one for one in self.receivers if not one.live)

    @property
    def blocking(self) -> tuple[Missing, ...]:
        """What the law asks for before the plan can be established."""
        return tuple(one for one in self.missing if one.blocking)

    @property
    def unwritten(self) -> tuple[Missing, ...]:
        """What must be there before the plan can be established, or the units asked to approve it."""
        return unwritten(self.missing)

    @property
    def waits_for_approvals(self) -> bool:
        """All is written and the units have been asked: only their answers are lacking."""
        asked = bool(self.approvals) and self.status is PlanStatus.DRAFT
        wants = any(one.status is ApprovalStatus.CHANGE for one in self.approvals)
        return asked and not wants and not self.unwritten

    @property
    def own_approval(self) -> ApprovalDetail | None:
        """What the reader's own unit is asked to approve, or has said."""
        return next((one for one in self.approvals if one.may_answer), None)

    @property
    def talks(self) -> tuple[Talk, ...]:
        """Words about the plan, each with its answers; an answer to words not shown stands by itself."""
        shown = {one.id for one in self.comments}
        first = (one for one in self.comments if one.answer_to not in shown)
        found = self.comments
        return tuple(Talk(one, tuple(x for x in found if x.answer_to == one.id)) for one in first)

    def activities_of(self, goal_id: UUID | None) -> tuple[ActivityDetail, ...]:
        """The activities that serve a goal; those of no goal for None."""
        return tuple(one for one in self.activities if one.goal_id == goal_id)


@dataclass(frozen=True, slots=True)
class PersonPlans:
    """A person's plans and contacts: the list page."""

    person: PersonLine
    plans: tuple[PlanLine, ...]
    contacts: tuple[CareContactDetail, ...]
    may_start: bool
    may_appoint: bool
