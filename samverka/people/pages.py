"""Pages: find a person, register, correct, relatives, representatives, ability to consent."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.access import operations as access
from samverka.access import reads as access_reads
from samverka.access.actions import Action
from samverka.access.rules import RelationKind
from samverka.kernel.actor import Actor, Branch, Permission
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Conflict, NotAllowed, NotFound
from samverka.people import operations, reads
from samverka.people.forms import (
    CapacityForm,
    EditForm,
    JoinForm,
    ListingForm,
    ProxyForm,
    RegisterForm,
    RelativeForm,
    facts_initial,
    number_in,
)
from samverka.people.rules import PROXY_WORDS, RELATIVE_WORDS, SCOPE_WORDS
from samverka.web.door import actor_of, not_kept
from samverka.web.page import page
from samverka.web.rates import limited
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried

T = TypeVar("T")

RELATION_OF_BRANCH = {
    Branch.HEALTH: RelationKind.CARE,
    Branch.SCHOOL_HEALTH: RelationKind.SCHOOL,
    Branch.SOCIAL: RelationKind.INVESTIGATION,
    Branch.IFO: RelationKind.INVESTIGATION,
}
"""What begins when a person seeks a unit of this branch."""


@require_http_methods(GET_POST)
@not_kept
@limited("person")
def search(request: HttpRequest) -> HttpResponse:
    """Find a person; what was looked for travels in the body, never in the address."""
    actor = actor_of(request)
    access_reads.may_open(actor, action=Action.PERSON_SEARCH)
    text = request.POST.get("q", "").strip()[:100]
    found: list[reads.PersonLine] = []
    if text:
        found = reads.search_persons(actor, text=text, number=number_in(text, local_date(actor.at)))
    context = {
        "found": found,
        "asked": bool(text),
        "q": text,
        "full": len(found) == reads.SEARCH_LIMIT,
        "may_register": actor.may(Permission.PERSON_REGISTER),
    }
    return page(request, "people/search.html", context)


@require_http_methods(GET_POST)
@limited("person")
def register(request: HttpRequest) -> HttpResponse:
    """Register a person who seeks the unit. The answer looks the same for one who is known already."""
    actor = actor_of(request)
    access_reads.may_open(actor, action=Action.PERSON_REGISTER)
    form = RegisterForm(request.POST or None, today=local_date(actor.at))
    if request.method == "POST" and form.is_valid():
        person = _tried(form, lambda: _register(actor, form))
        if person is not None:
            toast(request, _("Vårdrelationen har börjat."))
            return redirect("contract:person", person_id=person.id)
    return page(request, "people/register.html", {"form": form}, status=status_of(form))


def _register(actor: Actor, form: RegisterForm) -> reads.PersonDetail:
    relation = RELATION_OF_BRANCH[actor.branch or Branch.HEALTH]
    return operations.register_person(
        actor,
        number=form.cleaned_data["identity"],
        facts=form.facts(),
        relation=relation,
        reason=form.cleaned_data["reason"],
    )


def _tried(form: Form, step: Callable[[], T]) -> T | None:
    """Do a step that may be refused on its form, also to one who may not know of the person named in it."""
    return tried(form, step, also=(NotFound, NotAllowed))


@require_http_methods(GET_POST)
def edit(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Correct what is known of a person."""
    actor = actor_of(request)
    access_reads.may_open(actor, action=Action.PERSON_EDIT)
    person = reads.person(actor, person_id=person_id)
    form = EditForm(request.POST or None, today=local_date(actor.at), initial=facts_initial(person))
    conflict: Conflict | None = None
    if request.method == "POST" and form.is_valid():
        try:
            done = _tried(form, lambda: _edit(actor, person, form))
        except Conflict as found:
            conflict, done = found, None
        if done is not None:
            toast(request, _("Uppgifterna är sparade."))
            return redirect("contract:person", person_id=person_id)
    context = {"person": person, "form": form, "conflict": _conflict_rows(form, conflict)}
    return page(request, "people/edit.html", context, status=409 if conflict else status_of(form))


def _edit(actor: Actor, person: reads.PersonDetail, form: EditForm) -> reads.PersonDetail:
    kept = {
        "birth_date": person.birth_date,
        "deceased_on": person.deceased_on,
        "county_code": person.county_code,
        "municipality_code": person.municipality_code,
    }
    return operations.edit_person(
        actor,
        person_id=person.id,
        version=form.cleaned_data["version"],
        facts=form.facts(**kept),
    )


def _conflict_rows(form: EditForm, conflict: Conflict | None) -> list[dict[str, object]]:
    if conflict is None:
        return []
    return [
        {"label": field.label, "mine": conflict.mine[name], "theirs": conflict.theirs[name]}
        for name, field in form.fields.items()
        if name in conflict.mine and conflict.mine[name] != conflict.theirs[name]
    ]


@require_http_methods(GET_POST)
def relatives(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Those close to the person."""
    actor = actor_of(request)
    form = RelativeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _tried(
            form, lambda: operations.note_relative(actor, person_id=person_id, **form.values())
        )
        if done is not None:
            toast(request, _("Den närstående är tillagd."))
            return redirect("people:relatives", person_id=person_id)
    person = reads.person(actor, person_id=person_id)
    context = {"person": person, "form": form, "kinds": RELATIVE_WORDS}
    return page(request, "people/relatives.html", context, status=status_of(form))


@require_POST
def remove_relative(request: HttpRequest, relative_id: UUID) -> HttpResponse:
    """Take a relative off the page."""
    person = operations.remove_relative(actor_of(request), relative_id=relative_id)
    toast(request, _("Den närstående är borttagen."))
    return redirect("people:relatives", person_id=person.id)


@require_http_methods(GET_POST)
@limited("person")
def proxies(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Those who act for the person: guardians, representatives, trustees."""
    actor = actor_of(request)
    form = ProxyForm(request.POST or None, today=local_date(actor.at))
    if request.method == "POST" and form.is_valid():
        done = _tried(
            form,
            lambda: operations.appoint_representative(actor, person_id=person_id, **form.values()),
        )
        if done is not None:
            toast(request, _("Åtkomsten är registrerad."))
            return redirect("people:proxies", person_id=person_id)
    context = {
        "person": reads.person(actor, person_id=person_id),
        "proxies": reads.list_representatives(actor, person_id=person_id),
        "form": form,
        "kinds": PROXY_WORDS,
        "scopes": SCOPE_WORDS,
    }
    return page(request, "people/proxies.html", context, status=status_of(form))


@require_POST
def end_proxy(request: HttpRequest, proxy_id: UUID) -> HttpResponse:
    """End someone's right to act for the person."""
    ended = access.end_proxy(actor_of(request), proxy_id=proxy_id)
    toast(request, _("Åtkomsten är avslutad."))
    return redirect("people:proxies", person_id=ended.person_id)


@require_http_methods(GET_POST)
def capacity(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Document whether the person can consent."""
    actor = actor_of(request)
    access_reads.may_open(actor, action=Action.PERSON_EDIT)
    subject = access_reads.subject(actor, person_id=person_id)
    form = CapacityForm(
        request.POST or None,
        initial={"capacity": subject.capacity, "attitude_known": subject.attitude_known},
    )
    if request.method == "POST" and form.is_valid():
        done = _tried(
            form, lambda: operations.assess_capacity(actor, person_id=person_id, **form.values())
        )
        if done is not None:
            toast(request, _("Bedömningen är sparad."))
            return redirect("contract:person", person_id=person_id)
    person = reads.person(actor, person_id=person_id)
    return page(request, "people/capacity.html", {"person": person, "form": form},
                status=status_of(form))  # fmt: skip


@require_http_methods(GET_POST)
@not_kept
def number(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The real number of one who was met under a reserve number."""
    actor = actor_of(request)
    access_reads.may_open(actor, action=Action.PERSON_EDIT)
    person = reads.person(actor, person_id=person_id)
    form = JoinForm(request.POST or None, today=local_date(actor.at))

    def step() -> reads.PersonDetail:
        found = form.cleaned_data["identity"]
        return operations.join_number(actor, person_id=person_id, number=found)

    if request.method == "POST" and form.is_valid() and _tried(form, step) is not None:
        toast(request, _("Numret är sparat. Allt som fanns under reservnumret följer med."))
        return redirect("contract:person", person_id=person_id)
    return page(request, "people/number.html", {"person": person, "form": form},
                status=status_of(form))  # fmt: skip


@require_http_methods(GET_POST)
def listing(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Note that the person has chosen the own health centre."""
    actor = actor_of(request)
    access_reads.may_open(actor, action=Action.PERSON_EDIT)
    form = ListingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["special_reason"]
        done = _tried(
            form,
            lambda: operations.list_person(actor, person_id=person_id, special_reason=reason),
        )
        if done is not None:
            toast(request, _("Personen är listad hos er."))
            return redirect("contract:person", person_id=person_id)
    found = reads.person_listings(actor, person_id=person_id)
    context = {
        "person": found.person,
        "listings": found.listings,
        "form": form,
        "unit": actor.unit_name,
    }
    return page(request, "people/listing.html", context, status=status_of(form))
