"""A yes to an app, taking it back, and opening an app from a person's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.connections.models import Client, Code, Connection, Launch
from samverka.connections.reads.clients import clients, of_organisation
from samverka.connections.reads.tokens import forget_tokens
from samverka.connections.rules import lasting
from samverka.connections.rules.clients import CONTEXTS, ClientKind, ClientStatus
from samverka.connections.rules.scopes import Context, Other, Scopes, only, parse, within
from samverka.connections.rules.secrets import digest, new_secret
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.kernel.text import text as _
from samverka.people.reads import person_card


@dataclass(frozen=True, slots=True)
class Wish:
    """What an app asks for.

    Attributes:
        scopes: with spaces.
        challenge: of PKCE, S256.
        launch: the opaque word that the app was opened with; "" when it came by itself.
    """

    client_id: UUID
    scopes: str
    redirect: str
    challenge: str
    nonce: str = ""
    launch: str = ""


def allow_app(actor: Actor, *, wish: Wish, person_id: UUID | None) -> str:
    """Say yes to an app: it may do what it asks for, as oneself and never more. Gives the code for its token.

    Args:
        person_id: whom the app is opened for; None when it asks for nobody in particular.
    """
    with act(actor, Action.APP_ALLOW) as this:
        this.require_permission()
        client = _let_in(actor, wish.client_id)
        launch = _launch(actor, wish) if wish.launch else None
        person = launch.person_id if launch else person_id
        scopes = granted(wish.scopes, client.scopes, ClientKind(client.kind))
        if needs_person(scopes) and person is None:
            raise Invalid(_("Välj vem det gäller."), where="person")
        row = _connection(this, actor, client, scopes, person)
        code = new_secret()
        Code(
            digest=digest(code), connection=row, redirect=wish.redirect, challenge=wish.challenge,
            nonce=wish.nonce, made_at=actor.at, expires_at=actor.at + lasting.CODE,
        ).save()  # fmt: skip
        return code


def granted(asked: str, most: str, kind: ClientKind) -> Scopes:
    """What of it a client of that sort can be given."""
    return only(within(parse(asked), parse(most)), CONTEXTS[kind])


def needs_person(scopes: Scopes) -> bool:
    """Whether it must be known whom the app is opened for."""
    return Context.PATIENT in scopes.contexts or Other.LAUNCH_PATIENT in scopes.others


def _connection(
    this: Act, actor: Actor, client: Client, scopes: Scopes, person_id: UUID | None
) -> Connection:
    if actor.is_person and person_id is None:
        person_id = actor.person_id  # it acts as the person, and is found on the person's page
    row = Connection(
        client=client,
        account_id=actor.id,
        assignment_id=actor.assignment_id,
        person_id=person_id,
        scopes=str(scopes),
        purpose=actor.purpose,
        given_at=actor.at,
        until=actor.at + _lasts(actor, scopes),
    )
    if person_id is None:
        row.save()
        this.note_general("Connection", client=client.name, scopes=row.scopes)
    else:
        person_card(this, person_id)
        this.add(row)
        this.note(row, client=client.name, scopes=row.scopes)
    return row


def _lasts(actor: Actor, scopes: Scopes) -> timedelta:
    if Other.OFFLINE not in scopes.others:
        return lasting.ONLINE
    return lasting.OFFLINE_PERSON if actor.is_person else lasting.OFFLINE_STAFF


def _let_in(actor: Actor, client_id: UUID) -> Client:
    """An app of the organisation for its staff, any app that is let in for a person."""
    found = clients().filter(id=client_id, status=ClientStatus.ACTIVE)
    found = found.exclude(kind=ClientKind.BACKEND)
    row: Client | None = found.first()
    if row is None:
        raise NotFound(_("Appen finns inte."))
    if actor.is_staff and not found.filter(of_organisation(actor)).exists():
        raise NotAllowed(_("Din organisation har inte släppt in den här appen."))
    return row


def _launch(actor: Actor, wish: Wish) -> Launch:
    """The click that the app was opened by: of the same one, under the same assignment, once."""
    mine: dict[str, Any] = {"account_id": actor.id, "assignment_id": actor.assignment_id}
    found = Launch.objects.filter(
        digest=digest(wish.launch), client_id=wish.client_id, used_at=None, expires_at__gt=actor.at,
    )  # fmt: skip
    found = found.filter(**mine)
    row: Launch | None = found.select_for_update().first()
    if row is None:
        raise NotNow(_("Appen öppnades för länge sedan. Öppna den igen från personens sida."))
    row.used_at = actor.at
    row.save(update_fields=["used_at"])
    return row


@dataclass(frozen=True, slots=True)
class Opened:
    """Where to send the browser: the app's own address, and the opaque word of the click."""

    address: str
    launch: str


def open_in_app(actor: Actor, *, client_id: UUID, person_id: UUID) -> Opened:
    """Open a person in an app: the app learns who it is only if one says yes there, or has said it before."""
    with act(actor, Action.APP_OPEN) as this:
        client = _let_in(actor, client_id)
        if not client.launch_address:
            raise NotNow(_("Den här appen öppnas inte härifrån."))
        person_card(this, person_id)
        word = new_secret()
        Launch(
            digest=digest(word), client=client, account_id=actor.id, assignment_id=actor.assignment_id,
            person_id=person_id, made_at=actor.at, expires_at=actor.at + lasting.LAUNCH,
        ).save()  # fmt: skip
        this.note_person(person_id, "Person", client=client.name)
        return Opened(client.launch_address, word)


def take_back(actor: Actor, *, connection_id: UUID) -> None:
    """Take back a yes to an app: it is out at its next request, with all that it had been given."""
    with act(actor, Action.APP_END) as this:
        this.require_permission()
        row = _mine(this, connection_id)
        same: dict[str, Any] = {
            "client_id": row.client_id, "account_id": row.account_id, "person_id": row.person_id,
        }  # fmt: skip
        this.after(forget_tokens)
        Connection.objects.filter(**same, ended_at=None).update(
            ended_at=actor.at, ended=lasting.End.TAKEN_BACK
        )
        if row.person_id is None:
            this.note_general("Connection", client=row.client.name)
        else:
            this.note(row, client=row.client.name)


def _mine(this: Act, connection_id: UUID) -> Connection:
    """One that the reader has given, or that someone else has given for a person whom the reader acts for."""
    actor = this.actor
    found = Connection.objects.select_related("client").filter(id=connection_id, ended_at=None)
    row: Connection | None = found.filter(account_id=actor.id).first()
    if row is None and actor.is_person:
        reached = Q(person_id__in=list(this.reach()), account__person_id__isnull=False)
        row = found.filter(reached).first()
    if row is None:
        raise NotFound(_("Appen finns inte."))
    return row
