"""Send what has changed, and keep parts of the plan outside what is given out."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.access import reads as access
from samverka.access.actions import Action
from samverka.careplans import operations, reads
from samverka.careplans.forms import KeepBackForm
from samverka.careplans.pages.writing import to_part
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import MAY_NOT_SHARE
from samverka.kernel.problems import NotAllowed
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


@require_POST
def send(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Send the changes to those who take part."""
    operations.send_plan(actor_of(request), plan_id=plan_id)
    toast(request, _("Ändringarna är skickade."))
    return to_part(plan_id, "deltar")


@require_http_methods(GET_POST)
def outside(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """What is not given out: the list, and one form to add to it."""
    actor = actor_of(request)
    access.may_open(actor, action=Action.PLAN_SHARE)
    plan = reads.plan(actor, plan_id=plan_id)
    if not plan.may_share:
        raise NotAllowed(MAY_NOT_SHARE)
    form = KeepBackForm(request.POST if request.method == "POST" else None, plan=plan)

    def step() -> PlanDetail:
        return operations.keep_back(actor, plan_id=plan_id, **form.values())

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Sparat. Det lämnas inte ut från nu."))
        return redirect("careplans:outside", plan_id=plan_id)
    context = {"plan": plan, "person": plan.person, "form": form}
    return page(request, "careplans/outside.html", context, status=status_of(form))


@require_POST
def give_out(request: HttpRequest, plan_id: UUID, withheld_id: UUID) -> HttpResponse:
    """Give out again what was kept back."""
    operations.give_out(actor_of(request), withheld_id=withheld_id)
    toast(request, _("Det lämnas ut igen, till dem som samtycket gäller."))
    return to_part(plan_id, "deltar")
