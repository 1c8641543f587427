"""The plan of a stay: who the fast vårdkontakt is, how far the plan has come, and the call to its meeting."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samverka.careplans.rules import KINDS
from samverka.discharge import operations, reads
from samverka.discharge.pages.cases import BY_HAND, SAID
from samverka.discharge.reads import CasePlan
from samverka.discharge.rules.messages import MessageKind
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast


@require_safe
def plan(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The plan beside the case."""
    found, planned = reads.case_plan(actor_of(request), case_id=case_id)
    context = {
        "case": found,
        "person": found.person,
        "planned": planned,
        "kind_name": KINDS[planned.kind].words,
        "section": KINDS[planned.kind].section,
        "consent_url": _consent_url(planned),
        "by_hand": BY_HAND,
        "may_send_call": MessageKind.CALL in found.may_send,
    }
    return page(request, "discharge/plan.html", context | SAID)


def _consent_url(planned: CasePlan) -> str:
    """The question of consent, with the case's units chosen already."""
    if planned.plan is None or planned.plan.consent or not planned.plan.own:
        return ""
    asked = urlencode({"enhet": [str(one) for one in planned.units]}, doseq=True)
    return f"{reverse('careplans:consent_ask', args=[planned.plan.id])}?{asked}"


@require_POST
def begin(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One press: the plan is begun with what is known."""
    operations.start_case_plan(actor_of(request), case_id=case_id)
    toast(request, _("Planen är påbörjad. Fråga nu om samtycke, och kalla sedan."))
    return redirect("discharge:plan", case_id=case_id)


@require_POST
def tell_contact(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One press: all know who the fast vårdkontakt is."""
    operations.tell_contact(actor_of(request), case_id=case_id)
    toast(request, _("De som deltar vet nu vem som är fast vårdkontakt."))
    if request.POST.get("fran") == "tavlan":
        return redirect("discharge:board")
    return redirect("discharge:plan", case_id=case_id)
