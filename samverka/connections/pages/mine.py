"""One's own apps: which may read, and taking it back. Opening an app from a person's page."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverka.connections import operations, reads
from samverka.connections.pages.server import FHIR, base_of, with_parameters
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text
from samverka.people import reads as people
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Apps that may read, and as whom."""
    actor = actor_of(request)
    context = {"apps": reads.my_apps(actor)}
    template = "connections/mine_person.html" if actor.is_person else "connections/mine.html"
    return page(request, template, context)


@require_POST
def take_back(request: HttpRequest, connection_id: UUID) -> HttpResponse:
    """Take back a yes: the app is out at once."""
    operations.take_back(actor_of(request), connection_id=connection_id)
    toast(request, _("Appen kan inte läsa längre."))
    return redirect("connections:mine")


@require_http_methods(GET_POST)
def open_in(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Open a person in an app that the organisation has let in."""
    actor = actor_of(request)
    apps = reads.apps_to_open(actor)
    if request.method == "POST":
        chosen = next((one for one in apps if str(one.id) == request.POST.get("app")), None)
        if chosen is None:
            raise NotFound(text("Appen finns inte."))
        opened = operations.open_in_app(actor, client_id=chosen.id, person_id=person_id)
        return redirect(
            with_parameters(opened.address, iss=f"{base_of(request)}{FHIR}", launch=opened.launch)
        )
    person = people.person(actor, person_id=person_id)
    shown = page(request, "connections/open.html", {"apps": apps, "person": person})
    shown._csp_update = {"form-action": sorted({_origin(one.launch_address) for one in apps})}  # type: ignore[attr-defined]
    return shown


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
