"""What a client has been let do: a limit on an actor, never a right.

A client (an app, a record system) acts under a token. The actor behind it may do what it may do; the token's scopes
say how much of that the client may. `access/gate/narrowed.py` applies it to every row that passes the gate.

The letters are those of SMART App Launch 2: c create, r read, u update, d delete, s search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from samverka.kernel.problems import NotAllowed
from samverka.kernel.text import text as _

EVERY = "*"
"""All types."""

NOBODY = "-"
"""What is asked for is about no one."""

READS = frozenset("rs")
WRITES = frozenset("cud")

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Allowed:
    """One thing that a client has been let do.

    Attributes:
        kind: a type of FHIR, or `EVERY`.
        letters: of c, r, u, d, s.
        person_id: only about this person; None where the actor's own rights are the limit.
        where: search parameters that a resource must fit, ("category", "laboratory").
    """

    kind: str
    letters: frozenset[str]
    person_id: UUID | None = None
    where: Pairs = ()

    def covers(self, kind: str) -> bool:
        """Whether it speaks of the type."""
        return self.kind in (EVERY, kind)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """All that a client has been let do, and what it asks for now.

    Attributes:
        scopes: as they were granted, with spaces.
        person_id: the person that the app was opened for.
        common: types that are about nobody (units, staff): read whoever the app was opened for.
        kind: the type that is asked for now; `EVERY` for all, "" before it is known: then nothing passes.
        letters: what is to be done with it.
        judged: whoever shows what a room tells holds it against the conditions of the scopes (`showing`).
    """

    client_id: UUID
    client_name: str
    scopes: str
    allowed: tuple[Allowed, ...]
    person_id: UUID | None = None
    common: frozenset[str] = frozenset()
    kind: str = ""
    letters: frozenset[str] = frozenset()
    judged: bool = False

    @property
    def has_conditions(self) -> bool:
        """Whether anything that it has been let have must also fit search parameters."""
        return any(one.where for one in self.allowed)

    def showing(self, kind: str) -> Narrowing:
        """The same, for a room that shows one resource of the type, asked for or coming along.

        A room's rows cannot be held against search parameters: whoever asks the room holds what it shows against them (`lets`).
        """
        if self.kind in ("", NOBODY):
            return self
        asked = self.kind in (kind, EVERY)
        return replace(self, kind=kind, letters=self.letters if asked else READS, judged=True)

    def asking(self, kind: str, letters: str) -> Narrowing:
        """The same, for one question: each of the letters with the type.

        Raises:
            NotAllowed: the client has not been let do that with the type.
        """
        for letter in letters:
            if not any(letter in one.letters for one in self._of(kind)):
                raise NotAllowed(_not_let(kind))
        return replace(self, kind=kind, letters=frozenset(letters), judged=False)

    def asking_all(self, letters: str) -> Narrowing:
        """The same, for an answer made of whatever there is: only who has been let have every type.

        Raises:
            NotAllowed: the client has been let have some types only.
        """
        whole = [one for one in self.allowed if one.kind == EVERY]
        for letter in letters:
            if not any(letter in one.letters for one in whole):
                raise NotAllowed(_not_let(EVERY))
        return replace(self, kind=EVERY, letters=frozenset(letters), judged=False)

    def asking_of_nobody(self) -> Narrowing:
        """The same, for a question about no one (is this right R4? which codes are there?)."""
        return replace(self, kind=NOBODY, letters=READS, judged=False)

    def _of(self, kind: str) -> Iterator[Allowed]:
        return (one for one in self.allowed if kind == EVERY or one.covers(kind))

    def ways(self, kind: str, *, reading: bool) -> list[Allowed]:
        """Those that let the client have a row of the type as it is asked for now.

        Of what is asked for, the letters that are asked; of what comes with it, what may be read or searched.
        """
        letters = (
            self._letters(reading=reading) if kind == self.kind or self.kind == EVERY else READS
        )
        return [one for one in self.allowed if one.covers(kind) and one.letters & letters]

    def _letters(self, *, reading: bool) -> frozenset[str]:
        """A change may have to read what it changes: then the letter of the change counts."""
        return self.letters & (READS if reading else WRITES) or self.letters

    def persons(self, *, reading: bool) -> frozenset[UUID] | None:
        """Whom a room's rows may be about now; None: no limit beside the actor's own."""
        if not self.kind:
            return frozenset()
        # What a resource must fit cannot be asked of a room's rows: unless what is shown of them will be, none passes.
        ways = self.ways(self.kind, reading=reading)
        ways = [one for one in ways if self.judged or not one.where]
        if self.kind == EVERY:  # a room's row says no type: only who has been let have all
            ways = [one for one in ways if one.kind == EVERY]
        found = {one.person_id for one in ways}
        return None if None in found else frozenset(one for one in found if one)

    def lets(self, kind: str, person_id: UUID | None, *, reading: bool) -> list[Pairs] | None:
        """What a row of the type about the person must fit, one of them; None: nothing lets the client have it.

        A way without conditions is told as one empty list of them.
        """
        fits = [
            one.where
            for one in self.ways(kind, reading=reading)
            if one.person_id in (None, person_id) or (person_id is None and kind in self.common)
        ]
        return fits or None

    def plain(self) -> dict[str, Any]:
        """As JSON can keep it: for work that goes on after the request (an export, a subscription)."""
        return {
            "client_id": str(self.client_id),
            "client_name": self.client_name,
            "scopes": self.scopes,
            "allowed": [
                [one.kind, "".join(sorted(one.letters)), _text(one.person_id), list(one.where)]
                for one in self.allowed
            ],
            "person_id": _text(self.person_id),
            "common": sorted(self.common),
        }

    @classmethod
    def of_plain(cls, kept: dict[str, Any]) -> Narrowing:
        """What `plain` kept."""
        return cls(
            client_id=UUID(kept["client_id"]),
            client_name=kept["client_name"],
            scopes=kept["scopes"],
            allowed=tuple(_allowed(*one) for one in kept["allowed"]),
            person_id=_uuid(kept["person_id"]),
            common=frozenset(kept["common"]),
        )


def _not_let(kind: str) -> str:
    if kind == EVERY:
        return _("Appen har inte fått göra det med alla typer.")
    return _("Appen har inte fått göra det med %(kind)s.", kind=kind)


def _allowed(kind: str, letters: str, person: str, where: Iterable[Iterable[str]]) -> Allowed:
    pairs = tuple((name, value) for name, value in where)
    return Allowed(kind, frozenset(letters), _uuid(person), pairs)


def _text(one: UUID | None) -> str:
    return str(one) if one else ""


def _uuid(text: str) -> UUID | None:
    return UUID(text) if text else None
