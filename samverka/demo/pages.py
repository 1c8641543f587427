"""The demo's log-in page: become someone in the county with one press. Outside demo mode it is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.demo.cast import CAST, Role, roles
from samverka.demo.county import units
from samverka.demo.let_in import known
from samverka.demo.staff import staff
from samverka.demo.stories import STORIES
from samverka.organisations.reads import AssignmentDetail, assignments_of
from samverka.web.door import AS_PERSON, ASSIGNMENT, public
from samverka.web.page import page
from samverka.web.toasts import toast


@dataclass(frozen=True, slots=True)
class Card:
    """One who can be logged in as."""

    key: str
    name: str
    title: Promise
    try_this: Promise


@dataclass(frozen=True, slots=True)
class CardGroup:
    """Cards under a heading."""

    heading: Promise
    icon: str
    cards: tuple[Card, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@public
def entrance(request: HttpRequest) -> HttpResponse:
    """Show whom one can be; log in as the one that is pressed."""
    if not settings.DEMO:
        raise Http404
    chosen = roles().get(request.POST.get("who", ""))
    if request.method == "POST" and chosen is not None and _log_in(request, chosen):
        return redirect("/")
    if request.method == "POST":
        toast(request, _("Den rollen finns inte här. Välj en annan."), level=messages.WARNING)
    return page(request, "demo/entrance.html", {"groups": _groups(), "apps": known()})


def _log_in(request: HttpRequest, role: Role) -> bool:
    """Whether there was someone to become: the county may still be under construction."""
    accounts = get_user_model()._default_manager
    account = accounts.filter(username=role.who).first()
    if account is None:
        return False
    found = assignments_of(account.pk, request.at)  # type: ignore[attr-defined]
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[ASSIGNMENT] = _first(role, found) if found else AS_PERSON
    return True


def _first(role: Role, found: Sequence[AssignmentDetail]) -> str:
    """The assignment that the script names first, whatever the order they are kept in."""
    wanted = units()[staff()[role.who].assignments[0].unit].name
    return str(next(one.id for one in found if one.unit.name == wanted))


def _groups() -> tuple[CardGroup, ...]:
    names = {member.key: member.name for member in staff().values()}
    names |= {person.key: person.name for story in STORIES for person in story.people}
    return tuple(
        CardGroup(
            group.heading,
            group.icon,
            tuple(Card(one.who, names[one.who], one.title, one.try_this) for one in group.roles),
        )
        for group in CAST
    )
