"""What became of a message at one of its receivers: exactly one fate. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from samverka.discharge.rules.kinds import Part
from samverka.kernel.problems import NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class Fate(StrEnum):
    """Where one copy of a message is. The codes are stored."""

    WAITING = "waiting"  # sent, not receipted
    RECEIPTED = "receipted"
    RETURNED = "returned"  # wrong receiver, sent back with reason
    FORWARDED = "forwarded"  # wrong receiver, sent on to the right one
    WITHDRAWN = "withdrawn"  # taken back by the sender with reason; what was read stays read


FATE_WORDS: dict[Fate, Text] = {
    Fate.WAITING: _("Väntar på kvittens"),
    Fate.RECEIPTED: _("Kvitterat"),
    Fate.RETURNED: _("Returnerat"),
    Fate.FORWARDED: _("Vidaresänt"),
    Fate.WITHDRAWN: _("Återtaget"),
}


class FateStep(StrEnum):
    """What can be done with a copy."""

    RECEIPT = "receipt"
    RETURN = "return"
    FORWARD = "forward"
    WITHDRAW = "withdraw"


STEPS: dict[tuple[Fate, FateStep], Fate] = {
    (Fate.WAITING, FateStep.RECEIPT): Fate.RECEIPTED,
    (Fate.WAITING, FateStep.RETURN): Fate.RETURNED,
    (Fate.WAITING, FateStep.FORWARD): Fate.FORWARDED,
    (Fate.RECEIPTED, FateStep.RETURN): Fate.RETURNED,
    (Fate.RECEIPTED, FateStep.FORWARD): Fate.FORWARDED,
    (Fate.WAITING, FateStep.WITHDRAW): Fate.WITHDRAWN,
    (Fate.RECEIPTED, FateStep.WITHDRAW): Fate.WITHDRAWN,
}
"""Fate and step → the new fate. What is not here is refused in words."""

_REFUSALS: dict[Fate, Text] = {
    Fate.RECEIPTED: _("Meddelandet är redan kvitterat."),
    Fate.RETURNED: _("Meddelandet är returnerat. Avsändaren skickar det till rätt enhet."),
    Fate.FORWARDED: _("Meddelandet är vidaresänt till en annan enhet."),
    Fate.WITHDRAWN: _("Meddelandet är återtaget av avsändaren."),
}


def take_step(fate: Fate, step: FateStep) -> Fate:
    """The new fate.

    Raises:
        NotNow: that step cannot be taken from here.
    """
    found = STEPS.get((fate, step))
    if found is None:
        raise NotNow(_REFUSALS.get(fate, _("Det går inte nu.")))
    return found


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """One copy of a message, as its clock sees it."""

    fate: Fate
    sent_at: datetime
    escalated_at: datetime | None = None


def is_whose(unit: UUID | None, part: Part, actor_unit: UUID | None, ward: UUID) -> bool:
    """Whether a message, or a copy, is the actor's unit's: what a ward said or got goes along to the next ward.

    Args:
        unit, part: who sent it, or has it, and as what; ward: where the case stands now.
    """
    if actor_unit is None:
        return False
    return unit == actor_unit or (part is Part.WARD and actor_unit == ward)


def is_late(copy: CopyFacts, now: datetime, limit: timedelta) -> bool:
    """Sent, unread past the county's limit, and not yet sent on to the next in the chain."""
    waits = copy.fate is Fate.WAITING and copy.escalated_at is None
    return waits and now - copy.sent_at > limit
