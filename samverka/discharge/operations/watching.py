"""What the clock does with messages: what nobody has receipted in time goes to the next in the chain."""

from __future__ import annotations

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.discharge.models import Copy
from samverka.discharge.operations.keeping import check_clock, let_stand_in, units_of
from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.messages import MESSAGES
from samverka.kernel.actor import Actor
from samverka.notices.operations import send_on_late
from samverka.notices.reads import holders

AT_ONCE = 200
"""Copies looked at in one question, the oldest first, and sent on in one transaction, about."""

MUST_OPEN = sorted(kind for kind, one in MESSAGES.items() if one.must_open)
"""The others ask for no receipt: they wait for ever, and must not stand in the way."""


def watch_copies(actor: Actor) -> int:
    """Mark what has not been receipted in time as gone on in the chain; returns how many.

    A message that someone has looked at and not receipted goes on too: every sent message is receipted
    or escalated. The unit that stands in may then read the case and receipt the message. Run again, or by
    two at the same time, it does nothing twice.
    """
    with act(actor, Action.CASE_WATCH) as this:
        check_clock(this)
        gone = _late(this)
        for row in gone:
            row.escalated_at = actor.at
            row.save(update_fields=["escalated_at"])
        moved = _let_stand_ins_in(this)
        if gone or moved:
            this.note_list({row.id: row for row in (*gone, *moved)}.values())
        else:
            this.unchanged()
        return len(gone)


def _late(this: Act) -> list[Copy]:
    """Those whose time is out, among all that wait: many that are not late yet hide none that is."""
    waiting = Copy.objects.filter(
        fate=Fate.WAITING,
        escalated_at__isnull=True,
        sent_at__lte=this.actor.at,
        message__kind__in=MUST_OPEN,
    )
    ids = list(waiting.order_by("sent_at", "id").values_list("id", flat=True))
    late: list[Copy] = []
    for start in range(0, len(ids), AT_ONCE):
        locked = waiting.select_for_update(of=("self",), skip_locked=True)
        rows = {row.id: row for row in locked.filter(id__in=ids[start : start + AT_ONCE])}
        late += [rows[one] for one in sorted(send_on_late(this, object_ids=rows.keys()))]
        if len(late) >= AT_ONCE:
            break
    return late


def _let_stand_ins_in(this: Act) -> list[Copy]:
    """Whoever has the task now may open what it is about; the chain lies within one care provider."""
    late = Copy.objects.select_for_update(of=("self",), skip_locked=True).select_related(
        "message__case"
    )
    waiting = late.filter(fate=Fate.WAITING, escalated_at__isnull=False).order_by("-escalated_at")
    rows = list(waiting[:AT_ONCE])
    having = holders(object_ids=[row.id for row in rows])
    units = {one.id: one for one in units_of(having.values())}
    moved = []
    for row in rows:
        unit = units.get(having.get(row.id, row.unit_id))
        if unit is None or unit.id in (row.unit_id, *row.stand_ins):
            continue
        row.stand_ins = [*row.stand_ins, unit.id]
        row.save(update_fields=["stand_ins"])
        let_stand_in(this, row, unit)
        moved.append(row)
    return moved
