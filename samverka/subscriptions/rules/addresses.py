"""Which addresses a notice may be sent to: never one inside our own walls, unless it has been allowed.

A subscriber chooses the address. One that leads to the server itself or to its net would let the subscriber
use us to reach what the outside may not (server-side request forgery; OWASP ASVS 5.0, 1.3.6).
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address
from typing import Final
from urllib.parse import urlsplit

from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _

MOST: Final = 1000
"""Characters of an address."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet's: not ours, a private net's, or for many at once."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved


def split_address(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port, and what is asked for there.

    Raises:
        Invalid: it is no address of the web.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    unfit = any(one <= " " or one == "\x7f" for one in url) or len(url) > MOST or not url.isascii()
    if parts.scheme not in ("http", "https") or not host or unfit:
        raise Invalid(_("Skriv en hel adress: https://…"), where="endpoint")
    if parts.username or parts.password:
        raise Invalid(_("Skriv inte lösenord i adressen. Skicka det som header."), where="endpoint")
    asked = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, host.lower(), port or (443 if parts.scheme == "https" else 80), asked


def check_address(url: str, allowed: Iterable[str], *, demo: bool) -> None:
    """Raise unless notices may be sent there, as far as the address itself tells.

    The host's IP address is looked at when something is sent: it can change.
    """
    scheme, host, _port, _asked = split_address(url)
    if scheme != "https" and not demo:
        raise Invalid(_("Notiser skickas bara krypterat: https."), where="endpoint")
    if host in allowed:
        return
    try:
        public = is_public(host)
    except ValueError:  # a name, not a number
        public = "." in host and not host.endswith((".local", ".internal", ".localhost"))
    if not public:
        raise Invalid(
            _("Adressen leder till ett internt nät."),
            where="endpoint",
            mend=_("En administratör kan tillåta servern på sidan Prenumerationer."),
        )
