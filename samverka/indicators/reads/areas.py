"""Which areas there are to choose among, what they are called, and which is the reader's own."""

from __future__ import annotations

from dataclasses import dataclass

from samverka.indicators.rules.kept import NATION, AreaKind
from samverka.indicators.rules.sets import kind_of
from samverka.kernel import areas
from samverka.kernel.actor import Actor, Side
from samverka.kernel.problems import NotFound
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.organisations.reads import UnitDetail, units_around, units_of_county

HOME: str = "23"
"""The county whose figures are shown to one whose unit lies in no county: the system's own."""


@dataclass(frozen=True, slots=True)
class Area:
    """What a figure is about: the nation, a county, a municipality, a unit (HSA-id)."""

    kind: AreaKind
    code: str
    name: Text | str
    county: str = ""


NATION_AREA = Area(AreaKind.NATION, NATION, _("Riket"))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where the reader stands, asked once for a page.

    Attributes:
        own: the area that is shown if none is chosen.
        units: of the county, by HSA-id.
    """

    county: str
    own: Area
    units: dict[str, UnitDetail]

    def area(self, code: str) -> Area:
        """The area of a code; the own where there is none.

        Raises:
            NotFound: no area has that code.
        """
        if not code:
            return self.own
        found = named(code)
        if found is not None:
            return found
        unit = self.units.get(code)
        if unit is None:
            raise NotFound(_("Området finns inte."), mend=_("Välj ett område i listan."))
        return Area(AreaKind.UNIT, code, unit.name, self.county)

    def municipalities(self) -> tuple[Area, ...]:
        """Those of the county, by name."""
        return municipalities_of(self.county)

    def choices(self, units: set[str]) -> list[tuple[str, list[Area]]]:
        """What can be chosen, under headings; only units that have a curve."""
        shown = [self.area(code) for code in sorted(units, key=self._name) if code in self.units]
        both = dict.fromkeys((named(self.county), NATION_AREA))  # the same one for the nation's own
        whole = [one for one in both if one is not None]
        groups: list[tuple[str, list[Area]]] = [
            (_("Hela"), whole),
            (_("Kommuner"), list(self.municipalities())),
        ]
        return [*groups, (_("Enheter"), shown)] if shown else groups

    def keeps(self, actor: Actor, area: Area) -> bool:
        """Whether the area is followed up by the actor's own organisation: its whole, or one of its units."""
        if actor.side not in (Side.REGION, Side.MUNICIPALITY):
            return False
        own = next((one for one in self.units.values() if one.id == actor.unit_id), None)
        unit = self.units.get(area.code)
        if unit is not None:
            return own is not None and unit.organisation_id == own.organisation_id
        return area.code == self.own.code

    def _name(self, code: str) -> str:
        return self.units[code].name if code in self.units else code


def named(code: str) -> Area | None:
    """The nation, a county or a municipality; None for anything else."""
    kind = kind_of(code)
    if kind is AreaKind.NATION:
        return NATION_AREA
    if kind is AreaKind.COUNTY and code in areas.counties():
        return Area(kind, code, areas.counties()[code].name, code)
    if kind is AreaKind.MUNICIPALITY:
        one = areas.municipalities().get(areas.current_code(code))
        return Area(kind, one.code, one.name, one.county) if one else None
    return None


def municipalities_of(county: str) -> tuple[Area, ...]:
    """The municipalities of a county, by name."""
    found = (named(one.code) for one in areas.municipalities_of(county))
    return tuple(sorted((one for one in found if one), key=lambda one: _order(str(one.name))))


def counties() -> tuple[Area, ...]:
    """The counties, in order of their codes."""
    return tuple(one for one in map(named, areas.counties()) if one)


def _order(name: str) -> str:
    """Swedish order: å, ä and ö come last, in that order."""
    return name.lower().replace("å", "{a").replace("ä", "{b").replace("ö", "{c")


def surroundings(actor: Actor) -> Surroundings:
    """Where the reader stands: the region's sees the county first, a municipality's its own. One query."""
    place, units_here = units_around(actor.unit_id) if actor.unit_id else (None, [])
    county = place.county_code if place else ""
    if not county:  # in no county: the system's own
        county, units_here = HOME, units_of_county(HOME)
    municipality = place.municipality_code if place else ""
    own = named(municipality) if actor.side is Side.MUNICIPALITY else None
    units = {one.hsa_id: one for one in units_here if one.hsa_id}
    return Surroundings(county, own or named(county) or NATION_AREA, units)
