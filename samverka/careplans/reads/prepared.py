"""Gated fetches of what the person has written before a meeting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act, permits
from samverka.access.actions import Action
from samverka.careplans.models import Plan, Preparation, PreparationWords
from samverka.careplans.reads.disclosing import check_not_kept
from samverka.careplans.rules import PREP_PARTS, PlanStatus, PrepPart
from samverka.kernel.actor import Actor
from samverka.kernel.text import Text
from samverka.people.reads import PersonDetail, person_card


@dataclass(frozen=True, slots=True)
class PrepWordsDetail:
    """The answer to one question, in the writer's own words.

    Attributes:
        on_behalf_of: whose words they are when staff wrote them down; else empty.
        taken_at: when they were taken into the plan; None: not yet.
        may_take: they can be taken in, and the reader may.
    """

    id: UUID
    part: PrepPart
    label: Text
    words: str
    by: str
    on_behalf_of: str
    written_at: datetime
    sent_at: datetime | None
    taken_at: datetime | None
    taken_by: str
    may_take: bool


@dataclass(frozen=True, slots=True)
class PreparationPage:
    """What is being written, and what has been sent.

    Attributes:
        person: language, interpreter and those close are the person's own facts, shown here.
        draft: by question, what has been written and not yet sent.
        sent: what has been sent, the newest first.
    """

    plan_id: UUID
    title: str
    unit_name: str
    unit_id: UUID
    person: PersonDetail
    own: bool
    draft: dict[PrepPart, PrepWordsDetail]
    sent: tuple[PrepWordsDetail, ...]
    may_write: bool

    @property
    def answered(self) -> int:
        """How many questions have an answer in the draft."""
        return sum(1 for one in self.draft.values() if one.words)


def preparation(actor: Actor, *, plan_id: UUID) -> PreparationPage:
    """What the person has written before the meeting, and what is still a draft."""
    with act(actor, Action.PREPARATION_READ) as this:
        row = this.row(Plan.objects.select_related("unit"), id=plan_id)
        check_not_kept(this, row)
        this.note(row, preparation=True)
        return preparation_page(this, row)


def preparation_page(this: Act, row: Any) -> PreparationPage:
    """A plan's row → the page, inside an act that has passed the gate and noted it."""
    actor = this.actor
    open_now = not row.source and row.status != PlanStatus.ENDED
    found = _words(row.id)
    draft = [one for one in found if one.preparation.sent_at is None and _own_draft(actor, one)]
    return PreparationPage(
        plan_id=row.id,
        title=row.title,
        unit_name=row.unit.name,
        unit_id=row.unit_id,
        person=person_card(this, row.person_id).person,
        own=row.person_id == actor.person_id,
        draft={PrepPart(one.part): words_detail(this, row, one) for one in draft},
        sent=tuple(sent_words(this, row, found)),
        may_write=open_now and may_write(this, row),
    )


def may_write(this: Act, row: Any) -> bool:
    """The person, one who may write for the person, or staff of those that keep the plan."""
    actor = this.actor
    if not permits(actor, Action.PREPARATION_WRITE):
        return False
    if actor.is_staff:
        return bool(row.provider_id == actor.provider_id)
    with act(actor, Action.PREPARATION_WRITE) as inner:
        inner.unchanged()  # only asks what the page may offer
        return inner.decide(row).allowed


def _words(plan_id: UUID) -> list[PreparationWords]:
    found = PreparationWords.objects.select_related("preparation").filter(plan_id=plan_id)
    order = list(PrepPart)
    return sorted(
        found,
        key=lambda one: (
            -(one.preparation.sent_at or one.preparation.begun_at).timestamp(),
            order.index(PrepPart(one.part)),
        ),
    )


def _own_draft(actor: Actor, row: PreparationWords) -> bool:
    """The person's draft is for the person and those who write for the person; staff have their own."""
    return bool(row.preparation.for_staff == actor.is_staff)


def sent_words(
    this: Act, plan: Any, found: Iterable[PreparationWords] | None = None
) -> list[PrepWordsDetail]:
    """What has been sent to those who keep the plan; others are given it in the plan itself."""
    actor = this.actor
    if actor.is_staff and plan.provider_id != actor.provider_id:
        return []
    rows = _words(plan.id) if found is None else found
    return [words_detail(this, plan, one) for one in rows if one.preparation.sent_at and one.words]


def guest_words(this: Act, plan: Any) -> tuple[PrepWordsDetail, ...]:
    """Whom the person wants at the meeting, as sent; inside an act that has passed the plan."""
    return tuple(one for one in sent_words(this, plan) if one.part is PrepPart.GUESTS)


def words_detail(this: Act, plan: Any, row: PreparationWords) -> PrepWordsDetail:
    """Row → plain value."""
    actor, part = this.actor, PrepPart(row.part)
    spec = PREP_PARTS[part]
    sent = row.preparation.sent_at
    takes = actor.is_staff and permits(actor, Action.PLAN_EDIT) and plan.source == ""
    fits = spec.section is not None or spec.goal
    open_now = plan.status != PlanStatus.ENDED and row.taken_at is None
    return PrepWordsDetail(
        id=row.id,
        part=part,
        label=spec.label,
        words=row.words,
        by=row.by,
        on_behalf_of=row.on_behalf_of,
        written_at=row.written_at,
        sent_at=sent,
        taken_at=row.taken_at,
        taken_by=row.taken_by,
        may_take=takes and fits and open_now and sent is not None,
    )


def waiting_preparations(plan_ids: Iterable[UUID]) -> set[UUID]:
    """The plans that have something sent that nobody has taken in; inside an act that has passed them."""
    found = PreparationWords.objects.filter(
        plan_id__in=list(plan_ids), taken_at__isnull=True, preparation__sent_at__isnull=False
    )
    return set(found.exclude(words="").values_list("plan_id", flat=True))


def open_draft(plan_id: UUID, *, for_staff: bool) -> Preparation | None:
    """The draft that is being written, locked so that two writers come one after the other."""
    found = Preparation.objects.select_for_update().filter(
        plan_id=plan_id, for_staff=for_staff, sent_at__isnull=True
    )
    return found.first()
