"""Awards and where their money went: entered one by one, or from a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor, Side
from samverka.kernel.areas import counties, municipalities
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid, NotAllowed, Problem
from samverka.kernel.text import text as _
from samverka.transition.models import GrantAgreement, GrantAward, GrantMovement
from samverka.transition.operations.grants.laying_down import require_lay_down
from samverka.transition.reads.grants.agreements import found
from samverka.transition.reads.grants.own import own_code
from samverka.transition.reads.grants.recipients import award_line, require_own
from samverka.transition.reads.grants.values import (
    AwardLine,
    ImportedDetail,
    grant_of,
    movement_of,
)
from samverka.transition.rules.grants import (
    Movement,
    MovementKind,
    add_movement,
    check_grant,
)
from samverka.transition.rules.grants.reading import (
    AmountRow,
    Fault,
    MovementRow,
    Row,
    amounts_of,
    movements_of,
)


def award_grant(
    actor: Actor, *, agreement_id: UUID, year: int, area: str, recipient: str, kronor: int,
    draw_from: date, draw_until: date, use_until: date, pay_back_by: date, source: str = "",
    invented: bool = False,
) -> AwardLine:  # fmt: skip
    """Enter what a region or municipality was granted for an area, and the days to keep.

    Raises:
        Invalid: an unknown recipient, days in the wrong order, or the same award twice.
    """
    with act(actor, Action.GRANT_EDIT) as this:
        require_lay_down(this)
        owner = found(GrantAgreement.objects.filter(id=agreement_id).first())
        if recipient not in counties() and recipient not in municipalities():
            raise Invalid(_("Ingen region eller kommun har den koden."), where="recipient")
        row = GrantAward(
            agreement=owner, year=year, area=area, recipient=recipient, kronor=kronor,
            draw_from=draw_from, draw_until=draw_until, use_until=use_until,
            pay_back_by=pay_back_by, source=source, invented=invented, **_made(actor),
        )  # fmt: skip
        check_grant(grant_of(row))
        key = {"agreement": owner, "year": year, "area": area, "recipient": recipient}
        if GrantAward.objects.filter(**key).exists():
            raise Invalid(_("Mottagaren har redan ett belopp för området och året."))
        row.save(force_insert=True)
        this.note_general("GrantAward", award=str(row.id), kronor=kronor)
        return award_line(this, row.id)


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


def import_awards(
    actor: Actor, *, agreement_id: UUID, rows: Iterable[Row], draw_from: date, draw_until: date,
    use_until: date, pay_back_by: date, source: str,
) -> ImportedDetail:  # fmt: skip
    """Read an agreement's amounts from a file; a row that is there already changes nothing."""
    with act(actor, Action.GRANT_EDIT) as this:
        require_lay_down(this)
        owner = found(GrantAgreement.objects.filter(id=agreement_id).first())
        read = amounts_of(rows)
        days = {
            "draw_from": draw_from,
            "draw_until": draw_until,
            "use_until": use_until,
            "pay_back_by": pay_back_by,
        }
        there = {(one.recipient, one.area, one.year): one.kronor for one in owner.awards.all()}
        new, faults = _sorted_out(owner, read.kept, there)
        made = [
            GrantAward(
                agreement=owner, recipient=one.recipient, area=one.area, year=one.year,
                kronor=one.kronor, source=source, **days, **_made(actor),
            )
            for one in new
        ]  # fmt: skip
        for row in made[:1]:
            check_grant(grant_of(row))
        GrantAward.objects.bulk_create(made)
        this.note_general("GrantAward", agreement=str(owner.id), kept=len(made))
        same = len(read.kept) - len(new) - len(faults)
        return _imported(len(made), same, [*read.faults, *faults])


def _sorted_out(
    owner: GrantAgreement, rows: Sequence[AmountRow], there: dict[tuple[str, str, int], int]
) -> tuple[list[AmountRow], list[Fault]]:
    """The rows that are new, and those that say otherwise than what is kept."""
    new, faults = [], []
    for one in rows:
        kept = there.get((one.recipient, one.area, one.year))
        place = f"{one.recipient} {one.area} {one.year}"
        if not owner.first_year <= one.year <= owner.last_year:
            faults.append(Fault(0, _("%(row)s: året ligger utanför överenskommelsen", row=place)))
        elif kept is None:
            new.append(one)
        elif kept != one.kronor:
            faults.append(
                Fault(0, _("%(row)s: ett annat belopp är redan inlagt och står kvar", row=place))
            )
    return new, faults


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
        return _imported(kept, same, faults)


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


def _imported(kept: int, same: int, faults: Iterable[Fault]) -> ImportedDetail:
    told = sorted(((one.row, one.words) for one in faults), key=lambda one: one[0])
    return ImportedDetail(kept, same, tuple(told))


def _made(actor: Actor) -> dict[str, Any]:
    return {"made_at": actor.at, "made_by": actor.name}
