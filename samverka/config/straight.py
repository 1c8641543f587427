"""One resource by its address, answered from the shelf where that is what the ordinary way would show.

Of a room's resource those who keep it are shown the shelf's text to the letter (docs/adr/0013), so it need not be made anew
out of the room's rows for them. That holds for the unit that keeps it, and for nobody who has been given a copy. All else – copies,
masked persons, other units, persons and those who act for them, refusals – goes the ordinary way, and so leaves the lines it always left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.config.exchange import FHIR as ORDINARY
from samverka.kernel.actor import Actor
from samverka.resources.reads import straight as shelf
from samverka.web.exchange import Known, Shown


class _Room(NamedTuple):
    """Who would be asked the ordinary way: the action, and what the trail calls its row."""

    action: Action
    row: str


_ROOMS: Mapping[str, _Room] = {
    "Patient": _Room(Action.PERSON_READ, "Person"),
    "CarePlan": _Room(Action.PLAN_READ, "Plan"),
}
_KEPT = _Room(Action.SHELF_READ, "")


def read(actor: Actor, kind: str, key: str, known: Known) -> Shown:
    """One resource: straight from the shelf if that can be, else the ordinary way."""
    found = read_straight(actor, kind, key, known)
    return ORDINARY.read(actor, kind, key, known) if found is None else found


def read_straight(actor: Actor, kind: str, key: str, known: Known) -> Shown | None:
    """The resource as it lies on the shelf; None where the ordinary way has to be gone."""
    if not actor.is_staff or _has_conditions(actor):
        return None
    room = _ROOMS.get(kind, _KEPT)
    with act(actor, room.action, along=[shelf.asked(actor, kind, key)]) as this:
        found = shelf.lying(this, kind, key, room=room.row, rows=this.along[0])
        if found is None:
            this.unchanged()  # nothing has been shown
            return None
        shown = Shown(kind, found.local_id, found.text, str(found.number), found.at)
        if known(shown):
            this.unchanged()
        else:
            this.note(found, **({} if room.row == "Person" else {"version": found.number}))
        return shown


def _has_conditions(actor: Actor) -> bool:
    """Scopes that a resource must fit by its content are asked the ordinary way."""
    narrowing = actor.narrowing
    return narrowing is not None and any(one.where for one in narrowing.allowed)


FHIR = replace(ORDINARY, read=read)
"""What `SAMVERKA_FHIR_FOR` names."""
