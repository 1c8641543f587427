"""What other systems have sent about a person, with whose it is, in one act each."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.people.reads import PersonDetail, person
from samverka.resources.reads import (
    PAGE,
    KindLine,
    ShelfDetail,
    ShelfLine,
    person_kinds,
    person_resources,
    resource,
)


@dataclass(frozen=True, slots=True)
class ReceivedPage:
    """Types of what has been received; the lines of the chosen one."""

    person: PersonDetail
    kinds: tuple[KindLine, ...]
    chosen: KindLine | None
    lines: tuple[ShelfLine, ...]

    @property
    def pages(self) -> int:
        """How many pages the chosen type fills."""
        return -(-self.chosen.count // PAGE) if self.chosen else 1


@dataclass(frozen=True, slots=True)
class ReceivedResource:
    """One received resource, word for word, and whose it is."""

    person: PersonDetail
    one: ShelfDetail


def received_page(actor: Actor, *, person_id: UUID, kind: str, page: int) -> ReceivedPage:
    """What has been received about a person, by type; the lines of one type a page at a time."""
    with act(actor, Action.SHELF_READ) as this:
        this.unchanged()  # each of the reads inside writes its own line
        shown = person(actor, person_id=person_id)
        kinds = person_kinds(actor, person_id=person_id)
        chosen = next((one for one in kinds if one.kind == kind), None)
        lines: list[ShelfLine] = []
        if chosen:
            lines = person_resources(actor, person_id=person_id, kind=chosen.kind, page=page)
        return ReceivedPage(shown, tuple(kinds), chosen, tuple(lines))


def received_resource(actor: Actor, *, resource_id: UUID, number: int | None) -> ReceivedResource:
    """One received resource as it came; an older version by its number."""
    with act(actor, Action.SHELF_READ) as this:
        this.unchanged()  # each of the reads inside writes its own line
        found = resource(actor, resource_id=resource_id, number=number)
        return ReceivedResource(person(actor, person_id=found.person_id), found)
