"""How long one stays logged in: so long without doing anything, and so long at most.

Reasons (ASVS 7.1.1): a computer in care stands where others pass, so staff have fifteen minutes; a
person reads slowly and at home, so twenty. Nobody works longer than a shift without a new log-in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

ASSIGNMENT = "assignment"
"""Session key: the chosen assignment, or `AS_PERSON` for the person's own pages."""

AS_PERSON = "person"
SEEN = "seen"
BEGAN = "began"

WARNING = timedelta(minutes=2)
"""How long before the end one is asked (WCAG 2.2.1)."""

_SEEN_STEP = timedelta(seconds=60)
"""The last sign of life is written at most once a minute: a write per request would be waste."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When a session ends.

    Attributes:
        idle: after so long without a request.
        longest: after so long since log-in, whatever one does.
    """

    idle: timedelta
    longest: timedelta


def limits(request: HttpRequest) -> Limits:
    """The limits of the one who is logged in."""
    if is_as_person(request):
        return Limits(settings.SAMVERKA_IDLE_PERSON, settings.SAMVERKA_LONGEST_PERSON)
    return Limits(settings.SAMVERKA_IDLE, settings.SAMVERKA_LONGEST)


def is_as_person(request: HttpRequest) -> bool:
    """Whether one is here for oneself or for someone near, not at work."""
    chosen = request.session.get(ASSIGNMENT)
    own = getattr(request.user, "person_id", None) is not None
    return own and chosen in (None, AS_PERSON)


def left(request: HttpRequest, at: datetime) -> timedelta:
    """How long the session goes on if nothing is done; zero or less when it is over."""
    limit = limits(request)
    return min(
        _time(request, SEEN, at) + limit.idle - at, _time(request, BEGAN, at) + limit.longest - at
    )


def is_over(request: HttpRequest, at: datetime) -> bool:
    """Whether the one who is logged in has been away, or here, too long."""
    return left(request, at) < timedelta(0)


def see(request: HttpRequest, at: datetime) -> None:
    """Note a sign of life."""
    if BEGAN not in request.session:
        request.session[BEGAN] = at.isoformat()
    if SEEN not in request.session or at - _time(request, SEEN, at) > _SEEN_STEP:
        request.session[SEEN] = at.isoformat()


def _time(request: HttpRequest, key: str, at: datetime) -> datetime:
    kept = request.session.get(key)
    return datetime.fromisoformat(kept) if kept else at
