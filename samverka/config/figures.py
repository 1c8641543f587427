"""Figures beside the questions of a status report: two overviews are strangers, so they meet here."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from samverka.indicators.reads.latest import LatestFigure, latest_figures
from samverka.transition.rules.reports.figures import Told


def report_figures(codes: frozenset[str], *, county: str, municipality: str) -> Mapping[str, Told]:
    """The latest figures of a county or a municipality (`SAMVERKA_FIGURES_FOR`)."""
    area = municipality or county
    return {one.measure.code: _told(one, area) for one in latest_figures(codes, area=area)}


def _told(found: LatestFigure, area: str) -> Told:
    address = reverse("indicators:figure", args=[found.measure.code])
    return Told(
        measure=found.measure.code,
        name=found.measure.name,
        unit=found.measure.unit_words,
        period=found.point.period.isoformat(),
        value=_number(found.point.value, found),
        low=_number(found.point.low, found),
        high=_number(found.point.high, found),
        version=found.version,
        snapshot=found.snapshot,
        address=f"{address}?{urlencode({'omrade': area})}",
    )


def _number(value: Decimal | None, found: LatestFigure) -> str:
    return "" if value is None else f"{value:.{found.measure.decimals}f}"
