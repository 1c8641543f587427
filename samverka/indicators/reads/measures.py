"""Measures for those who make them: the county's own, and every definition to begin from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

from samverka.access.act import act, permits
from samverka.access.actions import Action
from samverka.access.reads import may_open
from samverka.indicators.models import MeasureVersion
from samverka.indicators.reads.rows import VersionLine, kept_measure, version_line
from samverka.indicators.rules.figures import Reckoned
from samverka.indicators.rules.kept import Origin
from samverka.indicators.rules.measures import Measure
from samverka.kernel.actor import Actor, Side
from samverka.kernel.calendar import local_date
from samverka.kernel.text import Text


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure and its version that holds, or held last."""

    measure: Measure
    version: VersionLine


@dataclass(frozen=True, slots=True)
class MeasuresDetail:
    """Every measure. `own`: the county's, retired ones too; `may_edit`: the reader makes them."""

    own: tuple[MeasureLine, ...]
    shipped: tuple[MeasureLine, ...]
    may_edit: bool


@dataclass(frozen=True, slots=True)
class TriedPeriod:
    """One period of a draft. `refused`: why its figure cannot be right."""

    period: date
    figure: Reckoned | None
    refused: Text | None


@dataclass(frozen=True, slots=True)
class TrialDetail:
    """A draft tried. `notes`: what looks wrong."""

    periods: tuple[TriedPeriod, ...]
    notes: tuple[Text, ...]


def measures(actor: Actor) -> MeasuresDetail:
    """Every measure that there is, by name."""
    with act(actor, Action.FIGURES_SHOW) as this:
        this.require_permission()
        this.note_general("MeasureVersion")
        rows = MeasureVersion.objects.order_by("code", "-number").distinct("code")
        lines = [MeasureLine(kept_measure(one.definition), version_line(one)) for one in rows]
        lines.sort(key=lambda one: one.measure.name)
        own = tuple(one for one in lines if one.version.origin is Origin.COUNTY)
        may = actor.side is Side.REGION and permits(actor, Action.FIGURES_EDIT)
        return MeasuresDetail(own, tuple(one for one in lines if one not in own), may)


def tried_measure(actor: Actor, *, measure: Measure, folder: Path) -> TrialDetail:
    """What a draft would have said of the last whole year: counts for the one who makes it, kept nowhere.

    Args:
        folder: the warehouse. The engine is loaded here (ADR 0017).
    """
    may_open(actor, action=Action.FIGURES_EDIT)
    with act(actor, Action.FIGURES_SHOW) as this:
        this.require_permission()
        this.note_general("MeasureVersion", tried=measure.code)
        engine = import_module("samverka.indicators.warehouse.engines.duck").DuckEngine(folder)
        trying = import_module("samverka.indicators.warehouse.measures.trying")
        last = _last_day(local_date(actor.at))
        try:
            found = trying.try_on_last_year(engine, measure, last=last)
        finally:
            engine.close()
        periods = (TriedPeriod(x.tally.period, x.figure, x.refused) for x in found.periods)
        return TrialDetail(tuple(periods), found.notes)


def _last_day(today: date) -> date:
    """The last day that the data surely cover: the end of last month."""
    return date.fromordinal(today.replace(day=1).toordinal() - 1)
