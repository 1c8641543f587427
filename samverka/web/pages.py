"""Pages that belong to no room: help, the component gallery, one's own settings and unsent words, health, refusals."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samverka.web import drafts as unsent
from samverka.web import gallery as examples
from samverka.web import operations, reads
from samverka.web.door import actor_of, go_to, public, quiet
from samverka.web.outcome import is_api, outcome
from samverka.web.page import page
from samverka.web.refusals import refusal_of
from samverka.web.rules import DRAFT_FIELD
from samverka.web.sessions import left
from samverka.web.toasts import toast
from samverka.web.typed import shown

YEAR = 365 * 24 * 60 * 60  # seconds
PREFERENCES = {
    "text_size": ("normal", "large"),
    "scheme": ("auto", "light", "dark"),
    "shortcuts": ("on", "off"),
}
"""Cookie name → values; the first is the default and needs no cookie."""


@public
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """Help for staff or for the person, by who is reading."""
    actor = getattr(request, "actor", None)
    for_person = actor is not None and actor.is_person
    return page(request, "web/help_person.html" if for_person else "web/help.html")


@public
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (lag 2018:1937, 13 §)."""
    return page(request, "web/accessibility.html")


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state. No data of anyone: open to all who are logged in."""
    return page(request, "web/gallery.html", {"groups": examples.rendered(request)})


@public
@require_POST
def preference(request: HttpRequest) -> HttpResponse:
    """Keep a setting of one's own in a cookie: text size, light or dark, keys on or off."""
    response = HttpResponseRedirect(_next(request))
    for name, values in PREFERENCES.items():
        if (chosen := request.POST.get(name)) in values:
            _keep(response, name, str(chosen), default=values[0], secure=request.is_secure())
    return response


def _keep(response: HttpResponse, name: str, value: str, *, default: str, secure: bool) -> None:
    if value == default:
        response.delete_cookie(name, samesite="Lax")
        return
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", httponly=True, secure=secure)


def _next(request: HttpRequest) -> str:
    """The page that the user came from, if it is one of ours."""
    wanted = request.POST.get("next", "/")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else "/"


# ── what was typed when the session ended ──


@require_GET
def drafts(request: HttpRequest) -> HttpResponse:
    """What one had typed when a session ended: to send again, or to throw away."""
    actor = actor_of(request)
    context = {
        "base": "web/person_base.html" if actor.is_person else "web/base.html",
        "drafts": [shown(draft) for draft in reads.list_drafts(actor)],
        "draft_field": DRAFT_FIELD,
    }
    return page(request, "web/drafts.html", context)


@require_POST
def throw_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Throw away what was kept."""
    operations.throw_draft(actor_of(request), draft_id=draft_id)
    toast(request, _("Texten är borttagen."))
    return redirect("web:drafts")


# ── the session, and whether the house stands ──


@public
@quiet
@require_GET
def session_left(request: HttpRequest) -> HttpResponse:
    """How many seconds the session goes on. Asking is no sign of life."""
    known = request.user.is_authenticated
    rest = left(request, request.at) if known else timedelta()  # type: ignore[attr-defined]
    return JsonResponse({"left": max(0, int(rest.total_seconds()))})


@require_POST
def session_go_on(request: HttpRequest) -> HttpResponse:
    """Someone is still there: the door has noted it."""
    return JsonResponse({"left": int(left(request, request.at).total_seconds())})  # type: ignore[attr-defined]


@public
@quiet
@require_GET
def alive(request: HttpRequest) -> HttpResponse:
    """Whether this process answers, for the one who restarts it."""
    return HttpResponse("lever", content_type="text/plain")


@public
@quiet
@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    """Whether this process can serve pages, for the one who shares out requests: 503 without the database."""
    try:
        connection.ensure_connection()
        usable = connection.is_usable()  # asks `SELECT 1`
    except Error:
        usable = False
    if not usable:
        connection.close()  # the next one who asks tries anew
    words, status = ("redo", 200) if usable else ("databasen svarar inte", 503)
    return HttpResponse(words, status=status, content_type="text/plain")


# ── Django's own refusals (`handler400` … in the root urls, `CSRF_FAILURE_VIEW`) ──


def _refused(request: HttpRequest, status: int, **words: str) -> HttpResponse:
    if is_api(request):
        told = refusal_of(status)
        said = f"{words.get('message', told.message)} {words.get('mend', told.mend)}"
        return outcome(status, _ISSUES.get(status, "exception"), said)
    fragment = request.headers.get("HX-Request") == "true"
    template = "web/parts/refusal.html" if fragment else "web/error.html"
    return render(request, template, {"status": status, **words}, status=status)


_ISSUES = {400: "invalid", 403: "forbidden", 404: "not-found"}
"""FHIR IssueType of Django's own refusals."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler400`."""
    return _refused(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler403`."""
    return _refused(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler404`. Never says what the exception says: that names our addresses."""
    return _refused(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """`handler500`. Its template asks nothing of the database, which may be the fault."""
    return _refused(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`CSRF_FAILURE_VIEW`: mostly the page was open since before the last log-in, and then nothing is lost."""
    if not is_api(request) and _own_page_from_before(request):
        account = request.user
        unsent.keep(request, unsent.writer(account, request.at))  # type: ignore[arg-type,attr-defined]
        return go_to(request, reverse("web:drafts"))
    return _refused(
        request,
        403,
        message=_("Formuläret var för gammalt, eller så sparar webbläsaren inte kakor."),
        mend=_("Gå tillbaka, ladda om sidan och skicka igen."),
    )


def _own_page_from_before(request: HttpRequest) -> bool:
    """A page of ours that the same account had open when a session of its ended in this browser."""
    same_origin = request.headers.get("Sec-Fetch-Site") == "same-origin"
    account = getattr(request, "user", None)
    return same_origin and account is not None and account.pk == unsent.remembered(request)
