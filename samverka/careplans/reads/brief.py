"""A plan in brief, for the rooms above that show it beside what they know: how far, which meetings, what lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.careplans import rules
from samverka.careplans.models import Meeting
from samverka.careplans.reads.facts import plan_facts
from samverka.careplans.reads.rows import full_plans
from samverka.careplans.rules import KINDS, STATUS_WORDS, Missing, PlanKind, PlanStatus
from samverka.careplans.rules.meetings import MEETING_WORDS, MeetingStatus
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.text import Text
from samverka.organisations.reads import UnitDetail, unit_detail


@dataclass(frozen=True, slots=True)
class MeetingBrief:
    """A meeting about a plan: when, where, who called."""

    id: UUID
    plan_id: UUID
    status: MeetingStatus
    status_words: Text
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    unit: UnitDetail
    called_at: datetime


@dataclass(frozen=True, slots=True)
class PlanBrief:
    """A plan in brief.

    Attributes:
        own: the reader's care provider keeps it. Others have a copy, so the texts are left out here.
        missing: sentences of what the law asks for; empty when it holds or has ended.
    """

    id: UUID
    kind: PlanKind
    kind_words: Text
    title: str
    status: PlanStatus
    status_words: Text
    unit: UnitDetail
    own: bool
    what_matters: str
    needs: str
    consent: bool
    established_at: datetime | None
    missing: tuple[Missing, ...]
    meetings: tuple[MeetingBrief, ...]


def plan_briefs(actor: Actor, *, person_id: UUID) -> tuple[PlanBrief, ...]:
    """The person's plans in brief, as far as the reader may see them; the newest first."""
    with act(actor, Action.PLAN_READ) as this:
        found = full_plans(actor).filter(person_id=person_id)
        rows = this.rows(found, order=("-created_at",))
        this.note_list(rows) if rows else this.note_person(person_id, "Plan")
        meetings = _meetings(this, [row.id for row in rows])
        return tuple(_brief(this, row, meetings.get(row.id, ())) for row in rows)


def _meetings(this: Act, plans: list[UUID]) -> dict[UUID, tuple[MeetingBrief, ...]]:
    found: dict[UUID, tuple[MeetingBrief, ...]] = {}
    if not plans:
        return found
    rows = Meeting.objects.select_related("unit__provider__organisation").filter(plan_id__in=plans)
    for row in this.rows(rows, order=("-starts_at",)):
        found[row.plan_id] = (*found.get(row.plan_id, ()), _meeting(row))
    return found


def _meeting(row: Any) -> MeetingBrief:
    status = MeetingStatus(row.status)
    return MeetingBrief(
        id=row.id,
        plan_id=row.plan_id,
        status=status,
        status_words=MEETING_WORDS[status],
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place,
        link=row.link,
        unit=unit_detail(row.unit),
        called_at=row.made_at,
    )


def _brief(this: Act, row: Any, meetings: tuple[MeetingBrief, ...]) -> PlanBrief:
    kind, status = PlanKind(row.kind), PlanStatus(row.status)
    facts = plan_facts(row, local_date(this.actor.at))
    own = row.provider_id == this.actor.provider_id
    drafted = own and status is PlanStatus.DRAFT
    return PlanBrief(
        id=row.id,
        kind=kind,
        kind_words=KINDS[kind].words,
        title=row.title,
        status=status,
        status_words=STATUS_WORDS[status],
        unit=unit_detail(row.unit),
        own=own,
        what_matters=row.what_matters if own else "",
        needs=row.needs if own else "",
        consent=facts.consent,
        established_at=row.established_at,
        missing=rules.unwritten(rules.list_missing(facts)) if drafted else (),
        meetings=meetings,
    )
