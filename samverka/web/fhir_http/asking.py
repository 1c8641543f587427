"""What a client asks for, as plain values: body, versions, preferences, form of the answer."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import parse_http_date_safe

from samverka.kernel.calendar import start_of_day
from samverka.kernel.text import text as _
from samverka.web import limits
from samverka.web.exchange import (
    NDJSON,
    Call,
    Issue,
    Shown,
    Span,
    Unacceptable,
    Unreadable,
    Wish,
    WrongForm,
)
from samverka.web.outcome import JSON

MEDIA: Final = (JSON, "application/json", "text/json")
"""What a client may call FHIR's JSON."""

PATCHES: Final = ("application/json-patch+json",)
"""What else a patch may be."""

BASE: Final = "/fhir/R4"

_TAG = re.compile(r'^(?:W/)?"([^"]{1,64})"$')


# ── the body ──


def body(request: HttpRequest, media: tuple[str, ...] = MEDIA) -> bytes:
    """What was sent, unpacked.

    Raises:
        WrongForm: it does not call itself JSON of FHIR, or is packed in an unknown way.
        TooLarge: it is larger than any resource, packed or unpacked.
        Unreadable: nothing was sent, or it cannot be unpacked.
    """
    if (request.content_type or "").lower() not in media:
        mend = _("Skicka Content-Type: application/fhir+json.")
        raise WrongForm(_("Innehållet ska vara JSON enligt FHIR R4."), mend=mend)
    text = _unpacked(request, raw(request))
    if not text:
        raise Unreadable(_("Det kom inget innehåll."), [])
    if (request.content_type or "").lower() not in NDJSON:  # each line is looked at by itself
        limits.check_number(text)
        limits.check_depth(text)
    return text


def raw(request: HttpRequest) -> bytes:
    """The bytes that came, read once and not beyond the limit."""
    if not hasattr(request, "_body"):
        largest = settings.SAMVERKA_FHIR_BODY
        text = request.read(largest + 1)
        if len(text) > largest:
            raise limits.too_large()
        request._body = text
    return request.body


def _unpacked(request: HttpRequest, text: bytes) -> bytes:
    packed = request.headers.get("Content-Encoding", "").strip().lower()
    if packed in ("", "identity"):
        return text
    if packed not in ("gzip", "x-gzip"):
        words = _("Innehållet är packat på ett sätt som inte går att läsa.")
        raise WrongForm(words, mend=_("Skicka det opackat, eller med Content-Encoding: gzip."))
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        made = unpacking.decompress(text, settings.SAMVERKA_FHIR_BODY + 1)
    except zlib.error as problem:
        raise Unreadable(_("Innehållet går inte att packa upp."), []) from problem
    if len(made) > settings.SAMVERKA_FHIR_BODY:
        raise limits.too_large()
    if not unpacking.eof or unpacking.unused_data:
        raise Unreadable(_("Innehållet går inte att packa upp."), [])
    return made


# ── versions ──


def tag_in(text: str) -> str:
    """The version that an entity tag names; "" for none, or for several."""
    found = _TAG.match(text.strip())
    return found[1] if found else ""


def has_it(request: HttpRequest, shown: Shown) -> bool:
    """Whether the client has this version already; a tag counts before a time (RFC 9110 13.2.2)."""
    if tags := request.headers.get("If-None-Match", ""):
        return any(tag_in(one) == shown.version or one.strip() == "*" for one in tags.split(","))
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and int(shown.changed_at.timestamp()) <= since


def names_it(request: HttpRequest, shown: Shown) -> bool:
    """Whether the client names the very version: only one that was sent it can, so nothing is told.

    A star, a list of guesses or a later day also gives 304, but tells that it is there or when it was
    changed: that is a read like any other.
    """
    if tag := request.headers.get("If-None-Match", ""):
        return tag_in(tag) == shown.version
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and int(shown.changed_at.timestamp()) == since


# ── preferences ──


def prefers(headers: Mapping[str, str]) -> dict[str, str]:
    """The `Prefer` header (RFC 7240): name → value, in lower case."""
    found: dict[str, str] = {}
    for one in headers.get("Prefer", "").split(","):
        name, _sign, value = one.partition(";")[0].partition("=")
        found.setdefault(name.strip().lower(), value.strip().strip('"').lower())
    return found


def wish_of(request: HttpRequest) -> Wish:
    """Under which conditions something is written."""
    return Wish(
        version=tag_in(request.headers.get("If-Match", "")),
        unless=request.headers.get("If-None-Exist"),
        lenient=prefers(request.headers).get("handling") == "lenient",
        new=request.headers.get("If-None-Match", "").strip() == "*",
        base=request.build_absolute_uri(BASE),
    )


_JSON_NAMES = frozenset({"json", *MEDIA})
_ANY = frozenset({"*/*", "application/*", "text/*"})


def check_form(request: HttpRequest) -> None:
    """JSON is the one form that there is; `_format` goes before `Accept`.

    Raises:
        Unacceptable: the client takes no JSON.
    """
    wanted = request.GET.get("_format")
    if wanted is not None:
        names = {wanted.partition(";")[0].strip().lower().replace(" ", "+")}
    else:
        accept = request.headers.get("Accept", "*/*") or "*/*"
        names = {_name(one) for one in accept.split(",")} - {""}
    if not names & (_JSON_NAMES | _ANY):
        mend = _("Skicka Accept: application/fhir+json.")
        raise Unacceptable(_("Svaret finns bara som JSON."), mend=mend)


def _name(one: str) -> str:
    """A form of `Accept`; "" for one that the client will not have (`q=0`)."""
    name, *more = (part.strip().lower() for part in one.split(";"))
    refused = any(re.fullmatch(r"q=0(\.0*)?", part.replace(" ", "")) for part in more)
    return "" if refused else name


# ── the whole request, and a span of history ──


def call_of(request: HttpRequest, text: bytes = b"", **where: object) -> Call:
    """The request as plain values."""
    given = [(name, one) for name, values in request.GET.lists() for one in values]
    if (request.content_type or "").lower() == "application/x-www-form-urlencoded":
        given += [(name, one) for name, values in request.POST.lists() for one in values]
    return Call(
        method=request.method or "GET",
        given=tuple(given),
        text=text,
        content_type=(request.content_type or "").lower(),
        headers={name.lower(): value for name, value in request.headers.items()},
        base=request.build_absolute_uri(BASE),
        wish=wish_of(request),
        **where,  # type: ignore[arg-type]
    )


_PARTS = ("_since", "_at", "_count", "_after", "_format", "_pretty")
PAGE: Final = 50


def span_of(request: HttpRequest, kind: str, key: str) -> Span:
    """Which part of the history is asked for.

    Raises:
        Unreadable: a parameter that is not known, or a value that is none.
    """
    given = {name: request.GET.get(name, "") for name in request.GET}
    lenient = prefers(request.headers).get("handling") == "lenient"
    for name in given:
        if name not in _PARTS and not lenient:
            words = _("Historiken förstår inte %(name)s.", name=name[:40])
            raise Unreadable(words, [Issue(name[:40], words, sort="not-supported")])
    since = moments(given["_since"], "_since")[0] if given.get("_since") else None
    return Span(
        kind=kind,
        key=key,
        since=since,
        at=moments(given["_at"], "_at") if given.get("_at") else None,
        count=_count(given.get("_count", "")),
        after=given.get("_after", ""),
    )


def _count(value: str) -> int:
    if not value:
        return PAGE
    if not value.isascii() or not value.isdecimal() or not int(value[:9]) > 0:
        words = _("Ange hur många på en sida, 1 eller fler.")
        raise Unreadable(words, [Issue("_count", words, sort="value")])
    return int(value[:9])


_MOMENT = re.compile(r"^(\d{4})(?:-(\d\d)(?:-(\d\d)(T[0-9:.]{5,18}(?:Z|[+-]\d\d:\d\d))?)?)?$")


def moments(value: str, name: str) -> tuple[datetime, datetime]:
    """The first moment of what R4 calls a date or time, and the first after it. A day is Sweden's day.

    Raises:
        Unreadable: it is none.
    """
    found = _MOMENT.match(value.replace(" ", "+"))
    try:
        if found is None:
            raise ValueError
        year, month, day, clock = found.groups()
        if clock:
            first = datetime.fromisoformat(value.replace(" ", "+"))
            return first.astimezone(UTC), first.astimezone(UTC) + timedelta(microseconds=1)
        begins = date(int(year), int(month or 1), int(day or 1))
        return start_of_day(begins), start_of_day(_next(begins, month, day))
    except (ValueError, OverflowError) as problem:
        words = _("Tiden går inte att läsa. Skriv till exempel 2026-11-27T08:00:00Z.")
        raise Unreadable(words, [Issue(name, words, sort="value")]) from problem


def _next(begins: date, month: str | None, day: str | None) -> date:
    if day:
        return begins + timedelta(days=1)
    if month:
        return (begins + timedelta(days=31)).replace(day=1)
    return begins.replace(year=begins.year + 1)
