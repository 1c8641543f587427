"""What is kept on the shelf, in the words of the exchange."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import NAMESPACE_URL, UUID, uuid5

from samverka.access.roles import system_actor
from samverka.config.exchange.owned import OVERTAKEN
from samverka.config.exchange.reading import as_shown
from samverka.config.registry import persons_by_number
from samverka.kernel.actor import Actor
from samverka.resources import reads as shelf
from samverka.resources.operations.keeping import Overtaken, keep_resource, remove_resource
from samverka.resources.rules.difference import differences
from samverka.resources.rules.facts import Facts
from samverka.resources.rules.lines import Fault, Faulty, Sort
from samverka.resources.rules.objects import read_object
from samverka.resources.rules.receiving import Content, Number
from samverka.resources.rules.splicing import named
from samverka.web.exchange import Issue, Misfit, Shown, Stale, Unreadable, Wish, Written

SEEKER = uuid5(NAMESPACE_URL, "urn:samverka:exchange")
"""The house, when it looks up whose an identity number is: the answer goes to the gate, never to the client."""


def _by_number(actor: Actor, numbers: Sequence[Number]) -> Mapping[Number, UUID]:
    house = system_actor(actor_id=SEEKER, name="samverka", at=actor.at, request_id=actor.request_id)
    return persons_by_number(house, numbers)


def keep(
    actor: Actor,
    text: bytes,
    key: str,
    wish: Wish,
    looked: tuple[Facts, Content] | None = None,
) -> Written:
    """Keep what was sent, word for word.

    Args:
        looked: what is in the text, where it has just been looked through.

    Raises:
        Stale: it is not that version any more. Both are in it.
    """
    try:
        one = keep_resource(
            actor,
            text=text,
            numbers=_by_number,
            key=key,
            version=wish.version,
            lenient=wish.lenient,
            new=wish.new,
            base=wish.base,
            looked=looked,
        )
    except Overtaken as problem:
        raise _stale(actor, text, key) from problem
    shown = Shown(one.kind, one.id, one.text, str(one.number), one.at)
    notes = tuple(issue(fault) for fault in one.notes)
    return Written(shown, made=one.made, changed=one.changed, notes=notes)


def remove(actor: Actor, kind: str, key: str, wish: Wish) -> None:
    """Take it away.

    Raises:
        Stale: it is not that version any more.
    """
    try:
        remove_resource(actor, kind=kind, local_id=key, version=wish.version)
    except Overtaken as problem:
        raise Stale(OVERTAKEN, _now(actor, kind, key), b"", ()) from problem


def _stale(actor: Actor, text: bytes, key: str) -> Stale:
    sent = read_object(text)
    now = _now(actor, str(sent["resourceType"]), key)
    return Stale(OVERTAKEN, now, text, differences(read_object(now.text), sent)[:_MOST])


_MOST = 20


def _now(actor: Actor, kind: str, key: str) -> Shown:
    place = shelf.place_of(actor, kind=kind, local_id=key)
    assert place is not None
    return as_shown(shelf.stored(actor, resource_id=place.id))


def with_id(text: bytes, local_id: str) -> bytes:
    """The text with that id in it, so that it can be written there."""
    return named(text, local_id)


# ── faults ──


def issue(fault: Fault) -> Issue:
    """A fault in the words of the exchange."""
    return Issue(fault.path, fault.message, fault.mend or "", fault.sort.value)


def refused(faulty: Faulty) -> Unreadable:
    """400 for what is no R4; 422 for what is, but does not fit together."""
    issues = [issue(one) for one in faulty.faults]
    only_misfits = all(one.sort == Sort.INVARIANT for one in faulty.faults)
    return (Misfit if only_misfits else Unreadable)(issues[0].words, issues)
