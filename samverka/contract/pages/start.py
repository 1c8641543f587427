"""Pages: where each one begins, the unit's persons, and one person's overview."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samverka.contacts.rules import WAY_WORDS
from samverka.contract import reads
from samverka.contract.pages.notices import board
from samverka.kernel.actor import Actor, Permission
from samverka.people.reads import PersonDetail
from samverka.people.rules import LANGUAGES, PROXY_WORDS, RELATIVE_WORDS
from samverka.web.door import actor_of, translated
from samverka.web.page import page

RECENT = 5
"""Visits and stays on the overview; all of them are one click away."""


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where one begins: the person at the own page, staff at what waits on the unit."""
    actor = actor_of(request)
    if actor.is_person:
        return redirect("contract:my_page")
    if actor.may(Permission.PLAN_READ):
        return board(request, offices=_offices(actor))
    if actor.permissions & {Permission.IMPORT, Permission.ORGANISATION_EDIT}:
        return page(request, "contract/offices.html", {"offices": _offices(actor)})
    if actor.may(Permission.AUDIT_REVIEW):
        return redirect("contract:review")
    if actor.may(Permission.BLOCK_LIFT):
        return redirect("contract:lifting")
    if actor.may(Permission.LIABILITY_EDIT):
        return redirect("discharge:bases")
    if actor.may(Permission.FIGURES_READ):
        return redirect("indicators:overview")
    return page(request, "contract/offices.html", {"offices": _offices(actor)})


def _offices(actor: Actor) -> dict[str, bool]:
    """The offices that the assignment holds beside care."""
    return {
        "imports": actor.may(Permission.IMPORT),
        "units": actor.may(Permission.ORGANISATION_EDIT),
        "county": actor.may(Permission.COUNTY_EDIT),
        "log": actor.may(Permission.AUDIT_REVIEW),
        "blocks": actor.may(Permission.BLOCK_LIFT),
    }


@require_safe
def persons(request: HttpRequest) -> HttpResponse:
    """The persons whom the own unit has to do with now."""
    actor = actor_of(request)
    found = reads.unit_persons(actor)
    context = {
        "persons": found,
        "full": len(found) == reads.PERSONS_SHOWN,
        "may_register": actor.may(Permission.PERSON_REGISTER),
        "offices": _offices(actor),
    }
    return page(request, "contract/persons.html", context)


@require_safe
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One person's overview. A person who follows the link comes to the own page instead."""
    actor = actor_of(request)
    if actor.is_person:
        return redirect("contract:my_page", person_id=person_id)
    found = reads.person_overview(actor, person_id=person_id)
    context = {
        "one": found,
        "person": found.person,
        "has_times": _has_times(found),
        "number": found.person.identity.value if found.person.identity else "",
        "header_facts": _header(found.person),
        "recent_visits": found.times.visits[:RECENT],
        "recent_stays": found.times.stays[:RECENT],
        "ways": WAY_WORDS,
        "relative_kinds": RELATIVE_WORDS,
        "proxy_kinds": PROXY_WORDS,
    }
    return page(request, "contract/person.html", context)


def _header(shown: PersonDetail) -> list[tuple[str, str]]:
    """What everyone who meets the person must know at once."""
    spoken = translated(LANGUAGES.get(shown.language, shown.language))
    wished = translated(LANGUAGES.get(shown.care_language, shown.care_language))
    told = [
        (_("Listad"), shown.listed_unit.name if shown.listed_unit else ""),
        (_("Bor i"), shown.town),
        (_("Språk"), spoken if shown.language != "sv" else ""),
        (_("Vill ha vård och omsorg på"), wished),
        (_("Tolk"), _("behövs") if shown.interpreter else ""),
        (_("Avliden"), date_format(shown.deceased_on) if shown.deceased_on else ""),
    ]
    return [(label, value) for label, value in told if value]


def _has_times(found: reads.PersonOverview) -> bool:
    times = found.times
    return bool(times.upcoming or times.visits or times.stays or times.referrals)
