"""The run chart: a curve with its level, what speaks against chance, and what happened on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString

from samverka.web.charts.canvas import (
    BRAND,
    FAINT,
    INK,
    NOTE,
    SOFT,
    TINT,
    Scale,
    apart,
    joined,
    number,
    picture,
    tag,
    ticks,
    width_of,
    words,
)

WIDE, NARROW = 720.0, 340.0
"""Widths: for a screen, and for a phone. The page shows one of them."""

TOP, FOOT, EDGE = 26.0, 26.0, 10.0
LABEL = 14.0
MONTHS_NAMED = 400
"""With a longer span than so (days) only years are named under the axis."""


@dataclass(frozen=True, slots=True)
class Point:
    """One period. `value` None: a gap, and `said` tells why."""

    day: date
    value: float | None
    said: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """The level of a stretch of the curve: median or mean, and natural limits where they are drawn."""

    first: date
    last: date
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A day when something was changed. `parts`: the curve is broken there."""

    day: date
    said: str
    parts: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Points that say more than chance."""

    first: date
    last: date
    said: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Another curve, to compare with: thin, named at its end."""

    name: str
    points: tuple[tuple[date, float | None], ...]


@dataclass(frozen=True, slots=True)
class Run:
    """All that is drawn.

    Attributes:
        key: its own name on the page, for its ids.
        title, desc: what a screen reader says: the question, and the finding.
        ends: words at the curve's end; `level_name`: at the level's ("Median 3,4").
        least, most: what the scale must hold, so that charts beside one another have the same.
        also: days that the axis must hold though the curve has no point there.
    """

    key: str
    title: str
    desc: str
    points: tuple[Point, ...]
    ends: str = ""
    level_name: str = ""
    unit: str = ""
    levels: tuple[Level, ...] = ()
    marks: tuple[Mark, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    beside: tuple[Beside, ...] = ()
    least: float | None = None
    most: float | None = None
    by_year: bool = field(default=False)
    also: tuple[date, ...] = ()

    @property
    def days(self) -> list[date]:
        """Every day that the axis is named by, in order."""
        return sorted({*(one.day for one in self.points), *self.also})


@dataclass(frozen=True, slots=True)
class _Axes:
    x: Scale
    y: Scale
    steps: tuple[float, ...]
    width: float
    height: float


def run(chart: Run, *, width: float = WIDE, height: float = 300) -> SafeString:
    """The chart as SVG."""
    axes = _axes(chart, width, height)
    parts = [
        *_grid(axes, chart.unit),
        *_days(chart, axes),
        *(_shade(one, axes) for one in chart.stretches),
        *_band(chart, axes),
        *_levels(chart, axes),
        *_marks(chart, axes),
        *(_other(one, axes) for one in chart.beside),
        *_curve(chart, axes),
        *_ends(chart, axes),
    ]
    return picture(
        width, height, parts, key=f"{chart.key}-{width:g}", title=chart.title, desc=chart.desc
    )


def spread(chart: Run) -> tuple[float, float]:
    """The least and the greatest value that the chart must hold."""
    values = [one for point in chart.points for one in (point.value, point.low, point.high)]
    values += [one for level in chart.levels for one in (level.value, level.low, level.high)]
    values += [value for other in chart.beside for _day, value in other.points]
    values += [chart.least, chart.most]
    known = [one for one in values if one is not None]
    return (min(known), max(known)) if known else (0.0, 1.0)


def _axes(chart: Run, width: float, height: float) -> _Axes:
    low, high = spread(chart)
    low = 0.0 if 0 <= low < high * 0.5 else low
    steps = ticks(low, high)
    left = max(width_of(number(one)) for one in steps) + 10
    names = [chart.ends, chart.level_name, *(one.name for one in chart.beside)]
    right = min(max(map(width_of, names), default=0) + 10, width * 0.36)
    days = [one.toordinal() for one in chart.days] or [0]
    pad = 6.0
    return _Axes(
        Scale(min(days), max(days), left + pad, width - right - pad),
        Scale(steps[0], steps[-1], height - FOOT, TOP),
        tuple(steps),
        width,
        height,
    )


def _grid(axes: _Axes, unit: str) -> Iterator[SafeString]:
    first, last = axes.x.start - 6, axes.x.end + 6
    for step in axes.steps:
        y = axes.y.at(step)
        yield tag("line", x1=first, x2=last, y1=y, y2=y, class_="chart-grid", stroke=FAINT)
        yield words(number(step), first - 5, y + 4, text_anchor="end")
    if unit:
        yield words(unit, 0, 12)


def _days(chart: Run, axes: _Axes) -> Iterator[SafeString]:
    """Names under the axis, as many as there is room for."""
    free = float("-inf")
    for day, name in _named(chart):
        x, half = axes.x.at(day.toordinal()), width_of(name) / 2
        if x - half < free:
            continue
        free = x + half + 8
        y = axes.y.start
        yield tag("line", x1=x, x2=x, y1=y, y2=y + 4, class_="chart-tick", stroke=SOFT)
        yield words(name, x, y + 18, text_anchor="middle")


def _named(chart: Run) -> Iterator[tuple[date, str]]:
    days = chart.days
    if not days:
        return
    if chart.by_year:
        yield from ((one, str(one.year)) for one in days)
    elif (days[-1] - days[0]).days > MONTHS_NAMED:
        starts = {date(one.year, 1, 1) for one in days if date(one.year, 1, 1) >= days[0]}
        yield from ((one, str(one.year)) for one in sorted(starts))
    else:
        yield from ((one, date_format(one, "M Y" if one.month == 1 else "M")) for one in days)


def _shade(one: Stretch, axes: _Axes) -> SafeString:
    first, last = axes.x.at(one.first.toordinal()) - 5, axes.x.at(one.last.toordinal()) + 5
    box = {"x": first, "y": axes.y.end, "width": last - first, "height": axes.y.start - axes.y.end}
    return tag("rect", tag("title", one.said), class_="chart-shade", fill="#f3e6df", rx=3, **box)


def _rows(chart: Run) -> Iterator[list[Point]]:
    """Points in a row without a gap or a break between."""
    row: list[Point] = []
    broken = [one.day for one in chart.marks if one.parts]
    for point in chart.points:
        if row and (point.value is None or _between(broken, row[-1].day, point.day)):
            yield row
            row = []
        if point.value is not None:
            row.append(point)
    if row:
        yield row


def _between(broken: Sequence[date], before: date, after: date) -> bool:
    return any(before < one <= after for one in broken)


def _band(chart: Run, axes: _Axes) -> Iterator[SafeString]:
    for row in _rows(chart):
        ends = [(one.day, one.low, one.high) for one in row]
        known = [
            (day, low, high) for day, low, high in ends if low is not None and high is not None
        ]
        if len(known) < 2:
            continue
        over = [_place(axes, day, high) for day, _low, high in known]
        under = [_place(axes, day, low) for day, low, _high in reversed(known)]
        yield tag("polygon", points=" ".join([*over, *under]), class_="chart-band", fill=TINT)


def _place(axes: _Axes, day: date, value: float) -> str:
    return f"{axes.x.at(day.toordinal()):.1f},{axes.y.at(value):.1f}"


def _levels(chart: Run, axes: _Axes) -> Iterator[SafeString]:
    for one in chart.levels:
        first, last = axes.x.at(one.first.toordinal()) - 6, axes.x.at(one.last.toordinal()) + 6
        for value, kind, dash in (
            (one.value, "chart-level", "6 4"), (one.low, "chart-limit", "2 3"),
            (one.high, "chart-limit", "2 3"),
        ):  # fmt: skip
            if value is not None:
                y = axes.y.at(value)
                yield tag("line", x1=first, x2=last, y1=y, y2=y, class_=kind, stroke=SOFT,
                          stroke_dasharray=dash)  # fmt: skip


def _marks(chart: Run, axes: _Axes) -> Iterator[SafeString]:
    inside = [
        (place, one) for place, one in enumerate(chart.marks, 1)
        if axes.x.holds(one.day.toordinal())
    ]  # fmt: skip
    ends = [*(axes.x.at(one.day.toordinal()) for _n, one in inside), axes.x.end][1:]
    for (place, one), end in zip(inside, ends, strict=True):
        x = axes.x.at(one.day.toordinal())
        line = {"x1": x, "x2": x, "y1": axes.y.end - 6, "y2": axes.y.start}
        dash = "" if one.parts else "3 3"
        yield tag("line", class_="chart-mark", stroke=NOTE, stroke_dasharray=dash,
                  stroke_width=1.5, **line)  # fmt: skip
        name = f"{place} {one.said}"
        shown = name if width_of(name) < end - x - 6 else str(place)
        yield words(shown, x + 4, axes.y.end - 4, class_="chart-mark-words", fill=NOTE)


def _other(one: Beside, axes: _Axes) -> SafeString:
    rows: list[list[str]] = [[]]
    for day, value in one.points:
        if value is None or not axes.x.holds(day.toordinal()):
            rows.append([])
        else:
            rows[-1].append(_place(axes, day, value))
    lines = [
        tag("polyline", points=" ".join(row), class_="chart-beside", fill="none", stroke=SOFT,
            stroke_width=1.25)
        for row in rows if len(row) > 1
    ]  # fmt: skip
    return joined(lines)


def _curve(chart: Run, axes: _Axes) -> Iterator[SafeString]:
    for row in _rows(chart):
        line = " ".join(_place(axes, one.day, one.value or 0.0) for one in row)
        yield tag("polyline", points=line, class_="chart-line", fill="none", stroke=BRAND,
                  stroke_width=2, stroke_linejoin="round")  # fmt: skip
    for one in chart.points:
        x = axes.x.at(one.day.toordinal())
        told = tag("title", one.said)
        if one.value is None:
            y = axes.y.start - 5
            yield tag("path", told, d=f"M{x - 3:.1f} {y - 3:.1f}l6 6m0 -6l-6 6", class_="chart-gap",
                      stroke=SOFT, fill="none")  # fmt: skip
        else:
            yield tag("circle", told, cx=x, cy=axes.y.at(one.value), r=3, class_="chart-dot",
                      fill=BRAND)  # fmt: skip


def _ends(chart: Run, axes: _Axes) -> Iterator[SafeString]:
    """Names at the ends of the lines, moved apart where they would meet."""
    labels: list[tuple[float, str, str, str]] = []
    shown = [one for one in chart.points if one.value is not None]
    if chart.ends and shown:
        labels.append((axes.y.at(shown[-1].value or 0.0), chart.ends, "chart-ends", INK))
    if chart.level_name and chart.levels:
        labels.append((axes.y.at(chart.levels[-1].value), chart.level_name, "chart-words", SOFT))
    for one in chart.beside:
        known = [value for _day, value in one.points if value is not None]
        if known:
            labels.append((axes.y.at(known[-1]), one.name, "chart-words", SOFT))
    places = apart([one[0] for one in labels], LABEL, axes.y.end, axes.y.start)
    x = axes.x.end + 12
    for (_y, name, kind, colour), place in zip(labels, places, strict=True):
        room = int((axes.width - x) / 6.0)
        said = name if len(name) <= room else f"{name[: max(room - 1, 1)]}…"
        weight = "600" if kind == "chart-ends" else "400"
        yield words(said, x, place + 4, class_=kind, fill=colour, font_weight=weight)
