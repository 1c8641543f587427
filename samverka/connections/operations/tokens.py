"""The authorisation server's own work: codes and tokens, on a yes that has been given. Acts as the system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.roles import system_actor
from samverka.connections.models import Assertion, Client, Code, Connection, Launch, Token
from samverka.connections.reads.tokens import forget_tokens
from samverka.connections.rules import lasting
from samverka.connections.rules.clients import ClientKind
from samverka.connections.rules.lasting import End
from samverka.connections.rules.secrets import digest
from samverka.kernel.actor import Actor, Purpose
from samverka.kernel.problems import NotAllowed, NotNow
from samverka.kernel.text import text as _

SERVER = UUID("7c1d7a0e-6a53-4e38-9a55-0b8f1f1d2c11")
"""Who the authorisation server is in the trail."""


def server_actor(at: datetime) -> Actor:
    """The authorisation server."""
    return system_actor(actor_id=SERVER, name=_("Dörren för appar"), at=at)


@dataclass(frozen=True, slots=True)
class YesDetail:
    """A yes, as a token is given on it.

    Attributes:
        account_id: who said yes; None for a system.
        person_id: whom the app was opened for.
        fhir_user: who said it as FHIR names one: "Patient/…", "Practitioner/…".
        given_at: when, which is when one was logged in for it.
    """

    connection_id: UUID
    client_id: UUID
    account_id: UUID | None
    person_id: UUID | None
    fhir_user: str
    name: str
    scopes: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class CodeDetail:
    """A code that can be redeemed."""

    digest: str
    redirect: str
    challenge: str
    nonce: str
    yes: YesDetail


def find_code(actor: Actor, *, code: str, client_id: UUID) -> CodeDetail | None:
    """The client's own code, if it can be redeemed. One that has been is a sign of theft: then all ends.

    RFC 6749 4.1.2: revoke all tokens that were given on it.
    """
    with act(actor, Action.TOKEN_GIVE) as this:
        this.require_system()
        row = _code(digest(code), lock=True)
        if row is None or row.connection.client_id != client_id:
            this.unchanged()
            return None
        if row.used_at is not None:
            _end(this, row.connection, End.USED_TWICE)
            return None
        this.unchanged()
        if row.expires_at <= actor.at or row.connection.ended_at is not None:
            return None
        return CodeDetail(row.digest, row.redirect, row.challenge, row.nonce, _yes(row.connection))


def redeem_code(actor: Actor, *, code_digest: str, access: str, refresh: str) -> YesDetail:
    """Give the tokens of a code, once. `refresh` "": none."""
    with act(actor, Action.TOKEN_GIVE) as this:
        this.require_system()
        row = _code(code_digest, lock=True)
        if row is None or row.used_at is not None:
            raise NotNow(_("Koden är redan använd."))
        row.used_at = actor.at
        row.save(update_fields=["used_at"])
        _give(this, row.connection, row.connection.scopes, access, refresh)
        return _yes(row.connection)


def _code(code_digest: str, *, lock: bool) -> Code | None:
    found = Code.objects.select_related("connection__client", "connection__account")
    found = found.filter(digest=code_digest)
    row: Code | None = (found.select_for_update(of=("self",)) if lock else found).first()
    return row


# ── refreshing ──


@dataclass(frozen=True, slots=True)
class RefreshDetail:
    """A token that refreshes, and can be used."""

    digest: str
    scopes: str
    yes: YesDetail


def find_refresh(actor: Actor, *, token: str, client_id: UUID) -> RefreshDetail | None:
    """The client's own refresh token, if it can be used. One that has been is a sign of theft: then all ends (RFC 9700 4.14)."""
    with act(actor, Action.TOKEN_GIVE) as this:
        this.require_system()
        row = _token(digest(token), refreshes=True)
        if row is None or row.connection.client_id != client_id:
            this.unchanged()
            return None
        if row.ended_at is not None and row.connection.ended_at is None:
            _end(this, row.connection, End.USED_TWICE)
            return None
        this.unchanged()
        if not _lets_in(row, actor.at):
            return None
        return RefreshDetail(row.digest, row.scopes, _yes(row.connection))


def _lets_in(row: Token, at: datetime) -> bool:
    """The token can be used now."""
    gone = row.ended_at or row.connection.ended_at or row.expires_at <= at
    return not gone and _still_there(row.connection, at)


def _still_there(connection: Connection, at: datetime) -> bool:
    """Who said yes is still let in, and for staff the assignment holds."""
    duty, account = connection.assignment, connection.account
    if account is not None and not account.is_active:
        return False
    if connection.until is not None and connection.until <= at:
        return False
    return duty is None or (duty.since <= at and (duty.until is None or duty.until > at))


def use_refresh(
    actor: Actor, *, token_digest: str, scopes: str, access: str, refresh: str
) -> YesDetail:
    """New tokens for the one that is used up now."""
    with act(actor, Action.TOKEN_GIVE) as this:
        this.require_system()
        row = _token(token_digest, refreshes=True)
        if row is None or row.ended_at is not None:
            raise NotNow(_("Beviset är redan använt."))
        row.ended_at = actor.at
        row.save(update_fields=["ended_at"])
        standing = Token.objects.filter(connection=row.connection, refreshes=False, ended_at=None)
        standing.update(ended_at=actor.at)
        this.after(forget_tokens)
        _give(this, row.connection, scopes, access, refresh, refresh_scopes=row.scopes)
        return _yes(row.connection)


def _token(token_digest: str, *, refreshes: bool) -> Token | None:
    found = Token.objects.select_related(
        "connection__client", "connection__account", "connection__assignment"
    )
    found = found.filter(digest=token_digest, refreshes=refreshes)
    row: Token | None = found.select_for_update(of=("self",)).first()
    return row


# ── a system without a user ──


def give_system_token(
    actor: Actor, *, client_id: UUID, scopes: str, purpose: str, access: str
) -> YesDetail:
    """A token for a system itself, for one of the purposes that it was registered for.

    Raises:
        NotAllowed: no purpose is said where there are several, or another one. It is written in the trail.
    """
    with act(actor, Action.TOKEN_GIVE) as this:
        this.require_system()
        client = Client.objects.get(id=client_id)
        chosen = _purpose(client, purpose)
        row = Connection.objects.filter(client=client, account=None, ended_at=None).first()
        if row is None:
            row = Connection(client=client, scopes=client.scopes, purpose=chosen, given_at=actor.at)
            row.save()
        _give(this, row, scopes, access, "", purpose=chosen)
        return _yes(row)


def _purpose(client: Client, said: str) -> Purpose:
    if said in client.purposes:
        return Purpose(said)
    if not said and len(client.purposes) == 1:
        return Purpose(client.purposes[0])
    words = _("Säg vad uppgifterna ska användas till: %(known)s.", known=", ".join(client.purposes))
    raise NotAllowed(words, where="purpose_of_use")


def remember_assertion(actor: Actor, *, client_id: UUID, jti: str, expires_at: datetime) -> bool:
    """Whether the client's signed word is used for the first time."""
    with act(actor, Action.TOKEN_GIVE) as this:
        this.require_system()
        this.unchanged()  # the token that it is used for leaves its own line
        _row, made = Assertion.objects.get_or_create(
            client_id=client_id, digest=digest(jti), defaults={"expires_at": expires_at}
        )
        return bool(made)


# ── giving back, asking, throwing away ──


@dataclass(frozen=True, slots=True)
class TokenDetail:
    """What a client may know of a token of its own."""

    scopes: str
    refreshes: bool
    made_at: datetime
    expires_at: datetime
    yes: YesDetail


def look_at_token(actor: Actor, *, token: str, client_id: UUID) -> TokenDetail | None:
    """A token of the client, if it lets anybody in now."""
    with act(actor, Action.TOKEN_GIVE) as this:
        this.require_system()
        this.unchanged()
        row = _token(digest(token), refreshes=False) or _token(digest(token), refreshes=True)
        if row is None or row.connection.client_id != client_id:
            return None
        if not _lets_in(row, actor.at):
            return None
        yes = _yes(row.connection)
        return TokenDetail(row.scopes, row.refreshes, row.made_at, row.expires_at, yes)


def give_back_token(actor: Actor, *, token: str, client_id: UUID) -> None:
    """A client gives a token back; with a refresh token all that hangs on the same yes (RFC 7009 2.1)."""
    with act(actor, Action.TOKEN_GIVE) as this:
        this.require_system()
        row = _token(digest(token), refreshes=True) or _token(digest(token), refreshes=False)
        if row is None or row.connection.client_id != client_id or row.ended_at is not None:
            this.unchanged()
            return
        if row.refreshes:
            _end(this, row.connection, End.RETURNED)
        else:
            row.ended_at = actor.at
            row.save(update_fields=["ended_at"])
            this.after(forget_tokens)
            this.note_general("Token", client=row.connection.client.name, ended=True)


def throw_away_old(actor: Actor) -> int:
    """Throw away codes, tokens and clicks that have run out some days ago; how many."""
    with act(actor, Action.TOKEN_GIVE) as this:
        this.require_system()
        before = actor.at - lasting.KEPT
        old = {"expires_at__lt": before}
        gone = sum(
            model.objects.filter(**old).delete()[0] for model in (Code, Token, Launch, Assertion)
        )
        this.note_general("Token", thrown=gone)
        return gone


# ── together ──


def _give(
    this: Act,
    connection: Connection,
    scopes: str,
    access: str,
    refresh: str,
    *,
    refresh_scopes: str = "",
    purpose: Purpose | None = None,
) -> None:
    at, client = this.actor.at, connection.client
    lasts = lasting.USER_TOKEN if client.kind != ClientKind.BACKEND else lasting.SYSTEM_TOKEN
    shared: dict[str, Any] = {
        "connection": connection, "made_at": at, "purpose": purpose or connection.purpose,
    }  # fmt: skip
    ends = min(at + lasts, connection.until) if connection.until else at + lasts
    Token(digest=digest(access), scopes=scopes, expires_at=ends, **shared).save(force_insert=True)
    if refresh:
        until = connection.until or at + lasting.ONLINE
        kept = refresh_scopes or scopes
        Token(digest=digest(refresh), scopes=kept, expires_at=until, refreshes=True, **shared).save(
            force_insert=True
        )
    Connection.objects.filter(id=connection.id).update(last_used_at=at)
    Client.objects.filter(id=client.id).update(last_used_at=at)
    this.note_general(
        "Token", client=client.name, client_id=str(client.id), connection=str(connection.id)
    )


def _end(this: Act, connection: Connection, why: End) -> None:
    connection.ended_at, connection.ended = this.actor.at, why
    connection.save(update_fields=["ended_at", "ended"])
    this.after(forget_tokens)
    this.note_general(
        "Connection", id=str(connection.id), client=connection.client.name, ended=why.value
    )


def _yes(connection: Connection) -> YesDetail:
    account, duty = connection.account, connection.assignment
    user, name = "", connection.client.name
    if account is not None:
        name = account.name
        user = f"Practitioner/{duty.staff_id}" if duty else f"Patient/{account.person_id}"
    return YesDetail(
        connection_id=connection.id,
        client_id=connection.client_id,
        account_id=connection.account_id,
        person_id=connection.person_id,
        fhir_user=user,
        name=name,
        scopes=connection.scopes,
        given_at=connection.given_at,
    )
