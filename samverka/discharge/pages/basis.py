"""The basis for invoices: months and municipalities, one basis with every day's reason, its few steps."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.access.actions import Action
from samverka.access.reads import may_open
from samverka.discharge import operations, reads
from samverka.discharge.forms import ContestForm, DecideForm, MakeForm, RateForm
from samverka.discharge.reads import BasisBoard, BasisDetail, BasisHead, BasisLine, RateLine
from samverka.discharge.rules.invoicing import BASIS_WORDS, BasisStatus
from samverka.kernel.problems import NotFound
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried

SAID = {
    "basis_words": BASIS_WORDS,
    "basis_tones": {BasisStatus.DRAFT: "neutral", BasisStatus.LOCKED: "success"},
    "basis_icons": {BasisStatus.DRAFT: "pencil", BasisStatus.LOCKED: "send"},
}


@require_http_methods(GET_POST)
def bases(request: HttpRequest) -> HttpResponse:
    """A year of bases, and the form that makes one."""
    actor = actor_of(request)
    found = reads.bases(actor, until=month_in(request.GET.get("till", "")))
    form = MakeForm(request.POST or None, municipalities=found.municipalities, months=found.months)

    def step() -> BasisDetail:
        return operations.make_basis(
            actor,
            municipality_code=form.cleaned_data["municipality"],
            month=form.month_first(),
        )

    if request.method == "POST" and form.is_valid():
        made = tried(form, step)
        if made is not None:
            toast(request, _("Underlaget är räknat."))
            return redirect("discharge:basis", basis_id=made.head.id)
    return _board(request, found, form, RateForm(), status_of(form))


def month_in(said: str) -> date | None:
    """The first day of "2025-03"; nonsense is no month."""
    try:
        return date.fromisoformat(f"{said}-01")
    except ValueError:
        return None


@require_http_methods(GET_POST)
def rate(request: HttpRequest) -> HttpResponse:
    """The amount of a year."""
    actor = actor_of(request)
    found = reads.bases(actor)
    form = RateForm(request.POST or None)

    def step() -> RateLine:
        return operations.set_rate(actor, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Beloppet är inlagt."))
        return redirect("discharge:bases")
    make = MakeForm(municipalities=found.municipalities, months=found.months)
    return _board(request, found, make, form, status_of(form))


def _months(found: BasisBoard) -> list[dict[str, Any]]:
    """Each month with its bases, and how many municipalities have none."""
    by_month: dict[date, list[tuple[str, BasisHead]]] = {month: [] for month in found.months}
    for row in found.rows:
        for month, head in row.cells:
            if head is not None:
                by_month[month].append((row.name, head))
    many = len(found.rows) if len(found.rows) > 1 else 0  # a municipality has its own only
    return [
        {"first": month, "made": made, "left": max(many - len(made), 0)}
        for month, made in by_month.items()
    ]


def _board(
    request: HttpRequest, found: BasisBoard, form: MakeForm, rate_form: RateForm, status: int
) -> HttpResponse:
    context = {"found": found, "form": form, "rate_form": rate_form, "months": _months(found)}
    return page(request, "discharge/bases.html", context | SAID, status=status)


@require_http_methods(["GET", "HEAD"])
def basis(request: HttpRequest, basis_id: UUID) -> HttpResponse:
    """One basis, stay by stay."""
    found = reads.basis(actor_of(request), basis_id=basis_id)
    return page(request, "discharge/basis.html", {"found": found, "head": found.head} | SAID)


@require_POST
def again(request: HttpRequest, basis_id: UUID) -> HttpResponse:
    """Reckon again; of what has been sent, begin one that puts it right."""
    actor = actor_of(request)
    head = reads.basis(actor, basis_id=basis_id).head
    made = operations.make_basis(
        actor, municipality_code=head.municipality_code, month=head.period.first
    )
    toast(request, _("Underlaget är räknat."))
    return redirect("discharge:basis", basis_id=made.head.id)


@require_POST
def lock(request: HttpRequest, basis_id: UUID) -> HttpResponse:
    """It has been sent."""
    operations.lock_basis(actor_of(request), basis_id=basis_id)
    toast(request, _("Underlaget är låst."))
    return redirect("discharge:basis", basis_id=basis_id)


@require_http_methods(GET_POST)
def contest(request: HttpRequest, basis_id: UUID, case_id: UUID) -> HttpResponse:
    """The municipality contests one case."""
    actor = actor_of(request)
    may_open(actor, action=Action.BASIS_EDIT)
    found = reads.basis(actor, basis_id=basis_id)
    form = ContestForm(request.POST or None)

    def step() -> BasisDetail:
        reason = form.cleaned_data["reason"]
        return operations.contest_case(actor, basis_id=basis_id, case_id=case_id, reason=reason)

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Regionen får ta ställning."))
        return redirect("discharge:basis", basis_id=basis_id)
    context = {"form": form, "head": found.head, "line": _line(found, case_id)}
    return page(request, "discharge/contest.html", context | SAID, status=status_of(form))


def _line(found: BasisDetail, case_id: UUID) -> BasisLine:
    line = next((one for one in found.lines if one.case_id == case_id), None)
    if line is None:
        raise NotFound(_("Ärendet finns inte i underlaget."))
    return line


@require_http_methods(GET_POST)
def decide(request: HttpRequest, objection_id: UUID) -> HttpResponse:
    """The region answers an objection."""
    actor = actor_of(request)
    may_open(actor, action=Action.BASIS_EDIT)
    found = reads.objection(actor, objection_id=objection_id)
    form = DecideForm(request.POST or None)

    def step() -> str:
        made = operations.decide_objection(
            actor,
            objection_id=objection_id,
            upheld=form.cleaned_data["upheld"] == "ja",
            words=form.cleaned_data["words"],
        )
        return str(made.head.id) if made else "-"

    if request.method == "POST" and form.is_valid():
        where = tried(form, step)
        if where is not None:
            toast(request, _("Kommunen ser ditt svar."))
            if where == "-":
                if form.cleaned_data["upheld"] == "ja":
                    toast(request, _("Underlaget är skickat. Gör en rättelse av det."))
                return redirect("discharge:bases")
            return redirect("discharge:basis", basis_id=where)
    context = {"form": form, "objection": found}
    return page(request, "discharge/decide.html", context | SAID, status=status_of(form))
