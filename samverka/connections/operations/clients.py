"""Registering clients: who may ask to be let in, and for what at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.roles import Role
from samverka.connections.models import Client, Connection
from samverka.connections.reads.clients import ClientDetail, client_detail, clients, own_clients
from samverka.connections.reads.tokens import forget_tokens
from samverka.connections.rules.clients import (
    ClientKind,
    ClientStatus,
    check_address,
    check_backend,
    check_scopes,
)
from samverka.connections.rules.keys import check_keys
from samverka.connections.rules.lasting import End
from samverka.connections.rules.scopes import parse
from samverka.connections.rules.secrets import digest, new_secret
from samverka.kernel.actor import Actor, Purpose
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.kernel.text import text as _
from samverka.organisations.reads import own_organisation, unit_names


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """What is registered of a client.

    Attributes:
        scopes: what it may ask for at most, with spaces.
        redirects: where answers may be sent, to the letter.
        launch_address: what a button "open in app" opens; "" for none.
        keys: its public keys as JSON; "" for none.
    """

    name: str
    kind: ClientKind
    scopes: str
    about: str = ""
    maker: str = ""
    contact: str = ""
    redirects: Sequence[str] = ()
    launch_address: str = ""
    keys: str = ""
    roles: Sequence[Role] = field(default_factory=tuple)
    purposes: Sequence[Purpose] = field(default_factory=tuple)


def register_client(actor: Actor, *, unit_id: UUID, facts: ClientFacts) -> ClientDetail:
    """Register an app or a system at a unit of the own organisation, and let it in."""
    with act(actor, Action.CLIENT_EDIT) as this:
        this.require_permission()
        _check_own(actor, unit_id)
        row = Client(
            unit_id=unit_id,
            status=ClientStatus.ACTIVE,
            registered_at=actor.at,
            registered_by=actor.name,
            **_values(facts),
        )
        row.save()
        return _told(this, row, made=True)


def change_client(
    actor: Actor, *, client_id: UUID, unit_id: UUID, facts: ClientFacts
) -> ClientDetail:
    """Change what is registered of a client. What has been let stays within what it may ask for."""
    with act(actor, Action.CLIENT_EDIT) as this:
        this.require_permission()
        _check_own(actor, unit_id)
        row = _own(actor, client_id)
        if facts.kind is not ClientKind(row.kind):
            raise Invalid(_("Sorten ändras inte. Anmäl en ny app."), where="kind")
        for name, value in _values(facts).items():
            setattr(row, name, value)
        row.unit_id = unit_id
        row.save()
        return _told(this, row, changed=True)


def ask_to_be_registered(actor: Actor, *, facts: ClientFacts) -> ClientDetail:
    """Take in a developer's request; it is let in only when an administrator has said yes."""
    with act(actor, Action.CLIENT_ASK) as this:
        this.require_system()
        row = Client(
            status=ClientStatus.REQUESTED,
            registered_at=actor.at,
            registered_by=facts.maker,
            **_values(facts, asked=True),
        )
        row.save()
        return _told(this, row, asked=True)


def let_in(actor: Actor, *, client_id: UUID, unit_id: UUID) -> ClientDetail:
    """Let in a client that has asked, or one that was switched off."""
    with act(actor, Action.CLIENT_EDIT) as this:
        this.require_permission()
        _check_own(actor, unit_id)
        row = _own(actor, client_id)
        if row.status == ClientStatus.ACTIVE:
            raise NotNow(_("Appen släpps in redan."))
        roles = [Role(one) for one in row.roles]
        purposes = [Purpose(one) for one in row.purposes]
        check_backend(ClientKind(row.kind), roles, purposes, has_keys=bool(row.keys))
        row.unit_id, row.status = unit_id, ClientStatus.ACTIVE
        row.save()
        return _told(this, row, let_in=True)


def switch_off(actor: Actor, *, client_id: UUID) -> ClientDetail:
    """Switch a client off: all its tokens stop at once, and every yes to it ends."""
    with act(actor, Action.CLIENT_EDIT) as this:
        this.require_permission()
        row = _own(actor, client_id)
        row.status = ClientStatus.DISABLED
        row.save()
        standing = Connection.objects.filter(client=row, ended_at=None)
        standing.update(ended_at=actor.at, ended=End.SWITCHED_OFF)
        this.after(forget_tokens)
        return _told(this, row, switched_off=True)


def give_secret(actor: Actor, *, client_id: UUID) -> str:
    """A new secret for an app on a server of its own. It is shown once; the one before stops."""
    with act(actor, Action.CLIENT_EDIT) as this:
        this.require_permission()
        row = _own(actor, client_id)
        if row.kind != ClientKind.CONFIDENTIAL:
            raise NotNow(_("Bara en app på egen server har en hemlighet."))
        secret = new_secret()
        row.secret_digest = digest(secret)
        row.save()
        _told(this, row, new_secret=True)
        return secret


def _values(facts: ClientFacts, *, asked: bool = False) -> dict[str, Any]:
    """What is told, tried against the rules. `asked`: role and purpose are the administrator's to choose."""
    name = facts.name.strip()
    if not name:
        raise Invalid(_("Skriv vad appen heter."), where="name")
    scopes = parse(facts.scopes)
    check_scopes(facts.kind, scopes)
    keys = check_keys(facts.keys) if facts.keys.strip() else {}
    if not asked:
        check_backend(facts.kind, list(facts.roles), list(facts.purposes), has_keys=bool(keys))
    redirects = [check_address(one, "redirects") for one in dict.fromkeys(facts.redirects) if one]
    if facts.kind is not ClientKind.BACKEND and not redirects:
        raise Invalid(_("Skriv vart svaret ska skickas."), where="redirects")
    if facts.launch_address:
        check_address(facts.launch_address, "launch_address")
    backend = facts.kind is ClientKind.BACKEND
    return {
        "name": name,
        "about": facts.about.strip(),
        "maker": facts.maker.strip(),
        "contact": facts.contact.strip(),
        "kind": facts.kind,
        "scopes": str(scopes),
        "redirects": [] if backend else redirects,
        "launch_address": "" if backend else facts.launch_address,
        "keys": {} if facts.kind is ClientKind.PUBLIC else keys,
        "roles": [str(one) for one in facts.roles] if backend else [],
        "purposes": [str(one) for one in facts.purposes] if backend else [],
    }


def _check_own(actor: Actor, unit_id: UUID) -> None:
    if not actor.is_staff:
        return
    unit, own = unit_names({unit_id}).get(unit_id), own_organisation(actor.provider_id)
    if unit is None or own is None or unit.organisation_id != own.id:
        raise NotAllowed(_("Du kan bara välja en enhet i din egen organisation."))


def _own(actor: Actor, client_id: UUID) -> Client:
    found = own_clients(actor) if actor.is_staff else clients()
    row: Client | None = found.filter(id=client_id).select_for_update(of=("self",)).first()
    if row is None:
        raise NotFound(_("Appen finns inte."))
    return row


def _told(this: Act, row: Client, **done: bool) -> ClientDetail:
    this.note_general("Client", id=str(row.id), name=row.name, **done)
    return client_detail(clients().get(id=row.id))
