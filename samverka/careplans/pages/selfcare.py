"""Advice on self-care: a person's, one with its history, write, change, end."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samverka.access import reads as access
from samverka.access.actions import Action
from samverka.careplans import operations, reads, rules
from samverka.careplans.forms import (
    ChangeSelfCareForm,
    EndSelfCareForm,
    SelfCareForm,
    self_care_initial,
)
from samverka.careplans.reads import SelfCareDetail
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Conflict
from samverka.web.door import actor_of, translated
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


@require_safe
def person_self_care(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """All advice to one person."""
    found = reads.person_self_care(actor_of(request), person_id=person_id)
    context = {"found": found, "person": found.person}
    return page(request, "careplans/self_care_list.html", context)


@require_http_methods(GET_POST)
def self_care_new(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Write down a new advice."""
    actor = actor_of(request)
    access.may_open(actor, action=Action.SELF_CARE_EDIT)
    found = reads.person_self_care(actor, person_id=person_id)
    rules.check_may_advise(found.may_advise)
    form = SelfCareForm(
        request.POST if request.method == "POST" else None,
        judges=reads.judges(actor),
        initial={"assignment": actor.assignment_id, "judged_on": local_date(actor.at)},
    )

    def step() -> SelfCareDetail:
        return operations.advise_self_care(actor, person_id=person_id, **form.values())

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Rådet är sparat. Personen ser det på sin sida."))
        return redirect("careplans:self_care_list", person_id=person_id)
    context = {"person": found.person, "form": form}
    return page(request, "careplans/self_care_form.html", context, status=status_of(form))


@require_safe
def self_care(request: HttpRequest, advice_id: UUID) -> HttpResponse:
    """One advice, with every wording."""
    found = reads.self_care(actor_of(request), advice_id=advice_id)
    context = {"found": found, "one": found.advice, "person": found.person}
    return page(request, "careplans/self_care.html", context)


@require_http_methods(GET_POST)
def self_care_change(request: HttpRequest, advice_id: UUID) -> HttpResponse:
    """Judge it anew or change it. If a colleague was first, both texts are shown and nothing is lost."""
    actor = actor_of(request)
    access.may_open(actor, action=Action.SELF_CARE_EDIT)
    found = reads.self_care(actor, advice_id=advice_id)
    rules.check_self_care_open(found.advice.ended_at is not None)
    rules.check_may_advise(found.advice.may_change)
    form = ChangeSelfCareForm(
        request.POST if request.method == "POST" else None,
        judges=reads.judges(actor),
        initial=self_care_initial(found.advice)
        | {"assignment": actor.assignment_id, "judged_on": local_date(actor.at)},
    )
    lost = None

    def step() -> SelfCareDetail:
        return operations.change_self_care(actor, advice_id=advice_id, **form.values())

    if request.method == "POST" and form.is_valid():
        try:
            done = tried(form, step)
        except Conflict as conflict:
            done, lost = None, _both(conflict)
            form.data = {**request.POST.dict(), "version": str(found.advice.version)}
        if done is not None:
            toast(request, _("Rådet är ändrat. Personen ser det på sin sida."))
            return redirect("careplans:self_care", advice_id=advice_id)
    context = {"person": found.person, "one": found.advice, "form": form, "conflict": lost}
    status = Conflict.status if lost else status_of(form)
    return page(request, "careplans/self_care_form.html", context, status=status)


def _both(lost: Conflict) -> list[dict[str, object]]:
    """The parts that two have written differently, mine beside theirs."""
    return [
        {"label": translated(words), "mine": lost.mine[name], "theirs": lost.theirs[name]}
        for name, words in rules.PART_WORDS.items()
        if lost.mine[name] != lost.theirs[name]
    ]


@require_http_methods(GET_POST)
def self_care_end(request: HttpRequest, advice_id: UUID) -> HttpResponse:
    """End it, with the reason."""
    actor = actor_of(request)
    access.may_open(actor, action=Action.SELF_CARE_EDIT)
    found = reads.self_care(actor, advice_id=advice_id)
    rules.check_self_care_open(found.advice.ended_at is not None)
    rules.check_may_advise(found.advice.may_change)
    form = EndSelfCareForm(request.POST if request.method == "POST" else None)

    def step() -> SelfCareDetail:
        return operations.end_self_care(actor, advice_id=advice_id, **form.values())

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Rådet är avslutat. Det finns kvar i historiken."))
        return redirect("careplans:self_care_list", person_id=found.advice.person_id)
    context = {"person": found.person, "one": found.advice, "form": form}
    return page(request, "careplans/self_care_end.html", context, status=status_of(form))
