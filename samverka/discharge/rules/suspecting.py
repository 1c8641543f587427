"""Which receivers look wrong before a message is sent, and why; the sender ticks past each. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from samverka.discharge.rules.kinds import MUNICIPAL, Part
from samverka.discharge.rules.routing import ADULT, Whom
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class Doubt(StrEnum):
    """Why a receiver looks wrong."""

    OTHER_MUNICIPALITY = "other-municipality"
    OTHER_CENTRE = "other-centre"
    CLOSED = "closed"
    RETURNED = "returned"
    PROTECTED = "protected"
    NOT_CHILDREN = "not-children"


@dataclass(frozen=True, slots=True)
class Suspect:
    """A unit that is to have the message.

    Attributes:
        pointed_at: the table or the listing names it for this person: then place is no ground for doubt.
        centre: it is a health centre.
        families: it works with children and families.
        returned_on: the day when it last said that a message about the same person was not for it.
    """

    unit_id: UUID
    name: str
    part: Part
    municipality_code: str = ""
    pointed_at: bool = False
    centre: bool = False
    families: bool = False
    assesses: bool = False
    closed: bool = False
    returned_on: date | None = None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One doubt about one receiver. `key`: what the sender ticks."""

    doubt: Doubt
    unit_id: UUID
    words: Text

    @property
    def key(self) -> str:
        """The doubt and the unit: a tick for one is no tick for another."""
        return f"{self.doubt}:{self.unit_id}"


def suspicions(whom: Whom, units: Iterable[Suspect], *, marked: bool) -> list[Suspicion]:
    """Every doubt about those who are to have a message.

    Args:
        marked: the person has protected identity of some kind.
    """
    return [one for unit in units for one in _doubts(whom, unit, marked)]


def _doubts(whom: Whom, unit: Suspect, marked: bool) -> Iterator[Suspicion]:
    if unit.closed:
        yield _suspicion(Doubt.CLOSED, unit, _("%(unit)s är stängd.", unit=unit.name))
    if _elsewhere(whom, unit):
        yield _suspicion(
            Doubt.OTHER_MUNICIPALITY,
            unit,
            _("%(unit)s hör till en annan kommun än personens.", unit=unit.name),
        )
    if unit.centre and whom.listed_unit not in (None, unit.unit_id) and not unit.pointed_at:
        yield _suspicion(
            Doubt.OTHER_CENTRE,
            unit,
            _("Personen är listad på en annan hälsocentral än %(unit)s.", unit=unit.name),
        )
    if _only_adults(whom, unit):
        yield _suspicion(
            Doubt.NOT_CHILDREN,
            unit,
            _("%(unit)s tar oftast emot vuxna. Personen är under %(age)d år.",
              unit=unit.name, age=ADULT),
        )  # fmt: skip
    if unit.returned_on is not None:
        yield _suspicion(
            Doubt.RETURNED,
            unit,
            _("Ett meddelande om personen var fel hos %(unit)s den %(day)s.",
              unit=unit.name, day=unit.returned_on.isoformat()),
        )  # fmt: skip
    if marked:
        yield _suspicion(
            Doubt.PROTECTED,
            unit,
            _("Personen har skyddade uppgifter. Jag har prövat att %(unit)s behöver få veta.",
              unit=unit.name),
        )  # fmt: skip


def _elsewhere(whom: Whom, unit: Suspect) -> bool:
    """A municipality that neither has the person in its register nor has decided where the person lives.

    Of one with protected registration nothing is said: the doubt itself would tell where.
    """
    if unit.pointed_at or unit.part not in MUNICIPAL or whom.protected:
        return False
    own = {one for one in (whom.municipality_code, whom.deciding_code) if one}
    return bool(own) and bool(unit.municipality_code) and unit.municipality_code not in own


def _only_adults(whom: Whom, unit: Suspect) -> bool:
    return whom.child and unit.assesses and not unit.families


def _suspicion(doubt: Doubt, unit: Suspect, words: Text) -> Suspicion:
    return Suspicion(doubt, unit.unit_id, words)


def check_ticked(found: Iterable[Suspicion], ticked: Iterable[str]) -> None:
    """Whether the sender has looked at every doubt.

    Raises:
        Invalid: one is left; the sentence says which.
    """
    seen = set(ticked)
    left = [one for one in found if one.key not in seen]
    if left:
        raise Invalid(
            _("Kontrollera mottagaren: %(doubt)s", doubt=left[0].words),
            where="checked",
            mend=_("Välj bort enheten, eller kryssa för att det är rätt."),
        )
