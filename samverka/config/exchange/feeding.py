"""What record systems tell of by PUT and POST of their own, as in an import."""

from __future__ import annotations

from samverka.access.act import permits
from samverka.access.actions import Action
from samverka.config.exchange.owned import alone
from samverka.config.feed import FEEDS
from samverka.kernel.actor import Actor
from samverka.resources import reads as shelf


def feeds(actor: Actor, kind: str, key: str) -> bool:
    """Whether it is for this record system to tell of; what a room or a client has made here is not.

    Who may register a person does that: then the answer is our Patient, and not what became of an import.

    Args:
        kind: "" for a Bundle: of one who may also write by the API it is a list of requests (ADR 0022).
    """
    if not kind:
        return permits(actor, Action.SHELF_RECEIVE) and not permits(actor, Action.SHELF_KEEP)
    if kind not in FEEDS or not permits(actor, Action.SHELF_RECEIVE):
        return False
    if not key:
        return kind != "Patient" or not permits(actor, Action.PERSON_REGISTER)
    place = shelf.place_of(actor, kind=kind, local_id=key)
    return not (alone(actor, kind, key) or (place and (place.is_own or place.is_kept)))
