"""Conditions that a resource can be held against by itself: what a scope says after its question mark (SMART App Launch 2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from samverka.resources.rules.lines import Faulty
from samverka.resources.rules.receiving import Content
from samverka.resources.rules.searching.asking import CONTROL, read
from samverka.resources.rules.searching.indexing import index
from samverka.resources.rules.searching.matching import meets
from samverka.resources.rules.searching.parsing import Asked
from samverka.resources.rules.searching.query import Criterion
from samverka.resources.rules.searching.wanted import AComposite, ATime, Prefix, Wanted

Pairs = Sequence[tuple[str, str]]

_OF_THE_SERVER = frozenset({"_id", "_lastUpdated"})
"""Said by the row, not by the resource: it is new, or another, with each version."""


def criteria(kind: str, where: Pairs) -> tuple[Criterion, ...] | None:
    """The conditions, all of which must be met; None where one is not understood or asks for more than the resource itself."""
    if any(name.partition(":")[0] in CONTROL for name, _value in where):
        return None
    try:
        found = read(kind, where, Asked(now=_ANY_TIME)).conditions
    except Faulty:
        return None
    own = tuple(one for one in found if isinstance(one, Criterion))
    if len(own) < len(found) or not own or any(map(_passes, own)):
        return None
    return own


def _passes(one: Criterion) -> bool:
    """What is true of a resource today and not tomorrow, though nobody has written: no one could know what was let."""
    return one.code in _OF_THE_SERVER or any(map(_is_about_now, one.wanted))


def _is_about_now(wanted: Wanted) -> bool:
    match wanted:
        case ATime():
            return wanted.prefix is Prefix.AP
        case AComposite():
            return any(map(_is_about_now, wanted.parts))
        case _:
            return False


_ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)
"""Only "approximately" asks what the time is."""


def meets_all(content: Content, where: Pairs) -> bool:
    """Whether a resource meets them, by its own text."""
    wanted = criteria(str(content.get("resourceType", "")), where)
    if wanted is None:
        return False
    values = index(content)
    return all(meets(values, one) for one in wanted)
