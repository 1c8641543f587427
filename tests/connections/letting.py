"""Clients and tokens for tests: rows as the operations leave them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from samverka.access.act import set_row_security
from samverka.access.guarded import current_act
from samverka.connections.models import Client, Connection, Token
from samverka.connections.rules.secrets import digest, new_secret
from samverka.kernel.actor import Actor
from tests.access.test_gate_agrees import Pretend
from tests.factories.cast import NOW, system


@contextmanager
def writing() -> Iterator[None]:
    """Rows may be written, by nobody in particular."""
    set_row_security(system())
    token = current_act.set(Pretend())  # type: ignore[arg-type]
    try:
        yield
    finally:
        current_act.reset(token)


def make_client(unit_id: UUID, **facts: Any) -> Client:
    """A client that is let in."""
    wanted = {
        "name": "Vinden", "kind": "public", "status": "active", "unit_id": unit_id, "scopes": "patient/*.rs",
        "registered_at": NOW,
    }  # fmt: skip
    with writing():
        made: Client = Client.objects.create(**wanted | facts)
    return made


def make_token(
    client: Client,
    actor: Actor | None,
    scopes: str,
    *,
    person_id: UUID | None = None,
    purpose: str = "TREAT",
    at: datetime = NOW,
    lasts: timedelta = timedelta(hours=1),
) -> str:
    """An access token of a client, for one who has said yes; None: for the client itself."""
    token = new_secret()
    with writing():
        connection = Connection.objects.create(
            client=client, account_id=actor.id if actor else None,
            assignment_id=actor.assignment_id if actor else None, person_id=person_id, scopes=scopes,
            given_at=at,
        )  # fmt: skip
        Token.objects.create(
            digest=digest(token), connection=connection, scopes=scopes, purpose=purpose, made_at=at,
            expires_at=at + lasts,
        )  # fmt: skip
    return token


def bearer(token: str) -> dict[str, str]:
    """The header."""
    return {"Authorization": f"Bearer {token}"}
