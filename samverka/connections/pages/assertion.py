"""A client's signed word about itself: `private_key_jwt` (RFC 7523; SMART App Launch 2.2, asymmetric authentication)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from authlib.oauth2.rfc6749 import InvalidClientError
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from django.conf import settings
from django.urls import reverse
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from samverka.connections import operations
from samverka.connections.rules import lasting
from samverka.connections.rules.clients import Method
from samverka.connections.rules.keys import ALGORITHMS, key_set

CLOCKS = 30
"""So far apart two clocks may go (seconds)."""

LONGEST = 10_000
"""Characters of an assertion: many times what is needed."""


class SignedAssertion(JWTBearerClientAssertion):  # type: ignore[misc]
    """Signed with a registered key, for this server, for five minutes at most, and never used before."""

    CLIENT_AUTH_METHOD = Method.KEY.value

    def __init__(self, request: Any) -> None:
        super().__init__(validate_jti=True, leeway=CLOCKS)
        self.request = request

    def __call__(self, query_client: Any, request: Any) -> Any:
        """The client, if its word holds."""
        if len(request.form.get("client_assertion", "")) > LONGEST:
            raise InvalidClientError(description="The assertion is too long.")
        client = super().__call__(query_client, request)
        said = request.form.get("client_id")
        if client is not None and said and said != client.get_client_id():
            raise InvalidClientError(description="'client_id' is not that of the assertion.")
        return client

    def get_audiences(self) -> list[str]:
        """The token endpoint, as the client reached it or as the installation is named."""
        path = reverse("connections:token")
        return list(
            dict.fromkeys([f"{self.request.base}{path}", f"{settings.SAMVERKA_ADDRESS}{path}"])
        )

    def resolve_client_public_key(self, client: Any) -> KeySet:
        """The keys that are registered. None is fetched from an address that the client names."""
        if not client.detail.keys:
            raise InvalidClientError(description="No key is registered for the client.")
        return key_set(client.detail.keys)

    def process_assertion_claims(self, assertion: str, resolve_key: KeySet) -> Any:
        """The claims, if the signature and they themselves hold."""
        try:
            token = jwt.decode(assertion, resolve_key, algorithms=list(ALGORITHMS))
        except (JoseError, ValueError, TypeError) as problem:
            raise InvalidClientError(description="The signature does not hold.") from problem
        self.verify_claims(token.claims)
        return token.claims

    def verify_claims(self, claims: Any) -> None:
        """Times are numbers, and the end is near."""
        now, exp = self.request.at.timestamp(), claims.get("exp")
        if not isinstance(exp, int | float) or isinstance(exp, bool):
            raise InvalidClientError(description="Missing claim: 'exp'")
        if exp > now + lasting.ASSERTION.total_seconds() + CLOCKS:
            raise InvalidClientError(description="'exp' is more than five minutes ahead.")
        jti = claims.get("jti")
        if not isinstance(jti, str) or not 0 < len(jti) <= 500:
            raise InvalidClientError(description="Missing JWT ID.")
        super().verify_claims(claims)

    def validate_jti(self, claims: Any, jti: str) -> bool:
        """Whether it is used for the first time."""
        until = datetime.fromtimestamp(claims["exp"], UTC)
        return operations.remember_assertion(
            self.request.server, client_id=self.request.client.detail.id, jti=jti, expires_at=until
        )


def purpose_in(form: Mapping[str, str]) -> str:
    """What a system says that it asks for: `purpose_of_use`, or the claim of the assertion that UDAP has for it.

    The signature has been tried already; of a code in a URI ("urn:oid:…#TREAT") the code is taken.
    """
    said = form.get("purpose_of_use", "")
    if not said:
        said = _claimed(form.get("client_assertion", ""))
    return said.rpartition("#")[2].rpartition("|")[2].strip()


def _claimed(assertion: str) -> str:
    try:
        claims = jwt_claims(assertion)
        found = claims["extensions"]["hl7-b2b"]["purpose_of_use"]
    except (JoseError, KeyError, TypeError, ValueError):
        return ""
    first = found[0] if isinstance(found, list) and found else found
    return first if isinstance(first, str) else ""


def jwt_claims(assertion: str) -> dict[str, Any]:
    """What it says, without looking at the signature."""
    claims: dict[str, Any] = json.loads(jws.extract_compact(assertion.encode()).payload)
    return claims
