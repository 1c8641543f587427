"""Many new resources kept at once: looked through one by one, written together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor, Branch
from samverka.kernel.problems import Problem
from samverka.resources.models import Resource
from samverka.resources.operations import store
from samverka.resources.operations.keeping import (
    KeptDetail,
    Numbers,
    Sent,
    new_detail,
    new_item,
    new_row,
    person_of,
    read_sent,
    require_fitting,
)
from samverka.resources.operations.naming import Named, named_by_all, names_in
from samverka.resources.operations.shelving import Owner, shelved_new
from samverka.resources.rules.keys import CLIENTS
from samverka.resources.rules.lines import Faulty


@dataclass(frozen=True, slots=True)
class Draft:
    """One new resource. `local_id`: one that nobody has had."""

    local_id: str
    text: bytes


Tell = Callable[[int, Problem | Faulty], Problem]
"""A refusal of the one at that place (from 0), as it is to be told."""


def keep_new(
    actor: Actor,
    *,
    drafts: Sequence[Draft],
    numbers: Numbers,
    tell: Tell,
    lenient: bool = False,
    base: str = "",
    shown: bool = True,
) -> list[KeptDetail]:
    """Keep many new resources, all or none. They may name each other.

    Args:
        base: our own address: what is named by it in the texts is ours.
        shown: whether the texts are wanted back.

    Raises:
        Problem: the first refusal, as `tell` makes it: as `keep_resource` would refuse it.
    """
    with act(actor, Action.SHELF_KEEP) as this:
        this.require_permission()
        sent = [_told(at, one, tell, lenient, base) for at, one in enumerate(drafts)]
        names = names_in([(one.facts, one.value) for one in sent])
        found = named_by_all(actor, names, numbers, *store.write([names.asked(actor)]))
        rows = [
            _allowed(this, at, *both, tell) for at, both in enumerate(zip(sent, found, strict=True))
        ]
        items = [new_item(one, row, actor.at) for one, row in zip(sent, rows, strict=True)]
        this.at_the_end(shelved_new(items, _owner(actor, found)))
        _note(this, rows)
        details = (new_detail(*one, actor.at) for one in zip(sent, items, strict=True))
        return [one if shown else replace(one, text=b"") for one in details]


def _told(at: int, draft: Draft, tell: Tell, lenient: bool, base: str) -> Sent:
    try:
        return read_sent(draft.text, draft.local_id, lenient=lenient, base=base)
    except (Problem, Faulty) as refused:
        raise tell(at, refused) from refused


def _allowed(this: Act, at: int, sent: Sent, found: Named, tell: Tell) -> Resource:
    """Where it shall lie; about a person whom the actor may write about."""
    try:
        require_fitting(this.actor, sent)
        return new_row(this, sent, person_of(this, sent, found), found)
    except Problem as refused:
        raise tell(at, refused) from refused


def _owner(actor: Actor, found: Sequence[Named]) -> Owner:
    targets: dict[str, UUID] = {}
    for one in found:
        targets |= one.targets
    return Owner(
        source=CLIENTS,
        at=actor.at,
        provider_id=actor.provider_id,
        unit_id=actor.unit_id,
        branch=(actor.branch or Branch.HEALTH).value,
        targets=targets,
    )


def _note(this: Act, rows: Sequence[Resource]) -> None:
    """One line for each person, and one for what is about nobody."""
    about = [row for row in rows if row.person_id is not None]
    if about:
        this.note_list(about, version=1, changed=True)
    others = [str(row.id) for row in rows if row.person_id is None]
    if others:
        this.note_general("Resource", ids=others, version=1, changed=True)
