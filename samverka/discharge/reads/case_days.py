"""The days of one stay after the notice of readiness, each with its reason, for the case's own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act, permits
from samverka.access.actions import Action
from samverka.discharge.models import Hindrance
from samverka.discharge.reads.cases import bare_cases, case_detail
from samverka.discharge.reads.liability_facts import agreed_on, period_on, stay_of
from samverka.discharge.reads.values import CaseDetail
from samverka.discharge.rules import liability
from samverka.discharge.rules.kinds import OPEN, Part
from samverka.discharge.rules.liability import DayRun, StayVerdict
from samverka.discharge.rules.messages import MessageKind
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text


@dataclass(frozen=True, slots=True)
class HindranceDetail:
    """Days when something that the region's open care answers for was not there."""

    id: UUID
    case_id: UUID
    first: date
    last: date | None
    reason: str
    part: Part
    noted_at: datetime
    noted_by: str
    may_end: bool


@dataclass(frozen=True, slots=True)
class CaseDays:
    """The days of a stay, for those who take part in it.

    Attributes:
        said: the stay in one sentence; `why_debtor`: which municipality it would be, and why.
        runs: days in a row with the same reason, from the notice on.
        notes: what is uncertain in law, and how it was reckoned.
        fault: why the days cannot be judged; then all the others are empty.
    """

    said: Text | None
    why_debtor: Text | None
    runs: tuple[DayRun, ...]
    notes: tuple[Text, ...]
    fault: Text | str
    hindrances: tuple[HindranceDetail, ...]
    may_note: bool


def hindrance_detail(row: Hindrance, actor: Actor) -> HindranceDetail:
    """Row → plain value."""
    return HindranceDetail(
        id=row.id,
        case_id=row.case_id,
        first=row.first,
        last=row.last,
        reason=row.reason,
        part=Part(row.part),
        noted_at=row.noted_at,
        noted_by=row.noted_by,
        may_end=row.last is None and permits(actor, Action.CASE_EDIT),
    )


def _hindrance(told: dict[str, Any], case: Any, actor: Actor) -> HindranceDetail:
    """A hindrance as it came with its case → plain value."""
    days = {one: told[one] and date.fromisoformat(told[one]) for one in ("first", "last")}
    moment = datetime.fromisoformat(told["noted_at"])
    row = Hindrance(
        **told | days | {"case_id": case.id, "noted_at": moment, "id": UUID(told["id"])}
    )
    return hindrance_detail(row, actor)


def hindrance(actor: Actor, *, hindrance_id: UUID) -> tuple[HindranceDetail, CaseDetail]:
    """One hindrance and its case, for the form that ends it."""
    with act(actor, Action.CASE_READ) as this:
        row = this.row(Hindrance.objects, id=hindrance_id)
        whole = this.row(bare_cases(), id=row.case_id)
        this.note(row)
        return hindrance_detail(row, actor), case_detail(this, whole, whole)


def days_of(this: Act, row: Any) -> CaseDays | None:
    """The days of a case of `with_stay_facts` that has passed the gate; None before anyone was said to be ready."""
    if not any(
        one.kind in (MessageKind.READY, MessageKind.COMPULSORY) for one in row.messages.all()
    ):
        return None
    facts = stay_of(row)
    if facts is None or not facts.ready:
        return None
    hindrances = tuple(_hindrance(one, row, this.actor) for one in row.its_blocked)
    may = row.status in OPEN and permits(this.actor, Action.CASE_EDIT)
    day = facts.discharged_on or local_date(this.actor.at)
    try:
        found = liability.judge_stay(facts, agreed_on(period_on(day).first), as_of=this.actor.at)
    except Invalid as fault:
        return CaseDays(None, None, (), (), fault.message, hindrances, may)
    runs = tuple(liability.runs(_after_notice(found, facts)))
    notes = tuple(one.words for one in found.notes)
    return CaseDays(liability.tell_stay(found), found.debtor.why, runs, notes, "", hindrances, may)


def _after_notice(found: StayVerdict, facts: liability.StayFacts) -> list[liability.DayVerdict]:
    """The days from the first judgement on: those before say nothing to anyone."""
    start = min(local_date(one.judged_at) for one in facts.ready)
    return [one for one in found.days if one.day >= start]
