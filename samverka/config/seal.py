"""The key that signs the trail's roots."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from samverka.config.folders import data_folder, kept_secret

KEY_FILE = "SAMVERKA_TRAIL_KEY_FILE"


class Seal:
    """Signs and checks roots with one Ed25519 key.

    In earnest the key belongs to someone else than the one who runs the database: who has both
    could write a new trail.
    """

    def __init__(self, word: str) -> None:
        seed = hashlib.sha256(word.encode()).digest()
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    def sign(self, root: str) -> str:
        """Root (hex) to signature (hex)."""
        return self._key.sign(bytes.fromhex(root)).hex()

    def holds(self, root: str, signature: str) -> bool:
        """Whether the signature is ours for this root."""
        try:
            self._key.public_key().verify(bytes.fromhex(signature), bytes.fromhex(root))
        except (InvalidSignature, ValueError):
            return False
        return True


def seal() -> Seal:
    """With the key in the file that `SAMVERKA_TRAIL_KEY_FILE` names; else one of the data folder's own."""
    return Seal(kept_secret(Path(os.environ.get(KEY_FILE) or data_folder() / "trail-key")))
