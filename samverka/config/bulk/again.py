"""The one who asked for an export or an import, as an actor at a later time: still let in, or not any more."""

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
    found = _found(asker, at)
    return found.asking(EVERY, "r") if found and found.narrowing else found


def again_to_write(asker: Asker, at: datetime) -> Actor | None:
    """The same, for what is to be taken in of whatever type."""
    found = _found(asker, at)
    if found is None or found.narrowing is None:
        return found
    return replace(found, narrowing=found.narrowing.asking_all("cu"))


def _found(asker: Asker, at: datetime) -> Actor | None:
    purpose = Purpose(asker.purpose)
    if asker.narrowing is not None:
        account, assignment = asker.account_id, asker.assignment_id
        return actor_of_client(asker.narrowing, account, assignment, purpose, at=at)
    if asker.assignment_id is None or not is_open_account(asker.account_id):
        return None
    found = actor_for(asker.account_id, asker.assignment_id, at=at, request_id="")
    return replace(found, purpose=purpose) if found else None
