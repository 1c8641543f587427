"""What the person's own page needs to know: is there a case, and what can the own unit begin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import JSONObject

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
        also: parts of what a room above had asked along.
    """

    case_id: UUID | None
    may_admit: bool
    may_tell: bool
    also: tuple[Mapping[str, Any], ...] = ()


def person_stay(
    actor: Actor,
    *,
    person_id: UUID,
    own: UnitDetail | None,
    also: QuerySet[Any, dict[str, Any]] | None = None,
) -> PersonStay:
    """Whether the person has an open case with the own unit, and what the own unit can begin.

    Args:
        own: the actor's unit, which the page knows already.
        also: rows of another room, already through their own gate, as "id", `table` "also" and
            their `part`: asked along in the same query.
    """
    with act(actor, Action.CASE_READ) as this:
        open_ones = this.visible(_open_parts().filter(person_id=person_id)).values(*_ASKED)
        found = list(open_ones if also is None else open_ones.union(also, all=True))
        cases = [_case(one["part"]) for one in found if one["table"] == _CASE]
        rows = [one for one in cases if this.decide(one).allowed]
        rows.sort(key=lambda one: one.opened_at, reverse=True)
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
            also=tuple(one["part"] for one in found if one["table"] != _CASE),
        )


_ASKED = ("id", "table", "part")
_CASE = "case"
_COLUMNS = ("id", "person_id", "provider_id", "unit_id", "branch", "published", "not_for_patient",
            "status", "opened_at")  # fmt: skip


def _open_parts() -> QuerySet[Any]:
    found: QuerySet[Any] = Case.objects.filter(status__in=sorted(OPEN)).annotate(
        table=Value(_CASE, output_field=CharField()),
        part=JSONObject(**{one: one for one in _COLUMNS}),
    )
    return found


def _case(part: Mapping[str, Any]) -> Case:
    """What the gate and the page ask of a case."""
    fields = {one.attname: one for one in Case._meta.concrete_fields}
    return Case(**{name: fields[name].to_python(part[name]) for name in _COLUMNS})


def _own_part(actor: Actor, own: UnitDetail | None) -> Part | None:
    if own is None or not permits(actor, Action.CASE_OPEN):
        return None
    return part_of(own.kind, own.branch, own.side)


def wards(actor: Actor) -> list[UnitDetail]:
    """The wards that can be told."""
    return [one for one in list_units(actor) if one.kind is UnitKind.WARD]
