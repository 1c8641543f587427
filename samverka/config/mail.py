"""Where mail goes: one address in the environment, to Django's settings."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

_BACKENDS = "django.core.mail.backends"
_PORTS = {"smtp": 587, "smtps": 465}

TIMEOUT = 10
"""A mail server that does not answer must not hold up the other mails (seconds)."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """What Django must know. `on`: mail goes somewhere. `host` and what follows: for SMTP only."""

    backend: str
    on: bool = True
    folder: str | None = None
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def mail_settings(address: str) -> MailSettings:
    """What an address means.

    Args:
        address: `smtp://name:password@host:587` (with STARTTLS), `smtps://host` (TLS from the
            start), `file:///folder`, or `console:`. Empty: mail is switched off.

    Raises:
        ValueError: the address is of another kind.
    """
    parts = urlsplit(address)
    if not address:
        return MailSettings(f"{_BACKENDS}.dummy.EmailBackend", on=False)
    if parts.scheme == "console":
        return MailSettings(f"{_BACKENDS}.console.EmailBackend")
    if parts.scheme == "file":
        return MailSettings(f"{_BACKENDS}.filebased.EmailBackend", folder=unquote(parts.path))
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError(
            "SAMVERKA_MAIL must begin with smtp://, smtps://, file:// or console:, and name a host"
        )
    return MailSettings(
        f"{_BACKENDS}.smtp.EmailBackend",
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp",
        tls=parts.scheme == "smtps",
    )
