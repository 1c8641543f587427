"""The overview: what an area follows, and every other question that can be answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from samverka.access.act import act, permits
from samverka.access.actions import Action
from samverka.indicators.models import Curve, FigureSet
from samverka.indicators.reads.areas import Area, Surroundings, surroundings
from samverka.indicators.reads.rows import (
    CurveLine,
    SetLine,
    current_measures,
    curve_line,
    set_line,
)
from samverka.indicators.rules.kept import AreaKind, Split
from samverka.indicators.rules.measures import Measure
from samverka.indicators.rules.points import has_steps
from samverka.indicators.rules.sets import MOST, USUAL, kind_of
from samverka.kernel.actor import Actor, Permission
from samverka.web.reads import duties
from samverka.web.rules import Duty


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One question of the overview, with the area's curve; None where nothing has been reckoned.

    Attributes:
        groups: the curves of the measure's own groups, of a length of time: "planning/municipality".
    """

    measure: Measure
    curve: CurveLine | None
    groups: tuple[CurveLine, ...] = ()


@dataclass(frozen=True, slots=True)
class OverviewDetail:
    """What an area follows.

    Attributes:
        chosen: the figures of the set, in its order; `rest`: every figure.
        figure_set: the set that is shown; None: nobody has chosen, so the first of each theme are.
        own_set: it is the area's own; else it is the county's.
        duties: what waits for the reader's own organisation.
    """

    area: Area
    areas: list[tuple[str, list[Area]]]
    chosen: tuple[FigureLine, ...]
    rest: tuple[FigureLine, ...]
    figure_set: SetLine | None
    own_set: bool
    may_edit: bool
    duties: tuple[Duty, ...]


def overview(actor: Actor, *, area: str = "") -> OverviewDetail:
    """The figures that an area follows, and the questions that there are.

    Raises:
        NotFound: there is no such area.
    """
    with act(actor, Action.FIGURES_SHOW) as this:
        this.require_permission()
        around = surroundings(actor)
        measures = current_measures()
        units = Curve.objects.filter(current=True, area_kind=AreaKind.UNIT)
        known = set(units.values_list("area", flat=True).distinct())
        place = around.area(area or _first(actor, known, around))
        curves = _curves(place.code, measures)
        lines = {code: _line(one, curves.get(code, ())) for code, one in measures.items()}
        found = _set(place, place.county or around.county)
        this.note_general("Curve", area=place.code)
        return OverviewDetail(
            area=place,
            areas=around.choices(known),
            chosen=tuple(lines[code] for code in _codes(found, lines) if code in lines),
            rest=tuple(lines.values()),
            figure_set=found,
            own_set=found is not None and found.area == place.code,
            may_edit=permits(actor, Action.FIGURES_EDIT) and around.keeps(actor, place),
            duties=duties(actor),
        )


def _first(actor: Actor, known: set[str], around: Surroundings) -> str:
    """Those who work with persons see their own unit first, if it has figures; others the whole area."""
    if not actor.may(Permission.PERSON_READ):
        return around.own.code
    units = (code for code, one in around.units.items() if one.id == actor.unit_id)
    return next((code for code in units if code in known), around.own.code)


def _curves(area: str, measures: dict[str, Measure]) -> dict[str, list[CurveLine]]:
    """The area's curve of every measure; of a length of time also whose step it was. One query."""
    spans = [code for code, one in measures.items() if has_steps(one)]
    steps = Q(split=Split.GROUP, measure__code__in=spans)
    rows = Curve.objects.filter(
        Q(split=Split.ALL) | steps,
        current=True, area_kind=kind_of(area), area=area, measure__current=True,
    ).select_related("measure")  # fmt: skip
    found: dict[str, list[CurveLine]] = {}
    for one in rows:
        if measure := measures.get(one.measure.code):
            found.setdefault(measure.code, []).append(curve_line(one, measure))
    return found


def _line(measure: Measure, curves: Iterable[CurveLine]) -> FigureLine:
    whole = [one for one in curves if one.split is Split.ALL]
    groups = tuple(one for one in curves if one.split is Split.GROUP)
    return FigureLine(measure, whole[0] if whole else None, groups)


def _set(area: Area, county: str) -> SetLine | None:
    """The area's own set, else its county's. One query."""
    rows = {one.area: one for one in FigureSet.objects.filter(area__in={area.code, county})}
    found = rows.get(area.code) or rows.get(county)
    return set_line(found) if found else None


def _codes(found: SetLine | None, lines: dict[str, FigureLine]) -> tuple[str, ...]:
    """The set's; else those that are usual; else the first with an answer, a few of each theme."""
    if found is not None:
        return found.codes
    if usual := [code for code in USUAL if code in lines]:
        return tuple(usual)
    answered = [code for code, line in lines.items() if line.curve is not None]
    by_theme: dict[str, list[str]] = {}
    for code in answered:
        by_theme.setdefault(lines[code].measure.theme, []).append(code)
    rounds = [codes[n] for n in range(MOST) for codes in by_theme.values() if n < len(codes)]
    return tuple(code for code in answered if code in rounds[:MOST])
