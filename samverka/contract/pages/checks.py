"""Pages for log reviewers: look through the log, draw lines by lot, document what was found (PDL 4:3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.access.reads import LogFilter, LogLine
from samverka.contract import operations, reads
from samverka.contract.forms import CloseForm, DrawForm, LogSearchForm
from samverka.contract.pages.shared import tried
from samverka.contract.rules import OUTCOME_WORDS, CheckKind, bare, months_back
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.people.reads import PersonLine, find_for_review
from samverka.web.door import actor_of, translated
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import status_of

GET_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_POST)
def review(request: HttpRequest) -> HttpResponse:
    """The care provider's log. A search is posted, so that no number stands in an address."""
    actor = actor_of(request)
    form = LogSearchForm(request.POST or None, today=local_date(actor.at))
    wanted = LogFilter()
    if form.is_bound and form.is_valid():
        wanted = form.wanted(_person_of(actor, form))
    number = _page_of(request)
    if "check" in request.POST and not form.errors:
        begun = operations.begin_check(actor, wanted=wanted, page=number)
        return redirect("contract:check", check_id=begun.id)
    found = reads.review(actor, wanted=wanted, page=number)
    context = {
        "rows": _rows(found.log.lines, found.persons),
        "more": found.log.more,
        "form": form,
        "number": number,
        "only": _only(wanted, found.log.lines),
    }
    return page(request, "contract/review.html", context, status=status_of(form))


def _only(wanted: LogFilter, lines: Iterable[LogLine]) -> str:
    """Name of the one of the staff whose lines are shown; empty when all are."""
    return next((line.who for line in lines), "–") if wanted.actor_id else ""


def _rows(
    lines: Iterable[LogLine], persons: Mapping[str, PersonLine]
) -> list[tuple[LogLine, str, PersonLine | None]]:
    """Each line with the deed in words, and whose data it was."""
    return [(line, bare(translated(line.words)), persons.get(line.person_id)) for line in lines]


NOBODY = "00000000-0000-0000-0000-000000000000"
"""Stands for one who is not known here, so that the search finds nothing instead of everything."""


def _person_of(actor: Actor, form: LogSearchForm) -> str:
    number = form.cleaned_data["identity"]
    if number is None:
        return ""
    found = find_for_review(actor, number=number)
    return str(found) if found else NOBODY


def _page_of(request: HttpRequest) -> int:
    text = request.POST.get("page") or request.POST.get("check", "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 6 else 1


@require_http_methods(GET_POST)
def checks(request: HttpRequest) -> HttpResponse:
    """The documented checks, and the months without one; draw lines by lot."""
    actor = actor_of(request)
    months = months_back(local_date(actor.at))
    form = DrawForm(request.POST or None, months=[(str(one), _month(one)) for one in months])
    if request.method == "POST" and form.is_valid():
        values = form.values()
        begun = tried(form, lambda: operations.draw_check(actor, **values))
        if begun is not None:
            return redirect("contract:check", check_id=begun.id)
    found = reads.list_log_checks(actor)
    context = {
        "checks": found.checks,
        "unchecked": [_month(one) for one in found.unchecked],
        "outcomes": OUTCOME_WORDS,
        "form": form,
        "sample": CheckKind.SAMPLE,
    }
    return page(request, "contract/checks.html", context, status=status_of(form))


def _month(first: date) -> str:
    return date_format(first, "F Y")


@require_http_methods(GET_POST)
def check(request: HttpRequest, check_id: UUID) -> HttpResponse:
    """One check with its lines; document what it showed."""
    actor = actor_of(request)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        done = tried(form, lambda: operations.close_check(actor, check_id=check_id, **values))
        if done is not None:
            toast(request, _("Kontrollen är dokumenterad."))
            return redirect("contract:checks")
    found = reads.log_check(actor, check_id=check_id)
    context = {
        "rows": _rows(found.lines, found.persons),
        "check": found.check,
        "outcomes": OUTCOME_WORDS,
        "form": form,
    }
    return page(request, "contract/check.html", context, status=status_of(form))
