"""The reserve routine: the unit's locked list, its password, and what is entered after a stop."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samverka.access.act import permits
from samverka.access.actions import Action
from samverka.discharge import operations, reads
from samverka.discharge.forms import (
    PasswordForm,
    afterwards_form,
    chosen_units,
    judged_initial,
    send_initial,
)
from samverka.discharge.pages.cases import SAID, kind_of
from samverka.discharge.pages.telling import send_by
from samverka.discharge.reads import CaseDetail, ReserveDetail
from samverka.discharge.rules.messages import KIND_WORDS, Fact
from samverka.discharge.rules.sealing import is_stale
from samverka.web.door import actor_of, not_kept, translated
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


@require_http_methods(GET_POST)
@not_kept
def reserve(request: HttpRequest) -> HttpResponse:
    """When the unit's list was last written, the file itself, and its password."""
    actor = actor_of(request)
    may_set = permits(actor, Action.RESERVE_SET)
    form = PasswordForm(request.POST or None) if may_set else None

    def step() -> ReserveDetail:
        return operations.set_reserve_password(actor, **form.cleaned_data)  # type: ignore[union-attr]

    if request.method == "POST":
        if form is None:
            operations.set_reserve_password(actor, password="", again="")  # says why not
        elif form.is_valid() and tried(form, step) is not None:
            toast(request, _("Lösenordet är satt. Listan skrivs inom 15 minuter."))
            return redirect("discharge:reserve")
    found = reads.reserve(actor)
    context = {
        "reserve": found,
        "form": form,
        "stale": found and is_stale(found.written_at or found.set_at, actor.at),
    }
    status = status_of(form) if form is not None else 200
    return page(request, "discharge/reserve.html", context, status=status)


@require_safe
def reserve_file(request: HttpRequest) -> HttpResponse:
    """The unit's locked list, to keep where the server is not needed."""
    text = reads.reserve_file(actor_of(request), folder=settings.SAMVERKA_RESERVE)
    response = HttpResponse(text, content_type="application/octet-stream")
    response["Content-Disposition"] = 'attachment; filename="reservlista.html"'
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def afterwards_kinds(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Which message it was that went by paper or telephone."""
    found = reads.case(actor_of(request), case_id=case_id)
    context = {"case": found, "person": found.person}
    return page(request, "discharge/afterwards.html", context | SAID)


@require_http_methods(GET_POST)
def afterwards(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """Enter one message that went by paper or telephone, with its real time."""
    actor, what = actor_of(request), kind_of(kind)
    chosen = chosen_units(request.POST) if request.method == "POST" else None
    found, receivers = reads.case_and_receivers(actor, case_id=case_id, kind=what, chosen=chosen)
    form = afterwards_form(what)(
        request.POST or None,
        kind=what,
        receivers=receivers,
        left=found.left,
        part=found.case.own_part,
        initial=send_initial(found.case, what, actor.at) | judged_initial(found.case, what),
    )

    def step() -> CaseDetail:
        return send_by(actor, case_id, form)

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        words = translated(KIND_WORDS[what])
        toast(request, _("Inskrivet: %(message)s.") % {"message": words})
        return redirect("discharge:case", case_id=case_id)
    context = {"form": form, "case": found.case, "person": found.case.person}
    context |= {"kind": what, "spec": form.spec, "receivers": receivers, "afterwards": True}
    context["left"] = found.left if Fact.ANYWAY.value in form.fields else ()
    return page(request, "discharge/send.html", context | SAID, status=status_of(form))
