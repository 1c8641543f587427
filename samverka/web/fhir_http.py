"""FHIR R4 over HTTP: read one resource, write one through the operation of the room that owns it.

One is logged in by the same session as in the browser, with its token against forged requests
(`X-CSRFToken`) on all that writes. Here is only HTTP: who owns which type is said above (ADR 0008).
"""

from __future__ import annotations

import re
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date, parse_http_date_safe
from django.utils.module_loading import import_string

from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _
from samverka.web import fhir_feeding as feeding
from samverka.web.door import actor_of
from samverka.web.exchange import Exchange, NoVersion, ReadOnly, Shown, Unreadable, WrongForm
from samverka.web.outcome import JSON

MEDIA = (JSON, "application/json", "text/json")
"""What a client may call FHIR's JSON."""

_READS = ("GET", "HEAD")
_TAG = re.compile(r'^(?:W/)?"([^"]{1,64})"$')
_TYPE = re.compile(r"^[A-Za-z]{1,64}$")


def _exchange() -> Exchange:
    return cast(Exchange, import_string(settings.SAMVERKA_FHIR_FOR))


def base(request: HttpRequest) -> HttpResponse:
    """Take in a Bundle from a record system: batch or transaction."""
    if request.method != "POST":
        raise ReadOnly(_("Hit skickas en Bundle med POST."), ["POST"])
    return feeding.bundle(_exchange().feed(actor_of(request), _body(request), ""))


def resource_type(request: HttpRequest, fhir_type: str) -> HttpResponse:
    """Search a type, or make a new resource of it: 201 and where it is."""
    if fhir_type == "metadata" and request.method in _READS:
        return feeding.json(_exchange().capability(actor_of(request)))
    exchange = _known(fhir_type)
    if request.method in _READS and "GET" in exchange.methods(fhir_type):
        given = [(name, one) for name, values in request.GET.lists() for one in values]
        page = exchange.search(actor_of(request), fhir_type, given)
        return feeding.searchset(request, fhir_type, page)
    if request.method == "POST" and exchange.feeds(actor_of(request), fhir_type, ""):
        fed = exchange.feed(actor_of(request), _body(request), "")
        return feeding.single(request, fed, made=True)
    if request.method != "POST" or "POST" not in exchange.methods(fhir_type):
        allowed = sorted({"GET", "POST"} & exchange.methods(fhir_type))
        raise ReadOnly(_not_made(request), allowed)
    made = exchange.create(actor_of(request), fhir_type, _body(request))
    response = _shown(made, status=201)
    response["Location"] = request.build_absolute_uri(
        reverse("web:fhir", args=[made.kind, made.id])
    )
    return response


def _not_made(request: HttpRequest) -> str:
    if request.method == "POST":
        return _("Den här typen tas inte emot så. Den blir till där arbetet görs, eller läses in.")
    return _("Den här typen går inte att söka i än. Läs en resurs i taget, med typ och id.")


def resource(request: HttpRequest, fhir_type: str, fhir_id: str) -> HttpResponse:
    """Read or change one resource."""
    exchange = _known(fhir_type)
    methods = ["GET", "HEAD", *(["PUT"] if "PUT" in exchange.methods(fhir_type) else [])]
    if request.method not in methods:
        words = _("Den här typen kan bara läsas här.")
        raise ReadOnly(words, methods)
    if request.method == "PUT" and exchange.feeds(actor_of(request), fhir_type, fhir_id):
        fed = exchange.feed(actor_of(request), _body(request), fhir_id)
        return feeding.single(request, fed, made=False)
    if request.method == "PUT":
        return _put(request, exchange, fhir_type, fhir_id)
    shown = exchange.read(
        actor_of(request), fhir_type, fhir_id, lambda found: _names_it(request, found)
    )
    return _unchanged(shown) if _has_it(request, shown) else _shown(shown)


def _put(request: HttpRequest, exchange: Exchange, kind: str, key: str) -> HttpResponse:
    version = _version(request.headers.get("If-Match", ""))
    if not version:
        raise NoVersion(
            _("Säg vilken version ändringen utgår från."),
            where="If-Match",
            mend=_('Läs resursen först och skicka dess ETag som If-Match: W/"…".'),
        )
    return _shown(exchange.update(actor_of(request), kind, key, _body(request), version))


def _known(kind: str) -> Exchange:
    exchange = _exchange()
    if not _TYPE.match(kind) or not exchange.knows(kind):
        raise NotFound(_("Resurstypen finns inte i FHIR R4."))
    return exchange


def _body(request: HttpRequest) -> bytes:
    if (request.content_type or "").lower() not in MEDIA:
        mend = _("Skicka Content-Type: application/fhir+json.")
        raise WrongForm(_("Innehållet ska vara JSON enligt FHIR R4."), mend=mend)
    if not request.body:
        raise Unreadable(_("Det kom inget innehåll."))
    return request.body


# ── versions ──


def _version(tag: str) -> str:
    found = _TAG.match(tag.strip())
    return found[1] if found else ""


def _has_it(request: HttpRequest, shown: Shown) -> bool:
    """Whether the client has this version already; a tag counts before a time (RFC 9110 13.2.2)."""
    if tags := request.headers.get("If-None-Match", ""):
        return any(_version(one) == shown.version or one.strip() == "*" for one in tags.split(","))
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and int(shown.changed_at.timestamp()) <= since


def _names_it(request: HttpRequest, shown: Shown) -> bool:
    """Whether the client names the very version: only one that was sent it can, so nothing is told.

    A star, a list of guesses or a later day also gives 304, but tells that it is there or when it was
    changed: that is a read like any other.
    """
    if tag := request.headers.get("If-None-Match", ""):
        return _version(tag) == shown.version
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and int(shown.changed_at.timestamp()) == since


def _shown(shown: Shown, status: int = 200) -> HttpResponse:
    return _dated(
        HttpResponse(shown.text, status=status, content_type=f"{JSON}; charset=utf-8"), shown
    )


def _unchanged(shown: Shown) -> HttpResponse:
    return _dated(HttpResponse(status=304), shown)


def _dated(response: HttpResponse, shown: Shown) -> HttpResponse:
    response["ETag"] = f'W/"{shown.version}"'
    response["Last-Modified"] = http_date(shown.changed_at.timestamp())
    return response
