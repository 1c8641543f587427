"""Ask for a plan, and answer: the person's own page and the staff's."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.access import reads as access
from samverka.access.actions import Action
from samverka.careplans import operations, reads, rules
from samverka.careplans.forms import AcceptForm, AskForm, MyAskForm, RefuseForm
from samverka.careplans.reads import MyRequests, RequestDetail, RequestPage
from samverka.careplans.rules import RequestStatus
from samverka.kernel.actor import Actor
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried

REQUEST_TONES = {
    RequestStatus.ASKED: "info",
    RequestStatus.ACCEPTED: "success",
    RequestStatus.REFUSED: "neutral",
    RequestStatus.WITHDRAWN: "neutral",
}

PLACES = {"unit_id": "unit"}
"""What the operations call the field."""


@require_http_methods(GET_POST)
def ask(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Ask for a plan. The person and staff come to the same address, each to a page of their own."""
    actor = actor_of(request)
    access.may_open(actor, action=Action.REQUEST_ASK)
    return (_my_page if actor.is_person else _staff_page)(request, actor, person_id)


# ── the person ──


def _my_page(request: HttpRequest, actor: Actor, person_id: UUID) -> HttpResponse:
    found = reads.my_requests(actor, person_id=person_id)
    form = MyAskForm(request.POST if request.method == "POST" else None, units=found.choices)
    again = next((one for one in found.requests if one.may_ask_again), None)

    def step() -> RequestDetail:
        return operations.ask_for_plan(
            actor, person_id=person_id, again_id=again.id if again else None, **form.values()
        )

    if request.method == "POST" and form.is_valid() and tried(form, step, PLACES) is not None:
        toast(request, _("Skickat. Nu väntar vi på svar."))
        return redirect("careplans:ask", person_id=person_id)
    context = {
        "person": found.card.person,
        "found": found,
        "form": form if _can_ask(found) else None,
        "routes": rules.ROUTE_WORDS,
        "tones": REQUEST_TONES,
    }
    return page(request, "careplans/ask_mine.html", context, status=status_of(form))


def _can_ask(found: MyRequests) -> bool:
    """Somebody can answer, and no question is waiting."""
    return found.may_ask and not found.waiting and bool(found.unit or found.choices)


# ── staff ──


def _staff_page(request: HttpRequest, actor: Actor, person_id: UUID) -> HttpResponse:
    found = reads.person_requests(actor, person_id=person_id)
    form = AskForm(
        request.POST if request.method == "POST" else None,
        actor=actor,
        units=found.units,
        near=found.near,
    )

    def step() -> RequestDetail:
        return operations.ask_for_plan(actor, person_id=person_id, **form.values())

    if request.method == "POST" and form.is_valid():
        made = tried(form, step, PLACES)
        if made is not None:
            toast(request, _("Begäran är skickad. Personen ser den på sin sida."))
            if made.may_answer:
                return redirect("careplans:request", request_id=made.id)
            return redirect("careplans:ask", person_id=person_id)
    context = {
        "person": found.card.person,
        "found": found,
        "form": form,
        "tones": REQUEST_TONES,
    }
    return page(request, "careplans/ask.html", context, status=status_of(form))


# ── one request ──


@require_http_methods(GET_POST)
def plan_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request: the unit answers, the person reads the answer. Posting here says yes."""
    actor = actor_of(request)
    found = reads.plan_request(actor, request_id=request_id)
    if actor.is_person:
        return redirect("careplans:ask", person_id=found.request.person_id)
    form = AcceptForm(
        request.POST if request.method == "POST" else None,
        plans=found.plans,
        kind=found.request.kind,
    )

    def step() -> RequestDetail:
        return operations.accept_request(
            actor,
            request_id=request_id,
            plan_id=form.plan_id(),
            template=form.template_group(),
        )

    if request.method == "POST" and form.is_valid():
        made = tried(form, step)
        if made is not None and made.plan_id:
            toast(request, _("Personen får veta att ni börjar planen."))
            return redirect("careplans:plan", plan_id=made.plan_id)
    return _shown(request, found, accept=form)


def _shown(
    request: HttpRequest,
    found: RequestPage,
    *,
    accept: AcceptForm | None = None,
    refuse: RefuseForm | None = None,
) -> HttpResponse:
    own_wish = found.request.own_wish
    used = refuse or accept
    context = {
        "person": found.card.person,
        "one": found.request,
        "accept": accept or AcceptForm(plans=found.plans, kind=found.request.kind),
        "refuse": refuse or RefuseForm(own_wish=own_wish),
        "refusing": refuse is not None,
        "tones": REQUEST_TONES,
    }
    status = status_of(used) if used is not None else 200
    return page(request, "careplans/request.html", context, status=status)


@require_http_methods(GET_POST)
def refuse(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Say no, with the reason."""
    actor = actor_of(request)
    access.may_open(actor, action=Action.REQUEST_ANSWER)
    found = reads.plan_request(actor, request_id=request_id)
    data = request.POST if request.method == "POST" else None
    form = RefuseForm(data, own_wish=found.request.own_wish)

    def step() -> RequestDetail:
        return operations.refuse_request(actor, request_id=request_id, **form.values())

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Svaret är skickat till personen."))
        return redirect("careplans:request", request_id=request_id)
    return _shown(request, found, refuse=form)


@require_POST
def withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take a request back."""
    made = operations.withdraw_request(actor_of(request), request_id=request_id)
    toast(request, _("Begäran är tillbakadragen."))
    return redirect("careplans:ask", person_id=made.person_id)
