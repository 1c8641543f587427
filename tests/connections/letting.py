"""Clients and tokens for tests: rows as the operations leave them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import django.test
from joserfc import jwt
from joserfc.jwk import ECKey

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
        "registered_at": NOW, "redirects": [REDIRECT],
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
            purpose=purpose, given_at=at,
        )  # fmt: skip
        Token.objects.create(
            digest=digest(token), connection=connection, scopes=scopes, purpose=purpose, made_at=at,
            expires_at=at + lasts,
        )  # fmt: skip
    return token


def bearer(token: str) -> dict[str, str]:
    """The header."""
    return {"Authorization": f"Bearer {token}"}


# ── the protocol, step by step ──

VERIFIER = "v" * 60
REDIRECT = "https://app.example/svar"
BASE = "http://testserver"


def challenge(verifier: str = VERIFIER) -> str:
    """PKCE's S256."""
    found = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(found).rstrip(b"=").decode()


def asking(client: Client, scope: str, **other: str) -> dict[str, str]:
    """What an app begins with; None takes a parameter away."""
    given = {
        "response_type": "code", "client_id": str(client.id), "redirect_uri": REDIRECT, "scope": scope,
        "state": "s" * 32, "aud": f"{BASE}/fhir/R4", "code_challenge": challenge(),
        "code_challenge_method": "S256",
    }  # fmt: skip
    return {name: value for name, value in (given | other).items() if value is not None}


def parameters(address: str) -> dict[str, str]:
    """Those of an address."""
    return dict(parse_qsl(urlsplit(address).query))


def code_for(browser: Any, client: Client, scope: str, **answer: str) -> str:
    """Say yes on the page, and get the code."""
    begun = browser.get("/oauth/authorize", asking(client, scope))
    assert begun.status_code == 302, begun.content
    sent = browser.post(begun["Location"], {"answer": "yes"} | answer)
    assert sent.status_code == 302, sent.content.decode()
    return parameters(sent["Location"])["code"]


def redeem(client: Client, code: str, **other: str) -> Any:
    """Ask for the tokens of a code."""
    given = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT,
        "client_id": str(client.id), "code_verifier": VERIFIER,
    }  # fmt: skip
    wanted = {name: value for name, value in (given | other).items() if value is not None}
    return django.test.Client().post("/oauth/token", wanted)


KEY = ECKey.generate_key("P-384", {"kid": "one"}, private=True)
OTHER_KEY = ECKey.generate_key("P-384", {"kid": "one"}, private=True)


def public(key: ECKey = KEY) -> dict[str, Any]:
    """Its public part, as it is registered."""
    return {"keys": [key.as_dict(private=False)]}


def assertion(client: Client, key: Any = KEY, alg: str = "ES384", **other: Any) -> str:
    """A client's signed word about itself."""
    claims = {
        "iss": str(client.id), "sub": str(client.id), "aud": f"{BASE}/oauth/token",
        "exp": int(NOW.timestamp()) + 200, "jti": new_secret(),
    }  # fmt: skip
    said = {name: value for name, value in (claims | other).items() if value is not None}
    return jwt.encode({"alg": alg, "kid": "one"}, said, key, [alg])


ASSERTED = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def system_token(client: Client, scope: str = "system/*.rs", **other: Any) -> Any:
    """A system asks for its token."""
    word = other.pop("client_assertion", None) or assertion(client)
    given = {
        "grant_type": "client_credentials", "scope": scope, "client_assertion_type": ASSERTED,
        "client_assertion": word,
    }  # fmt: skip
    wanted = {name: value for name, value in (given | other).items() if value is not None}
    return django.test.Client().post("/oauth/token", wanted)
