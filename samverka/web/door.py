"""The door: session → Actor. Closed by default; the only place outside jobs that reads the clock."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from samverka.access.models import Account
from samverka.access.roles import PERSON_PERMISSIONS
from samverka.kernel.actor import Actor, ActorKind, Purpose, Side
from samverka.kernel.problems import Problem
from samverka.kernel.text import in_language

ASSIGNMENT = "assignment"
"""Session key: the chosen assignment, or `AS_PERSON` for the person's own pages."""

AS_PERSON = "person"
SEEN = "seen"
SECOND_FACTOR = "second-factor"

View = TypeVar("View", bound=Callable[..., HttpResponse])

_SEEN_STEP = timedelta(seconds=60)
"""The last sign of life is written at most once a minute: a write per request would be waste."""


def public(view: View) -> View:
    """Mark an address that needs no log-in. A house test lists them all."""
    view.public = True  # type: ignore[attr-defined]
    return view


def before_choice(view: View) -> View:
    """Mark an address that needs a log-in but no chosen assignment."""
    view.before_choice = True  # type: ignore[attr-defined]
    return view


def actor_of(request: HttpRequest) -> Actor:
    """The request's actor; the door has seen to it that there is one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


class DoorMiddleware:
    """Gives each request its time and its actor, and turns a Problem into a page in words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()  # type: ignore[attr-defined]  # noqa: TID251 (the door reads the clock)
        request.actor = None  # type: ignore[attr-defined]
        response = self.get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            add_never_cache_headers(response)
            patch_vary_headers(response, ["HX-Request"])
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Let no one past without an actor, but to what is marked as open."""
        if _is_open(request, view):
            if request.user.is_authenticated:  # so that error and help pages know who one is
                request.actor = _actor(request)  # type: ignore[attr-defined]
            return None
        if not request.user.is_authenticated:
            return _to_login(request)
        if _idle_too_long(request):
            logout(request)
            return _to_login(request)
        if getattr(view, "before_choice", False):
            return None
        if _lacks_second_factor(request):
            return redirect("mfa_index")
        request.actor = _actor(request)  # type: ignore[attr-defined]
        if actor_of(request) is None:
            return redirect(settings.SAMVERKA_CHOOSER_URL)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal in words becomes a page, or an OperationOutcome."""
        return refusal(request, error) if isinstance(error, Problem) else None


_LOGIN_ADDRESSES = ("account_", "mfa_")


def _is_open(request: HttpRequest, view: Callable[..., Any]) -> bool:
    if getattr(view, "public", False):
        return True
    name = request.resolver_match.url_name or "" if request.resolver_match else ""
    # The log-in library guards its own addresses: each one asks for what it needs.
    return name.startswith(_LOGIN_ADDRESSES)


def _to_login(request: HttpRequest) -> HttpResponse:
    address = reverse(settings.SAMVERKA_ENTRANCE_URL)
    if _is_api(request):
        return JsonResponse(_outcome("login", gettext("Logga in först.")), status=401)
    if getattr(request, "htmx", False):
        response = HttpResponse(status=401)
        response["HX-Redirect"] = address
        return response
    return redirect(f"{address}?next={request.path}" if request.method == "GET" else address)


def _idle_too_long(request: HttpRequest) -> bool:
    now: datetime = request.at  # type: ignore[attr-defined]
    seen = request.session.get(SEEN)
    last = datetime.fromisoformat(seen) if seen else now
    if now - last > settings.SAMVERKA_IDLE:
        return True
    if not seen or now - last > _SEEN_STEP:
        request.session[SEEN] = now.isoformat()
    return False


def _lacks_second_factor(request: HttpRequest) -> bool:
    """Two factors over open nets (HSLF-FS 2016:40 3 chap.); the demo's log-in page needs none."""
    if settings.DEMO or request.session.get(SECOND_FACTOR):
        return False
    if not is_mfa_enabled(request.user):
        return True
    request.session[SECOND_FACTOR] = True
    return False


def _actor(request: HttpRequest) -> Actor | None:
    account: Account = request.user  # type: ignore[assignment]
    chosen = request.session.get(ASSIGNMENT)
    at: datetime = request.at  # type: ignore[attr-defined]
    request_id = uuid.uuid4().hex
    if chosen == AS_PERSON or (chosen is None and account.person_id):
        return person_actor(account, at, request_id) if account.person_id else None
    if not chosen:
        return None
    found: Actor | None = import_string(settings.SAMVERKA_ACTOR_FOR)(
        account.id, UUID(chosen), at=at, request_id=request_id
    )
    return found


def person_actor(account: Account, at: datetime, request_id: str = "") -> Actor:
    """The actor that a person's log-in is."""
    return Actor(
        kind=ActorKind.PERSON,
        id=account.id,
        name=account.name,
        at=at,
        side=Side.PERSON,
        person_id=account.person_id,
        permissions=PERSON_PERMISSIONS,
        purpose=Purpose.PATIENT_REQUEST,
        request_id=request_id,
    )


# ── refusals ──


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/fhir/")


def _outcome(code: str, words: str) -> dict[str, Any]:
    return {
        "resourceType": "OperationOutcome",
        "issue": [{"severity": "error", "code": code, "diagnostics": words}],
    }


def refusal(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem in the user's language, with its status: a page, a fragment or an outcome."""
    words = in_language(problem.message, gettext)
    mend = in_language(problem.mend, gettext) if problem.mend else ""
    if _is_api(request):
        return JsonResponse(
            _outcome(problem.code, f"{words} {mend}".strip()), status=problem.status
        )
    context = {
        "status": problem.status,
        "message": words,
        "mend": mend,
        "actor": getattr(request, "actor", None),
    }
    template = "web/parts/refusal.html" if getattr(request, "htmx", False) else "web/error.html"
    return render(request, template, context, status=problem.status)


def translated(message: str) -> str:
    """A sentence of the rules in the user's language."""
    return in_language(message, gettext)
