"""The one resource that a search finds, for writing by a condition."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qsl, urlencode

from samverka.config.searching import search
from samverka.kernel.actor import Actor
from samverka.kernel.text import text as _
from samverka.resources.operations.turns import in_turn
from samverka.web.exchange import Call, Issue, Several, Shown, Unreadable


def find_one(actor: Actor, kind: str, query: str) -> Shown | None:
    """What the search finds, if it is one.

    Raises:
        Several: it finds more than one.
        Unreadable: it is no search, or asks for nothing: that would be all there is.
    """
    given = _pairs(query)
    if not given:
        words = _("Ett villkor behöver minst en parameter.")
        raise Unreadable(words, [Issue("", words, sort="required")])
    found = search(actor, Call("GET", kind=kind, given=(*given, ("_count", "2")))).shown
    if len(found) > 1:
        raise Several(_("Villkoret stämmer på flera. Skriv ett som bara stämmer på en."))
    return found[0] if found else None


@contextmanager
def by_condition(kind: str, query: str) -> Iterator[None]:
    """Look by a condition and write, without anybody between who does so by the same condition (R4, http, 3.1.0.8.1)."""
    with in_turn(condition_name(kind, query)):
        yield


def condition_name(kind: str, query: str) -> str:
    """What a condition is called, in whatever order it is written."""
    return f"{kind}?{urlencode(sorted(_pairs(query)))}"


def _pairs(query: str) -> list[tuple[str, str]]:
    given = parse_qsl(query.partition("?")[2] or query, keep_blank_values=True)
    return [pair for pair in given if pair[0] not in _CONTROL]


_CONTROL = ("_count", "_format", "_pretty", "_summary", "_elements", "_sort", "_total")
