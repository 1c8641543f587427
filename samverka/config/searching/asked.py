"""A search as it comes: its parameters read, with what the server knows beside the standard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from samverka.config.invoked.library import codes_asked
from samverka.kernel.actor import Actor
from samverka.kernel.text import text as _
from samverka.resources.rules.canonical import decode
from samverka.resources.rules.definitions import compartments
from samverka.resources.rules.lines import Faulty
from samverka.resources.rules.receiving import Content
from samverka.resources.rules.searching import asking, parsing
from samverka.resources.rules.searching.query import AnyOf, Condition, Criterion, Query
from samverka.resources.rules.searching.wanted import APointer, AToken
from samverka.web.exchange import Call, Issue, Unreadable

Given = Sequence[tuple[str, str]]


def queries_of(actor: Actor, call: Call) -> list[Query]:
    """What a request looks for, of each type that it can be.

    Raises:
        Unreadable: something in it is not understood, with the parameter's name.
    """
    asked = parsing.Asked(
        now=actor.at,
        strict="handling=lenient" not in call.headers.get("prefer", "").replace(" ", "").lower(),
        base=call.base,
        codes=lambda modifier, system, of: _codes(actor, modifier, system, of),
    )
    if call.within is None:
        return [_read(call.kind, call, asked)]
    kinds = [call.kind] if call.kind else kinds_within(call.within[0])
    found = [_read(kind, call, asked) for kind in kinds]
    return [
        replace(one, conditions=(within(one.kind, *call.within), *one.conditions)) for one in found
    ]


def _read(kind: str, call: Call, asked: parsing.Asked) -> Query:
    try:
        return asking.read(kind, call.given, asked)
    except Faulty as faulty:
        issues = [Issue(one.path, one.message, one.mend or "") for one in faulty.faults]
        raise Unreadable(issues[0].words, issues) from faulty


def _codes(actor: Actor, modifier: str, system: str, of: str) -> list[tuple[str, str]] | None:
    """Codes of a set; where the element is a bare code, its system goes without saying."""
    from samverka.config.searching.paging import search  # a set that is kept is searched for, too

    def kept(kind: str, url: str) -> Content | None:
        found = search(actor, Call("GET", kind, given=(("url", url), ("_count", "1"))))
        content = decode(found.shown[0].text) if found.shown else None
        return content if isinstance(content, dict) else None

    found = codes_asked(modifier, system, of, kept)
    return None if found is None else [*found, *(("", code) for _system, code in found)]


def kinds_within(compartment: str) -> list[str]:
    """Types that lie in the compartment, beside what it is named after.

    Raises:
        Unreadable: there is none by that name.
    """
    held = compartments().get(compartment)
    if held is None:
        words = _("%(kind)s är inget som annat hör till i FHIR R4.", kind=compartment)
        raise Unreadable(words, [Issue(compartment, words)])
    return [one for one, codes in sorted(held.items()) if codes and one != compartment]


def within(kind: str, compartment: str, one: str) -> Condition:
    """What puts a resource into the compartment.

    Raises:
        Unreadable: the type never lies there.
    """
    codes = compartments().get(compartment, {}).get(kind, ())
    if kind == compartment:
        codes = (*codes, "{def}")
    if not codes:
        words = _("%(kind)s hör inte till %(compartment)s.", kind=kind, compartment=compartment)
        raise Unreadable(words, [Issue(kind, words)])
    return AnyOf(tuple(_points(kind, code, compartment, one) for code in codes))


def _points(kind: str, code: str, compartment: str, one: str) -> Condition:
    if code == "{def}":
        return Criterion("_id", "token", (AToken(None, one),))
    return Criterion(code, "reference", (APointer(compartment, one),))
