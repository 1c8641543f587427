"""Writing: by the operation of the room that owns it, or kept on the shelf word for word."""

from __future__ import annotations

from typing import Any, TypeAlias
from uuid import UUID

from samverka.config.exchange import kept
from samverka.config.exchange import owned as rooms
from samverka.config.exchange.finding import by_condition, find_one
from samverka.config.exchange.reading import read
from samverka.config.owned import judging
from samverka.config.owned.values import Owned
from samverka.kernel.actor import Actor
from samverka.kernel.text import text as _
from samverka.resources import reads as shelf
from samverka.resources.operations.keeping import require_may_keep
from samverka.resources.rules.facts import Facts, examine, looked_through
from samverka.resources.rules.keys import Scope
from samverka.resources.rules.lines import Faulty
from samverka.web.exchange import (
    Issue,
    NotTaken,
    NoVersion,
    Shown,
    Stale,
    Unreadable,
    Wish,
    Written,
)

SHARED = frozenset({"CarePlan", "Goal", "CareTeam", "Task"})
"""Types that several write in: whoever writes says which version they began from."""


def methods(_kind: str) -> frozenset[str]:
    """What can be done with a type besides reading one: GET is to search it."""
    return frozenset({"GET", "PUT", "POST", "DELETE"})


# ── create ──


def create(actor: Actor, kind: str, text: bytes, wish: Wish = Wish()) -> Written:  # noqa: B008 (frozen)
    """Make a new resource by the operation of the room that owns the sort; what no room makes is kept.

    Raises:
        Unreadable: no resource of that type.
        NotTaken: something in it cannot be kept by the operation.
        Several: the search that should find nothing finds more than one.
    """
    looked = _looked_through(text, kind, lenient=wish.lenient, base=wish.base)
    if wish.unless is None:
        return _create(actor, kind, looked, text, wish)
    with by_condition(kind, wish.unless):
        found = find_one(actor, kind, wish.unless)
        if found:
            return Written(found, made=False, changed=False)
        return _create(actor, kind, looked, text, wish)


_Looked: TypeAlias = tuple[Facts, dict[str, Any]]


def _create(actor: Actor, kind: str, looked: _Looked, text: bytes, wish: Wish) -> Written:
    sent = looked[1]
    owned = rooms.maker(actor, kind, sent)
    if owned is not None:
        _must_fit(text, wish)
        return Written(rooms.create_owned(actor, owned, sent), made=True)
    return kept.keep(actor, text, "", wish, looked)


# ── update ──


def update(actor: Actor, kind: str, key: str, text: bytes, wish: Wish = Wish()) -> Written:  # noqa: B008
    """Write what is new in a resource; with an id that is not there yet, make it.

    Raises:
        Unreadable: no resource of that type and id.
        NoVersion: the client must say which version it began from.
        Stale: it is not that version any more. Both are in it.
        NotTaken: something in it cannot be kept.
    """
    sent = resource_in(text, kind, lenient=wish.lenient)
    if sent.get("id") != key:
        words = _("Resursens id ska vara det som står i adressen.")
        raise Unreadable(words, [Issue(f"{kind}.id", words, sort="value")])
    if owned := rooms.alone(actor, kind, key):
        _must_be_new(actor, kind, key, text, wish)
        return _update_owned(actor, owned, key, sent, text, wish)
    place = shelf.place_of(actor, kind=kind, local_id=key)
    if place is not None and not place.deleted:
        _must_be_new(actor, kind, key, text, wish)
    keeper = rooms.owner(actor, kind, key) if place is not None and place.is_own else None
    if keeper is not None:
        return _update_owned(actor, keeper, key, sent, text, wish)
    require_may_keep(actor)
    if place is None:
        return _make_at(actor, kind, key, sent, text, wish)
    return _update_kept(actor, kind, key, place, text, wish)


def _update_kept(
    actor: Actor, kind: str, key: str, place: shelf.Place, text: bytes, wish: Wish
) -> Written:
    if not place.is_kept:
        shelf.stored(actor, resource_id=place.id)  # who may not know gets 404
        raise NotTaken(rooms.MADE_ELSEWHERE, [])
    if kind in SHARED and not wish.version and not place.deleted:
        shelf.stored(actor, resource_id=place.id)
        raise no_version()
    return kept.keep(actor, text, key, wish)


def _must_be_new(actor: Actor, kind: str, key: str, text: bytes, wish: Wish) -> None:
    """Nothing may be there yet (RFC 9110, 13.1.2); who may not know of it gets 404, as without the condition."""
    if wish.new:
        raise Stale(THERE, read(actor, kind, key, lambda _shown: False), text, ())


THERE = _("Den finns redan.")


def _update_owned(
    actor: Actor, owned: Owned, key: str, sent: dict[str, Any], text: bytes, wish: Wish
) -> Written:
    if not wish.version and owned.update is not None:
        raise no_version()
    _must_fit(text, wish)
    shown, changed = rooms.update_owned(actor, owned, key, sent, text, wish.version)
    return Written(shown, made=False, changed=changed)


def _make_at(
    actor: Actor, kind: str, key: str, sent: dict[str, Any], text: bytes, wish: Wish
) -> Written:
    """Make it with the id that the client has chosen, unless a room makes that sort: rooms give their own."""
    if wish.version:
        raise rooms.not_here()
    if rooms.maker(actor, kind, sent):
        words = _("Den här sorten får sitt id här. Skicka den med POST.")
        raise NotTaken(words, [Issue(f"{kind}.id", words)])
    return kept.keep(actor, text, key, wish)


def update_where(actor: Actor, kind: str, query: str, text: bytes, wish: Wish = Wish()) -> Written:  # noqa: B008
    """Write what is new in the one that a search finds; if it finds none, make it."""
    sent = resource_in(text, kind, lenient=wish.lenient)
    with by_condition(kind, query):
        return _update_found(actor, kind, find_one(actor, kind, query), sent, text, wish)


def _update_found(
    actor: Actor, kind: str, found: Shown | None, sent: dict[str, Any], text: bytes, wish: Wish
) -> Written:
    if found is None:
        return _make_where(actor, kind, sent, text, wish)
    if wish.new:
        raise Stale(THERE, found, text, ())
    if sent.get("id", found.id) != found.id:
        words = _("Resursens id är ett annat än den som sökningen hittade.")
        raise Unreadable(words, [Issue(f"{kind}.id", words, sort="value")])
    return update(actor, kind, found.id, kept.with_id(text, found.id), wish)


def _make_where(actor: Actor, kind: str, sent: dict[str, Any], text: bytes, wish: Wish) -> Written:
    if key := sent.get("id"):
        return update(actor, kind, str(key), text, wish)
    return create(actor, kind, text, wish)


# ── delete ──


def delete(actor: Actor, kind: str, key: str, wish: Wish = Wish()) -> None:  # noqa: B008 (frozen)
    """Take away what a client has written. What a room owns ends by the room's own steps.

    Raises:
        NotTaken: a room owns it, or it came from another system.
    """
    if owned := rooms.alone(actor, kind, key):
        rooms.read_alone(actor, owned, key)  # who may not know gets 404
        if owned.delete is not None:
            return owned.delete(judging.shower(actor, kind), UUID(key))
        raise NotTaken(ENDS_IN_ROOM, [])
    place = shelf.place_of(actor, kind=kind, local_id=key)
    keeper = rooms.owner(actor, kind, key) if place is not None and place.is_own else None
    if place is not None and keeper is not None:
        rooms.read_published(actor, keeper, key, place)
        raise NotTaken(keeper.refusal or ENDS_IN_ROOM, [])
    require_may_keep(actor)
    if place is None:
        raise rooms.not_here()
    if not place.is_kept:
        shelf.stored(actor, resource_id=place.id)
        raise NotTaken(rooms.MADE_ELSEWHERE, [])
    if kind in SHARED and not wish.version and not place.deleted:
        shelf.stored(actor, resource_id=place.id)
        raise no_version()
    return kept.remove(actor, kind, key, wish)


ENDS_IN_ROOM = _("Den tas inte bort. Den avslutas med ett steg: ändra dess status.")


def delete_where(actor: Actor, kind: str, query: str) -> int:
    """Take away the one that a search finds; none is no fault.

    Raises:
        Several: it finds more than one.
    """
    found = find_one(actor, kind, query)
    if found is None:
        return 0
    delete(actor, kind, found.id, Wish(version=found.version))
    return 1


# ── what is sent ──


def resource_in(text: bytes, kind: str, *, lenient: bool = False) -> dict[str, Any]:
    """The resource, looked through.

    Raises:
        Unreadable: it is no R4, or of another type.
        Misfit: its parts do not fit together.
    """
    return _looked_through(text, kind, lenient=lenient)[1]


def _looked_through(text: bytes, kind: str, *, lenient: bool, base: str = "") -> _Looked:
    try:
        looked = looked_through(text, scope=Scope(base), strict=not lenient)
    except Faulty as faulty:
        raise kept.refused(faulty) from faulty
    if looked[0].kind != kind:
        words = _("Resursens typ ska vara den som står i adressen.")
        raise Unreadable(words, [Issue("resourceType", words, sort="invalid")])
    return looked


def _must_fit(text: bytes, wish: Wish) -> None:
    """A room takes only what fits together."""
    if wish.lenient:
        try:
            examine(text, strict=True)
        except Faulty as faulty:
            raise kept.refused(faulty) from faulty


def needs_version(actor: Actor, kind: str, key: str) -> bool:
    """Whether several write in it, so that whoever changes it says which version that was."""
    if kind in SHARED or rooms.alone(actor, kind, key):
        return True
    place = shelf.place_of(actor, kind=kind, local_id=key)
    return place is not None and place.is_own


def no_version() -> NoVersion:
    """The client must say which version it began from."""
    return NoVersion(
        _("Säg vilken version ändringen utgår från."),
        where="If-Match",
        mend=_('Läs resursen först och skicka dess ETag som If-Match: W/"…".'),
    )
