"""The latest figures of one area, for another room's page: as they may be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samverka.indicators.models import Curve
from samverka.indicators.reads.rows import curve_line, kept_measure
from samverka.indicators.rules.kept import Split
from samverka.indicators.rules.measures import Measure
from samverka.indicators.rules.points import Point


@dataclass(frozen=True, slots=True)
class LatestFigure:
    """A measure's latest point that may be shown, and what it stands on."""

    measure: Measure
    version: int
    snapshot: str
    point: Point


def latest_figures(codes: Iterable[str], *, area: str) -> list[LatestFigure]:
    """The latest shown point of each measure in an area. Figures after disclosure control are not secret. One query."""
    rows = Curve.objects.select_related("measure").filter(
        measure__code__in=sorted(codes),
        measure__current=True,
        area=area,
        split=Split.ALL,
        current=True,
    )
    found = []
    for row in rows:
        measure = kept_measure(row.measure.definition)
        shown = [one for one in curve_line(row, measure).points if one.shown]
        if shown:
            found.append(LatestFigure(measure, row.measure.number, row.snapshot_id, shown[-1]))
    return found
