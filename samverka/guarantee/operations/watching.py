"""What the clock does: a limit comes near or has passed, and the unit gets it on its list."""

from __future__ import annotations

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.guarantee.models import Wait
from samverka.guarantee.operations.keeping import check_clock, judged
from samverka.guarantee.rules.clock import STILL_WAITING, ClockStatus
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date

BATCH = 100
"""So many at a time, so that no transaction is long (rows)."""


def watch_waits(actor: Actor) -> int:
    """Judge anew those waits that no one has judged today; returns how many. Again changes nothing."""
    with act(actor, Action.GUARANTEE_WATCH) as this:
        check_clock(this)
        old = Wait.objects.filter(
            status__in=[*STILL_WAITING, ClockStatus.NOT_STARTED, ClockStatus.PLANNED],
            judged_on__lt=local_date(actor.at),
        )
        locked = old.select_for_update(of=("self",), skip_locked=True)
        rows = list(locked.order_by("judged_on", "id")[:BATCH])
        for row in rows:
            judged(this, row)
        if not rows:
            this.unchanged()
        return len(rows)
