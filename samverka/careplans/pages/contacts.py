"""Appoint and end the person's contacts."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.access import reads as access
from samverka.access.actions import Action
from samverka.careplans import operations, reads
from samverka.careplans.forms import ContactForm
from samverka.careplans.reads import CareContactDetail
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


@require_http_methods(GET_POST)
def contact_new(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Appoint one of the own unit's staff."""
    actor = actor_of(request)
    access.may_open(actor, action=Action.CONTACT_APPOINT)
    found = reads.contact_to_be(actor, person_id=person_id)
    form = ContactForm(
        request.POST if request.method == "POST" else None,
        staff=found.staff,
        initial={"assignment": actor.assignment_id},
    )

    def step() -> CareContactDetail:
        return operations.appoint_contact(actor, person_id=person_id, **form.values())

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Kontakten är utsedd. Personen ser det på sin sida."))
        return redirect("careplans:list", person_id=person_id)
    context = {"person": found.person, "contacts": found.contacts, "form": form}
    return page(request, "careplans/contact.html", context, status=status_of(form))


@require_POST
def contact_end(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """End a contact of the own unit."""
    ended = operations.end_contact(actor_of(request), contact_id=contact_id)
    toast(request, _("Kontakten är avslutad."))
    return redirect("careplans:list", person_id=ended.person_id)
