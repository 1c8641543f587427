"""The unit's persons."""

from __future__ import annotations

from samverka.access.actions import Action
from samverka.access.reads import may_open
from samverka.kernel.actor import Actor
from samverka.people.reads import PersonLine, list_unit_persons

PERSONS_SHOWN = 200
"""Persons of the unit on one page; more are found by searching."""


def unit_persons(actor: Actor) -> list[PersonLine]:
    """The persons whom the own unit has to do with now, by name."""
    may_open(actor, action=Action.PERSON_SEARCH)
    return list_unit_persons(actor, limit=PERSONS_SHOWN)
