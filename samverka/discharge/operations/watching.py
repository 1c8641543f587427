"""What the clock does with messages: what nobody has receipted in time goes to the next in the chain."""

from __future__ import annotations

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.discharge.models import Copy
from samverka.discharge.operations.keeping import check_clock
from samverka.discharge.rules.fates import Fate
from samverka.kernel.actor import Actor
from samverka.notices.operations import send_on_late

AT_ONCE = 200
"""Copies looked at in one transaction, the oldest first."""


def watch_copies(actor: Actor) -> int:
    """Mark what has not been receipted in time as gone on in the chain; returns how many.

    A message that someone has looked at and not receipted goes on too: every sent message is receipted
    or escalated. Run again, or by two at the same time, it does nothing twice.
    """
    with act(actor, Action.CASE_WATCH) as this:
        check_clock(this)
        waiting = Copy.objects.select_for_update(skip_locked=True).filter(
            fate=Fate.WAITING, escalated_at__isnull=True, sent_at__lte=actor.at
        )
        rows = {row.id: row for row in waiting.order_by("sent_at")[:AT_ONCE]}
        gone = [rows[one] for one in sorted(send_on_late(this, object_ids=rows.keys()))]
        for row in gone:
            row.escalated_at = actor.at
            row.save(update_fields=["escalated_at"])
        if gone:
            this.note_list(gone)
        else:
            this.unchanged()
        return len(gone)
