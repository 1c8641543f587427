"""Where a resource stands on the shelf."""

from __future__ import annotations

from enum import StrEnum

from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class Status(StrEnum):
    """The codes are stored. `waiting` is hidden from everybody; of `deleted` only the history is shown."""

    RECEIVED = "received"  # a room works with it
    KEPT = "kept"  # kept word for word; no room has a use for it, or could not use this one
    PUBLISHED = "published"  # our own: the R4 form of what a room owns
    WAITING = "waiting"  # it is about a person who is not known (yet), or about several
    DELETED = "deleted"  # a client has taken it away; its former versions stay readable


STATUS_WORDS: dict[Status, Text] = {
    Status.RECEIVED: _("Mottagen"),
    Status.KEPT: _("Sparad"),
    Status.PUBLISHED: _("Från Samverka"),
    Status.WAITING: _("Väntar på sin person"),
    Status.DELETED: _("Borttagen"),
}


HIDDEN = frozenset({Status.WAITING, Status.DELETED})
"""What is in no list and no search."""


class RunState(StrEnum):
    """How far an import has come."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"  # broken off: what had gone in stays, and the import can be run again
