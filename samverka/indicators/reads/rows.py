"""Rows → plain values: measures, their versions, curves, notes, sets, exports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from samverka.indicators.models import Curve, FigureSet, MeasureVersion, Note, Snapshot
from samverka.indicators.rules.comparing import Direction
from samverka.indicators.rules.kept import AreaKind, Origin, Split
from samverka.indicators.rules.measures import (
    Break,
    Grain,
    Measure,
    Period,
    Perspective,
    Result,
    Theme,
)
from samverka.indicators.rules.points import Point, read_points

_CODES = {
    "theme": Theme,
    "result": Result,
    "grain": Grain,
    "period": Period,
    "perspective": Perspective,
    "direction": Direction,
}


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a measure."""

    code: str
    number: int
    current: bool
    origin: Origin
    why: str
    made_at: datetime
    made_by: str
    retired: bool


@dataclass(frozen=True, slots=True)
class CurveLine:
    """One curve: whose, of whom, and its points as they may be shown."""

    area_kind: AreaKind
    area: str
    split: Split
    part: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note on a curve."""

    id: UUID
    code: str
    area: str
    on: date
    words: str
    made_by: str


@dataclass(frozen=True, slots=True)
class SetLine:
    """The figures that an area follows, in its own order."""

    area_kind: AreaKind
    area: str
    name: str
    codes: tuple[str, ...]
    published: bool
    version: int


@dataclass(frozen=True, slots=True)
class SnapshotLine:
    """The export that the figures come from.

    Attributes:
        quality: what was found on the way: an object for each kind of fault.
        sums: fact → its rows, first and last day, and shares without municipality, sex and age.
        stopped_at: when a later export was begun that never became whole; None if none was.
    """

    id: str
    county: str
    finished_at: datetime | None
    engine: str
    counts: Mapping[str, int]
    quality: tuple[Mapping[str, Any], ...]
    sums: Mapping[str, Mapping[str, Any]]
    stopped_at: datetime | None = None


def kept_measure(kept: Mapping[str, Any]) -> Measure:
    """The measure of a version's data. It was read with every check when the version was made."""
    given: dict[str, Any] = {
        name: _CODES[name](value) if name in _CODES else value for name, value in kept.items()
    }
    given["breaks"] = tuple(
        Break(date.fromisoformat(one["on"]), one["words"]) for one in kept.get("breaks", ())
    )
    given["groups"] = tuple(kept.get("groups", ()))
    given["good_between"] = tuple(kept.get("good_between") or (None, None))
    if "valid_from" in kept:
        given["valid_from"] = date.fromisoformat(str(kept["valid_from"]))
    return Measure(**({"settings": {}, "denominator": ""} | given))


def current_measures() -> dict[str, Measure]:
    """The measures that pages show, by code. One query."""
    rows = MeasureVersion.objects.filter(current=True, retired_at=None)
    found = [kept_measure(one) for one in rows.values_list("definition", flat=True)]
    order = list(Theme)
    return {
        one.code: one for one in sorted(found, key=lambda one: (order.index(one.theme), one.name))
    }


def county_measures() -> tuple[Measure, ...]:
    """The county's own measures that are in use, for the night's counting. One query."""
    rows = MeasureVersion.objects.filter(origin=Origin.COUNTY, current=True)
    return tuple(kept_measure(one) for one in rows.values_list("definition", flat=True))


def version_line(row: MeasureVersion) -> VersionLine:
    """Row → plain value."""
    return VersionLine(
        row.code, row.number, row.current, Origin(row.origin), row.why, row.made_at, row.made_by,
        row.retired_at is not None,
    )  # fmt: skip


def curve_line(row: Curve, measure: Measure) -> CurveLine:
    """Row → plain value; the points go through the rules once more."""
    points = read_points(row.points, measure)
    return CurveLine(AreaKind(row.area_kind), row.area, Split(row.split), row.part, points)


def note_lines(rows: Iterable[Note]) -> tuple[NoteLine, ...]:
    """Rows → plain values."""
    return tuple(
        NoteLine(one.id, one.code, one.area, one.on, one.words, one.made_by) for one in rows
    )


def set_line(row: FigureSet) -> SetLine:
    """Row → plain value."""
    return SetLine(
        AreaKind(row.area_kind), row.area, row.name, tuple(row.codes), row.published, row.version
    )


def snapshot_line(row: Snapshot, stopped_at: datetime | None) -> SnapshotLine:
    """Row → plain value."""
    return SnapshotLine(
        row.id,
        row.county,
        row.finished_at,
        row.engine,
        dict(row.counts),
        tuple(row.quality),
        dict(row.sums),
        stopped_at,
    )
