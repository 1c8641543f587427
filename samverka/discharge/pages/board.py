"""Tavlan: what waits on the unit, on its own screen, on paper and on the wall."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.views.decorators.http import require_safe

from samverka.access.act import permits
from samverka.access.actions import Action
from samverka.discharge import reads
from samverka.discharge.reads import CHOICE_WORDS, Board, Choice
from samverka.discharge.rules.kinds import STATUS_WORDS, TRACK_WORDS, CaseStatus, Part
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
    """The same for a screen on the wall: no names in full, large, by itself up to date."""
    return page(request, "discharge/wall.html", _context(request))


def _context(request: HttpRequest) -> dict[str, object]:
    actor, chosen = actor_of(request), choice_of(request)
    found = reads.board(actor, choice=chosen)
    return {
        "board": found,
        "choice": chosen.value,
        "tabs": [_tab(one, chosen, found) for one in Choice],
        "is_ward": any(one.part is Part.WARD for one in found.lines),
        "may_open": permits(actor, Action.CASE_OPEN),
    } | LOOKS


def _tab(one: Choice, chosen: Choice, found: Board) -> dict[str, object]:
    start = reverse("discharge:board")
    return {
        "href": start if one is Choice.OURS else f"{start}?{_CHOICE}={one.value}",
        "label": translated(CHOICE_WORDS[one]),
        "count": found.counts[one],
        "current": one is chosen,
    }


@polled
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Whether the board has changed since it was shown: asked by the page, now and then."""
    known = request.headers.get("If-None-Match", "").strip('"')
    found = reads.changes(actor_of(request), known=known)
    if found == known:
        return HttpResponseNotModified()
    chosen = choice_of(request)
    context = {"digest": found, "href": _href(chosen), "changed": True, "choice": chosen.value}
    response = page(request, "discharge/parts/changes.html", context)
    response["ETag"] = f'"{found}"'
    return response


def _href(chosen: Choice) -> str:
    return f"{reverse('discharge:board')}?{_CHOICE}={chosen.value}"
