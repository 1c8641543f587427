"""Pages that belong to no room: help, accessibility, the component gallery, one's own settings, and refusals.

The door decides who may see the gallery; the others are open.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from samverka.kernel.problems import Problem
from samverka.kernel.text import in_language
from samverka.web import gallery as examples

YEAR = 365 * 24 * 60 * 60  # seconds
PREFERENCES = {
    "text_size": ("normal", "large"),
    "scheme": ("auto", "light", "dark"),
    "shortcuts": ("on", "off"),
}


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """Help for staff or for the person, by who is reading."""
    actor = getattr(request, "actor", None)
    for_person = actor is not None and actor.is_person
    return render(request, "web/help_person.html" if for_person else "web/help.html")


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (lag 2018:1937, 13 §)."""
    return render(request, "web/accessibility.html")


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(request, "web/gallery.html", {"groups": examples.rendered(request)})


@require_POST
def preference(request: HttpRequest) -> HttpResponse:
    """Keep a setting of one's own in a cookie: text size, light or dark, keys on or off."""
    response = HttpResponseRedirect(_next(request))
    for name, values in PREFERENCES.items():
        if (chosen := request.POST.get(name)) in values:
            _keep(response, name, str(chosen), default=values[0], secure=request.is_secure())
    return response


def _keep(
    response: HttpResponse, name: str, value: str, *, default: str, secure: bool
) -> None:
    if value == default:
        response.delete_cookie(name, samesite="Lax")
        return
    response.set_cookie(
        name, value, max_age=YEAR, samesite="Lax", httponly=True, secure=secure
    )


def _next(request: HttpRequest) -> str:
    """The page that the user came from, if it is one of ours."""
    wanted = request.POST.get("next", "/")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else "/"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a refusal says when its cause has no words of its own."""

    title: str
    message: str
    mend: str
    icon: str


REFUSALS = {
    400: Refusal(
        gettext_lazy("Det gick inte att läsa det du skickade"),
        gettext_lazy("Något saknas i adressen eller formuläret."),
        gettext_lazy("Gå tillbaka, ladda om sidan och försök igen."),
        "circle-alert",
    ),
    403: Refusal(
        gettext_lazy("Du får inte göra det här"),
        gettext_lazy("Ditt uppdrag ger inte rätt till det."),
        gettext_lazy("Har du flera uppdrag kan du byta. Annars hjälper din chef dig."),
        "lock",
    ),
    404: Refusal(
        gettext_lazy("Sidan finns inte"),
        gettext_lazy("Den finns inte, eller så har du inte rätt att veta om den."),
        gettext_lazy("Kontrollera adressen, eller börja om från startsidan."),
        "search",
    ),
    409: Refusal(
        gettext_lazy("Det går inte just nu"),
        gettext_lazy("Läget har ändrats sedan du öppnade sidan."),
        gettext_lazy("Gå tillbaka och ladda om, så ser du hur det är nu."),
        "refresh-cw",
    ),
    422: Refusal(
        gettext_lazy("Något behöver rättas"),
        gettext_lazy("Det du skickade kan inte användas som det är."),
        gettext_lazy("Gå tillbaka och rätta det som saknas."),
        "pencil",
    ),
    500: Refusal(
        gettext_lazy("Något gick fel hos oss"),
        gettext_lazy("Felet är noterat. Inget halvt har sparats."),
        gettext_lazy("Försök igen om en stund. Är det bråttom: ring mottagaren i stället."),
        "triangle-alert",
    ),
    503: Refusal(
        gettext_lazy("Samverka är inte tillgängligt just nu"),
        gettext_lazy("Vi kan inte nå databasen."),
        gettext_lazy("Försök igen om en stund. Är det bråttom: ring mottagaren i stället."),
        "hourglass",
    ),
}


def refusal(request: HttpRequest, status: int, problem: Problem | None = None) -> HttpResponse:
    """A page (or, for htmx, a fragment) that says why not and who can help."""
    words = REFUSALS.get(status, REFUSALS[500])
    shown = {
        "status": status,
        "title": words.title,
        "icon": words.icon,
        "message": in_language(problem.message, _) if problem else words.message,
        "mend": in_language(problem.mend, _) if problem and problem.mend else words.mend,
        "reference": getattr(getattr(request, "actor", None), "request_id", ""),
    }
    fragment = request.headers.get("HX-Request") == "true"
    name = "web/parts/refusal.html" if fragment else "web/error.html"
    return render(request, name, shown, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400."""
    return refusal(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403."""
    return refusal(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404. Never says what the exception says: that names our addresses."""
    return refusal(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500. Its template asks nothing of the database, which may be the fault."""
    return refusal(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For `CSRF_FAILURE_VIEW`: usually the page was open since before the last log-in."""
    problem = Problem(
        _("Formuläret var för gammalt, eller så sparar webbläsaren inte kakor."),
        mend=_("Gå tillbaka, ladda om sidan och skicka igen."),
    )
    return refusal(request, 403, problem)
