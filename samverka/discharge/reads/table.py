"""The routing table as its page shows it: by municipality, with what is missing, and a try-out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samverka.access.act import Act, act, permits
from samverka.access.actions import Action
from samverka.access.reads import may_open
from samverka.discharge.models import Route
from samverka.discharge.reads.routes import (
    route_facts,
    standing_rows,
    standing_table,
    unit_receives,
)
from samverka.discharge.rules import because
from samverka.discharge.rules.keeping_routes import Keeper, keeps
from samverka.discharge.rules.kinds import RECEIVING, Part
from samverka.discharge.rules.places import in_county, place_name
from samverka.discharge.rules.routing import (
    Gap,
    RouteFacts,
    Table,
    Whom,
    gaps,
    last_resorts_missing,
    route,
)
from samverka.kernel.actor import Actor, Side
from samverka.kernel.problems import NotAllowed, NotFound
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.organisations.reads import (
    UnitDetail,
    unit_detail,
    unit_place,
    units_of_county,
)

PARTS: tuple[Part, ...] = tuple(part for part in Part if part in RECEIVING)
"""In the order in which the page shows them."""


@dataclass(frozen=True, slots=True)
class RouteDetail:
    """One line of the table.

    Attributes:
        facts: whom it is for; `unit`: who takes it.
        place: what the municipality is called; empty for the county's last resort.
        who: for which persons, in words; None: for all.
    """

    id: UUID
    facts: RouteFacts
    unit: UnitDetail
    place: str
    who: Text | None
    since: datetime
    until: datetime | None
    kept_by: str
    ended_by: str
    may_edit: bool


@dataclass(frozen=True, slots=True)
class PartLines:
    """What a municipality, or the county, has for one part."""

    part: Part
    lines: tuple[RouteDetail, ...]
    gaps: tuple[Gap, ...]
    may_add: bool


@dataclass(frozen=True, slots=True)
class PlaceLines:
    """A municipality's lines, part by part."""

    code: str
    name: str
    parts: tuple[PartLines, ...]

    @property
    def missing(self) -> int:
        """How many kinds of persons no line is about."""
        return sum(len(one.gaps) for one in self.parts)


@dataclass(frozen=True, slots=True)
class TableView:
    """The whole table of a county.

    Attributes:
        last_resorts: who takes what no line is about.
        lacking: parts for which the county has named nobody: then sending is refused, in words.
        outside: lines about municipalities in other counties.
    """

    county_code: str
    places: tuple[PlaceLines, ...]
    last_resorts: tuple[PartLines, ...]
    lacking: tuple[Part, ...]
    outside: tuple[RouteDetail, ...]
    may_keep: bool
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a message about a made-up person would go; without a name: nobody takes it."""

    part: Part
    unit_name: str
    why: tuple[Text, ...]
    fallback: bool


@dataclass(frozen=True, slots=True)
class RouteChoices:
    """What the form of a line lets one choose among.

    Attributes:
        places: the municipalities whose lines the actor keeps (code, name).
        units: the units that the actor may name, by owner.
        parts: the parts that the actor keeps.
    """

    places: tuple[tuple[str, str], ...]
    units: tuple[tuple[str, list[tuple[str, str]]], ...]
    parts: tuple[Part, ...]


def routing_table(actor: Actor, *, asking: Whom | None = None) -> TableView:
    """The county's table: by municipality, with what is missing.

    Args:
        asking: a made-up person; the view says where messages would go, by the same rule as for real ones.
    """
    with act(actor, Action.ROUTE_READ) as this:
        this.require_permission()
        keeper = keeper_of(actor)
        rows = standing_rows(keeper.county_code)
        table = standing_table(keeper.county_code, rows, [asking.listed_unit] if asking else ())
        this.note_general("Route")
        found = _view(table, details(this, rows, keeper, table), keeper,
                      may=permits(actor, Action.ROUTE_EDIT))  # fmt: skip
        if asking is None:
            return found
        return replace(found, answers=_answers(table, asking))


def _view(table: Table, lines: Sequence[RouteDetail], keeper: Keeper, *, may: bool) -> TableView:
    own = county_places(table)
    lacking = last_resorts_missing(table, PARTS)
    return TableView(
        county_code=table.county_code,
        places=tuple(
            PlaceLines(code, name, _parts(code, lines, gaps(code, table), keeper, may=may))
            for code, name in own
        ),
        last_resorts=_parts("", lines, [_no_resort(one) for one in lacking], keeper, may=may),
        lacking=tuple(lacking),
        outside=tuple(
            one
            for one in lines
            if one.facts.municipality_code
            and not in_county(one.facts.municipality_code, table.county_code)
        ),
        may_keep=may and _keeps_any(keeper, own),
    )


def _keeps_any(keeper: Keeper, places: Iterable[tuple[str, str]]) -> bool:
    return any(keeps(keeper, part, code) for part in PARTS for code, _name in (*places, ("", "")))


def _no_resort(part: Part) -> Gap:
    words = _("Länet har ingen reserv för %(part)s.", part=because.part_in_sentence(part))
    return Gap("", part, words, stood_in=False)


def _parts(
    code: str,
    lines: Iterable[RouteDetail],
    missing: Iterable[Gap],
    keeper: Keeper,
    *,
    may: bool,
) -> tuple[PartLines, ...]:
    own, gone = [one for one in lines if one.facts.municipality_code == code], list(missing)
    return tuple(
        PartLines(
            part,
            tuple(one for one in own if one.facts.part is part),
            tuple(one for one in gone if one.part is part),
            may_add=may and keeps(keeper, part, code),
        )
        for part in PARTS
    )


def county_places(table: Table) -> list[tuple[str, str]]:
    """The county's municipalities by name: those that are known, and those that have lines."""
    codes = {one.municipality_code for one in table.routes} | set(table.places)
    own = [one for one in codes if in_county(one, table.county_code)]
    return sorted(((one, place_name(one, table.places)) for one in own), key=lambda one: one[1])


# ── a made-up person ──


def _answers(table: Table, whom: Whom) -> tuple[Answer, ...]:
    return tuple(
        Answer(part, table.units[one.unit_id].name if one.unit_id else "", one.why, one.fallback)
        for part in PARTS
        for one in route(part, table, whom)
    )


# ── one line ──


@dataclass(frozen=True, slots=True)
class LineView:
    """One line, what stood in its place before (the newest first), and what it can be changed to."""

    line: RouteDetail
    before: tuple[RouteDetail, ...]
    choices: RouteChoices | None


def route_line(actor: Actor, *, route_id: UUID) -> LineView:
    """A line of the table, with its history."""
    with act(actor, Action.ROUTE_READ) as this:
        this.require_permission()
        row = _rows().filter(id=route_id).first()
        if row is None:
            raise NotFound(_("Raden finns inte."))
        keeper, table = keeper_of(actor), standing_table(row.county_code)
        before = _rows().filter(**key_of(row), until__isnull=False).exclude(id=row.id)
        line = route_detail(row, table, keeper, may=permits(actor, Action.ROUTE_EDIT))
        this.note_general("Route", id=str(route_id))
        return LineView(
            line,
            tuple(route_detail(one, table, keeper, may=False) for one in before.order_by("-until")),
            _choices(keeper, table) if line.may_edit else None,
        )


def route_choices(actor: Actor) -> RouteChoices:
    """What the actor may choose among on the form of a new line."""
    may_open(actor, action=Action.ROUTE_EDIT)
    with act(actor, Action.ROUTE_READ) as this:
        this.require_permission()
        keeper = keeper_of(actor)
        this.note_general("Route")
        return _choices(keeper, standing_table(keeper.county_code))


def _choices(keeper: Keeper, table: Table) -> RouteChoices:
    places = [one for one in county_places(table) if _keeps_any_part(keeper, one[0])]
    if _keeps_any_part(keeper, ""):
        places.insert(0, ("", _("Hela länet (reserv)")))
    elif not places and keeper.municipality_code:
        code = keeper.municipality_code
        places = [(code, place_name(code, table.places))]
    parts = [part for part in PARTS if any(keeps(keeper, part, code) for code, _name in places)]
    return RouteChoices(tuple(places), tuple(_nameable(keeper)), tuple(parts))


def _keeps_any_part(keeper: Keeper, code: str) -> bool:
    return any(keeps(keeper, part, code) for part in PARTS)


def _nameable(keeper: Keeper) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for unit in units_of_county(keeper.county_code):
        own = not keeper.municipality_code or unit.municipality_code == keeper.municipality_code
        if own and unit_receives(unit) is not None:
            groups.setdefault(unit.organisation_name, []).append((str(unit.id), unit.name))
    return sorted(groups.items())


# ── rows ──


def _rows() -> QuerySet[Any]:
    found: QuerySet[Any] = Route.objects.select_related("unit__provider__organisation")
    return found


def key_of(row: Route) -> dict[str, object]:
    """What makes a line the one about these persons: only one with the same key can stand."""
    return {
        name: getattr(row, name)
        for name in (
            "county_code", "part", "municipality_code", "area", "psychiatric", "from_age", "under",
            "need",
        )
    }  # fmt: skip


def details(this: Act, rows: Iterable[Any], keeper: Keeper, table: Table) -> list[RouteDetail]:
    """Rows → plain values, the most general first."""
    may = permits(this.actor, Action.ROUTE_EDIT)
    made = [route_detail(one, table, keeper, may=may) for one in rows]
    return sorted(made, key=_general_first)


def _general_first(one: RouteDetail) -> tuple[bool, str, str, str]:
    return (one.who is not None, one.facts.area, one.who or "", one.unit.name)


def route_detail(row: Any, table: Table, keeper: Keeper, *, may: bool) -> RouteDetail:
    """Row → plain value; `unit__provider__organisation` must be selected."""
    facts = route_facts(row)
    code = facts.municipality_code
    return RouteDetail(
        id=row.id,
        facts=facts,
        unit=unit_detail(row.unit),
        place=place_name(code, table.places) if code else "",
        who=because.persons(facts),
        since=row.since,
        until=row.until,
        kept_by=row.kept_by,
        ended_by=row.ended_by,
        may_edit=may and row.until is None and keeps(keeper, facts.part, code),
    )


# ── who keeps what ──


def keeper_of(actor: Actor) -> Keeper:
    """The actor, as the rules of the table know it.

    Raises:
        NotAllowed: the actor works nowhere.
    """
    if actor.unit_id is None:
        raise NotAllowed(_("Välj först vilken enhet du arbetar på."))
    place = unit_place(actor.unit_id)
    own = place.municipality_code if actor.side is Side.MUNICIPALITY else ""
    return Keeper(actor.side, place.county_code, own)
