"""What a client writes and no room owns: kept word for word, at the writer's unit, about a person whom it may write about."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from samverka.access import gate
from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.guarded import GatePath
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.kernel.actor import Actor, Branch
from samverka.kernel.problems import Invalid, NotAllowed, NotFound
from samverka.kernel.text import text as _
from samverka.resources.models import Resource
from samverka.resources.operations import store
from samverka.resources.operations.naming import Named, named_by_all, names_in
from samverka.resources.operations.shelving import Item, Owner, Persons, shelve, shelved_new
from samverka.resources.operations.store import Text
from samverka.resources.operations.telling import told
from samverka.resources.rules import keeping as rules
from samverka.resources.rules.facts import Facts, looked_through
from samverka.resources.rules.keeping import Whose
from samverka.resources.rules.keys import CLIENTS, Scope, is_id, shelf_id
from samverka.resources.rules.lines import Fault
from samverka.resources.rules.receiving import Content, Number
from samverka.resources.rules.searching.own import meets_all
from samverka.resources.rules.splicing import bare_digest, stamped
from samverka.resources.rules.standing import How, Stood
from samverka.resources.rules.status import Status
from samverka.resources.rules.versions import Verdict

Numbers = Callable[[Actor, Sequence[Number]], Mapping[Number, UUID]]
"""Persons here by (system, value) of an identity number."""


@dataclass(frozen=True, slots=True)
class KeptDetail:
    """A resource as it stands after a client has written it.

    Attributes:
        number: of the version; also in its ETag and `meta.versionId`.
        made: it was not there before, or had been taken away.
        changed: it is another text than before.
        notes: what does not fit together in it, where the client would have it kept all the same.
    """

    kind: str
    id: str
    text: bytes
    number: int
    at: datetime
    made: bool
    changed: bool
    notes: tuple[Fault, ...] = ()


class Overtaken(Exception):
    """It is not the version that the client began from. `number` is what stands now."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True, slots=True)
class Sent:
    """A resource that has been looked through."""

    facts: Facts
    value: Content
    text: bytes


# ── create and update ──


def require_may_keep(actor: Actor) -> None:
    """Whether the actor may write at all; the same answer whether there is something at an address or not.

    Raises:
        NotAllowed: the assignment does not let one write.
    """
    with act(actor, Action.SHELF_KEEP) as this:
        this.unchanged()  # what is written leaves its own line
        this.require_permission()


def keep_resource(
    actor: Actor,
    *,
    text: bytes,
    numbers: Numbers,
    key: str = "",
    version: str = "",
    lenient: bool = False,
    new: bool = False,
    base: str = "",
    looked: tuple[Facts, Content] | None = None,
) -> KeptDetail:
    """Keep what a client has written, word for word; the same text again changes nothing.

    Args:
        key: the id that the client has chosen; without one the server gives it.
        version: the version that the client began from; "" for whichever stands.
        lenient: what is right R4 in its parts, but does not fit together, is kept with notes.
        new: nothing may stand by that name yet.
        base: our own address: what is named by it in the text is ours.
        looked: what is in the text, where it has just been looked through in that way.

    Raises:
        Faulty: it is no R4.
        Overtaken: another version stands.
        NotFound, NotAllowed: the actor may not write it, or not about that person.
        Invalid: it names no person who is known here, or several.
    """
    local_id = key or str(uuid.uuid4())
    sent = read_sent(text, local_id, lenient=lenient, base=base, looked=looked)
    names = names_in([(sent.facts, sent.value)])
    with act(actor, Action.SHELF_KEEP, along=[names.asked(actor)]) as this:
        this.require_permission()
        require_fitting(actor, sent)
        before = _standing(this, sent.facts.kind, local_id) if key else None
        if before is not None and _is_overtaken(before, version, new=new):
            raise Overtaken(before.version)
        [found] = named_by_all(actor, names, numbers, this.along[0])
        person_id = person_of(this, sent, found)
        if before is None:
            return _made(this, sent, new_row(this, sent, person_id, found), found.targets)
        row = _row(this, sent, before, person_id)
        return _shelved(this, sent, row, before, found.targets)


def _is_overtaken(before: Resource, version: str, *, new: bool) -> bool:
    if new and before.status != Status.DELETED:
        return True
    return bool(version) and str(before.version) != version


def read_sent(
    text: bytes,
    local_id: str,
    *,
    lenient: bool,
    base: str = "",
    looked: tuple[Facts, Content] | None = None,
) -> Sent:
    """Look through a resource that is to be kept under an id.

    Raises:
        Faulty: it is no R4.
        Invalid: that is no id.
    """
    if not is_id(local_id):
        raise Invalid(_("Ett id har 1 till 64 tecken: A-Z, a-z, 0-9, - och punkt."), where="id")
    facts, value = looked or looked_through(text, scope=Scope(base), strict=not lenient)
    own = replace(
        facts,
        local_id=local_id,
        key=f"{facts.kind}/{local_id}",
        full_url="",
        digest=bare_digest(value),
        last_updated=None,
        version_id="",
    )
    return Sent(own, value, text)


def require_fitting(actor: Actor, sent: Sent) -> None:
    """Whether the client may write such a thing at all. Asked before whom it is about, so the answer tells of nobody.

    Raises:
        NotAllowed: the conditions of its scopes are not met.
    """
    narrowing = actor.narrowing
    if narrowing is None or not narrowing.has_conditions:
        return
    ways = narrowing.ways(sent.facts.kind, reading=False)
    if not any(not one.where or meets_all(sent.value, one.where) for one in ways):
        raise NotAllowed(REFUSAL_WORDS[Refusal.APP])


def _standing(this: Act, kind: str, local_id: str) -> Resource | None:
    """What stands by that name, locked; of several who make the same one the others wait."""
    one = shelf_id(CLIENTS, f"{kind}/{local_id}")
    found = _locked(one)
    if found is None:
        store.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(one)])
        found = _locked(one)
    if found is not None:
        require_writable(this, found)
    return found


def _locked(one: UUID) -> Resource | None:
    return Resource.objects.select_for_update().filter(id=one).first()


def require_writable(this: Act, row: Resource, near: Sequence[str | None] = ()) -> None:
    """Whether the actor may write over it: by the gate, or what is about nobody by whose it is.

    Args:
        near: of a new one, what has been asked along (`Act.require`).

    Raises:
        NotFound, NotAllowed
    """
    if row.person_id is not None:
        if not row._state.adding:
            _require_readable(this.actor, row)
        this.require(row, near)
    elif not gate.lets(this.actor, row, _GATE, reading=False):
        raise NotAllowed(REFUSAL_WORDS[Refusal.APP])
    elif row.provider_id != this.actor.provider_id:
        if rules.whose(row.kind) is Whose.ALL:
            raise NotAllowed(_("En annan vårdgivare har skrivit den. Bara den kan ändra den."))
        raise NotFound(_("Sidan finns inte, eller så får du inte se den."))


def _require_readable(actor: Actor, row: Resource) -> None:
    """Who may not know of it is not told that it is there by being refused to change it."""
    with act(actor, Action.SHELF_READ) as reading:
        reading.unchanged()
        reading.require(row)


def _row(this: Act, sent: Sent, before: Resource, person_id: UUID | None) -> Resource:
    """Where it shall lie: a record stays at the unit that began it, and about the one that it was about."""
    if before.person_id != person_id:
        words = _("Den rör en annan person än förut.")
        mend = _("Ta bort den, och skicka en ny om den rätta personen.")
        raise Invalid(words, where=_place(sent), mend=mend)
    become = _written_by(this.actor, sent, person_id)  # a client's scopes are asked of that, too
    if not gate.lets(this.actor, become, _GATE, reading=False):
        raise NotAllowed(REFUSAL_WORDS[Refusal.APP])
    return before


def new_row(this: Act, sent: Sent, person_id: UUID | None, found: Named) -> Resource:
    """Where a new one shall lie: at the unit of the one who writes it, if that one may.

    Raises:
        NotFound, NotAllowed
    """
    row = _written_by(this.actor, sent, person_id)
    require_writable(this, row, found.near.get(person_id, ()) if person_id else ())
    return row


def _written_by(actor: Actor, sent: Sent, person_id: UUID | None) -> Resource:
    made = Resource(
        id=shelf_id(CLIENTS, sent.facts.key),
        source=CLIENTS,
        kind=sent.facts.kind,
        person_id=person_id,
        provider_id=actor.provider_id,
        unit_id=actor.unit_id,
        branch=(actor.branch or Branch.HEALTH).value,
    )
    made.said = sent.value  # what a client's scopes may ask of it
    return made


_GATE = cast(GatePath, Resource.gate)


def _made(this: Act, sent: Sent, row: Resource, targets: Mapping[str, UUID]) -> KeptDetail:
    """A new one, written when the act is left."""
    item = new_item(sent, row, this.actor.at)
    this.at_the_end(shelved_new([item], _owner(row, this.actor.at, targets)))
    _note(this, row, version=1, changed=True)
    return new_detail(sent, item, this.actor.at)


def new_item(sent: Sent, row: Resource, at: datetime) -> Item:
    """A new one on its way to the shelf, with its id and version in it."""
    text = stamped(sent.text, local_id=sent.facts.local_id, version="1", at=at)
    return Item(
        sent.facts, sent.text, person_id=row.person_id, settled=True, value=sent.value, here=text
    )


def new_detail(sent: Sent, item: Item, at: datetime) -> KeptDetail:
    """A new one as it stands."""
    facts = sent.facts
    return KeptDetail(facts.kind, facts.local_id, item.here, 1, at, True, True, facts.notes)


def _shelved(
    this: Act, sent: Sent, row: Resource, before: Resource, targets: Mapping[str, UUID]
) -> KeptDetail:
    at, facts = this.actor.at, sent.facts
    item = Item(facts, sent.text, person_id=row.person_id, settled=True, value=sent.value)
    [verdict] = shelve([item], _owner(row, at, targets), Persons())
    changed = verdict is not Verdict.UNCHANGED
    if changed:
        number = before.versions + 1
        text = stamped(sent.text, local_id=facts.local_id, version=str(number), at=at)
    else:
        number, at, text = before.version, before.received_at, _text_of(row.id, before.version)
    made = before.status == Status.DELETED
    _note(this, row, version=number, changed=changed)
    return KeptDetail(facts.kind, facts.local_id, text, number, at, made, changed, facts.notes)


def _owner(row: Resource, at: datetime, targets: Mapping[str, UUID]) -> Owner:
    return Owner(
        source=CLIENTS,
        at=at,
        provider_id=row.provider_id,
        unit_id=row.unit_id,
        branch=row.branch,
        targets=targets,
    )


def _text_of(one: UUID, number: int) -> bytes:
    [(text,)] = store.fetch(
        "SELECT text FROM resources_version WHERE resource_id = %s AND number = %s", [one, number]
    )
    return str(text).encode()


def _note(this: Act, row: Resource, **detail: object) -> None:
    if row.person_id is not None:
        this.note(row, **detail)
    else:
        this.note_general("Resource", id=str(row.id), kind=row.kind, **detail)


# ── whose it is ──


def person_of(this: Act, sent: Sent, found: Named) -> UUID | None:
    """The one whom it is about; None where it may be about nobody.

    Raises:
        Invalid: it names nobody who is known, or several.
        NotFound: it names somebody by number who is not known here, or whom the actor may not know of.
    """
    kind = sent.facts.kind
    whose = rules.whose(kind)
    if whose is Whose.ALL:
        return None
    if found.unknown and kind not in rules.SEVERAL:
        raise _unknown(found, sent)
    if len(found.persons) == 1 and not found.unknown:
        return next(iter(found.persons))
    if found.persons and whose is Whose.PROVIDER:
        _require_all(this, sent, found)
        return None
    if found.persons:
        raise Invalid(_("Den rör flera personer. En resurs rör en."), where=_place(sent))
    if whose is Whose.PROVIDER or rules.is_about_another_thing(sent.value):
        return None
    words = _("Säg vem den rör. Den här typen sparas bara om en person som finns här.")
    mend = _("Skicka subject eller patient med Patient/id eller identitetsnummer.")
    raise Invalid(words, where=_place(sent), mend=mend)


def _require_all(this: Act, sent: Sent, found: Named) -> None:
    """It stays within the care provider, and the writer must have to do with every one of them."""
    for person_id in sorted(found.persons):
        this.require(_written_by(this.actor, sent, person_id))


def _unknown(found: Named, sent: Sent) -> Invalid | NotFound:
    """By number: the same answer as for one whom the actor may not know of, so that no number can be tried."""
    words = _("Personen som den rör finns inte här, eller så får du inte se den.")
    if any("?identifier=" in key for key in found.unknown):
        return NotFound(words, where=_place(sent))
    mend = _("Skicka Patient/id som det står här, eller personens identitetsnummer.")
    return Invalid(words, where=_place(sent), mend=mend)


def _place(sent: Sent) -> str:
    return rules.place_of_subject(sent.value, sent.facts.kind)


# ── delete ──


def remove_resource(actor: Actor, *, kind: str, local_id: str, version: str = "") -> int:
    """Take away what a client has written; its former versions stay readable. Returns the number of the last one.

    Raises:
        NotFound: there is none, or the actor may not know of it.
        Overtaken: another version stands.
    """
    with act(actor, Action.SHELF_REMOVE) as this:
        this.require_permission()
        row = _locked(shelf_id(CLIENTS, f"{kind}/{local_id}"))
        if row is None:
            raise NotFound(_("Sidan finns inte, eller så får du inte se den."))
        require_writable(this, row)
        if version and str(row.version) != version:
            raise Overtaken(row.version)
        if row.status != Status.DELETED:
            _take_away(row, actor.at)
            _note(this, row, version=row.versions + 1)
            return int(row.versions) + 1
        this.unchanged()
        return int(row.version)


def _take_away(row: Resource, at: datetime) -> None:
    """A last version without a text; what was read out of the one before goes."""
    number = row.versions + 1
    store.write(store.forget_parts([row.id]))
    store.execute(
        "UPDATE resources_resource SET status = %s, version = %s, versions = %s, digest = '', "
        "received_at = %s, run_id = NULL WHERE id = %s",
        [Status.DELETED.value, number, number, at, row.id],
    )
    values: dict[str, Any] = {"last_updated": None, "version_id": "", "run_id": None}
    store.insert(
        [Text(row.id, number, row.person_id, "", b"", received_at=at, passed_over=False, **values)]
    )
    gone = Stood(row.id, row.kind, row.local_id, number, row.person_id, at, How.DELETED)
    store.write(told([gone]))
