"""Who is to be told about a person: the routing table, the most exact line first. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from samverka.discharge.rules.kinds import Part


@dataclass(frozen=True, slots=True)
class RouteFacts:
    """One line of the table; an empty or missing value fits all."""

    part: Part
    unit_id: UUID
    municipality_code: str = ""
    area: str = ""
    psychiatric: bool | None = None
    from_age: int | None = None
    under: int | None = None


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a message is about.

    Attributes:
        municipality_code: where the person is registered, or the municipality that has decided where the
            person lives (LUS 5:2).
        area: post town; empty where it is protected, so that only lines for the whole municipality fit.
        listed_unit: health centre where the person is listed.
    """

    municipality_code: str
    area: str = ""
    psychiatric: bool = False
    age: int | None = None
    listed_unit: UUID | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Where a part's message goes. `fallback`: no line fits the person, so it goes to the county's own."""

    part: Part
    unit_id: UUID
    fallback: bool = False
    listed: bool = False


def fits(route: RouteFacts, whom: Whom) -> bool:
    """Whether a line is about this person."""
    if route.municipality_code not in ("", whom.municipality_code):
        return False
    if route.area and route.area.casefold() != whom.area.casefold():
        return False
    if route.psychiatric is not None and route.psychiatric != whom.psychiatric:
        return False
    if whom.age is None:
        return route.from_age is None and route.under is None
    young = route.under is not None and whom.age >= route.under
    return not young and (route.from_age is None or whom.age >= route.from_age)


def exactness(route: RouteFacts) -> tuple[bool, bool, bool, bool]:
    """How exactly a line points: municipality, then area, then kind of care, then age."""
    return (
        bool(route.municipality_code),
        bool(route.area),
        route.psychiatric is not None,
        route.from_age is not None or route.under is not None,
    )


def route(part: Part, routes: Iterable[RouteFacts], whom: Whom) -> Found | None:
    """Where a part's message goes; None only where the county has not even a last resort.

    The region's open care is the health centre where the person is listed; the table stands in for those
    who are listed nowhere.
    """
    if part is Part.OPEN_CARE and whom.listed_unit is not None:
        return Found(part, whom.listed_unit, listed=True)
    fitting = [one for one in routes if one.part is part and fits(one, whom)]
    best = max(fitting, key=exactness, default=None)
    if best is None:
        return None
    return Found(part, best.unit_id, fallback=not best.municipality_code)
