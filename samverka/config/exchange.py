"""FHIR in and out of the house: what a room owns goes through the room, all else lies on the shelf.

A room's resource is read as the room shows it to this reader: of a plan, what has been disclosed to the
own care provider. For those who keep it that is what lies on the shelf, to the letter.

What is written becomes the room's operations, in one act. The result is then compared with what was sent:
what the operations did not take is told by its FHIRPath, and nothing is done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.config.feed import FEEDS, feed
from samverka.config.owned import OWNED
from samverka.config.owned.values import Change, Owned, Standing
from samverka.config.searching import capability, search
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Conflict, NotFound
from samverka.kernel.text import text as _
from samverka.resources import reads as shelf
from samverka.resources.operations.publishing import text_of
from samverka.resources.rules.definitions import RESOURCE_TYPES
from samverka.resources.rules.difference import differences, uncovered, under
from samverka.resources.rules.facts import examine
from samverka.resources.rules.lines import Faulty
from samverka.resources.rules.objects import read_object
from samverka.web.exchange import Exchange, Gone, Issue, Known, NotTaken, Shown, Stale, Unreadable

_UNKNOWN = _("Sidan finns inte, eller så får du inte se den.")


@dataclass(frozen=True, slots=True)
class _Found:
    """A resource of a room, as it stands for this reader."""

    owned: Owned
    standing: Standing

    def shown(self) -> Shown:
        content = self.standing.content
        return Shown(
            kind=self.owned.kind,
            id=str(content["id"]),
            text=text_of(content),
            version=self.standing.version,
            changed_at=self.standing.changed_at,
        )


# ── what `web` asks ──


def knows(kind: str) -> bool:
    """Whether it is a type of R4."""
    return kind in RESOURCE_TYPES


def methods(kind: str) -> frozenset[str]:
    """What can be done with a type besides reading."""
    owners = OWNED.get(kind, ())
    found = {"GET"} if any(one.search for one in owners) else set()
    if kind in FEEDS:
        return frozenset(found | {"PUT", "POST"})
    found |= {"PUT" for one in owners if one.update} | {"POST" for one in owners if one.create}
    return frozenset(found)


def feeds(actor: Actor, kind: str, key: str) -> bool:
    """Whether it is for a record system to tell of; what a room of ours has made is not."""
    try:
        one = UUID(key)
    except ValueError:
        return kind in FEEDS
    ours = _alone(actor, kind, one) or shelf.published_stamp(actor, kind=kind, local_id=key)
    return kind in FEEDS and not ours


def read(actor: Actor, kind: str, key: str, known: Known) -> Shown:
    """One resource: a room's as the room shows it, any other word for word from the shelf.

    What the client has already, `known` says: then the read leaves no line in the trail.
    """
    one = _id(key)
    if alone := _alone(actor, kind, one):
        return _polled(actor, known, lambda: _Found(alone, alone.read(actor, one)).shown())
    stamp = shelf.published_stamp(actor, kind=kind, local_id=key)
    if stamp is None:
        return _polled(actor, known, lambda: _from_shelf(actor, kind, one, one))
    owned = _owner(actor, kind, one)
    if owned is None:
        return _polled(actor, known, lambda: _from_shelf(actor, kind, stamp.id, one))
    try:
        return _polled(actor, known, lambda: _found(actor, owned, one, stamp).shown())
    except NotFound:
        _tell_gone(actor, stamp.id)
        raise


def _polled(actor: Actor, known: Known, fetch: Callable[[], Shown]) -> Shown:
    with act(actor, Action.SHELF_READ) as this:
        this.unchanged()  # the read inside leaves its own line
        shown = fetch()
        if known(shown):
            this.nothing_shown()
        return shown


def update(actor: Actor, kind: str, key: str, text: bytes, version: str) -> Shown:
    """Write what is new in a resource by the operation of the room that owns it.

    Raises:
        Unreadable: no resource of that type and id.
        Stale: it is not that version any more. Both are in it.
        NotTaken: something in it cannot be kept by an operation.
    """
    sent, one = _resource(text, kind), _id(key)
    if sent.get("id") != key:
        words = _("Resursens id ska vara det som står i adressen.")
        raise Unreadable(words, [Issue(f"{kind}.id", words)])
    owned = _alone(actor, kind, one)
    stamp = None if owned else shelf.published_stamp(actor, kind=kind, local_id=key)
    owned = _owner(actor, kind, one) if stamp else owned
    if owned is not None and owned.update is None and owned.refusal:
        owned.read(actor, one)  # who may not know gets 404
        raise NotTaken(owned.refusal, [])
    if owned is None or owned.update is None:
        _from_shelf(actor, kind, stamp.id if stamp else one, one)  # who may not know gets 404
        raise NotTaken(KEPT_ELSEWHERE, [])
    try:
        now, made = _update(actor, owned, one, sent, version)
    except Conflict as problem:
        now = _with_version(actor, _Found(owned, owned.read(actor, one)))
        raise _stale(now, text, sent, problem.message) from problem
    if made is None:
        raise _stale(
            now, text, sent, _("Någon annan har ändrat sedan ni läste. Jämför och skicka igen.")
        )
    return made.shown()


KEPT_ELSEWHERE = _("Den kom från ett annat system och ändras där.")


def create(actor: Actor, kind: str, text: bytes) -> Shown:
    """Make a new resource by the operation of the room that owns the type.

    Raises:
        Unreadable: no resource of that type.
        NotTaken: something in it cannot be kept by the operation.
    """
    sent = _resource(text, kind)
    owned = next(one for one in OWNED[kind] if one.create and one.takes(sent))
    assert owned.create is not None
    with act(actor, owned.action) as this:
        this.unchanged()  # the operation and the read leave their own lines
        made = _Found(owned, owned.create(actor, sent))
        _check_taken(uncovered(sent, made.standing.content), made.standing.taken)
        return _with_version(actor, made).shown()


# ── the way through ──


def _update(
    actor: Actor, owned: Owned, one: UUID, sent: dict[str, Any], version: str
) -> tuple[_Found, _Found | None]:
    """Now, and what came of it; None if it is not the version that the client began from."""
    assert owned.update is not None
    with act(actor, owned.action) as this:
        this.unchanged()
        now = _with_version(actor, _Found(owned, owned.read(actor, one)))
        if now.standing.version != version:
            return now, None
        wanted = differences(now.standing.content, sent)
        if not wanted:
            return now, now
        done = owned.update(Change(actor, now.standing, sent, wanted))
        standing = done.standing or owned.read(actor, one)
        made = _with_version(actor, _Found(owned, standing))
        left = set(differences(standing.content, sent))
        _check_taken([path for path in wanted if path in left], done.taken)
        return now, made


def _check_taken(paths: Sequence[str], taken: Sequence[str]) -> None:
    left = [path for path in paths if not under(path, taken)]
    if left:
        words = _("Det här kan inte skrivas här. Inget är ändrat.")
        raise NotTaken(words, [Issue(path, words) for path in left[:_MOST]])


_MOST = 20
"""Places told in one answer: the first are enough to mend it."""


def _stale(now: _Found, text: bytes, sent: dict[str, Any], words: str) -> Stale:
    return Stale(words, now.shown(), text, differences(now.standing.content, sent)[:_MOST])


def _owner(actor: Actor, kind: str, one: UUID) -> Owned | None:
    """The room that keeps it; the last of several needs not be asked."""
    owners = OWNED.get(kind, ())
    return next((owned for owned in owners if owned.keeps(actor, one)), None)


def _alone(actor: Actor, kind: str, one: UUID) -> Owned | None:
    """The room that has it by itself, beside the shelf."""
    owners = (owned for owned in OWNED.get(kind, ()) if owned.alone)
    return next((owned for owned in owners if owned.keeps(actor, one)), None)


def _found(actor: Actor, owned: Owned, one: UUID, stamp: shelf.Stamp) -> _Found:
    return _with_stamp(_Found(owned, owned.read(actor, one)), stamp)


def _with_version(actor: Actor, found: _Found) -> _Found:
    if found.standing.version:
        return found
    key = str(found.standing.content["id"])
    stamp = shelf.published_stamp(actor, kind=found.owned.kind, local_id=key)
    return _with_stamp(found, stamp) if stamp else found


def _with_stamp(found: _Found, stamp: shelf.Stamp) -> _Found:
    """What has no number of its own has the shelf's; what changed last counts."""
    if found.standing.version:
        latest = max(found.standing.changed_at, stamp.at)
        return replace(found, standing=replace(found.standing, changed_at=latest))
    standing = replace(found.standing, version=str(stamp.number), changed_at=stamp.at)
    return replace(found, standing=standing)


# ── the shelf ──


def _from_shelf(actor: Actor, kind: str, shelf_id: UUID, one: UUID) -> Shown:
    detail = shelf.resource(actor, resource_id=shelf_id)
    if detail.line.kind != kind:
        raise NotFound(_UNKNOWN)
    at: datetime = detail.versions[0].received_at
    return Shown(kind, str(one), detail.text.encode(), str(detail.number), at)


def _tell_gone(actor: Actor, shelf_id: UUID) -> None:
    """To one who may know what it was: it has been, and is no more."""
    try:
        shelf.resource(actor, resource_id=shelf_id)
    except NotFound:
        return
    raise Gone(_("Den har funnits, men är borttagen."))


def _resource(text: bytes, kind: str) -> dict[str, Any]:
    try:
        examine(text, strict=True)
        sent = read_object(text)
    except Faulty as faulty:
        issues = [Issue(one.path, one.message, one.mend or "") for one in faulty.faults]
        raise Unreadable(issues[0].words, issues) from faulty
    if sent["resourceType"] != kind:
        words = _("Resursens typ ska vara den som står i adressen.")
        raise Unreadable(words, [Issue("resourceType", words)])
    return sent


def _id(key: str) -> UUID:
    """Ours are UUIDs; what is no UUID is not here."""
    try:
        return UUID(key)
    except ValueError as problem:
        raise NotFound(_UNKNOWN) from problem


FHIR = Exchange(
    knows=knows,
    methods=methods,
    read=read,
    update=update,
    create=create,
    search=search,
    feeds=feeds,
    feed=feed,
    capability=capability,
)
"""What `SAMVERKA_FHIR_FOR` names."""
