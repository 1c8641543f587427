"""One form for each step of a wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.guarantee import operations, reads
from samverka.guarantee.forms import (
    AnswerForm,
    ContactForm,
    CorrectForm,
    EndForm,
    JudgeContactForm,
    NeedForm,
    OfferForm,
    PauseEndForm,
    PauseForm,
    ReasonForm,
    WaitForm,
    facts_of,
    unchanged_moments,
)
from samverka.guarantee.operations import PartKind
from samverka.guarantee.reads import WaitDetail
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Conflict, NotFound
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried

_PLACES = {"at": "day", "on": "on", "sought_unit": "sought_at", "start": "referral_issued_at"}
"""Where on a form a rule's refusal belongs."""


@require_http_methods(GET_POST)
def start(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Begin to count a person's wait at the own unit."""
    actor = actor_of(request)
    person = reads.waiting_person(actor, person_id=person_id)
    form = WaitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = tried(
            form,
            lambda: operations.start_wait(actor, person_id=person_id, facts=form.facts(actor.at)),
            _PLACES,
        )
        if made is not None:
            toast(request, _("Väntan är registrerad. Personen ser den på sin sida."))
            return redirect("guarantee:wait", wait_id=made.id)
    context = {
        "person": person,
        "form": form,
        "title": _("Ny väntan"),
        "lead": actor.unit_name,
        "button": _("Börja räkna"),
    }
    return page(request, "guarantee/form.html", context, status=status_of(form))


Make = Callable[[WaitDetail], Form]
Do = Callable[[Actor, WaitDetail, Any], WaitDetail]


def _stepped(
    request: HttpRequest,
    wait_id: UUID,
    make: Make,
    do: Do,
    *,
    title: str,
    button: str,
    done: str,
    tip: str = "",
) -> HttpResponse:
    """A form about a wait: shown, tried, and back to the wait."""
    actor = actor_of(request)
    found = reads.wait_to_edit(actor, wait_id=wait_id)
    form = make(found)

    def step() -> WaitDetail | None:
        return tried(form, lambda: do(actor, found, form), _PLACES, also=(Conflict,))

    if request.method == "POST" and form.is_valid() and step() is not None:
        toast(request, done)
        return redirect("guarantee:wait", wait_id=wait_id)
    context = {
        "found": found,
        "person": found.person,
        "form": form,
        "title": title,
        "lead": found.what,
        "button": button,
        "tip": tip,
    }
    return page(request, "guarantee/form.html", context, status=status_of(form))


@require_http_methods(GET_POST)
def correct(request: HttpRequest, wait_id: UUID) -> HttpResponse:
    """Put right what was written down wrong."""

    def do(actor: Actor, found: WaitDetail, form: CorrectForm) -> WaitDetail:
        facts = form.facts(actor.at)
        return operations.correct_wait(
            actor,
            wait_id=wait_id,
            facts=replace(facts, **unchanged_moments(found, facts)),
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
        )

    return _stepped(
        request,
        wait_id,
        lambda found: CorrectForm(request.POST or None, initial=facts_of(found)),
        do,
        title=_("Rätta uppgifterna"),
        button=_("Spara"),
        done=_("Rättat. Det som stod förut finns kvar i historiken."),
    )


@require_http_methods(GET_POST)
def need(request: HttpRequest, wait_id: UUID) -> HttpResponse:
    """Say whether a medical assessment is needed."""
    return _stepped(
        request,
        wait_id,
        lambda _found: NeedForm(request.POST or None),
        lambda actor, _found, form: operations.judge_need(actor, wait_id=wait_id, **form.facts()),
        title=_("Bedöm behovet"),
        button=_("Spara"),
        done=_("Sparat."),
    )


@require_http_methods(GET_POST)
def offer(request: HttpRequest, wait_id: UUID) -> HttpResponse:
    """Offer the person a time."""
    return _offered(request, wait_id, elsewhere=False)


@require_http_methods(GET_POST)
def offer_elsewhere(request: HttpRequest, wait_id: UUID) -> HttpResponse:
    """Offer the person care at another provider, at no extra cost (HSL 9:2)."""
    return _offered(request, wait_id, elsewhere=True)


def _offered(request: HttpRequest, wait_id: UUID, *, elsewhere: bool) -> HttpResponse:
    today = local_date(actor_of(request).at)

    def make(found: WaitDetail) -> Form:
        where = "" if elsewhere else found.unit.name
        told = {"made_on": today, "where": where, "elsewhere": elsewhere}
        told["informed_on"] = found.informed_on
        return OfferForm(request.POST or None, initial=told)

    return _stepped(
        request,
        wait_id,
        make,
        lambda actor, _found, form: operations.offer_time(
            actor, wait_id=wait_id, **form.cleaned_data
        ),
        title=_("Erbjud vård hos en annan vårdgivare") if elsewhere else _("Erbjud tid"),
        button=_("Erbjud"),
        done=_("Tiden är erbjuden. Personen ser den på sin sida."),
        tip=_("Personen väljer själv. Ett nej tar inte bort rätten till vård.")
        if elsewhere
        else "",
    )


@require_http_methods(GET_POST)
def answer(request: HttpRequest, wait_id: UUID, offer_id: UUID) -> HttpResponse:
    """Write down the person's answer."""
    today = local_date(actor_of(request).at)

    def make(found: WaitDetail) -> Form:
        one = _part(found.offers, offer_id)
        told = {"answered_on": today, "informed_on": one.informed_on or found.informed_on}
        return AnswerForm(request.POST or None, initial=told)

    return _stepped(
        request,
        wait_id,
        make,
        lambda actor, _found, form: operations.answer_offer(
            actor, offer_id=offer_id, **form.cleaned_data
        ),
        title=_("Personens svar"),
        button=_("Spara"),
        done=_("Svaret är sparat."),
    )


def _part(parts: tuple[Any, ...], part_id: UUID) -> Any:
    """The part of the wait; a wait that lacks it has no such page."""
    found = next((one for one in parts if one.id == part_id), None)
    if found is None:
        raise NotFound(_("Sidan finns inte, eller så får du inte se den."))
    return found


@require_http_methods(GET_POST)
def pause(request: HttpRequest, wait_id: UUID) -> HttpResponse:
    """Let days not be counted."""
    today = local_date(actor_of(request).at)

    def make(found: WaitDetail) -> Form:
        no = next((one for one in found.standing_offers if one.accepted is False), None)
        told = {"first": (no and no.answered_on) or today, "offer_id": str(no.id) if no else ""}
        told |= {"informed_on": (no and no.informed_on) or found.informed_on}
        told |= {"declined_on": no and no.answered_on}
        return PauseForm(request.POST or None, offers=found.standing_offers, initial=told)

    return _stepped(
        request,
        wait_id,
        make,
        lambda actor, _found, form: operations.pause_wait(actor, wait_id=wait_id, **form.facts()),
        title=_("Dagar som inte räknas"),
        button=_("Spara"),
        done=_("Sparat. Den sista dagen är räknad om."),
        tip=_(
            "Dagar dras av om personen fick veta om garantin, fick en tid inom den och själv sa "
            "nej. Alla tre måste vara uppfyllda. Att välja en senare tid räcker inte."
        ),
    )


@require_http_methods(GET_POST)
def pause_end(request: HttpRequest, wait_id: UUID, pause_id: UUID) -> HttpResponse:
    """Say which day was the last that is not counted."""
    today = local_date(actor_of(request).at)

    def make(found: WaitDetail) -> Form:
        one = _part(found.pauses, pause_id)
        return PauseEndForm(request.POST or None, initial={"last": one.last or today})

    return _stepped(
        request,
        wait_id,
        make,
        lambda actor, _found, form: operations.end_pause(
            actor, pause_id=pause_id, last=form.cleaned_data["last"]
        ),
        title=_("Dagarna räknas igen"),
        button=_("Spara"),
        done=_("Sparat. Den sista dagen är räknad om."),
    )


@require_http_methods(GET_POST)
def contact(request: HttpRequest, wait_id: UUID) -> HttpResponse:
    """Write down a visit or a call."""
    today = local_date(actor_of(request).at)
    return _stepped(
        request,
        wait_id,
        lambda _found: ContactForm(request.POST or None, initial={"day": today}),
        lambda actor, _found, form: operations.note_contact(
            actor, wait_id=wait_id, **form.contact(actor.at)
        ),
        title=_("Besök eller samtal"),
        button=_("Spara"),
        done=_("Sparat."),
    )


@require_http_methods(GET_POST)
def judge(request: HttpRequest, wait_id: UUID, wait_contact_id: UUID) -> HttpResponse:
    """Say what a visit was for that a record system has told of."""

    def make(found: WaitDetail) -> Form:
        one = _part(found.contacts, wait_contact_id)
        told = {"purpose": one.purpose.value if one.purpose else ""}
        return JudgeContactForm(request.POST or None, initial=told)

    return _stepped(
        request,
        wait_id,
        make,
        lambda actor, _found, form: operations.judge_contact(
            actor, contact_id=wait_contact_id, **form.facts()
        ),
        title=_("Vad gällde besöket?"),
        button=_("Spara"),
        done=_("Sparat."),
        tip=_(
            "Journalsystemet har inte sagt vad besöket gällde. Bara rätt sorts besök stoppar klockan."
        ),
    )


@require_http_methods(GET_POST)
def end(request: HttpRequest, wait_id: UUID) -> HttpResponse:
    """End a wait without care."""
    today = local_date(actor_of(request).at)
    return _stepped(
        request,
        wait_id,
        lambda _found: EndForm(request.POST or None, initial={"on": today}),
        lambda actor, _found, form: operations.end_wait(actor, wait_id=wait_id, **form.facts()),
        title=_("Avsluta väntan"),
        button=_("Avsluta"),
        done=_("Väntan är avslutad."),
        tip=_("Fick personen vården? Skriv in besöket i stället, så stannar klockan den dagen."),
    )


@require_http_methods(GET_POST)
def reopen(request: HttpRequest, wait_id: UUID) -> HttpResponse:
    """Let a wait go on that was ended by mistake."""
    return _stepped(
        request,
        wait_id,
        lambda _found: ReasonForm(request.POST or None),
        lambda actor, _found, form: operations.reopen_wait(
            actor, wait_id=wait_id, reason=form.cleaned_data["reason"]
        ),
        title=_("Öppna väntan igen"),
        button=_("Öppna"),
        done=_("Väntan räknas igen."),
    )


@require_http_methods(GET_POST)
def withdraw_offer(request: HttpRequest, wait_id: UUID, offer_id: UUID) -> HttpResponse:
    """Take back an offer."""
    return _withdrawn(request, wait_id, PartKind.OFFER, offer_id)


@require_http_methods(GET_POST)
def withdraw_pause(request: HttpRequest, wait_id: UUID, pause_id: UUID) -> HttpResponse:
    """Take back days that were not to be counted."""
    return _withdrawn(request, wait_id, PartKind.PAUSE, pause_id)


@require_http_methods(GET_POST)
def withdraw_contact(request: HttpRequest, wait_id: UUID, wait_contact_id: UUID) -> HttpResponse:
    """Take back a visit or a call."""
    return _withdrawn(request, wait_id, PartKind.CONTACT, wait_contact_id)


def _withdrawn(request: HttpRequest, wait_id: UUID, kind: PartKind, part_id: UUID) -> HttpResponse:
    parts = {
        PartKind.OFFER: lambda found: found.offers,
        PartKind.PAUSE: lambda found: found.pauses,
        PartKind.CONTACT: lambda found: found.contacts,
    }

    def make(found: WaitDetail) -> Form:
        _part(parts[kind](found), part_id)
        return ReasonForm(request.POST or None)

    return _stepped(
        request,
        wait_id,
        make,
        lambda actor, _found, form: operations.withdraw_part(
            actor, kind=kind, part_id=part_id, reason=form.cleaned_data["reason"]
        ),
        title=_("Ta tillbaka"),
        button=_("Ta tillbaka"),
        done=_("Taget tillbaka. Det finns kvar att läsa."),
    )
