"""Blocks that the person asks for (PDL 4:4, SVOD 2:3)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from samverka.access import models
from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.reads import (
    BlockDetail,
    block_detail,
)
from samverka.access.rules import (
    REFUSAL_WORDS,
    BlockKind,
    Refusal,
)
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _


def set_block(
    actor: Actor,
    *,
    person_id: UUID,
    kind: BlockKind,
    provider_id: UUID,
    unit_id: UUID | None = None,
    asked_by: str = "",
) -> BlockDetail:
    """Block at once, because the person asks for it (PDL 4:4, SVOD 2:3). A guardian may not.

    Staff can block only what the own care provider holds.
    """
    with act(actor, Action.BLOCK_SET) as this:
        if actor.is_staff and provider_id != actor.provider_id:
            raise NotAllowed(REFUSAL_WORDS[Refusal.NOT_OWN])
        if kind is BlockKind.INNER and unit_id is None:
            raise Invalid(_("Välj vilken enhets uppgifter som ska spärras."), where="unit")
        row = models.Block(
            person_id=person_id,
            kind=kind,
            provider_id=provider_id,
            unit_id=unit_id,
            since=actor.at,
            asked_by=asked_by or actor.name,
        )
        this.require(row)
        existing = _same_block(row, actor.at)
        if existing is None:
            row.save(force_insert=True)
        this.note(row, kind=str(kind))
        this.forget_standing(person_id)
        return block_detail(existing or row)


def _same_block(row: models.Block, at: datetime) -> models.Block | None:
    found: models.Block | None = (
        models.Block.objects.current(at)
        .filter(
            person_id=row.person_id,
            kind=row.kind,
            provider_id=row.provider_id,
            unit_id=row.unit_id,
        )
        .first()
    )
    return found


def remove_block(actor: Actor, *, block_id: UUID) -> BlockDetail:
    """Take a block away because the person asks for it; only where it was set (SVOD 2:3)."""
    with act(actor, Action.BLOCK_REMOVE) as this:
        row = this.row(models.Block.objects, lock=True, id=block_id)
        if actor.is_staff and row.provider_id != actor.provider_id:
            raise NotAllowed(REFUSAL_WORDS[Refusal.OUTER_BLOCK])
        if row.until is not None:
            raise NotNow(_("Spärren är redan borttagen."))
        row.until, row.removed_by = actor.at, actor.name
        row.save(update_fields=["until", "removed_by"])
        this.note(row)
        this.forget_standing(row.person_id)
        return block_detail(row)
