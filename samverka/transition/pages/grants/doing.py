"""Pages that change: try another key and keep it, decide, enter a movement, read in a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.kernel.actor import Actor
from samverka.transition import operations, reads
from samverka.transition.forms.grants.files import FileForm
from samverka.transition.forms.grants.settling import MovementForm, usual_days
from samverka.transition.forms.grants.sharing import KeepForm, TryForm
from samverka.transition.pages.grants import words
from samverka.transition.pages.grants.looking import FEW
from samverka.transition.reads import ImportedDetail, TriedDetail, Wish
from samverka.transition.rules.grants import MovementKind
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


@require_http_methods(GET_POST)
def attempt(request: HttpRequest, distribution_id: UUID) -> HttpResponse:
    """Try another key, share, floor or population; keep it as a draft if one likes."""
    actor = actor_of(request)
    as_is = reads.try_distribution(actor, distribution_id=distribution_id, wish=Wish())
    form = TryForm(request.GET or None, populations=as_is.populations, both=bool(as_is.other_side))
    found = as_is
    if form.is_bound and form.is_valid():
        found = _tried(form, actor, distribution_id) or as_is
    keep = KeepForm(request.POST or None)

    def step() -> Any:
        return operations.keep_tried(
            actor, distribution_id=distribution_id, wish=form.wish, why=keep.cleaned_data["why"]
        )

    if request.method == "POST" and keep.is_valid():
        made = tried(keep, step)
        if made is not None:
            toast(request, _("Utkastet är sparat. Ingens pengar har ändrats."))
            return redirect("transition:grant_distribution", made.id)
    context = {
        "found": found,
        "form": form,
        "keep": keep,
        "finding": words.tried_finding(found),
        **_rows(found),
        "maps": words.tried_maps(found),
        "asked": request.GET.urlencode(),
    }
    status = max(status_of(form), status_of(keep))
    return page(request, "transition/grant_try.html", context, status=status)


def _tried(form: TryForm, actor: Actor, distribution_id: UUID) -> TriedDetail | None:
    names = {"population": "befolkning", "percent": "andel", "floor": "golv", "ceiling": "tak"}
    wish = form.wish
    return tried(
        form,
        lambda: reads.try_distribution(actor, distribution_id=distribution_id, wish=wish),
        names,
    )


def _rows(found: TriedDetail) -> dict[str, Any]:
    """Own county's recipients, and all of them under a fold where they are many."""
    rows = [
        {"line": one, "each": words.cents(one.each), "own": one.code == found.of.own}
        for one in found.lines
    ]
    county = found.of.own[:2]
    near = [row for row, one in zip(rows, found.lines, strict=True) if one.code[:2] == county]
    if len(rows) > FEW and near:
        return {"rows": near, "others": rows}
    return {"rows": near + [row for row in rows if row not in near], "others": []}


@require_POST
def decide(request: HttpRequest, distribution_id: UUID) -> HttpResponse:
    """Let a draft hold."""
    operations.decide_distribution(actor_of(request), distribution_id=distribution_id)
    toast(request, _("Fördelningen gäller nu. Den förra finns kvar att läsa."))
    return redirect("transition:grant_distribution", distribution_id)


@require_http_methods(GET_POST)
def movement(request: HttpRequest, recipient: str, award_id: UUID) -> HttpResponse:
    """Enter that money was drawn, used or paid back."""
    actor = actor_of(request)
    one = reads.grant_award(actor, award_id=award_id)
    form = MovementForm(request.POST or None, initial={"kind": MovementKind.USED})

    def step() -> Any:
        kept = form.cleaned_data
        return operations.record_movement(
            actor, award_id=award_id, number=kept["number"], kind=MovementKind(kept["kind"]),
            on=kept["on"], kronor=kept["kronor"], undoes=kept["undoes"], said=kept["said"],
        )  # fmt: skip

    if request.method == "POST" and form.is_valid():
        made = tried(form, step)
        if made is not None:
            toast(request, _("Händelsen är bokförd."))
            place = reverse("transition:grant_recipient", args=[made.recipient])
            return redirect(f"{place}?ar={made.year}")
    context = {"one": one, "form": form}
    return page(request, "transition/grant_movement.html", context, status=status_of(form))


@require_http_methods(GET_POST)
def reading(request: HttpRequest) -> HttpResponse:
    """Read in amounts, movements or inhabitants from a file; faults are told row by row."""
    actor = actor_of(request)
    found = reads.grant_overview(actor)
    agreements = [(str(one.id), one.name) for one in found.agreements]
    form = FileForm(
        request.POST or None, request.FILES or None, agreements=agreements,
        may_lay_down=found.may_lay_down,
    )  # fmt: skip
    done: ImportedDetail | None = None
    if request.method == "POST" and form.is_valid():
        done = tried(form, lambda: _read_in(actor, form.cleaned_data))
    said = words.imported_said(done) if done else ""
    context = {"form": form, "done": done, "found": found, "said": said}
    return page(request, "transition/grant_import.html", context, status=status_of(form))


def _read_in(actor: Actor, kept: dict[str, Any]) -> ImportedDetail:
    rows = kept["rows"]
    if kept["what"] == "movements":
        return operations.import_movements(actor, rows=rows)
    if kept["what"] == "awards":
        return operations.import_awards(
            actor, agreement_id=UUID(kept["agreement"]), rows=rows, source=kept["source"],
            **usual_days(kept["year"]),
        )  # fmt: skip
    made = operations.keep_population(
        actor, name=kept["name"], version=kept["version"], counted_on=kept["counted_on"],
        rows=rows, told_total=kept["told_total"], source=kept["source"],
    )  # fmt: skip
    return ImportedDetail(len(rows) - len(made.faults), 0, tuple((0, one) for one in made.faults))
