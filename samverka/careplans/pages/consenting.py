"""The consent to a plan: ask, answer, note, take back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverka.access import reads as access
from samverka.access.actions import Action
from samverka.careplans import operations, reads, rules
from samverka.careplans.forms import (
    AnswerForm,
    AskConsentForm,
    RefusalForm,
    UnableForm,
    VoiceForm,
)
from samverka.careplans.pages.showing import base_of
from samverka.careplans.reads import ConsentPage
from samverka.careplans.rules import ConsentStatus, Owing, VoiceAnswer
from samverka.kernel.problems import NotAllowed
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried

CONSENT_TONES = {
    ConsentStatus.NOT_ASKED: "warning",
    ConsentStatus.ASKED: "info",
    ConsentStatus.GIVEN: "success",
    ConsentStatus.REFUSED: "warning",
    ConsentStatus.NOT_POSSIBLE: "warning",
    ConsentStatus.WITHDRAWN: "warning",
    ConsentStatus.EXPIRED: "warning",
}
ANSWER_TONES = {
    VoiceAnswer.YES: "success",
    VoiceAnswer.NO: "warning",
    VoiceAnswer.NOT_HEARD: "neutral",
}
PLACES = {"units": "unit"}
"""What the operation calls the field."""
OWING_WORDS = {
    Owing.REGION: rules.OWNER_WORDS[rules.OwnerKind.REGION],
    Owing.MUNICIPALITY: rules.OWNER_WORDS[rules.OwnerKind.MUNICIPALITY],
}


@require_safe
def consent(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Where the consent stands; for the person the question itself."""
    return _shown(request, reads.plan_consent(actor_of(request), plan_id=plan_id), AnswerForm())


def _shown(request: HttpRequest, found: ConsentPage, form: Form) -> HttpResponse:
    mine = actor_of(request).is_person
    context = _context(request, found) | {"form": form}
    template = "careplans/consent_mine.html" if mine else "careplans/consent.html"
    return page(request, template, context, status=status_of(form))


def _context(request: HttpRequest, found: ConsentPage) -> dict[str, Any]:
    return {
        "base": base_of(request),
        "found": found,
        "person": found.person,
        "tones": CONSENT_TONES,
        "answer_tones": ANSWER_TONES,
        "owing": OWING_WORDS,
    }


def _noted(
    request: HttpRequest,
    found: ConsentPage,
    form: Form,
    step: Callable[[], ConsentPage],
    *,
    title: str,
    lead: str,
    button: str,
    done: str,
) -> HttpResponse:
    """The one way for every form of the staff: show it, or do the step and come back."""
    if request.method == "POST" and form.is_valid() and tried(form, step, PLACES) is not None:
        toast(request, done)
        return redirect("careplans:consent", plan_id=found.plan_id)
    context = _context(request, found) | {
        "form": form,
        "title": title,
        "lead": lead,
        "button": button,
    }
    return page(request, "careplans/consent_form.html", context, status=status_of(form))


def _opened(request: HttpRequest, plan_id: UUID) -> ConsentPage:
    """For staff of those that keep the plan; the person answers on the own page."""
    actor = actor_of(request)
    access.may_open(actor, action=Action.PLAN_CONSENT_ANSWER)
    found = reads.plan_consent(actor, plan_id=plan_id)
    if not actor.is_staff or found.unit.provider_id != actor.provider_id:
        raise NotAllowed(rules.MAY_NOT_SHARE)
    return found


@require_http_methods(GET_POST)
def ask(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Ask the person on the own page."""
    actor = actor_of(request)
    access.may_open(actor, action=Action.PLAN_CONSENT_ASK)
    question = reads.consent_question(actor, plan_id=plan_id)
    found = question.page
    if not found.may_ask:
        raise NotAllowed(rules.MAY_NOT_SHARE)
    near = question.parties | {
        one.id for one in question.units if str(one.id) in request.GET.getlist("enhet")
    }
    initial = {
        "units": [str(one) for one in near],
        "covers": _("Planen: målen, vem som gör vad och det du har berättat i den."),
    }
    if found.current is not None and found.status is ConsentStatus.ASKED:
        initial |= {"not_covered": found.current.not_covered}
    form = AskConsentForm(
        request.POST if request.method == "POST" else None,
        units=question.units,
        parties=near,
        near=question.near,
        initial=initial,
    )

    def step() -> ConsentPage:
        return operations.ask_consent(actor, plan_id=plan_id, **form.values())

    return _noted(
        request,
        found,
        form,
        step,
        title=_("Fråga om samtycke"),
        lead=_("Personen får frågan på Min sida och svarar med ett klick."),
        button=_("Skicka frågan"),
        done=_("Frågan är skickad. Den som kan svara ser den på Min sida."),
    )


@require_http_methods(GET_POST)
def note_refusal(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Note a no."""
    found = _opened(request, plan_id)
    data = request.POST if request.method == "POST" else None
    form = RefusalForm(data, initial={"said_by": found.person.name, "form": "oral"})

    def step() -> ConsentPage:
        return operations.note_refusal(actor_of(request), plan_id=plan_id, **form.values())

    return _noted(
        request,
        found,
        form,
        step,
        title=_("Notera nej"),
        lead=_("Planen delas inte. Var och en planerar sin egen del."),
        button=_("Notera nej"),
        done=_("Nejet är noterat. Planen delas inte."),
    )


@require_http_methods(GET_POST)
def note_unable(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Note that the person cannot consent."""
    found = _opened(request, plan_id)
    form = UnableForm(request.POST if request.method == "POST" else None)

    def step() -> ConsentPage:
        return operations.note_unable(actor_of(request), plan_id=plan_id, **form.cleaned_data)

    return _noted(
        request,
        found,
        form,
        step,
        title=_("Personen kan inte samtycka"),
        lead=_("Grund och bedömning sparas med namnet på den som har bedömt."),
        button=_("Spara bedömningen"),
        done=_("Bedömningen är sparad."),
    )


@require_http_methods(GET_POST)
def note_voice(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Note a guardian's answer, or the child's own view."""
    found = _opened(request, plan_id)
    data = request.POST if request.method == "POST" else None
    form = VoiceForm(data, page=found, initial={"form": "oral"})

    def step() -> ConsentPage:
        return operations.note_voice(actor_of(request), plan_id=plan_id, **form.values())

    return _noted(
        request,
        found,
        form,
        step,
        title=_("Notera ett svar"),
        lead=_("Varje vårdnadshavare svarar för sig. Barnet får säga sitt."),
        button=_("Spara svaret"),
        done=_("Svaret är sparat."),
    )


# ── the person ──


@require_POST
def answer(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Yes or no, with one click."""
    actor, form = actor_of(request), AnswerForm(request.POST)
    yes = request.POST.get("svar") == "ja"

    def step() -> ConsentPage:
        words = form.cleaned_data["words"]
        outside, why = (words, "") if yes else ("", words)
        return operations.answer_consent(
            actor, plan_id=plan_id, yes=yes, not_covered=outside, words=why
        )

    if form.is_valid() and request.POST.get("svar") in ("ja", "nej"):
        if tried(form, step) is not None:
            said = _("Du har sagt ja. Tack.") if yes else _("Du har sagt nej. Planen delas inte.")
            toast(request, said)
            return redirect("careplans:consent", plan_id=plan_id)
    elif form.is_valid():
        form.add_error(None, _("Välj ja eller nej."))
    return _shown(request, reads.plan_consent(actor, plan_id=plan_id), form)


@require_http_methods(GET_POST)
def take_back(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """What happens then is said first; then the consent can be taken back."""
    actor = actor_of(request)
    found = reads.plan_consent(actor, plan_id=plan_id)
    if actor.is_staff:
        return redirect("careplans:withdraw", plan_id=plan_id)
    if request.method == "POST":
        made = operations.take_back_consent(actor, plan_id=plan_id)
        if made.status is ConsentStatus.GIVEN:
            toast(request, _("Ditt nej är sparat. Ett annat ja gäller ändå."))
        else:
            toast(request, _("Du har tagit tillbaka ditt ja. De får inget mer."))
        return redirect("careplans:consent", plan_id=plan_id)
    return page(request, "careplans/consent_back.html", _context(request, found))
