"""Figures on discharge: the page, the same as files, and the places of the wards."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samverka.discharge import operations, reads
from samverka.discharge.forms.figures import BedsForm, FiguresForm
from samverka.discharge.pages import figure_words
from samverka.discharge.reads import BedsLine, FiguresDetail
from samverka.discharge.rules.figures import (
    BY_WORDS,
    CARE_WORDS,
    FIGURES,
    SMALLEST,
    By,
    Care,
    Figure,
    FigureValue,
)
from samverka.discharge.rules.messages import KIND_WORDS
from samverka.kernel.calendar import local_date
from samverka.web.door import actor_of, translated
from samverka.web.page import page
from samverka.web.sheets import WORKBOOK, Rows, Sheet, sent, sent_table, workbook_of
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Every figure of the chosen months."""
    form, found = _asked(request)
    return _shown(request, form, found, BedsForm(wards=_wards(found)), status_of(form))


@require_http_methods(GET_POST)
def beds(request: HttpRequest) -> HttpResponse:
    """How many places a ward has."""
    actor = actor_of(request)
    form, found = _asked(request)
    entered = BedsForm(request.POST or None, wards=_wards(found))

    def step() -> BedsLine:
        return operations.set_beds(
            actor,
            unit_id=UUID(entered.cleaned_data["unit"]),
            beds=entered.cleaned_data["beds"],
            since=entered.cleaned_data["since"],
        )

    if request.method == "POST" and entered.is_valid() and tried(entered, step) is not None:
        toast(request, _("Vårdplatserna är inlagda."))
        return redirect("discharge:figures")
    return _shown(request, form, found, entered, status_of(entered))


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Every figure of every place, as a plain table."""
    _form, found = _asked(request)
    return sent_table(_rows(found), _file(found, "csv"))


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The same as a workbook, with how each figure is reckoned."""
    _form, found = _asked(request)
    sheets = [
        Sheet(_("Siffror"), _rows(found), True, (28, 18, 40, 14, 14, 14, 12, 14, 34, 34)),
        Sheet(_("Meddelanden"), _kinds(found), True, (34, 12, 12, 14, 14)),
        Sheet(_("Så räknas det"), _definitions(), True, (36, 50, 60, 60, 90)),
    ]
    return sent(workbook_of(sheets), WORKBOOK, _file(found, "xlsx"))


# ── what is asked for ──


def _asked(request: HttpRequest) -> tuple[FiguresForm, FiguresDetail]:
    """The form and its figures; the usual months where what was chosen cannot be."""
    actor = actor_of(request)
    form = FiguresForm(request.GET.dict(), today=local_date(actor.at))
    found = None
    if form.is_valid():
        found = tried(
            form,
            lambda: reads.discharge_figures(actor, **form.wanted()),
            {"first": "fran", "last": "till"},
        )
    return form, found or reads.discharge_figures(actor, **form.asks_for())


def _wards(found: FiguresDetail) -> list[tuple[str, str]]:
    return [(str(one.unit_id), one.ward) for one in found.wards]


def _shown(
    request: HttpRequest, form: FiguresForm, found: FiguresDetail, entered: BedsForm, status: int
) -> HttpResponse:
    cares = {care: translated(words) for care, words in CARE_WORDS.items()}
    chosen = urlencode(form.address)
    context = {
        "form": form,
        "beds_form": entered,
        "found": found,
        "comparison": found.found,
        "finding": figure_words.finding(found.found),
        "cares": list(cares.values()),
        "care": cares[form.care],
        "chapters": figure_words.chapters(found.found.total, cares),
        "columns": [translated(FIGURES[one].name) for one in figure_words.compared(found.found)],
        "rows": [] if found.found.by is By.COUNTY else figure_words.comparison(found.found, form.care),
        "by": translated(BY_WORDS[found.found.by]),
        "kind_words": KIND_WORDS,
        "few": figure_words.few(),
        "smallest": SMALLEST,
        "without": figure_words.without(found.found),
        "definitions": [
            (figure.value, spec, figure_words.defined(spec)) for figure, spec in FIGURES.items()
        ],
        "table_url": f"{reverse('discharge:figures_table')}?{chosen}",
        "workbook_url": f"{reverse('discharge:figures_workbook')}?{chosen}",
    }  # fmt: skip
    return page(request, "discharge/figures.html", context, status=status)


# ── files ──


def _file(found: FiguresDetail, ending: str) -> str:
    period = found.found.period
    return f"utskrivning-{period.first:%Y-%m}-{period.last:%Y-%m}-{found.found.by}.{ending}"


def _rows(found: FiguresDetail) -> Rows:
    """A line for each place, kind of care and figure; a number that is hidden says so."""
    rows: Rows = [
        [
            _("Område"), _("Vård"), _("Mått"), _("Värde"), _("9 av 10 högst"), _("Täljare"),
            _("Nämnare"), _("Antal"), _("Saknas"), _("Anmärkning"),
        ]
    ]  # fmt: skip
    rows += [[said, None, None, None, None, None, None, None, _("Uppgifter saknas")]
             for said in figure_words.without(found.found)]  # fmt: skip
    for line in (found.found.total, *found.found.lines):
        name = figure_words.place_name(line)
        for care in Care:
            words = translated(CARE_WORDS[care])
            rows += [[name, words, *_figure(line.values[care][figure])] for figure in Figure]
    return rows


def _figure(value: FigureValue) -> list[str | int | None]:
    spec = FIGURES[value.figure]
    note = figure_words.said(value) if value.refusal is not None or value.hidden else ""
    cells = [translated(spec.name), value.value, value.spread, value.counted, value.among]
    n = None if value.hidden else value.n
    return [*cells, n, figure_words.missing(value), note]  # type: ignore[list-item]


def _kinds(found: FiguresDetail) -> Rows:
    rows: Rows = [
        [_("Meddelande"), _("Skickade"), _("För sent"), _("Returnerade"), _("Vidaresända")]
    ]
    for one in found.found.kinds:
        name = translated(KIND_WORDS[one.kind])
        numbers = [one.sent, one.late, one.returned, one.forwarded]
        rows.append([name, figure_words.few()] if one.hidden else [name, *numbers])
    return rows


def _definitions() -> Rows:
    rows: Rows = [[_("Mått"), _("Fråga"), _("Räknas"), _("Delat med"), _("Att tänka på")]]
    for spec in FIGURES.values():
        texts = (spec.name, spec.question, spec.counted, spec.among or "", spec.definition)
        rows.append([translated(one) for one in texts])
    return rows
