"""Pages for staff: a person's times, visits, stays and referrals; book and cancel at the own unit."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverka.contacts import operations, reads
from samverka.contacts.forms import PLACES, BookingForm
from samverka.contacts.reads import BookingDetail
from samverka.contacts.rules import (
    BOOKING_WORDS,
    OWN_SOURCE,
    REFERRAL_WORDS,
    VISIT_WORDS,
    WAY_WORDS,
)
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid
from samverka.web.door import actor_of, translated
from samverka.web.page import page
from samverka.web.toasts import toast


@require_safe
def times(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """All that is booked and has been, over all care providers that the actor may see."""
    actor = actor_of(request)
    found = reads.person_times(actor, person_id=person_id)
    context = {
        "person": found.person,
        "times": found.timeline,
        "may_book": found.may_book,
        "words": {
            "way": WAY_WORDS,
            "booking": BOOKING_WORDS,
            "visit": VISIT_WORDS,
            "referral": REFERRAL_WORDS,
        },
        "own_source": OWN_SOURCE,
    }
    return page(request, "contacts/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Book a time at the own unit; the person sees it at once."""
    actor = actor_of(request)
    person = reads.bookable_person(actor, person_id=person_id)
    form = BookingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _booked(actor, person_id, form)
        if made is not None:
            toast(request, _("Tiden är bokad."), undo=reverse("contacts:cancel", args=[made.id]))
            return redirect("contacts:list", person_id=person_id)
    status = 422 if form.is_bound and form.errors else 200
    return page(request, "contacts/book.html", {"person": person, "form": form}, status=status)


def _booked(actor: Actor, person_id: UUID, form: BookingForm) -> BookingDetail | None:
    try:
        return operations.book_time(actor, person_id=person_id, facts=form.facts())
    except Invalid as problem:
        form.add_error(PLACES.get(problem.where, problem.where), translated(problem.message))
        return None


@require_POST
def cancel(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Cancel a time of the own unit; it can be taken back at once."""
    done = operations.cancel_booking(actor_of(request), booking_id=booking_id)
    toast(request, _("Tiden är avbokad."), undo=reverse("contacts:restore", args=[booking_id]))
    return redirect("contacts:list", person_id=done.person_id)


@require_POST
def restore(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Take back a cancellation."""
    done = operations.restore_booking(actor_of(request), booking_id=booking_id)
    toast(request, _("Tiden gäller igen."))
    return redirect("contacts:list", person_id=done.person_id)
