"""Reading one resource, as it stands or as it was: a room's as the room shows it, all else word for word from the shelf."""

from __future__ import annotations

from collections.abc import Callable

from samverka.access.act import act, apart
from samverka.access.actions import Action
from samverka.config.exchange import owned as rooms
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _
from samverka.resources import reads as shelf
from samverka.resources.operations.publishing import text_of
from samverka.resources.rules.definitions import RESOURCE_TYPES
from samverka.web.exchange import Gone, Known, Shown


def knows(kind: str) -> bool:
    """Whether it is a type of R4."""
    return kind in RESOURCE_TYPES


def read(actor: Actor, kind: str, key: str, known: Known) -> Shown:
    """One resource: a room's as the room shows it, any other word for word from the shelf.

    What the client has already, `known` says: then the read leaves no line in the trail.
    """
    if owned := rooms.alone(actor, kind, key):
        return _polled(actor, known, lambda: rooms.read_alone(actor, owned, key).shown())
    place = shelf.place_of(actor, kind=kind, local_id=key)
    if place is None:
        return _defined(kind, key)
    return read_at(actor, kind, key, place, known)


def _defined(kind: str, key: str) -> Shown:
    """A definition of ours or of the standard's: it is about nobody, and the same for everyone.

    Raises:
        NotFound: there is none.
    """
    from samverka.config.stated.definitions import MADE, definition  # they name the operations

    found = definition(kind, key)
    if found is None:
        raise rooms.not_here()
    return Shown(kind, key, text_of(found), "1", MADE)


def read_at(actor: Actor, kind: str, key: str, place: shelf.Place, known: Known) -> Shown:
    """What lies there, as it stands for this reader."""
    keeper = rooms.owner(actor, kind, key) if place.is_own else None
    if keeper is None:
        return _polled(actor, known, lambda: as_shown(shelf.stored(actor, resource_id=place.id)))
    try:
        fetch = rooms.read_published
        with apart():
            return _polled(actor, known, lambda: fetch(actor, keeper, key, place).shown())
    except NotFound:
        _tell_gone(actor, place)
        raise


def vread(actor: Actor, kind: str, key: str, version: str, known: Known) -> Shown:
    """One version. Of what was given to the reader there is the version that was given, and no other."""
    if owned := rooms.alone(actor, kind, key):
        shown = rooms.read_alone(actor, owned, key).shown()
        return _only(shown, version)
    place = shelf.place_of(actor, kind=kind, local_id=key)
    if place is None:
        raise rooms.not_here()
    if place.is_own:
        shown = read_at(actor, kind, key, place, lambda _shown: False)
        if shown.version == version or not shown.version.isdecimal():
            return _only(shown, version)
    if not version.isdecimal() or len(version) > _DIGITS:
        raise NotFound(NO_VERSION)
    number = int(version)
    return _polled(
        actor, known, lambda: as_shown(shelf.stored(actor, resource_id=place.id, number=number))
    )


NO_VERSION = _("Den versionen finns inte.")
_DIGITS = 9
"""Of a version's number in the database."""


def _only(shown: Shown, version: str) -> Shown:
    if shown.version != version:
        raise NotFound(NO_VERSION)
    return shown


def as_shown(one: shelf.Stored) -> Shown:
    """A version of the shelf, as it is sent.

    Raises:
        Gone: it says that the resource was taken away.
    """
    if one.deleted:
        raise Gone(WAS)
    return Shown(one.kind, one.id, one.text, str(one.number), one.at)


WAS = _("Den har funnits, men är borttagen.")


def _polled(actor: Actor, known: Known, fetch: Callable[[], Shown]) -> Shown:
    with act(actor, Action.SHELF_READ) as this:
        this.unchanged()  # the read inside leaves its own line
        shown = fetch()
        if known(shown):
            this.nothing_shown()
        return shown


def _tell_gone(actor: Actor, place: shelf.Place) -> None:
    """To one who may know what it was: it has been, and is no more."""
    try:
        shelf.stored(actor, resource_id=place.id)
    except NotFound:
        return
    raise Gone(WAS)
