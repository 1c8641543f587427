"""What the table of actions is made of: how an action deals with the data, and how far it can reach."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samverka.kernel.actor import Permission as May
from samverka.kernel.text import Text


class Mode(StrEnum):
    """What an action does with the data; the codes are those of FHIR AuditEvent.action."""

    READ = "R"
    CREATE = "C"
    CHANGE = "U"
    DELETE = "D"
    EXECUTE = "E"


class Reach(StrEnum):
    """How far from the own organisation an action can reach at most."""

    OWN = "own"  # only what the own care provider holds
    SHARED = "shared"  # also what has been disclosed to the own care provider
    LAWFUL = "lawful"  # also by SVOD: reading only


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes:
        staff: permission that staff need; None if staff may never do it.
        person: permission that the person needs; None if the person may never do it.
        scope: what a representative's scope must hold for it; None if a representative never may.
        words: the verb in the log: "Lena Berg … läste din plan".
    """

    mode: Mode
    reach: Reach
    staff: May | None
    person: May | None
    scope: str | None
    words: Text


def read(staff: May | None, words: Text, *, person: May | None = May.OWN_READ, scope: str | None = "read",
         reach: Reach = Reach.LAWFUL) -> ActionSpec:  # fmt: skip
    """An action that reads; by SVOD too, unless it is said."""
    return ActionSpec(Mode.READ, reach, staff, person, scope, words)


def change(staff: May | None, words: Text, *, mode: Mode = Mode.CHANGE, person: May | None = None,
           scope: str | None = None, reach: Reach = Reach.OWN) -> ActionSpec:  # fmt: skip
    """An action that changes what the own care provider holds, unless more is said."""
    return ActionSpec(mode, reach, staff, person, scope, words)
