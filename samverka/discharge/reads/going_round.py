"""The morning round: those on the ward one at a time, in an order that stays the same meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.discharge.models import Case
from samverka.discharge.reads.board import taken_part
from samverka.discharge.reads.cases import whole_cases
from samverka.discharge.reads.views import CaseView, view_of
from samverka.discharge.rules.kinds import INSIDE
from samverka.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class RoundView:
    """One case on the round.

    Attributes:
        place: from one on; `of`: how many are on the round.
        before, after: the cases before and after; None at the ends.
    """

    found: CaseView
    place: int
    of: int
    before: UUID | None
    after: UUID | None


def round_queue(actor: Actor) -> tuple[UUID, ...]:
    """Which cases are on the unit's round; nothing of them is shown."""
    with act(actor, Action.CASE_LIST) as this:
        this.require_permission()
        this.unchanged()
        return tuple(_queue(this))


def round_case(actor: Actor, *, case_id: UUID) -> RoundView | None:
    """One case and its place on the round; None if it is not on it."""
    with act(actor, Action.CASE_READ) as this:
        whole = this.row(whole_cases(), id=case_id)
        this.note(whole, round=True)
        queue = _queue(this)
        if case_id not in queue:
            return None
        n = queue.index(case_id)
        before, after = queue[:n], queue[n + 1 :]
        return RoundView(
            view_of(this, whole),
            place=n + 1,
            of=len(queue),
            before=before[-1] if before else None,
            after=after[0] if after else None,
        )


_BY_NAME = ("unit__name", "person__given_name", "person__family_name", "id")


def _queue(this: Act) -> list[UUID]:
    """Those in hospital, by ward and name."""
    rows: Any = taken_part(this.actor.unit_id, Case.objects).filter(status__in=sorted(INSIDE))
    return list(this.visible(rows).order_by(*_BY_NAME).values_list("id", flat=True))
