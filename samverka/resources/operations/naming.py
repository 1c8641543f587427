"""What the names in a client's resource mean here: our own addresses, what clients have kept, what has been imported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from samverka.kernel.actor import Actor
from samverka.resources.operations import store
from samverka.resources.rules import keeping as rules
from samverka.resources.rules.facts import Facts
from samverka.resources.rules.keys import addressed, split_identifier_key
from samverka.resources.rules.persons import Subject
from samverka.resources.rules.receiving import Content, Number


@dataclass(frozen=True, slots=True)
class Named:
    """Who and what a resource names.

    Attributes:
        persons: those whom it is about and who are known here.
        unknown: names of those whom it says that it is about, and nobody here knows.
        targets: what each reference leads to on the shelf, where it is there.
    """

    persons: frozenset[UUID]
    unknown: tuple[str, ...]
    targets: Mapping[str, UUID]


def named_by(
    actor: Actor,
    facts: Facts,
    value: Content,
    numbers: Callable[[Actor, Sequence[Number]], Mapping[Number, UUID]],
) -> Named:
    """Look up all names of a resource at once."""
    [found] = named_by_all(actor, [(facts, value)], numbers)
    return found


def named_by_all(
    actor: Actor,
    sent: Sequence[tuple[Facts, Content]],
    numbers: Callable[[Actor, Sequence[Number]], Mapping[Number, UUID]],
) -> list[Named]:
    """The same for many: one question for all of their names."""
    said = [rules.named(dict(value), facts.kind) for facts, value in sent]
    meant = [one or facts.subjects for one, (facts, _value) in zip(said, sent, strict=True)]
    about = {key for parties in meant for party in parties for key in party}
    shelf = _on_shelf(about | {ref.key for facts, _value in sent for ref in facts.references})
    known = {key: person for key, (_id, person) in shelf.items() if person is not None}
    known |= _by_number(actor, about, numbers)
    targets = {key: one for key, (one, _person) in shelf.items()}
    return [
        _named(parties, bool(own), known, targets) for parties, own in zip(meant, said, strict=True)
    ]


def _named(
    parties: Sequence[Subject],
    said: bool,
    known: Mapping[str, UUID],
    targets: Mapping[str, UUID],
) -> Named:
    who = [_one(party, known) for party in parties]
    unknown = tuple(
        party[0] for party, person in zip(parties, who, strict=True) if said and person is None
    )
    return Named(frozenset(one for one in who if one is not None), unknown, targets)


def _one(party: Subject, known: Mapping[str, UUID]) -> UUID | None:
    """Whom several names of one mean; two who are different are nobody."""
    found = {known[key] for key in party if key in known}
    return found.pop() if len(found) == 1 else None


def _on_shelf(keys: Iterable[str]) -> dict[str, tuple[UUID, UUID | None]]:
    """Name → the resource by that name, and whose it is; what is our own goes before what clients have kept."""
    ids = {one: (place, key) for key in keys for place, one in enumerate(addressed(key))}
    if not ids:
        return {}
    rows = store.fetch(
        "SELECT id, person_id FROM resources_resource "
        "WHERE id = ANY(%s) AND status NOT IN ('waiting', 'deleted')",
        [list(ids)],
    )
    found: dict[str, tuple[int, UUID, UUID | None]] = {}
    for one, person in rows:
        place, key = ids[one]
        if key not in found or place < found[key][0]:
            found[key] = (place, one, person)
    return {key: (one, person) for key, (_place, one, person) in found.items()}


def _by_number(
    actor: Actor,
    keys: Iterable[str],
    numbers: Callable[[Actor, Sequence[Number]], Mapping[Number, UUID]],
) -> dict[str, UUID]:
    wanted: dict[str, Number] = {}
    for key in keys:
        split = split_identifier_key(key)
        if split and split[0] == "Patient":
            wanted[key] = split[1:]
    known = numbers(actor, list(wanted.values())) if wanted else {}
    return {key: known[number] for key, number in wanted.items() if number in known}
