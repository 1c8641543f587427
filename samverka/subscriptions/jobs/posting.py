"""A notice over the web: to the address that was looked at, and to no other; never longer than so."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

from django.conf import settings

from samverka.kernel.problems import Problem
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.subscriptions.operations import Failure, Parcel
from samverka.subscriptions.rules import check_address, is_public, split_address

_REFUSED = frozenset({400, 413, 415, 422})
"""The receiver would not have this very notice. Anything else is about the receiver itself."""

_TAKEN = range(200, 300)


def post(parcel: Parcel) -> Failure | None:
    """Send it; None if the receiver has taken it, else why not. No word of its answer is kept but the number."""
    try:
        check_address(parcel.endpoint, parcel.allowed, demo=settings.DEMO)
        scheme, host, port, asked = split_address(parcel.endpoint)
        address = _looked_up(host, port, allowed=host in parcel.allowed)
    except Problem as problem:
        return Failure(_text(problem.message))
    seconds = parcel.timeout.total_seconds()
    made: http.client.HTTPConnection = (
        http.client.HTTPSConnection(host, port, timeout=seconds, context=_context())
        if scheme == "https"
        else http.client.HTTPConnection(host, port, timeout=seconds)
    )
    # The name was looked up above, and that very address is called: it cannot be another the second time.
    made._create_connection = lambda _where, wait, *_more: socket.create_connection(  # type: ignore[attr-defined]
        (address, port), wait
    )
    return _sent(made, parcel, asked, seconds)


def _sent(
    made: http.client.HTTPConnection, parcel: Parcel, asked: str, seconds: float
) -> Failure | None:
    try:
        with _at_most(made, seconds):
            made.request("POST", asked, body=parcel.body, headers=_headers(parcel))
            status = made.getresponse().status
    except TimeoutError:
        return Failure(_("Mottagaren svarade inte inom %(limit)d sekunder.", limit=int(seconds)))
    except ssl.SSLError:
        return Failure(_("Mottagarens certifikat eller kryptering godtas inte."))
    except (OSError, http.client.HTTPException, ValueError):
        return Failure(_("Mottagaren går inte att nå, eller bröt förbindelsen."))
    finally:
        made.close()
    if status in _TAKEN:
        return None
    return Failure(_("Mottagaren svarade %(status)d.", status=status), status in _REFUSED)


def _headers(parcel: Parcel) -> dict[str, str]:
    given = dict(line.split(":", 1) for line in parcel.headers)
    found = {name: value.strip() for name, value in given.items()}
    return found | ({"Content-Type": parcel.media} if parcel.body else {})


@contextmanager
def _at_most(made: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
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


def _text(message: str) -> Text:
    return message if isinstance(message, Text) else _("%(words)s", words=message)
