"""A batch of resources put on the shelf: what is new or changed is written, the rest is left alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from samverka.audit.trip import Call, Statement, array
from samverka.resources.operations import indexing, store
from samverka.resources.operations.store import Head, Number, Pointer, Text, Want
from samverka.resources.operations.telling import told_of
from samverka.resources.rules.canonical import decode
from samverka.resources.rules.facts import Facts
from samverka.resources.rules.keys import HERE, UNKNOWN, address_of, shelf_id, target_id
from samverka.resources.rules.persons import ABOUT_NOBODY
from samverka.resources.rules.receiving import Content
from samverka.resources.rules.splicing import stamped
from samverka.resources.rules.status import Status
from samverka.resources.rules.versions import Stamp, Verdict, judge


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose records these are: the care provider and unit that keep them, and from where.

    Attributes:
        run_id: the import; None for what a room publishes.
        published: made available to other care providers (SVOD 2:4).
        status: what a resource becomes when its person is known.
        receivers: resource types that a room wants.
        targets: what names lead to, where it has been looked up.
    """

    source: str
    at: datetime
    provider_id: UUID | None = None
    unit_id: UUID | None = None
    branch: str = "health"
    run_id: UUID | None = None
    published: bool = True
    status: Status = Status.KEPT
    receivers: frozenset[str] = frozenset()
    targets: Mapping[str, UUID] = field(default_factory=lambda: MappingProxyType({}), hash=False)


@dataclass(frozen=True, slots=True)
class Item:
    """One resource on its way to the shelf. `person_id`: known beforehand by the one who publishes.

    `settled`: whose it is has been decided, also when it is nobody's.
    `value`: what is in the text, where it has been read; `here`: the text with its id and version here, where it has been made.
    """

    facts: Facts
    text: bytes
    file: str = ""
    entry: str = ""
    person_id: UUID | None = None
    not_for_patient: bool = False
    settled: bool = False
    value: Content | None = None
    here: bytes = b""


@dataclass(slots=True)
class _Slot:
    """One resource while its batch is judged."""

    current: Stamp | None = None
    number: int = 0
    versions: int = 0
    mine: bool = False
    person: UUID | None = None
    former: dict[bytes, bool] = field(default_factory=dict)
    winner: Item | None = None
    fresh: list[tuple[int, Item, bool]] = field(default_factory=list)
    fallen: list[int] = field(default_factory=list)


class Persons:
    """Whose things are, remembered for a while: most of a file is about the same few thousand."""

    LIMIT = 50_000

    def __init__(self) -> None:
        self._known: dict[UUID, UUID] = {}

    def learn(self, targets: Iterable[UUID]) -> None:
        """Ask the shelf about those not known yet."""
        missing = [one for one in dict.fromkeys(targets) if one not in self._known]
        if not missing:
            return
        if len(self._known) > self.LIMIT:
            self._known.clear()
        rows = store.fetch(
            "SELECT id, person_id FROM resources_resource "
            "WHERE id = ANY(%s) AND person_id IS NOT NULL",
            [missing],
        )
        self._known.update(dict(rows))

    def of(self, parties: Sequence[Sequence[UUID]]) -> UUID | None:
        """The one person that all parties are, or None."""
        found = {self._known.get(target) for party in parties for target in party}
        every = all(any(target in self._known for target in party) for party in parties)
        found.discard(None)
        return found.pop() if every and len(found) == 1 else None


def shelve(items: Sequence[Item], owner: Owner, persons: Persons) -> list[Verdict]:
    """Write a batch; the answer has one verdict per item, in order."""
    verdicts, calls = judged(items, owner, persons)
    store.write(calls)
    return verdicts


def judged(
    items: Sequence[Item], owner: Owner, persons: Persons
) -> tuple[list[Verdict], list[Call]]:
    """One verdict per item, in order, and what writes them; the caller sends it."""
    ids = [shelf_id(owner.source, item.facts.key) for item in items]
    slots = _slots(ids, items, owner)
    verdicts = [_place(slots[one], item) for one, item in zip(ids, items, strict=True)]
    return verdicts, _written(slots, owner, persons)


def shelved_new(items: Sequence[Item], owner: Owner) -> list[Call]:
    """What writes resources by names that nobody has had, each about the person it says; the caller sends it."""
    slots = {shelf_id(owner.source, item.facts.key): _Slot() for item in items}
    for slot, item in zip(slots.values(), items, strict=True):
        _place(slot, item)
    return _written(slots, owner, Persons())


_STANDING = Statement(
    "samverka_shelf_standing",
    "SELECT id, digest, last_updated, version_id, version, versions, run_id, person_id "
    "FROM resources_resource WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE",
)
_FORMER = Statement(  # of those that come with another text than the current one
    "samverka_shelf_former",
    "SELECT v.resource_id, v.digest, bool_and(v.passed_over) "
    "FROM unnest($1::uuid[], $2::bytea[]) u (id, digest) "
    "JOIN resources_resource r ON r.id = u.id AND r.digest <> u.digest "
    "JOIN resources_version v ON v.resource_id = r.id AND v.number <> r.version GROUP BY 1, 2",
)


def _slots(ids: list[UUID], items: Sequence[Item], owner: Owner) -> dict[UUID, _Slot]:
    digests = ["\\x" + item.facts.digest.hex() for item in items]
    standing, former = store.write(
        [Call(_STANDING, (array(ids),)), Call(_FORMER, (array(ids), array(digests)))]
    )
    slots = {one: _Slot() for one in ids}
    for one, digest, last_updated, version_id, number, versions, run, person in standing:
        stamp = Stamp(_bytes(digest), _time(last_updated), version_id or "")
        mine = run is not None and UUID(run) == owner.run_id
        slots[UUID(one)] = _Slot(
            stamp, int(number or 0), int(versions or 0), mine, UUID(person) if person else None
        )
    for one, digest, passed_over in former:
        slots[UUID(one)].former[_bytes(digest)] = passed_over == "t"
    return slots


def _bytes(text: str | None) -> bytes:
    return bytes.fromhex((text or "")[2:])


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


_STANDS = (Verdict.NEW, Verdict.CHANGED, Verdict.RIVAL_WON)


def _place(slot: _Slot, item: Item) -> Verdict:
    facts = item.facts
    stamp = Stamp(facts.digest, facts.last_updated, facts.version_id)
    verdict = judge(stamp, slot.current, same_run=slot.mine, former=slot.former)
    if verdict is Verdict.UNCHANGED:
        slot.mine = slot.mine or slot.current == stamp
        return verdict
    slot.versions += 1
    if verdict in _STANDS:
        _succeed(slot, stamp, item)
    else:
        slot.former[stamp.digest] = slot.mine
        slot.fresh.append((slot.versions, item, slot.mine))
    return verdict


def _succeed(slot: _Slot, stamp: Stamp, item: Item) -> None:
    if slot.current is not None:
        slot.former[slot.current.digest] = slot.mine
        if slot.mine:
            slot.fallen.append(slot.number)
    slot.current, slot.number, slot.mine, slot.winner = stamp, slot.versions, True, item
    slot.fresh.append((slot.versions, item, False))


def _written(slots: dict[UUID, _Slot], owner: Owner, persons: Persons) -> list[Call]:
    """What writes all that is new, and tells those who wait for it."""
    changed = {one: slot for one, slot in slots.items() if slot.fresh}
    if not changed:
        return []
    parties = {one: _parties(slot, owner) for one, slot in changed.items() if slot.winner}
    persons.learn(target for groups in parties.values() for group in groups for target in group)
    heads = []
    for one, groups in parties.items():
        head = _head(one, changed[one], groups, owner, persons)
        heads.append(head)
        changed[one].person = head.person_id
    return [
        *store.forget_parts(one for one in parties if changed[one].versions > 1),
        *store.put(heads),
        *store.put([row for one, slot in changed.items() for row in _texts(one, slot, owner)]),
        *_parts(heads, changed, owner),
        *_behind(changed),
        *told_of(heads),
    ]


def _parties(slot: _Slot, owner: Owner) -> list[list[UUID]]:
    item = slot.winner
    if item is None or item.person_id or item.settled:
        return []
    return [
        [shelf_id(owner.source, key) for key in party if key != UNKNOWN]
        for party in item.facts.subjects
    ]


def _head(
    one: UUID, slot: _Slot, parties: list[list[UUID]], owner: Owner, persons: Persons
) -> Head:
    item = slot.winner
    assert item is not None
    facts = item.facts
    person = item.person_id or _person(slot, parties, persons)
    homeless = person is None and facts.kind not in ABOUT_NOBODY and not item.settled
    return Head(
        id=one,
        address=address_of(owner.source, facts.key, facts.kind, facts.local_id),
        source=owner.source,
        key=facts.key,
        kind=facts.kind,
        local_id=facts.local_id,
        full_url=facts.full_url,
        person_id=person,
        provider_id=owner.provider_id,
        unit_id=owner.unit_id,
        branch=owner.branch,
        published=owner.published,
        not_for_patient=facts.not_for_patient or item.not_for_patient,
        status=(Status.WAITING if homeless else owner.status).value,
        pending=facts.kind in owner.receivers,
        reason="",
        version=slot.number,
        versions=slot.versions,
        digest=facts.digest,
        last_updated=facts.last_updated,
        version_id=facts.version_id,
        received_at=owner.at,
        run_id=owner.run_id,
    )


def _person(slot: _Slot, parties: list[list[UUID]], persons: Persons) -> UUID | None:
    """A Patient stays the person that it was; all else says anew with each version whose it is."""
    if slot.winner is not None and slot.winner.facts.kind == "Patient":
        return slot.person
    return persons.of(parties) if parties else None


def _texts(one: UUID, slot: _Slot, owner: Owner) -> Iterable[Text]:
    for number, item, passed_over in slot.fresh:
        facts = item.facts
        yield Text(
            resource_id=one,
            number=number,
            person_id=slot.person,
            text=_text(item, number, owner),
            digest=facts.digest,
            last_updated=facts.last_updated,
            version_id=facts.version_id,
            received_at=owner.at,
            run_id=owner.run_id,
            passed_over=passed_over or number in slot.fallen,
        )


def _text(item: Item, number: int, owner: Owner) -> str:
    """What is read at our own addresses says its version there, in the sender's text; all else is as it came."""
    text = item.here or item.text
    if owner.source in HERE and not item.here:
        text = stamped(text, local_id=item.facts.local_id, version=str(number), at=owner.at)
    return text.decode()


def _parts(heads: list[Head], slots: dict[UUID, _Slot], owner: Owner) -> list[Call]:
    pointers: list[Pointer] = []
    numbers: list[Number] = []
    wants: list[Want] = []
    for head in heads:
        item = slots[head.id].winner
        if item is None:
            continue
        facts, person = item.facts, head.person_id
        for ref in facts.references:
            target = owner.targets.get(ref.key) or target_id(owner.source, ref.key)
            pointers.append(Pointer(head.id, person, ref.path[:300], ref.key, target))
        numbers += [Number(head.id, person, *one) for one in facts.identifiers]
        if head.status == Status.WAITING:
            wants += _wants(head.id, facts, owner)
    found_by = indexing.put(_found_by(heads, slots))
    return [*store.put(pointers), *store.put(numbers), *store.put(wants), *found_by]


def _found_by(heads: list[Head], slots: dict[UUID, _Slot]) -> Iterable[indexing.Entry]:
    for head in heads:
        if item := slots[head.id].winner:
            yield indexing.Entry(
                head.id,
                head.source,
                head.person_id,
                item.value or decode(item.text),
                item.facts.names,
            )


def _wants(one: UUID, facts: Facts, owner: Owner) -> Iterable[Want]:
    for party, keys in enumerate(facts.subjects):
        for key in keys:
            yield Want(one, party, key, target_id(owner.source, key))


_NUMBERS = Statement(
    "samverka_shelf_numbers",
    "UPDATE resources_resource r SET versions = u.versions "
    "FROM unnest($1::uuid[], $2::int4[]) u (id, versions) WHERE r.id = u.id",
)
_FALLEN = Statement(
    "samverka_shelf_fallen",
    "UPDATE resources_version v SET passed_over = true "
    "FROM unnest($1::uuid[], $2::int4[]) u (id, number) "
    "WHERE v.resource_id = u.id AND v.number = u.number",
)


def _behind(slots: dict[UUID, _Slot]) -> Iterable[Call]:
    """What the heads do not carry: numbers of versions that only came behind, and the fallen."""
    behind = [(one, slot.versions) for one, slot in slots.items() if slot.winner is None]
    fallen = [(one, number) for one, slot in slots.items() for number in slot.fallen]
    for statement, found in ((_NUMBERS, behind), (_FALLEN, fallen)):
        if found:
            ids, numbers = zip(*found, strict=True)
            yield Call(statement, (array(ids), array(numbers)))
