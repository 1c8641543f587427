"""The start pages: what waits on the unit, what is the reader's own, and the unit's persons."""

from __future__ import annotations

from dataclasses import dataclass

from samverka.access.actions import Action
from samverka.access.reads import may_open
from samverka.careplans.reads import PlanLine, worklist
from samverka.kernel.actor import Actor
from samverka.people.reads import PersonLine, list_unit_persons

PERSONS_SHOWN = 200
"""Persons of the unit on one page; more are found by searching."""


@dataclass(frozen=True, slots=True)
class Worklist:
    """`waiting`: the next step is the own unit's. `mine`: others whose contact the reader is."""

    waiting: tuple[PlanLine, ...]
    mine: tuple[PlanLine, ...]


def unit_worklist(actor: Actor) -> Worklist:
    """What waits on the own unit, the overdue first; and the reader's other persons."""
    lines = worklist(actor)
    return Worklist(
        waiting=tuple(line for line in lines if line.waits_on_us),
        mine=tuple(line for line in lines if line.mine and not line.waits_on_us),
    )


def unit_persons(actor: Actor) -> list[PersonLine]:
    """The persons whom the own unit has to do with now, by name."""
    may_open(actor, action=Action.PERSON_SEARCH)
    return list_unit_persons(actor, limit=PERSONS_SHOWN)
