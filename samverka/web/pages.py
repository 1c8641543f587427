"""Pages that belong to no room: help, accessibility, the component gallery, one's own settings, and refusals."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samverka.web import gallery as examples
from samverka.web.door import public
from samverka.web.page import page

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


# ── Django's own refusals (`handler400` … in the root urls, `CSRF_FAILURE_VIEW`) ──


def _refused(request: HttpRequest, status: int, **words: str) -> HttpResponse:
    fragment = request.headers.get("HX-Request") == "true"
    template = "web/parts/refusal.html" if fragment else "web/error.html"
    return render(request, template, {"status": status, **words}, status=status)


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
    """`CSRF_FAILURE_VIEW`: mostly the page was open since before the last log-in."""
    return _refused(
        request,
        403,
        message=_("Formuläret var för gammalt, eller så sparar webbläsaren inte kakor."),
        mend=_("Gå tillbaka, ladda om sidan och skicka igen."),
    )
