"""The overview: each question with its answer, the line of the past, and what has changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samverka.indicators import reads
from samverka.indicators.forms.asking import area_of
from samverka.indicators.pages import saying
from samverka.indicators.reads import Area, FigureLine, OverviewDetail
from samverka.indicators.rules.measures import Theme
from samverka.indicators.rules.points import newest
from samverka.web import charts
from samverka.web.door import actor_of, translated
from samverka.web.page import page

SPARK = 24
"""Points of the line in the overview: two years of months."""


@dataclass(frozen=True, slots=True)
class Line:
    """One question as the overview shows it."""

    question: str
    address: str
    answer: saying.Answer
    spark: SafeString
    value: str


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What the area follows, and every other question."""
    actor = actor_of(request)
    found = reads.overview(actor, area=area_of(request.GET.dict()))
    context = {
        "duties": found.duties,
        "found": found,
        "area": found.area,
        "heading": heading(found.area),
        "lines": [line(one, found.area) for one in found.chosen],
        "themes": _themes(found),
        "set_words": _set_words(found),
        "edit_url": f"{reverse('indicators:choose')}?{urlencode({'omrade': found.area.code})}",
    }
    return page(request, "indicators/overview.html", context)


def heading(area: Area) -> str:
    """The page's name: the area it is about."""
    return _("Läget: %(area)s") % {"area": translated(area.name)}


def line(one: FigureLine, area: Area) -> Line:
    """A question with its answer."""
    points = one.curve.points if one.curve else ()
    answer = saying.answer(one.measure, area, points, one.groups)
    last = newest(points)
    address = reverse("indicators:figure", args=[one.measure.code])
    return Line(
        one.measure.question,
        f"{address}?{urlencode({'omrade': area.code})}",
        answer,
        charts.spark([float(p.value) if p.value is not None else None for p in points[-SPARK:]]),
        saying.value_words(last.value, one.measure) if last else "",
    )


def theme_words() -> dict[Theme, str]:
    """The headings of the questions."""
    return {
        Theme.DISCHARGE: _("Hem från sjukhus"),
        Theme.ACCESS: _("Väntan och vårdgaranti"),
        Theme.COORDINATED: _("Samordnat i stället för isolerat"),
        Theme.RELATION: _("Person och relation i stället för organisation"),
        Theme.TOGETHER: _("Aktiv medskapare i stället för passiv mottagare"),
        Theme.PROACTIVE: _("Förebyggande i stället för reaktivt"),
    }


def _themes(found: OverviewDetail) -> list[tuple[str, list[Line]]]:
    words = theme_words()
    themes = ((words[one], _of(found.rest, one, found.area)) for one in words)
    return [(name, lines) for name, lines in themes if lines]


def _of(lines: Iterable[FigureLine], theme: Theme, area: Area) -> list[Line]:
    return [line(one, area) for one in lines if one.measure.theme is theme]


def _set_words(found: OverviewDetail) -> str:
    if found.figure_set is None:
        return _("Ingen har valt frågor här än. De här visas tills någon gör det.")
    if found.own_set:
        return _("Valda av %(name)s.") % {"name": found.figure_set.name}
    return _("Länets val.")
