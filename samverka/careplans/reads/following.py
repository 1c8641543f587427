"""Gated fetches of what keeps a plan alive: follow-ups, news, what can be merged, a carer's plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.models import Disclosure
from samverka.careplans import rules
from samverka.careplans.models import CarerLink, FollowUp, MergeAsk, Plan, PlanVersion
from samverka.careplans.reads.disclosing import (
    COPY_GROUNDS,
    sent_until,
    set_back,
    withheld_of,
)
from samverka.careplans.reads.making import plan_line
from samverka.careplans.reads.plans import partly_hidden, plan
from samverka.careplans.reads.rows import full_plans, line_plans
from samverka.careplans.reads.values import PlanDetail, PlanLine
from samverka.careplans.rules import PlanKind, PlanStatus
from samverka.careplans.rules.disclosing import PartKind, hidden_from
from samverka.kernel.actor import Actor, Side
from samverka.kernel.calendar import local_date
from samverka.kernel.text import Text
from samverka.organisations.reads import unit_names

CHOICES_LIMIT = 200
"""Plans to choose among (rows)."""


@dataclass(frozen=True, slots=True)
class FollowUpDetail:
    """One follow-up of the whole plan. `answers`: question and answer in words."""

    id: UUID
    on: date
    took_part: str
    answers: tuple[tuple[Text, Text], ...]
    words: str
    next_on: date | None
    number: int
    at: datetime
    by: str
    unit_name: str
    side: Side


@dataclass(frozen=True, slots=True)
class MergeChoice:
    """A plan of the same person that could become part of this one. `conflicts`: what differs."""

    plan: PlanLine
    conflicts: tuple[Text, ...]
    asked_at: datetime | None


@dataclass(frozen=True, slots=True)
class MergeAskDetail:
    """A question to those who keep a plan: may it become part of another? `conflicts`: what differs."""

    id: UUID
    plan: PlanLine
    other: PlanLine
    why: str
    asked_at: datetime
    asked_by: str
    answered_at: datetime | None
    answered_by: str
    agreed: bool | None
    conflicts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class CarerPlans:
    """A carer's plan: those it is linked to, and those it could be; only what the reader may see."""

    linked: tuple[PlanLine, ...]
    carers: tuple[PlanLine, ...]


@dataclass(frozen=True, slots=True)
class NewsLine:
    """What changed in a plan one day, in a sentence for the person."""

    plan_id: UUID
    title: str
    on: date
    sentence: Text
    version: int


def _line(this: Act, row: Any) -> PlanLine:
    """As far as this reader has been given it; set back before anything of the row is read."""
    return plan_line(this, row, given=set_back(this, row))


# ── follow-ups ──


def follow_ups(actor: Actor, *, plan_id: UUID) -> list[FollowUpDetail]:
    """The follow-ups of a plan, the newest first."""
    with act(actor, Action.PLAN_READ) as this:
        row = this.row(line_plans(actor), id=plan_id)
        this.note(row, follow_ups=True)
        return list(follow_ups_of(this, row))


def follow_ups_of(this: Act, plan: Any) -> tuple[FollowUpDetail, ...]:
    """The follow-ups that the reader has been given, inside another read's act, which notes the plan.

    Args:
        plan: the plan's row, annotated as for a line.
    """
    rows = this.rows(_given(this, plan).select_related("plan"), order=("-on", "-at"))
    hidden = set()
    if rows and this.actor.is_staff:
        hidden = partly_hidden(this, rows[0].plan, [row.number for row in rows])
    return tuple(_follow_up(row) for row in rows if row.number not in hidden)


def _given(this: Act, row: Any) -> QuerySet[Any]:
    """Those that made a version that the reader was given, and are not of a party kept back."""
    actor, found = this.actor, FollowUp.objects.filter(plan_id=row.id)
    if not actor.is_staff:
        return found
    hidden = hidden_from(withheld_of(row), actor.provider_id)[PartKind.PARTY]
    names = {one.name for one in unit_names({UUID(key) for key in hidden}).values()}
    found = found.exclude(unit_name__in=names)
    if this.decide(row).ground not in COPY_GROUNDS:
        return found
    given = Exists(
        Disclosure.objects.filter(
            Q(provider_id=actor.provider_id),
            object_id=row.id,
            version__lte=OuterRef("number"),
            through__gte=OuterRef("number"),
        )
    )
    until = sent_until(this, row)
    sent = Q() if until is None else Q(at__lte=until)
    return found.filter(Q(given) & sent | Q(by_id=actor.id))


def _follow_up(row: FollowUp) -> FollowUpDetail:
    answers = {rules.Question(key): rules.Answer(value) for key, value in row.answers.items()}
    return FollowUpDetail(
        id=row.id,
        on=row.on,
        took_part=row.took_part,
        answers=tuple(
            (words, rules.ANSWERS[answers[question]])
            for question, words in rules.QUESTIONS.items()
            if question in answers
        ),
        words=row.words,
        next_on=row.next_on,
        number=row.number,
        at=row.at,
        by=row.by,
        unit_name=row.unit_name,
        side=Side(row.side),
    )


# ── merging ──


def merge_choices(actor: Actor, *, plan_id: UUID) -> list[MergeChoice]:
    """The person's other open plans that could become part of this one, and what differs."""
    with act(actor, Action.PLAN_READ) as this:
        plan = this.row(full_plans(actor), id=plan_id)
        this.note(plan, merge=True)
        others = full_plans(actor).filter(
            person_id=plan.person_id, source="", ended_at__isnull=True
        )
        rows = this.rows(others.exclude(id=plan.id), order=("-updated_at",))
        found = [row for row in rows if rules.may_merge(plan.kind, row.kind)]
        asked = dict(
            MergeAsk.objects.filter(plan_id=plan.id, answered_at__isnull=True).values_list(
                "other_id", "asked_at"
            )
        )
        if found:
            this.note_list(found)
        return [
            MergeChoice(_line(this, row), _conflicts(this, plan, row), asked.get(row.id))
            for row in found
        ]


def plan_and_merge_choices(actor: Actor, *, plan_id: UUID) -> tuple[PlanDetail, list[MergeChoice]]:
    """One plan, and the person's others that could become part of it."""
    with act(actor, Action.PLAN_READ) as this:
        this.unchanged()  # each of the reads inside writes its own line
        return plan(actor, plan_id=plan_id), merge_choices(actor, plan_id=plan_id)


def _conflicts(this: Act, plan: Any, other: Any) -> tuple[Text, ...]:
    """Between what this reader may see of both."""
    for row in (plan, other):
        set_back(this, row)
    return rules.list_conflicts(_content(plan), _content(other))


def _content(row: Any) -> dict[str, Any]:
    """What is compared before two plans become one."""
    return {
        "responsible": row.responsible.name if row.responsible else "",
        "no_others": row.no_others,
        "follow_up_on": row.follow_up_on.isoformat() if row.follow_up_on else None,
        "activities": row.activity_parts,
    }


def merge_ask(actor: Actor, *, ask_id: UUID) -> MergeAskDetail:
    """A question about two plans, with both and what differs."""
    with act(actor, Action.PLAN_READ) as this:
        ask: MergeAsk = this.row(MergeAsk.objects, id=ask_id)
        plan = this.row(full_plans(actor), id=ask.plan_id)
        other = this.row(full_plans(actor), id=ask.other_id)
        this.note_list([plan, other])
        return MergeAskDetail(
            id=ask.id,
            plan=_line(this, plan),
            other=_line(this, other),
            why=ask.why,
            asked_at=ask.asked_at,
            asked_by=ask.asked_by,
            answered_at=ask.answered_at,
            answered_by=ask.answered_by,
            agreed=ask.agreed,
            conflicts=_conflicts(this, plan, other),
        )


# ── a carer's plan ──


def carer_plans(actor: Actor, *, plan_id: UUID) -> CarerPlans:
    """The plans that a plan is linked to as a carer's; nothing at all for one who may not see both."""
    with act(actor, Action.PLAN_READ) as this:
        row = this.row(Plan.objects, id=plan_id)
        this.note(row)
        return carer_plans_of(this, plan_id)


def carer_plans_of(this: Act, plan_id: UUID) -> CarerPlans:
    """The same inside another read's act, which notes the plan."""
    links = CarerLink.objects.filter(
        Q(plan_id=plan_id) | Q(cared_plan_id=plan_id), ended_at__isnull=True
    )
    ids = list(links.values_list("plan_id", "cared_plan_id"))
    cared = {other for own, other in ids if own == plan_id}
    carers = {own for own, other in ids if other == plan_id}
    if not cared | carers:
        return CarerPlans((), ())
    rows = this.rows(line_plans(this.actor).filter(id__in=cared | carers), order=("-updated_at",))
    if rows:
        this.note_list(rows)
    return CarerPlans(
        linked=tuple(_line(this, row) for row in rows if row.id in cared),
        carers=tuple(_line(this, row) for row in rows if row.id in carers),
    )


def carer_choices(actor: Actor, *, plan_id: UUID) -> list[PlanLine]:
    """Open plans that the own unit keeps, of other persons, to link a carer's plan to."""
    with act(actor, Action.PLAN_LIST) as this:
        plan = this.row(Plan.objects, id=plan_id)
        this.note(plan)
        found = line_plans(actor).filter(
            Q(unit_id=actor.unit_id)
            | Q(parties__unit_id=actor.unit_id, parties__until__isnull=True),
            source="",
            ended_at__isnull=True,
        )
        others = found.exclude(person_id=plan.person_id).exclude(kind=PlanKind.CARER).distinct()
        rows = this.rows(others, order=("person__sort_name", "id"), limit=CHOICES_LIMIT)
        if rows:
            this.note_list(rows)
        return [_line(this, row) for row in rows]


# ── news for the person ──

NEWS_DAYS = timedelta(days=60)
"""So far back what changed is told; older changes are in the versions."""

NEWS_LIMIT = 10
"""So many lines at most: one a plan and day."""


def news_of(this: Act, person_id: UUID) -> tuple[NewsLine, ...]:
    """What changed in the person's plans, a sentence a plan and day, inside another read's act."""
    plans = this.rows(Plan.objects.filter(person_id=person_id, source=""))
    titles = {plan.id: plan.title for plan in plans if plan.status != PlanStatus.DRAFT}
    since = this.actor.at - NEWS_DAYS
    versions = PlanVersion.objects.filter(plan_id__in=titles).order_by("plan_id", "number")
    lines = [
        line
        for plan_id, found in groupby(versions, key=lambda one: one.plan_id)
        for line in _news(plan_id, titles[plan_id], list(found), since)
    ]
    return tuple(sorted(lines, key=lambda line: (line.on, line.version), reverse=True)[:NEWS_LIMIT])


def _news(
    plan_id: UUID, title: str, versions: list[PlanVersion], since: datetime
) -> Iterable[NewsLine]:
    """A day's changes are told as one: from how it was in the morning to how it was at night."""
    before: rules.Snapshot | None = None  # a plan is first told of when it begins to hold
    for day, found in groupby(versions, key=lambda one: local_date(one.at)):
        last = list(found)[-1]
        held = last.content.get("status") != PlanStatus.DRAFT
        if before is not None and held and last.at >= since:
            sentence = rules.tell_in_one(rules.tell_changes(before, last.content))
            if sentence is not None:
                yield NewsLine(plan_id, title, day, sentence, last.number)
        before = last.content
