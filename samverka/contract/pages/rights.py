"""Pages where the person decides: who may read, what is closed, who acts for me."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.access import operations, reads
from samverka.access.reads import BlockDetail, ConsentDetail
from samverka.contract.forms import MyBlockForm, MyConsentForm, MyProxyForm
from samverka.contract.pages.shared import own_id, status_of, tried
from samverka.kernel.actor import Actor, Branch
from samverka.kernel.calendar import local_date
from samverka.organisations.reads import (
    ProviderDetail,
    UnitDetail,
    provider_names,
    reading_providers,
    unit_names,
)
from samverka.people.operations import appoint_representative
from samverka.people.reads import list_representatives
from samverka.people.rules import PROXY_WORDS, SCOPE_WORDS
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast

GET_POST = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class NamedConsent:
    """A consent with the names of those who may read."""

    consent: ConsentDetail
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedBlock:
    """A block with the names of what is closed."""

    block: BlockDetail
    unit: str
    provider: str


def named_consents(found: list[ConsentDetail]) -> list[NamedConsent]:
    """Consents with the readers' names."""
    names = provider_names({one for consent in found for one in consent.reader_providers})
    return [
        NamedConsent(one, tuple(names[key].name for key in one.reader_providers if key in names))
        for one in found
    ]


def named_blocks(found: list[BlockDetail]) -> list[NamedBlock]:
    """Blocks with the names of units and care providers."""
    units = unit_names({one.unit_id for one in found if one.unit_id})
    providers = provider_names({one.provider_id for one in found})
    return [
        NamedBlock(
            one,
            units[one.unit_id].name if one.unit_id in units else "",
            providers[one.provider_id].name if one.provider_id in providers else "",
        )
        for one in found
    ]


# ── who may read ──


@require_http_methods(GET_POST)
def consents(request: HttpRequest) -> HttpResponse:
    """What the person has said yes to; say yes, or take it back."""
    actor = actor_of(request)
    person_id = own_id(actor)
    found = reads.list_consents(actor, person_id=person_id)
    near, others = _readers(actor, person_id)
    form = MyConsentForm(
        request.POST or None, today=local_date(actor.at), providers=[*near, *others]
    )
    if request.method == "POST" and form.is_valid():
        given = {"person_id": person_id, "given_by": actor.name, **form.values()}
        if tried(form, lambda: operations.give_consent(actor, **given)) is not None:
            toast(request, _("Sparat. Nu får de läsa."))
            return redirect("contract:my_consents")
    context = {
        "holding": named_consents([one for one in found if one.holds]),
        "ended": named_consents([one for one in found if not one.holds]),
        "form": form,
        "near": len(near),
    }
    return page(request, "contract/my_consents.html", context, status=status_of(form))


def _readers(actor: Actor, person_id: UUID) -> tuple[list[ProviderDetail], list[ProviderDetail]]:
    """Care providers that have to do with the person now, and the others."""
    related = {one.provider_id for one in reads.list_relations(actor, person_id=person_id)}
    found = reading_providers()
    near = [one for one in found if one.id in related]
    return near, [one for one in found if one.id not in related]


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
    person_id = own_id(actor)
    found = reads.list_blocks(actor, person_id=person_id)
    form = MyBlockForm(request.POST or None, units=_closable(actor, person_id))
    if request.method == "POST" and form.is_valid():
        values = form.values()
        done = tried(form, lambda: operations.set_block(actor, person_id=person_id, **values))
        if done is not None:
            toast(request, _("Sparat. Uppgifterna är spärrade från och med nu."))
            return redirect("contract:my_blocks")
    context = {"blocks": named_blocks(found), "form": form}
    return page(request, "contract/my_blocks.html", context, status=status_of(form))


def _closable(actor: Actor, person_id: UUID) -> list[UnitDetail]:
    """Units that have to do with the person. IFO's records are never shared, so there is no block."""
    related = {one.unit_id for one in reads.list_relations(actor, person_id=person_id)}
    found = [unit for unit in unit_names(related).values() if unit.branch is not Branch.IFO]
    return sorted(found, key=lambda unit: unit.name)


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
