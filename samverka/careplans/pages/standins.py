"""The unit's fasta kontakter: whose they are, who stands in, handing over, who is without, wishes."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverka.access import reads as access
from samverka.access.actions import Action
from samverka.careplans import operations, reads, rules
from samverka.careplans.forms import AbsenceForm, HandOverForm, WishForm
from samverka.kernel.calendar import local_date
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


@require_safe
def unit_contacts(request: HttpRequest) -> HttpResponse:
    """The unit's fasta kontakter."""
    found = reads.unit_contacts(actor_of(request))
    needing = [one for one in found.lines if one.needs]
    context = {
        "found": found,
        "needing": needing,
        "words": rules.NEED_WORDS,
        "law": rules.NEED_LAW,
    }
    return page(request, "careplans/unit_contacts.html", context)


@require_http_methods(GET_POST)
def absence(request: HttpRequest) -> HttpResponse:
    """Someone is away: tick whose persons, say when and who stands in."""
    actor = actor_of(request)
    access.may_open(actor, action=Action.CONTACT_APPOINT)
    found = reads.contacts_to_give(actor)
    today = local_date(actor.at)
    form = AbsenceForm(
        request.POST if request.method == "POST" else None,
        lines=found.lines,
        staff=found.staff,
        initial={"since": today, "contacts": request.GET.getlist("vem")},
    )

    def step() -> list[reads.AbsenceDetail]:
        return operations.note_absence(actor, **form.values())

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Frånvaron är noterad. Personerna ser vem som ersätter."))
        return redirect("careplans:unit_contacts")
    return page(request, "careplans/absence.html", {"form": form}, status=status_of(form))


@require_POST
def absence_end(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    """The contact is back."""
    operations.end_absence(actor_of(request), absence_id=absence_id)
    toast(request, _("Frånvaron är avslutad."))
    return redirect("careplans:unit_contacts")


@require_http_methods(GET_POST)
def hand_over(request: HttpRequest) -> HttpResponse:
    """Give several persons' contacts to a colleague."""
    actor = actor_of(request)
    access.may_open(actor, action=Action.CONTACT_APPOINT)
    found = reads.contacts_to_give(actor)
    form = HandOverForm(
        request.POST if request.method == "POST" else None,
        lines=found.lines,
        staff=found.staff,
        initial={"on": local_date(actor.at), "contacts": request.GET.getlist("vem")},
    )

    def step() -> reads.HandOverDetail:
        return operations.hand_over_contacts(actor, **form.values())

    if request.method == "POST" and form.is_valid():
        made = tried(form, step)
        if made is not None:
            undo = reverse("careplans:hand_over_undo", args=[made.id])
            toast(request, _("Överlämnat till %(name)s.") % {"name": made.to_name}, undo=undo)
            return redirect("careplans:unit_contacts")
    return page(request, "careplans/hand_over.html", {"form": form}, status=status_of(form))


@require_POST
def hand_over_undo(request: HttpRequest, hand_over_id: UUID) -> HttpResponse:
    """Take a handing over back."""
    operations.undo_hand_over(actor_of(request), hand_over_id=hand_over_id)
    toast(request, _("Överlämningen är ångrad."))
    return redirect("careplans:unit_contacts")


@require_http_methods(GET_POST)
def wish(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """Answer one who has asked for a contact."""
    actor = actor_of(request)
    access.may_open(actor, action=Action.CONTACT_APPOINT)
    found = reads.wish(actor, wish_id=wish_id)
    form = WishForm(request.POST if request.method == "POST" else None)

    def step() -> reads.WishDetail:
        return operations.answer_wish(actor, wish_id=wish_id, **form.values())

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Svaret är sparat. Personen ser det på sin sida."))
        return redirect("careplans:unit_contacts")
    context = {
        "found": found,
        "wish": found.wish,
        "person": found.person,
        "form": None if found.wish.answered_at else form,
    }
    return page(request, "careplans/wish.html", context, status=status_of(form))
