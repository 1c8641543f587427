"""Pages where a pot is shared out, compared with what was published, and becomes awards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samverka.transition import operations, reads
from samverka.transition.forms.grants.settling import AwardForm
from samverka.transition.forms.grants.sharing import PublishedForm, ShareForm
from samverka.transition.pages.grants import words
from samverka.transition.reads import ImportedDetail
from samverka.transition.rules.grants.choosing import RECEIVER_WORDS
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried

SHARE_FIELDS = {"population": "population_id"}
"""What the rules call a field of the form."""


@require_http_methods(GET_POST)
def share_pot(request: HttpRequest, pot_id: UUID) -> HttpResponse:
    """Draw up how a pot is to be shared out; the draft shows every krona before it holds."""
    actor = actor_of(request)
    found = reads.grant_pot(actor, pot_id=pot_id)
    form = ShareForm(request.POST or None, populations=found.populations)

    def step() -> Any:
        return operations.draft_distribution(actor, pot_id=pot_id, **form.values())

    if request.method == "POST" and form.is_valid():
        made = tried(form, step, SHARE_FIELDS)
        if made is not None:
            toast(request, _("Utkastet är räknat. Se efter, och låt det gälla."))
            return redirect("transition:grant_distribution", made.id)
    context = {"found": found, "form": form, "receivers": RECEIVER_WORDS}
    return page(request, "transition/grant_share.html", context, status=status_of(form))


@require_http_methods(GET_POST)
def published(request: HttpRequest, distribution_id: UUID) -> HttpResponse:
    """Enter the published table, so that every krona can be compared."""
    actor = actor_of(request)
    reads.may_open_laying_down(actor)
    found = reads.grant_distribution(actor, distribution_id=distribution_id)
    form = PublishedForm(request.POST or None)

    def step() -> Any:
        kept = form.cleaned_data
        return operations.set_published(actor, distribution_id=distribution_id, **kept)

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Tabellen är inlagd. Varje krona är jämförd."))
        return redirect("transition:grant_distribution", distribution_id)
    context = {"found": found, "form": form}
    return page(request, "transition/grant_published.html", context, status=status_of(form))


@require_http_methods(GET_POST)
def award(request: HttpRequest, distribution_id: UUID) -> HttpResponse:
    """Grant what a distribution that holds has given each one."""
    actor = actor_of(request)
    reads.may_open_laying_down(actor)
    found = reads.grant_distribution(actor, distribution_id=distribution_id)
    form = AwardForm(request.POST or None, year=found.pot.year, source=found.pot.source)
    context = {
        "form": form,
        "what": f"{found.pot.area} {found.pot.year}",
        "back": reverse("transition:grant_distribution", args=[distribution_id]),
        "count": len(found.lines),
        "kronor": found.kronor,
    }

    def step() -> ImportedDetail:
        values = form.values()
        return operations.award_shares(actor, distribution_id=distribution_id, **values)

    return _awarded(request, form, step, context)


@require_http_methods(GET_POST)
def award_year(request: HttpRequest, agreement_id: UUID, year: int) -> HttpResponse:
    """Grant the fixed part and the areas of one year of an agreement."""
    actor = actor_of(request)
    reads.may_open_laying_down(actor)
    found = reads.grant_period(actor, agreement_id=agreement_id, year=year)
    form = AwardForm(request.POST or None, year=found.year, source=found.head.source)
    place = reverse("transition:grant_period", args=[agreement_id])
    context = {
        "form": form,
        "what": f"{found.head.name}, {found.year}",
        "back": f"{place}?ar={found.year}",
        "count": len(found.rows),
        "kronor": sum(found.totals),
    }

    def step() -> ImportedDetail:
        values = form.values()
        return operations.award_period(actor, agreement_id=agreement_id, year=found.year, **values)

    return _awarded(request, form, step, context)


def _awarded(
    request: HttpRequest, form: AwardForm, step: Callable[[], ImportedDetail], context: Any
) -> HttpResponse:
    """The form, what could not be granted, or back to where one came from."""
    done = tried(form, step) if request.method == "POST" and form.is_valid() else None
    if done is not None and not done.faults:
        said = ngettext("%(n)s belopp är tilldelat.", "%(n)s belopp är tilldelade.", done.kept)
        toast(request, said % {"n": done.kept})
        return redirect(context["back"])
    context |= {"done": done, "said": words.imported_said(done) if done else ""}
    return page(request, "transition/grant_award.html", context, status=status_of(form))
