"""The page where one says yes or no to an app: who asks, what for, as whom, for whom and how long."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from authlib.oauth2.rfc6749 import OAuth2Error
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.connections import reads
from samverka.connections.forms import AnswerForm
from samverka.connections.operations.letting import granted, needs_person
from samverka.connections.pages.protocol import ASKED
from samverka.connections.pages.server import SERVER, ProtocolRequest, Yes
from samverka.connections.reads import ClientDetail
from samverka.connections.rules.scopes import Scopes
from samverka.connections.rules.words import said
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid, NotFound
from samverka.kernel.text import text
from samverka.organisations.reads import AssignmentDetail, actor_for, assignments_of
from samverka.people.forms import number_in
from samverka.people.reads import PersonLine, search_persons
from samverka.web.door import (
    AS_PERSON,
    ASSIGNMENT,
    before_choice,
    go_to,
    lacks_second_factor,
    person_actor,
)
from samverka.web.page import page
from samverka.web.trying import GET_POST, status_of, tried


@require_http_methods(GET_POST)
@before_choice
def ask(request: HttpRequest, key: str) -> HttpResponse:
    """Say yes or no to what an app asks for."""
    if lacks_second_factor(request):
        return go_to(request, "/konto/2fa/")
    asked, grant, client = _asked(request, key)
    if request.method == "POST" and request.POST.get("answer") == "no":
        _forget(request, key)
        answer: HttpResponse = SERVER.create_authorization_response(asked, None, grant)
        return answer
    form = _form(request, asked, client)
    if request.method == "POST" and form.is_valid():
        sent = tried(form, lambda: _answered(request, form, asked, grant, client))
        if sent is not None:
            _forget(request, key)
            return sent
    return _page(request, asked, client, form)


def _asked(request: HttpRequest, key: str) -> tuple[ProtocolRequest, Any, ClientDetail]:
    """What the app asked, tried once more: a client can have been switched off in the meantime."""
    given = request.session.get(ASKED, {}).get(key)
    if given is None:
        raise NotFound(text("Frågan är redan besvarad. Börja om i appen."))
    asked = ProtocolRequest(request, given)
    try:
        grant = SERVER.get_consent_grant(asked)
    except OAuth2Error as error:
        raise NotFound(text("Appen släpps inte in längre.")) from error
    return asked, grant, asked.client.detail


def _forget(request: HttpRequest, key: str) -> None:
    request.session[ASKED] = {
        one: given for one, given in request.session.get(ASKED, {}).items() if one != key
    }


# ── yes ──


def _answered(
    request: HttpRequest, form: AnswerForm, asked: ProtocolRequest, grant: Any, client: ClientDetail
) -> HttpResponse:
    actor = _actor(request, form.cleaned_data["who"], client)
    person = None if _launch(asked) else _person(form, actor, _scopes(asked, client))
    answer: HttpResponse = SERVER.create_authorization_response(asked, Yes(actor, person), grant)
    return answer


def _launch(asked: ProtocolRequest) -> str:
    return asked.form.get("launch", "")


def _scopes(asked: ProtocolRequest, client: ClientDetail) -> Scopes:
    return granted(asked.scope or "", client.scopes, client.kind)


def _actor(request: HttpRequest, who: str, client: ClientDetail) -> Actor:
    """Whom one has chosen to be."""
    account, at = _account(request), request.at  # type: ignore[attr-defined]
    if who == AS_PERSON and account.person_id:
        return person_actor(account, at, uuid.uuid4().hex)
    if any(who == str(one.id) for one in _assignments(request, client)):
        found = actor_for(account.id, UUID(who), at=at, request_id=uuid.uuid4().hex)
        if found is not None:
            return found
    raise Invalid(text("Välj vem du är när du svarar."), where="who")


def _assignments(request: HttpRequest, client: ClientDetail) -> list[AssignmentDetail]:
    """One's assignments in the organisation that has let in the app."""
    found = assignments_of(_account(request).pk, request.at)  # type: ignore[attr-defined]
    return [one for one in found if one.unit.organisation_id == client.organisation_id]


def _person(form: AnswerForm, actor: Actor, scopes: Scopes) -> UUID | None:
    """For whom: of those one can choose among, or by number for staff. The operation asks the gate."""
    if not needs_person(scopes):
        return None
    if actor.is_person:
        chosen = form.cleaned_data.get("person")
        return UUID(chosen) if chosen else actor.person_id
    number = number_in(form.cleaned_data.get("number", ""), local_date(actor.at))
    found = search_persons(actor, text="", number=number) if number else []
    if len(found) != 1:
        words = text("Skriv personnumret för den det gäller. Personen ska vara känd på din enhet.")
        raise Invalid(words, where="number")
    return found[0].id


# ── the page ──


def _form(request: HttpRequest, asked: ProtocolRequest, client: ClientDetail) -> AnswerForm:
    duties, as_person = _assignments(request, client), bool(_account(request).person_id)
    whos = [(str(one.id), f"{one.unit.name}, {one.profession}") for one in duties]
    whos += [(AS_PERSON, _("Mig själv, eller någon som jag hjälper"))] if as_person else []
    choose = needs_person(_scopes(asked, client)) and not _launch(asked)
    persons = _persons(request) if choose and as_person else []
    begun = request.session.get(ASSIGNMENT) or (AS_PERSON if as_person else "")
    first = begun if begun in dict(whos) else next(iter(dict(whos)), "")
    return AnswerForm(
        request.POST or None,
        whos=whos,
        persons=[(str(one.id), one.name) for one in persons],
        by_number=choose and bool(duties),
        initial={"who": first, "person": str(persons[0].id) if persons else ""},
    )


def _page(
    request: HttpRequest, asked: ProtocolRequest, client: ClientDetail, form: AnswerForm
) -> HttpResponse:
    shown = page(
        request,
        "connections/ask.html",
        {
            "client": client,
            "said": said(_scopes(asked, client)),
            "form": form,
            "by_staff": bool(_assignments(request, client)),
            "can_answer": bool(form.fields["who"].choices),  # type: ignore[attr-defined]
            "opened": _opened(request, client, _launch(asked)) if _launch(asked) else None,
        },
        status=status_of(form),
    )
    return going_on_to(shown, asked.payload.redirect_uri)


def _persons(request: HttpRequest) -> list[PersonLine]:
    at = request.at  # type: ignore[attr-defined]
    return reads.whom_to_open(person_actor(_account(request), at, uuid.uuid4().hex))


def _account(request: HttpRequest) -> Any:
    return request.user


def _opened(request: HttpRequest, client: ClientDetail, launch: str) -> PersonLine | None:
    """Whose page the app was opened from, if it was by oneself."""
    account, at = _account(request), request.at  # type: ignore[attr-defined]
    for one in _assignments(request, client):
        actor = actor_for(account.id, one.id, at=at, request_id=uuid.uuid4().hex)
        person = reads.launched_person(actor, launch=launch) if actor else None
        if actor and person:
            return reads.person_to_open(actor, person_id=person)
    return None


def going_on_to(response: HttpResponse, address: str | None) -> HttpResponse:
    """Let this page's form lead on to the app: browsers hold what a form may lead to against the page's policy."""
    parts = urlsplit(address or "")
    where = (
        f"{parts.scheme}://{parts.netloc}"
        if parts.scheme in ("http", "https")
        else f"{parts.scheme}:"
    )
    response._csp_update = {"form-action": [where]}  # type: ignore[attr-defined]
    return response
