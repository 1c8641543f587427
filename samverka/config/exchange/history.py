"""What was, version by version. A room's own history is the shelf's; what was given to the reader has the version that was given."""

from __future__ import annotations

from samverka.config.exchange import owned as rooms
from samverka.config.exchange.reading import read_at
from samverka.kernel.actor import Actor
from samverka.resources import reads as shelf
from samverka.resources.reads import PastWanted, Stored
from samverka.web.exchange import Past, Pasts, Shown, Span

MOST = 200
"""Versions on a page."""


def history(actor: Actor, span: Span) -> Pasts:
    """Versions of a resource, of a type or of all, the newest first; also that something was taken away."""
    resource_id = None
    if span.key:
        found = _of_one(actor, span)
        if isinstance(found, Shown):
            return Pasts((Past(found, "PUT", 200),), total=1)
        resource_id = found.id
    wanted = PastWanted(
        kind=span.kind,
        resource_id=resource_id,
        since=span.since,
        at=span.at,
        limit=min(span.count, MOST),
        after=span.after,
    )
    page = shelf.past(actor, wanted=wanted)
    return Pasts(tuple(_entry(one) for one in page.versions), page.more, page.total)


def _of_one(actor: Actor, span: Span) -> shelf.Place | Shown:
    """Where it lies; or all that there is of it for this reader."""
    if owned := rooms.alone(actor, span.kind, span.key):
        return rooms.read_alone(actor, owned, span.key).shown()
    place = shelf.place_of(actor, kind=span.kind, local_id=span.key)
    if place is None:
        raise rooms.not_here()
    if not place.is_own:
        return place
    shown = read_at(actor, span.kind, span.key, place, lambda _shown: False)
    return place if shown.version.isdecimal() and not place.nobodys else shown


def _entry(one: Stored) -> Past:
    shown = Shown(one.kind, one.id, one.text, str(one.number), one.at)
    if one.deleted:
        return Past(shown, "DELETE", 204)
    if one.number > 1:
        return Past(shown, "PUT", 200)
    return Past(shown, "POST" if rooms.uuid_of(one.id) else "PUT", 201)
