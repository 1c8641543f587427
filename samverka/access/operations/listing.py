"""The relation that listing at a health centre gives."""

from __future__ import annotations

from uuid import UUID

from samverka.access import models
from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.operations.relations import open_relation
from samverka.access.reads import RelationDetail
from samverka.access.rules import RelationKind
from samverka.kernel.actor import Actor


def move_listing(actor: Actor, *, person_id: UUID) -> RelationDetail:
    """Let the own unit be where the person is listed; the former one's relation by listing ends.

    A care relation of another kind that the former unit has goes on: a visit may be under way.
    """
    with act(actor, Action.RELATION_OPEN) as this:
        this.row(models.Subject.objects, person_id=person_id)  # only of one whom the unit knows
        former = models.Relation.objects.filter(
            person_id=person_id, kind=RelationKind.LISTED, until__isnull=True
        )
        former.exclude(unit_id=actor.unit_id).update(until=actor.at)
        this.note_person(person_id, "Relation", listing=str(actor.unit_id))
        return open_relation(actor, person_id=person_id, kind=RelationKind.LISTED)
