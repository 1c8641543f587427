"""What is written in plans, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samverka.careplans.rules import GoalStatus, PlanKind, Section, Term
from samverka.demo.script.events import Event
from samverka.demo.script.time import Moment


class OwnerKind(StrEnum):
    """Who answers for an activity."""

    UNIT = "unit"
    PERSON = "person"
    CLOSE = "close"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers for an activity: a unit (key), the person, or another party (name)."""

    kind: OwnerKind
    name: str = ""


def unit(key: str) -> Owner:
    """A unit of the region or of a municipality answers."""
    return Owner(OwnerKind.UNIT, key)


def close(name: str) -> Owner:
    """Someone close to the person answers: a relative, a friend."""
    return Owner(OwnerKind.CLOSE, name)


def other(name: str) -> Owner:
    """Another party answers, such as an authority or an association."""
    return Owner(OwnerKind.OTHER, name)


SELF = Owner(OwnerKind.PERSON)
"""The person answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStarted(Event):
    """A plan is begun. `lead`: the huvudman with the overall responsibility."""

    plan: str
    kind: PlanKind
    title: str
    lead: str
    asked_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWritten(Event):
    """A section is written; a person writes in the own plan, staff in the person's words."""

    plan: str
    section: Section
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSet(Event):
    """A goal in the person's own words."""

    plan: str
    key: str
    words: str
    term: Term = Term.SHORT
    reach_by: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalFollowed(Event):
    """How it went with a goal, in the person's words."""

    plan: str
    goal: str
    status: GoalStatus
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivitySet(Event):
    """Who does what until when."""

    plan: str
    key: str
    goal: str = ""
    words: str
    owner: Owner
    due: Moment | None = None
    preventive: bool = False
    rehabilitating: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityDone(Event):
    """An activity is done; `words`: how it went."""

    plan: str
    activity: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAgreed(Event):
    """The plan is agreed as it stands: a new version, with the day of follow-up."""

    plan: str
    follow_up: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanApproved(Event):
    """A unit that answers for a measure approves the plan (LPT 7 a §): it holds when all have."""

    plan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanShared(Event):
    """The plan is handed out to other care providers on a consent (PDL 3:11).

    `consent`: key of one that staff note with it; empty where the person has answered on the own page.
    """

    plan: str
    to: tuple[str, ...]
    consent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCommented(Event):
    """The person, or one who acts for the person, writes something in the plan."""

    plan: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentsHandled(Event):
    """The unit that keeps the plan has taken care of what the person wrote."""

    plan: str


@dataclass(frozen=True, slots=True)
class Pen:
    """One writer in one plan, so that a story can say it short."""

    by: str
    plan: str
    of: str = ""

    def writes(self, when: Moment, section: Section, text: str) -> PlanWritten:
        """A section is written."""
        return PlanWritten(
            when=when, by=self.by, of=self.of, plan=self.plan, section=section, text=text
        )

    def sets_goal(
        self,
        when: Moment,
        key: str,
        words: str,
        *,
        term: Term = Term.SHORT,
        reach_by: Moment | None = None,
    ) -> GoalSet:
        """A goal is written in the person's own words."""
        return GoalSet(
            when=when,
            by=self.by,
            of=self.of,
            plan=self.plan,
            key=key,
            words=words,
            term=term,
            reach_by=reach_by,
        )

    def follows(self, when: Moment, goal: str, status: GoalStatus, words: str) -> GoalFollowed:
        """A goal is followed up, in the person's words."""
        return GoalFollowed(
            when=when,
            by=self.by,
            of=self.of,
            plan=self.plan,
            goal=goal,
            status=status,
            words=words,
        )

    def adds(
        self,
        when: Moment,
        key: str,
        words: str,
        *,
        owner: Owner,
        goal: str = "",
        due: Moment | None = None,
        preventive: bool = False,
        rehabilitating: bool = False,
    ) -> ActivitySet:
        """Who does what until when."""
        return ActivitySet(
            when=when,
            by=self.by,
            of=self.of,
            plan=self.plan,
            key=key,
            words=words,
            owner=owner,
            goal=goal,
            due=due,
            preventive=preventive,
            rehabilitating=rehabilitating,
        )

    def finishes(self, when: Moment, activity: str, words: str = "") -> ActivityDone:
        """An activity is done."""
        return ActivityDone(
            when=when, by=self.by, of=self.of, plan=self.plan, activity=activity, words=words
        )
