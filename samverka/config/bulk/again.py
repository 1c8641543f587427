"""The one who asked for an export, as an actor at a later time: still let in, or not any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from samverka.access.reads import is_open_account
from samverka.connections.reads import actor_of_client
from samverka.kernel.actor import Actor, Purpose
from samverka.kernel.narrowing import EVERY
from samverka.organisations.reads import actor_for
from samverka.resources.operations.exporting import Asker


def again(asker: Asker, at: datetime) -> Actor | None:
    """The actor with the rights of now, narrowed as the client was then; None if it is let in no more."""
    purpose = Purpose(asker.purpose)
    if asker.narrowing is not None:
        account, assignment = asker.account_id, asker.assignment_id
        found = actor_of_client(asker.narrowing, account, assignment, purpose, at=at)
        return found.asking(EVERY, "r") if found else None
    if asker.assignment_id is None or not is_open_account(asker.account_id):
        return None
    found = actor_for(asker.account_id, asker.assignment_id, at=at, request_id="")
    return replace(found, purpose=purpose) if found else None
