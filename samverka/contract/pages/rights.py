"""Pages where the person decides: who may read, what is closed, who acts for me."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.access import operations
from samverka.contract import reads
from samverka.contract.forms import MyBlockForm, MyConsentForm, MyProxyForm
from samverka.contract.pages.shared import own_id, tried
from samverka.kernel.calendar import local_date
from samverka.people.operations import appoint_representative
from samverka.people.reads import list_representatives
from samverka.people.rules import PROXY_WORDS, SCOPE_WORDS
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import status_of

GET_POST = ["GET", "HEAD", "POST"]


# ── who may read ──


@require_http_methods(GET_POST)
def consents(request: HttpRequest) -> HttpResponse:
    """What the person has said yes to; say yes, or take it back."""
    actor = actor_of(request)
    found = reads.consents_page(actor, person_id=own_id(actor))
    form = MyConsentForm(
        request.POST or None, today=local_date(actor.at), near=found.near, others=found.others
    )
    if request.method == "POST" and form.is_valid():
        given = {"person_id": found.person.id, "given_by": actor.name, **form.values()}
        if tried(form, lambda: operations.give_consent(actor, **given)) is not None:
            toast(request, _("Sparat. Nu får de läsa."))
            return redirect("contract:my_consents")
    context = {"found": found, "form": form}
    return page(request, "contract/my_consents.html", context, status=status_of(form))


@require_POST
def withdraw(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Take back a yes: nothing more is shared from now."""
    actor = actor_of(request)
    operations.withdraw_consent(actor, consent_id=consent_id, by=actor.name)
    toast(request, _("Du har tagit tillbaka ditt ja. Från och med nu får de inte läsa."))
    return redirect("contract:my_consents")


# ── what is closed ──


@require_http_methods(GET_POST)
def blocks(request: HttpRequest) -> HttpResponse:
    """What the person has closed; close more, or open again."""
    actor = actor_of(request)
    found = reads.blocks_page(actor, person_id=own_id(actor))
    form = MyBlockForm(request.POST or None, units=found.closable)
    if request.method == "POST" and form.is_valid():
        values = form.values() | {"person_id": found.person.id}
        if tried(form, lambda: operations.set_block(actor, **values)) is not None:
            toast(request, _("Sparat. Uppgifterna är spärrade från och med nu."))
            return redirect("contract:my_blocks")
    context = {"blocks": found.blocks, "form": form}
    return page(request, "contract/my_blocks.html", context, status=status_of(form))


@require_POST
def unblock(request: HttpRequest, block_id: UUID) -> HttpResponse:
    """Open again what the person has closed."""
    operations.remove_block(actor_of(request), block_id=block_id)
    toast(request, _("Spärren är borta."))
    return redirect("contract:my_blocks")


# ── who acts for me ──


@require_http_methods(GET_POST)
def proxies(request: HttpRequest) -> HttpResponse:
    """Those who act for the person; let one more, or end it."""
    actor = actor_of(request)
    person_id = own_id(actor)
    form = MyProxyForm(request.POST or None, today=local_date(actor.at))
    if request.method == "POST" and form.is_valid():
        values = form.values()
        done = tried(form, lambda: appoint_representative(actor, person_id=person_id, **values))
        if done is not None:
            toast(request, _("Sparat. Ditt ombud kan läsa din sida från och med nu."))
            return redirect("contract:my_proxies")
    context = {
        "proxies": list_representatives(actor, person_id=person_id),
        "form": form,
        "kinds": PROXY_WORDS,
        "scopes": SCOPE_WORDS,
    }
    return page(request, "contract/my_proxies.html", context, status=status_of(form))


@require_POST
def end_proxy(request: HttpRequest, proxy_id: UUID) -> HttpResponse:
    """End someone's right to act for the person."""
    operations.end_proxy(actor_of(request), proxy_id=proxy_id)
    toast(request, _("Ombudet kan inte läsa din sida längre."))
    return redirect("contract:my_proxies")
