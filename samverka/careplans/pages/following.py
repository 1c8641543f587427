"""Follow a plan up, say why it was changed, merge two plans, link a carer's, templates of groups."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverka.access import reads as access
from samverka.access.act import permits
from samverka.access.actions import Action
from samverka.careplans import operations, reads, rules
from samverka.careplans.forms import (
    CarerForm,
    ExplainForm,
    MergeAnswerForm,
    MergeForm,
    ReviewForm,
    TemplateForm,
    template_initial,
)
from samverka.careplans.pages.showing import base_of
from samverka.careplans.pages.writing import to_part
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import Group, PlanKind, PlanStatus
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Conflict, NotAllowed, NotFound
from samverka.web.door import actor_of, translated
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


def _said(form: ReviewForm | TemplateForm, lost: Conflict) -> None:
    """Another was first: said on the form, where all that was typed still stands."""
    form.add_error(None, translated(lost.message))


# ── follow up ──


@require_http_methods(GET_POST)
def review(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The plan's follow-ups, and the form for a new one for those who write in the plan."""
    actor = actor_of(request)
    plan = reads.plan(actor, plan_id=plan_id)
    may = plan.may_edit and plan.status is PlanStatus.ACTIVE
    if request.method == "POST" and not may:
        raise NotAllowed(rules.MAY_NOT_WRITE)
    today = local_date(actor.at)
    start = {"on": today, "next_on": reads.suggested_follow_up(today)}
    form = ReviewForm(request.POST if request.method == "POST" else None, plan=plan, initial=start)

    def step() -> PlanDetail | None:
        try:
            return operations.follow_up_plan(actor, plan_id=plan_id, **form.values())
        except Conflict as lost:
            _said(form, lost)
            return None

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Uppföljningen är sparad. Planen har en ny version."))
        return to_part(plan_id, "uppfoljning")
    context = {
        "base": base_of(request),
        "plan": plan,
        "person": plan.person,
        "form": form if may else None,
        "found": reads.follow_ups(actor, plan_id=plan_id),
    }
    return page(request, "careplans/review.html", context, status=status_of(form))


@require_http_methods(GET_POST)
def explain(request: HttpRequest, plan_id: UUID, version: int) -> HttpResponse:
    """Write why one made a version."""
    actor = actor_of(request)
    plan = reads.plan(actor, plan_id=plan_id)
    form = ExplainForm(request.POST if request.method == "POST" else None)

    def step() -> PlanDetail:
        why = form.cleaned_data["why"]
        return operations.explain_change(actor, plan_id=plan_id, version=version, why=why)

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Sparat."))
        return redirect("careplans:versions", plan_id=plan_id)
    context = {"plan": plan, "person": plan.person, "form": form, "version": version}
    return page(request, "careplans/explain.html", context, status=status_of(form))


@require_POST
def told(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Note that the other huvudman has been told (LSS 10 §)."""
    operations.note_told(actor_of(request), plan_id=plan_id)
    toast(request, _("Noterat att den andra huvudmannen är underrättad."))
    return to_part(plan_id)


# ── merge ──


@require_http_methods(GET_POST)
def merge(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Let another of the person's plans become part of this one."""
    actor = actor_of(request)
    access.may_open(actor, action=Action.PLAN_EDIT)
    plan, found = reads.plan_and_merge_choices(actor, plan_id=plan_id)
    if not plan.may_edit:
        raise NotAllowed(rules.MAY_NOT_WRITE)
    form = MergeForm(request.POST if request.method == "POST" else None, found=found)

    def step() -> PlanDetail:
        return operations.merge_plans(actor, plan_id=plan_id, **form.values())

    if request.method == "POST" and form.is_valid():
        made = tried(form, step)
        if made is not None:
            done = made.version > plan.version
            toast(
                request,
                _("Planerna är en plan nu.")
                if done
                else _("Frågan är ställd till dem som håller i den andra planen."),
            )
            return to_part(plan_id)
    context = {"plan": plan, "person": plan.person, "form": form, "found": found}
    return page(request, "careplans/merge.html", context, status=status_of(form))


@require_http_methods(GET_POST)
def merge_answer(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """Answer those who want a plan that one keeps to become part of theirs."""
    actor = actor_of(request)
    access.may_open(actor, action=Action.PLAN_EDIT)
    ask = reads.merge_ask(actor, ask_id=ask_id)
    form = MergeAnswerForm(request.POST if request.method == "POST" else None)

    def step() -> PlanDetail:
        return operations.answer_merge(actor, ask_id=ask_id, **form.values())

    if request.method == "POST" and form.is_valid():
        made = tried(form, step)
        if made is not None:
            toast(request, _("Svaret är sparat."))
            return to_part(made.id)
    context = {"ask": ask, "person": ask.plan.person, "form": form}
    return page(request, "careplans/merge_answer.html", context, status=status_of(form))


# ── a carer's plan ──


@require_http_methods(GET_POST)
def carer(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Which plans a carer's plan is linked to, for one who may see both."""
    actor = actor_of(request)
    access.may_open(actor, action=Action.PLAN_EDIT)
    plan = reads.plan(actor, plan_id=plan_id)
    may = plan.may_edit and plan.kind is PlanKind.CARER
    plans = reads.carer_choices(actor, plan_id=plan_id) if may else []
    form = CarerForm(request.POST if request.method == "POST" else None, plans=plans)

    def step() -> PlanDetail:
        return operations.link_carer(actor, plan_id=plan_id, cared_plan_id=form.cared_id())

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Planerna är kopplade."))
        return redirect("careplans:carer", plan_id=plan_id)
    context = {
        "plan": plan,
        "person": plan.person,
        "form": form if may else None,
        "found": reads.carer_plans(actor, plan_id=plan_id),
    }
    return page(request, "careplans/carer.html", context, status=status_of(form))


@require_POST
def carer_end(request: HttpRequest, plan_id: UUID, cared_id: UUID) -> HttpResponse:
    """Take a link away."""
    operations.unlink_carer(actor_of(request), plan_id=plan_id, cared_plan_id=cared_id)
    toast(request, _("Planerna är inte kopplade längre."))
    return redirect("careplans:carer", plan_id=plan_id)


# ── templates ──


def _group(code: str) -> Group:
    if code not in {one.value for one in Group}:
        raise NotFound(_("Det finns ingen sådan mall."))
    return Group(code)


@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """The county's templates of groups."""
    actor = actor_of(request)
    found = reads.list_templates(actor)
    may = permits(actor, Action.ORGANISATION_EDIT)
    return page(request, "careplans/templates.html", {"found": found, "may_edit": may})


@require_http_methods(GET_POST)
def template_edit(request: HttpRequest, group: str) -> HttpResponse:
    """Change a group's template."""
    actor, which = actor_of(request), _group(group)
    access.may_open(actor, action=Action.ORGANISATION_EDIT)
    found = reads.template(actor, group=which)
    form = TemplateForm(
        request.POST if request.method == "POST" else None, initial=template_initial(found)
    )

    def step() -> reads.TemplateDetail | None:
        try:
            return operations.edit_template(actor, group=which, **form.values())
        except Conflict as lost:
            _said(form, lost)
            return None

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Mallen är sparad."))
        return redirect("careplans:templates")
    context = {"found": found, "form": form}
    return page(request, "careplans/template_edit.html", context, status=status_of(form))


@require_POST
def template_reset(request: HttpRequest, group: str) -> HttpResponse:
    """Take back the words that the template was shipped with."""
    operations.reset_template(actor_of(request), group=_group(group))
    toast(request, _("Mallen har de ord som den hade från början."))
    return redirect("careplans:templates")
