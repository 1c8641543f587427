"""The one resource that a search finds, for writing by a condition."""

from __future__ import annotations

from urllib.parse import parse_qsl

from samverka.config.searching import search
from samverka.kernel.actor import Actor
from samverka.kernel.text import text as _
from samverka.web.exchange import Call, Issue, Several, Shown, Unreadable


def find_one(actor: Actor, kind: str, query: str) -> Shown | None:
    """What the search finds, if it is one.

    Raises:
        Several: it finds more than one.
        Unreadable: it is no search, or asks for nothing: that would be all there is.
    """
    given = [
        pair for pair in parse_qsl(query.partition("?")[2] or query, keep_blank_values=True)
        if pair[0] not in _CONTROL
    ]  # fmt: skip
    if not given:
        words = _("Ett villkor behöver minst en parameter.")
        raise Unreadable(words, [Issue("", words, sort="required")])
    found = search(actor, Call("GET", kind=kind, given=(*given, ("_count", "2")))).shown
    if len(found) > 1:
        raise Several(_("Villkoret stämmer på flera. Skriv ett som bara stämmer på en."))
    return found[0] if found else None


_CONTROL = ("_count", "_format", "_pretty", "_summary", "_elements", "_sort", "_total")
