"""A call to an address that somebody else has chosen: to the very address that was looked at, and never longer than so.

One that leads inwards would let whoever chose it use us to reach what the outside may not (OWASP ASVS 5.0, 1.3.6).
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from threading import Timer

from django.conf import settings

from samverka.kernel.problems import Problem
from samverka.kernel.text import text as _
from samverka.subscriptions.rules import check_address, is_public, split_address


def connection_to(
    url: str, *, allowed: Collection[str], seconds: float
) -> tuple[http.client.HTTPConnection, str]:
    """A connection that is not open yet, and what is to be asked for there. It follows no one elsewhere.

    Args:
        allowed: hosts of the own net that may be called.
        seconds: so long each answer of the other may take.

    Raises:
        Problem: the address may not be called.
    """
    check_address(url, allowed, demo=settings.DEMO)
    scheme, host, port, asked = split_address(url)
    address = _looked_up(host, port, allowed=host in allowed)
    made: http.client.HTTPConnection = (
        http.client.HTTPSConnection(host, port, timeout=seconds, context=_context())
        if scheme == "https"
        else http.client.HTTPConnection(host, port, timeout=seconds)
    )
    # The name was looked up above, and that very address is called: it cannot be another the second time.
    made._create_connection = lambda _where, wait, *_more: socket.create_connection(  # type: ignore[attr-defined]
        (address, port), wait
    )
    return made, asked


@contextmanager
def at_most(made: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """An answer that comes letter by letter ends too."""

    def hang_up() -> None:
        if made.sock is not None:
            made.sock.close() if isinstance(made.sock, ssl.SSLSocket) else _shut(made.sock)

    timer = Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _shut(found: socket.socket) -> None:
    try:
        found.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass


def _looked_up(host: str, port: int, *, allowed: bool) -> str:
    """The address of a host. One that leads inwards by any of its addresses is not called.

    Raises:
        Problem: there is none, or one that may not be called.
    """
    try:
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as fault:
        raise Problem(_("Mottagarens namn finns inte: %(host)s.", host=host)) from fault
    if not found or not (allowed or all(is_public(one) for one in found)):
        raise Problem(_("Adressen leder till ett internt nät."))
    return found[0]


def _context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
