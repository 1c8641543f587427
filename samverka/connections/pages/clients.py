"""The administrator's pages: which apps and systems are let in. And the page where a developer asks."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverka.access.actions import Action
from samverka.access.reads import may_open
from samverka.connections import operations, reads
from samverka.connections.forms import ClientForm, RequestForm, UnitChoice, client_initial
from samverka.connections.operations.tokens import SERVER, server_actor
from samverka.connections.pages.server import FHIR, base_of
from samverka.connections.reads import ClientDetail
from samverka.connections.rules.clients import (
    KIND_WORDS,
    PURPOSES,
    STATUS_WORDS,
    ClientKind,
    ClientStatus,
)
from samverka.connections.rules.scopes import parse
from samverka.connections.rules.words import said
from samverka.kernel.actor import Actor
from samverka.organisations.forms import ROLE_WORDS
from samverka.organisations.reads import UnitDetail, list_units
from samverka.web.door import actor_of, public
from samverka.web.page import page
from samverka.web.rates import spend
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


@require_safe
def clients(request: HttpRequest) -> HttpResponse:
    """Apps and systems of the own organisation, and requests that nobody has answered."""
    found = reads.list_clients(actor_of(request))
    context = {
        "asked": [one for one in found if one.status is ClientStatus.REQUESTED],
        "clients": [one for one in found if one.status is not ClientStatus.REQUESTED],
        "kinds": KIND_WORDS,
        "statuses": STATUS_WORDS,
    }
    return page(request, "connections/clients.html", context)


@require_http_methods(GET_POST)
def new_client(request: HttpRequest) -> HttpResponse:
    """Register an app or a system."""
    actor = actor_of(request)
    may_open(actor, action=Action.CLIENT_EDIT)
    form = ClientForm(
        request.POST or None, units=_own_units(actor), initial={"unit": str(actor.unit_id)}
    )

    def step() -> ClientDetail:
        return operations.register_client(actor, unit_id=form.unit_id(), facts=form.facts())

    if request.method == "POST" and form.is_valid() and (made := tried(form, step)):
        toast(request, _("Appen släpps in."))
        return redirect("connections:client", client_id=made.id)
    context = {"form": form}
    return page(request, "connections/new_client.html", context, status=status_of(form))


def _own_units(actor: Actor) -> list[UnitDetail]:
    """The own organisation's units, the own care provider's first."""
    found = list_units(actor)
    own = next((one.organisation_id for one in found if one.id == actor.unit_id), None)
    units = [one for one in found if one.organisation_id == own]
    return sorted(units, key=lambda one: (one.provider_id != actor.provider_id, one.name))


@require_safe
def client(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """One client: what it may, its keys, when it was last here."""
    actor = actor_of(request)
    found = reads.client(actor, client_id=client_id)
    return page(request, "connections/client.html", _shown(request, actor, found))


def _shown(
    request: HttpRequest, actor: Actor, found: ClientDetail, secret: str = ""
) -> dict[str, object]:
    base = base_of(request)
    return {
        "client": found,
        "said": said(parse(found.scopes)),
        "kind": KIND_WORDS[found.kind],
        "status": STATUS_WORDS[found.status],
        "is_backend": found.kind is ClientKind.BACKEND,
        "is_confidential": found.kind is ClientKind.CONFIDENTIAL,
        "is_asked": found.status is ClientStatus.REQUESTED,
        "roles": [ROLE_WORDS[one] for one in found.roles],
        "purposes": [PURPOSES.get(one, one.value) for one in found.purposes],
        "units": UnitChoice(units=_own_units(actor)) if found.unit_id is None else None,
        "fhir": f"{base}{FHIR}",
        "token": f"{base}{reverse('connections:token')}",
        "secret": secret,
    }


@require_http_methods(GET_POST)
def change_client(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Change what is registered."""
    actor = actor_of(request)
    may_open(actor, action=Action.CLIENT_EDIT)
    found = reads.client(actor, client_id=client_id)
    form = ClientForm(request.POST or None, units=_own_units(actor), initial=client_initial(found))
    if not form.is_bound and found.keys:
        form.initial["keys"] = _json(found)

    def change() -> ClientDetail:
        return operations.change_client(
            actor, client_id=client_id, unit_id=form.unit_id(), facts=form.facts()
        )

    if request.method == "POST" and form.is_valid() and tried(form, change) is not None:
        toast(request, _("Ändringen är sparad."))
        return redirect("connections:client", client_id=client_id)
    context = {"form": form, "client": found}
    return page(request, "connections/new_client.html", context, status=status_of(form))


def _json(found: ClientDetail) -> str:
    return json.dumps(found.keys, indent=1)


@require_POST
def let_in(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Let in a client that has asked, or that was switched off."""
    actor = actor_of(request)
    found = reads.client(actor, client_id=client_id)
    unit = found.unit_id
    if unit is None:
        form = UnitChoice(request.POST, units=_own_units(actor))
        unit = UUID(form.cleaned_data["unit"]) if form.is_valid() else actor.unit_id
    assert unit is not None
    operations.let_in(actor, client_id=client_id, unit_id=unit)
    toast(request, _("Appen släpps in."))
    return redirect("connections:client", client_id=client_id)


@require_POST
def switch_off(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Switch a client off: all it has been given stops at once."""
    operations.switch_off(actor_of(request), client_id=client_id)
    undo = reverse("connections:let_in", args=[client_id])
    toast(request, _("Appen är avstängd."), undo=undo)
    return redirect("connections:client", client_id=client_id)


@require_POST
def secret(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """A new secret, shown on this answer and never again."""
    actor = actor_of(request)
    made = operations.give_secret(actor, client_id=client_id)
    found = reads.client(actor, client_id=client_id)
    return page(request, "connections/client.html", _shown(request, actor, found, made))


# ── a developer asks ──

REQUESTS_A_MINUTE = 10
"""For all developers together: nobody is logged in."""


@require_http_methods(GET_POST)
@public
def ask_to_be_registered(request: HttpRequest) -> HttpResponse:
    """A developer asks for an app to be let in; an administrator answers."""
    form = RequestForm(request.POST or None)
    at = request.at  # type: ignore[attr-defined]

    def step() -> ClientDetail:
        return operations.ask_to_be_registered(server_actor(at), facts=form.facts())

    if request.method == "POST":
        spend(SERVER, "app-requests", at=at, a_minute=REQUESTS_A_MINUTE)
    if request.method == "POST" and form.is_valid() and (made := tried(form, step)):
        return page(request, "connections/asked.html", {"client": made})
    return page(request, "connections/request.html", {"form": form}, status=status_of(form))
