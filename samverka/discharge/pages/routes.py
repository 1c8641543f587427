"""Where messages go: the table that the units keep themselves, one line of it, and a try-out."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverka.discharge import operations, reads
from samverka.discharge.forms import RouteForm, TryForm, route_initial
from samverka.discharge.reads import RouteDetail
from samverka.discharge.rules.kinds import PART_WORDS
from samverka.kernel.problems import Conflict, NotAllowed
from samverka.kernel.text import text
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried

SAID = {"part_words": PART_WORDS}


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The county's table by municipality, what is missing, and where a made-up person's would go."""
    asked = TryForm.ASKED in request.GET
    form = TryForm(request.GET if asked else None)
    whom = form.whom() if asked and form.is_valid() else None
    found = reads.routing_table(actor_of(request), asking=whom)
    form.fill([(one.code, one.name) for one in found.places])
    context = {"table": found, "form": form} | SAID
    return page(request, "discharge/routes.html", context, status=status_of(form))


@require_http_methods(GET_POST)
def new(request: HttpRequest) -> HttpResponse:
    """One more line."""
    choices = reads.route_choices(actor_of(request))
    first = {
        "part": request.GET.get("del", ""),
        "municipality_code": request.GET.get("kommun", ""),
    }
    form = RouteForm(request.POST or None, choices=choices, initial=first)
    if request.method == "POST" and form.is_valid() and _kept(request, form) is not None:
        return _to_table(request, _("Raden är sparad."))
    context = {"form": form, "line": None} | SAID
    return page(request, "discharge/route.html", context, status=status_of(form))


@require_http_methods(GET_POST)
def line(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """One line: what it has been, and a change of it by the one who keeps it."""
    found = reads.route_line(actor_of(request), route_id=route_id)
    context: dict[str, object] = {"line": found.line, "before": found.before} | SAID
    if found.choices is None:
        if request.method == "POST":
            raise NotAllowed(text("Den raden håller någon annan."))
        return page(request, "discharge/route.html", context)
    first = route_initial(found.line, found.choices)
    form = RouteForm(request.POST or None, choices=found.choices, initial=first)
    if request.method == "POST" and form.is_valid() and _kept(request, form, route_id):
        return _to_table(request, _("Raden är ändrad. Den förra finns kvar i historiken."))
    context["form"] = form
    return page(request, "discharge/route.html", context, status=status_of(form))


@require_POST
def end(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """End a line."""
    operations.end_route(actor_of(request), route_id=route_id)
    return _to_table(request, _("Raden är avslutad. Den finns kvar i historiken."))


def _kept(
    request: HttpRequest, form: RouteForm, instead_of: UUID | None = None
) -> RouteDetail | None:
    """The line as it was kept; None if it was refused, and the form says why."""
    actor = actor_of(request)
    return tried(
        form,
        lambda: operations.keep_route(actor, line=form.line(), instead_of=instead_of),
        also=(Conflict, NotAllowed),
    )


def _to_table(request: HttpRequest, words: str) -> HttpResponse:
    toast(request, words)
    return redirect("discharge:routes")
