"""Approval of a plan by the units that answer for its measures: asked, given, or a change wanted (LPT 7 a §)."""

from __future__ import annotations

from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.careplans import rules
from samverka.careplans.models import Approval, Plan
from samverka.careplans.operations.keeping import keep_plan_tasks
from samverka.careplans.operations.writing import finish, open_plan, text_of
from samverka.careplans.reads.facts import plan_facts
from samverka.careplans.reads.plans import detail_of
from samverka.careplans.reads.rows import full_plans
from samverka.careplans.reads.values import PlanDetail
from samverka.careplans.rules import APPROVAL_LENGTH, ApprovalStatus, ChangeKind, PlanStatus
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import NotNow
from samverka.kernel.text import text as _


def ask_approvals(this: Act, plan: Plan, facts: rules.PlanFacts) -> bool:
    """Ask the units that have not approved the plan; whether it waits for anybody but the asker's own unit.

    Raises:
        NotNow: they have been asked already, and nobody has asked for a change.
    """
    if not rules.asks_approval(facts.kind):
        return False
    if facts.approvals and not rules.may_ask(facts):
        names = ", ".join(one.name for one in rules.waiting_units(facts))
        raise NotNow(_("Planen väntar på att justeras av: %(names)s.", names=names))
    waiting = {one.unit_id for one in rules.waiting_units(facts)}
    current = Approval.objects.filter(plan=plan, lapsed_at__isnull=True)
    current.filter(unit_id__in=waiting).update(lapsed_at=this.actor.at)
    Approval.objects.bulk_create(_asked(this, plan, unit_id) for unit_id in sorted(waiting))
    return bool(waiting - {this.actor.unit_id})


def _asked(this: Act, plan: Plan, unit_id: UUID) -> Approval:
    """The unit that asks stands by what it sends."""
    actor = this.actor
    row = Approval(
        plan=plan,
        person_id=plan.person_id,
        unit_id=unit_id,
        version=plan.version,
        asked_at=actor.at,
        asked_by=actor.name,
    )
    if unit_id == actor.unit_id:
        row.status = ApprovalStatus.APPROVED
        row.answered_at, row.answered_by = actor.at, actor.name
    return row


def approve_plan(actor: Actor, *, approval_id: UUID) -> PlanDetail:
    """Approve the plan for the own unit. It holds from when all units have approved it (LPT 7 a §)."""
    with act(actor, Action.PLAN_APPROVE) as this:
        row = _answered(this, approval_id, ApprovalStatus.APPROVED)
        plan = row.plan
        facts = plan_facts(full_plans(actor).get(id=plan.id), local_date(actor.at))
        if rules.waiting_units(facts):
            return kept(this, plan, ApprovalStatus.APPROVED)
        rules.check_complete(facts)
        plan.status = PlanStatus.ACTIVE
        plan.established_at, plan.established_by = actor.at, row.asked_by
        return finish(this, plan, ChangeKind.ACTIVATE)


def ask_for_change(actor: Actor, *, approval_id: UUID, words: str) -> PlanDetail:
    """Say, for the own unit, what must change before it approves the plan."""
    with act(actor, Action.PLAN_APPROVE) as this:
        row = _answered(this, approval_id, ApprovalStatus.CHANGE, words)
        return kept(this, row.plan, ApprovalStatus.CHANGE)


def _answered(this: Act, approval_id: UUID, answer: ApprovalStatus, words: str = "") -> Approval:
    """The unit's answer, with who and when; the plan is locked, so that two last ones see each other."""
    actor = this.actor
    found: Approval = this.row(Approval.objects, id=approval_id)
    plan = open_plan(this, found.plan_id)
    row = Approval.objects.get(
        id=approval_id
    )  # read again: another may have written before the lock
    if plan.status != PlanStatus.DRAFT:
        raise NotNow(_("Planen gäller redan."))
    rules.check_approval(
        ApprovalStatus(row.status),
        answer,
        own=actor.is_staff and row.unit_id == actor.unit_id,
        lapsed=row.lapsed_at is not None,
        words=words,
    )
    row.plan = plan
    row.status, row.words = answer, text_of(words, "words", APPROVAL_LENGTH)
    row.answered_at, row.answered_by = actor.at, actor.name
    row.save()
    return row


def kept(this: Act, plan: Plan, status: ApprovalStatus) -> PlanDetail:
    """No new version: what the plan says is the same. The tasks follow."""
    row = full_plans(this.actor).get(id=plan.id)
    keep_plan_tasks(this, row)
    this.note(plan, approval=status.value, version=plan.version)
    return detail_of(this, row)
