"""One question: the answer, the curve, what it is compared with, how it is reckoned, how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samverka.indicators import reads
from samverka.indicators.forms.asking import LIMITS, SPLITS, Asked, asked
from samverka.indicators.pages import drawing, quality, saying
from samverka.indicators.pages.selecting import selection
from samverka.indicators.reads import FigureDetail
from samverka.indicators.rules.kept import Split
from samverka.indicators.rules.measures.sources import source_links
from samverka.indicators.rules.points import Point, at, compared, newest
from samverka.web import charts
from samverka.web.door import actor_of, translated
from samverka.web.page import page


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the table of places, or of parts of the people."""

    name: str
    address: str
    value: str
    between: str
    among: str
    words: str
    tone: str
    own: bool


@require_safe
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """The page of one question."""
    what = asked(code, request.GET.dict())
    found = reads.figure(actor_of(request), wanted=what.wanted)
    return page(request, "indicators/figure.html", context_of(found, what))


SIGNALS_SHOWN = 2
"""The newest patterns of a curve; the others are folded."""


def context_of(found: FigureDetail, what: Asked) -> dict[str, object]:
    """All that the page says."""
    address = reverse("indicators:figure", args=[found.measure.code])
    signals = [_signal(found, one) for one in drawing.signals(found, limits=what.limits)]
    return {
        "found": found,
        "measure": found.measure,
        "area_name": translated(found.area.name),
        "answer": saying.answer_of(found),
        "part_words": saying.part_words(found.wanted.split, found.wanted.part, found.measure)
        if found.wanted.split is not Split.ALL
        else "",
        "curve": curve(found, what),
        "signals": signals[:SIGNALS_SHOWN],
        "more_signals": signals[SIGNALS_SHOWN:],
        "marks": drawing.marks(found),
        "comparisons": saying.comparisons(found),
        "multiples": drawing.multiples(found),
        "places": places(found, what, address),
        "places_words": places_words(found),
        "dots": twice(lambda width: drawing.sorted_dots(found, width)),
        "funnel": twice(lambda width: drawing.funnel(found, width)),
        "map": drawing.area_picture(found, address),
        "parts": parts(found, what, address),
        "table": table(found),
        "options": options(found, what),
        "links": links(found, what, address),
        "definition": quality.definition(found),
        "sources": [(translated(words), to) for words, to in source_links(found.measure)],
        "selection": selection(found.measure),
        "quality": quality.quality(found),
    }


def _signal(found: FigureDetail, one: drawing.Signalled) -> tuple[str, str]:
    """From which period to which, and what is said of the pattern."""
    first, last = (saying.period_words(found.measure, day) for day in (one.first, one.last))
    return (first if first == last else f"{first} – {last}"), one.said


def twice(draw: object) -> SafeString:
    """A chart for a screen and for a phone; the stylesheet shows one of them."""
    drawn = [(kind, draw(width)) for kind, width in _WIDTHS]  # type: ignore[operator]
    return SafeString("".join(
        one.replace('class="chart', f'class="chart {kind}', 1) for kind, one in drawn
    ))  # fmt: skip


_WIDTHS = (("chart-wide", charts.WIDE), ("chart-narrow", charts.NARROW))


def curve(found: FigureDetail, what: Asked) -> SafeString:
    """The curve, or nothing where there is none."""
    if not any(one.shown for one in found.points):
        return SafeString("")
    beside = ("00", found.county) if what.beside else ()
    drawn = drawing.curve(found, limits=what.limits, beside=beside)
    return twice(lambda width: charts.run(drawn, width=width, height=300 if width > 400 else 260))


def places(found: FigureDetail, what: Asked, address: str) -> list[Place]:
    """The places, the highest first, those without a number last."""
    rows = drawing.places(found)
    period = next((point.period for _area, point in rows if point is not None), None)
    aim = drawing.target(found, period)[0] if period else None
    return [
        _place(found, translated(area.name), point, aim, f"{address}{what.query(omrade=area.code)}",
               own=area.code == found.area.code)
        for area, point in rows
    ]  # fmt: skip


def _place(
    found: FigureDetail, name: str, point: Point | None, aim: Point | None, address: str, *, own: bool
) -> Place:  # fmt: skip
    if point is None or not point.shown:
        words = saying.status_words(point) if point else _("Uppgift saknas")
        return Place(name, address, "–", "", "", words, "", own)
    beside = compared(point, aim.value if aim else None, found.measure)
    return Place(
        name, address, saying.number_words(point.value, found.measure),
        saying.between_words(point, found.measure), among_words(point),
        translated(beside.words) if beside else "", saying.tone(beside), own,
    )  # fmt: skip


def among_words(point: Point) -> str:
    """What the number was reckoned from: "391 / 103"."""
    if point.numerator is None or not point.denominator:
        return ""
    return f"{charts.number(point.numerator)} / {charts.number(point.denominator)}"


def places_words(found: FigureDetail) -> str:
    """Which period the places are told of, and what they are beside."""
    rows = [point for _area, point in drawing.places(found) if point is not None]
    if not rows:
        return ""
    aim, name = drawing.target(found, rows[0].period)
    period = saying.period_words(found.measure, rows[0].period)
    if aim is None:
        return period
    return _("%(period)s, jämfört med: %(other)s. Färg bara där skillnaden är mer än slumpen.") % {
        "period": period, "other": name,
    }  # fmt: skip


_NO_PART = dict.fromkeys(SPLITS, "")


def parts(found: FigureDetail, what: Asked, address: str) -> list[tuple[str, list[Place]]]:
    """Women and men, ages, target groups, beside everyone in the same area."""
    last = newest(found.points)
    if last is None:
        return []
    names = {
        Split.SEX: _("Kön"),
        Split.AGE: _("Ålder"),
        Split.GROUP: saying.group_heading(found.measure),
    }
    keys = {split: key for key, split in SPLITS.items()}
    made = []
    for split, title in names.items():
        lines = [one for one in found.parts if one.split is split]
        rows = [
            _place(
                found, saying.part_words(split, one.part, found.measure), _at(one.points, last), last,
                f"{address}{what.query(**(_NO_PART | {keys[split]: one.part}))}",
                own=(split, one.part) == (found.wanted.split, found.wanted.part),
            )
            for one in lines
        ]  # fmt: skip
        if rows:
            made.append((title, rows))
    return made


def _at(points: tuple[Point, ...], last: Point) -> Point | None:
    return at(points, last.period) or next((p for p in points if p.period == last.period), None)


def table(found: FigureDetail) -> list[tuple[str, str, str, str]]:
    """The curve's numbers, the newest first."""
    rows = []
    for one in reversed(found.points):
        period = saying.period_words(found.measure, one.period)
        value = saying.number_words(one.value, found.measure) or saying.status_words(one)
        rows.append((period, value, saying.between_words(one, found.measure), among_words(one)))
    return rows


def options(found: FigureDetail, what: Asked) -> dict[str, object]:
    """What can be chosen, and what is."""
    keys = {split: key for key, split in SPLITS.items()}
    chosen = [(one.split, one.part) for one in found.parts]
    return {
        "areas": [
            (title, [(one.code, translated(one.name), one.code == found.area.code) for one in row])
            for title, row in found.areas
        ],
        "parts": [
            (value, saying.part_words(split, part, found.measure), value == what.part)
            for split, part in chosen
            for value in [f"{keys[split]}:{part}"]
        ],
        "version": found.wanted.version,
        "limits": what.limits,
        "beside": what.beside,
    }


def links(found: FigureDetail, what: Asked, address: str) -> dict[str, object]:
    """Where the page leads."""
    query = what.query(omrade=found.area.code)
    files = ("csv", "excel", "pdf", "png", "svg", "json")
    return {
        **{one: f"{address}{one}/{query}" for one in files},
        "overview": f"{reverse('indicators:overview')}?omrade={found.area.code}",
        "median": f"{address}{what.query(diagram='')}",
        "limits": f"{address}{what.query(diagram=LIMITS)}",
        "beside": f"{address}{what.query(jamfor='' if what.beside else '1')}",
        "notes": f"{reverse('indicators:note', args=[found.measure.code])}{query}",
        "persons": f"{reverse('indicators:persons', args=[found.measure.code])}{query}",
        "file": reverse("indicators:measure_file", args=[found.measure.code]),
        "compare": f"{reverse('indicators:versions', args=[found.measure.code])}"
        f"?omrade={found.area.code}",
        "versions": [
            (one, f"{address}{what.query(version='' if one.current else str(one.number))}")
            for one in found.versions
        ],
    }
