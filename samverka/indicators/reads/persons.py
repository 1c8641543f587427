"""Who is behind a figure: named only for those who may see each of them, and each has a line in the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.indicators.models import Curve, MeasureVersion
from samverka.indicators.reads.areas import Area, surroundings
from samverka.indicators.reads.figure import Wanted
from samverka.indicators.reads.rows import curve_line, kept_measure
from samverka.indicators.rules.kept import AreaKind, Split
from samverka.indicators.rules.measures import Measure, awaited, tallies
from samverka.indicators.rules.points import Point, at
from samverka.indicators.warehouse.keys import Keys
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound, NotNow
from samverka.kernel.text import text as _
from samverka.people.reads import PersonLine, numbers_of_unit, person_lines

LONGEST = timedelta(days=3 * 366)
"""No period of a figure is longer."""


@dataclass(frozen=True, slots=True)
class PersonsDetail:
    """Who is behind a figure.

    Attributes:
        persons: those whom the reader may see: the own unit's, one by one through the gate.
        others: how many more there are; who they are is for their own units to see.
    """

    measure: Measure
    area: Area
    point: Point
    persons: tuple[PersonLine, ...]
    others: int


def persons_behind(
    actor: Actor, *, wanted: Wanted, period: date, folder: Path, keys: Keys
) -> PersonsDetail:
    """The persons behind one figure, of those whom the reader's unit has to do with.

    Args:
        folder, keys: the warehouse, and what makes its pseudonyms.

    Raises:
        NotFound: there is no such figure or area.
        NotNow: the figure is not shown, so who is behind it is not either.
    """
    with act(actor, Action.FIGURES_PERSONS) as this:
        this.require_permission()
        area = surroundings(actor).area(wanted.area)
        row = MeasureVersion.objects.filter(code=wanted.code, current=True).first()
        if row is None:
            raise NotFound(_("Måttet finns inte."))
        measure = kept_measure(row.definition)
        point = _point(row, measure, area, wanted, period)
        part = (wanted.split, wanted.part)
        behind = keys_behind(folder, measure, (area.kind, area.code), part, period)
        known = {keys.person(number, one): one for one, number in numbers_of_unit(this).items()}
        found = person_lines(this, {known[key] for key in behind if key in known})
        for one in found:
            this.note_person(one, "Curve", code=wanted.code, period=period.isoformat())
        this.note_general("Curve", code=wanted.code, area=area.code, shown=len(found))
        lines = sorted(found.values(), key=lambda one: one.name)
        return PersonsDetail(measure, area, point, tuple(lines), len(behind) - len(found))


def _point(
    row: MeasureVersion, measure: Measure, area: Area, wanted: Wanted, period: date
) -> Point:
    kept = Curve.objects.filter(
        measure=row, current=True, area=area.code, split=wanted.split, part=wanted.part
    ).first()
    point = at(curve_line(kept, measure).points, period) if kept else None
    if point is None:
        raise NotNow(
            _("Talet visas inte, så de som är med i det visas inte heller."),
            mend=_("Välj en period som har ett tal."),
        )
    return point


def keys_behind(
    folder: Path,
    measure: Measure,
    area: tuple[AreaKind, str],
    part: tuple[Split, str],
    period: date,
) -> list[int]:
    """The pseudonyms of those in the numerator. The engine is loaded here, and by no other page (ADR 0017)."""
    span = next(
        one
        for one in tallies(measure, (), first=period - LONGEST, last=period + LONGEST)
        if one.period == period
    )
    engine = import_module("samverka.indicators.warehouse.engines.duck").DuckEngine(folder)
    counting = import_module("samverka.indicators.warehouse.measures.counting")
    try:
        found: list[int] = counting.persons_behind(
            engine, measure, since=span.since, until=span.until, area=area, part=part,
            data_until=awaited(measure, span.until),
        )  # fmt: skip
    finally:
        engine.close()
    return found
