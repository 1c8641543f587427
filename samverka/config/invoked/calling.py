"""An operation is called: found by its address, given its parameters, done."""

from __future__ import annotations

from urllib.parse import urlencode

from samverka.config.invoked.table import OPERATIONS, named
from samverka.config.invoked.values import Answer, Called, House, checked, from_address, from_body
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _
from samverka.resources.rules.lines import Faulty
from samverka.resources.rules.objects import read_object
from samverka.web.exchange import NDJSON, Call, Issue, ReadOnly, Unreadable, WrongForm


def call(actor: Actor, house: House, one: Call) -> Answer:
    """Do what was called.

    Raises:
        NotFound: no operation by that name can be called there.
        ReadOnly: not by that method.
        Unreadable: the body is no JSON of FHIR.
        Invalid: a parameter that it does not take, or one that is missing.
    """
    operation = named(one.name.removeprefix("$"), one.kind, one.key)
    if operation is None:
        raise NotFound(_not_here(one))
    allowed = ["GET", "HEAD", "POST"] if operation.get else ["POST"]
    if one.method not in allowed:
        raise ReadOnly(_("Operationen anropas inte så."), allowed)
    given = from_address(one.given)
    lines = one.content_type in NDJSON
    if lines and not operation.ndjson:
        raise WrongForm(_("Innehållet ska vara JSON enligt FHIR R4."))
    if one.method == "POST" and not lines:
        given = from_body(_body(one.text), operation, given)
    return operation.run(
        Called(
            actor=actor,
            house=house,
            kind=one.kind,
            key=one.key,
            given=checked(operation, given),
            base=one.base,
            url=_address(one),
            asynchronous="respond-async" in one.headers.get("prefer", "").lower(),
            text=one.text,
            lines=lines,
        )
    )


def _address(one: Call) -> str:
    """As it was asked."""
    place = "/".join(filter(None, [one.base, one.kind, one.key, one.name]))
    return f"{place}?{urlencode(one.given)}" if one.given else place


def _not_here(one: Call) -> str:
    if not any(f"${known.code}" == one.name for known in OPERATIONS):
        return _("Operationen finns inte.")
    return _("Operationen finns inte på den adressen.")


def _body(text: bytes) -> dict[str, object] | None:
    if not text:
        return None
    try:
        return read_object(text)
    except Faulty as faulty:
        issues = [Issue(one.path, one.message, one.mend or "") for one in faulty.faults]
        raise Unreadable(issues[0].words, issues) from faulty
