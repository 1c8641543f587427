"""What became of a message at one of its receivers: exactly one fate. Pure."""

from __future__ import annotations

from datetime import datetime
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


def receivable_at(sent_at: datetime, entered_at: datetime) -> datetime:
    """From when a copy can be receipted: the receiver's clock starts here.

    What went by paper or telephone while the system was down is entered afterwards with its real time;
    nobody could receipt it before it was entered. The law's own deadlines count from the real time.
    """
    return max(sent_at, entered_at)


def is_whose(unit: UUID | None, part: Part, actor_unit: UUID | None, ward: UUID) -> bool:
    """Whether a message, or a copy, is the actor's unit's: what a ward said or got goes along to the next ward.

    Args:
        unit, part: who sent it, or has it, and as what; ward: where the case stands now.
    """
    if actor_unit is None:
        return False
    return unit == actor_unit or (part is Part.WARD and actor_unit == ward)
