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
from django.http import HttpRequest

from samverka.access.lasting import lasting
from samverka.kernel.problems import Problem, TooMany
from samverka.kernel.text import text as _

MINUTE = 60.0  # seconds


class TooLarge(Problem):
    """More was sent than is taken at a time."""

    status = 413
    code = "too-long"


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
            _("Klienten har frågat oftare än den får."),
            mend=_("Vänta %(seconds)d sekunder och försök igen.", seconds=after),
        )
        self.after = after


# ── how much ──


def take_body(request: HttpRequest) -> None:
    """Read what was sent, if it is not more than is taken.

    Raises:
        TooLongAddress, NoLength, TooLarge, TooDeep: it is.
    """
    _check_address(request)
    in_parts = "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower()
    if in_parts and not request.META.get("CONTENT_LENGTH"):
        raise NoLength(
            _("Säg hur mycket som skickas (Content-Length)."),
            mend=_("Skicka inte i delar utan känd längd."),
        )
    length = _length(request)
    if not length:
        return
    most = settings.SAMVERKA_FHIR_BODY
    if length > most:
        raise too_large(most)
    request._body = request.read(length)
    check_depth(request.body)


def too_large(most: int) -> TooLarge:
    """What is said of more than so many bytes."""
    return TooLarge(
        _("Det som skickas får vara högst %(most)d MB.", most=most // 1_000_000),
        mend=_("Dela upp det, eller läs in filer med samverka import."),
    )


def _length(request: HttpRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isascii() and told.isdigit() else 0


def _check_address(request: HttpRequest) -> None:
    length = len(request.path) + len(request.META.get("QUERY_STRING", ""))
    if length > settings.SAMVERKA_FHIR_ADDRESS:
        raise TooLongAddress(
            _("Adressen är för lång."), mend=_("Sök med POST till _search i stället.")
        )


_STRING = re.compile(rb'"(?:[^"\\]+|\\.)*+"', re.DOTALL)
_OPENS = re.compile(rb"[\[{]")
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
    for bracket in _BRACKET.findall(_STRING.sub(b"", text)):
        depth += 1 if bracket in b"[{" else -1
        if depth > most:
            raise TooDeep(_("Det som skickas har fler nivåer än %(most)d.", most=most))


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


def count(key: str, now: float | None = None) -> None:
    """Count a request of a client or an account.

    Each worker counts its own share, so that no request waits for a shared counter. Zero is no limit.

    Raises:
        TooOften: it has had its share for now.
    """
    a_minute = settings.SAMVERKA_FHIR_A_MINUTE / max(settings.SAMVERKA_WORKERS, 1)
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


@contextmanager
def timed() -> Iterator[None]:
    """A request, for as long as it may take.

    Raises:
        TookTooLong: the database ended it.
    """
    with lasting(settings.SAMVERKA_FHIR_SECONDS):
        yield


def too_long() -> TookTooLong:
    """What is said of a question that was ended."""
    return TookTooLong(
        _("Frågan tog för lång tid och avbröts."),
        mend=_("Fråga efter mindre: en person, en kortare tid eller färre på sidan."),
    )


def client_of(actor: Any) -> str:
    """Whose requests are counted together: a client, or the account of one who is logged in."""
    narrowing = getattr(actor, "narrowing", None)
    return f"client {narrowing.client_id}" if narrowing else f"account {actor.id}"
