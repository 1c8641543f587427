"""A plan that another system keeps, as plain values. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from samverka.careplans.rules.contents import PlanKind
from samverka.careplans.rules.kinds import (
    ActivityStatus,
    GoalStatus,
    OwnerKind,
    PlanStatus,
    Term,
)


@dataclass(frozen=True, slots=True)
class ReceivedGoal:
    """A goal of a plan kept elsewhere."""

    words: str
    term: Term
    status: GoalStatus
    outcome: str = ""
    reach_by: date | None = None


@dataclass(frozen=True, slots=True)
class ReceivedActivity:
    """An activity of a plan kept elsewhere. `owner`: in words; who it is here is not known."""

    what: str
    owner: str
    owner_kind: OwnerKind
    status: ActivityStatus
    goal: int | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReceivedPlan:
    """A plan kept elsewhere. It is shown with its source and changed only there.

    Attributes:
        source_id: its name in the source, the same in every version.
        summary: what it says besides goals and activities.
        team: names of those who take part.
        not_for_patient: the source withholds it from the person.
    """

    source_id: str
    kind: PlanKind
    status: PlanStatus
    title: str
    summary: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    goals: tuple[ReceivedGoal, ...] = ()
    activities: tuple[ReceivedActivity, ...] = ()
    team: tuple[str, ...] = ()
    not_for_patient: bool = False
