"""What the HTTP side of FHIR and those above it say to each other: plain values, and refusals with a place.

The rooms that own the types stand above `web`, so it asks by a name in the settings (ADR 0008).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from samverka.kernel.actor import Actor
from samverka.kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class Shown:
    """One resource as it is to be sent.

    Attributes:
        text: JSON, to the letter as it lies on the shelf where it lies there.
        version: what the entity tag says, `W/"7"`.
    """

    kind: str
    id: str
    text: bytes
    version: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to mend: FHIRPath, and what is wrong there in words."""

    path: str
    words: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a search found.

    Attributes:
        used: the parameters that were understood, in order, for the link to itself.
        more: what came last, if there is more; "" at the end.
    """

    shown: tuple[Shown, ...]
    used: tuple[tuple[str, str], ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class FedEntry:
    """What became of one resource that a record system sent.

    Attributes:
        number: its place in the Bundle, from 1.
        status: 200 taken in, 202 kept and not needed by anyone, 422 kept with its fault, 400 no R4.
        led_to: the resource of ours that it opened or changed, "Encounter/id"; "" for none.
    """

    number: str
    kind: str
    status: int
    issue: Issue | None = None
    led_to: str = ""


@dataclass(frozen=True, slots=True)
class Fed:
    """What became of all that was sent. `whole`: a transaction, all or nothing."""

    entries: tuple[FedEntry, ...]
    whole: bool


Known: TypeAlias = Callable[[Shown], bool]
"""Whether the client has named the very version, so that nothing new is shown to it."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Those who read and write the types: `SAMVERKA_FHIR_FOR` names one.

    Attributes:
        knows: whether it is a type of R4.
        methods: what can be done with a type besides reading: PUT, POST.
        read: one resource, through the gate: actor, type, id, whether the client has it already.
        update: what is new in it, by the operation of the room that owns it: actor, type, id, text,
            the version that it began from.
        create: a new one, by the operation of the room that owns the type: actor, type, text.
        search: a page of a type that can be searched: actor, type, parameters.
        feeds: whether record systems tell of the type, as in an import; by PUT, unless that id is our own:
            actor, type, id ("" for a new one).
        feed: take in what a record system sent, a resource or a Bundle: actor, text.
        capability: what can be done with which type, as a CapabilityStatement.
    """

    knows: Callable[[str], bool]
    methods: Callable[[str], frozenset[str]]
    read: Callable[[Actor, str, str, Known], Shown]
    update: Callable[[Actor, str, str, bytes, str], Shown]
    create: Callable[[Actor, str, bytes], Shown]
    search: Callable[[Actor, str, Sequence[tuple[str, str]]], Page]
    feeds: Callable[[Actor, str, str], bool]
    feed: Callable[[Actor, bytes, str], Fed]
    capability: Callable[[Actor], dict[str, Any]]


class Unreadable(Problem):
    """The text is no resource of the type: not JSON, or not what R4 allows."""

    status = 400
    code = "structure"

    def __init__(self, message: str, issues: Sequence[Issue] = ()) -> None:
        super().__init__(message, where=issues[0].path if issues else "")
        self.issues = tuple(issues)


class NotTaken(Problem):
    """What was sent says something that the operation cannot keep. Nothing has been changed."""

    status = 422
    code = "not-supported"

    def __init__(self, message: str, issues: Sequence[Issue]) -> None:
        super().__init__(message, where=issues[0].path if issues else "")
        self.issues = tuple(issues)


class KeptAside(Problem):
    """What a record system sent is kept, word for word, but could not be taken in as it is."""

    status = 422
    code = "processing"

    def __init__(self, message: str, issues: Sequence[Issue]) -> None:
        super().__init__(message, where=issues[0].path if issues else "")
        self.issues = tuple(issues)


class Gone(Problem):
    """It has been, and the room has it no more."""

    status = 410
    code = "deleted"


class Stale(Problem):
    """Somebody else was first. Carries what stands now and what was sent."""

    status = 412
    code = "conflict"

    def __init__(self, message: str, now: Shown, sent: bytes, paths: Sequence[str]) -> None:
        super().__init__(message)
        self.now, self.sent, self.paths = now, sent, tuple(paths)


class NoVersion(Problem):
    """A change of what several share must say which version it begins from (RFC 6585)."""

    status = 428
    code = "required"


class ReadOnly(Problem):
    """Of this type nothing is written in that way."""

    status = 405
    code = "not-supported"

    def __init__(self, message: str, allowed: Sequence[str]) -> None:
        super().__init__(message)
        self.allowed = tuple(allowed)


class WrongForm(Problem):
    """What was sent does not call itself JSON of FHIR."""

    status = 415
    code = "not-supported"
