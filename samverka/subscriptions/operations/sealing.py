"""The receivers' secrets: headers are kept sealed, and opened only when something is sent."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_MARK = b"samverka subscriptions 1"


def seal(headers: Sequence[str]) -> bytes:
    """Headers as they are kept."""
    return _box().encrypt(json.dumps(list(headers)).encode()) if headers else b""


def unseal(kept: bytes) -> tuple[str, ...] | None:
    """Headers as they are sent; None when the installation's key is another than the one they were sealed with."""
    if not kept:
        return ()
    try:
        return tuple(json.loads(_box().decrypt(bytes(kept))))
    except InvalidToken:
        return None


def _box() -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=_MARK).derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))
