"""Where people are and how they are parted: the cells that a measure has. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from samverka.indicators.rules.kept import NATION, AreaKind, Split
from samverka.indicators.rules.measures import AGE_PARTS, Counted
from samverka.kernel.hiding.tables import WHOLE, Key, Shape

SEXES: Final = ("female", "male")

_COUNTY = 2
_MUNICIPALITY = 4


_Kind = tuple[date, str, str, str, int, str, int]


def age_part(band: int) -> str:
    """The part that a band of five years lies in; empty where the age is not known."""
    for code, (low, high) in AGE_PARTS.items():
        if low <= band and (high is None or band <= high):
            return code
    return ""


def condensed(cells: Iterable[Counted]) -> list[Counted]:
    """Cells that go into the same curves as one: bands of five years as the parts that they lie in."""
    lowest = {band: AGE_PARTS[part][0] for band in range(150) if (part := age_part(band))}
    added: dict[_Kind, list[int]] = {}
    for one in cells:
        kind = (one.period, one.municipality, one.unit, one.sex, lowest.get(one.band, -1), one.group,
                one.value)  # fmt: skip
        both = added.setdefault(kind, [0, 0])
        both[0] += one.numerator
        both[1] += one.denominator
    return [Counted(*kind, *both) for kind, both in added.items()]


@dataclass(frozen=True, slots=True)
class Place:
    """An area: of which kind, and in which county."""

    kind: AreaKind
    county: str


class Places:
    """The areas that a measure counts in, as trees: one of municipalities, one of each county's units.

    A unit takes in people from many municipalities, so units are not parts of them; the county's total
    is what the two trees have in common.
    """

    def __init__(self, cells: Iterable[Counted], groups: Iterable[str]) -> None:
        self.of: dict[str, Place] = {}
        ages: set[str] = set()
        for one in cells:
            ages.add(age_part(one.band))
            county = one.municipality[:_COUNTY]
            if county:
                self.of.setdefault(county, Place(AreaKind.COUNTY, county))
            if len(one.municipality) == _MUNICIPALITY:
                self.of.setdefault(one.municipality, Place(AreaKind.MUNICIPALITY, county))
            if one.unit and county:
                self.of.setdefault(one.unit, Place(AreaKind.UNIT, county))
        self.counties = self._named(AreaKind.COUNTY)
        if len(self.counties) > 1:
            self.of[NATION] = Place(AreaKind.NATION, "")
        self.groups = tuple(sorted(set(groups)))
        ages.discard("")
        self.ages = tuple(one for one in AGE_PARTS if one in ages) if len(ages) > 1 else ()

    def _named(self, kind: AreaKind, county: str = "") -> tuple[str, ...]:
        found = (code for code, place in self.of.items() if place.kind is kind)
        return tuple(sorted(one for one in found if not county or self.of[one].county == county))

    @property
    def has_nation(self) -> bool:
        """Whether there are several counties."""
        return len(self.counties) > 1

    @cached_property
    def shape(self) -> Shape:
        """The tree of municipalities, with every parting."""
        children = {county: self._named(AreaKind.MUNICIPALITY, county) for county in self.counties}
        if self.has_nation:
            children[NATION] = self.counties
        return Shape(children, self.partings)

    @property
    def partings(self) -> Mapping[str, tuple[str, ...]]:
        """Sex, age, and each target group apart: a person may be in several."""
        apart = {group_parting(one): (one,) for one in self.groups}
        by_age = {Split.AGE.value: self.ages} if self.ages else {}
        return {Split.SEX.value: SEXES, **by_age, **apart}

    @cached_property
    def units(self) -> Mapping[str, Shape]:
        """County → its units."""
        named = {one: self._named(AreaKind.UNIT, one) for one in self.counties}
        return {county: Shape({county: units}, {}) for county, units in named.items() if units}

    def cells_of(self, one: Counted) -> list[Key]:
        """The cells that a counted one adds to: each area that it lies in, by each part that it is of."""
        areas = self._areas_of(one)
        found = [(area, parting, part) for area in areas for parting, part in self._parts_of(one)]
        if one.unit and areas and not one.group:
            found.append((one.unit, *WHOLE))
        return found

    def _areas_of(self, one: Counted) -> tuple[str, ...]:
        """Nation, county and municipality."""
        county = one.municipality[:_COUNTY]
        if not county:
            return ()
        wide = (NATION, county) if self.has_nation else (county,)
        return (*wide, one.municipality) if len(one.municipality) == _MUNICIPALITY else wide

    def _parts_of(self, one: Counted) -> tuple[tuple[str, str], ...]:
        if one.group:
            return ((group_parting(one.group), one.group),)
        found = [(Split.ALL.value, "")]
        if one.sex in SEXES:
            found.append((Split.SEX.value, one.sex))
        if self.ages and (age := age_part(one.band)):
            found.append((Split.AGE.value, age))
        return tuple(found)


def group_parting(group: str) -> str:
    """The parting of one target group: it, and all others."""
    return f"{Split.GROUP.value}:{group}"


def split_of(key: Key) -> Split:
    """The split that a cell's curve belongs to."""
    return Split(key[1].split(":")[0])
