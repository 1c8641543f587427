"""What a FHIR client may ask for at a time: how much, how deep, how often, and for how long.

All is checked at the door, before anything is read out of what was sent, and each refusal says which limit and what to do.
The numbers are an installation's own (`config/settings.py`); each has its reason beside it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from psycopg.errors import QueryCanceled

from samverka.access.lasting import OutOfTime, lasting, require
from samverka.kernel.bulk import STRING, has_more_than
from samverka.kernel.problems import Problem, TooMany
from samverka.kernel.text import text as _
from samverka.web.exchange import TooLarge

MINUTE = 60.0  # seconds


class TooLongAddress(Problem):
    """The address is longer than is read."""

    status = 414
    code = "too-long"


class NoLength(Problem):
    """How much is sent has to be said first."""

    status = 411
    code = "required"


class TooDeep(Problem):
    """JSON lies in JSON in more steps than any resource needs."""

    status = 400
    code = "structure"


class TooOften(TooMany):
    """More requests in a minute than the client may make. `after`: seconds until there is room again."""

    def __init__(self, after: int) -> None:
        super().__init__(
            _("Systemet har frågat oftare än det får."),
            mend=_("Vänta %(seconds)d sekunder och försök igen.", seconds=after),
        )
        self.after = after


# ── how much ──


def check(request: HttpRequest) -> None:
    """What can be told of a request before anything of it is read.

    Raises:
        TooLongAddress, NoLength, TooLarge: it is more than is taken.
    """
    length = len(request.path) + len(request.META.get("QUERY_STRING", ""))
    if length > settings.SAMVERKA_FHIR_ADDRESS:
        raise TooLongAddress(
            _("Adressen är för lång."), mend=_("Sök med POST till _search i stället.")
        )
    told = request.META.get("CONTENT_LENGTH") or ""
    if not told and "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
        raise NoLength(
            _("Säg hur mycket som skickas (Content-Length)."),
            mend=_("Skicka inte i delar utan känd längd."),
        )
    if told.isascii() and told.isdigit() and int(told) > settings.SAMVERKA_FHIR_BODY:
        raise too_large()


def too_large() -> TooLarge:
    """What is said of more than is taken at a time, packed or unpacked."""
    limit = settings.SAMVERKA_FHIR_BODY // 1_000_000
    return TooLarge(
        _("Det som skickas är större än %(limit)s MB.", limit=limit),
        mend=_("Dela upp det, eller läs in det som filer."),
    )


_BRACKET = re.compile(rb"[\[\]{}]")


def check_depth(text: bytes) -> None:
    """See that nothing lies too deep, before anything is built of it.

    Raises:
        TooDeep: it does.
    """
    most = settings.SAMVERKA_FHIR_DEPTH
    if text.count(b"[") + text.count(b"{") <= most:
        return
    depth = 0
    for bracket in _BRACKET.findall(STRING.sub(b"", text)):
        depth += 1 if bracket in b"[{" else -1
        if depth > most:
            raise TooDeep(_("Det som skickas har fler nivåer än %(most)d.", most=most))


def check_number(text: bytes) -> None:
    """See that there are not too many values, before anything is built of them.

    Raises:
        TooLarge: there are.
    """
    most = settings.SAMVERKA_FHIR_VALUES
    if has_more_than(text, most):
        raise TooLarge(
            _("Det som skickas har fler än %(most)d värden.", most=most),
            mend=_("Dela upp det, eller läs in det som filer."),
        )


# ── how often ──


@dataclass(slots=True)
class _Buckets:
    """A bucket of tokens for each that asks, filled evenly; those that are full again are forgotten."""

    left: dict[str, tuple[float, float]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    most: int = 20_000

    def spend(self, key: str, a_minute: float, now: float) -> float:
        """Take one token: 0.0, or how many seconds there are until there is one."""
        with self.lock:
            if len(self.left) > self.most:
                self.left = {k: v for k, v in self.left.items() if now - v[1] < MINUTE}
            tokens, then = self.left.get(key, (a_minute, now))
            tokens = min(tokens + (now - then) * a_minute / MINUTE, a_minute)
            if tokens < 1:
                return (1 - tokens) * MINUTE / a_minute
            self.left[key] = (tokens - 1, now)
            return 0.0


_buckets = _Buckets()


def count(key: str, now: float | None = None, most: int | None = None) -> None:
    """Count a request of a client, an account or an address.

    Each worker counts its own share, so that no request waits for a shared counter. Zero is no limit.

    Args:
        most: requests a minute; else those of a client.

    Raises:
        TooOften: it has had its share for now.
    """
    allowed = settings.SAMVERKA_FHIR_A_MINUTE if most is None else most
    a_minute = allowed / max(settings.SAMVERKA_WORKERS, 1)
    if not a_minute:
        return
    wait = _buckets.spend(key, a_minute, time.monotonic() if now is None else now)
    if wait:
        raise TooOften(max(1, round(wait + 0.5)))


def forget() -> None:
    """Begin to count anew."""
    _buckets.left.clear()


# ── how long ──


class TookTooLong(Problem):
    """The question would have taken longer than it may; the database ended it."""

    status = 503
    code = "too-costly"

    after = 60
    """Seconds before it is worth trying again."""


@contextmanager
def timed() -> Iterator[None]:
    """A request, or one entry of a Bundle, for as long as it may take. An entry gets what the request has left.

    Raises:
        TookTooLong: the database ended it, or the time was out before it began.
    """
    try:
        with lasting(settings.SAMVERKA_FHIR_SECONDS):
            require()
            yield
    except OutOfTime as error:
        raise _took_too_long() from error
    except DatabaseError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        raise _took_too_long() from error


def _took_too_long() -> TookTooLong:
    return TookTooLong(
        _("Frågan tog för lång tid och avbröts."),
        mend=_("Fråga efter mindre: en person, en kortare tid eller färre på sidan."),
    )


def refusal(request: HttpRequest, actor: Any) -> Problem | None:
    """Why this request of theirs is not taken; None if it is."""
    try:
        count(client_of(actor))
        check(request)
    except Problem as problem:
        return problem
    return None


def refusal_of_nobody(request: HttpRequest) -> Problem | None:
    """Why a request of one whom nobody knows is not taken: counted by where it comes from.

    What is open to all is open to this extent, and tokens are not guessed by machine.
    """
    try:
        count(f"from {_came_from(request)}", most=settings.SAMVERKA_FHIR_OPEN_A_MINUTE)
        check(request)
    except Problem as problem:
        return problem
    return None


def _came_from(request: HttpRequest) -> str:
    """The address of the one who asks; behind a proxy the last one that the proxy has written."""
    told = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or told
    return told[:64]


def client_of(actor: Any) -> str:
    """Whose requests are counted together: a client, or the account of one who is logged in."""
    narrowing = getattr(actor, "narrowing", None)
    return f"client {narrowing.client_id}" if narrowing else f"account {actor.id}"
