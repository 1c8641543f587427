"""Where the money of an award went: entered one by one, or from a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor, Side
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid, NotAllowed, Problem
from samverka.kernel.text import text as _
from samverka.transition.models import GrantAward, GrantMovement
from samverka.transition.operations.grants.awarding import imported
from samverka.transition.reads.grants.agreements import found
from samverka.transition.reads.grants.own import own_code
from samverka.transition.reads.grants.recipients import award_line, require_own
from samverka.transition.reads.grants.rows import grant_of, movement_of
from samverka.transition.reads.grants.values import AwardLine, ImportedDetail
from samverka.transition.rules.grants import (
    Movement,
    MovementKind,
    add_movement,
)
from samverka.transition.rules.grants.reading import (
    Fault,
    MovementRow,
    Row,
    movements_of,
)


def record_movement(
    actor: Actor, *, award_id: UUID, number: str, kind: MovementKind, on: date, kronor: int,
    undoes: str = "", said: str = "",
) -> AwardLine:  # fmt: skip
    """Enter that money was drawn, used or paid back; what was wrong is undone by naming its voucher.

    Raises:
        NotAllowed: another's money.
        Invalid: a day to come, not whole kronor, or a voucher that is there already.
        NotNow: more than there is, or outside the days.
    """
    with act(actor, Action.GRANT_EDIT) as this:
        this.require_permission()
        row = found(_locked().filter(id=award_id).first())
        require_own(actor, row.recipient)
        _record(actor, row, Movement(number, kind, on, kronor, undoes), said)
        this.note_general("GrantMovement", award=str(row.id), kind=kind.value, kronor=kronor)
        return award_line(this, row.id)


def _locked() -> Any:
    """The award itself is held, so that two who draw at once cannot draw more than there is."""
    return GrantAward.objects.select_for_update(of=("self",)).select_related("agreement")


def _record(actor: Actor, row: GrantAward, new: Movement, said: str) -> None:
    if new.on > local_date(actor.at):
        raise Invalid(_("Dagen har inte varit än."), where="on")
    before = [movement_of(one) for one in row.movements.order_by("on", "made_at")]
    add_movement(grant_of(row), before, new)
    GrantMovement.objects.create(
        award=row, number=new.number, kind=new.kind, on=new.on, kronor=new.kronor,
        undoes=new.undoes, said=said, **_made(actor),
    )  # fmt: skip


# ── from a file ──


def import_movements(actor: Actor, *, rows: Iterable[Row]) -> ImportedDetail:
    """Read what was drawn, used and paid back from a file; a voucher that is there changes nothing."""
    with act(actor, Action.GRANT_EDIT) as this:
        this.require_permission()
        read = movements_of(rows)
        own = own_code(actor)
        faults, kept, same = list(read.faults), 0, 0
        for one in read.kept:
            try:
                new = _take(this, one, own)
            except Problem as problem:
                faults.append(Fault(one.row, problem.message))
                continue
            kept, same = kept + new, same + (not new)
        this.note_general("GrantMovement", recipient=own, kept=kept)
        return imported(kept, same, faults)


def _take(this: Act, one: MovementRow, own: str) -> bool:
    """Keep one row; False when it is there already."""
    if one.recipient != own and this.actor.side is not Side.SYSTEM:
        raise NotAllowed(_("Pengarna är en annans."))
    row = _locked().filter(recipient=one.recipient, area=one.area, year=one.year).first()
    if row is None:
        raise Invalid(_("mottagaren har inget bidrag för området och året"))
    old = row.movements.filter(number=one.number).first()
    if old is None:
        moved = Movement(one.number, one.kind, one.on, one.kronor, one.undoes)
        _record(this.actor, row, moved, one.said)
        return True
    if (old.kind, old.on, old.kronor) != (one.kind.value, one.on, one.kronor):
        raise Invalid(_("verifikationen finns redan med andra uppgifter"))
    return False


def _made(actor: Actor) -> dict[str, Any]:
    return {"made_at": actor.at, "made_by": actor.name}
