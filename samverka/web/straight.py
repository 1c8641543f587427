"""A FHIR client with a token of its own goes straight to the FHIR views.

What stands before a page (session, cookies, languages of menus, forged forms, messages, log-in) is not for one who
sends a token and no cookie, and costs more than the answer. The token is asked by the same door (`tokens`), the views are the same,
and so are the gate and the trail behind them; the answer has the headers that matter to a program.

Nothing leaves here without words: whatever happens becomes an OperationOutcome.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from functools import cache
from threading import local
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, get_resolver
from django.utils import timezone, translation

from samverka.kernel.problems import NotFound, Problem
from samverka.kernel.text import text as _
from samverka.web import limits, tokens
from samverka.web.door import actor_of
from samverka.web.outcome import BASE, outcome_of
from samverka.web.refusals import refusal_of

log = logging.getLogger("samverka.web.straight")

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

QUIET = 5.0
"""Seconds without a question after which the connection to the database is tried before it is used."""

_of = local()


class Straight:
    """The application for the web server: FHIR clients straight on, all others the ordinary way."""

    def __init__(self, ordinary: Application) -> None:
        self.ordinary = ordinary

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        if not goes_straight(environ):
            return self.ordinary(environ, start_response)
        request = WSGIRequest(environ)
        response = answer(request)
        headers = list(response.items())
        start_response(f"{response.status_code} {response.reason_phrase}", headers)
        if response.streaming:
            return response
        return [response.content]  # type: ignore[attr-defined]


def goes_straight(environ: dict[str, Any]) -> bool:
    """Whether it is a client with a token, and no browser."""
    return (
        environ["PATH_INFO"].startswith(f"{BASE}{tokens.VERSION}")
        and "HTTP_AUTHORIZATION" in environ
        and "HTTP_COOKIE" not in environ
        and environ["REQUEST_METHOD"] != "OPTIONS"
        and (not settings.SECURE_SSL_REDIRECT or _is_secure(environ))
    )


def _is_secure(environ: dict[str, Any]) -> bool:
    name, value = getattr(settings, "SECURE_PROXY_SSL_HEADER", None) or ("", "")
    return environ.get("wsgi.url_scheme") == "https" or bool(name and environ.get(name) == value)


def answer(request: HttpRequest) -> HttpResponseBase:
    """What the client is to have."""
    _connect()
    language = settings.LANGUAGE_CODE
    if "HTTP_ACCEPT_LANGUAGE" in request.META:
        language = translation.get_language_from_request(request)
    translation.activate(language)
    try:
        response = _answered(request)
    except Exception as error:
        response = told(error)
    _dress(request, response)
    return response


def _answered(request: HttpRequest) -> HttpResponseBase:
    request.at = timezone.now()  # type: ignore[attr-defined]  # noqa: TID251 (the door reads the clock)
    request.actor = None  # type: ignore[attr-defined]
    request.get_host()
    refused = tokens.admit(request, tokens.bearer(request) or "", request.at)  # type: ignore[attr-defined]
    if refused is not None:
        return refused
    if problem := limits.refusal(request, actor_of(request)):
        return outcome_of(problem)
    view, parts = _view(request.path_info)
    found: HttpResponseBase = view(request, **parts)
    return found


@cache
def _patterns() -> tuple[URLPattern, ...]:
    """The addresses of FHIR, out of all there are."""
    found = get_resolver("samverka.web.urls").url_patterns
    return tuple(
        one for one in found
        if isinstance(one, URLPattern) and str(one.pattern).startswith(BASE[1:])
    )  # fmt: skip


def _view(path: str) -> tuple[Callable[..., HttpResponse], dict[str, Any]]:
    for one in _patterns():
        if match := one.resolve(path[1:]):
            return match.func, match.kwargs
    raise NotFound(_("Adressen finns inte."))


# ── what goes wrong ──


def told(error: Exception) -> HttpResponse:
    """What is said of whatever went wrong, as an OperationOutcome."""
    if isinstance(error, Problem):
        return outcome_of(error)
    if isinstance(error, SuspiciousOperation | BadRequest | UnicodeError):
        return _plain(400, "invalid")
    if isinstance(error, DatabaseError):
        return _of_database(error)
    log.error("A FHIR request failed.", exc_info=error)
    return _plain(500, "exception")


def _of_database(error: DatabaseError) -> HttpResponse:
    log.error("The database failed a FHIR request.", exc_info=error)
    lost = connection.connection is None or connection.connection.closed
    return _plain(503, "transient") if lost else _plain(500, "exception")


def _plain(status: int, code: str) -> HttpResponse:
    words = refusal_of(status)
    told = Problem(str(words.message), mend=str(words.mend))
    told.status, told.code = status, code
    return outcome_of(told)


# ── round the answer ──

_NEVER_KEPT = "max-age=0, no-cache, no-store, must-revalidate, private"


def _dress(request: HttpRequest, response: HttpResponseBase) -> None:
    response.headers.setdefault("Cache-Control", _NEVER_KEPT)
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = settings.SECURE_REFERRER_POLICY
    if settings.SECURE_HSTS_SECONDS and request.is_secure():
        response["Strict-Transport-Security"] = _HSTS
    tokens.open_to_scripts(request, response)  # type: ignore[arg-type]
    if not response.streaming and not response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))  # type: ignore[attr-defined]


_HSTS = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"


def _connect() -> None:
    """See that the thread's connection can be used. A busy one needs no trying: it was used just now."""
    now = time.monotonic()
    quiet = now - getattr(_of, "used", 0.0) > QUIET
    _of.used = now
    if quiet or connection.errors_occurred or connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
