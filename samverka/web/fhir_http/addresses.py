"""Each address of `/fhir/R4`: which method does what."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _
from samverka.web import limits
from samverka.web.door import actor_of, public
from samverka.web.exchange import NDJSON, Exchange, ReadOnly, Unreadable
from samverka.web.fhir_http import answering, asking, feeding

View = Callable[..., HttpResponse]

_READS = ("GET", "HEAD")
_TYPE = re.compile(r"^[A-Za-z]{1,64}$")
_SENDS = ("POST", "PUT", "PATCH")


def _exchange() -> Exchange:
    return cast(Exchange, import_string(settings.SAMVERKA_FHIR_FOR))


def _in_json(view: View) -> View:
    """The answer is JSON, packed where the client takes that."""

    @wraps(view)
    def answered(request: HttpRequest, **parts: str) -> HttpResponse:
        asking.check_form(request)
        with limits.timed():
            found = view(request, **parts)
        return answering.packed(request, found)

    return answered


# ── /fhir/R4 ──


@_in_json
def base(request: HttpRequest) -> HttpResponse:
    """Do what a Bundle asks for: batch or transaction. What one tells who only lets in imports is taken in."""
    exchange, actor = _exchange(), actor_of(request)
    if exchange.bundle is None or exchange.feeds(actor, "", ""):
        return _take_in(request, exchange)
    if request.method != "POST":
        raise _only_sent()
    text = asking.body(request)
    return answering.plain(exchange.bundle(actor, asking.call_of(request, text)))


def _take_in(request: HttpRequest, exchange: Exchange) -> HttpResponse:
    """What a record system tells, as in an import."""
    if request.method != "POST":
        raise _only_sent()
    return feeding.bundle(exchange.feed(actor_of(request), asking.body(request), ""))


def _only_sent() -> ReadOnly:
    return ReadOnly(_("Hit skickas en Bundle med POST."), ["POST"])


@public
@_in_json
def metadata(request: HttpRequest) -> HttpResponse:
    """What can be done here: for anyone, before any log-in. It says nothing of anyone."""
    _only(request, *_READS)
    return answering.plain(_exchange().capability(asking.call_of(request)))


@public
@_in_json
def openapi(request: HttpRequest) -> HttpResponse:
    """The same for tools that read OpenAPI: for anyone too."""
    _only(request, *_READS)
    return answering.plain(_exchange().described(asking.call_of(request)))


# ── /fhir/R4/Type ──


@_in_json
def one_part(request: HttpRequest, kind: str) -> HttpResponse:
    """A type: search, create, or write by a condition. The whole server's history, statement and operations."""
    exchange = _exchange()
    if kind == "_history":
        return _history(request, exchange, "", "")
    if kind.startswith("$"):
        return _operate(request, exchange, "", "", kind)
    _check_type(exchange, kind)
    doing = {"GET": _search, "HEAD": _search, "POST": _create, "PUT": _put_where,
             "DELETE": _delete_where, "PATCH": _patch_where}  # fmt: skip
    if exchange.patch is None:
        del doing["PATCH"]
    if "GET" not in exchange.methods(kind):
        del doing["GET"], doing["HEAD"]
    _only(request, *doing)
    return doing[str(request.method)](request, exchange, kind)


def _search(request: HttpRequest, exchange: Exchange, kind: str) -> HttpResponse:
    page = exchange.search(actor_of(request), asking.call_of(request, kind=kind))
    return answering.searchset(request, page, kind)


def _create(request: HttpRequest, exchange: Exchange, kind: str) -> HttpResponse:
    actor, text = actor_of(request), asking.body(request)
    if exchange.feeds(actor, kind, ""):
        return feeding.single(request, exchange.feed(actor, text, ""), made=True)
    if _condition(request):  # passed over, it would make one more each time
        raise Unreadable(_("Ett villkor för att skapa skickas i If-None-Exist, inte i adressen."))
    wish = asking.wish_of(request)
    return answering.written(request, exchange.create(actor, kind, text, wish))


def _condition(request: HttpRequest) -> str:
    """The search in the address."""
    given = [(n, one) for n, values in request.GET.lists() for one in values if n not in _SHAPE]
    return urlencode(given)


_SHAPE = ("_format", "_pretty")


def _put_where(request: HttpRequest, exchange: Exchange, kind: str) -> HttpResponse:
    text, wish = asking.body(request), asking.wish_of(request)
    condition = _condition(request)
    made = exchange.update_where(actor_of(request), kind, condition, text, wish)
    return answering.written(request, made)


def _delete_where(request: HttpRequest, exchange: Exchange, kind: str) -> HttpResponse:
    exchange.delete_where(actor_of(request), kind, _condition(request))
    return answering.removed(request)


def _patch_where(request: HttpRequest, exchange: Exchange, kind: str) -> HttpResponse:
    return _patch(request, exchange, kind, "")


# ── /fhir/R4/Type/id ──


@_in_json
def two_parts(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """A resource: read, write, patch, delete. A type's search by form, its history and operations."""
    exchange = _exchange()
    if kind.startswith("$"):  # what an operation has left behind: an export
        return _operate(request, exchange, "", key, kind)
    _check_type(exchange, kind)
    if key == "_search":
        _only(request, *_READS, "POST")
        return _search(request, exchange, kind)
    if key == "_history":
        return _history(request, exchange, kind, "")
    if key.startswith("$"):
        return _operate(request, exchange, kind, "", key)
    doing = {"GET": _read, "HEAD": _read, "PUT": _put, "PATCH": _patch, "DELETE": _delete}
    if exchange.patch is None:
        del doing["PATCH"]
    _only(request, *doing)
    return doing[str(request.method)](request, exchange, kind, key)


def _read(request: HttpRequest, exchange: Exchange, kind: str, key: str) -> HttpResponse:
    actor = actor_of(request)
    found = exchange.read(actor, kind, key, lambda one: asking.names_it(request, one))
    return answering.shown(request, found)


def _put(request: HttpRequest, exchange: Exchange, kind: str, key: str) -> HttpResponse:
    actor, text = actor_of(request), asking.body(request)
    if exchange.feeds(actor, kind, key):
        return feeding.single(request, exchange.feed(actor, text, key), made=False)
    made = exchange.update(actor, kind, key, text, asking.wish_of(request))
    return answering.written(request, made)


def _patch(request: HttpRequest, exchange: Exchange, kind: str, key: str) -> HttpResponse:
    assert exchange.patch is not None
    text = asking.body(request, (*asking.MEDIA, *asking.PATCHES))
    call = asking.call_of(request, text, kind=kind, key=key)
    return answering.written(request, exchange.patch(actor_of(request), call))


def _delete(request: HttpRequest, exchange: Exchange, kind: str, key: str) -> HttpResponse:
    exchange.delete(actor_of(request), kind, key, asking.wish_of(request))
    return answering.removed(request)


# ── /fhir/R4/Type/id/… ──


@_in_json
def three_parts(request: HttpRequest, kind: str, key: str, name: str) -> HttpResponse:
    """A resource's history and operations, and what is in its compartment."""
    exchange = _exchange()
    if kind.startswith("$"):
        return _operate(request, exchange, "", f"{key}/{name}", kind)
    _check_type(exchange, kind)
    if name == "_history":
        return _history(request, exchange, kind, key)
    if name.startswith("$"):
        return _operate(request, exchange, kind, key, name)
    return _within(request, exchange, (kind, key), name)


@_in_json
def four_parts(request: HttpRequest, kind: str, key: str, name: str, last: str) -> HttpResponse:
    """One version of a resource; a compartment's search by form."""
    exchange = _exchange()
    _check_type(exchange, kind)
    if name == "_history":
        _only(request, *_READS)
        actor = actor_of(request)
        found = exchange.vread(actor, kind, key, last, lambda one: asking.names_it(request, one))
        return answering.shown(request, found)
    if last == "_search":
        return _within(request, exchange, (kind, key), name, "POST")
    raise _nowhere()


def _within(
    request: HttpRequest, exchange: Exchange, within: tuple[str, str], kind: str, *more: str
) -> HttpResponse:
    if kind != "*":
        _check_type(exchange, kind)
    _only(request, *_READS, *more)
    call = asking.call_of(request, kind="" if kind == "*" else kind, within=within)
    return answering.searchset(request, exchange.search(actor_of(request), call), *within, kind)


# ── what several addresses share ──


def _history(request: HttpRequest, exchange: Exchange, kind: str, key: str) -> HttpResponse:
    _only(request, *_READS)
    found = exchange.history(actor_of(request), asking.span_of(request, kind, key))
    return answering.history(request, found, *filter(None, (kind, key)))


_MEDIA = (*asking.MEDIA, *NDJSON)


def _operate(
    request: HttpRequest, exchange: Exchange, kind: str, key: str, name: str
) -> HttpResponse:
    if exchange.operate is None:
        raise _nowhere()
    text = b""
    if request.method in _SENDS and (request.content_type or "").lower() in _MEDIA:
        text = asking.body(request, _MEDIA)
    call = asking.call_of(request, text, kind=kind, key=key, name=name)
    return answering.plain(exchange.operate(actor_of(request), call))


def _check_type(exchange: Exchange, kind: str) -> None:
    if not _TYPE.match(kind) or not exchange.knows(kind):
        raise NotFound(_("Resurstypen finns inte i FHIR R4."))


def _only(request: HttpRequest, *methods: str) -> None:
    if request.method not in methods:
        words = _(
            "Det går inte att göra så här. Det som går: %(methods)s.", methods=", ".join(methods)
        )
        raise ReadOnly(words, methods)


def _nowhere() -> NotFound:
    return NotFound(_("Adressen finns inte."))
