"""Pages for staff: a person's times, visits, stays and referrals; book, promise and cancel."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverka.contacts import operations, reads
from samverka.contacts.forms import PLACES, BookingForm, PromiseForm, WithdrawPromiseForm
from samverka.contacts.reads import PromiseDetail
from samverka.contacts.rules import (
    BOOKING_WORDS,
    OWN_SOURCE,
    REFERRAL_WORDS,
    VISIT_WORDS,
    WAY_WORDS,
)
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import status_of, tried


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
        made = tried(
            form,
            lambda: operations.book_time(actor, person_id=person_id, facts=form.facts()),
            PLACES,
        )
        if made is not None:
            toast(request, _("Tiden är bokad."), undo=reverse("contacts:cancel", args=[made.id]))
            return redirect("contacts:list", person_id=person_id)
    context = {"person": person, "form": form}
    return page(request, "contacts/book.html", context, status=status_of(form))


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


# ── promised times ──


@require_http_methods(["GET", "HEAD", "POST"])
def promise(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Promise a time at the own unit, with the last day; the person sees it at once."""
    actor = actor_of(request)
    person = reads.bookable_person(actor, person_id=person_id)
    form = PromiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = tried(
            form,
            lambda: operations.promise_time(actor, person_id=person_id, facts=form.facts()),
            PLACES,
        )
        if made is not None:
            toast(request, _("Löftet är sparat. Personen ser det på sin sida."))
            return redirect("contacts:list", person_id=person_id)
    context = {"person": person, "form": form}
    return page(request, "contacts/promise.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def book_promised(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """Book the time that was promised."""
    actor = actor_of(request)
    one = reads.promise(actor, promise_id=promise_id)
    person = reads.bookable_person(actor, person_id=one.person_id)
    form = BookingForm(request.POST or None, initial=_of_promise(one))
    if request.method == "POST" and form.is_valid():
        made = tried(
            form,
            lambda: operations.book_promised(actor, promise_id=promise_id, facts=form.facts()),
            PLACES,
        )
        if made is not None:
            toast(request, _("Tiden är bokad."), undo=reverse("contacts:cancel", args=[made.id]))
            return redirect("contacts:list", person_id=one.person_id)
    context = {"person": person, "form": form, "promise": one}
    return page(request, "contacts/book.html", context, status=status_of(form))


def _of_promise(one: PromiseDetail) -> dict[str, object]:
    """What is already known when the promised time is booked."""
    return {"what": one.what, "way": one.way.value, "bring": one.bring, "day": one.latest_on}


@require_POST
def keep(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """Note that a promise has been kept in another way; it can be taken back at once."""
    done = operations.keep_promise(actor_of(request), promise_id=promise_id)
    undo = reverse("contacts:promise_again", args=[promise_id])
    toast(request, _("Löftet är hållet."), undo=undo)
    return redirect("contacts:list", person_id=done.person_id)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """Take a promise back, with the reason to the person."""
    actor = actor_of(request)
    one = reads.promise(actor, promise_id=promise_id)
    person = reads.bookable_person(actor, person_id=one.person_id)
    form = WithdrawPromiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["reason"]
        done = tried(
            form,
            lambda: operations.withdraw_promise(actor, promise_id=promise_id, reason=words),
            PLACES,
        )
        if done is not None:
            undo = reverse("contacts:promise_again", args=[promise_id])
            toast(request, _("Löftet är taget tillbaka."), undo=undo)
            return redirect("contacts:list", person_id=one.person_id)
    context = {"person": person, "form": form, "promise": one}
    return page(request, "contacts/withdraw_promise.html", context, status=status_of(form))


@require_POST
def promise_again(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """Let a promise hold again."""
    done = operations.reopen_promise(actor_of(request), promise_id=promise_id)
    toast(request, _("Löftet gäller igen."))
    return redirect("contacts:list", person_id=done.person_id)
