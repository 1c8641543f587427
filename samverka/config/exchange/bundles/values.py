"""What the parts of a batch or transaction say to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from samverka.config.exchange.bundles.places import at_entry
from samverka.kernel.actor import Actor
from samverka.kernel.narrowing import EVERY
from samverka.kernel.problems import Problem
from samverka.resources.rules.bundles import Asked, Entry
from samverka.web.asked import asking, question
from samverka.web.exchange import Call, Shown, Written


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, and what holds for every entry.

    An app's or a system's scopes are held against each entry as against the same request by itself.

    Attributes:
        lenient: `Prefer: handling=lenient`.
        shows: `minimal`, `representation` or `OperationOutcome` (`Prefer: return=…`).
    """

    actor: Actor
    call: Call
    lenient: bool = False
    shows: str = "minimal"

    @staticmethod
    def of(actor: Actor, call: Call) -> Asking:
        """As the request says."""
        wished = call.headers.get("prefer", "").replace(" ", "").replace(";", ",").split(",")
        shows = next((one[7:] for one in wished if one.startswith("return=")), "minimal")
        return Asking(actor, call, call.wish.lenient, shows)

    def actor_for(self, asked: Asked) -> Actor:
        """The actor for one entry.

        Raises:
            NotAllowed: the client has not been let do that.
        """
        conditional = asked.writes and bool(asked.query or asked.header("If-None-Exist"))
        found = question(asked.method.value, asked.path, conditional=conditional)
        return asking(self.actor, found)

    def actor_who_searches(self, kind: str) -> Actor:
        """The actor for a condition.

        Raises:
            NotAllowed: the client has not been let search the type.
        """
        return asking(self.actor, question("GET", kind))

    def actor_who_makes(self, entries: Sequence[Entry]) -> Actor:
        """The actor for many that are made together, each of whom the client has been let make."""
        for one in entries:
            try:
                self.actor_for(one.asked)
            except Problem as problem:
                raise at_entry(problem, one) from problem
        narrowing = self.actor.narrowing
        if narrowing is None:
            return self.actor
        made = replace(narrowing, kind=EVERY, letters=frozenset("c"))
        return replace(self.actor, narrowing=made)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one entry.

    Attributes:
        location: "Patient/1/_history/2"; "" for none.
        resource: what is shown of it, as JSON; b"" for nothing.
        outcome: an OperationOutcome, as JSON; b"" for none.
    """

    status: int
    location: str = ""
    version: str = ""
    changed_at: datetime | None = None
    resource: bytes = b""
    outcome: bytes = b""

    @staticmethod
    def written(one: Written, asking: Asking) -> Done:
        """Something was made or changed, or stood there already."""
        return Done.at(one.shown, 201 if one.made else 200, asking)

    @staticmethod
    def at(shown: Shown, status: int, asking: Asking) -> Done:
        """A resource as it stands."""
        return Done(
            status,
            f"{shown.kind}/{shown.id}/_history/{shown.version}",
            shown.version,
            shown.changed_at,
            shown.text if asking.shows == "representation" else b"",
        )
