"""One entry done as the same request by itself would be."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from samverka.config.exchange.bundles.values import Asking, Done
from samverka.config.exchange.patching import patch
from samverka.config.exchange.writing import create, delete, delete_where, update, update_where
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _
from samverka.resources.rules.bundles import Asked, Entry, Method
from samverka.resources.rules.lines import Faulty
from samverka.resources.rules.objects import read_object
from samverka.resources.rules.patching import JSON_PATCH
from samverka.web.exchange import Call, Issue, Unreadable, Wish

_TAG = re.compile(r'^(?:W/)?"([^"]{1,64})"$')


def do(asking: Asking, entry: Entry, text: bytes) -> Done:
    """Do one entry.

    Args:
        text: its resource, with the names that hold now.

    Raises:
        Problem: as the same request by itself would be refused.
    """
    asked, actor = entry.asked, asking.actor_for(entry.asked)
    if asked.method is Method.DELETE:
        return _delete(actor, asking, asked)
    if asked.method is Method.PATCH:
        return Done.written(patch(actor, _patch_call(asking, entry, text)), asking)
    if asked.method is Method.PUT:
        return _put(actor, asking, asked, text)
    if asked.creates:
        wish = wish_of(asking, asked)
        return Done.written(create(actor, asked.kind, text, wish), asking)
    return ask(actor, asking, asked, text)


def wish_of(asking: Asking, asked: Asked) -> Wish:
    """The conditions of an entry."""
    unless = asked.header("If-None-Exist") or None
    return Wish(
        version=version_in(asked.header("If-Match")),
        unless=unless,
        lenient=asking.lenient,
        new=asked.header("If-None-Match").strip() == "*",
        base=asking.call.base,
    )


def version_in(tag: str) -> str:
    """The version that an entity tag names.

    Raises:
        Unreadable: it is no tag. A condition that is not understood must not be passed over.
    """
    found = _TAG.match(tag.strip())
    if tag and not found:
        words = _('Versionen skrivs som i ETag: W/"7".')
        raise Unreadable(words, [Issue("If-Match", words)])
    return found[1] if found else ""


def _put(actor: Actor, asking: Asking, asked: Asked, text: bytes) -> Done:
    wish = wish_of(asking, asked)
    if asked.id:
        return Done.written(update(actor, asked.kind, asked.id, text, wish), asking)
    return Done.written(update_where(actor, asked.kind, asked.query, text, wish), asking)


def _delete(actor: Actor, asking: Asking, asked: Asked) -> Done:
    if asked.id:
        delete(actor, asked.kind, asked.id, wish_of(asking, asked))
    else:
        delete_where(actor, asked.kind, asked.query)
    return Done(204)


def _patch_call(asking: Asking, entry: Entry, text: bytes) -> Call:
    """A patch in a Bundle is a Parameters, or a Binary with the JSON Patch (R4, http, 3.1.0.11.4)."""
    asked = entry.asked
    given = () if asked.id else tuple(parse_qsl(asked.query, keep_blank_values=True))
    media = "application/fhir+json"
    if entry.kind == "Binary":
        text, media = _unpacked(text), JSON_PATCH
    return Call(
        method="PATCH",
        kind=asked.kind,
        key=asked.id,
        given=given,
        text=text,
        content_type=media,
        base=asking.call.base,
        wish=wish_of(asking, asked),
    )


def _unpacked(text: bytes) -> bytes:
    try:
        found = read_object(text)
        return base64.b64decode(str(found.get("data", "")), validate=True)
    except (Faulty, binascii.Error, ValueError) as error:
        words = _("En JSON Patch i en Bundle skickas som Binary, med data i base64.")
        raise Unreadable(words, [Issue("Binary.data", words)]) from error


# ── what only reads: through the same views as by itself ──


def ask(actor: Actor, asking: Asking, asked: Asked, text: bytes) -> Done:
    """A read, a search or an operation, answered by the view of its address."""
    request = _request(actor, asking, asked, text)
    try:
        view, args, kwargs = resolve(request.path_info, settings.ROOT_URLCONF)
    except Resolver404 as error:
        raise NotFound(_("Adressen finns inte i FHIR.")) from error
    response = view(request, *args, **kwargs)
    body = b"" if asked.method is Method.HEAD else bytes(response.content)
    tag = response.get("ETag", "")
    made = Done(response.status_code, version=version_in(tag) if tag else "")
    if response.status_code >= 400:
        return Done(response.status_code, outcome=body)
    return Done(made.status, version=made.version, resource=body)


def _request(actor: Actor, asking: Asking, asked: Asked, text: bytes) -> HttpRequest:
    base = urlsplit(asking.call.base)
    request = HttpRequest()
    request.method = asked.method.value
    request.path = request.path_info = "/".join(filter(None, [base.path.rstrip("/"), asked.path]))
    request.GET = QueryDict(asked.query)
    request.META = {
        "REQUEST_METHOD": asked.method.value,
        "QUERY_STRING": asked.query,
        "HTTP_HOST": base.netloc,
        "SERVER_NAME": base.hostname or "localhost",
        "SERVER_PORT": str(base.port or (443 if base.scheme == "https" else 80)),
        "wsgi.url_scheme": base.scheme or "http",
        "HTTP_ACCEPT": "application/fhir+json",
    }
    if text:
        request.META["CONTENT_TYPE"] = "application/fhir+json"
        request.content_type = "application/fhir+json"
    for name, value in (asked.headers or {}).items():
        request.META[f"HTTP_{name.upper().replace('-', '_')}"] = value
    request._body = text  # Django's own name for a body that has been read
    request.actor = actor  # type: ignore[attr-defined]
    request.at = actor.at  # type: ignore[attr-defined]
    return request
