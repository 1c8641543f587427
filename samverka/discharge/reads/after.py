"""The first time at home: whose turn it is to ring, what was answered, and who met the person before a readmission."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act, permits
from samverka.access.actions import Action
from samverka.careplans.reads import contact_at
from samverka.contacts.reads import visit_moments
from samverka.discharge.models import AfterAnswer, AfterContact, AfterTry, Case
from samverka.discharge.reads.cases import case_detail, whole_cases
from samverka.discharge.reads.items import ItemDetail, items_of
from samverka.discharge.reads.medicines import Medicines, medicines_of
from samverka.discharge.reads.values import CaseDetail
from samverka.discharge.rules.after import Feeling, Outcome, Question, Span, met_between
from samverka.discharge.rules.kinds import CaseStatus
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date


@dataclass(frozen=True, slots=True)
class AfterLine:
    """Who is to hear how it goes at home, and how that went: what every unit of the case may know."""

    unit_id: UUID
    unit_name: str
    due_at: datetime
    outcome: Outcome | None
    made_at: datetime | None
    own: bool


@dataclass(frozen=True, slots=True)
class TryLine:
    """One attempt."""

    at: datetime
    by: str
    reached: bool
    words: str


@dataclass(frozen=True, slots=True)
class ToldLine:
    """What the person answered to one question."""

    question: Question
    feeling: Feeling
    words: str


@dataclass(frozen=True, slots=True)
class AfterView:
    """The page of the first contact at home.

    Attributes:
        tries, told: for the unit that asked; others know only how it went.
        worries: what worried, and who takes care of it.
        contact: the own unit's fast vårdkontakt, whose task it is before another's; empty: none.
        phone: where the person is rung; empty where it is not known, or may not be shown.
    """

    case: CaseDetail
    after: AfterLine | None
    tries: tuple[TryLine, ...]
    told: tuple[ToldLine, ...]
    worries: tuple[ItemDetail, ...]
    medicines: Medicines
    may_note: bool
    phone: str = ""
    contact: str = ""


def after_view(actor: Actor, *, case_id: UUID) -> AfterView:
    """The first contact at home of one case."""
    with act(actor, Action.CASE_READ) as this:
        whole = this.row(whole_cases(), id=case_id)
        this.note(whole, part="after")
        line = after_line(actor, whole)
        own = line is not None and line.own
        case = case_detail(this, whole, whole)
        return AfterView(
            case=case,
            phone=whole.person.phone if own and not case.person.protected else "",
            contact=_contact(actor, whole) if own else "",
            after=line,
            tries=_tries(whole.after) if own else (),
            told=_told(whole.after) if own else (),
            worries=tuple(one for one in items_of(this, whole) if one.at_home),
            medicines=medicines_of(this, whole),
            may_note=own
            and line is not None
            and line.outcome is not Outcome.REACHED
            and whole.status == CaseStatus.HOME
            and permits(actor, Action.CASE_FOLLOW_UP),
        )


def _contact(actor: Actor, whole: Any) -> str:
    found = contact_at(whole.person_id, whole.after.unit_id, local_date(actor.at))
    return found.name if found else ""


def after_line(actor: Actor, whole: Any) -> AfterLine | None:
    """How the first contact at home stands, of a whole case."""
    row = getattr(whole, "after", None)
    if row is None:
        return None
    return AfterLine(
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        due_at=row.due_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        made_at=row.made_at,
        own=row.unit_id == actor.unit_id,
    )


def _tries(row: AfterContact) -> tuple[TryLine, ...]:
    rows = AfterTry.objects.filter(after=row).order_by("-at")
    return tuple(TryLine(one.at, one.by, one.reached, one.words) for one in rows)


def _told(row: AfterContact) -> tuple[ToldLine, ...]:
    rows = {Question(one.question): one for one in AfterAnswer.objects.filter(asked__after=row)}
    return tuple(
        ToldLine(question, Feeling(rows[question].feeling), rows[question].words)
        for question in Question
        if question in rows
    )


# ── readmission ──


@dataclass(frozen=True, slots=True)
class Readmission:
    """A stay that began soon after another one.

    Attributes:
        met: whether anyone met, or spoke with, the person in between; never who.
    """

    case_id: UUID
    home_at: datetime
    back_at: datetime
    met: bool


def readmission_of(this: Act, row: Case) -> Readmission | None:
    """Whether a case that has passed the gate is a readmission, and whether anyone met the person before it."""
    return readmissions([row]).get(row.id)


def readmissions(rows: Iterable[Case]) -> dict[UUID, Readmission]:
    """The readmissions among cases that have passed the gate, in three questions however many they are.

    Someone met the person if the first contact at home was made, or a visit noted, between the stays.
    """
    again = [row for row in rows if row.readmission_of_id and row.admitted_at]
    first = {
        one.id: one.discharged_at
        for one in Case.objects.filter(id__in={row.readmission_of_id for row in again})
        if one.discharged_at
    }
    spans = {
        row.id: (row, Span(first[row.readmission_of_id], row.admitted_at))
        for row in again
        if row.readmission_of_id in first and row.admitted_at
    }
    if not spans:
        return {}
    moments = _moments(spans.values())
    return {
        case_id: Readmission(
            case_id, span.home_at, span.back_at, met_between(span, moments.get(row.person_id, ()))
        )
        for case_id, (row, span) in spans.items()
    }


def _moments(spans: Iterable[tuple[Case, Span]]) -> dict[UUID, list[datetime]]:
    """When someone met, or spoke with, each person."""
    wanted = list(spans)
    found = visit_moments(
        persons={row.person_id for row, _span in wanted},
        since=min(span.home_at for _row, span in wanted),
        until=max(span.back_at for _row, span in wanted),
    )
    reached = AfterTry.objects.filter(
        after__case__in={row.readmission_of_id for row, _span in wanted}, reached=True
    )
    for person, at in reached.values_list("person_id", "at"):
        found.setdefault(person, []).append(at)
    return found
