"""Cases, messages, copies and lines of the list, each as one record: what other systems read of the room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.discharge.models import Case, Copy, Item, Leave, Message
from samverka.discharge.reads.cases import case_detail, message_detail, whole_cases
from samverka.discharge.reads.facts import limits_at
from samverka.discharge.reads.items import ItemDetail, items_of
from samverka.discharge.reads.values import CaseDetail, CopyDetail, MessageDetail
from samverka.discharge.rules.fates import receivable_at
from samverka.discharge.rules.kinds import LINE, CaseStatus
from samverka.discharge.rules.messages import MessageKind
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound
from samverka.organisations.reads import UnitDetail, unit_detail

_UNKNOWN = REFUSAL_WORDS[Refusal.UNKNOWN]


@dataclass(frozen=True, slots=True)
class StayRecord:
    """A case with its leaves. `changed_at`: when the room last saved it."""

    case: CaseDetail
    leaves: tuple[tuple[datetime, datetime], ...]
    changed_at: datetime
    at: datetime
    """When it was read: a leave begins and ends by the clock."""


@dataclass(frozen=True, slots=True)
class SaidRecord:
    """One message and the case that it stands in."""

    message: MessageDetail
    case_id: UUID
    person_id: UUID
    sender: UnitDetail
    units: tuple[UnitDetail, ...]
    """Of the copies, in the same order."""

    @property
    def changed_at(self) -> datetime:
        """When it was sent, receipted, sent back or taken back."""
        times = [self.message.entered_at, self.message.withdrawn_at]
        for one in self.message.copies:
            times += [one.receipted_at, one.ended_at, one.escalated_at]
        return max(one for one in times if one)


@dataclass(frozen=True, slots=True)
class CopyRecord:
    """One copy, with its message. `due_at`: until when it may wait for its receipt."""

    copy: CopyDetail
    unit: UnitDetail
    said: SaidRecord
    due_at: datetime

    @property
    def changed_at(self) -> datetime:
        """When its fate last changed."""
        one = self.copy
        return max(
            time for time in (one.sent_at, one.receipted_at, one.ended_at, one.escalated_at) if time
        )


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """One line of the list "ready to go home", and its case."""

    item: ItemDetail
    case: CaseDetail

    @property
    def changed_at(self) -> datetime:
        """When it was asked or answered."""
        return self.item.answered_at or self.item.asked_at


Last: TypeAlias = tuple[datetime, UUID]
"""Where a page ends: the time that it is ordered by, and the id."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; what is empty does not narrow. `after`: the last one of the page before."""

    ids: frozenset[UUID] = frozenset()
    copy_ids: frozenset[UUID] = frozenset()
    person_id: UUID | None = None
    case_ids: frozenset[UUID] = frozenset()
    unit_ids: frozenset[UUID] = frozenset()
    statuses: frozenset[str] = frozenset()
    since: datetime | None = None
    before: datetime | None = None
    day_from: datetime | None = None
    day_to: datetime | None = None
    after: Last | None = None
    limit: int = 50


# ── cases ──


def stay_record(actor: Actor, *, case_id: UUID) -> StayRecord:
    """One case, for another system."""
    with act(actor, Action.CASE_READ) as this:
        row = this.row(_cases(), id=case_id)
        this.note(row)
        return _stay(this, row)


def stay_records(actor: Actor, *, wanted: Wanted) -> list[StayRecord]:
    """Cases that the own unit may know of, those that changed first before the others."""
    with act(actor, Action.CASE_READ) as this:
        this.require_permission()
        rows = this.rows(
            _filtered(_cases(), wanted), order=("changed_at", "id"), limit=wanted.limit
        )
        this.note_list(rows)
        return [_stay(this, row) for row in rows]


def _filtered(rows: QuerySet[Any], wanted: Wanted) -> QuerySet[Any]:
    if wanted.ids:
        rows = rows.filter(id__in=wanted.ids)
    if wanted.person_id:
        rows = rows.filter(person_id=wanted.person_id)
    if wanted.unit_ids:
        rows = rows.filter(unit_id__in=wanted.unit_ids)
    if wanted.statuses:
        rows = rows.filter(status__in=wanted.statuses)
    if wanted.day_to:
        rows = rows.filter(admitted_at__lt=wanted.day_to)
    if wanted.day_from:
        rows = rows.filter(
            Q(discharged_at__gte=wanted.day_from)
            | Q(discharged_at__isnull=True, admitted_at__isnull=False)
        )
    return _timed(rows, wanted, "changed_at")


def _timed(rows: QuerySet[Any], wanted: Wanted, column: str) -> QuerySet[Any]:
    if wanted.since:
        rows = rows.filter(**{f"{column}__gt": wanted.since})
    if wanted.before:
        rows = rows.filter(**{f"{column}__lt": wanted.before})
    if wanted.after:
        at, last = wanted.after
        rows = rows.filter(Q(**{f"{column}__gt": at}) | Q(**{column: at}, id__gt=last))
    return rows


def _cases() -> QuerySet[Any]:
    leaves = Leave.objects.filter(withdrawn_at__isnull=True).order_by("starts_at")
    found: QuerySet[Any] = whole_cases().prefetch_related(Prefetch("leaves", leaves))
    return found


def _stay(this: Act, row: Any) -> StayRecord:
    return StayRecord(
        case=case_detail(this, row, row),
        leaves=tuple((one.starts_at, one.ends_at) for one in row.leaves.all()),
        changed_at=row.changed_at,
        at=this.actor.at,
    )


# ── messages and copies ──


def said_record(actor: Actor, *, message_id: UUID) -> SaidRecord:
    """One message that the own unit has sent or been given."""
    with act(actor, Action.CASE_READ) as this:
        row = this.row(_messages(actor), id=message_id)
        this.note(row)
        return _said(actor, row)


def said_records(actor: Actor, *, wanted: Wanted) -> list[SaidRecord]:
    """Messages that the own unit has sent or been given, in the order in which they were sent."""
    with act(actor, Action.CASE_READ) as this:
        this.require_permission()
        rows = this.rows(
            _told(_messages(actor), wanted), order=("sent_at", "id"), limit=wanted.limit
        )
        this.note_list(rows)
        return [_said(actor, row) for row in rows]


def _told(rows: QuerySet[Any], wanted: Wanted) -> QuerySet[Any]:
    if wanted.ids:
        rows = rows.filter(id__in=wanted.ids)
    if wanted.person_id:
        rows = rows.filter(person_id=wanted.person_id)
    if wanted.case_ids:
        rows = rows.filter(case_id__in=wanted.case_ids)
    if wanted.copy_ids:
        rows = rows.filter(
            Exists(Copy.objects.filter(message=OuterRef("pk"), id__in=wanted.copy_ids))
        )
    if wanted.unit_ids:
        rows = rows.filter(
            Exists(Copy.objects.filter(message=OuterRef("pk"), unit_id__in=wanted.unit_ids))
        )
    if wanted.day_from:
        rows = rows.filter(sent_at__gte=wanted.day_from)
    if wanted.day_to:
        rows = rows.filter(sent_at__lt=wanted.day_to)
    return _timed(rows, wanted, "sent_at")


def _messages(actor: Actor) -> QuerySet[Any]:
    """What the own unit has sent or been given; to the person, what was written to the person."""
    copies = Copy.objects.select_related("unit__provider__organisation", "forwarded_to")
    own = actor.unit_id or UUID(int=0)
    given = Exists(Copy.objects.filter(message=OuterRef("pk"), unit_id=own))
    mine = (
        Q(kind="patient")
        if actor.is_person
        else Q(unit_id=own) | Q(given) | Q(part="ward", case__unit_id=own)
    )
    found: QuerySet[Any] = (
        Message.objects.filter(mine)
        .select_related("unit__provider__organisation", "case")
        .annotate(is_corrected=Exists(Message.objects.filter(corrects=OuterRef("pk"))))
        .prefetch_related(Prefetch("copies", copies.order_by("sent_at", "unit__name")))
    )
    return found


def _said(actor: Actor, row: Any) -> SaidRecord:
    copies: Sequence[Any] = list(row.copies.all())
    detail = message_detail(actor, row, copies, ward=row.case.unit_id, corrected=row.is_corrected)
    units = {one.id: unit_detail(one.unit) for one in copies}
    return SaidRecord(
        message=detail,
        case_id=row.case_id,
        person_id=row.person_id,
        sender=unit_detail(row.unit),
        units=tuple(units[one.id] for one in detail.copies),
    )


def copy_record(actor: Actor, *, copy_id: UUID) -> CopyRecord:
    """One copy, as the unit that has it or the one that sent it sees it."""
    with act(actor, Action.CASE_READ) as this:
        row = this.row(_messages(actor), copies__id=copy_id)
        this.note(row)
        for one in _copies(actor, [_said(actor, row)]):
            if one.copy.id == copy_id:
                return one
        raise NotFound(_UNKNOWN)


def copy_records(actor: Actor, *, wanted: Wanted) -> tuple[list[CopyRecord], list[Last]]:
    """Copies that the own unit has, or has sent, in the order in which they were sent.

    Returns:
        them, and the messages that they belong to: a page is so many messages.
    """
    said = said_records(actor, wanted=replace(wanted, ids=frozenset(), copy_ids=wanted.ids))
    found = [
        one
        for one in _copies(actor, said)
        if (not wanted.ids or one.copy.id in wanted.ids)
        and (not wanted.unit_ids or one.unit.id in wanted.unit_ids)
        and (not wanted.statuses or one.copy.fate.value in wanted.statuses)
    ]
    return found, [(one.message.sent_at, one.message.id) for one in said]


def _copies(actor: Actor, said: Iterable[SaidRecord]) -> list[CopyRecord]:
    limit = limits_at(actor.at).unread
    return [
        CopyRecord(copy, unit, one, receivable_at(copy.sent_at, one.message.entered_at) + limit)
        for one in said
        for copy, unit in zip(one.message.copies, one.units, strict=True)
    ]


# ── the list ──


def item_record(actor: Actor, *, item_id: UUID) -> ItemRecord:
    """One line of the list, with its case."""
    with act(actor, Action.CASE_READ) as this:
        line: Item = this.row(Item.objects, id=item_id)
        row = this.row(_cases(), id=line.case_id)
        this.note(row, part="going-home")
        for one in items_of(this, row):
            if one.id == item_id:
                return ItemRecord(one, case_detail(this, row, row))
        raise NotFound(_UNKNOWN)


def item_records(actor: Actor, *, wanted: Wanted) -> tuple[list[ItemRecord], list[Last]]:
    """Lines of the lists of the cases that are looked for.

    Returns:
        them, and their cases: a page is so many cases.
    """
    with act(actor, Action.CASE_READ) as this:
        this.require_permission()
        lines = Item.objects.filter(case=OuterRef("pk"))
        if wanted.ids:
            lines = lines.filter(id__in=wanted.ids)
        if wanted.unit_ids:
            lines = lines.filter(unit_id__in=wanted.unit_ids)
        cases = replace(wanted, ids=wanted.case_ids, unit_ids=frozenset(), statuses=frozenset())
        found = _filtered(_cases(), cases).filter(Exists(lines))
        rows = this.rows(found, order=("changed_at", "id"), limit=wanted.limit)
        this.note_list(rows, part="going-home")
        shown = [
            ItemRecord(one, case_detail(this, row, row))
            for row in rows
            for one in items_of(this, row)
            if (not wanted.ids or one.id in wanted.ids)
            and (not wanted.unit_ids or one.unit_id in wanted.unit_ids)
        ]
        return shown, [(row.changed_at, row.id) for row in rows]


# ── whose it is ──


class Kept(StrEnum):
    """What of the room another system reads."""

    STAY = "stay"
    MESSAGE = "message"
    CALL = "call"
    COPY = "copy"
    ITEM = "item"


_MODELS: Mapping[Kept, Any] = {
    Kept.STAY: Case, Kept.MESSAGE: Message, Kept.CALL: Message, Kept.COPY: Copy, Kept.ITEM: Item
}  # fmt: skip


def is_ours(actor: Actor, *, what: Kept, key: UUID) -> bool:
    """Whether the room keeps something of that sort by that id. Shows nothing of it."""
    with act(actor, Action.CASE_READ) as this:
        this.unchanged()
        found = _MODELS[what].objects.filter(id=key)
        if what is Kept.CALL:
            found = found.filter(kind=MessageKind.CALL)
        return bool(found.exists())


def case_of_stay(actor: Actor, *, source: str, source_id: str) -> UUID | None:
    """The id of the case that a record system's stay has opened. Shows nothing of it."""
    with act(actor, Action.CASE_READ) as this:
        this.unchanged()
        found = Case.objects.filter(source=source[:LINE], source_id=source_id)
        return next(iter(found.values_list("id", flat=True)), None)


STATUS_OF = {
    "planned": frozenset({CaseStatus.EXPECTED}),
    "in-progress": frozenset({CaseStatus.ADMITTED, CaseStatus.READY}),
    "onleave": frozenset({CaseStatus.ADMITTED, CaseStatus.READY}),
    "finished": frozenset({CaseStatus.HOME, CaseStatus.CLOSED}),
    "cancelled": frozenset({CaseStatus.CANCELLED}),
}
"""R4 status of an Encounter → those of a case that it can be."""
