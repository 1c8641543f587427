"""The key that signs who someone is (OpenID Connect): RS256, kept in a file that only its owner can read."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from joserfc import jwt
from joserfc.jwk import RSAKey

ALGORITHM = "RS256"
BITS = 2048


def _path() -> Path:
    return Path(settings.SAMVERKA_SIGNING_KEY_FILE)


def signing_key() -> RSAKey:
    """The installation's key, made the first time."""
    path = _path()
    if not path.exists():
        _make(path)
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, _changed: int) -> RSAKey:
    key = RSAKey.import_key(path.read_text())
    key.ensure_kid()
    return key


def _make(path: Path) -> None:
    """Of several workers that make one at the same time, the first to finish wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_suffix(f".{os.getpid()}")
    pem = RSAKey.generate_key(BITS, private=True).as_pem(private=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(pem)
    try:
        os.link(new, path)
    except FileExistsError:
        pass
    finally:
        new.unlink()


def public_keys() -> dict[str, Any]:
    """The public part, as clients fetch it."""
    key = signing_key().as_dict(private=False)
    return {"keys": [{**key, "use": "sig", "alg": ALGORITHM}]}


def signed(claims: dict[str, Any]) -> str:
    """A JWT with the claims."""
    key = signing_key()
    return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, claims, key, [ALGORITHM])
