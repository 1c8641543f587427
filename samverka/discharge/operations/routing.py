"""The routing table is kept by the units themselves: a line is made, replaced or ended, and never lost."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.discharge.models import Route
from samverka.discharge.reads.routes import standing_table, unit_receives
from samverka.discharge.reads.table import RouteDetail, keeper_of, key_of, route_detail
from samverka.discharge.rules.keeping_routes import (
    Keeper,
    Receives,
    check_keeps,
    check_unit,
    tidy,
)
from samverka.discharge.rules.kinds import Part
from samverka.discharge.rules.routing import RouteFacts
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Conflict, Invalid, NotFound, NotNow
from samverka.kernel.text import text as _
from samverka.organisations.reads import UnitDetail, unit_names, unit_place


def keep_route(actor: Actor, *, line: RouteFacts, instead_of: UUID | None = None) -> RouteDetail:
    """Say who is told about some persons. The line that stood before is ended and can still be read.

    Args:
        instead_of: the line that one has seen and wants to replace.

    Raises:
        NotAllowed: another organisation keeps that line, or the unit is another's.
        Invalid: the line can never fit anyone.
        Conflict: someone else has said otherwise since; both are shown.
    """
    with act(actor, Action.ROUTE_EDIT) as this:
        this.require_permission()
        found = tidy(line)
        unit = _unit(found.unit_id)
        county = unit_place(unit.id).county_code
        keeper = _keeper(actor, county)
        check_keeps(keeper, found)
        check_unit(found, keeper, _receives(actor, unit, county))
        row = _row(found, county)
        seen = _seen(instead_of)
        if seen is not None:
            check_keeps(keeper, RouteFacts(Part(seen.part), unit.id, seen.municipality_code))
        other = Route.objects.filter(**key_of(row), until__isnull=True).first()
        if other is not None and _says_the_same(other, row):
            this.note_general("Route", id=str(other.id), unchanged=True)
            return _done(this, other, keeper)
        if other is not None and other.id != instead_of:
            raise _conflict(row, unit, other)
        for old in (one for one in (seen, other) if one is not None and one.until is None):
            _end(this, old)
        return _done(this, _saved(this, row, unit), keeper)


def end_route(actor: Actor, *, route_id: UUID) -> RouteDetail:
    """End a line: those it was about go by the next line that fits, or to the county's last resort."""
    with act(actor, Action.ROUTE_EDIT) as this:
        this.require_permission()
        row = _seen(route_id)
        if row is None:
            raise NotFound(_("Raden finns inte."))
        keeper = _keeper(actor, row.county_code)
        check_keeps(keeper, RouteFacts(Part(row.part), row.unit_id, row.municipality_code))
        if row.until is not None:
            raise NotNow(_("Raden är redan avslutad."))
        _end(this, row)
        return _done(this, row, keeper)


# ── the line ──


def _unit(unit_id: UUID) -> UnitDetail:
    found = unit_names({unit_id}).get(unit_id)
    if found is None:
        raise Invalid(_("Enheten finns inte. Välj ur listan."), where="unit")
    return found


def _keeper(actor: Actor, county: str) -> Keeper:
    return keeper_of(actor) if actor.unit_id else Keeper(actor.side, county)


def _receives(actor: Actor, unit: UnitDetail, county: str) -> Receives:
    own = unit_names({actor.unit_id}).get(actor.unit_id) if actor.unit_id else None
    return Receives(
        name=unit.name,
        part=unit_receives(unit),
        county_code=county,
        own=own is not None and own.organisation_id == unit.organisation_id,
        closed=unit.closed,
    )


def _row(line: RouteFacts, county: str) -> Route:
    return Route(
        part=line.part,
        county_code=county,
        municipality_code=line.municipality_code,
        area=line.area,
        psychiatric=line.psychiatric,
        from_age=line.from_age,
        under=line.under,
        need=line.need or "",
        reach=line.reach,
        unit_id=line.unit_id,
    )


def _seen(route_id: UUID | None) -> Any:
    """The line that the actor has seen, locked."""
    if route_id is None:
        return None
    return Route.objects.select_for_update().filter(id=route_id).first()


def _says_the_same(one: Route, other: Route) -> bool:
    return one.unit_id == other.unit_id and one.reach == other.reach


def _end(this: Act, row: Route) -> None:
    row.until, row.ended_by = this.actor.at, this.actor.name
    row.save()
    this.note_general("Route", id=str(row.id), ended=True)


def _saved(this: Act, row: Route, unit: UnitDetail) -> Route:
    """The database lets one line about the same persons stand: of two at once, one is told."""
    row.since, row.kept_by = this.actor.at, this.actor.name
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as fault:
        other = Route.objects.filter(**key_of(row), until__isnull=True).first()
        if other is None:
            raise
        raise _conflict(row, unit, other) from fault
    this.note_general("Route", id=str(row.id))
    return row


def _conflict(row: Route, unit: UnitDetail, other: Any) -> Conflict:
    theirs = unit_names({other.unit_id})[other.unit_id]
    return Conflict(
        _("Det finns redan en rad för samma personer: %(unit)s, inlagd av %(who)s.",
          unit=theirs.name, who=other.kept_by),
        mine={"unit": unit.name, "reach": row.reach},
        theirs={"unit": theirs.name, "reach": other.reach, "id": str(other.id)},
        where="unit",
        mend=_("Öppna den raden om den ska ändras, eller välj andra personer."),
    )  # fmt: skip


def _done(this: Act, row: Any, keeper: Keeper) -> RouteDetail:
    whole = Route.objects.select_related("unit__provider__organisation").get(id=row.id)
    return route_detail(whole, standing_table(row.county_code), keeper, may=True)
