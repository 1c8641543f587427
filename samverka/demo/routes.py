"""Where messages about someone on the way home go, in all eight municipalities: the county's table.

Ragunda has not said who takes children: the gap is there to be seen, and the county's last resort takes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from samverka.access.roles import system_actor
from samverka.demo import county as told
from samverka.demo.actors import County
from samverka.demo.decided import DECIDED, SYSTEMS
from samverka.demo.phones import landline
from samverka.demo.script import STOCKHOLM, Principal
from samverka.discharge.operations import keep_route
from samverka.discharge.rules.kinds import Part
from samverka.discharge.rules.routing import ADULT, Need, RouteFacts
from samverka.kernel.actor import Actor

_CATALOGUE = UUID("2f3a8c1e-7b1d-4a52-9d1b-6b7f0e2c4d55")

LAST_RESORT = "narvard-ostersund"
"""The unit that takes what no line is about."""

WITHOUT_CHILDREN = "ragunda"
"""The municipality whose table has a gap."""

_AREAS = {
    "hemsjukvard-froson": "Frösön",
    "hemsjukvard-brunflo": "Brunflo",
    "hemsjukvard-fjall": "Funäsdalen",
}
_OUTSIDE = (("2260", "Ånge"), ("2281", "Sundsvall"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line by the unit's key in the script."""

    part: Part
    unit: str
    code: str = ""
    area: str = ""
    psychiatric: bool | None = None
    from_age: int | None = None
    under: int | None = None
    need: Need | None = None
    reach: str = ""


def keep_routes(county: County) -> None:
    """Enter the table: the region's lines by the region, the others from the catalogue of units."""
    at = datetime.combine(county.today, time(11), STOCKHOLM) - DECIDED
    region = county.staff[SYSTEMS].actor(at)
    catalogue = _catalogue(at + timedelta(minutes=5))
    for line in region_lines():
        _keep(region, county, line)
    for principal in told.MUNICIPALITIES:
        for line in municipal_lines(principal):
            _keep(catalogue, county, line)


def _catalogue(at: datetime) -> Actor:
    return system_actor(actor_id=uuid5(_CATALOGUE, "catalogue"), name="Enhetskatalogen", at=at)


def _keep(actor: Actor, county: County, line: Line) -> None:
    facts = RouteFacts(
        part=line.part,
        unit_id=county.units[line.unit].id,
        municipality_code=line.code,
        area=line.area,
        psychiatric=line.psychiatric,
        from_age=line.from_age,
        under=line.under,
        need=line.need,
        reach=line.reach,
    )
    keep_route(actor, line=facts)


# ── the region's ──


def region_lines() -> list[Line]:
    """Open care for those who are listed nowhere, psychiatry, the last resort, the neighbours."""
    found = [Line(part, LAST_RESORT) for part in (Part.OPEN_CARE, *_MUNICIPAL)]
    for principal in told.MUNICIPALITIES:
        found += [*_centres(principal), *_psychiatry(principal)]
    return [*found, *_neighbours()]


_MUNICIPAL = (Part.MUNICIPAL_HEALTH, Part.SOCIAL)


def _centres(principal: Principal) -> Iterator[Line]:
    places = [one for one in told.PLACES if one.municipality == principal.key]
    main = next(one for one in places if one.name == principal.seat).centre
    yield Line(Part.OPEN_CARE, main, principal.code)
    for one in places:
        if one.centre != main:
            yield Line(Part.OPEN_CARE, one.centre, principal.code, one.name)


def _psychiatry(principal: Principal) -> Iterable[Line]:
    adults = "psykiatri-stromsund" if principal.key == "stromsund" else "vuxenpsykiatri"
    yield Line(Part.OPEN_CARE, adults, principal.code, psychiatric=True, from_age=ADULT)
    yield Line(Part.OPEN_CARE, "bup", principal.code, psychiatric=True, under=ADULT)


def _neighbours() -> Iterator[Line]:
    for n, (code, name) in enumerate(_OUTSIDE):
        reach = f"{name}s växel {landline(398 + n)}. Fråga efter samordningen för hemgång."
        for part in _MUNICIPAL:
            yield Line(part, LAST_RESORT, code, reach=reach)


# ── a municipality's ──


def municipal_lines(principal: Principal) -> list[Line]:
    """Home health care by area; needs assessment; and those with a door of their own."""
    key, code = principal.key, principal.code
    found = [
        Line(Part.MUNICIPAL_HEALTH, f"hemsjukvard-{key}", code),
        Line(Part.SOCIAL, f"bistand-{key}", code, from_age=ADULT),
        Line(Part.SOCIAL, f"bistand-{key}", code, need=Need.LSS),
        Line(Part.SOCIAL, f"ifo-vuxen-{key}", code, from_age=ADULT, need=Need.IFO),
        Line(Part.SOCIAL, f"boendestod-{key}", code, psychiatric=True, from_age=ADULT),
    ]
    if key != WITHOUT_CHILDREN:
        found.append(Line(Part.SOCIAL, f"ifo-familj-{key}", code, under=ADULT))
    for unit, area in _AREAS.items():
        if told.principal_of(unit).key == key:
            found.append(Line(Part.MUNICIPAL_HEALTH, unit, code, area))
    return found
