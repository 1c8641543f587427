"""Forms around a case: what was at home, a correction, the end; and which form sends which message."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from samverka.access.actions import Action
from samverka.access.reads import may_open
from samverka.discharge import operations, reads
from samverka.discharge.forms import (
    AdmissionForm,
    BeforeForm,
    CloseForm,
    CorrectForm,
    SendForm,
    as_it_was,
)
from samverka.discharge.reads import CaseDetail, MessageDetail
from samverka.discharge.rules.kinds import CloseReason, Part
from samverka.discharge.rules.messages import KIND_WORDS, MESSAGES, MessageKind
from samverka.kernel.actor import Actor, Branch
from samverka.kernel.problems import NotFound
from samverka.people.reads import person as person_read
from samverka.web.door import actor_of, translated
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


def form_for(kind: MessageKind) -> type[SendForm]:
    """The form that sends a kind of message."""
    return AdmissionForm if kind is MessageKind.ADMISSION else SendForm


def send_by(actor: Actor, case_id: UUID, form: SendForm) -> CaseDetail:
    """Send what the form holds; the physician's judgement goes with the admission message."""
    if isinstance(form, AdmissionForm):
        return operations.tell_of_admission(
            actor, case_id=case_id, judgement=form.judgement(), letter=form.letter()
        )
    return operations.send_message(actor, case_id=case_id, kind=form.kind, letter=form.letter())


NOT_IN_CASE = gettext_lazy("Meddelandet finns inte i ärendet.")


def message_in(case: CaseDetail, message_id: UUID) -> MessageDetail:
    """The message, as the case shows it.

    Raises:
        NotFound: it is another case's, or not the own unit's to see.
    """
    message = next((one for one in case.messages if one.id == message_id), None)
    if message is None:
        raise NotFound(str(NOT_IN_CASE))
    return message


@require_http_methods(GET_POST)
def correct(request: HttpRequest, case_id: UUID, message_id: UUID) -> HttpResponse:
    """Put right what the own unit has sent; the first one stays in the case."""
    actor = actor_of(request)
    found = reads.case(actor, case_id=case_id)
    message = message_in(found, message_id)
    if not message.own:
        raise NotFound(str(NOT_IN_CASE))
    form = CorrectForm(request.POST or None, message=message, initial=as_it_was(message))

    def step() -> CaseDetail:
        letter = form.letter(message_id)
        return operations.send_message(actor, case_id=case_id, kind=message.kind, letter=letter)

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        words = translated(KIND_WORDS[message.kind])
        toast(request, _("Rättelsen är skickad: %(message)s.") % {"message": words})
        return redirect("discharge:case", case_id=case_id)
    context = {
        "form": form,
        "case": found,
        "person": found.person,
        "message": message,
        "spec": MESSAGES[message.kind],
        "kind_words": KIND_WORDS,
    }
    return page(request, "discharge/correct.html", context, status=status_of(form))


@require_http_methods(GET_POST)
def close(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """End the case and say why."""
    actor = actor_of(request)
    case = reads.case(actor, case_id=case_id)
    form = CloseForm(request.POST or None, reasons=case.may_close or tuple(CloseReason))

    def step() -> CaseDetail:
        reason = CloseReason(form.cleaned_data["reason"])
        return operations.close_case(actor, case_id=case_id, reason=reason)

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Ärendet är avslutat."))
        return redirect("discharge:board")
    context = {"form": form, "case": case, "person": case.person}
    return page(request, "discharge/close.html", context, status=status_of(form))


@require_http_methods(GET_POST)
def before(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Tell a ward how things were at home."""
    actor = actor_of(request)
    may_open(actor, action=Action.CASE_SEND)
    person = person_read(actor, person_id=person_id)
    form = BeforeForm(
        request.POST or None,
        wards=reads.wards(actor),
        part=Part.SOCIAL if actor.branch in (Branch.SOCIAL, Branch.IFO) else None,
        initial={"ground": "consent"},
    )

    def step() -> operations.BeforeDetail:
        return operations.tell_before(actor, person_id=person_id, **form.facts())

    if request.method == "POST" and form.is_valid():
        told = tried(form, step)
        if told is not None:
            toast(request, _("Skickat till %(ward)s.") % {"ward": told.ward})
            return redirect("contract:person", person_id=person_id)
    context = {"form": form, "person": person}
    return page(request, "discharge/before.html", context, status=status_of(form))
