"""Persons who likely need a plan: the unit's list to work through."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samverka.careplans.operations import answer_suggestion
from samverka.careplans.rules import SUGGESTION_WORDS, SuggestionAnswerKind
from samverka.contract import reads
from samverka.contract.forms import NotNowForm
from samverka.contract.pages.shared import tried
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The list: start a plan, not now, or ask the person."""
    return _shown(request)


def _shown(
    request: HttpRequest, person_id: UUID | None = None, form: forms.Form | None = None
) -> HttpResponse:
    found = reads.suggested_persons(actor_of(request))
    context: dict[str, Any] = {
        "found": found,
        "lines": [
            (one, form if one.person.id == person_id else NotNowForm(auto_id=f"id_{n}_%s"))
            for n, one in enumerate(found.persons)
        ],
        "open_id": person_id,
        "answers": SUGGESTION_WORDS,
    }
    status = 422 if form is not None else 200
    return page(request, "contract/suggestions.html", context, status=status)


@require_POST
def answer(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What the unit answers about one person; it is not suggested again until then."""
    actor = actor_of(request)
    if request.POST.get("svar") == SuggestionAnswerKind.ASKED:
        answer_suggestion(actor, person_id=person_id, answer=SuggestionAnswerKind.ASKED)
        toast(request, _("Personen ser frågan på Min sida."))
        return redirect("contract:suggestions")
    form = NotNowForm(request.POST)

    def step() -> date:
        kind = SuggestionAnswerKind.NOT_NOW
        return answer_suggestion(actor, person_id=person_id, answer=kind, **form.cleaned_data)

    if form.is_valid() and tried(form, step) is not None:
        toast(request, _("Sparat. Personen föreslås inte igen förrän då."))
        return redirect("contract:suggestions")
    return _shown(request, person_id, form)
