"""The routing table as it stands, and whom it names for a person in a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samverka.access.act import Act
from samverka.access.rules import Protection
from samverka.discharge.models import Case, Copy, Route
from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.kinds import MUNICIPAL, RECEIVING, Part, part_of
from samverka.discharge.rules.routing import (
    Found,
    Need,
    RouteFacts,
    RouteUnit,
    Table,
    Whom,
    route,
)
from samverka.discharge.rules.suspecting import Suspect, Suspicion, suspicions
from samverka.kernel.calendar import local_date
from samverka.kernel.text import Text
from samverka.organisations.reads import (
    UnitDetail,
    municipality_names,
    unit_detail,
    unit_place,
    units_after,
    units_of_county,
)
from samverka.organisations.rules import UnitKind
from samverka.people.reads import person_line


@dataclass(frozen=True, slots=True)
class Proposal:
    """A unit that can be told.

    Attributes:
        wanted: the table, or the listing, points at it for a part that the physician believes is needed.
        why: the reasons, in words; empty for one that can be chosen and that nothing points at.
        fallback: no line fits; it is the county's last resort.
        reach: how the last resort reaches those who are not in the system.
    """

    unit: UnitDetail
    part: Part
    wanted: bool
    why: tuple[Text, ...] = ()
    fallback: bool = False
    listed: bool = False
    reach: str = ""


@dataclass(frozen=True, slots=True)
class Proposals:
    """Whom to tell of a person.

    Attributes:
        near: those that are pointed at first, then the others of the municipality.
        others: all other units of the county that take part in cases.
        gaps: sentences about parts that nobody takes.
    """

    near: tuple[Proposal, ...]
    others: tuple[UnitDetail, ...]
    gaps: tuple[Found, ...]

    @property
    def warnings(self) -> list[Text]:
        """What to say where nobody was found."""
        return [text for one in self.gaps for text in one.why]


@dataclass(frozen=True, slots=True)
class Asked:
    """A case's person, and the table of the county where the ward lies."""

    whom: Whom
    table: Table
    marked: bool
    answers: tuple[Found, ...]


def propose(row: Case, asked: Asked) -> Proposals:
    """Units to tell, those that the table points at first, then the others of the municipality."""
    wanted = {Part(one) for one in row.needs} or set(RECEIVING)
    pointed = _by_unit(asked.answers)
    near, others = [], []
    for unit in _tellable(asked):
        found, part = pointed.get(unit.id), unit_receives(unit)
        if part is None:
            continue
        if found:
            near.append(_proposal(unit, part, found, wanted))
        elif unit.municipality_code == asked.whom.answers:
            near.append(Proposal(unit, part, wanted=False))
        else:
            others.append(unit)
    near.sort(key=lambda one: (not one.wanted, not one.why, one.part, one.unit.name))
    gaps = [one for one in asked.answers if one.unit_id is None and one.part in wanted]
    return Proposals(tuple(near), tuple(others), tuple(gaps))


def _tellable(asked: Asked) -> list[UnitDetail]:
    """The county's open units, and those pointed at wherever they lie."""
    found = {one.id: one for one in units_of_county(asked.table.county_code)}
    far = {one.unit_id for one in asked.answers if one.unit_id} - set(found)
    return [*found.values(), *(units_after(far).values() if far else ())]


def _by_unit(answers: Iterable[Found]) -> dict[UUID, list[Found]]:
    """A unit can answer for more than one part: the county's last resort often does."""
    found: dict[UUID, list[Found]] = {}
    for one in answers:
        if one.unit_id is not None:
            found.setdefault(one.unit_id, []).append(one)
    return found


def _proposal(unit: UnitDetail, part: Part, found: list[Found], wanted: set[Part]) -> Proposal:
    named = [one for one in found if one.part in wanted]
    why = dict.fromkeys(text for one in named or found for text in one.why)
    return Proposal(
        unit=unit,
        part=part,
        wanted=bool(named),
        why=tuple(why),
        fallback=any(one.fallback for one in found),
        listed=any(one.listed for one in found),
        reach=next((one.reach for one in found if one.reach), ""),
    )


def unit_receives(unit: UnitDetail) -> Part | None:
    """What the unit is told as; None for a ward and for those that have no part in the law's process."""
    part = part_of(unit.kind, unit.branch, unit.side)
    return part if part in RECEIVING else None


def ask(this: Act, row: Case, person: Any = None) -> Asked:
    """Who the table names for the person of a case that has passed the gate.

    Args:
        person: the row of the person, where it is at hand.
    """
    whom, marked = whom_of(this, row, person or row.person)
    table = standing_table(unit_place(row.unit_id).county_code, also=[whom.listed_unit])
    answers = tuple(one for part in sorted(RECEIVING) for one in route(part, table, whom))
    return Asked(whom, table, marked, answers)


def whom_of(this: Act, row: Case, person: Any) -> tuple[Whom, bool]:
    """The person, as the table needs to know; and whether the person has protected identity.

    The area only of one whose address is not protected. Where a person with protected registration is
    listed is shown to those who may see protected addresses, and to no others.
    """
    decision = this.decide(row)
    line = person_line(person, this.actor, decision)
    protected = person.protection == Protection.PROTECTED
    hidden = protected and decision.masked
    whom = Whom(
        municipality_code=row.municipality_code,
        deciding_code=row.deciding_code,
        area="" if line.protected else person.town,
        psychiatric=row.psychiatric,
        age=line.age,
        listed_unit=None if hidden else person.listed_unit_id,
        needs=frozenset(Need(one) for one in row.help_kinds),
        protected=protected,
    )
    return whom, line.protected


# ── the table ──


def standing_rows(county_code: str) -> list[Any]:
    """A county's lines as they stand now, with their units. One query."""
    found = Route.objects.select_related("unit__provider__organisation")
    return list(found.filter(until__isnull=True, county_code=county_code))


def standing_table(
    county_code: str, rows: Iterable[Any] | None = None, also: Iterable[UUID | None] = ()
) -> Table:
    """A county's table as it stands now, with the units that it names.

    Args:
        rows: from `standing_rows`, where they are at hand.
        also: other units to know of.
    """
    lines = standing_rows(county_code) if rows is None else list(rows)
    units = {one.unit_id: unit_detail(one.unit) for one in lines}
    after = {one.successor_id for one in units.values() if one.successor_id}
    missing = ({one for one in also if one} | after) - set(units)
    units |= units_after(missing) if missing else {}
    known = {one.id: _route_unit(one) for one in units.values()}
    facts = tuple(route_facts(one) for one in lines)
    return Table(county_code, facts, known, municipality_names())


def _route_unit(unit: UnitDetail) -> RouteUnit:
    return RouteUnit(
        id=unit.id,
        name=unit.name,
        municipality_code=unit.municipality_code,
        municipal=part_of(unit.kind, unit.branch, unit.side) in MUNICIPAL,
        families=unit.kind is UnitKind.FAMILY_SERVICES,
        closed=unit.closed,
        successor=unit.successor_id,
    )


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
        need=Need(row.need) if row.need else None,
        reach=row.reach,
    )


# ── doubts ──


def doubts(row: Case, asked: Asked, units: Sequence[UnitDetail]) -> list[Suspicion]:
    """What looks wrong about units that are to be told and take no part in the case yet."""
    sent_back = _sent_back(row, {one.id for one in units})
    pointed = {one.unit_id for one in asked.answers}
    facts = [
        Suspect(
            unit_id=one.id,
            name=one.name,
            part=part,
            municipality_code=one.municipality_code,
            pointed_at=one.id in pointed,
            centre=one.kind is UnitKind.HEALTH_CENTRE,
            families=one.kind is UnitKind.FAMILY_SERVICES,
            assesses=one.kind in (UnitKind.NEEDS_ASSESSMENT, UnitKind.HOME_CARE),
            closed=one.closed,
            returned_on=sent_back.get(one.id),
        )
        for one in units
        if (part := unit_receives(one)) is not None
    ]
    return suspicions(asked.whom, facts, marked=asked.marked)


def _sent_back(row: Case, units: set[UUID]) -> dict[UUID, date]:
    """The last day on which each unit said that a message about the person was not for it."""
    found = Copy.objects.filter(
        person_id=row.person_id,
        unit_id__in=units,
        fate__in=[Fate.RETURNED, Fate.FORWARDED],
        ended_at__isnull=False,
    ).order_by("ended_at")
    return {unit: local_date(at) for unit, at in found.values_list("unit_id", "ended_at")}
