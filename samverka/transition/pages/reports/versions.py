"""New versions of the questions and of the code book; what is answered and coded keeps the version it was made by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from django.forms import Form as Fields
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.access.actions import Action
from samverka.access.reads import may_open
from samverka.transition.forms.reports.versions import (
    NewQuestionForm,
    QuestionForm,
    VersionForm,
    code_forms,
    sent,
)
from samverka.transition.operations import reports as operations
from samverka.transition.reads import reports as reads
from samverka.transition.rules.reports.codes import codes_data
from samverka.transition.rules.reports.form import form_data
from samverka.transition.rules.reports.rounds import check_latest
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


@require_http_methods(GET_POST)
def questions(request: HttpRequest) -> HttpResponse:
    """The questions, each to be changed or taken away, and a new one."""
    actor = actor_of(request)
    may_open(actor, action=Action.ROUND_EDIT)
    found = reads.form_detail(actor)
    data = request.POST or None
    version = VersionForm(data, initial={"number": found.number})
    each = [
        QuestionForm(sent(data, f"{one.code}-words"), question=one) for one in found.form.questions
    ]
    new = NewQuestionForm(data, form=found.form)
    _check_latest(version, found.number)
    if request.method == "POST" and _whole([version, *each, new]):
        number = found.number + 1
        wanted = [*(one.changed(number) for one in each), new.made(number)]
        kept = tuple(one for one in wanted if one is not None)
        made = tried(
            version,
            lambda: operations.adopt_form(
                actor,
                definition=form_data(replace(found.form, questions=kept)),
                why=version.cleaned_data["why"],
                made_from=version.cleaned_data["number"],
            ),
        )
        if made:
            toast(request, _("Formuläret är sparat som version %(n)d. Nya omgångar ställer de frågorna.") % {"n": made})  # fmt: skip
            return redirect("transition:questions")
    headings = dict(found.form.areas)
    parts = [
        (headings[area], list(group))
        for area, group in groupby(each, key=lambda one: one.question.area)
    ]
    context = {"found": found, "version": version, "parts": parts, "new": new,
               "faulty": any(one.errors for one in each)}  # fmt: skip
    return page(
        request, "transition/report_form.html", context, status=_worst([version, *each, new])
    )


@require_http_methods(GET_POST)
def codebook(request: HttpRequest) -> HttpResponse:
    """The code book, each code to be changed or taken away, and new ones."""
    actor = actor_of(request)
    may_open(actor, action=Action.CODING_EDIT)
    found = reads.codebook_detail(actor)
    data = request.POST or None
    version = VersionForm(data, initial={"number": found.number})
    each = code_forms(data, found.codes)
    _check_latest(version, found.number)
    if request.method == "POST" and _whole([version, *each]):
        kept = [one for each_form in each if (one := each_form.wanted(found.number + 1))]
        made = tried(
            version,
            lambda: operations.adopt_codebook(
                actor,
                codes=codes_data(kept),
                why=version.cleaned_data["why"],
                made_from=version.cleaned_data["number"],
            ),
        )
        if made:
            toast(request, _("Kodboken är sparad som version %(n)d.") % {"n": made})
            return redirect("transition:codebook")
    context = {"found": found, "version": version, "each": each}
    return page(
        request, "transition/report_codebook.html", context, status=_worst([version, *each])
    )


def _check_latest(version: VersionForm, latest: int) -> None:
    """Say at once that someone else has made a version: before what that version has that this page has not."""
    if version.is_bound and version.is_valid():
        tried(version, lambda: check_latest(version.cleaned_data["number"], latest))


def _whole(forms: Iterable[Fields]) -> bool:
    """Whether every form can be read; each says its own faults."""
    faulty = [one for one in forms if not one.is_valid()]
    return not faulty


def _worst(forms: Iterable[Fields]) -> int:
    return max(status_of(one) for one in forms)
