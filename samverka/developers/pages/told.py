"""What the server can and how one gets in: open to anyone, as `metadata` is."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samverka.connections.rules.clients import KIND_WORDS
from samverka.connections.rules.words import PLAIN
from samverka.developers.pages.frame import base_of, sandbox, shown, statement
from samverka.developers.rules.copying import token_command, token_script
from samverka.developers.rules.stated import Kind, Operation, sought
from samverka.developers.rules.words import OPERATIONS, TYPES
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text
from samverka.web.door import public, translated


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where to begin: the addresses, and in the demo whom one may read about and how one gets a token."""
    found = sandbox()
    context: dict[str, object] = {"sandbox": found, "version": statement(base_of(request)).version}
    if found is not None:
        address = request.build_absolute_uri("/").rstrip("/")
        context["command"] = token_command(address, found.folder)
        context["first_call"] = _first_call(
            base_of(request), found.persons[0].id if found.persons else ""
        )
    return shown(request, "start", context)


def _first_call(base: str, person: str) -> str:
    address = f"{base}/Patient/{person}" if person else f"{base}/Patient?_count=5"
    return f"curl -sS '{address}' -H \"Authorization: Bearer $TOKEN\""


CALLED = dict(PLAIN) | dict(TYPES)
"""What types are called."""


def _said(operations: Iterable[Operation]) -> list[tuple[str, str, bool]]:
    """Name, words, and whether they are the reader's language."""
    return [
        (one.name, translated(OPERATIONS[one.name]), True)
        if one.name in OPERATIONS
        else (one.name, one.words, False)
        for one in operations
    ]


@public
@require_safe
def types(request: HttpRequest) -> HttpResponse:
    """Every type of R4, those that the rooms keep first; sought by a word."""
    word = request.GET.get("sok", "")[:60]
    known = statement(base_of(request))
    kinds = known.kinds
    called = {name: translated(words) for name, words in CALLED.items()}
    found = [(one, called.get(one.name, "")) for one in sought(kinds.values(), word, called)]
    context = {
        "word": word,
        "count": len(found),
        "of": len(kinds),
        "owned": [one for one in found if one[0].owned],
        "whole": [] if word else _said(known.operations),
        "kept": [one for one in found if not one[0].owned],
    }
    return shown(request, "types", context)


@public
@require_safe
def kind(request: HttpRequest, name: str) -> HttpResponse:
    """One type: by what it is found, what can be done with it."""
    known = statement(base_of(request))
    found: Kind | None = known.kinds.get(name)
    if found is None:
        raise NotFound(text("Resurstypen finns inte i FHIR R4."))
    called = translated(CALLED[name]) if name in CALLED else ""
    does = [_DOES[one].replace("{type}", name) for one in found.interactions if one in _DOES]
    context = {
        "kind": found, "called": called, "common": known.common, "does": does, "operations": _said(found.operations),
    }  # fmt: skip
    return shown(request, "kind", context, tab="types")


_DOES = {
    "read": "GET {type}/{id}",
    "vread": "GET {type}/{id}/_history/{version}",
    "update": "PUT {type}/{id}",
    "patch": "PATCH {type}/{id}",
    "delete": "DELETE {type}/{id}",
    "history-instance": "GET {type}/{id}/_history",
    "history-type": "GET {type}/_history",
    "create": "POST {type}",
    "search-type": "GET {type}?…",
}


@public
@require_safe
def access(request: HttpRequest) -> HttpResponse:
    """How one gets in: register, scopes, a token."""
    found = sandbox()
    at = request.build_absolute_uri
    token = at(reverse("connections:token"))
    if found is not None:
        script = token_script(token, found.system, found.file, "key")
    else:
        script = token_script(token, _("ditt client_id"), _("nyckel.jwk"))
    context = {
        "smart": at(reverse("connections:smart")),
        "token": token,
        "authorize": at(reverse("connections:authorize")),
        "sorts": list(KIND_WORDS.values()),
        "script": script,
        "command": token_command(at("/").rstrip("/"), found.folder) if found else "",
        "sandbox": found,
    }
    return shown(request, "access", context)


@public
@require_safe
def limits(request: HttpRequest) -> HttpResponse:
    """How much and how often, and what the refusals mean."""
    context = {
        "body": settings.SAMVERKA_FHIR_BODY // 1_000_000,
        "depth": settings.SAMVERKA_FHIR_DEPTH,
        "letters": settings.SAMVERKA_FHIR_ADDRESS,
        "seconds": int(settings.SAMVERKA_FHIR_SECONDS),
        "a_minute": settings.SAMVERKA_FHIR_A_MINUTE,
    }
    return shown(request, "limits", context)
