"""What the names in a client's resource mean here: our own addresses, what clients have kept, what has been imported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from samverka.access.gate import near
from samverka.audit.trip import Call, Row, Statement, array
from samverka.kernel.actor import Actor
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
        near: of each of the persons what the gate asks of a new record of the own unit (`gate.near`), where it was asked along.
    """

    persons: frozenset[UUID]
    unknown: tuple[str, ...]
    targets: Mapping[str, UUID]
    near: Mapping[UUID, Sequence[str | None]]


@dataclass(frozen=True, slots=True)
class Names:
    """What resources name.

    Attributes:
        about: of each whom it is about, and whether it says so itself.
        places: every name in them → where it may lie on the shelf; the first that is there counts.
    """

    about: Sequence[tuple[Sequence[Subject], bool]]
    places: Mapping[str, Sequence[UUID]]

    def asked(self, actor: Actor) -> Call:
        """What asks for all of it, and what holds of those persons; the answer goes to `named_by_all`."""
        ids = dict.fromkeys(one for places in self.places.values() for one in places)
        return Call(_NAMED, (array(ids), actor.provider_id, actor.unit_id, actor.at))


def names_in(sent: Sequence[tuple[Facts, Content]]) -> Names:
    """What they name."""
    said = [rules.named(dict(value), facts.kind, facts.base) for facts, value in sent]
    about = [
        (one or facts.subjects, bool(one)) for one, (facts, _value) in zip(said, sent, strict=True)
    ]
    keys = {key for parties, _said in about for party in parties for key in party}
    keys |= {ref.key for facts, _value in sent for ref in facts.references}
    return Names(about, {key: addressed(key) for key in keys})


_NAMED = Statement(
    "samverka_named",
    "SELECT row.id, row.person_id, "  # noqa: S608 (constants)
    + near.COLUMNS.format(
        person="row.person_id",
        provider="$2::uuid",
        unit="$3::uuid",
        at="$4::timestamptz",
        objects="''",  # nothing has been given of what is not there yet
    )
    + " FROM resources_resource row "
    "WHERE row.id = ANY($1::uuid[]) AND row.status NOT IN ('waiting', 'deleted')",
)


def named_by_all(
    actor: Actor,
    names: Names,
    numbers: Callable[[Actor, Sequence[Number]], Mapping[Number, UUID]],
    rows: Sequence[Row],
) -> list[Named]:
    """Whom and what each of them names.

    Args:
        rows: the answer to `Names.asked`.
    """
    shelf = _on_shelf(names.places, rows)
    about = {key for parties, _said in names.about for party in parties for key in party}
    known = {key: person for key, (_id, person) in shelf.items() if person is not None}
    known |= _by_number(actor, about, numbers)
    targets = {key: one for key, (one, _person) in shelf.items()}
    told = {UUID(row[1]): row[-near.COUNT :] for row in rows if row[1]}
    return [_named(parties, said, known, targets, told) for parties, said in names.about]


def _named(
    parties: Sequence[Subject],
    said: bool,
    known: Mapping[str, UUID],
    targets: Mapping[str, UUID],
    told: Mapping[UUID, Sequence[str | None]],
) -> Named:
    who = [_one(party, known) for party in parties]
    unknown = tuple(
        party[0] for party, person in zip(parties, who, strict=True) if said and person is None
    )
    persons = frozenset(one for one in who if one is not None)
    return Named(persons, unknown, targets, {one: told[one] for one in persons if one in told})


def _one(party: Subject, known: Mapping[str, UUID]) -> UUID | None:
    """Whom several names of one mean; two who are different are nobody."""
    found = {known[key] for key in party if key in known}
    return found.pop() if len(found) == 1 else None


def _on_shelf(
    places: Mapping[str, Sequence[UUID]], rows: Sequence[Row]
) -> dict[str, tuple[UUID, UUID | None]]:
    """Name → the resource by that name, and whose it is; what is our own goes before what clients have kept."""
    if not rows:
        return {}
    there = {UUID(row[0]): UUID(row[1]) if row[1] else None for row in rows}
    found: dict[str, tuple[UUID, UUID | None]] = {}
    for key, ids in places.items():
        first = next((one for one in ids if one in there), None)
        if first is not None:
            found[key] = (first, there[first])
    return found


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
