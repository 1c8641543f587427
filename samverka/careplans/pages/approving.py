"""The unit's own answer to a plan that it is asked to approve."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.careplans import operations, reads
from samverka.careplans.forms import ApprovalChangeForm
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import PlanStatus
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


@require_POST
def approve(request: HttpRequest, plan_id: UUID, approval_id: UUID) -> HttpResponse:
    """Approve the plan, with one click."""
    made = operations.approve_plan(actor_of(request), approval_id=approval_id)
    if made.status is PlanStatus.ACTIVE:
        toast(request, _("Alla enheter har justerat planen. Den gäller från i dag."))
    else:
        toast(request, _("Ni har justerat planen."))
    return redirect("careplans:plan", plan_id=made.id)


@require_http_methods(GET_POST)
def change(request: HttpRequest, plan_id: UUID, approval_id: UUID) -> HttpResponse:
    """Say what must change first."""
    actor = actor_of(request)
    plan = reads.plan(actor, plan_id=plan_id)
    form = ApprovalChangeForm(request.POST if request.method == "POST" else None)

    def step() -> PlanDetail:
        words = form.cleaned_data["words"]
        return operations.ask_for_change(actor, approval_id=approval_id, words=words)

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Skickat till dem som håller i planen."))
        return redirect("careplans:plan", plan_id=plan_id)
    context = {"plan": plan, "person": plan.person, "form": form}
    return page(request, "careplans/approve_change.html", context, status=status_of(form))
