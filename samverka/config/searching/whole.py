"""Searches that a room answers by itself, whole: nothing of it lies in the index, and it is too much to go through."""

from __future__ import annotations

from samverka.config.owned import OWNED, judging
from samverka.config.owned.values import Asked, Owned, Search
from samverka.kernel.actor import Actor
from samverka.kernel.text import text as _
from samverka.resources.operations.publishing import text_of
from samverka.web.exchange import Call, Issue, Page, Shown, Unreadable

PAGE, MOST = 50, 100
"""Resources on a page."""

_CONTROL = ("_count", "_after", "_format", "_pretty")


def room_of(call: Call) -> Owned | None:
    """The room that answers all of the search."""
    owners = OWNED.get(call.kind, ())
    return next((one for one in owners if one.search is not None and one.search.whole), None)


def page_of(actor: Actor, call: Call, owned: Owned) -> Page:
    """One page, by the room's own search.

    Raises:
        Unreadable: a parameter that the room does not understand; passed over, it would find too much.
    """
    assert owned.search is not None
    given = [*call.given, *_within(call)]
    _check(owned.search, given)
    values: dict[str, tuple[str, ...]] = {}
    for name, value in given:
        if name not in _CONTROL:
            values[name] = (*values.get(name, ()), value)
    last = dict(given)
    count = _count(last.get("_count", ""))
    asked = Asked(values, count, last.get("_after", ""))
    found, more = owned.search.find(judging.shower(actor, owned.kind), asked)
    shown = tuple(
        Shown(call.kind, str(one.content["id"]), text_of(one.content), one.version, one.changed_at)
        for one in found
        if judging.may_have(actor, one.content)
    )
    used = tuple(pair for pair in call.given if pair[0] not in ("_after", "_format", "_pretty"))
    return Page(shown, used, more)


def _within(call: Call) -> list[tuple[str, str]]:
    """The patient's compartment is what is about the patient."""
    if call.within is None:
        return []
    kind, key = call.within
    if kind != "Patient":
        words = _("Här går det bara att söka inom Patient.")
        raise Unreadable(words, [Issue(kind, words)])
    return [("patient", f"Patient/{key}")]


def _check(search: Search, given: list[tuple[str, str]]) -> None:
    for name, _value in given:
        if name not in search.names and name not in _CONTROL:
            known = ", ".join(search.names)
            words = _("Sökningen förstår inte %(name)s. Den förstår: %(known)s.", name=name,
                      known=known)  # fmt: skip
            raise Unreadable(words, [Issue(name, words)])


def _count(value: str) -> int:
    if not value:
        return PAGE
    if not value.isdecimal() or int(value) < 1:
        words = _("Ange hur många på en sida: 1 till %(most)d.", most=MOST)
        raise Unreadable(words, [Issue("_count", words)])
    return min(int(value), MOST)
