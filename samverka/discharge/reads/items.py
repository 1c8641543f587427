"""The list "ready to go home", the first contact at home and the medicines, as the own unit sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act, permits
from samverka.access.actions import Action
from samverka.access.county import county_value
from samverka.discharge.models import Item, ItemAnswer, Ticked
from samverka.discharge.reads.cases import bare_cases, case_detail, part_of_actor
from samverka.discharge.reads.values import CaseDetail
from samverka.discharge.rules.items import (
    ITEMS,
    Answer,
    ItemKind,
    Proposed,
    answer_due,
    not_in_place,
    propose_items,
    wanted_now,
    worry_due,
)
from samverka.discharge.rules.items import Standing as Line
from samverka.discharge.rules.kinds import INSIDE, CaseStatus, Part, Secrecy
from samverka.discharge.rules.preparing import Tick
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.kernel.text import Text
from samverka.organisations.reads import UnitDetail

_ORDER = {kind: place for place, kind in enumerate(ItemKind)}


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer as it was given."""

    answer: Answer
    words: str
    at: datetime
    by: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class ItemDetail:
    """One line of the list.

    Attributes:
        ask: what the unit is asked.
        due_at: None where no day has been set, or nothing waits.
        own: the own unit answers.
        before: earlier answers, newest first.
    """

    id: UUID
    kind: ItemKind
    name: Text
    ask: Text
    words: str
    unit_id: UUID
    unit_name: str
    secrecy: Secrecy | None
    secrecy_note: str
    asked_at: datetime
    asked_by: str
    asked_from: str
    from_person: bool
    at_home: bool
    answer: Answer | None
    answer_words: str
    answered_at: datetime | None
    answered_by: str
    due_at: datetime | None
    own: bool
    may_answer: bool
    before: tuple[AnswerLine, ...] = ()

    @property
    def left(self) -> bool:
        """Without an answer."""
        return self.answer is None


@dataclass(frozen=True, slots=True)
class TickLine:
    """What the person has answered to one question."""

    tick: Tick
    yes: bool | None
    words: str
    at: datetime
    by: str
    on_behalf_of: str


@dataclass(frozen=True, slots=True)
class GoingHomeView:
    """The page of the list.

    Attributes:
        proposed: what the table proposes that is not on the list, and which unit would answer.
        units: those that a line can be put to.
        ticks: what the person has ticked off, if anything.
    """

    case: CaseDetail
    items: tuple[ItemDetail, ...]
    proposed: tuple[tuple[Proposed, UnitDetail], ...]
    units: tuple[UnitDetail, ...]
    ticks: tuple[TickLine, ...]
    listed_at: datetime | None
    listed_by: str
    may_ask: bool
    may_tick: bool

    @property
    def own(self) -> tuple[ItemDetail, ...]:
        """What the own unit is asked and can answer."""
        return tuple(one for one in self.items if one.may_answer)


def going_home(actor: Actor, *, case_id: UUID) -> GoingHomeView:
    """The list of one case, with every answer that has been given."""
    with act(actor, Action.CASE_READ) as this:
        whole = this.row(bare_cases(), id=case_id)
        this.note(whole, part="going-home")
        case = case_detail(this, whole, whole)
        units = (case.ward, *(one.unit for one in case.units))
        going = getattr(whole, "going_home", None)
        may = case.own_part is not None and permits(actor, Action.CASE_EDIT)
        inside = case.status in INSIDE
        items = items_of(this, whole)
        return GoingHomeView(
            case=case,
            items=_with_history(items),
            proposed=_proposed(case, items) if may and inside else (),
            units=units if may and inside else (),
            ticks=tick_lines(whole),
            listed_at=going.listed_at if going else None,
            listed_by=going.listed_by if going else "",
            may_ask=may and inside,
            may_tick=permits(actor, Action.CASE_PREPARE) and inside,
        )


def items_of(this: Act, whole: Any) -> tuple[ItemDetail, ...]:
    """The lines of a whole case that the actor may see, in the order of the table."""
    days = county_value(Key.DISCHARGE_ITEMS, local_date(this.actor.at))
    shown = [one for one in whole.items.all() if _sees(this.actor, whole, one)]
    shown.sort(key=lambda one: (_ORDER[ItemKind(one.kind)], one.asked_at))
    return tuple(item_detail(this.actor, whole, one, days) for one in shown)


def _sees(actor: Actor, whole: Any, row: Item) -> bool:
    """What worried at home is between the one who asked and the one who takes care of it."""
    if not row.at_home or actor.is_person:
        return True
    after = getattr(whole, "after", None)
    asker = after.unit_id if after is not None else None
    return actor.unit_id in (row.unit_id, asker)


def item_detail(actor: Actor, whole: Any, row: Item, days: int) -> ItemDetail:
    """Row → plain value."""
    spec, status = ITEMS[ItemKind(row.kind)], CaseStatus(whole.status)
    wanted = wanted_now(status, at_home=row.at_home)
    own = row.unit_id == actor.unit_id
    due = worry_due(row.asked_at) if row.at_home else answer_due(
        whole.estimated_at, row.asked_at, days
    )  # fmt: skip
    taking = part_of_actor(actor, whole) is not None and permits(actor, Action.CASE_EDIT)
    return ItemDetail(
        id=row.id,
        kind=ItemKind(row.kind),
        name=spec.words,
        ask=spec.ask,
        words=row.words,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        secrecy=Secrecy(row.secrecy) if row.secrecy else None,
        secrecy_note=row.secrecy_note,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        asked_from=row.asked_from,
        from_person=row.from_person,
        at_home=row.at_home,
        answer=Answer(row.answer) if row.answer else None,
        answer_words=row.answer_words,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        due_at=due if wanted and not row.answer else None,
        own=own,
        may_answer=own and wanted and taking,
    )


def left_of(items: Sequence[ItemDetail]) -> tuple[ItemDetail, ...]:
    """What is not in place before going home, by the same rule as the one that asks for a reason."""
    return tuple(
        one for one in items if not one.at_home and not_in_place([Line(one.name, one.answer)])
    )


def _with_history(items: Sequence[ItemDetail]) -> tuple[ItemDetail, ...]:
    """Earlier answers, in one query for all the lines."""
    found: dict[UUID, list[AnswerLine]] = {one.id: [] for one in items}
    rows = ItemAnswer.objects.filter(item__in=found).select_related("unit").order_by("-at")
    for row in rows:
        line = AnswerLine(Answer(row.answer), row.words, row.at, row.by, row.unit.name)
        found[row.item_id].append(line)
    return tuple(_older(one, found[one.id]) for one in items)


def _older(one: ItemDetail, answers: Sequence[AnswerLine]) -> ItemDetail:
    before = [line for line in answers if line.at != one.answered_at]
    return replace(one, before=tuple(before))


def _proposed(
    case: CaseDetail, items: Sequence[ItemDetail]
) -> tuple[tuple[Proposed, UnitDetail], ...]:
    """What the table proposes and nobody has asked yet."""
    asked = {one.kind for one in items}
    first: dict[Part, UnitDetail] = {Part.WARD: case.ward}
    for one in case.units:
        first.setdefault(one.part, one.unit)
    parts = {one.part for one in case.units}
    return tuple(
        (one, first[one.part]) for one in propose_items(case.track, parts) if one.kind not in asked
    )


def tick_lines(whole: Any) -> tuple[TickLine, ...]:
    """The person's last answer to each question, in the order of the table."""
    last = {Tick(one.tick): one for one in Ticked.objects.filter(case=whole).order_by("at")}
    return tuple(
        TickLine(tick, last[tick].yes, last[tick].words, last[tick].at, last[tick].by,
                 last[tick].on_behalf_of)
        for tick in Tick
        if tick in last
    )  # fmt: skip
