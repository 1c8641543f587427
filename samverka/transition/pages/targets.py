"""Pages of target pictures, strategies and actions."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samverka.access.actions import Action
from samverka.access.reads import may_open
from samverka.transition.forms.targets import ActionForm, FollowUpForm, TargetForm
from samverka.transition.operations import targets as operations
from samverka.transition.reads import targets as reads
from samverka.transition.rules.targets import ACTION_WORDS, TARGET_WORDS, check_file
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.sheets import sent
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried

WORDS = {
    "kind_words": TARGET_WORDS,
    "action_words": ACTION_WORDS,
    "tones": {"planned": "neutral", "going": "info", "done": "success", "stopped": "neutral"},
}


@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    """The county's target pictures and strategies."""
    found, may_add = reads.list_targets(actor_of(request))
    context = {"targets": found, "may_add": may_add, **WORDS}
    return page(request, "transition/target_list.html", context)


@require_safe
def target(request: HttpRequest, target_id: UUID) -> HttpResponse:
    """One target picture and how it goes."""
    found = reads.target_detail(actor_of(request), target_id=target_id)
    return _shown(request, found, ActionForm())


def _shown(
    request: HttpRequest,
    found: reads.TargetDetail,
    action: ActionForm,
    follow_up: tuple[UUID, FollowUpForm] | None = None,
) -> HttpResponse:
    wrong_id, wrong = follow_up or (None, FollowUpForm())
    actions = [
        (
            one,
            wrong if one.id == wrong_id else FollowUpForm(initial={"status": one.status.value}),
        )
        for one in found.actions
    ]
    context = {"found": found, "actions": actions, "form": action, "wrong_id": wrong_id, **WORDS}
    status = max(status_of(action), status_of(wrong))
    return page(request, "transition/target.html", context, status=status)


@require_http_methods(GET_POST)
def new_target(request: HttpRequest) -> HttpResponse:
    """Add a target picture."""
    actor = actor_of(request)
    may_open(actor, action=Action.TARGET_EDIT)
    form = TargetForm(request.POST or None, request.FILES or None, names=reads.backers(actor))
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: operations.decide_target(actor, **form.values()))
        if made is not None:
            toast(request, _("Målbilden är inlagd."))
            return redirect("transition:target", target_id=made.line.id)
    context = {"form": form, "found": None}
    return page(request, "transition/target_edit.html", context, status=status_of(form))


@require_http_methods(GET_POST)
def edit_target(request: HttpRequest, target_id: UUID) -> HttpResponse:
    """Keep a new version of a target picture."""
    actor = actor_of(request)
    may_open(actor, action=Action.TARGET_EDIT)
    found = reads.target_detail(actor, target_id=target_id)
    names = reads.backers(actor, county=found.county)
    form = TargetForm(request.POST or None, request.FILES or None, names=names, found=found)
    if request.method == "POST" and form.is_valid():

        def step() -> reads.TargetDetail:
            return operations.change_target(actor, target_id=target_id, **form.values())

        if tried(form, step) is not None:
            toast(request, _("Den nya versionen är sparad."))
            return redirect("transition:target", target_id=target_id)
    context = {"form": form, "found": found}
    return page(request, "transition/target_edit.html", context, status=status_of(form))


@require_safe
def target_file(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """The decision as a file."""
    found = reads.target_file(actor_of(request), version_id=version_id)
    name = found.name.replace('"', "").replace("\n", "")
    return sent(found.body, check_file(found.name, found.body), name)


@require_http_methods(GET_POST)
def add_action(request: HttpRequest, target_id: UUID) -> HttpResponse:
    """Add an action."""
    actor = actor_of(request)
    may_open(actor, action=Action.TARGET_EDIT)
    form = ActionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def step() -> reads.TargetDetail:
            return operations.add_action(actor, target_id=target_id, **form.cleaned_data)

        if tried(form, step) is not None:
            toast(request, _("Insatsen är tillagd."))
            return redirect("transition:target", target_id=target_id)
    return _shown(request, reads.target_detail(actor, target_id=target_id), form)


@require_http_methods(GET_POST)
def follow_up(request: HttpRequest, target_id: UUID, action_id: UUID) -> HttpResponse:
    """Say how an action goes."""
    actor = actor_of(request)
    may_open(actor, action=Action.TARGET_EDIT)
    form = FollowUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def step() -> reads.TargetDetail:
            return operations.follow_up_action(actor, action_id=action_id, **form.values())

        if tried(form, step) is not None:
            toast(request, _("Uppföljningen är sparad."))
            return redirect("transition:target", target_id=target_id)
    found = reads.target_detail(actor, target_id=target_id)
    return _shown(request, found, ActionForm(), (action_id, form))
