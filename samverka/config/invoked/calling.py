"""An operation is called: found by its address, given its parameters, done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samverka.config.invoked.table import OPERATIONS, named
from samverka.config.invoked.values import Answer, Called, House, checked, from_address, from_body
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _
from samverka.resources.rules.lines import Faulty
from samverka.resources.rules.objects import read_object
from samverka.web.exchange import Issue, ReadOnly, Unreadable


@dataclass(frozen=True, slots=True)
class Call:
    """What came over HTTP.

    Attributes:
        code: the name without its dollar sign.
        method: GET, POST or DELETE.
        pairs: the parameters of the address, in order.
        body: what was sent; b"" for nothing.
        base: the address of the server, "https://…/fhir/R4".
        url: the whole address as it was asked.
    """

    code: str
    kind: str = ""
    key: str = ""
    method: str = "GET"
    pairs: Sequence[tuple[str, str]] = ()
    body: bytes = b""
    base: str = ""
    url: str = ""
    asynchronous: bool = False


def call(actor: Actor, house: House, one: Call) -> Answer:
    """Do what was called.

    Raises:
        NotFound: no operation by that name can be called there.
        ReadOnly: not by that method.
        Unreadable: the body is no JSON of FHIR.
        Invalid: a parameter that it does not take, or one that is missing.
    """
    operation = named(one.code, one.kind, one.key)
    if operation is None:
        raise NotFound(_not_here(one))
    allowed = ["GET", "POST"] if operation.get else ["POST"]
    if one.method not in allowed:
        raise ReadOnly(_("Operationen anropas inte så."), allowed)
    given = from_address(one.pairs)
    if one.method == "POST":
        given = from_body(_body(one.body), operation, given)
    return operation.run(
        Called(
            actor=actor, house=house, kind=one.kind, key=one.key,
            given=checked(operation, given), base=one.base,
            read=one.method == "GET", url=one.url, asynchronous=one.asynchronous,
        )
    )  # fmt: skip


def _not_here(one: Call) -> str:
    if not any(known.code == one.code for known in OPERATIONS):
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
