"""Tavlan: what waits on the unit, on its own screen, on paper and on the wall."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samverka.access.act import permits
from samverka.access.actions import Action
from samverka.discharge import reads
from samverka.discharge.pages.looks import next_href
from samverka.discharge.reads import CHOICE_WORDS, Board, Choice
from samverka.discharge.rules.kinds import (
    STATUS_WORDS,
    TRACK_NAMES,
    TRACK_WORDS,
    CaseStatus,
)
from samverka.discharge.rules.messages import KIND_WORDS
from samverka.web.door import actor_of, polled, translated
from samverka.web.page import page

STATUS_TONES = {
    CaseStatus.EXPECTED: "neutral",
    CaseStatus.ADMITTED: "info",
    CaseStatus.READY: "warning",
    CaseStatus.HOME: "success",
    CaseStatus.CLOSED: "neutral",
    CaseStatus.CANCELLED: "neutral",
}
STATUS_ICONS = {
    CaseStatus.EXPECTED: "hourglass",
    CaseStatus.ADMITTED: "hospital",
    CaseStatus.READY: "clock",
    CaseStatus.HOME: "house",
    CaseStatus.CLOSED: "lock",
    CaseStatus.CANCELLED: "ban",
}
LOOKS = {
    "status_words": STATUS_WORDS,
    "status_tones": STATUS_TONES,
    "status_icons": STATUS_ICONS,
    "track_words": TRACK_WORDS,
    "track_names": TRACK_NAMES,
}
_CHOICE = "visa"


def choice_of(request: HttpRequest) -> Choice:
    """The choice in the address; nonsense is what waits on the unit."""
    asked = request.GET.get(_CHOICE, "")
    return next((one for one in Choice if one.value == asked), Choice.OURS)


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The unit's cases, the most pressing first."""
    return page(request, "discharge/board.html", _context(request))


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """The same for a screen on the wall: no names in full, large, by itself up to date.

    The screen asks each minute. Where nothing has changed nobody is shown anew, so nobody is noted.
    """
    known = _known(request)
    if known and reads.changes(actor_of(request), known=known) == known:
        return HttpResponseNotModified()
    return page(request, "discharge/wall.html", _context(request, Choice.ALL))


def _known(request: HttpRequest) -> str:
    """Which state of the board the page that asks shows; empty for one that is opened."""
    return request.headers.get("If-None-Match", "").strip('"')


def _context(request: HttpRequest, choice: Choice | None = None) -> dict[str, object]:
    actor, sieve = actor_of(request), sieve_of(request)
    chosen = choice or choice_of(request)
    found = reads.board(actor, choice=chosen, **sieve)
    return {
        "board": found,
        "choice": chosen.value,
        "tabs": [_tab(one, chosen, found, sieve) for one in Choice],
        "ask": _asks(chosen, sieve),
        "filters": [one for one in _filters(found, sieve) if len(one["choices"]) > 1],
        "sieved": any(sieve.values()),
        "one_ward": len(found.wards) < 2,
        "may_open": permits(actor, Action.CASE_OPEN),
    } | LOOKS


_SIEVES = {"ward": "avdelning", "place": "kommun"}


def sieve_of(request: HttpRequest) -> dict[str, str]:
    """Which ward and which municipality were asked for, by name; empty: all."""
    return {name: request.GET.get(word, "") for name, word in _SIEVES.items()}


def _filters(found: Board, sieve: dict[str, str]) -> list[dict[str, Any]]:
    """What one can choose between; a list of one is no choice."""
    words = {"ward": (_("Avdelning"), found.wards), "place": (_("Kommun"), found.places)}
    return [
        {"name": _SIEVES[name], "label": label, "chosen": sieve[name], "choices": choices}
        for name, (label, choices) in words.items()
    ]


def _address(one: Choice, sieve: dict[str, str], to: str = "discharge:board") -> str:
    asked = {_CHOICE: one.value} if one is not Choice.OURS else {}
    asked |= {_SIEVES[name]: value for name, value in sieve.items() if value}
    start = reverse(to)
    return f"{start}?{urlencode(asked)}" if asked else start


def _asks(one: Choice, sieve: dict[str, str]) -> str:
    """Where the page asks whether the board has changed, with what was chosen on it."""
    return _address(one, sieve, "discharge:changes")


def _tab(one: Choice, chosen: Choice, found: Board, sieve: dict[str, str]) -> dict[str, object]:
    return {
        "href": _address(one, sieve),
        "label": translated(CHOICE_WORDS[one]),
        "count": found.counts[one],
        "current": one is chosen,
    }


@polled
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Whether the board has changed since it was shown: asked by the page, now and then."""
    known = _known(request)
    found = reads.changes(actor_of(request), known=known)
    if found == known:
        return HttpResponseNotModified()
    chosen, sieve = choice_of(request), sieve_of(request)
    context = {
        "digest": found,
        "href": _address(chosen, sieve),
        "ask": _asks(chosen, sieve),
        "changed": True,
    }
    response = page(request, "discharge/parts/changes.html", context)
    response["ETag"] = f'"{found}"'
    return response


# ── the morning round ──


@require_safe
def round_start(request: HttpRequest) -> HttpResponse:
    """The first on the round."""
    queue = reads.round_queue(actor_of(request))
    if not queue:
        return page(request, "discharge/round.html", {"found": None})
    return redirect("discharge:round", case_id=queue[0])


@require_safe
def round_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One case at a time, with the one before and the one after."""
    shown = reads.round_case(actor_of(request), case_id=case_id)
    if shown is None:
        return redirect("discharge:case", case_id=case_id)
    found = shown.found
    context = {
        "found": found,
        "next_href": next_href(found) or reverse("discharge:case", args=[found.case.id]),
        "case": found.case,
        "n": shown.place,
        "of": shown.of,
        "before": shown.before,
        "after": shown.after,
        "others": [one for one in found.steps if one != found.shown],
        "last": found.case.messages[-1] if found.case.messages else None,
        "kind_words": KIND_WORDS,
    }
    return page(request, "discharge/round.html", context | LOOKS)
