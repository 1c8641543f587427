"""The door: session or token → Actor. Closed by default; the only place outside jobs that reads the clock."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from samverka.access.models import Account
from samverka.access.roles import PERSON_PERMISSIONS
from samverka.kernel.actor import Actor, ActorKind, Purpose, Side
from samverka.kernel.problems import NotAllowed, Problem
from samverka.kernel.text import in_language
from samverka.kernel.text import text as _
from samverka.web import drafts, tokens
from samverka.web.limits import refusal as bounds_refusal
from samverka.web.limits import refusal_of_nobody as nobody_refused
from samverka.web.outcome import is_api, outcome, outcome_of, speak_soap
from samverka.web.sessions import AS_PERSON as AS_PERSON
from samverka.web.sessions import ASSIGNMENT as ASSIGNMENT
from samverka.web.sessions import is_as_person, is_over, limits, see

SECOND_FACTOR = "second-factor"
WANTED = "wanted"
"""Session key: the address that was asked for before an assignment was chosen."""

View = TypeVar("View", bound=Callable[..., HttpResponse])

_SAFE = ("GET", "HEAD", "OPTIONS")
_FOREIGN = ("cross-site", "same-site")
"""Browsers say from where a request comes; writing is only for our own pages (ASVS 3.5)."""

_CLEAR = '"cache", "storage"'
"""What the browser throws away at log-out. Settings of look and language are cookies, and stay."""


def public(view: View) -> View:
    """Mark an address that needs no log-in. A house test lists them all."""
    view.public = True  # type: ignore[attr-defined]
    return view


def before_choice(view: View) -> View:
    """Mark an address that needs a log-in but no chosen assignment."""
    view.before_choice = True  # type: ignore[attr-defined]
    return view


def not_kept(view: View) -> View:
    """Mark a form whose words are not worth keeping when the session ends: a search."""
    view.not_kept = True  # type: ignore[attr-defined]
    return view


def quiet(view: View) -> View:
    """Mark an address that is no sign of life: it asks neither who one is nor for how long."""
    view.quiet = True  # type: ignore[attr-defined]
    return view


def polled(view: View) -> View:
    """Mark an address that the page asks by itself: whoever is away from the screen is still away."""
    view.polled = True  # type: ignore[attr-defined]
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
        request.idle = None  # type: ignore[attr-defined]
        request.left_by = None  # type: ignore[attr-defined]
        if not tokens.uses_session(
            request
        ):  # what shows who asks is no cookie: no other site can send it
            request.csrf_processing_done = True  # type: ignore[attr-defined]
        if answer := tokens.preflight(request):
            response = answer
        elif _is_foreign(request):
            response = refusal(request, NotAllowed(_("Det skickades från en annan webbplats.")))
        else:
            response = self.get_response(request)
        if request.actor is not None and actor_of(request).narrowing is None:  # type: ignore[attr-defined]
            drafts.arrived(request, response, actor_of(request))
        speak_soap(request, response)
        _dress(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Let no one past without an actor, but to what is marked as open."""
        if getattr(view, "quiet", False):
            return _too_much_for_nobody(request)
        if (token := tokens.bearer(request)) is not None:  # never the session, whatever comes of it
            return tokens.admit(request, token, _at(request)) or _too_much(request)
        if request.user.is_authenticated:
            _end_or_see(request, polled=getattr(view, "polled", False))
        elif refused := _too_much_for_nobody(request):
            return refused
        if not _is_open(request, view):
            return _let_in(request, view)
        if request.user.is_authenticated:  # so that error and help pages know who one is
            request.actor = _actor(request)  # type: ignore[attr-defined]
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal in words becomes a page, or an OperationOutcome."""
        return refusal(request, error) if isinstance(error, Problem) else None


def _is_foreign(request: HttpRequest) -> bool:
    """Written by another site with our user's cookies; who has a token of its own needs no cookie."""
    if request.method in _SAFE or not tokens.uses_session(request):
        return False
    return request.headers.get("Sec-Fetch-Site") in _FOREIGN


def _is_open(request: HttpRequest, view: Callable[..., Any]) -> bool:
    if getattr(view, "public", False):
        return True
    name = request.resolver_match.url_name or "" if request.resolver_match else ""
    # The log-in library guards its own addresses: each one asks for what it needs.
    return name.startswith(drafts.LOGIN_ADDRESSES)


def _let_in(request: HttpRequest, view: Callable[..., Any]) -> HttpResponse | None:
    """None if one may go on; else where to go first."""
    if not request.user.is_authenticated:
        _keep_for_one_who_left(request)
        return _to_login(request)
    if is_api(request):
        return _let_client_in(request)
    if getattr(view, "before_choice", False):
        return None
    if lacks_second_factor(request):
        return redirect("mfa_index")
    request.actor = _actor(request)  # type: ignore[attr-defined]
    return _to_chooser(request) if actor_of(request) is None else _to_drafts(request)


def _let_client_in(request: HttpRequest) -> HttpResponse | None:
    """A FHIR client is told what lacks; it is never sent to a page."""
    if lacks_second_factor(request):
        return outcome(403, "forbidden", gettext("Inloggningen saknar en andra faktor."))
    request.actor = _actor(request)  # type: ignore[attr-defined]
    if actor_of(request) is None:
        return outcome(403, "forbidden", gettext("Välj först vilket uppdrag du arbetar i."))
    return _too_much(request)


def _too_much(request: HttpRequest) -> HttpResponse | None:
    """The client asks for more at a time, or more often, than it may."""
    problem = bounds_refusal(request, actor_of(request))
    return outcome_of(problem) if problem else None


def _too_much_for_nobody(request: HttpRequest) -> HttpResponse | None:
    """The same of one whom nobody knows, at the addresses that other systems use."""
    problem = nobody_refused(request) if tokens.is_open_to_scripts(request) else None
    return outcome_of(problem) if problem else None


def _dress(request: HttpRequest, response: HttpResponse) -> None:
    tokens.open_to_scripts(request, response)
    if not request.path.startswith(settings.STATIC_URL):
        add_never_cache_headers(response)
        patch_vary_headers(response, ["HX-Request"])
    if request.left_by is not None:  # type: ignore[attr-defined]
        drafts.remember(response, request.left_by)  # type: ignore[attr-defined]
    match = request.resolver_match
    if match and match.url_name == "account_logout" and request.method == "POST":
        response["Clear-Site-Data"] = _CLEAR


def _to_login(request: HttpRequest) -> HttpResponse:
    address = reverse(settings.SAMVERKA_ENTRANCE_URL)
    if is_api(request):
        return outcome(401, "login", gettext("Logga in först."))
    wanted = f"{address}?next={request.path}" if request.method == "GET" else address
    return go_to(request, wanted, address)


def _to_chooser(request: HttpRequest) -> HttpResponse:
    """The assignment has ended, or none is chosen yet."""
    if request.method == "POST":
        drafts.keep(request, drafts.writer(_account(request), _at(request)))
        request.left_by = request.user.pk  # type: ignore[attr-defined]
        request.session.pop(drafts.LED, None)
    elif request.method == "GET":
        request.session[WANTED] = request.path
    return go_to(request, reverse(settings.SAMVERKA_CHOOSER_URL))


def _to_drafts(request: HttpRequest) -> HttpResponse | None:
    """Whoever is back after a session that ended is shown what was kept, once."""
    if getattr(request, "htmx", False):
        return None
    return drafts.led(request, actor_of(request), reverse("web:drafts"))


def go_to(request: HttpRequest, address: str, fragment_address: str = "") -> HttpResponse:
    """Send the whole page elsewhere, also when only a fragment was asked for."""
    if getattr(request, "htmx", False):
        response = HttpResponse(status=401)
        response["HX-Redirect"] = fragment_address or address
        return response
    return redirect(address)


def _at(request: HttpRequest) -> datetime:
    at: datetime = request.at  # type: ignore[attr-defined]
    return at


def _account(request: HttpRequest) -> Account:
    account: Account = request.user  # type: ignore[assignment]
    return account


def _end_or_see(request: HttpRequest, *, polled: bool) -> None:
    """End a session that has lasted too long, and keep what was sent; else note a sign of life."""
    at = _at(request)
    if not is_over(request, at):
        if not polled:
            see(request, at)
        request.idle = limits(request).idle  # type: ignore[attr-defined]
        return
    account = _account(request)
    drafts.keep(request, _actor(request) or drafts.writer(account, at))
    request.left_by = account.pk  # type: ignore[attr-defined]
    logout(request)


def _keep_for_one_who_left(request: HttpRequest) -> None:
    """The session ended in another tab: the form in this one is kept too."""
    written = request.method == "POST" and not is_api(request)
    account_id = drafts.remembered(request) if written else None
    account = Account.objects.filter(id=account_id, is_active=True).first() if account_id else None
    if account is not None:
        drafts.keep(request, drafts.writer(account, _at(request)))


def lacks_second_factor(request: HttpRequest) -> bool:
    """Two factors over open nets (HSLF-FS 2016:40 3 chap.); the demo's log-in page needs none."""
    if settings.DEMO or request.session.get(SECOND_FACTOR):
        return False
    if not is_mfa_enabled(request.user):
        return True
    request.session[SECOND_FACTOR] = True
    return False


def _actor(request: HttpRequest) -> Actor | None:
    account, at = _account(request), _at(request)
    request_id = uuid.uuid4().hex
    if is_as_person(request):
        return person_actor(account, at, request_id)
    chosen = request.session.get(ASSIGNMENT)
    if chosen in (None, AS_PERSON):
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


def refusal(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem in the user's language, with its status: a page, a fragment or an outcome."""
    if is_api(request):
        return outcome_of(problem)
    words = in_language(problem.message, gettext)
    mend = in_language(problem.mend, gettext) if problem.mend else ""
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
