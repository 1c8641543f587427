"""The medicines that the ward has written of, beside those that record systems have sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samverka.access.act import Act, permits
from samverka.access.actions import Action
from samverka.discharge.reads.cases import is_own
from samverka.discharge.rules.messages import Fact, MessageKind
from samverka.kernel.actor import Actor
from samverka.resources.reads import MedicineLine, person_shelf

TELLS = (MessageKind.PATIENT, MessageKind.INFORMATION)
"""Messages that tell of medicines; to the person first what was written to the person."""


@dataclass(frozen=True, slots=True)
class Medicines:
    """What is known of the medicines at home.

    Attributes:
        words: as the ward wrote them; empty: it has not, or not to the own unit.
        lines: in use, as record systems have sent them.
    """

    words: str
    at: datetime | None
    by: str
    lines: tuple[MedicineLine, ...]

    @property
    def known(self) -> bool:
        """Something is known."""
        return bool(self.words or self.lines)


def medicines_of(this: Act, whole: Any) -> Medicines:
    """The medicines of the person of a whole case, as far as the actor may see them."""
    actor = this.actor
    said = next(iter(_telling(actor, whole)), None)
    lines: tuple[MedicineLine, ...] = ()
    if permits(actor, Action.SHELF_READ):
        lines = person_shelf(actor, person_id=whole.person_id).medicines
    return Medicines(
        words=str(said.body[Fact.MEDICINES.value]) if said else "",
        at=said.sent_at if said else None,
        by=said.unit.name if said else "",
        lines=lines,
    )


def _telling(actor: Actor, whole: Any) -> Iterable[Any]:
    """Messages with medicines that the actor has sent, been given, or is; the best and newest first."""
    found = [
        one
        for one in whole.messages.all()
        if one.kind in TELLS
        and one.withdrawn_at is None
        and one.body.get(Fact.MEDICINES.value)
        and (actor.is_person or is_own(actor, one, one.copies.all(), whole.unit_id))
    ]
    found.sort(key=lambda one: one.sent_at, reverse=True)
    found.sort(key=lambda one: actor.is_person and one.kind != MessageKind.PATIENT)
    return found
