"""Two versions of a measure side by side: what each says, and the curve of each for one area."""

from __future__ import annotations

from dataclasses import dataclass

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.indicators.models import Curve, MeasureVersion
from samverka.indicators.reads.areas import Area, Surroundings, surroundings
from samverka.indicators.reads.rows import VersionLine, curve_line, kept_measure, version_line
from samverka.indicators.rules.kept import Split
from samverka.indicators.rules.measures import Measure
from samverka.indicators.rules.points import Point
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _


@dataclass(frozen=True, slots=True)
class VersionDetail:
    """One version: what it counts, and its curve, empty where nothing has been reckoned by it."""

    line: VersionLine
    measure: Measure
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class ComparedDetail:
    """Two versions for one area. `versions`: all that there are, the newest first."""

    before: VersionDetail
    after: VersionDetail
    versions: tuple[VersionLine, ...]
    area: Area
    areas: list[tuple[str, list[Area]]]


def compared_versions(
    actor: Actor, *, code: str, before: int | None = None, after: int | None = None, area: str = ""
) -> ComparedDetail:
    """Two versions of a measure beside one another; without numbers the one that holds and the one before it.

    Raises:
        NotFound: there is no such measure, version or area.
    """
    with act(actor, Action.FIGURES_SHOW) as this:
        this.require_permission()
        around = surroundings(actor)
        chosen = around.area(area)
        rows = list(MeasureVersion.objects.filter(code=code).order_by("-number"))
        last = _numbered(rows, after) if after else _holding(rows)
        first = _numbered(rows, before) if before else _earlier(rows, last)
        this.note_general("MeasureVersion", code=code, before=first.number, after=last.number)
        curves = Curve.objects.filter(
            measure__in=(first, last), current=True, area=chosen.code, split=Split.ALL
        )
        found = {one.measure_id: one for one in curves}
        return ComparedDetail(
            _detail(first, found.get(first.pk)),
            _detail(last, found.get(last.pk)),
            tuple(version_line(one) for one in rows),
            chosen,
            _choices(around),
        )


def _holding(rows: list[MeasureVersion]) -> MeasureVersion:
    found = next((one for one in rows if one.current), rows[0] if rows else None)
    if found is None:
        raise NotFound(_("Måttet finns inte."), mend=_("Gå till Läget och välj en fråga där."))
    return found


def _numbered(rows: list[MeasureVersion], number: int) -> MeasureVersion:
    for one in rows:
        if one.number == number:
            return one
    raise NotFound(_("Versionen finns inte."), mend=_("Välj en version i listan."))


def _earlier(rows: list[MeasureVersion], last: MeasureVersion) -> MeasureVersion:
    """The one before; of the first version, itself."""
    return next((one for one in rows if one.number < last.number), last)


def _detail(row: MeasureVersion, curve: Curve | None) -> VersionDetail:
    measure = kept_measure(row.definition)
    points = curve_line(curve, measure).points if curve else ()
    return VersionDetail(version_line(row), measure, points)


def _choices(around: Surroundings) -> list[tuple[str, list[Area]]]:
    return around.choices(set())
