"""Files of a bulk import fetched from where the sender says that they are: never from inside our own walls."""

from __future__ import annotations

import http.client
import os
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from samverka.kernel.problems import Invalid, Problem
from samverka.kernel.text import text as _
from samverka.subscriptions.jobs.calling import at_most, connection_to

WAIT, ALL = 60.0, 3_600.0
"""Seconds that a server may be silent, and that a file may take."""

CHUNK = 1024 * 1024

_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which the file may be had another time."""


def fetch(url: str, path: Path) -> None:
    """Fetch an address into a file; there is no file until all of it is here.

    Raises:
        Problem: it will not be had: the address may not be called, the server has it not, it is too large.
        OSError: it may be had later.
    """
    part = path.with_suffix(".part")
    try:
        made, asked = connection_to(url, allowed=settings.SAMVERKA_IMPORT_HOSTS, seconds=WAIT)
    except Problem as problem:
        raise Invalid(NOT_THERE) from problem
    try:
        with at_most(made, ALL), _new(part) as out:
            made.request("GET", asked, headers={"Accept": "application/fhir+ndjson"})
            answer = made.getresponse()
            _check(answer.status)
            _copy(answer, out)
            os.fsync(out.fileno())
    except (http.client.HTTPException, ValueError) as fault:
        raise OSError(str(type(fault).__name__)) from fault
    finally:
        made.close()
    part.replace(path)


NOT_THERE = _(
    "Filer hämtas bara med https från en server på internet, eller från en som har släppts in här."
)


def _new(path: Path) -> BinaryIO:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    return os.fdopen(descriptor, "wb")


def _check(status: int) -> None:
    if status in _LATER:
        raise OSError(f"status {status}")
    if status != http.client.OK:
        words = _("Filen går inte att hämta. Servern svarade %(status)d.", status=status)
        raise Problem(words)


def _copy(answer: http.client.HTTPResponse, out: BinaryIO) -> None:
    """All of it: what was cut off is not a file."""
    most, size = settings.SAMVERKA_IMPORT_BYTES, 0
    while chunk := answer.read(CHUNK):
        size += len(chunk)
        if size > most:
            raise Invalid(_("Filen är större än %(most)d MB.", most=most // 1_000_000))
        out.write(chunk)
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
