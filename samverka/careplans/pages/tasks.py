"""The unit's own answer to an invitation, an undertaking or a question."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.careplans import operations, reads
from samverka.careplans.forms import TaskForm
from samverka.careplans.rules.tasks import MOVE_WORDS, TaskStatus
from samverka.kernel.problems import NotAllowed, NotFound
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


@require_http_methods(GET_POST)
def move(request: HttpRequest, plan_id: UUID, plan_task_id: UUID, to: str) -> HttpResponse:
    """Say yes, or no and why; tell how it goes, or call it off."""
    actor = actor_of(request)
    found = reads.plan_task(actor, task_id=plan_task_id)
    if actor.is_person:
        raise NotAllowed(REFUSAL_WORDS[Refusal.NO_PERMISSION])
    if to not in set(TaskStatus) or found.plan_id != plan_id:
        raise NotFound(_("Sidan finns inte, eller så får du inte se den."))
    step = TaskStatus(to)
    form = TaskForm(*((request.POST,) if request.method == "POST" else ()), to=step)

    def moved() -> reads.PlanTaskDetail:
        reason = form.cleaned_data["reason"]
        return operations.move_task(actor, task_id=plan_task_id, to=step, reason=reason)

    if request.method == "POST" and form.is_valid() and tried(form, moved) is not None:
        toast(request, _("Svaret är sparat."))
        return redirect("careplans:plan", plan_id=plan_id)
    plan = reads.plan(actor, plan_id=plan_id)
    context = {
        "plan": plan,
        "person": plan.person,
        "task": found,
        "heading": MOVE_WORDS[step],
        "form": form,
    }
    return page(request, "careplans/task_move.html", context, status=status_of(form))
