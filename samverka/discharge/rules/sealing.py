"""A list in one file that opens with the unit's password, on any computer and without the server. Pure.

AES-256-GCM with a key that PBKDF2-HMAC-SHA-256 makes of the password: both are in every browser (Web
Crypto), so the file carries its own few lines that open it. Nobody can read or change it without the
password; who changes the unit's name or the time on it cannot open it either.
"""

from __future__ import annotations

import json
import re
import secrets
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _

ROUNDS = 600_000
"""Of PBKDF2-HMAC-SHA-256 (OWASP, 2023)."""
KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
SHORTEST = 14
"""A password that is guessed at without a server to say stop (characters)."""
LONGEST = 200
MARK = "samverka-reserv"


STALE = timedelta(minutes=30)
"""Two lists in a row have not been written (each 15 minutes)."""


def is_stale(since: datetime, now: datetime) -> bool:
    """Whether a list should have been written since then: the last one, or the setting of its password."""
    return now - since > STALE


@dataclass(frozen=True, slots=True)
class Sealed:
    """What stands on the outside of a sealed list, and the list itself, unreadable.

    Attributes:
        title: of the unit; no person's.
        written_at: ISO 8601.
    """

    title: str
    written_at: str
    salt: bytes
    nonce: bytes
    sealed: bytes

    def outside(self) -> bytes:
        """What is not secret but must not be changed either."""
        return f"{MARK}\n{self.title}\n{self.written_at}".encode()


@dataclass(frozen=True, slots=True)
class Inside:
    """The list: as a page and as plain text."""

    html: str
    text: str


def check_password(password: str) -> str:
    """The password as it is used: composed letters, no spaces around.

    Raises:
        Invalid: too short or too long.
    """
    found = unicodedata.normalize("NFC", password).strip()
    if len(found) < SHORTEST:
        raise Invalid(
            _("Lösenordet är för kort: minst %(many)d tecken.", many=SHORTEST),
            where="password",
            mend=_("Ta tre eller fyra ord som ni minns."),
        )
    if len(found) > LONGEST:
        raise Invalid(_("Lösenordet är för långt."), where="password")
    return found


def new_salt() -> bytes:
    """Random; one for each password that is set."""
    return secrets.token_bytes(SALT_BYTES)


def derive_key(password: str, salt: bytes) -> bytes:
    """Password → key; slow on purpose."""
    words = unicodedata.normalize("NFC", password).strip()
    kdf = PBKDF2HMAC(algorithm=SHA256(), length=KEY_BYTES, salt=salt, iterations=ROUNDS)
    return kdf.derive(words.encode())


def wrap_key(key: bytes, secret: str, about: str) -> bytes:
    """The key as the database keeps it: of no use without the server's own secret."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_wrapping(secret)).encrypt(nonce, key, about.encode())


def unwrap_key(wrapped: bytes, secret: str, about: str) -> bytes:
    """The key again.

    Raises:
        Invalid: the server's secret has been changed since; the password must be set anew.
    """
    nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
    try:
        return AESGCM(_wrapping(secret)).decrypt(nonce, sealed, about.encode())
    except InvalidTag as fault:
        raise Invalid(_("Lösenordet till reservlistan behöver sättas på nytt.")) from fault


def _wrapping(secret: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=MARK.encode()).derive(secret.encode())


def seal_list(title: str, at: datetime, inside: Inside, *, key: bytes, salt: bytes) -> Sealed:
    """Lock a list with the unit's key."""
    words = json.dumps({"html": inside.html, "text": inside.text}).encode()
    bare = Sealed(
        title, at.isoformat(timespec="seconds"), salt, secrets.token_bytes(NONCE_BYTES), b""
    )
    sealed = AESGCM(key).encrypt(bare.nonce, words, bare.outside())
    return Sealed(bare.title, bare.written_at, bare.salt, bare.nonce, sealed)


def open_list(found: Sealed, password: str) -> Inside:
    """Unlock a list with the unit's password.

    Raises:
        Invalid: another password, or a file that somebody has changed.
    """
    key = derive_key(password, found.salt)
    try:
        words = AESGCM(key).decrypt(found.nonce, found.sealed, found.outside())
    except InvalidTag as fault:
        raise Invalid(
            _("Det gick inte att öppna listan."),
            mend=_("Kontrollera lösenordet. Stämmer det är filen ändrad eller trasig."),
        ) from fault
    inside = json.loads(words)
    return Inside(inside["html"], inside["text"])


# ── the file ──

_KEPT = re.compile(r'<script type="application/json" id="sealed">(.*?)</script>', re.DOTALL)


def file_of(one: Sealed, page: str) -> str:
    """The whole file: a page with what is sealed in it, and the lines of code that open it.

    Args:
        page: with `{{sealed}}`, `{{code}}` and `{{hash}}` where those go.
    """
    kept = {
        "title": one.title,
        "written": one.written_at,
        "rounds": ROUNDS,
        "salt": b64encode(one.salt).decode(),
        "nonce": b64encode(one.nonce).decode(),
        "sealed": b64encode(one.sealed).decode(),
    }
    words = json.dumps(kept).replace("<", "\\u003c")
    code = OPENER.strip()
    digest = b64encode(sha256(code.encode()).digest()).decode()
    whole = page.replace("{{hash}}", digest).replace("{{code}}", code)
    return whole.replace("{{sealed}}", words)


def sealed_in(text: str) -> Sealed:
    """What is sealed in a file.

    Raises:
        Invalid: it is no reserve list.
    """
    try:
        found = _KEPT.search(text)
        kept = json.loads(found.group(1)) if found else {}
        return Sealed(
            kept["title"],
            kept["written"],
            b64decode(kept["salt"]),
            b64decode(kept["nonce"]),
            b64decode(kept["sealed"]),
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise Invalid(_("Filen är ingen reservlista.")) from fault


OPENER = """
"use strict";
const kept = JSON.parse(document.getElementById("sealed").textContent);
const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
const fault = document.getElementById("fault");
document.getElementById("open").addEventListener("submit", async (event) => {
  event.preventDefault();
  fault.hidden = true;
  const words = new FormData(event.target).get("password").normalize("NFC").trim();
  try {
    const base = await crypto.subtle.importKey(
      "raw", new TextEncoder().encode(words), "PBKDF2", false, ["deriveKey"]);
    const key = await crypto.subtle.deriveKey(
      {name: "PBKDF2", hash: "SHA-256", salt: bytes(kept.salt), iterations: kept.rounds},
      base, {name: "AES-GCM", length: 256}, false, ["decrypt"]);
    const outside = new TextEncoder().encode(
      ["MARK", kept.title, kept.written].join(String.fromCharCode(10)));
    const inside = await crypto.subtle.decrypt(
      {name: "AES-GCM", iv: bytes(kept.nonce), additionalData: outside}, key, bytes(kept.sealed));
    document.getElementById("list").innerHTML = JSON.parse(new TextDecoder().decode(inside)).html;
    event.target.hidden = true;
  } catch (problem) {
    fault.hidden = false;
  }
});
""".replace("MARK", MARK)
"""What opens the file in a browser."""
