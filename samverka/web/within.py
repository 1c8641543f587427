"""A page asks the FHIR server on behalf of the one who is logged in: the same views, limits, gate and trail as from outside.

Only the way there is shorter: what stands before the FHIR views at the door (session, cookies, forged forms) has been
asked of the page's own request already, and its actor goes on.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any
from urllib.parse import SplitResult, unquote_to_bytes, urlsplit

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _
from samverka.web import limits
from samverka.web.door import actor_of
from samverka.web.fhir_http.asking import BASE
from samverka.web.outcome import outcome_of
from samverka.web.straight import told

_SURROUNDINGS = (
    "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_PORT", "HTTP_ACCEPT_LANGUAGE", "REMOTE_ADDR", "wsgi.url_scheme",
)  # fmt: skip
"""What is the same for both: where the server is, and which language is wanted."""


def ask_within(
    request: HttpRequest, method: str, address: str, headers: Iterable[tuple[str, str]], body: bytes
) -> HttpResponse:
    """What the FHIR server answers the one who is logged in.

    Args:
        request: the page's own; its actor asks.
        address: the whole address, or its path, with what stands behind the question mark.
    """
    asked = WSGIRequest(_environ(request, method, urlsplit(address), headers, body))
    asked.actor, asked.at = actor_of(request), request.at  # type: ignore[attr-defined]
    try:
        response = _answered(asked)
    except Exception as error:
        response = told(error)
    return _whole(response)


def _environ(
    request: HttpRequest,
    method: str,
    address: SplitResult,
    headers: Iterable[tuple[str, str]],
    body: bytes,
) -> dict[str, Any]:
    environ: dict[str, Any] = {
        name: request.META[name] for name in _SURROUNDINGS if name in request.META
    }
    for name, value in headers:
        key = name.upper().replace("-", "_")
        environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
    return environ | {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(address.path).decode("latin-1"),
        "QUERY_STRING": address.query,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
    }


def _answered(asked: HttpRequest) -> HttpResponseBase:
    path = asked.path_info
    if path != BASE and not path.startswith(f"{BASE}/"):
        raise NotFound(_("Adressen finns inte."))
    if problem := limits.refusal(asked, actor_of(asked)):
        return outcome_of(problem)
    try:
        found = resolve(path)
    except Resolver404 as error:
        raise NotFound(_("Adressen finns inte.")) from error
    asked.resolver_match = found
    answer: HttpResponseBase = found.func(asked, *found.args, **found.kwargs)
    return answer


def _whole(response: HttpResponseBase) -> HttpResponse:
    """A file that is sent piece by piece is read to the end."""
    if isinstance(response, HttpResponse):
        return response
    whole = HttpResponse(
        b"".join(response), status=response.status_code, headers=dict(response.items())
    )
    response.close()
    return whole
