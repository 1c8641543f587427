"""What the clock drives: the engagement index is told what has changed, if the county has said where it is."""

from __future__ import annotations

import logging
import urllib.request
from collections.abc import Callable
from urllib.error import URLError
from uuid import UUID

from django.conf import settings

from samverka.access.jobs import clock_actor, unstopped
from samverka.rivta import operations
from samverka.rivta.rules import index_update, taken_by_index

TELLER = UUID("7b1c9d3e-4a52-5f0c-8d1e-2f60b7a4c911")
"""Who tells the index, in the trail."""

SECONDS = 30
MOST_ANSWER = 64 * 1024

log = logging.getLogger("samverka.rivta")


def run() -> None:
    """Tell the index; nothing where it has no address."""
    if settings.SAMVERKA_ENGAGEMENT_INDEX and settings.SAMVERKA_HSA_ID:
        unstopped("tell_index", lambda: tell_index(post), log)


def tell_index(send: Callable[[bytes], bytes]) -> int:
    """Tell what is due, message by message, until something is not taken; returns how many lines went.

    Args:
        send: sends a message and gives the answer; raises OSError where nobody answers.
    """
    told = 0
    while (taken := operations.take_index_tasks(clock_actor(TELLER))).lines:
        message = index_update(
            taken.lines,
            source=settings.SAMVERKA_HSA_ID,
            address=settings.SAMVERKA_ENGAGEMENT_INDEX_ADDRESS,
        )
        if not _is_taken(send, message):
            operations.note_untaken(clock_actor(TELLER), rows=taken.rows)
            return told
        operations.note_sent(clock_actor(TELLER), rows=taken.rows)
        told += len(taken.lines)
    return told


def _is_taken(send: Callable[[bytes], bytes], message: bytes) -> bool:
    try:
        return taken_by_index(send(message))
    except OSError as fault:
        log.warning("the engagement index did not answer: %s", type(fault).__name__)
        return False


def post(message: bytes) -> bytes:
    """POST to the address that the county has set.

    Raises:
        OSError: no connection, no answer in time, or another status than 200.
    """
    request = urllib.request.Request(  # noqa: S310 (the address is the county's own setting)
        settings.SAMVERKA_ENGAGEMENT_INDEX,
        data=message,
        headers={
            "Content-Type": "text/xml; charset=utf-8",
            "SOAPAction": '"urn:riv:itintegration:engagementindex:UpdateResponder:1:Update"',
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            return bytes(answer.read(MOST_ANSWER))
    except URLError as problem:
        raise OSError(str(type(problem).__name__)) from problem
