"""A carer's own plan beside that of the one cared for: linked, and neither shown in the other."""

from __future__ import annotations

from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.careplans.models import CarerLink, Plan
from samverka.careplans.operations.writing import check_kept_here
from samverka.careplans.reads.plans import detail_of
from samverka.careplans.reads.rows import full_plans
from samverka.careplans.reads.values import PlanDetail
from samverka.careplans.rules import PlanKind
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotNow
from samverka.kernel.text import text as _


def link_carer(actor: Actor, *, plan_id: UUID, cared_plan_id: UUID) -> PlanDetail:
    """Note that a plan is that of a carer, and which plan the one cared for has.

    Only one who may write in both plans can do it, and only one who may see both ever sees it. The
    line in the log of either person says nothing of the other.
    """
    with act(actor, Action.PLAN_EDIT) as this:
        plan: Plan = this.row(Plan.objects, lock=True, id=plan_id)
        cared: Plan = this.row(Plan.objects, id=cared_plan_id)
        check_kept_here(plan)
        _check_link(plan, cared)
        CarerLink(
            plan=plan,
            person_id=plan.person_id,
            cared_plan=cared,
            made_at=actor.at,
            made_by=actor.name,
        ).save(force_insert=True)
        this.note(plan, linked=True)
        this.note(cared, linked=True)
        return detail_of(this, full_plans(actor).get(id=plan.id))


def _check_link(plan: Plan, cared: Plan) -> None:
    if plan.kind != PlanKind.CARER:
        raise NotNow(_("Bara en plan för stöd till anhörig kan kopplas så."))
    if plan.person_id == cared.person_id:
        raise NotNow(_("Planerna hör till samma person. Välj planen för den som får hjälp."))
    if CarerLink.objects.filter(plan=plan, cared_plan=cared, ended_at__isnull=True).exists():
        raise NotNow(_("Planerna är redan kopplade."))


def unlink_carer(actor: Actor, *, plan_id: UUID, cared_plan_id: UUID) -> PlanDetail:
    """Take away the link between a carer's plan and that of the one cared for; it stays in the trail."""
    with act(actor, Action.PLAN_EDIT) as this:
        plan: Plan = this.row(Plan.objects, lock=True, id=plan_id)
        cared: Plan = this.row(Plan.objects, id=cared_plan_id)
        found = CarerLink.objects.filter(plan=plan, cared_plan=cared, ended_at__isnull=True)
        row = found.first()
        if row is None:
            raise NotNow(_("Planerna är inte kopplade längre."))
        row.ended_at, row.ended_by = actor.at, actor.name
        row.save(update_fields=["ended_at", "ended_by"])
        this.note(plan, linked=False)
        this.note(cared, linked=False)
        return detail_of(this, full_plans(actor).get(id=plan.id))
