"""The addresses of the protocol: where an app begins, gets its tokens, and finds out what the server can."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from authlib.oauth2.rfc6749 import InvalidRequestError, OAuth2Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from samverka.connections.pages.server import FHIR, SERVER, ProtocolRequest, base_of
from samverka.connections.pages.signing import ALGORITHM, public_keys
from samverka.connections.rules.clients import Method
from samverka.connections.rules.keys import ALGORITHMS
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.web.door import public, quiet

ASKED = "apps-asked"
"""Session key: what apps have asked for and is not answered yet, by a short key."""

MOST_ASKED = 5
LONGEST = 8_000
"""Characters of what an app asks with."""


@require_safe
@public
def authorize(request: HttpRequest) -> HttpResponse:
    """An app begins: what it asks for is tried, kept, and asked on a page after log-in."""
    given = dict(request.GET.lists())
    asked = ProtocolRequest(request, given)
    try:
        if sum(len(value) for values in given.values() for value in values) > LONGEST:
            raise InvalidRequestError("The request is too long.")
        SERVER.get_consent_grant(asked)
    except OAuth2Error as error:
        return refused(asked, error)
    except ValueError as fault:  # the library repeats what was sent, and refuses what is no ASCII
        raise _unreadable() from fault
    key = secrets.token_urlsafe(9)
    kept = list(request.session.get(ASKED, {}).items())[-(MOST_ASKED - 1) :]
    request.session[ASKED] = dict(kept) | {key: given}
    return redirect("connections:ask", key=key)


def refused(asked: ProtocolRequest, error: OAuth2Error) -> HttpResponse:
    """Told to the app where it is known where the app is; else to the one in front of the screen.

    Raises:
        Invalid: nobody can be sent anywhere: the app or its address is not registered (RFC 6749 4.1.2.1).
    """
    if not error.redirect_uri:
        words = _("Appen frågade på ett sätt som vi inte kan svara på.")
        raise Invalid(
            words,
            mend=_("Kontakta den som har gjort appen. Felet heter %(code)s.", code=error.error),
        )
    error.state = asked.payload.state
    answer: HttpResponse = SERVER.handle_error_response(asked, error)
    return answer


def _unreadable() -> Invalid:
    return Invalid(
        _("Appen frågade på ett sätt som vi inte kan läsa."),
        mend=_("Kontakta den som har gjort appen."),
    )


def _endpoint(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """An address for programs: no cookie is looked at, each parameter comes once."""

    def asked(request: HttpRequest) -> HttpResponse:
        try:
            if any(len(values) > 1 for _name, values in request.POST.lists()):
                raise InvalidRequestError("A parameter comes more than once.")
            return answer(request)
        except OAuth2Error as error:
            made: HttpResponse = SERVER.handle_error_response(request, error)
            return made
        except ValueError:  # the library repeats what was sent, and refuses what is no ASCII
            return JsonResponse({"error": "invalid_request"}, status=400)

    asked.__doc__, asked.__name__ = answer.__doc__, answer.__name__
    return public(require_POST(quiet(asked)))


@_endpoint
def token(request: HttpRequest) -> HttpResponse:
    """Tokens for a code, for a refresh token, or for a system's signed word."""
    made: HttpResponse = SERVER.create_token_response(request)
    return made


@_endpoint
def introspect(request: HttpRequest) -> HttpResponse:
    """What a token of the client's own lets (RFC 7662)."""
    made: HttpResponse = SERVER.create_endpoint_response("introspection", request)
    return made


@_endpoint
def revoke(request: HttpRequest) -> HttpResponse:
    """A client gives a token back (RFC 7009)."""
    made: HttpResponse = SERVER.create_endpoint_response("revocation", request)
    return made


# ── what the server can ──


@require_safe
@quiet
@public
def keys(request: HttpRequest) -> HttpResponse:
    """The public key that signs who someone is."""
    return JsonResponse(public_keys())


SCOPES = (
    "openid", "fhirUser", "profile", "launch", "launch/patient", "offline_access", "online_access", "patient/*.cruds",
    "user/*.cruds", "system/*.cruds",
)  # fmt: skip

CAPABILITIES = (
    "launch-ehr", "launch-standalone", "client-public", "client-confidential-symmetric",
    "client-confidential-asymmetric", "sso-openid-connect", "context-ehr-patient", "context-standalone-patient",
    "context-banner", "permission-offline", "permission-online", "permission-patient", "permission-user", "permission-v1",
    "permission-v2",
)  # fmt: skip
"""SMART App Launch 2.2, conformance."""

GRANTS = ("authorization_code", "refresh_token", "client_credentials")


@require_safe
@quiet
@public
def smart_configuration(request: HttpRequest) -> HttpResponse:
    """`.well-known/smart-configuration`: what an app must know before it begins."""
    at = request.build_absolute_uri
    return JsonResponse(
        _configuration(request)
        | {
            "management_endpoint": at(reverse("connections:mine")),
            "registration_endpoint": at(reverse("connections:request")),
            "capabilities": list(CAPABILITIES),
        }
    )


@require_safe
@quiet
@public
def openid_configuration(request: HttpRequest) -> HttpResponse:
    """`.well-known/openid-configuration` (OpenID Connect Discovery 1.0)."""
    return JsonResponse(
        _configuration(request)
        | {
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "claims_supported": list(CLAIMS),
        }
    )


CLAIMS = ("sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "fhirUser", "profile")


def _configuration(request: HttpRequest) -> dict[str, Any]:
    """What both tell: where one asks, and how one proves who one is."""
    at = request.build_absolute_uri
    return {
        "issuer": base_of(request),
        "jwks_uri": at(reverse("connections:keys")),
        "authorization_endpoint": at(reverse("connections:authorize")),
        "token_endpoint": at(reverse("connections:token")),
        "introspection_endpoint": at(reverse("connections:introspect")),
        "revocation_endpoint": at(reverse("connections:revoke")),
        "grant_types_supported": list(GRANTS),
        "response_types_supported": ["code"],
        "token_endpoint_auth_methods_supported": [
            one.value for one in Method if one is not Method.NONE
        ],
        "token_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": list(SCOPES),
    }


__all__ = [
    "ASKED",
    "FHIR",
    "authorize",
    "introspect",
    "keys",
    "refused",
    "revoke",
    "smart_configuration",
    "token",
]
