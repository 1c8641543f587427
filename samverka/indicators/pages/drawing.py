"""Figures as charts: the curve, the municipalities on one scale, sorted dots, the funnel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samverka.indicators.pages import saying
from samverka.indicators.reads import Area, FigureDetail
from samverka.indicators.rules.charts import Pattern, run_chart, xmr_chart
from samverka.indicators.rules.funnels import Funnel, Place, rate_funnel, share_funnel
from samverka.indicators.rules.kept import NATION, AreaKind
from samverka.indicators.rules.measures import Measure, Result
from samverka.indicators.rules.points import Point, at, compared, newest
from samverka.indicators.rules.reckoning.points import PointStatus
from samverka.web import charts
from samverka.web.door import translated
from samverka.web.maps import MapValue, area_map, few_to_many

STEPS = 28
"""Points of a funnel's limits: enough for a smooth curve."""

FEWEST_PLACES = 3
"""With fewer places a funnel says nothing."""

LEVEL_OF = 5
"""With fewer points no median is drawn."""


@dataclass(frozen=True, slots=True)
class Signalled:
    """A pattern that is more than chance, in words, and where it is. `whole`: it is about all of the curve."""

    first: date
    last: date
    said: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Small:
    """One of the small charts."""

    area: Area
    said: str
    svg: SafeString
    own: bool


def curve(found: FigureDetail, *, limits: bool = False, beside: Sequence[str] = ()) -> charts.Run:
    """The figure's curve, with its level, notes and breaks."""
    measure, points = found.measure, found.points
    last = newest(points)
    levels, signals = _levels(found, limits=limits)
    said = saying.answer(measure, found.area, points)
    level = levels[-1].value if levels else None
    name = _("Medel") if limits else _("Median")
    return charts.Run(
        key="kurva",
        title=measure.question,
        desc=" ".join([said.sentence, said.change, *(one.said for one in signals)]),
        points=tuple(drawn(one, measure) for one in points),
        ends=saying.number_words(last.value, measure) if last else "",
        level_name=f"{name} {charts.number(round(level, measure.decimals))}"
        if level is not None
        else "",
        unit=measure.unit_words,
        levels=levels,
        marks=marks(found),
        stretches=tuple(
            charts.Stretch(one.first, one.last, one.said) for one in signals if not one.whole
        ),
        beside=tuple(_others(found, beside)),
        least=0.0 if measure.result in (Result.COUNT, Result.MEAN, Result.MEDIAN) else None,
        by_year=measure.period in saying.YEARLY,
    )


def marks(found: FigureDetail) -> tuple[charts.Mark, ...]:
    """Breaks of the series and notes, in order of time: their number is their place."""
    breaks = [charts.Mark(one.on, one.words, parts=True) for one in found.measure.breaks]
    notes = [charts.Mark(one.on, one.words) for one in found.notes]
    first = found.points[0].period if found.points else date.min
    return tuple(
        sorted((one for one in (*breaks, *notes) if one.day >= first), key=lambda one: one.day)
    )


def signals(found: FigureDetail, *, limits: bool = False) -> tuple[Signalled, ...]:
    """What in the curve is more than chance, the newest first."""
    return tuple(sorted(_levels(found, limits=limits)[1], key=_newest, reverse=True))


def _newest(one: Signalled) -> tuple[bool, date, date]:
    return not one.whole, one.last, one.first


def drawn(point: Point, measure: Measure) -> charts.Point:
    """A point as a curve has it."""
    said = f"{saying.period_words(measure, point.period)}: {saying.point_words(point, measure)}"
    low, high = point.low, point.high
    return charts.Point(
        point.period,
        float(point.value) if point.value is not None else None,
        said,
        float(low) if low is not None else None,
        float(high) if high is not None else None,
    )


def _levels(
    found: FigureDetail, *, limits: bool
) -> tuple[tuple[charts.Level, ...], tuple[Signalled, ...]]:
    """A level for each stretch between breaks: before and after are not the same thing."""
    levels: list[charts.Level] = []
    signals: list[Signalled] = []
    for row in _stretches(found):
        values = [one.value for one in row]
        if sum(one is not None for one in values) < LEVEL_OF:
            continue
        level, patterns = _xmr(row, values) if limits else _run(row, values)
        levels += level
        signals += patterns
    return tuple(levels), tuple(signals)


def _run(
    row: Sequence[Point], values: Sequence[Decimal | None]
) -> tuple[list[charts.Level], list[Signalled]]:
    chart = run_chart(values)
    level = charts.Level(row[0].period, row[-1].period, float(chart.median or 0))
    return [level], [_signalled(one.pattern, one.first, one.last, row) for one in chart.signals]


def _xmr(
    row: Sequence[Point], values: Sequence[Decimal | None]
) -> tuple[list[charts.Level], list[Signalled]]:
    chart = xmr_chart(values)
    if chart.mean is None or chart.low is None or chart.high is None:
        return [], []
    low = max(0.0, float(chart.low))
    level = charts.Level(row[0].period, row[-1].period, float(chart.mean), low, float(chart.high))
    return [level], [_signalled(one.pattern, one.first, one.last, row) for one in chart.signals]


def _signalled(pattern: Pattern, first: int, last: int, row: Sequence[Point]) -> Signalled:
    many = sum(one.shown for one in row[first : last + 1])
    words = {
        Pattern.SHIFT: _("%(n)s tal i rad ligger på samma sida om mitten. Det är mer än slumpen."),
        Pattern.TREND: _("%(n)s tal i rad går åt samma håll. Det är mer än slumpen."),
        Pattern.OUTSIDE: _("Ett tal ligger utanför gränserna för slumpen."),
        Pattern.FEW_RUNS: _("Kurvan byter sida om mitten mer sällan än slumpen ger."),
        Pattern.MANY_RUNS: _("Kurvan byter sida om mitten oftare än slumpen ger."),
    }
    whole = pattern in (Pattern.FEW_RUNS, Pattern.MANY_RUNS)
    return Signalled(row[first].period, row[last].period, words[pattern] % {"n": many}, whole)


def _stretches(found: FigureDetail) -> Iterator[list[Point]]:
    breaks = sorted(one.on for one in found.measure.breaks)
    row: list[Point] = []
    for point in found.points:
        if row and any(row[-1].period < one <= point.period for one in breaks):
            yield row
            row = []
        row.append(point)
    if row:
        yield row


def _others(found: FigureDetail, codes: Sequence[str]) -> Iterator[charts.Beside]:
    names = {NATION: _("Riket"), found.county: _("Länet")}
    for code in codes:
        line = found.curves.get(code)
        if line is None or code == found.area.code:
            continue
        points = tuple((one.period, _float(one)) for one in line.points)
        yield charts.Beside(names.get(code, code), points)


def _float(point: Point | None) -> float | None:
    return float(point.value) if point is not None and point.value is not None else None


def multiples(found: FigureDetail) -> list[Small]:
    """Every place's curve on one scale, with the whole as a thin line."""
    periods = sorted({one.period for line in found.curves.values() for one in line.points})
    shown = {code: _values(found, code, periods) for code in _codes(found)}
    known = [one for values in shown.values() for one in values if one is not None]
    if not known:
        return []
    top = max(known)
    scale = (0.0 if min(known) < top * 0.6 else min(known), top)
    whole = _values(found, _whole(found), periods)
    now = _latest(found)
    return [_small(found, one, shown[one.code], whole, scale, now) for one in found.places]


def _codes(found: FigureDetail) -> list[str]:
    return [one.code for one in found.places]


def _whole(found: FigureDetail) -> str:
    return NATION if found.area.kind is AreaKind.NATION else found.county


def _values(found: FigureDetail, code: str, periods: Sequence[date]) -> list[float | None]:
    line = found.curves.get(code)
    points = {one.period: _float(one) for one in line.points} if line else {}
    return [points.get(one) for one in periods]


def _small(
    found: FigureDetail, area: Area, values: Sequence[float | None],
    whole: Sequence[float | None], scale: tuple[float, float], now: date | None,
) -> Small:  # fmt: skip
    line = found.curves.get(area.code)
    last = at(line.points, now) if line and now else None
    said = saying.number_words(last.value, found.measure) if last else "–"
    name = translated(area.name)
    answer = saying.answer(found.measure, area, line.points if line else ())
    desc = answer.sentence or answer.sure
    svg = charts.multiple(
        values, key=f"liten-{area.code}", title=name, desc=desc, scale=scale, beside=whole
    )
    return Small(area, said, svg, area.code == found.area.code)


def places(found: FigureDetail) -> list[tuple[Area, Point | None]]:
    """Every place with its figure of the newest period that any of them has, the highest first."""
    lines = {one.code: found.curves.get(one.code) for one in found.places}
    period = _latest(found)
    rows = []
    for one in found.places:
        line = lines[one.code]
        every = [] if line is None else [p for p in line.points if p.period == period]
        rows.append((one, every[0] if every else None))
    return sorted(rows, key=lambda row: (_float(row[1]) is None, -(_float(row[1]) or 0)))


def _latest(found: FigureDetail) -> date | None:
    """The newest period that any place has a figure of: all are told as they were then."""
    lines = [found.curves[one.code] for one in found.places if one.code in found.curves]
    last = [newest(line.points) for line in lines]
    return max((one.period for one in last if one), default=None)


def target(found: FigureDetail, period: date) -> tuple[Point | None, str]:
    """What places are compared with: the whole county, or the nation."""
    code = _whole(found)
    line = found.curves.get(code)
    point = at(line.points, period) if line else None
    name = _("Riket") if code == NATION else _("Länet")
    return point, f"{name} {saying.number_words(point.value, found.measure)}" if point else name


def dots(found: FigureDetail) -> tuple[charts.Dot, ...]:
    """The places that can be shown, as dots."""
    rows = [(area, point) for area, point in places(found) if point is not None and point.shown]
    aim = target(found, rows[0][1].period)[0] if rows else None
    return tuple(_dot(found, area, point, aim) for area, point in rows)


def _dot(found: FigureDetail, area: Area, point: Point, aim: Point | None) -> charts.Dot:
    beside = compared(point, aim.value if aim else None, found.measure)
    name = translated(area.name)
    said = f"{name}: {saying.value_words(point.value, found.measure)}"
    if between := saying.between_words(point, found.measure):
        said = f"{said} ({between})"
    return charts.Dot(
        name,
        float(point.value or 0),
        said,
        float(point.low) if point.low is not None else None,
        float(point.high) if point.high is not None else None,
        float(point.denominator or 0),
        saying.tone(beside),
        area.code == found.area.code,
    )


def sorted_dots(found: FigureDetail, width: float = charts.WIDE) -> SafeString:
    """Places under one another with their intervals."""
    rows = dots(found)
    if len(rows) < 2:
        return SafeString("")
    period = next(point.period for _area, point in places(found) if point is not None)
    aim, name = target(found, period)
    return charts.dots(
        rows, key="platser", title=_("Kommun för kommun"), desc="; ".join(one.said for one in rows),
        target=_float(aim), target_name=name if aim else "", width=width,
    )  # fmt: skip


def funnel(found: FigureDetail, width: float = charts.WIDE) -> SafeString:
    """How far from the whole chance takes a place of each size; empty where it cannot be said."""
    rows = [one for one in dots(found) if one.size]
    period = next((point.period for _a, point in places(found) if point and point.shown), None)
    aim, name = target(found, period) if period else (None, "")
    if len(rows) < FEWEST_PLACES or aim is None or found.measure.result not in _FUNNELS:
        return SafeString("")
    most = max(one.size for one in rows) * 1.04
    limits = [_limits(found.measure, aim, most * (n + 1) / STEPS) for n in range(STEPS)]
    named = [_named(found.measure, aim, one) for one in rows]
    return charts.funnel(
        named, limits, float(aim.value or 0), key="tratt",
        title=_("Hur mycket kan slumpen göra för en kommun av den storleken?"),
        desc="; ".join(one.said for one in named if one.named) or _("Ingen ligger utanför tratten."),
        target_name=name, across=_("Nämnaren: hur många det räknas på"), width=width,
        height=320 if width == charts.WIDE else 280,
    )  # fmt: skip


_FUNNELS = (Result.SHARE, Result.RATE)


def _funnel_at(measure: Measure, aim: Point, size: float) -> Funnel:
    value, whole = float(aim.value or 0), max(1, round(size))
    if measure.result is Result.SHARE:
        return share_funnel(min(1.0, value / measure.factor), whole, factor=measure.factor)
    return rate_funnel(value, whole, factor=measure.factor)


def _limits(measure: Measure, aim: Point, size: float) -> charts.Limits:
    found = _funnel_at(measure, aim, size)
    inner, outer = found.inner, found.outer
    return charts.Limits(size, outer.low, inner.low, inner.high, outer.high)


def _named(measure: Measure, aim: Point, one: charts.Dot) -> charts.Dot:
    """Named, and coloured, only where it lies outside."""
    place = _funnel_at(measure, aim, one.size).place(one.value)
    outside = place is not Place.WITHIN
    return charts.Dot(
        one.name, one.value, one.said, one.low, one.high, one.size,
        one.tone if outside else "", one.own, outside,
    )  # fmt: skip


def area_picture(found: FigureDetail, address: str) -> SafeString:
    """The places on a map, in classes without good or bad; empty where too few can be shown.

    Args:
        address: of the figure's page, where each place leads to itself.
    """
    rows = places(found)
    if sum(point is not None and point.shown for _area, point in rows) < FEWEST_PLACES:
        return SafeString("")
    values = {area.code: _mapped(found, area, point, address) for area, point in rows}
    nation = found.area.kind is AreaKind.NATION
    unit = found.measure.unit_words
    return area_map(
        values,
        areas="counties" if nation else "municipalities",
        county="" if nation else found.county,
        key="karta",
        title=found.measure.question,
        desc="; ".join(one.said for one in values.values()),
        classes=few_to_many(values.values(), said=lambda value: f"{charts.number(value)} {unit}"),
    )


def _mapped(found: FigureDetail, area: Area, point: Point | None, address: str) -> MapValue:
    words = saying.point_words(point, found.measure) if point else _("Uppgift saknas")
    shown = point is not None and point.shown
    return MapValue(
        _float(point),
        f"{translated(area.name)}: {words}",
        saying.number_words(point.value, found.measure) if point and shown else "",
        hidden=point is not None and point.status is PointStatus.HIDDEN,
        href=f"{address}?omrade={area.code}",
        own=area.code == found.area.code,
    )
