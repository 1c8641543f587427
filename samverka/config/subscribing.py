"""What subscriptions ask of those above them: who the subscriber is now, and what that one may read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from samverka.access.reads import is_open_account
from samverka.careplans.reads.party_values import GivenDetail
from samverka.config import exchange
from samverka.config.exchange.owned import uuid_of
from samverka.config.owned import OWNED, judging
from samverka.connections.reads import actor_of_client
from samverka.kernel.actor import Actor, Purpose
from samverka.kernel.narrowing import Narrowing
from samverka.kernel.problems import Problem
from samverka.organisations.reads import actor_for
from samverka.resources import reads as shelf
from samverka.subscriptions.reads import Reach, Seen, Subscriber
from samverka.web.exchange import Gone, Shown

_PLANS = ("CarePlan", "Goal", "CareTeam", "Provenance")
"""Types that others may have only as they were given."""


def whom(subscriber: Subscriber, at: datetime) -> Actor | None:
    """The subscriber as one who acts now; None when the log-in or client is closed or the assignment has ended."""
    purpose = Purpose(subscriber.purpose)
    if subscriber.narrowing is not None:
        kept = Narrowing.of_plain(dict(subscriber.narrowing))
        return actor_of_client(
            kept, subscriber.account_id, subscriber.assignment_id, purpose, at=at
        )
    if subscriber.assignment_id is None or not is_open_account(subscriber.account_id):
        return None
    found = actor_for(subscriber.account_id, subscriber.assignment_id, at=at, request_id="")
    return replace(found, purpose=purpose) if found else None


def look(actor: Actor, kind: str, key: str) -> Seen:
    """A resource as the subscriber may read it, by the same way as any other read.

    Raises:
        Problem: it may not be read, or is not there.
    """
    try:
        with transaction.atomic():  # one can go on after it
            shown = exchange.read(actor, kind, key, _new_to_it)
    except Gone:
        return _last(actor, kind, key)
    copy = _copy(actor, kind, key) if kind in _PLANS else None
    return Seen(shown.text, given=copy is not None, live=copy is None or copy.live)


def _last(actor: Actor, kind: str, key: str) -> Seen:
    """What was taken away, to one who may know what it said."""
    place = shelf.place_of(actor, kind=kind, local_id=key)
    assert place is not None, "it was there just now"
    last = exchange.vread(actor, kind, key, str(place.number - 1), _new_to_it)
    return Seen(last.text, gone=True)


def _new_to_it(_shown: Shown) -> bool:
    return False


def _copy(actor: Actor, kind: str, key: str) -> GivenDetail | None:
    """As what the reader has it, where it was given and is not the record itself."""
    one = uuid_of(key)
    for owned in OWNED.get(kind, ()) if one else ():
        if one and owned.keeps(actor, one):
            try:
                found: GivenDetail | None = judging.read(actor, owned, one).values.given
            except (Problem, AttributeError):  # no plan of ours
                return None
            return found
    return None


def reach() -> Reach:
    """All of it."""
    return Reach(whom=whom, look=look, base=f"{settings.SAMVERKA_ADDRESS}/fhir/R4")
