"""The county's eight municipalities and its health centres: how they differ, and what was changed where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from samverka.demo.county import CITY_CENTRES, MUNICIPALITIES, PLACES, units


@dataclass(frozen=True, slots=True)
class Ways:
    """How a municipality differs from the county, as factors where nothing else is said.

    Attributes:
        waits: days that those ready for discharge wait.
        falls: falls among the old.
        seen: share of new problems seen within three days.
        same: share of visits to the same physician.
        plans: individual plans.
        team: from when a mobile team and the new routine for going home are there.
    """

    waits: float
    falls: float
    seen: float
    same: float
    plans: float
    team: bool = False


WAYS: Final = {
    "ragunda": Ways(1.25, 1.05, 0.70, 0.58, 0.8),
    "bracke": Ways(1.10, 1.00, 0.75, 0.60, 1.0),
    "krokom": Ways(1.40, 0.95, 0.73, 0.66, 1.3, team=True),
    "stromsund": Ways(1.20, 1.10, 0.67, 0.52, 0.7),
    "are": Ways(1.35, 0.92, 0.69, 0.58, 1.0, team=True),
    "berg": Ways(0.80, 1.00, 0.79, 0.72, 1.5),
    "harjedalen": Ways(1.50, 1.12, 0.64, 0.48, 0.6),
    "ostersund": Ways(0.85, 0.98, 0.755, 0.63, 1.0),
}

MISSING_CENTRES: Final = ("hc-hammarstrand", "hc-stugun")
"""Whose calls nobody counted in the summer of the third year."""


def team_from(last: date) -> date:
    """1 March the year before: the day of the new routine."""
    return date(last.year - 1, 3, 1)


def new_source_from(last: date) -> date:
    """From when calls are counted by a new system."""
    return date(last.year - 2, 1, 1)


def place_rows() -> list[tuple[object, ...]]:
    """A row for each municipality."""
    return [
        (one.code, way.waits, way.falls, way.seen, way.same, way.plans, way.team)
        for one in MUNICIPALITIES
        for way in (WAYS[one.key],)
    ]


def centre_rows() -> list[tuple[object, ...]]:
    """(municipality code, HSA-id, lowest and highest share of those who live there, whether its calls are missed)."""
    rows: list[tuple[object, ...]] = []
    for one in MUNICIPALITIES:
        low = 0.0
        for key, share in _shares(one.key).items():
            unit = units()[key].hsa_id
            rows.append((one.code, unit, low, low + share, key in MISSING_CENTRES))
            low += share
    return rows


def _shares(municipality: str) -> dict[str, float]:
    """Unit key → share of the municipality's people; in the town they choose between several."""
    found: dict[str, float] = {}
    for place in PLACES:
        if place.municipality != municipality:
            continue
        keys = CITY_CENTRES if place.name == "Östersund" else (place.centre,)
        for key in keys:
            found[key] = found.get(key, 0.0) + place.share / 100 / len(keys)
    return found


def ward(key: str) -> str:
    """HSA-id of a unit by its key."""
    return units()[key].hsa_id


def home_rows() -> list[tuple[object, ...]]:
    """(municipality code, home care, home nursing, needs assessment) as HSA-ids."""
    return [
        (
            one.code,
            ward(_first_home_care(one.key)),
            ward(f"hemsjukvard-{one.key}"),
            ward(f"bistand-{one.key}"),
        )
        for one in MUNICIPALITIES
    ]


def _first_home_care(municipality: str) -> str:
    omsorg = f"{municipality}-omsorg"
    return next(
        key
        for key, one in units().items()
        if one.provider == omsorg and key.startswith("hemtjanst-")
    )
