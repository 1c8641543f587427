"""Operations get their resources from the same gated reads as every other exit; and what the server says of itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from samverka.config.bulk.pieces import Wanted, piece
from samverka.config.exchange.writing import update
from samverka.config.invoked.values import Answer as Invoked
from samverka.config.searching import search
from samverka.kernel.actor import Actor
from samverka.kernel.text import text as _
from samverka.resources.operations.publishing import text_of
from samverka.resources.reads import searching as shelf
from samverka.resources.rules.canonical import decode
from samverka.resources.rules.receiving import Content, object_of
from samverka.web.exchange import Answer, Call, ReadOnly, TooCostly, Wish


class _Rooms:
    """The exchange itself, as an operation asks it."""

    def read(self, actor: Actor, kind: str, key: str) -> Content:
        """One resource as this reader sees it."""
        return _content(self.text(actor, kind, key))

    def text(self, actor: Actor, kind: str, key: str) -> bytes:
        """The same as it is sent."""
        from samverka.config.straight import read  # it asks the exchange in turn

        return read(actor, kind, key, lambda _shown: False).text

    def find(self, actor: Actor, kind: str, pairs: Sequence[tuple[str, str]]) -> Sequence[Content]:
        """What a search finds, the first page of it."""
        found = search(actor, Call("GET", kind, given=tuple(pairs)))
        return [_content(one.text) for one in found.shown]

    def about(self, actor: Actor, person_id: UUID, kinds: Sequence[str]) -> Sequence[Content]:
        """All of some types that this reader sees about a person."""
        wanted = Wanted(kinds=kinds, persons=(person_id,))
        found, place = piece(actor, wanted, None, self.text)
        while place is not None:
            more, place = piece(actor, wanted, place, self.text)
            found += more
        return [_content(one.text) for one in found]

    def labels(self, actor: Actor, kinds: Sequence[str]) -> Sequence[Content]:
        """`meta` in which every label of these types stands that this reader may know of."""
        try:
            found = shelf.labelled(actor, kinds)
        except shelf.TooCostly as problem:
            raise TooCostly(_("Det tar för lång tid. Fråga efter en typ i taget.")) from problem
        return [object_of(_content(one.text.encode()).get("meta")) for one in found]

    def write(
        self, actor: Actor, kind: str, key: str, text: bytes, version: str, base: str
    ) -> bytes:
        """Write one that is kept, as a client writes it."""
        return update(actor, kind, key, text, Wish(version=version, base=base)).shown.text


def _content(text: bytes) -> dict[str, Any]:
    found = decode(text)
    assert isinstance(found, dict), "what we send is a resource"
    return found


ROOMS = _Rooms()


def operate(actor: Actor, call: Call) -> Answer:
    """An operation, or what lies below `$export-job` and `$import-job` (then `key` is "id" or "id/file")."""
    from samverka.config.invoked import (  # they ask the exchange in turn
        calling,
        exporting,
        importing,
    )

    if call.name == exporting.JOBS:
        return _job(actor, call, exporting.job)
    if call.name == importing.JOBS:
        return _job(actor, call, importing.job)
    return calling.call(actor, ROOMS, call).sent()


Job = Callable[[Actor, str, str, str, str], Invoked]


def _job(actor: Actor, call: Call, job: Job) -> Answer:
    one, _slash, name = call.key.partition("/")
    allowed = ("GET", "HEAD") if name else ("GET", "HEAD", "DELETE")
    if call.method not in allowed:
        raise ReadOnly(_("Ett uttag eller en import kan bara följas eller tas bort."), allowed)
    return job(actor, one, name, call.method, call.base).sent()


# ── what the server says of itself ──


def state(call: Call) -> Answer:
    """The CapabilityStatement; `mode=terminology` what can be asked of codes. The same for everyone."""
    given = dict(call.given)
    text = _stated(call.base, given.get("mode", ""), given.get("_summary") == "true")
    service = f'<{call.base}/openapi.json>; rel="service-desc"; type="application/json"'
    return Answer(text, headers={"Link": service})  # RFC 8631


def described(call: Call) -> Answer:
    """OpenAPI 3.1 of the same. The same for everyone."""
    return Answer(_described(call.base), content_type="application/json")


@cache
def _described(base: str) -> bytes:
    from samverka.config.stated import openapi

    return text_of(openapi(base))


@cache
def _stated(base: str, mode: str, summary: bool) -> bytes:
    from samverka.config.stated import capability, terminology_capability  # made of the operations

    if mode == "terminology":
        return text_of(terminology_capability(base))
    return text_of(capability(base, summary=summary))
