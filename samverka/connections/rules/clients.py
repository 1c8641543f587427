"""Who an app or a system can be, and what may be said of it."""

from __future__ import annotations

import ipaddress
import re
from enum import StrEnum
from urllib.parse import urlsplit

from samverka.access.roles import Role
from samverka.connections.rules.scopes import Context, Other, Scopes
from samverka.kernel.actor import Purpose
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class ClientKind(StrEnum):
    """What sort of client."""

    PUBLIC = (
        "public"  # runs at its user's: a page in the browser, an app in a phone; can keep no secret
    )
    CONFIDENTIAL = (
        "confidential"  # runs on a server of its own, and signs with its key or has a secret
    )
    BACKEND = "backend"  # a system without a user


KIND_WORDS: dict[ClientKind, Text] = {
    ClientKind.PUBLIC: _("App hos användaren"),
    ClientKind.CONFIDENTIAL: _("App på egen server"),
    ClientKind.BACKEND: _("System utan användare"),
}


class ClientStatus(StrEnum):
    """Whether it is let in."""

    REQUESTED = "requested"
    ACTIVE = "active"
    DISABLED = "disabled"


STATUS_WORDS: dict[ClientStatus, Text] = {
    ClientStatus.REQUESTED: _("Väntar på svar"),
    ClientStatus.ACTIVE: _("Släpps in"),
    ClientStatus.DISABLED: _("Avstängd"),
}


class Method(StrEnum):
    """How a client proves who it is at the token endpoint."""

    NONE = "none"
    KEY = "private_key_jwt"
    BASIC = "client_secret_basic"
    POST = "client_secret_post"


CONTEXTS: dict[ClientKind, frozenset[Context]] = {
    ClientKind.PUBLIC: frozenset({Context.PATIENT, Context.USER}),
    ClientKind.CONFIDENTIAL: frozenset({Context.PATIENT, Context.USER}),
    ClientKind.BACKEND: frozenset({Context.SYSTEM}),
}
"""On whose behalf each sort may ask."""

BACKEND_ROLES = (Role.INTEGRATION, Role.CARE, Role.CARE_SUPPORT, Role.SOCIAL)
"""Roles that a system can be given, the ordinary one first."""

PURPOSES: dict[Purpose, Text] = {
    Purpose.TREAT: _("Vård och behandling"),
    Purpose.COORDINATION: _("Samordning av vård och omsorg"),
    Purpose.OPERATIONS: _("Uppföljning och administration"),
}
"""What a system can be let in for. Emergency and the person's own request are never a system's."""


# ── addresses ──

_PRIVATE_SCHEME = re.compile(r"^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+$")
LONGEST_ADDRESS = 500


def check_address(address: str, where: str) -> str:
    """An address that an answer may be sent to: https, the own computer, or a phone app's own scheme.

    Raises:
        Invalid: anyone could listen there, or it is no address (RFC 8252, RFC 9700 2.1).
    """
    parts = _split(address)
    sound = (
        parts is not None
        and len(address) <= LONGEST_ADDRESS
        and not re.search(r"[\s*#\\]", address)
    )
    if (
        not sound
        or parts is None
        or not _is_safe(parts.scheme, parts.hostname or "", parts.username)
    ):
        words = _("Adressen %(address)s går inte att använda.", address=address[:80])
        mend = _(
            "Skriv https://…, http://localhost/… för den egna datorn, eller appens eget schema med punkt: com.exempel.app:/svar."
        )
        raise Invalid(words, where=where, mend=mend)
    return address


def _split(address: str):  # type: ignore[no-untyped-def]
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return None
    return parts


def _is_safe(scheme: str, host: str, user: str | None) -> bool:
    if user is not None:
        return False
    if scheme == "https":
        return bool(host)
    if scheme == "http":
        return is_own_computer(host)
    return bool(_PRIVATE_SCHEME.match(scheme))


def is_own_computer(host: str) -> bool:
    """localhost, 127.0.0.1, ::1."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_registered(address: str, registered: list[str]) -> bool:
    """Whether an answer may be sent there: the address to the letter.

    One on the own computer that is registered without a port may have any: an app gets a port when it starts (RFC 8252 7.3).
    """
    return address in registered or any(_same_but_port(address, one) for one in registered)


def _same_but_port(address: str, registered: str) -> bool:
    one, other = _split(address), _split(registered)
    if one is None or other is None or other.scheme != "http" or other.port is not None:
        return False
    if not is_own_computer(other.hostname or "") or one.port is None:
        return False
    return bool(address == registered.replace(other.netloc, f"{other.netloc}:{one.port}", 1))


# ── what is registered ──


def check_scopes(kind: ClientKind, scopes: Scopes) -> None:
    """What a client may be registered for.

    Raises:
        Invalid: nothing, or what that sort of client cannot have.
    """
    if not scopes.resources and Other.OPENID not in scopes.others:
        words = _("Skriv vad den ska få göra, till exempel patient/CarePlan.rs.")
        raise Invalid(words, where="scopes")
    wrong = scopes.contexts - CONTEXTS[kind]
    if wrong or (kind is ClientKind.BACKEND and scopes.others):
        words = (
            _("Ett system utan användare frågar med system/…")
            if kind is ClientKind.BACKEND
            else _("En app frågar med patient/… eller user/…")
        )
        raise Invalid(words, where="scopes")


def check_backend(
    kind: ClientKind, roles: list[Role], purposes: list[Purpose], *, has_keys: bool
) -> None:
    """A system is let in for something, as something, and signs with a key.

    Raises:
        Invalid: one of them is not said.
    """
    if kind is not ClientKind.BACKEND:
        return
    if not purposes:
        raise Invalid(_("Välj vad systemet ska få läsa för."), where="purposes")
    if not roles or any(role not in BACKEND_ROLES for role in roles):
        raise Invalid(_("Välj vilken roll systemet ska ha."), where="roles")
    if not has_keys:
        raise Invalid(_("Ett system utan användare måste ha en nyckel."), where="keys")
