"""One figure: the question, its curve for an area, and all that it can be compared with."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery

from samverka.access.act import act, permits
from samverka.access.actions import Action
from samverka.indicators.models import Curve, MeasureVersion, Note, Snapshot
from samverka.indicators.reads.areas import (
    Area,
    Surroundings,
    counties,
    municipalities_of,
    surroundings,
)
from samverka.indicators.reads.rows import (
    CurveLine,
    NoteLine,
    SnapshotLine,
    VersionLine,
    curve_line,
    kept_measure,
    note_lines,
    snapshot_line,
    version_line,
)
from samverka.indicators.reads.snapshots import IMPORT
from samverka.indicators.rules.kept import NATION, AreaKind, SnapshotStatus, Split
from samverka.indicators.rules.measures import Measure
from samverka.indicators.rules.points import Point
from samverka.kernel import areas
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. Empty: the reader's own area, everyone, the version that holds today."""

    code: str
    area: str = ""
    split: Split = Split.ALL
    part: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class FigureDetail:
    """A figure and what is beside it. Every point is as it may be shown.

    Attributes:
        curves: of the chosen part of the people, for every area of the comparison, by the area's code.
        parts: the chosen area's other curves: women, men, ages, target groups.
        places: the municipalities of the county by name, or for the nation its counties.
        similar: codes of those like the chosen one.
        areas: what can be chosen, under headings.
    """

    measure: Measure
    version: VersionLine
    versions: tuple[VersionLine, ...]
    wanted: Wanted
    area: Area
    county: str
    curves: dict[str, CurveLine]
    parts: tuple[CurveLine, ...]
    places: tuple[Area, ...]
    similar: tuple[str, ...]
    areas: list[tuple[str, list[Area]]]
    notes: tuple[NoteLine, ...]
    snapshot: SnapshotLine | None
    may_edit: bool
    may_persons: bool

    @property
    def points(self) -> tuple[Point, ...]:
        """The chosen area's curve; empty where nothing has been reckoned for it."""
        found = self.curves.get(self.area.code)
        return found.points if found else ()


def figure(actor: Actor, *, wanted: Wanted) -> FigureDetail:
    """One figure for one area, with what it can be compared with.

    Raises:
        NotFound: there is no such figure, version or area.
    """
    with act(actor, Action.FIGURES_SHOW) as this:
        this.require_permission()
        around = surroundings(actor)
        area = around.area(wanted.area)
        this.note_general("Curve", code=wanted.code, area=area.code)
        return figure_of(
            wanted,
            area,
            around,
            may_edit=permits(actor, Action.FIGURES_EDIT) and around.keeps(actor, area),
            may_persons=permits(actor, Action.FIGURES_PERSONS),
        )


def figure_of(
    wanted: Wanted, area: Area, around: Surroundings, *, may_edit: bool, may_persons: bool
) -> FigureDetail:
    """The figure, for one who has been let in. Four queries."""
    rows = list(MeasureVersion.objects.filter(code=wanted.code).order_by("-number"))
    version = _version(rows, wanted.version)
    measure = kept_measure(version.definition)
    similar, county = _similar(area), area.county or around.county
    places = counties() if area.kind is AreaKind.NATION else municipalities_of(county)
    beside = {NATION, county, *similar, *(one.code for one in places)}
    found = _curves(version, wanted, area, beside)
    lines = [curve_line(one, measure) for one in found]
    return FigureDetail(
        measure=measure,
        version=version_line(version),
        versions=tuple(version_line(one) for one in rows),
        wanted=wanted,
        area=area,
        county=county,
        curves={
            one.area: one for one in lines if (one.split, one.part) == (wanted.split, wanted.part)
        },
        parts=tuple(one for one in lines if one.area == area.code and one.split is not Split.ALL),
        places=places,
        similar=similar,
        areas=_choices(version, around),
        notes=_notes(wanted.code, area),
        snapshot=_snapshot(county),
        may_edit=may_edit,
        may_persons=may_persons,
    )


def _version(rows: list[MeasureVersion], number: int | None) -> MeasureVersion:
    for row in rows:
        if row.number == number or (number is None and row.current):
            return row
    raise NotFound(_("Måttet finns inte."), mend=_("Gå till Läget och välj en fråga där."))


def _similar(area: Area) -> tuple[str, ...]:
    """Like the chosen one: municipalities as Kolada has them; for a county the other counties."""
    if area.kind is AreaKind.MUNICIPALITY:
        return areas.municipality(area.code).similar
    if area.kind is AreaKind.COUNTY:
        return tuple(code for code in areas.counties() if code != area.code)
    return ()


def _curves(version: MeasureVersion, wanted: Wanted, area: Area, beside: set[str]) -> list[Curve]:
    """The curves of the comparison, and every part of the chosen area. One query."""
    part = Q(split=wanted.split, part=wanted.part, area__in=beside | {area.code})
    rows = Curve.objects.filter(part | Q(area=area.code), measure=version, current=True)
    return list(rows)


def _snapshot(county: str) -> SnapshotLine | None:
    """The county's latest whole export: figures that are the same as before stand with an older one.

    An import of files is no export: it says nothing of the facts as a whole.
    """
    rows = Snapshot.objects.filter(county=county, status=SnapshotStatus.WHOLE)
    rows = rows.exclude(id__startswith=IMPORT)
    later = Snapshot.objects.filter(
        county=county, status=SnapshotStatus.FAILED, begun_at__gt=OuterRef("begun_at")
    ).exclude(id__startswith=IMPORT)
    stopped = Subquery(later.order_by("-begun_at").values("begun_at")[:1])
    row = rows.annotate(stopped_at=stopped).order_by("-begun_at").first()
    return snapshot_line(row, row.stopped_at) if row else None


def _choices(version: MeasureVersion, around: Surroundings) -> list[tuple[str, list[Area]]]:
    units = Curve.objects.filter(measure=version, current=True, area_kind=AreaKind.UNIT)
    return around.choices(set(units.values_list("area", flat=True).distinct()))


def _notes(code: str, area: Area) -> tuple[NoteLine, ...]:
    """The area's own, on this measure or on all; and its county's. One query."""
    rows = Note.objects.filter(
        Q(code=code) | Q(code=""), area__in={area.code, area.county}, withdrawn_at=None
    )
    return note_lines(rows.order_by("on"))
