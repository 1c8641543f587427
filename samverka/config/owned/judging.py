"""What a room shows, held against the conditions of a client's scopes.

The gate asks of a row whose it is; what it says in R4 only the room knows. So a room that is asked for a resource gets its rows by
type and person, and what it then shows must fit (`Narrowing.showing`). Whoever does not ask this way gets no row at all.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.config.owned.values import Owned, Standing
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotAllowed, NotFound
from samverka.resources.rules.receiving import Content, objects
from samverka.resources.rules.searching.own import meets_all


def shower(actor: Actor, kind: str) -> Actor:
    """The actor for a room that shows a resource of the type: what comes out is held against the conditions here."""
    narrowing = actor.narrowing
    return actor if narrowing is None else replace(actor, narrowing=narrowing.showing(kind))


def may_have(actor: Actor, content: Content, *, reading: bool = True) -> bool:
    """Whether the client's scopes let it have the resource as the room shows it."""
    narrowing = actor.narrowing
    if narrowing is None or not narrowing.has_conditions:
        return True
    kind = str(content.get("resourceType", ""))
    ways = narrowing.showing(kind).lets(kind, person_in(content), reading=reading)
    return ways is not None and any(not where or meets_all(content, where) for where in ways)


def read(actor: Actor, owned: Owned, key: UUID) -> Standing:
    """A resource as the room shows it to this reader.

    Raises:
        NotFound: there is none, or the reader may not know of it.
    """
    found = owned.read(shower(actor, owned.kind), key)
    if not may_have(actor, found.content):
        raise NotFound(REFUSAL_WORDS[Refusal.UNKNOWN])
    return found


def require_may_write(actor: Actor, content: Content) -> None:
    """Whether the client may leave it so.

    Raises:
        NotAllowed: it would be a resource that the client has not been let write.
    """
    if not may_have(actor, content, reading=False):
        raise NotAllowed(REFUSAL_WORDS[Refusal.APP])


def person_in(content: Content) -> UUID | None:
    """Whose it is, as it says itself."""
    if content.get("resourceType") == "Patient":
        return _id(str(content.get("id", "")))
    for name in ("subject", "for", "patient"):
        for one in objects(content.get(name) or []):
            if found := _id(str(one.get("reference", "")).removeprefix("Patient/")):
                return found
    return None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
