"""Words that nobody can guess, and what is kept of them."""

from __future__ import annotations

import hashlib
import secrets

BYTES = 32
"""256 bits."""


def new_secret() -> str:
    """43 characters that fit in an address and a header."""
    return secrets.token_urlsafe(BYTES)


def digest(secret: str) -> str:
    """What is kept: who reads the database learns no secret. They are too long to try, so no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()
