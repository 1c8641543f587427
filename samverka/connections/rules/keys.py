"""A client's public keys (a JWK set), and which of them can be used."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _

ALGORITHMS = ("RS384", "ES384")
"""What a client signs with: both are asked of a server by SMART Backend Services."""

SHORTEST_RSA = 2048  # bits
LARGEST = 20_000  # characters
MOST = 10
_SECRET_PARTS = frozenset({"d", "p", "q", "dp", "dq", "qi", "k", "oth"})


def check_keys(text: str, where: str = "keys") -> dict[str, Any]:
    """The text of a JWK set, or of one key → the set.

    Raises:
        Invalid: no set of public keys, a secret part in it, or no key that can be used.
    """
    found = _read(text, where)
    keys = found.get("keys", [found] if "kty" in found else None)
    if not isinstance(keys, list) or not 0 < len(keys) <= MOST:
        raise Invalid(_("Skriv en JWK eller ett JWK Set med högst tio nycklar."), where=where)
    for key in keys:
        _check_key(key, where)
    return {"keys": keys}


def _read(text: str, where: str) -> dict[str, Any]:
    try:
        found = json.loads(text) if len(text) <= LARGEST else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Invalid(_("Nyckeln ska vara JSON: en JWK eller ett JWK Set."), where=where)
    return found


def _check_key(key: Any, where: str) -> None:
    if not isinstance(key, dict) or _SECRET_PARTS & key.keys():
        words = _("Skicka bara den publika nyckeln. Den hemliga delen ska aldrig lämna systemet.")
        raise Invalid(words, where=where)
    try:
        usable = _usable(key)
    except (JoseError, ValueError, TypeError):
        usable = False
    if not usable:
        words = _("Nyckeln ska vara RSA med minst 2048 bitar, eller EC på kurvan P-384.")
        raise Invalid(words, where=where)


def _usable(key: Mapping[str, Any]) -> bool:
    if key.get("kty") == "RSA":
        return RSAKey.import_key(dict(key)).raw_value.key_size >= SHORTEST_RSA
    return (
        key.get("kty") == "EC" and key.get("crv") == "P-384" and bool(ECKey.import_key(dict(key)))
    )


def key_set(kept: Mapping[str, Any]) -> KeySet:
    """The keys as the library reads them."""
    return KeySet.import_key_set({"keys": list(kept.get("keys", []))})


def key_names(kept: Mapping[str, Any]) -> list[str]:
    """What to call the keys in a list: kind and id."""
    return [f"{one.get('kty')} {one.get('kid', '')}".strip() for one in kept.get("keys", [])]
