"""Every plan's R4 form put on the shelf again: after a new form of it."""

from __future__ import annotations

from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.careplans.operations.writing import publish_plan
from samverka.careplans.reads.rows import full_plans
from samverka.kernel.actor import Actor

_AT_A_TIME = 50
"""Plans in one transaction."""


def publish_plans(actor: Actor) -> int:
    """Put every plan that we keep on the shelf again, as it stands now; returns how many."""
    after, count = UUID(int=0), 0
    while True:
        with act(actor, Action.PLAN_EDIT) as this:
            this.require_system()
            found = full_plans(actor).filter(source="", id__gt=after).order_by("id")
            rows = list(found[:_AT_A_TIME])
            for row in rows:
                publish_plan(this, row, {})
            this.note_general("Plan", published=len(rows))
        count += len(rows)
        if len(rows) < _AT_A_TIME:
            return count
        after = rows[-1].id
