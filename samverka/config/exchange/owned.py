"""A resource of a room: as the room shows it to this reader, and what is written to it by the room's operations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from samverka.access.act import act
from samverka.config.owned import OWNED, judging
from samverka.config.owned.values import Change, Owned, Standing
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Conflict, NotFound
from samverka.kernel.text import text as _
from samverka.resources import reads as shelf
from samverka.resources.operations.publishing import text_of
from samverka.resources.rules.difference import differences, uncovered, under
from samverka.resources.rules.keys import CLIENTS
from samverka.resources.rules.receiving import Content
from samverka.resources.rules.splicing import stamped
from samverka.web.exchange import Issue, NotTaken, Shown, Stale

UNKNOWN = _("Sidan finns inte, eller så får du inte se den.")


@dataclass(frozen=True, slots=True)
class Found:
    """A resource of a room, as it stands for this reader."""

    owned: Owned
    standing: Standing

    def shown(self) -> Shown:
        """As it is sent: the room's form, with its version and time in it."""
        one = self.standing
        local_id = str(one.content["id"])
        text = stamped(
            text_of(one.content), local_id=local_id, version=one.version, at=one.changed_at
        )
        return Shown(self.owned.kind, local_id, text, one.version, one.changed_at)


# ── whose it is ──


def uuid_of(key: str) -> UUID | None:
    """The rooms' ids are UUIDs; what is none is no room's."""
    try:
        return UUID(key)
    except ValueError:
        return None


def alone(actor: Actor, kind: str, key: str) -> Owned | None:
    """The room that has it by itself, beside the shelf."""
    one = uuid_of(key)
    owners = (owned for owned in OWNED.get(kind, ()) if owned.alone)
    return next((owned for owned in owners if one and owned.keeps(actor, one)), None)


def owner(actor: Actor, kind: str, key: str) -> Owned | None:
    """The room that keeps what it has published; the last of several needs not be asked."""
    one = uuid_of(key)
    return next((owned for owned in OWNED.get(kind, ()) if one and owned.keeps(actor, one)), None)


def maker(actor: Actor, kind: str, sent: Content) -> Owned | None:
    """The room that makes a new one of this sort; None where it is kept.

    What leans on something that a client has kept (words about a kept plan) is kept too.
    """
    for owned in OWNED.get(kind, ()):
        if owned.create and owned.takes(sent):
            return None if _leans_on_kept(actor, owned.leans_on(sent)) else owned
    return None


def _leans_on_kept(actor: Actor, key: str) -> bool:
    kind, _slash, local_id = key.partition("/")
    place = shelf.place_of(actor, kind=kind, local_id=local_id) if local_id else None
    return place is not None and place.source == CLIENTS


# ── read ──


def read_alone(actor: Actor, owned: Owned, key: str) -> Found:
    """As the room shows it."""
    return Found(owned, judging.read(actor, owned, UUID(key)))


def read_published(actor: Actor, owned: Owned, key: str, place: shelf.Place) -> Found:
    """As the room shows it, with the shelf's number."""
    return _placed(read_alone(actor, owned, key), place)


def with_version(actor: Actor, found: Found) -> Found:
    """With the shelf's number, unless the room has said one."""
    if found.standing.version:
        return found
    key = str(found.standing.content["id"])
    place = shelf.place_of(actor, kind=found.owned.kind, local_id=key)
    return _placed(found, place) if place else found


def _placed(found: Found, place: shelf.Place) -> Found:
    """Of what was given to the reader the room says which version that was: nothing newer is told."""
    if found.standing.version:
        return found
    standing = replace(found.standing, version=str(place.number), changed_at=place.at)
    return replace(found, standing=standing)


# ── write ──


def create_owned(actor: Actor, owned: Owned, sent: Content) -> Shown:
    """Make a new one by the room's operation.

    Raises:
        NotTaken: something in it cannot be kept by the operation.
    """
    assert owned.create is not None
    with act(actor, owned.action) as this:
        this.unchanged()  # the operation and the read leave their own lines
        made = Found(owned, owned.create(judging.shower(actor, owned.kind), sent))
        judging.require_may_write(actor, made.standing.content)
        _check_taken(uncovered(sent, made.standing.content), made.standing.taken)
        return with_version(actor, made).shown()


def update_owned(
    actor: Actor, owned: Owned, key: str, sent: dict[str, Any], text: bytes, version: str
) -> tuple[Shown, bool]:
    """Write what is new by the room's operation; and whether anything was.

    Raises:
        Stale: it is not that version any more. Both are in it.
        NotTaken: something in it cannot be kept by an operation.
    """
    if owned.update is None:
        read_alone(actor, owned, key)  # who may not know gets 404
        raise NotTaken(owned.refusal or FOLLOWS, [])
    try:
        now, made = _update(actor, owned, UUID(key), sent, version)
    except Conflict as problem:
        now = with_version(actor, read_alone(actor, owned, key))
        raise _stale(now, text, sent, problem.message) from problem
    if made is None:
        raise _stale(now, text, sent, OVERTAKEN)
    return made.shown(), made is not now


FOLLOWS = _("Den skrivs inte härifrån: den följer av det som görs där den hör hemma.")
MADE_ELSEWHERE = _("Den kom från ett annat system och ändras där.")
OVERTAKEN = _("Någon annan har ändrat sedan ni läste. Jämför och skicka igen.")


def _update(
    actor: Actor, owned: Owned, one: UUID, sent: dict[str, Any], version: str
) -> tuple[Found, Found | None]:
    """Now, and what came of it; None if it is not the version that the client began from."""
    assert owned.update is not None
    with act(actor, owned.action) as this:
        this.unchanged()
        now = with_version(actor, Found(owned, judging.read(actor, owned, one)))
        if now.standing.version != version:
            return now, None
        wanted = differences(now.standing.content, sent)
        if not wanted:
            return now, now
        shower = judging.shower(actor, owned.kind)
        done = owned.update(Change(shower, now.standing, sent, wanted))
        standing = done.standing or owned.read(shower, one)
        judging.require_may_write(actor, standing.content)
        made = with_version(actor, Found(owned, standing))
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


def _stale(now: Found, text: bytes, sent: dict[str, Any], words: str) -> Stale:
    return Stale(words, now.shown(), text, differences(now.standing.content, sent)[:_MOST])


def not_here() -> NotFound:
    """The same answer whether it is not there or may not be known."""
    return NotFound(UNKNOWN)
