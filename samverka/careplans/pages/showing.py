"""Read: a person's plans, one plan, its versions, its print."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samverka.access import reads as access
from samverka.access.actions import Action
from samverka.careplans import operations, reads, rules
from samverka.careplans.forms import CommentForm, NewPlanForm
from samverka.careplans.reads import PlanDetail, PlanHistory
from samverka.careplans.rules import ChangeKind, PlanStatus
from samverka.kernel.problems import NotFound
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried

STAFF, PERSON = "web/base.html", "web/person_base.html"

STATUS_TONES = {
    PlanStatus.DRAFT: "neutral",
    PlanStatus.ACTIVE: "success",
    PlanStatus.ENDED: "neutral",
}
STATUS_ICONS = {
    PlanStatus.DRAFT: "pencil",
    PlanStatus.ACTIVE: "circle-check",
    PlanStatus.ENDED: "lock",
}


def base_of(request: HttpRequest) -> str:
    """The frame: the person's own pages are calm and large."""
    return PERSON if actor_of(request).is_person else STAFF


@require_safe
def list_plans(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A person's plans and contacts."""
    found = reads.person_plans(actor_of(request), person_id=person_id)
    context = {
        "base": base_of(request),
        "person": found.person,
        "found": found,
        "open_plans": [one for one in found.plans if one.status is not PlanStatus.ENDED],
        "ended_plans": [one for one in found.plans if one.status is PlanStatus.ENDED],
    } | _tones()
    return page(request, "careplans/list.html", context)


def _tones() -> dict[str, Any]:
    return {"tones": STATUS_TONES, "icons": STATUS_ICONS}


@require_http_methods(GET_POST)
def new(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Begin a plan: what matters to the person first."""
    actor = actor_of(request)
    access.may_open(actor, action=Action.PLAN_START)
    found = reads.person_plans(actor, person_id=person_id)
    kinds = rules.startable(actor.side, actor.branch) if actor.branch else ()
    form = NewPlanForm(request.POST or None, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        made = tried(
            form, lambda: operations.start_plan(actor, person_id=person_id, **form.values())
        )
        if made is not None:
            toast(request, _("Planen är påbörjad."))
            return redirect("careplans:plan", plan_id=made.id)
    ongoing = [one for one in found.plans if one.status is not PlanStatus.ENDED]
    context = {"person": found.person, "form": form, "ongoing": ongoing}
    return page(request, "careplans/new.html", context, status=status_of(form))


@require_safe
def plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """One plan: to write in for those who may, else to read."""
    return show_plan(request, reads.plan(actor_of(request), plan_id=plan_id))


def show_plan(
    request: HttpRequest,
    found: PlanDetail,
    *,
    open_part: str = "",
    form: Form | None = None,
    action: str = "",
    back: str = "",
    conflict: list[dict[str, object]] | None = None,
) -> HttpResponse:
    """The plan's page.

    Args:
        open_part: which part is being written in, with its form and where that is sent.
        back: where one came from, if not from the plan itself: the meeting's table.
        conflict: both texts, when someone else was first.
    """
    writable = found.may_edit
    context = {
        "base": base_of(request),
        "plan": found,
        "person": found.person,
        "open": open_part,
        "form": form,
        "action": action,
        "conflict": conflict,
        "comment_form": CommentForm(plan=found) if found.may_comment else None,
        "sections": rules.SECTION_WORDS,
        "goals": [(goal, found.activities_of(goal.id)) for goal in found.goals],
        "unread": [one for one in found.talks if _waits(one)],
        "read": [one for one in found.talks if not _waits(one)],
        "todo": [(one, _place(found, one)) for one in found.missing],
        "advised": _advised(found),
        "stopped": _stopped(request, found),
        "asks_attitude": asks(found, rules.Content.ATTITUDE),
        "template": _template(request, found),
        "may_group": _may_group(found),
        "asked": _asked(request, found),
        "asks_others": asks_others(found),
        "asks_responsible": found.responsible_id is not None
        or asks(found, rules.Content.RESPONSIBLE),
        "whole": bool(back),
        "back": back,
    } | _tones()
    template = "careplans/plan.html" if writable else "careplans/read.html"
    return page(request, template, context, status=status_of(form) if form else 200)


def _asked(request: HttpRequest, found: PlanDetail) -> reads.RequestDetail | None:
    """Why the plan was asked for, where somebody has asked."""
    if not found.requested:
        return None
    return reads.asked_why(actor_of(request), plan_id=found.id)


def _waits(one: reads.Talk) -> bool:
    """The person's words that nobody has taken care of."""
    return one.said.by_person and one.said.handled_at is None


def _advised(found: PlanDetail) -> dict[str, list[str]]:
    """What practice asks for, by the part of the page where one mends it."""
    lines: dict[str, list[str]] = {}
    for one in found.missing:
        if not one.blocking and one.what in _PLACES:
            lines.setdefault(_PLACES[one.what], []).append(one.sentence)
    return lines


def _stopped(request: HttpRequest, found: PlanDetail) -> reads.ConsentPage | None:
    """For a plan that holds and must no longer be shared: when the consent ended, what is still owed."""
    lacks = any(one.what is rules.Content.CONSENT for one in found.blocking)
    if not lacks or not found.may_share or found.status is not PlanStatus.ACTIVE:
        return None
    consent = reads.plan_consent(actor_of(request), plan_id=found.id)
    return consent if consent.stopped else None


def _template(request: HttpRequest, found: PlanDetail) -> reads.TemplateDetail | None:
    """The group's questions while the plan is being written."""
    if found.template is None or not found.may_edit or found.status is not PlanStatus.DRAFT:
        return None
    return reads.template(actor_of(request), group=found.template)


def _may_group(found: PlanDetail) -> bool:
    """Whether one can choose whose questions are at hand: those who keep a plan that is being begun."""
    own = found.may_edit and found.given is None
    return own and found.status is PlanStatus.DRAFT and bool(rules.offered(found.kind))


def asks(found: PlanDetail, what: rules.Content) -> bool:
    """Whether the law asks for that in a plan of this kind."""
    return what in rules.KINDS[found.kind].required


def asks_others(found: PlanDetail) -> bool:
    """Whether it is still open if someone else does anything (HSL 16:4 st. 4 p. 3)."""
    if not asks(found, rules.Content.OTHERS):
        return False
    return not any(one.owner_kind in rules.NAMED_OWNERS for one in found.activities)


_PLACES = {
    rules.Content.NEEDS: "needs",
    rules.Content.ATTITUDE: "attitude",
    rules.Content.LONG_GOALS: "mal",
    rules.Content.PREVENTIVE: "insatser",
    rules.Content.ACTIVITIES: "insatser",
    rules.Content.OWNERS: "insatser",
    rules.Content.OTHERS: "andra",
    rules.Content.BOTH_SIDES: "insatser",
    rules.Content.SOCIAL_SERVICE: "insatser",
    rules.Content.RESPONSIBLE: "ansvar",
    rules.Content.WISHES: "what_matters",
    rules.Content.GOALS: "mal",
    rules.Content.FOLLOW_UP: "uppfoljning",
    rules.Content.IF_WORSE: "if_worse",
}
"""Where on the page one mends what is missing."""


def _place(found: PlanDetail, one: rules.Missing) -> str:
    if one.what is rules.Content.MAIN_CONTACT:
        return reverse("careplans:contact_new", args=[found.person_id])
    if one.what is rules.Content.APPROVALS:
        return "#justering" if found.approvals else ""
    if one.what is rules.Content.CONSENT:
        return reverse("careplans:consent", args=[found.id]) if found.may_share else ""
    return f"#{_PLACES[one.what]}"


@require_safe
def print_plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The plan as the person sees it, on paper."""
    found = reads.plan(actor_of(request), plan_id=plan_id)
    context = {"base": base_of(request), "plan": found, "person": found.person}
    return page(request, "careplans/print.html", context)


@require_safe
def versions(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Who changed what and when."""
    found, words = reads.history_and_words(actor_of(request), plan_id=plan_id)
    began = _began(found) if actor_of(request).is_person else 0
    numbers = [one.number for one in found.versions]
    context = {
        "base": base_of(request),
        "history": found,
        "person": found.person,
        "words": words,
        "shown": [one for one in found.versions if one.number >= began],
        "older": [one for one in found.versions if one.number < began],
        "first_to": max(numbers, default=0),
        "first_from": max(numbers[1:2] or numbers, default=0),
    }
    return page(request, "careplans/versions.html", context)


def _began(found: PlanHistory) -> int:
    """The version with which the plan began to hold; 0: it has not."""
    held = [one.number for one in found.versions if one.change is ChangeKind.ACTIVATE]
    return max(held, default=0)


@require_safe
def compare(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Two versions beside each other: `?fran=1&till=3`."""
    old, new_one = _number(request, "fran"), _number(request, "till")
    found = reads.compare_versions(
        actor_of(request), plan_id=plan_id, old=min(old, new_one), new=max(old, new_one)
    )
    shown = [
        {
            "label": one.label,
            "before": one.before,
            "after": one.after,
            "pieces": rules.mark_words(one.before, one.after) if one.before and one.after else (),
        }
        for one in found.differences
    ]
    context = {
        "base": base_of(request),
        "compared": found,
        "person": found.person,
        "differences": shown,
    }
    return page(request, "careplans/compare.html", context)


def _number(request: HttpRequest, name: str) -> int:
    value = request.GET.get(name, "")
    if not value.isdecimal() or len(value) > 9:
        raise NotFound(rules.NO_SUCH_PART)
    return int(value)
