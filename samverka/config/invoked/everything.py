"""`Patient/$everything`: all that this reader may have about a person, a page at a time."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.config.bulk.pieces import Told, Wanted, piece
from samverka.config.invoked.documents import person_of
from samverka.config.invoked.values import Answer, Called, Level, Operation, Parameter
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.resources.operations.publishing import text_of
from samverka.resources.rules.bulk import kinds_wanted, since_wanted
from samverka.resources.rules.canonical import decode
from samverka.resources.rules.definitions import compartments
from samverka.resources.rules.showing import when_of
from samverka.resources.rules.times import Span, span_of

PAGE, MOST = 500, 1_000
"""Resources about the person on a page, if nothing is said and at most."""

KINDS = frozenset(compartments()["Patient"]) | {"Patient"}
"""Types that can be about a person."""


def everything(called: Called) -> Answer:
    """One page: what is about the person, and with it what that points at which is about nobody."""
    person_id = person_of(called)
    called.house.text(called.actor, "Patient", str(person_id))  # who may not know gets 404
    with act(called.actor, Action.SHELF_READ, about=[person_id]) as this:
        this.unchanged()  # those inside leave their lines
        return _answer(called, person_id)


def _answer(called: Called, person_id: UUID) -> Answer:
    count = called.number("_count")
    if count == 0:
        raise Invalid(_("Ange hur många på en sida: 1 till %(most)d.", most=MOST), where="_count")
    wanted = Wanted(
        kinds=kinds_wanted([str(one) for one in called.all("_type")], KINDS),
        persons=(person_id,),
        since=since_wanted(called.said("_since")),
        beside=not called.all("_type"),
        limit=min(count or PAGE, MOST),
    )
    told, place = _page(called, wanted, _place(called.said("_after")))
    span = _between(called.said("start"), called.said("end"))
    found = [one for one in told if span is None or one.beside or _within(one, span)]
    return Answer(text=_bundle(called, found, place))


def _page(
    called: Called, wanted: Wanted, place: Mapping[str, Any] | None
) -> tuple[list[Told], Mapping[str, Any] | None]:
    """Pieces until the page is full: a stage can end in the middle of it."""
    found: list[Told] = []
    while True:
        more, place = piece(called.actor, wanted, place, called.house.text)
        found += more
        if place is None or sum(not one.beside for one in found) >= wanted.limit:
            return found, place


# ── the page ──


def _bundle(called: Called, found: Iterable[Told], place: Mapping[str, Any] | None) -> bytes:
    """Put together as text: what each resource says is sent as it lies."""
    once = {(one.kind, one.key): one for one in reversed(list(found))}
    entries = b",".join(_entry(called.base, one) for one in reversed(list(once.values())))
    head = text_of(
        {
            "resourceType": "Bundle",
            "type": "searchset",
            "timestamp": called.actor.at.isoformat(),
            "link": _links(called, place),
        }
    )
    return head[:-1] + (b',"entry":[' + entries + b"]}" if entries else b"}")


def _entry(base: str, one: Told) -> bytes:
    url = json.dumps(f"{base}/{one.kind}/{one.key}").encode()
    mode = b"include" if one.beside else b"match"
    return (
        b'{"fullUrl":' + url + b',"resource":' + one.text + b',"search":{"mode":"' + mode + b'"}}'
    )


def _links(called: Called, place: Mapping[str, Any] | None) -> list[dict[str, str]]:
    address = f"{called.base}/Patient/{called.key}/$everything"
    asked = [(one.name, str(one.value)) for one in called.given if one.value is not None]
    links = [{"relation": "self", "url": _with(address, asked)}]
    if place is not None:
        rest = [pair for pair in asked if pair[0] != "_after"]
        links.append(
            {"relation": "next", "url": _with(address, [*rest, ("_after", cursor(place))])}
        )
    return links


def _with(address: str, pairs: list[tuple[str, str]]) -> str:
    return f"{address}?{urlencode(pairs)}" if pairs else address


def cursor(place: Mapping[str, Any]) -> str:
    """Where the next page begins, as a word of an address."""
    return base64.urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode()


def _place(text: str) -> Mapping[str, Any] | None:
    if not text:
        return None
    try:
        found = json.loads(base64.b64decode(text, altchars=b"-_", validate=True))
        if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
            raise ValueError
        return _checked(found)
    except (ValueError, binascii.Error, RecursionError) as fault:
        words = _("Sidan går inte att läsa. Börja om från början.")
        raise Invalid(words, where="_after") from fault


def _checked(found: dict[str, str]) -> dict[str, str]:
    """A place that we have given: ids are ids, so nothing else reaches the database."""
    for name in ("person", "id"):
        if found.get(name):
            UUID(found[name])
    if ("id" in found) != ("person" in found):
        raise ValueError
    return found


# ── dates of care ──


def _between(start: str, end: str) -> tuple[datetime | None, datetime | None] | None:
    if not start and not end:
        return None
    return _span(start, "start").low if start else None, _span(end, "end").high if end else None


def _span(text: str, name: str) -> Span:
    found = span_of(text)
    if found is None:
        raise Invalid(_("Skriv ett datum: ÅÅÅÅ-MM-DD."), where=name)
    return found


def _within(one: Told, between: tuple[datetime | None, datetime | None]) -> bool:
    """Whether the care was within the dates; what has no date of its own comes along."""
    content = decode(one.text)
    span = span_of(when_of(content)) if isinstance(content, dict) else None
    if one.kind == "Patient" or span is None:
        return True
    start, end = between
    return (start is None or span.high > start) and (end is None or span.low < end)


EVERYTHING = (
    Operation(
        code="everything",
        definition="http://hl7.org/fhir/OperationDefinition/Patient-everything",
        words="all that the reader may have about a person, a page at a time",
        levels=(Level.INSTANCE,),
        types=("Patient",),
        run=everything,
        takes=(
            Parameter("start", "date", "care from this day"),
            Parameter("end", "date", "care until this day"),
            Parameter("_since", "instant", "only what has come or been changed then or later"),
            Parameter("_type", "code", "only these types, commas between", most=0),
            Parameter("_count", "integer", "resources about the person on a page"),
            Parameter("_after", "string", "where the page before ended; from the link `next`"),
        ),
        gives=(Parameter("return", "Bundle", "a searchset", 1),),
    ),
)
