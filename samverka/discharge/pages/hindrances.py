"""Days when the region's open care was not ready: note them, and say when they ended."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.discharge import operations, reads
from samverka.discharge.forms import EndHindranceForm, HindranceForm
from samverka.discharge.reads import HindranceDetail
from samverka.kernel.calendar import local_date
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


@require_http_methods(GET_POST)
def note(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Something that the region's open care answers for is not there."""
    actor = actor_of(request)
    found = reads.case(actor, case_id=case_id)
    form = HindranceForm(request.POST or None, initial={"first": local_date(actor.at)})

    def step() -> HindranceDetail:
        data = form.cleaned_data
        return operations.note_blocked(
            actor,
            case_id=case_id,
            first=data["first"],
            last=data["last"],
            reason=data["reason"],
        )

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Hindret är noterat."))
        return redirect("discharge:case", case_id=case_id)
    context = {"form": form, "case": found, "person": found.person, "hindrance": None}
    return page(request, "discharge/hindrance.html", context, status=status_of(form))


@require_http_methods(GET_POST)
def end(request: HttpRequest, hindrance_id: UUID) -> HttpResponse:
    """The hindrance is over."""
    actor = actor_of(request)
    hindrance, found = reads.hindrance(actor, hindrance_id=hindrance_id)
    form = EndHindranceForm(request.POST or None, initial={"last": local_date(actor.at)})

    def step() -> HindranceDetail:
        return operations.end_blocked(
            actor, hindrance_id=hindrance_id, last=form.cleaned_data["last"]
        )

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Hindret är avslutat."))
        return redirect("discharge:case", case_id=hindrance.case_id)
    context = {"form": form, "case": found, "person": found.person, "hindrance": hindrance}
    return page(request, "discharge/hindrance.html", context, status=status_of(form))
