"""Who the routing table says are to be told."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from samverka.access.act import Act
from samverka.discharge.models import Case, Route
from samverka.discharge.rules.kinds import RECEIVING, Part, part_of
from samverka.discharge.rules.routing import Found, RouteFacts, Whom, route
from samverka.organisations.reads import UnitDetail, list_units
from samverka.people.reads import full_persons, person_line


@dataclass(frozen=True, slots=True)
class Proposal:
    """A unit that can be told.

    Attributes:
        wanted: the table, or the listing, points at it for a part that the physician believes is needed.
        fallback: no line fits; it is the county's last resort.
    """

    unit: UnitDetail
    part: Part
    wanted: bool
    fallback: bool = False
    listed: bool = False


def propose(this: Act, row: Case) -> list[Proposal]:
    """Units to tell, those that the table points at first, then the others of the municipality."""
    whom = whom_of(this, row)
    routes = standing_routes()
    pointed = [route(part, routes, whom) for part in sorted(RECEIVING)]
    found = {one.unit_id: one for one in pointed if one is not None}
    wanted = {Part(one) for one in row.needs} or set(RECEIVING)
    made = [
        one
        for unit in list_units(this.actor)
        if (one := _proposal(unit, found.get(unit.id), wanted, whom)) is not None
    ]
    return sorted(made, key=lambda one: (not one.wanted, one.part, one.unit.name))


def _proposal(
    unit: UnitDetail, found: Found | None, wanted: set[Part], whom: Whom
) -> Proposal | None:
    part = part_of(unit.kind, unit.branch, unit.side)
    if part is None or part not in RECEIVING:
        return None
    if found is not None:
        return Proposal(unit, part, found.part in wanted, found.fallback, found.listed)
    near = unit.municipality_code == whom.municipality_code
    return Proposal(unit, part, wanted=False) if near else None


def whom_of(this: Act, row: Case) -> Whom:
    """The person, as the table needs to know; the area only of one whose address is not protected."""
    person = full_persons().get(id=row.person_id)
    line = person_line(person, this.actor, this.decide(row))
    return Whom(
        municipality_code=row.deciding_code or row.municipality_code,
        area="" if line.protected else person.town,
        psychiatric=row.psychiatric,
        age=line.age,
        listed_unit=person.listed_unit_id,
    )


def standing_routes() -> list[RouteFacts]:
    """The table as it stands now."""
    return [route_facts(one) for one in Route.objects.filter(until__isnull=True)]


def route_facts(row: Route) -> RouteFacts:
    """Row → plain value."""
    unit: UUID = row.unit_id
    return RouteFacts(
        part=Part(row.part),
        unit_id=unit,
        municipality_code=row.municipality_code,
        area=row.area,
        psychiatric=row.psychiatric,
        from_age=row.from_age,
        under=row.under,
    )
