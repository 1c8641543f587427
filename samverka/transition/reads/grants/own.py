"""Whose money one works for: the region, or the municipality, of one's own unit."""

from __future__ import annotations

from samverka.access.act import Act, act, permits
from samverka.access.actions import Action
from samverka.kernel.actor import Actor, Side
from samverka.kernel.problems import NotAllowed
from samverka.kernel.text import text as _
from samverka.organisations.reads import unit_place


def own_code(actor: Actor) -> str:
    """Code of the region or municipality that the actor works for; empty for others."""
    if actor.unit_id is None or actor.side not in (Side.REGION, Side.MUNICIPALITY):
        return ""
    place = unit_place(actor.unit_id)
    return place.county_code if actor.side is Side.REGION else place.municipality_code


def may_lay_down(actor: Actor) -> bool:
    """Whether the actor may enter what holds for all: agreements, pots, populations, distributions."""
    return permits(actor, Action.GRANT_EDIT) and actor.side in (Side.REGION, Side.SYSTEM)


def require_lay_down(this: Act) -> None:
    """Only those who enter what holds for all.

    Raises:
        NotAllowed: without the permission, or from a municipality.
    """
    this.require_permission()
    if not may_lay_down(this.actor):
        raise NotAllowed(
            _("Överenskommelser, potter och fördelningar läggs in av regionens ekonomi."),
            mend=_("Kommunen bokför sina egna händelser, och kan spara egna utkast."),
        )


def may_open_laying_down(actor: Actor) -> None:
    """Refuse a form to one who could never send it. Shows nothing, so logs nothing.

    Raises:
        NotAllowed: as `require_lay_down`.
    """
    if may_lay_down(actor):
        return
    with act(actor, Action.GRANT_EDIT) as this:
        require_lay_down(this)
