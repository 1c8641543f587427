"""What the person's own page needs to know: is there a case, and what can the own unit begin."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from samverka.access.act import act, permits
from samverka.access.actions import Action
from samverka.discharge.models import Case
from samverka.discharge.rules.kinds import INSIDE, OPEN, Part, part_of
from samverka.kernel.actor import Actor
from samverka.organisations.reads import UnitDetail, list_units
from samverka.organisations.rules import UnitKind


@dataclass(frozen=True, slots=True)
class PersonStay:
    """A person's way home, as the own unit sees it.

    Attributes:
        case_id: the newest open case in which the own unit takes part.
        may_admit: the own unit is a ward, and has not admitted the person.
        may_tell: the own unit can tell a ward how things were at home.
    """

    case_id: UUID | None
    may_admit: bool
    may_tell: bool


def person_stay(actor: Actor, *, person_id: UUID, own: UnitDetail | None) -> PersonStay:
    """Whether the person has an open case with the own unit, and what the own unit can begin.

    Args:
        own: the actor's unit, which the page knows already.
    """
    with act(actor, Action.CASE_READ) as this:
        open_ones = Case.objects.filter(person_id=person_id, status__in=sorted(OPEN))
        rows = this.rows(open_ones, order=("-opened_at",), limit=5)
        if rows:
            this.note_list(rows[:1])
        else:
            this.note_person(person_id, "Case", cases=0)
        inside = any(row.status in INSIDE and row.unit_id == actor.unit_id for row in rows)
        part = _own_part(actor, own)
        return PersonStay(
            case_id=rows[0].id if rows else None,
            may_admit=part is Part.WARD and not inside,
            may_tell=part is not None and part is not Part.WARD,
        )


def _own_part(actor: Actor, own: UnitDetail | None) -> Part | None:
    if own is None or not permits(actor, Action.CASE_OPEN):
        return None
    return part_of(own.kind, own.branch, own.side)


def wards(actor: Actor) -> list[UnitDetail]:
    """The wards that can be told."""
    return [one for one in list_units(actor) if one.kind is UnitKind.WARD]
