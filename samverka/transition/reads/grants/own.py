"""Whose money one works for: the region, or the municipality, of one's own unit."""

from __future__ import annotations

from samverka.access.act import permits
from samverka.access.actions import Action
from samverka.kernel.actor import Actor, Side
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
