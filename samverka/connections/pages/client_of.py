"""A client as the protocol library asks it: may it do this?"""

from __future__ import annotations

from authlib.oauth2.rfc6749 import ClientMixin

from samverka.connections import reads
from samverka.connections.reads import ClientDetail
from samverka.connections.rules.clients import CONTEXTS, ClientKind, Method, is_registered
from samverka.connections.rules.scopes import Other, only, parse, within

_METHODS: dict[ClientKind, frozenset[Method]] = {
    ClientKind.PUBLIC: frozenset({Method.NONE}),
    ClientKind.CONFIDENTIAL: frozenset({Method.KEY, Method.BASIC, Method.POST}),
    ClientKind.BACKEND: frozenset({Method.KEY}),
}
_GRANTS: dict[ClientKind, frozenset[str]] = {
    ClientKind.PUBLIC: frozenset({"authorization_code", "refresh_token"}),
    ClientKind.CONFIDENTIAL: frozenset({"authorization_code", "refresh_token"}),
    ClientKind.BACKEND: frozenset({"client_credentials"}),
}


class ProtocolClient(ClientMixin):  # type: ignore[misc]
    """What is registered, in the library's words."""

    def __init__(self, detail: ClientDetail) -> None:
        self.detail = detail

    def get_client_id(self) -> str:
        """Its `client_id`."""
        return str(self.detail.id)

    def get_default_redirect_uri(self) -> None:
        """Answers are sent where the app says, and it must say so."""
        return

    def get_allowed_scope(self, scope: str | None) -> str | None:
        """What of it the client can be given; None if nothing."""
        asked, most = parse(scope or self.detail.scopes), parse(self.detail.scopes)
        found = only(within(asked, most), CONTEXTS[self.detail.kind])
        useful = found.resources or Other.OPENID in found.others
        return str(found) if useful else None

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """To the letter."""
        return is_registered(redirect_uri, list(self.detail.redirects))

    def check_client_secret(self, client_secret: str) -> bool:
        """Whether it is the client's."""
        return self.detail.has_secret and reads.is_secret_of(self.detail.id, client_secret)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        """Whether the client proves who it is in that way."""
        return method in _METHODS[self.detail.kind]

    def check_response_type(self, response_type: str) -> bool:
        """Only a code, never a token in an address."""
        return response_type == "code" and self.detail.kind is not ClientKind.BACKEND

    def check_grant_type(self, grant_type: str) -> bool:
        """Whether the client gets tokens in that way."""
        return grant_type in _GRANTS[self.detail.kind]
