"""Pages for staff: the person's contract, and what staff write down for one who rings or comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samverka.access.actions import Action
from samverka.access.reads import may_open
from samverka.contract import operations, reads
from samverka.contract.forms import (
    BehalfBlockForm,
    BehalfConsentForm,
    BehalfProxyForm,
    BehalfWishForm,
    BehalfWordsForm,
)
from samverka.contract.pages.shared import abouts_of, staff_of, tried
from samverka.contract.rules import BEHALF_WAY_WORDS, BEHALF_WORDS
from samverka.kernel.calendar import local_date
from samverka.people.reads import PersonDetail
from samverka.people.rules import LANGUAGES
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import status_of

GET_POST = ["GET", "HEAD", "POST"]

FORM = "contract/behalf.html"


@require_safe
def contract(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The same contract as the person sees, with owner and clock per line."""
    actor = actor_of(request)
    if actor.is_person:
        return redirect("contract:my_page", person_id=person_id)
    found = reads.staff_contract(staff_of(request), person_id=person_id)
    context = {
        "one": found,
        "mine": found.mine,
        "person": found.mine.person,
        "waiting": [one for one in found.mine.comments if one.by_person and not one.handled_at],
        "languages": LANGUAGES,
        "kinds": BEHALF_WORDS,
        "ways": BEHALF_WAY_WORDS,
    }
    return page(request, "contract/contract.html", context)


@require_http_methods(GET_POST)
def words(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Write down what the person says about the plan."""
    actor = staff_of(request)
    found = reads.staff_contract(actor, person_id=person_id)
    form = BehalfWordsForm(
        request.POST or None,
        today=local_date(actor.at),
        sayers=found.sayers,
        abouts=abouts_of(found.mine),
    )
    return _answered(
        request,
        found.mine.person,
        form,
        lambda: operations.enter_words(actor, **form.values()),
        heading=_("Fråga, kommentar eller ändring"),
        lead=_("Skriv in det som personen säger. Det läses av dem som håller i planen."),
        blank=not found.may_write,
    )


@require_http_methods(GET_POST)
def wish(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Write down that the person asks for a fast contact, or for another one."""
    actor = staff_of(request)
    person = reads.relations_page(actor, person_id=person_id).person
    form = BehalfWishForm(request.POST or None, today=local_date(actor.at), sayers=(person.name,))
    return _answered(
        request,
        person,
        form,
        lambda: operations.enter_wish(actor, person_id=person_id, **form.values()),
        heading=_("Be om en annan kontakt"),
        lead=_("Den som ber om en fast vårdkontakt ska få en (6 kap. 2 § patientlagen)."),
    )


@require_http_methods(GET_POST)
def consent(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Note that the person lets care providers read."""
    actor = staff_of(request)
    may_open(actor, action=Action.CONSENT_GIVE)
    found = reads.consents_page(actor, person_id=person_id)
    form = BehalfConsentForm(
        request.POST or None,
        today=local_date(actor.at),
        sayers=(found.person.name,),
        providers=[*found.near, *found.others],
    )
    return _answered(
        request,
        found.person,
        form,
        lambda: operations.enter_consent(actor, person_id=person_id, **form.values()),
        heading=_("Ja till att andra läser"),
        lead=_(
            "Berätta först vad det innebär och att det går att säga nej (2 kap. lagen 2022:913)."
        ),
    )


@require_http_methods(GET_POST)
def block(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Block what a unit of the own care provider holds."""
    actor = staff_of(request)
    may_open(actor, action=Action.BLOCK_SET)
    found = reads.blocks_page(actor, person_id=person_id)
    form = BehalfBlockForm(
        request.POST or None,
        today=local_date(actor.at),
        sayers=(found.person.name,),
        units=found.closable,
    )
    return _answered(
        request,
        found.person,
        form,
        lambda: operations.enter_block(actor, person_id=person_id, **form.values()),
        heading=_("Spärr"),
        lead=_("Spärren gäller på en gång. En vårdnadshavare kan inte spärra ett barns uppgifter."),
    )


@require_http_methods(GET_POST)
def proxy(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Let someone act for the person."""
    actor = staff_of(request)
    may_open(actor, action=Action.PROXY_GRANT)
    person = reads.relations_page(actor, person_id=person_id).person
    form = BehalfProxyForm(request.POST or None, today=local_date(actor.at), sayers=(person.name,))
    return _answered(
        request,
        person,
        form,
        lambda: operations.enter_proxy(actor, person_id=person_id, **form.values()),
        heading=_("Ombud"),
        lead=_("Ombudet kan läsa personens sida. Personen kan ta tillbaka det när som helst."),
    )


def _answered(
    request: HttpRequest,
    person: PersonDetail,
    form: Form,
    step: Callable[[], object],
    *,
    heading: str,
    lead: str,
    blank: bool = False,
) -> HttpResponse:
    """The form, or back to the contract when it has been written down."""
    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Inskrivet. Det syns för personen, med vem som skrev in det."))
        return redirect("contract:contract", person_id=person.id)
    context: dict[str, Any] = {
        "person": person,
        "form": form,
        "heading": heading,
        "lead": lead,
        "blank": blank,
    }
    return page(request, FORM, context, status=status_of(form))
