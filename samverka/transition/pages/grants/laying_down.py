"""Pages where an agreement is laid down: itself, its documents, its areas with their pots."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.transition import operations, reads
from samverka.transition.forms.grants.laying_down import AgreementForm, AreaForm, DocumentForm
from samverka.transition.reads import AgreementDetail, PotLine
from samverka.transition.rules.grants.choosing import RECEIVER_WORDS
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


@require_http_methods(GET_POST)
def new_agreement(request: HttpRequest) -> HttpResponse:
    """Enter an agreement; its documents and pots follow on its own page."""
    actor = actor_of(request)
    reads.may_open_laying_down(actor)
    form = AgreementForm(request.POST or None)

    def step() -> Any:
        return operations.register_agreement(actor, **form.cleaned_data)

    if request.method == "POST" and form.is_valid():
        made = tried(form, step)
        if made is not None:
            toast(request, _("Överenskommelsen är inlagd. Lägg in områden och dokument."))
            return redirect("transition:grant_agreement", made.id)
    status = status_of(form)
    return page(request, "transition/grant_agreement_new.html", {"form": form}, status=status)


@require_http_methods(GET_POST)
def area(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Enter what an area holds in a year, or change it while it has not been shared out."""
    actor = actor_of(request)
    reads.may_open_laying_down(actor)
    found = reads.grant_agreement(actor, agreement_id=agreement_id)
    there = _same_area(found, request.GET.get("pott", ""))
    form = AreaForm(request.POST or None, head=found.head, pots=there)

    def step() -> Any:
        return operations.set_area(actor, agreement_id=agreement_id, **form.values())

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Området är inlagt."))
        return redirect("transition:grant_agreement", agreement_id)
    context = {"found": found, "form": form, "there": there}
    return page(request, "transition/grant_area.html", context, status=status_of(form))


def _same_area(found: AgreementDetail, pot_id: str) -> list[PotLine]:
    """The pots of the same area and year as the one that is asked for."""
    asked = next((one for one in found.pots if str(one.id) == pot_id), None)
    if asked is None:
        return []
    return [one for one in found.pots if (one.area, one.year) == (asked.area, asked.year)]


@require_http_methods(GET_POST)
def document(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Enter a document of an agreement."""
    actor = actor_of(request)
    form = DocumentForm(request.POST or None)

    def step() -> Any:
        return operations.add_document(actor, agreement_id=agreement_id, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Dokumentet är inlagt."))
        return redirect("transition:grant_agreement", agreement_id)
    found = reads.grant_agreement(actor, agreement_id=agreement_id)
    context = {"found": found, "receivers": RECEIVER_WORDS, "document_form": form}
    return page(request, "transition/grant_agreement.html", context, status=status_of(form))
