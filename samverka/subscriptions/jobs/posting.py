"""A notice over the web: to the address that was looked at, and to no other; never longer than so."""

from __future__ import annotations

import http.client
import ssl

from samverka.kernel.problems import Problem
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.subscriptions.jobs.calling import at_most, connection_to
from samverka.subscriptions.operations import Failure, Parcel

_REFUSED = frozenset({400, 413, 415, 422})
"""The receiver would not have this very notice. Anything else is about the receiver itself."""

_TAKEN = range(200, 300)


def post(parcel: Parcel) -> Failure | None:
    """Send it; None if the receiver has taken it, else why not. No word of its answer is kept but the number."""
    seconds = parcel.timeout.total_seconds()
    try:
        made, asked = connection_to(parcel.endpoint, allowed=parcel.allowed, seconds=seconds)
    except Problem as problem:
        return Failure(_text(problem.message))
    return _sent(made, parcel, asked, seconds)


def _sent(
    made: http.client.HTTPConnection, parcel: Parcel, asked: str, seconds: float
) -> Failure | None:
    try:
        with at_most(made, seconds):
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


def _text(message: str) -> Text:
    return message if isinstance(message, Text) else _("%(words)s", words=message)
