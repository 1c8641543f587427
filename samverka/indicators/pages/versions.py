"""Two versions of a measure side by side: what is not the same, and both curves on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samverka.indicators import reads
from samverka.indicators.forms.asking import area_of, number_of
from samverka.indicators.pages import drawing, saying
from samverka.indicators.pages.figure import twice
from samverka.indicators.pages.selecting import selection
from samverka.indicators.reads import ComparedDetail, VersionDetail
from samverka.indicators.rules.measures import Measure, changes
from samverka.indicators.rules.points import Point, newest
from samverka.web import charts
from samverka.web.door import actor_of, translated
from samverka.web.page import page


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the versions do not say alike. `counts`: figures may differ because of it."""

    name: str
    before: str
    after: str
    counts: bool


@require_safe
def versions(request: HttpRequest, code: str) -> HttpResponse:
    """Two versions of one measure, for one area."""
    found = reads.compared_versions(
        actor_of(request),
        code=code,
        before=number_of(request.GET, "fore"),
        after=number_of(request.GET, "efter"),
        area=area_of(request.GET.dict()),
    )
    return page(request, "indicators/versions.html", context_of(found))


def context_of(found: ComparedDetail) -> dict[str, object]:
    """All that the page says."""
    code = found.after.measure.code
    return {
        "found": found,
        "area_name": translated(found.area.name),
        "areas": [
            (title, [(one.code, translated(one.name), one.code == found.area.code) for one in row])
            for title, row in found.areas
        ],
        "differences": differences(found.before.measure, found.after.measure),
        "same": found.before.line.number == found.after.line.number,
        "alike_units": _alike(found),
        "curve": curve(found),
        "rows": table(found),
        "figure": f"{reverse('indicators:figure', args=[code])}?omrade={found.area.code}",
    }


def differences(before: Measure, after: Measure) -> list[Difference]:
    """What is not the same: fields as they are written, and what is counted in words."""
    found = [
        Difference(translated(one.name), one.before, one.after, one.counts)
        for one in changes(before, after)
        if not one.field.startswith("settings")
    ]
    return [*_selected(before, after), *found]


def _selected(before: Measure, after: Measure) -> list[Difference]:
    """What is counted, part by part; what words do not show is told as it is written."""
    one, other = ({part.name: part.lines for part in selection(each)} for each in (before, after))
    names = dict.fromkeys((*one, *other))
    found = [
        Difference(name, "; ".join(one.get(name, ())), "; ".join(other.get(name, ())), True)
        for name in names
        if one.get(name) != other.get(name)
    ]
    return found or [
        Difference(f"{translated(each.name)} ({each.field.removeprefix('settings.')})",
                   each.before, each.after, True)
        for each in changes(before, after)
        if each.field.startswith("settings")
    ]  # fmt: skip


def _alike(found: ComparedDetail) -> bool:
    """Whether both are told in the same unit, so that one scale holds both."""
    before, after = found.before.measure, found.after.measure
    return (before.unit_words, before.factor) == (after.unit_words, after.factor)


def curve(found: ComparedDetail) -> SafeString:
    """The later version's curve, and the earlier's as a thin line, on one scale; empty if there is neither."""
    if not any(one.shown for each in (found.before, found.after) for one in each.points):
        return SafeString("")
    if not _alike(found) or found.before.line.number == found.after.line.number:
        return twice(lambda width: charts.run(_run(found.after, ()), width=width, height=260))
    line = (_beside(found.before),)
    return twice(lambda width: charts.run(_run(found.after, line), width=width, height=300))


def _run(one: VersionDetail, beside: Sequence[charts.Beside]) -> charts.Run:
    last = newest(one.points)
    measure = one.measure
    name = _("Version %(number)s") % {"number": one.line.number}
    return charts.Run(
        key="versioner",
        title=measure.question,
        desc=_("%(name)s: %(value)s") % {"name": name, "value": saying.value_words(last.value, measure)}
        if last
        else name,
        points=tuple(drawing.drawn(point, measure) for point in one.points),
        ends=name,
        unit=measure.unit_words,
        beside=tuple(beside),
        also=tuple(day for one in beside for day, value in one.points if value is not None),
        by_year=measure.period in saying.YEARLY,
    )  # fmt: skip


def _beside(one: VersionDetail) -> charts.Beside:
    points = tuple(
        (point.period, float(point.value) if point.value is not None else None)
        for point in one.points
    )
    return charts.Beside(_("Version %(number)s") % {"number": one.line.number}, points)


def table(found: ComparedDetail) -> list[tuple[str, str, str]]:
    """Each period's figure in both versions, the newest first."""
    before, after = (_by_period(each.points) for each in (found.before, found.after))
    measures = dict.fromkeys(after, found.after.measure)
    days = sorted({*before, *after}, reverse=True)
    return [
        (
            saying.period_words(measures.get(day, found.before.measure), day),
            _said(before.get(day), found.before.measure),
            _said(after.get(day), found.after.measure),
        )
        for day in days
    ]


def _by_period(points: Sequence[Point]) -> dict[date, Point]:
    return {one.period: one for one in points}


def _said(point: Point | None, measure: Measure) -> str:
    if point is None:
        return "–"
    return saying.number_words(point.value, measure) or saying.status_words(point)
