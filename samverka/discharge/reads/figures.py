"""Figures on discharge: numbers of the county, never a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samverka.access.act import act, permits
from samverka.access.actions import Action
from samverka.discharge.models import WardBeds
from samverka.discharge.reads.figure_records import hospital_of, stay_records
from samverka.discharge.rules import figures
from samverka.discharge.rules.figures import By, Comparison, Places, Surroundings
from samverka.kernel.actor import Actor, Permission, Side
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import NotAllowed
from samverka.kernel.text import text as _
from samverka.organisations.reads import (
    UnitDetail,
    municipality_names,
    unit_place,
    units_of_county,
)
from samverka.organisations.rules import UnitKind


@dataclass(frozen=True, slots=True)
class BedsLine:
    """A ward and its places; None where nobody has entered them."""

    unit_id: UUID
    ward: str
    places: Places | None


@dataclass(frozen=True, slots=True)
class FiguresDetail:
    """All figures of a period, as one reader may see them.

    Attributes:
        whole: small numbers are shown too: the reader is of the county's own follow-up.
        population_on: the day when the people were counted.
    """

    found: Comparison
    wards: tuple[BedsLine, ...]
    population_on: date
    whole: bool
    may_set_beds: bool


def discharge_figures(actor: Actor, *, first: date, last: date, by: By) -> FiguresDetail:
    """Every figure of the months from `first` to `last`, for the county and divided."""
    with act(actor, Action.DISCHARGE_FIGURES) as this:
        this.require_permission()
        period = figures.check_period(first, last)
        county = _county(actor)
        today = local_date(actor.at)
        wards = [one for one in units_of_county(county) if one.kind is UnitKind.WARD]
        beds = _beds(wards)
        around = Surroundings(
            county=county,
            today=today,
            municipalities=municipality_names(),
            wards={str(one.id): hospital_of(one.provider_name, one.town).key for one in wards},
            beds=beds,
            whole=sees_all(actor),
            names={str(one.id): one.name for one in wards},
        )
        stays = [figures.reckon(one, today) for one in stay_records(county, period)]
        this.note_general("Case", figures=by.value, first=str(period.first), last=str(period.last))
        return FiguresDetail(
            found=figures.compare(stays, period, by, around),
            wards=tuple(_line(one, beds) for one in wards),
            population_on=figures.COUNTED_ON,
            whole=around.whole,
            may_set_beds=permits(actor, Action.BEDS_EDIT) and actor.side is Side.REGION,
        )


def sees_all(actor: Actor) -> bool:
    """Of the county's own follow-up: the region's, who see each stay by number in the basis anyway."""
    return actor.side is Side.REGION and actor.may(Permission.LIABILITY_READ)


def _county(actor: Actor) -> str:
    code = unit_place(actor.unit_id).county_code if actor.unit_id else ""
    if not code:
        raise NotAllowed(
            _("Din enhet hör inte till något län, så det finns inga siffror att visa.")
        )
    return code


def _beds(wards: list[UnitDetail]) -> dict[str, list[Places]]:
    found: dict[str, list[Places]] = {}
    for row in WardBeds.objects.filter(unit__in=[one.id for one in wards]).order_by("since"):
        found.setdefault(str(row.unit_id), []).append(Places(row.since, row.beds))
    return found


def _line(ward: UnitDetail, beds: dict[str, list[Places]]) -> BedsLine:
    own = beds.get(str(ward.id))
    return BedsLine(ward.id, ward.name, own[-1] if own else None)
