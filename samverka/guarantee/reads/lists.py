"""The list of who waits: the most pressing first, one next step on each row; and one wait in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.reads import may_open
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.guarantee.models import Wait
from samverka.guarantee.reads.rows import (
    OVER,
    WAIT,
    full_waits,
    part_detail,
    part_row,
    wait_detail,
    wait_parts,
)
from samverka.guarantee.reads.values import MyWait, WaitDetail, my_wait
from samverka.guarantee.rules import Part, to_person
from samverka.kernel.actor import Actor, Permission
from samverka.kernel.problems import NotAllowed
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.people.reads import PersonDetail, person

LIMIT = 400
"""Rows of one list, those with the soonest last day."""


class Choice(StrEnum):
    """Which waits a list shows. The codes stand in addresses."""

    PRESSING = "brattom"
    PASSED = "passerat"
    WAITING = "alla"
    DONE = "klara"


CHOICE_WORDS: dict[Choice, Text] = {
    Choice.PRESSING: _("Bråttom"),
    Choice.PASSED: _("Gränsen har passerat"),
    Choice.WAITING: _("Alla som väntar"),
    Choice.DONE: _("Senast klara"),
}


@dataclass(frozen=True, slots=True)
class WaitList:
    """A list, and what one can choose between.

    Attributes:
        counts: how many rows each choice has.
        full: there are more than are shown.
    """

    lines: tuple[WaitDetail, ...]
    counts: dict[Choice, int]
    units: tuple[str, ...]
    parts: tuple[Part, ...]
    full: bool = False


def wait_list(
    actor: Actor, *, choice: Choice = Choice.PRESSING, unit: str = "", part: Part | None = None
) -> WaitList:
    """The waits that the own unit sees, those first whose last day comes first."""
    with act(actor, Action.GUARANTEE_LIST) as this:
        this.require_permission()
        found = _all(this)
        chosen = [one for one in found if _is_chosen(one, choice, unit, part)]
        _note(this, chosen)
        sieved = [one for one in found if _is_sieved(one, unit, part)]
        return WaitList(
            lines=tuple(sorted(chosen, key=_newest if choice is Choice.DONE else _order)),
            counts={one: sum(_is_chosen(it, one) for it in sieved) for one in Choice},
            units=tuple(sorted({one.unit.name for one in found})),
            parts=tuple(one for one in Part if any(it.part is one for it in found)),
            full=len(found) >= LIMIT,
        )


def _all(this: Act) -> list[WaitDetail]:
    waiting = full_waits().exclude(status__in=OVER)
    done = full_waits().filter(status__in=OVER)
    rows = [
        *this.rows(waiting, order=("last_day", "id"), limit=LIMIT),
        *this.rows(done, order=("-changed_at", "id"), limit=DONE),
    ]
    return [wait_detail(row, this.actor, this.decide(row)) for row in rows]


DONE = 50
"""Waits that are over on one list, the latest."""


def _note(this: Act, shown: list[WaitDetail]) -> None:
    ids = {one.id: one.person.id for one in shown}
    this.note_list([Wait(id=key, person_id=person) for key, person in ids.items()])


def _is_sieved(one: WaitDetail, unit: str, part: Part | None) -> bool:
    return unit in ("", one.unit.name) and part in (None, one.part)


def _is_chosen(one: WaitDetail, choice: Choice, unit: str = "", part: Part | None = None) -> bool:
    if not _is_sieved(one, unit, part):
        return False
    match choice:
        case Choice.PRESSING:
            return one.waiting and is_pressing(one)
        case Choice.PASSED:
            return one.breached
        case Choice.WAITING:
            return one.waiting
        case Choice.DONE:
            return not one.waiting


def is_pressing(one: WaitDetail) -> bool:
    """The limit is near or has passed, or the unit must say something before the days can be reckoned."""
    step = one.step
    return step is not None and (step.late or step.soon or step.due_on is None)


def _order(one: WaitDetail) -> tuple[date, str]:
    return (one.clock.last_day or one.clock.target or date.max, str(one.id))


def _newest(one: WaitDetail) -> tuple[int, str]:
    over = (
        one.clock.stopped_on
        or one.clock.came_on
        or (one.ended.on if one.ended else one.clock.today)
    )
    return (-over.toordinal(), str(one.id))


def wait(actor: Actor, *, wait_id: UUID) -> WaitDetail:
    """One wait with everything that has been said and done about it."""
    with act(actor, Action.GUARANTEE_READ) as this:
        row = this.row(full_waits(), id=wait_id)
        this.note(row)
        return wait_detail(row, actor, this.decide(row))


def wait_to_edit(actor: Actor, *, wait_id: UUID) -> WaitDetail:
    """One wait, for a form that changes it.

    Raises:
        NotAllowed: the role may not, or another unit keeps the wait.
    """
    may_open(actor, action=Action.GUARANTEE_EDIT)
    found = wait(actor, wait_id=wait_id)
    if not found.may_edit:
        raise NotAllowed(REFUSAL_WORDS[Refusal.NOT_OWN])
    return found


def waiting_person(actor: Actor, *, person_id: UUID) -> PersonDetail:
    """The person for whom the own unit may begin a wait."""
    with act(actor, Action.GUARANTEE_START) as this:
        this.require_permission()
        found = person(actor, person_id=person_id)
        this.unchanged()
        return found


# ── one person's ──


def asked_waits(this: Act, person_id: UUID) -> QuerySet[Any, dict[str, Any]]:
    """A person's waits that go on, through the gate, to be asked along with another room's rows.

    Returns:
        a question that has not been asked: "id", `table` "also" and `part`, for `waits_of`.
    """
    with act(this.actor, Action.GUARANTEE_READ) as inner:
        inner.unchanged()  # a line is written by `waits_of` if there was a wait to show
        found = inner.visible(wait_parts().filter(person_id=person_id))
        return found.values("id", "table", "part")


def waits_of(this: Act, parts: Iterable[Mapping[str, Any]]) -> tuple[MyWait, ...]:
    """Parts of `asked_waits` → the person's waits that go on, inside an overview's act, the soonest last day first.

    Args:
        parts: of one person; others than waits are passed over.
    """
    with act(this.actor, Action.GUARANTEE_READ) as inner:
        rows = [(part_row(one), part_detail(one, this.actor)) for one in parts if WAIT in one]
        shown = [(row, one) for row, one in rows if inner.decide(row).allowed and one.waiting]
        if shown:
            inner.note_list([row for row, _one in shown])
        else:
            inner.unchanged()
        return tuple(my_wait(one) for one in sorted((one for _row, one in shown), key=_order))


def my_waits(actor: Actor, *, parts: Iterable[Mapping[str, Any]]) -> tuple[MyWait, ...]:
    """Parts → the person's waits, in words; those that say nothing to the person are left out.

    Args:
        parts: of `wait_parts`, through the gate of the page that asked; others are passed over.
    """
    found = [part_detail(one, actor) for one in parts if WAIT in one]
    if actor.is_staff:
        own = actor.provider_id if actor.may(Permission.GUARANTEE_READ) else None
        found = [one for one in found if one.unit.provider_id == own]
    shown = [one for one in found if one.waiting and to_person(one.clock, one.duty)]
    return tuple(my_wait(one) for one in sorted(shown, key=_order))
