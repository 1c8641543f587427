"""The county's own measures: a list, a form, a trial on last year, versions side by side, files."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverka.indicators import operations, reads
from samverka.indicators.forms.choosing import draft_posted, shape_of
from samverka.indicators.forms.measures import FileForm, MeasureForm, filled
from samverka.indicators.operations.measures import COLUMNS
from samverka.indicators.pages import saying
from samverka.indicators.pages.choosing import groups_of, kept_words, parts_of
from samverka.indicators.reads import MeasureLine, MeasuresDetail, VersionLine
from samverka.indicators.rules.figures import Reckoned
from samverka.indicators.rules.measures import Measure, as_data, as_toml, changes, measures_of
from samverka.indicators.rules.numbers import in_words
from samverka.kernel.problems import NotAllowed, NotFound
from samverka.kernel.text import text
from samverka.web.door import actor_of, translated
from samverka.web.page import page
from samverka.web.sheets import sent
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried

LARGEST = 200_000
"""Bytes of a file of measures: seventy measures take a third of it."""


@require_http_methods(GET_POST)
def measures(request: HttpRequest) -> HttpResponse:
    """Every measure; and one from a file."""
    found = reads.measures(actor_of(request))
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = tried(form, lambda: _from_file(form.cleaned_data["file"]))
        if given is not None:
            return _edited(request, found, MeasureForm(initial=filled(given, code=given.code)))
    context = {"found": found, "form": form}
    return page(request, "indicators/measures.html", context, status=status_of(form))


def _from_file(file: object) -> Measure:
    body = file.read(LARGEST)  # type: ignore[attr-defined]
    name = str(getattr(file, "name", ""))[:60]
    found = measures_of(body.decode("utf-8", "replace"), COLUMNS, file=name)
    if not found:
        raise NotFound(text("Filen har inget mått."))
    return found[0]


@require_http_methods(GET_POST)
def new(request: HttpRequest) -> HttpResponse:
    """A measure of the county's own: try it, then take it into use."""
    actor = actor_of(request)
    found = reads.measures(actor)
    if not found.may_edit:
        raise NotAllowed(text("Länets mått görs av regionen."))
    if "change" in request.POST:
        return _edited(request, found, _changed(request.POST))
    form = MeasureForm(request.POST or None, initial=_begun(request, found))
    if request.method != "POST" or not form.is_valid() or form.measure is None:
        return _edited(request, found, form)
    if "try" in request.POST:
        return _edited(request, found, form, form.measure)
    data, why = as_data(form.measure), form.cleaned_data["why"]

    def step() -> VersionLine:
        return operations.keep_measure(actor, data=data, why=why)

    if tried(form, step) is None:
        return _edited(request, found, form)
    toast(request, _("Måttet är i bruk. Siffrorna kommer efter nästa natt."))
    return redirect("indicators:measures")


def _begun(request: HttpRequest, found: MeasuresDetail) -> dict[str, object]:
    """From a measure that there is: the county's own goes on with its code, a shipped one gets a new."""
    line = _line(found, request.GET.get("fran", ""))
    if line is None:
        return {}
    own = line in found.own
    return filled(line.measure, code=line.measure.code if own else f"eget-{line.measure.code}")


def _changed(given: QueryDict) -> MeasureForm:
    """What has been filled in so far, with a condition more or less, or another way to count."""
    word = given.get("change", "")
    draft = draft_posted(shape_of(given.get("shape")), given)
    group = word.removeprefix("add:")
    draft = draft.changed(word, given.get(f"{group}-new", ""))
    return MeasureForm(
        initial={name: given.get(name) for name in MeasureForm.base_fields}, draft=draft
    )


def _line(found: MeasuresDetail, code: str) -> MeasureLine | None:
    return next((one for one in (*found.own, *found.shipped) if one.measure.code == code), None)


def _edited(
    request: HttpRequest, found: MeasuresDetail, form: MeasureForm, measure: Measure | None = None
) -> HttpResponse:  # fmt: skip
    """The form, and what a trial says."""
    before = _line(found, measure.code) if measure else None
    trial = None
    if measure is not None:
        folder = Path(settings.SAMVERKA_WAREHOUSE)
        trial = tried(
            form, lambda: reads.tried_measure(actor_of(request), measure=measure, folder=folder)
        )
    context = {
        "form": form,
        "fields": parts_of(form),
        "groups": list(groups_of(form.draft)),
        "rest": json.dumps(form.draft.rest) if form.draft.rest else "",
        "kept": kept_words(form.draft),
        "tried": [
            (saying.period_words(measure, one.period), _said(one.figure, one.refused, measure))
            for one in trial.periods
        ] if trial and measure else [],
        "trial_notes": [translated(one) for one in trial.notes] if trial else [],
        "changes": [translated(one.words) for one in changes(before.measure, measure)]
        if before and measure else [],
        "was_tried": trial is not None,
        "action": reverse("indicators:measure_new"),
    }  # fmt: skip
    return page(request, "indicators/measure.html", context, status=status_of(form))


def _said(figure: Reckoned | None, refused: str | None, measure: Measure) -> str:
    if refused:
        return translated(refused)
    if figure is None:
        return _("Uppgift saknas")
    value, many = figure.value, (figure.numerator, figure.denominator)
    if 0 < many[0] < measure.smallest or 0 < many[1] - many[0] < measure.smallest:
        return _("Visas inte: för få personer")
    return f"{in_words(value, measure.decimals)} {measure.unit_words} ({many[0]} / {many[1]})"


@require_safe
def file(request: HttpRequest, code: str) -> HttpResponse:
    """A measure as a file that another county can read in."""
    line = _line(reads.measures(actor_of(request)), code)
    if line is None:
        raise NotFound(text("Måttet finns inte."))
    return sent(as_toml(line.measure).encode(), "application/toml", f"{code}.toml")


@require_POST
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Stop showing a measure of the county's own."""
    operations.retire_measure(actor_of(request), code=code)
    toast(request, _("Måttet visas inte längre. Versionerna finns kvar."))
    return redirect("indicators:measures")
