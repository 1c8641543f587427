"""The authorisation server: Authlib's protocol over the room's own reads and operations.

SMART App Launch 2.2 and Backend Services; RFC 6749, 7009, 7523, 7636, 7662, 9700. What the library asks for, the room answers with plain
values; nothing is kept between two requests but in the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from authlib.common.urls import add_params_to_uri
from authlib.oauth2 import AuthorizationServer, OAuth2Error, OAuth2Request
from authlib.oauth2.rfc6749 import (
    AccessDeniedError,
    AuthorizationCodeGrant,
    ClientCredentialsGrant,
    InvalidGrantError,
    InvalidRequestError,
    InvalidScopeError,
    OAuth2Payload,
    RefreshTokenGrant,
)
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc7662 import IntrospectionEndpoint
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from samverka.connections import operations, reads
from samverka.connections.operations.tokens import server_actor
from samverka.connections.pages.assertion import SignedAssertion, purpose_in
from samverka.connections.pages.client_of import ProtocolClient
from samverka.connections.pages.signing import signed
from samverka.connections.rules import lasting
from samverka.connections.rules.clients import Method
from samverka.connections.rules.scopes import Other, parse
from samverka.connections.rules.secrets import new_secret
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotAllowed, NotNow

FHIR = "/fhir/R4"
ALL_METHODS = [Method.KEY.value, Method.BASIC.value, Method.POST.value, Method.NONE.value]


def base_of(request: HttpRequest) -> str:
    """The server's own address, as the client reached it."""
    return request.build_absolute_uri("/").rstrip("/")


class _Payload(OAuth2Payload):  # type: ignore[misc]
    """The parameters, once each."""

    def __init__(self, given: Mapping[str, list[str]]) -> None:
        self._all = defaultdict(list, {name: list(values) for name, values in given.items()})
        self._data = {name: values[-1] for name, values in self._all.items() if values}

    @property
    def datalist(self) -> defaultdict[str, list[str]]:
        """Every value of each."""
        return self._all

    @property
    def data(self) -> dict[str, str]:
        """One of each."""
        return self._data


class ProtocolRequest(OAuth2Request):  # type: ignore[misc]
    """A request in the library's words. Parameters of the token endpoint are read from the body alone (RFC 6749 3.2)."""

    def __init__(self, request: HttpRequest, given: Mapping[str, list[str]]) -> None:
        # That it comes over https is the web server's to see to (SECURE_SSL_REDIRECT), behind a proxy too.
        super().__init__(request.method or "", settings.SAMVERKA_ADDRESS, headers=request.headers)
        self.payload = _Payload(given)
        self.base = base_of(request)
        self.at: datetime = request.at  # type: ignore[attr-defined]
        self.yes: Yes | None = None

    @property
    def form(self) -> dict[str, str]:
        """The parameters."""
        data: dict[str, str] = self.payload.data
        return data

    @property
    def args(self) -> dict[str, str]:
        """The same."""
        return self.form

    @property
    def server(self) -> Actor:
        """Who does the work."""
        return server_actor(self.at)


class Yes:
    """What was answered on the page: who says yes, and for whom."""

    def __init__(self, actor: Actor, person_id: Any) -> None:
        self.actor, self.person_id = actor, person_id


# ── what an app begins with, and gets a code for ──


class _Challenge(CodeChallenge):  # type: ignore[misc]
    """PKCE for everyone, with S256 (SMART App Launch 2.2; RFC 9700 2.1.1)."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]
    DEFAULT_CODE_CHALLENGE_METHOD = "S256"

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        """Both parameters must be there."""
        data = grant.request.payload.data
        if not data.get("code_challenge") or data.get("code_challenge_method") != "S256":
            raise InvalidRequestError(
                "A 'code_challenge' with 'code_challenge_method=S256' is required."
            )
        super().validate_code_challenge(grant, redirect_uri)

    def get_authorization_code_challenge(self, authorization_code: _FoundCode) -> str:
        """As it was sent with the first request."""
        return authorization_code.detail.challenge

    def get_authorization_code_challenge_method(self, authorization_code: _FoundCode) -> str:
        """There is one."""
        return "S256"


class _FoundCode:
    """A code in the library's words."""

    def __init__(self, detail: operations.CodeDetail) -> None:
        self.detail = detail

    def get_redirect_uri(self) -> str:
        """Where the code was sent: the token is asked for with the same."""
        return self.detail.redirect

    def get_scope(self) -> str:
        """What was said yes to."""
        return self.detail.yes.scopes


class _CodeGrant(AuthorizationCodeGrant):  # type: ignore[misc]
    TOKEN_ENDPOINT_AUTH_METHODS = ALL_METHODS

    def validate_authorization_request(self) -> str:
        """What SMART asks for beside RFC 6749: `state`, and `aud` that names this server."""
        address: str = super().validate_authorization_request()
        request, data = self.request, self.request.payload.data
        mine = {f"{request.base}{FHIR}", f"{settings.SAMVERKA_ADDRESS}{FHIR}"}
        if not data.get("state"):
            raise InvalidRequestError("Missing 'state' in request.", redirect_uri=address)
        if data.get("aud", "").rstrip("/") not in mine:
            words = "'aud' must be the address of this FHIR server."
            raise InvalidRequestError(words, redirect_uri=address)
        if Other.LAUNCH in parse(request.scope).others and not data.get("launch"):
            words = "The scope 'launch' goes with the parameter 'launch'."
            raise InvalidRequestError(words, redirect_uri=address)
        return address

    def generate_authorization_code(self) -> str:
        """The operation makes it."""
        return ""

    def create_authorization_response(self, redirect_uri: str, grant_user: Yes | None) -> Any:
        """A code in the address that was registered, or the refusal."""
        if grant_user is None:
            raise AccessDeniedError(redirect_uri=redirect_uri)
        data = self.request.payload.data
        code = operations.allow_app(
            grant_user.actor,
            wish=operations.Wish(
                client_id=self.request.client.detail.id,
                scopes=self.request.scope,
                redirect=redirect_uri,
                challenge=data["code_challenge"],
                nonce=data.get("nonce", "")[:200],
                launch=data.get("launch", ""),
            ),
            person_id=grant_user.person_id,
        )
        return (
            302,
            "",
            [("Location", with_parameters(redirect_uri, code=code, state=data["state"]))],
        )

    def query_authorization_code(self, code: str, client: ProtocolClient) -> _FoundCode | None:
        """The client's own, if it can be redeemed."""
        found = operations.find_code(self.request.server, code=code, client_id=client.detail.id)
        return _FoundCode(found) if found else None

    def delete_authorization_code(self, authorization_code: _FoundCode) -> None:
        """It was used up when the tokens were saved."""

    def authenticate_user(self, authorization_code: _FoundCode) -> Any:
        """Who said yes."""
        return authorization_code.detail.yes


class _RefreshGrant(RefreshTokenGrant):  # type: ignore[misc]
    TOKEN_ENDPOINT_AUTH_METHODS = ALL_METHODS
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token: str) -> Any:
        """The client's own, if it can be used."""
        found = operations.find_refresh(
            self.request.server, token=refresh_token, client_id=self.request.client.detail.id
        )
        return _FoundRefresh(found) if found else None

    def authenticate_user(self, refresh_token: _FoundRefresh) -> Any:
        """Who said yes."""
        return refresh_token.detail.yes

    def revoke_old_credential(self, refresh_token: _FoundRefresh) -> None:
        """It was used up when the new tokens were saved."""


class _FoundRefresh:
    """A refresh token in the library's words."""

    def __init__(self, detail: operations.RefreshDetail) -> None:
        self.detail = detail

    def check_client(self, client: ProtocolClient) -> bool:
        """Only the client's own are found at all."""
        return self.detail.yes.client_id == client.detail.id

    def get_scope(self) -> str:
        """What it can be refreshed for."""
        return self.detail.scopes


class _SystemGrant(ClientCredentialsGrant):  # type: ignore[misc]
    TOKEN_ENDPOINT_AUTH_METHODS = [Method.KEY.value]


# ── looking at a token, giving it back ──


class _Introspection(IntrospectionEndpoint):  # type: ignore[misc]
    CLIENT_AUTH_METHODS = ALL_METHODS

    def authenticate_token(self, request: ProtocolRequest, client: ProtocolClient) -> Any:
        """A token of the client's own; of others nothing is told."""
        self.check_params(request, client)
        token = request.form["token"]
        return operations.look_at_token(request.server, token=token, client_id=client.detail.id)

    def create_endpoint_response(self, request: ProtocolRequest) -> Any:
        """What the token lets, or that it lets nothing."""
        client = self.authenticate_endpoint_client(request)
        token = self.authenticate_token(request, client)
        body = _introspected(token, request.base) if token else {"active": False}
        return 200, body, self.server.JSON_HEADERS


def _introspected(token: operations.TokenDetail, base: str) -> dict[str, Any]:
    body: dict[str, Any] = {
        "active": True,
        "client_id": str(token.yes.client_id),
        "scope": token.scopes,
        "token_type": "Bearer",
        "iss": base,
        "iat": int(token.made_at.timestamp()),
        "exp": int(token.expires_at.timestamp()),
        "sub": str(token.yes.account_id or token.yes.client_id),
    }
    if token.yes.person_id:
        body["patient"] = str(token.yes.person_id)
    if token.yes.fhir_user and Other.FHIR_USER in parse(token.scopes).others:
        body["fhirUser"] = f"{base}{FHIR}/{token.yes.fhir_user}"
    return body


class _Revocation(RevocationEndpoint):  # type: ignore[misc]
    CLIENT_AUTH_METHODS = ALL_METHODS

    def create_endpoint_response(self, request: ProtocolRequest) -> Any:
        """Always 200: whether there was such a token is not told (RFC 7009 2.2)."""
        client = self.authenticate_endpoint_client(request)
        self.check_params(request, client)
        operations.give_back_token(
            request.server, token=request.form["token"], client_id=client.detail.id
        )
        return 200, {}, self.server.JSON_HEADERS


# ── the server ──


class Server(AuthorizationServer):  # type: ignore[misc]
    """Authlib's server on the room's reads and operations."""

    JSON_HEADERS = [("Cache-Control", "no-store"), ("Pragma", "no-cache")]

    def query_client(self, client_id: str) -> ProtocolClient | None:
        """A client that is let in."""
        found = reads.known_client(str(client_id))
        return ProtocolClient(found) if found else None

    def create_oauth2_request(self, request: Any) -> ProtocolRequest:
        """A request of a client, from the body alone."""
        if isinstance(request, ProtocolRequest):
            return request
        return ProtocolRequest(request, dict(request.POST.lists()))

    def handle_response(self, status: int, body: Any, headers: Any) -> HttpResponse:
        """As Django sends it."""
        made = HttpResponse(body) if isinstance(body, str) else JsonResponse(body)
        made.status_code = status
        for name, value in headers:
            made[name] = value
        made["Cache-Control"], made["Pragma"] = "no-store", "no-cache"
        return made

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """The house has no signals."""

    def generate_token(self, *, scope: str | None = None, **given: Any) -> dict[str, Any]:
        """A refresh token only for who asked to go on."""
        goes_on = parse(scope or "").others & {Other.OFFLINE, Other.ONLINE}
        given["include_refresh_token"] = bool(goes_on) and given.get("include_refresh_token", True)
        made: dict[str, Any] = super().generate_token(scope=scope, **given)
        return made

    def save_token(self, token: dict[str, Any], request: ProtocolRequest) -> None:
        """Keep what was made, and tell the app what goes with it."""
        try:
            yes, nonce = self._saved(token, request)
        except NotNow as problem:  # someone else was there in the same moment
            raise InvalidGrantError() from problem
        except NotAllowed as problem:  # it is in the trail; an error of the protocol is plain ASCII
            known = " ".join(request.client.detail.purposes)
            raise InvalidRequestError(f"Say 'purpose_of_use': one of {known}.") from problem
        if yes.person_id is not None:
            token["patient"] = str(yes.person_id)
            token["need_patient_banner"] = True
        if Other.OPENID in parse(token.get("scope", "")).others:
            token["id_token"] = signed(_claims(yes, request, nonce))

    def _saved(
        self, token: dict[str, Any], request: ProtocolRequest
    ) -> tuple[operations.YesDetail, str]:
        made = {"access": token["access_token"], "refresh": token.get("refresh_token", "")}
        if request.authorization_code is not None:
            found = request.authorization_code.detail
            yes = operations.redeem_code(request.server, code_digest=found.digest, **made)
            return yes, found.nonce
        if request.refresh_token is not None:
            old, scopes = request.refresh_token.detail.digest, token["scope"]
            return operations.use_refresh(
                request.server, token_digest=old, scopes=scopes, **made
            ), ""
        return operations.give_system_token(
            request.server,
            client_id=request.client.detail.id,
            scopes=token["scope"],
            purpose=purpose_in(request.form),
            access=made["access"],
        ), ""


def _claims(yes: operations.YesDetail, request: ProtocolRequest, nonce: str) -> dict[str, Any]:
    """Who said yes (OpenID Connect Core 2; SMART: `fhirUser`)."""
    claims: dict[str, Any] = {
        "iss": request.base,
        "sub": str(yes.account_id),
        "aud": str(yes.client_id),
        "iat": int(request.at.timestamp()),
        "exp": int((request.at + lasting.USER_TOKEN).timestamp()),
        "auth_time": int(yes.given_at.timestamp()),
    }
    if nonce:
        claims["nonce"] = nonce
    scopes = parse(yes.scopes).others
    if Other.FHIR_USER in scopes or Other.PROFILE in scopes:
        claims["fhirUser"] = claims["profile"] = f"{request.base}{FHIR}/{yes.fhir_user}"
    return claims


def with_parameters(address: str, **given: str) -> str:
    """The address with parameters added."""
    added: str = add_params_to_uri(address, [(name, one) for name, one in given.items() if one])
    return added


def _lasts(client: ProtocolClient, grant_type: str) -> int:
    system = grant_type == "client_credentials"
    return int((lasting.SYSTEM_TOKEN if system else lasting.USER_TOKEN).total_seconds())


def _made() -> Server:
    made = Server()
    made.register_token_generator(
        "default",
        BearerTokenGenerator(
            access_token_generator=lambda **_: new_secret(),
            refresh_token_generator=lambda **_: new_secret(),
            expires_generator=_lasts,
        ),
    )
    made.register_client_auth_method(
        Method.KEY.value,
        lambda query, request: SignedAssertion(request)(query, request),
    )
    made.register_grant(_CodeGrant, [_Challenge(required=True)])
    made.register_grant(_RefreshGrant)
    made.register_grant(_SystemGrant)
    made.register_endpoint(_Introspection)
    made.register_endpoint(_Revocation)
    return made


SERVER = _made()

__all__ = [
    "FHIR",
    "SERVER",
    "InvalidScopeError",
    "OAuth2Error",
    "ProtocolRequest",
    "Server",
    "Yes",
    "base_of",
]
