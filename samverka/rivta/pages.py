"""SOAP over HTTP: a question in, an answer out. Who asks is an actor with a purpose, as everywhere."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from samverka.kernel.actor import Actor
from samverka.kernel.problems import Problem
from samverka.kernel.text import in_language
from samverka.kernel.text import text as _
from samverka.rivta import reads
from samverka.rivta.rules import (
    CONTACTS,
    MOST_BYTES,
    PLANS,
    Asked,
    BadXml,
    Contract,
    Result,
    WrongRequest,
    care_contacts,
    care_plans,
    fault,
    read_request,
)
from samverka.web.door import actor_of
from samverka.web.exchange import ReadOnly, WrongForm

XML = "text/xml; charset=utf-8"
MEDIA = ("text/xml", "application/xml", "application/soap+xml")
F = TypeVar("F")


def plans(request: HttpRequest) -> HttpResponse:
    """GetCarePlans 2.0."""
    return _answer(request, PLANS, reads.plans_of, care_plans)


def contacts(request: HttpRequest) -> HttpResponse:
    """GetCareContacts 3.0."""
    return _answer(request, CONTACTS, reads.contacts_of, care_contacts)


def _answer(
    request: HttpRequest,
    contract: Contract,
    fetch: Callable[..., list[F]],
    write: Callable[..., bytes],
) -> HttpResponse:
    if request.method != "POST":
        raise ReadOnly(_("Hit skickas en fråga med POST."), ["POST"])
    if (request.content_type or "").lower() not in MEDIA:
        raise WrongForm(_("Innehållet ska vara XML."), mend=_("Skicka Content-Type: text/xml."))
    source = settings.SAMVERKA_HSA_ID
    if not source:
        return _fault(503, _("Tjänstekontrakten är inte påslagna här."), ours=True)
    log_id = str(uuid.uuid4())
    asked = None
    try:
        asked = read_request(contract, request.read(MOST_BYTES + 1))
        if asked.address.upper() != source.upper():
            return _fault(500, _("Den logiska adressen är inte det här systemets."))
        actor = actor_of(request)
        reads.require_contract(actor, contract=contract)
        found = _found(actor, asked, source, fetch)
        result = Result(log_id)
    except BadXml as problem:
        return _fault(500, problem.words)
    except WrongRequest as problem:
        found, result = [], Result(log_id, _said(problem.words), wrong=True)
    except Problem as problem:  # may not ask at all
        return _fault(500, problem.message)
    number, kind = (asked.number, asked.kind) if asked else ("", "")
    made = write(found, number=number, kind=kind, source=source, result=result)
    return HttpResponse(made, content_type=XML)


def _found(actor: Actor, asked: Asked, source: str, fetch: Callable[..., list[F]]) -> list[F]:
    """What there is for this reader; what somebody may not know is not there."""
    if asked.source and asked.source.upper() != source.upper():
        return []
    person: UUID | None = reads.person_asked_for(actor, number=asked.number, kind=asked.kind)
    return fetch(actor, person_id=person, asked=asked) if person else []


def _fault(status: int, words: str, *, ours: bool = False) -> HttpResponse:
    return HttpResponse(fault(_said(words), ours=ours), status=status, content_type=XML)


def _said(words: str) -> str:
    return in_language(words, gettext)
