"""A figure as a file: table, workbook, data, picture, paper. All are made of what the page shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samverka.indicators import reads
from samverka.indicators.forms.asking import Asked, asked
from samverka.indicators.pages import drawing, figure, quality, saying
from samverka.indicators.reads import CurveLine, FigureDetail
from samverka.indicators.rules.points import Point
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text
from samverka.web import charts
from samverka.web.charts.saving import Numbers, Shown, as_pdf, as_png
from samverka.web.door import actor_of, translated
from samverka.web.sheets import WORKBOOK, Rows, Sheet, sent, sent_table, workbook_of

LATEST = 24
"""Periods in the table of the paper; all of them are in the workbook."""


@dataclass(frozen=True, slots=True)
class _Cell:
    line: CurveLine
    name: str
    point: Point


def _found(request: HttpRequest, code: str) -> tuple[FigureDetail, Asked]:
    what = asked(code, request.GET.dict())
    return reads.figure(actor_of(request), wanted=what.wanted), what


@require_safe
def table(request: HttpRequest, code: str) -> HttpResponse:
    """Every number of the page as a plain table."""
    found, _what = _found(request, code)
    return sent_table(_rows(found), _name(found, "csv"))


@require_safe
def workbook(request: HttpRequest, code: str) -> HttpResponse:
    """The same as a workbook, with how it is reckoned and how good the data are."""
    found, _what = _found(request, code)
    sheets = [
        Sheet(_("Siffror"), _rows(found), True, (24, 12, 24, 14, 20, 12, 12, 12, 12, 12, 60)),
        Sheet(_("Så räknas det"), _told(found), False, (34, 90)),
        Sheet(_("Uppgifterna"), _data(found), False, (60, 30)),
    ]
    return sent(workbook_of(sheets), WORKBOOK, _name(found, "xlsx"))


@require_safe
def data(request: HttpRequest, code: str) -> HttpResponse:
    """The same for another program. A number that is not shown has its status and no value."""
    found, _what = _found(request, code)
    return JsonResponse(as_data(found), json_dumps_params={"ensure_ascii": False})


@require_safe
def drawn(request: HttpRequest, code: str) -> HttpResponse:
    """The curve as a drawing (SVG)."""
    found, what = _found(request, code)
    return sent(_svg(found, what).encode(), "image/svg+xml", _name(found, "svg"))


@require_safe
def picture(request: HttpRequest, code: str) -> HttpResponse:
    """The question, the answer and the curve as a picture (PNG)."""
    return _printed(request, code, as_png, "image/png", "png")


@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """The page on paper (PDF)."""
    return _printed(request, code, as_pdf, "application/pdf", "pdf")


def _printed(
    request: HttpRequest, code: str, make: Callable[..., bytes], kind: str, ending: str
) -> HttpResponse:
    found, what = _found(request, code)
    on = local_date(actor_of(request).at)
    return sent(make(shown(found, what, on), on=on), kind, _name(found, ending))


def _svg(found: FigureDetail, what: Asked) -> str:
    if not any(one.shown for one in found.points):
        raise NotFound(text("Det finns ingen kurva att rita för det här området."))
    beside = ("00", found.county) if what.beside else ()
    return charts.run(drawing.curve(found, limits=what.limits, beside=beside))


def _name(found: FigureDetail, ending: str) -> str:
    return f"{found.measure.code}-{found.area.code}.{ending}"


# ── numbers ──


def _cells(found: FigureDetail) -> Iterator[_Cell]:
    names = {one.code: translated(one.name) for _title, row in found.areas for one in row}
    names |= {one.code: translated(one.name) for one in found.places}
    lines = [*found.curves.values(), *(one for one in found.parts if _apart(found, one))]
    for line in lines:
        name = names.get(line.area, line.area)
        yield from (_Cell(line, name, point) for point in line.points)


def _apart(found: FigureDetail, line: CurveLine) -> bool:
    """A part that is not what the whole page is about already."""
    return (line.split, line.part) != (found.wanted.split, found.wanted.part)


def _rows(found: FigureDetail) -> Rows:
    head = (
        _("Område"), _("Kod"), _("Vilka"), _("Från"), _("Period"), _("Tal"), _("Lägst"),
        _("Högst"), _("Täljare"), _("Nämnare"), _("Anmärkning"),
    )  # fmt: skip
    return [list(head), *(_row(found, one) for one in _cells(found))]


def _row(found: FigureDetail, cell: _Cell) -> list[str | int | Decimal | date | None]:
    one = cell.point
    note = "" if one.shown else saying.status_words(one)
    return [
        cell.name, cell.line.area,
        saying.part_words(cell.line.split, cell.line.part, found.measure), one.period,
        saying.period_words(found.measure, one.period), one.value, one.low, one.high,
        one.numerator, one.denominator, note,
    ]  # fmt: skip


def _told(found: FigureDetail) -> Rows:
    rows: Rows = [[_("Fråga"), found.measure.question]]
    rows += [[name, words] for name, words in quality.definition(found)]
    return rows


def _data(found: FigureDetail) -> Rows:
    told: dict[str, Any] = quality.quality(found)
    rows: Rows = [[told["newest"]], [told["loaded"]], *(list(one) for one in told["shares"])]
    return [
        *rows,
        *([one] for one in told["refused"]),
        *([one.words, one.many] for one in told["faults"]),
    ]


def as_data(found: FigureDetail) -> dict[str, object]:
    """The figure as plain data. The names are kept: other programs stand on them."""
    one, version = found.measure, found.version
    lines = [*found.curves.values(), *(each for each in found.parts if _apart(found, each))]
    return {
        "measure": {
            "code": one.code, "version": version.number, "question": one.question,
            "name": one.name, "numerator": one.numerator, "denominator": one.denominator,
            "unit": one.unit_words, "factor": one.factor, "result": one.result.value,
            "period": one.period.value, "perspective": one.perspective.value,
            "direction": one.direction.value, "source": one.source, "official": one.official,
            "confirmed": one.confirmed, "smallest": one.smallest,
            "breaks": [{"on": each.on.isoformat(), "words": each.words} for each in one.breaks],
        },
        "snapshot": found.snapshot.id if found.snapshot else None,
        "area": found.area.code,
        "notes": [{"on": each.on.isoformat(), "words": each.words} for each in found.notes],
        "series": [_series(each) for each in lines],
    }  # fmt: skip


def _series(line: CurveLine) -> dict[str, object]:
    return {
        "area": line.area, "kind": line.area_kind.value, "split": line.split.value,
        "part": line.part, "points": [_point(one) for one in line.points],
    }  # fmt: skip


def _point(one: Point) -> dict[str, object]:
    told: dict[str, object] = {"period": one.period.isoformat(), "status": one.status.value}
    if not one.shown:
        return told
    numbers = {"value": one.value, "low": one.low, "high": one.high}
    return told | {
        **{name: str(value) for name, value in numbers.items() if value is not None},
        "numerator": one.numerator,
        "denominator": one.denominator,
    }


# ── paper ──


def shown(found: FigureDetail, what: Asked, on: date) -> Shown:
    """What stands on paper: as much as a meeting needs."""
    answer = saying.answer_of(found)
    parts = saying.part_words(found.wanted.split, found.wanted.part, found.measure)
    paras = [answer.sure, answer.change, *(one.said for one in drawing.signals(found))]
    return Shown(
        title=found.measure.question,
        answer=answer.sentence or answer.sure,
        paras=[one for one in (paras if answer.sentence else []) if one],
        svg=_svg(found, what),
        alt=f"{answer.sentence} {answer.change}",
        foot=_("Samverka, Läget · %(area)s · %(part)s · version %(version)s · uttaget %(day)s") % {
            "area": translated(found.area.name), "part": parts,
            "version": found.version.number, "day": date_format(on, "j F Y"),
        },
        sections=list(_sections(found, what)),
    )  # fmt: skip


def _sections(found: FigureDetail, what: Asked) -> Iterator[Numbers]:
    rows = saying.comparisons(found)
    if rows:
        head = [_("Jämfört med"), _("Tal"), _("Skillnad")]
        yield Numbers(head[0], head, [[one.name, one.value, one.words] for one in rows], (3, 2, 4))
    places = figure.places(found, what, "")
    unit = found.measure.unit_words.capitalize()
    if len(places) > 1:
        head = [_("Område"), unit, _("Osäkerhet"), _("Skillnad")]
        lines = [[one.name, one.value, one.between, one.words] for one in places]
        yield Numbers(_("Område för område"), head, lines, (3, 2, 2, 5))
    head = [_("Period"), unit, _("Osäkerhet"), _("Antal / av")]
    yield Numbers(_("Talen i kurvan"), head, figure.table(found)[:LATEST], (3, 5, 2, 2))
    head = [_("Så räknas det"), ""]
    yield Numbers(head[0], head, [list(one) for one in quality.definition(found)], (2, 5))
