"""A client's access token at the door: `Authorization: Bearer …` below `/fhir/` becomes an actor without a session.

Whoever sends a token is let in by it or not at all: the browser's session is not asked then, so no form on another site can use it, and
no token against forged requests is needed. Scripts of other sites may therefore read the answers (CORS), without cookies.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotAllowed
from samverka.web import asked, limits
from samverka.web.outcome import BASE, CONTRACTS, is_api, outcome, outcome_of

VERSION = "R4"

OPEN_TO_SCRIPTS = (
    BASE,
    "/oauth/token",
    "/oauth/introspect",
    "/oauth/revoke",
    "/oauth/jwks",
    "/.well-known/",
)
"""Addresses that scripts of any site may use, with a token and never with a cookie."""

_SENT = "Authorization, Content-Type, Accept, Prefer, If-Match, If-None-Match, If-Modified-Since, If-None-Exist"
_SHOWN = (
    "ETag, Last-Modified, Location, Content-Location, WWW-Authenticate, X-Request-Id, Retry-After"
)
_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"
_DAY = "86400"  # seconds


def bearer(request: HttpRequest) -> str | None:
    """The token that is sent to the API; None when none is sent, "" when what is sent is no token."""
    sent = request.META.get("HTTP_AUTHORIZATION")
    if sent is None or not is_api(request):
        return None
    scheme, _space, token = sent.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def admit(request: HttpRequest, token: str, at: datetime) -> HttpResponse | None:
    """Give the request its actor; else the refusal: 401 for the token, 403 for what it does not let."""
    found: Actor | None = import_string(settings.SAMVERKA_TOKEN_FOR)(
        token, at=at, request_id=uuid.uuid4().hex
    )
    if found is None:
        problem = limits.refusal_of_nobody(request)
        return outcome_of(problem) if problem else unauthorised()
    if request.path.startswith(
        CONTRACTS
    ):  # each read asks for its own type: until then nothing passes
        request.actor = found  # type: ignore[attr-defined]
        return None
    try:
        request.actor = asked.asking(found, _question(request))  # type: ignore[attr-defined]
    except NotAllowed as problem:
        _note(found)
        return _insufficient(outcome_of(problem))
    return None


def _question(request: HttpRequest) -> asked.Question:
    path = request.path.removeprefix(BASE).removeprefix(VERSION)
    by_search = request.method in ("PUT", "PATCH", "DELETE") and path.count("/") == 1
    conditional = by_search or "HTTP_IF_NONE_EXIST" in request.META
    return asked.question(request.method or "", path, conditional=conditional)


def _note(actor: Actor) -> None:
    """A line of the refusal: an actor that has not been let ask is refused by any act."""
    try:
        with act(actor, Action.SHELF_READ) as this:
            this.require_permission()
    except NotAllowed:
        return


def unauthorised() -> HttpResponse:
    """No token that lets anybody in (RFC 6750 3.1)."""
    response = outcome(401, "login", gettext("Åtkomstbeviset gäller inte. Hämta ett nytt."))
    response["WWW-Authenticate"] = 'Bearer realm="Samverka FHIR R4", error="invalid_token"'
    return response


def _insufficient(response: HttpResponse) -> HttpResponse:
    response["WWW-Authenticate"] = 'Bearer realm="Samverka FHIR R4", error="insufficient_scope"'
    return response


# ── scripts of other sites ──


def is_open_to_scripts(request: HttpRequest) -> bool:
    """Whether scripts of any site may use the address."""
    return request.path.startswith(OPEN_TO_SCRIPTS)


def uses_session(request: HttpRequest) -> bool:
    """Whether it is the browser's log-in that is asked, which another site must not use."""
    if is_api(request):
        return bearer(request) is None
    return not is_open_to_scripts(request)


def preflight(request: HttpRequest) -> HttpResponse | None:
    """The browser's question before a script's request; None when it is none."""
    asks = request.method == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in request.META
    return HttpResponse(status=204) if asks and is_open_to_scripts(request) else None


def open_to_scripts(request: HttpRequest, response: HttpResponse) -> None:
    """Let the script that asked read the answer. Never with cookies: `*` forbids them."""
    if "HTTP_ORIGIN" not in request.META or not is_open_to_scripts(request):
        return
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = _SHOWN
    if request.method == "OPTIONS":
        response["Access-Control-Allow-Methods"] = _METHODS
        response["Access-Control-Allow-Headers"] = _SENT
        response["Access-Control-Max-Age"] = _DAY
