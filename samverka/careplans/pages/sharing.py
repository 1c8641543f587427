"""Share a plan, stop sharing it, and who takes part."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.access import reads as access
from samverka.access.actions import Action
from samverka.careplans import operations, reads
from samverka.careplans.forms import ShareForm, WithdrawForm
from samverka.careplans.pages.writing import to_part
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import MAY_NOT_SHARE
from samverka.kernel.problems import NotAllowed
from samverka.organisations.reads import UnitDetail
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried

PLACES = {"units": "unit", "readers": "unit"}
"""What the operations call the field."""


def _plan(
    request: HttpRequest, plan_id: UUID
) -> tuple[PlanDetail, list[UnitDetail], list[UnitDetail]]:
    actor = actor_of(request)
    access.may_open(actor, action=Action.PLAN_SHARE)
    plan, units, told = reads.plan_to_share(actor, plan_id=plan_id)
    if not plan.may_share:
        raise NotAllowed(MAY_NOT_SHARE)
    return plan, units, told


@require_http_methods(GET_POST)
def share(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Give the plan to others on the person's consent."""
    plan, units, told = _plan(request, plan_id)
    if request.method == "POST" and told and "consented" in request.POST:
        made = operations.share_plan(
            actor_of(request), plan_id=plan_id, unit_ids=[one.id for one in told]
        )
        toast(request, _("Planen är utlämnad. Varje ändring lämnas ut till samma enheter."))
        return to_part(made.id, "deltar")
    waiting = [str(one.unit_id) for one in plan.parties if not one.shared]
    form = ShareForm(
        request.POST if request.method == "POST" else None,
        plan=plan,
        units=units,
        initial={"parties": waiting, "given_by": plan.person.name},
    )

    def step() -> PlanDetail:
        return operations.share_plan(
            actor_of(request), plan_id=plan_id, unit_ids=form.unit_ids(), consent=form.consent()
        )

    if request.method == "POST" and form.is_valid() and tried(form, step, PLACES) is not None:
        toast(request, _("Planen är utlämnad. Varje ändring lämnas ut till samma enheter."))
        return to_part(plan_id, "deltar")
    context = {
        "plan": plan,
        "person": plan.person,
        "form": form,
        "told": [one.name for one in told],
    }
    return page(request, "careplans/share.html", context, status=status_of(form))


@require_http_methods(GET_POST)
def withdraw(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Note that the person has withdrawn the consent."""
    plan, _units, _told = _plan(request, plan_id)
    form = WithdrawForm(
        request.POST if request.method == "POST" else None, initial={"by": plan.person.name}
    )

    def step() -> PlanDetail:
        return operations.withdraw_sharing(
            actor_of(request), plan_id=plan_id, by=form.cleaned_data["by"]
        )

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Samtycket är återkallat. Inget mer lämnas ut."))
        return to_part(plan_id, "deltar")
    context = {"plan": plan, "person": plan.person, "form": form}
    return page(request, "careplans/withdraw.html", context, status=status_of(form))


@require_POST
def party_end(request: HttpRequest, plan_id: UUID, party_id: UUID) -> HttpResponse:
    """End a unit's part in the plan."""
    made = operations.remove_party(actor_of(request), party_id=party_id)
    toast(request, _("Enheten deltar inte längre."))
    return to_part(made.id, "deltar")
