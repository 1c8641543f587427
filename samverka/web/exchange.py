"""What the HTTP side of FHIR and those above it say to each other: plain values, and refusals with a place.

The rooms that own the types stand above `web`, so it asks by a name in the settings (ADR 0008).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import TypeAlias

from samverka.kernel.actor import Actor
from samverka.kernel.problems import Problem

NDJSON = ("application/fhir+ndjson", "application/ndjson", "application/x-ndjson")
"""What a client may call resources in lines."""


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
    """One thing to mend: FHIRPath, and what is wrong there in words.

    Attributes:
        sort: code of R4's IssueType; "" for that of the refusal that it stands in.
    """

    path: str
    words: str
    mend: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of something that was written.

    Attributes:
        made: it was not there before: 201.
        changed: there is a new version.
        notes: what the client should know though it was taken.
    """

    shown: Shown
    made: bool
    changed: bool = True
    notes: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """Under which conditions something is written, and how strictly it is looked at.

    Attributes:
        version: it must be this one that stands (If-Match); "" where the client has not said.
        unless: a search that must find nothing (If-None-Exist); None where the client has not said.
        new: there must be nothing at the address yet (`If-None-Match: *`).
        base: our own address, "https://…/fhir/R4": what is named by it is ours; "" where it is not known.
        lenient: what does not fit together is kept with a note, where it can be (`Prefer: handling=lenient`).
    """

    version: str = ""
    unless: str | None = None
    lenient: bool = False
    new: bool = False
    base: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a search found.

    Attributes:
        used: the parameters that were understood, in order, for the link to itself.
        more: what came last, if there is more; "" at the end.
        included: what came along with it (`_include`).
        total: how many there are, where that was asked for and may be told.
        notes: what was passed over (`handling=lenient`).
    """

    shown: tuple[Shown, ...]
    used: tuple[tuple[str, str], ...]
    more: str = ""
    included: tuple[Shown, ...] = ()
    total: int | None = None
    notes: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of the history is asked for.

    Attributes:
        kind: "" for all types.
        key: "" for all of the type.
        since: changed then or later.
        at: versions that stood at some time from the first until (not with) the second.
        after: what came last on the page before; "" on the first.
    """

    kind: str = ""
    key: str = ""
    since: datetime | None = None
    at: tuple[datetime, datetime] | None = None
    count: int = 50
    after: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """One version in a history. `shown` has no text where it says that the resource was taken away."""

    shown: Shown
    method: str
    status: int


@dataclass(frozen=True, slots=True)
class Pasts:
    """A page of history, the newest first. `more`: what came last, if there is more."""

    entries: tuple[Past, ...]
    more: str = ""
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A request as plain values, for what is done in rooms of its own: operations, patches, Bundles, searches.

    Attributes:
        kind: the type in the address; "" for the base.
        key: the id in the address; "" for the type.
        name: the operation, with its dollar sign: "$everything"; "" for none.
        within: compartment of a search, (type, id): `Patient/x/CarePlan`.
        given: parameters of the address (and of a form), in order.
        headers: by lower-case name.
        base: the server's own address without final slash: "https://…/fhir/R4".
    """

    method: str
    kind: str = ""
    key: str = ""
    name: str = ""
    within: tuple[str, str] | None = None
    given: tuple[tuple[str, str], ...] = ()
    text: bytes = b""
    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    base: str = ""
    wish: Wish = field(default_factory=Wish)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back as it is. `headers` beside Content-Type."""

    text: bytes = b""
    status: int = 200
    content_type: str = "application/fhir+json"
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


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
        methods: what can be done with a type.
        read: one resource, through the gate: actor, type, id, whether the client has it already.
        vread: one version of it: actor, type, id, version, whether the client has it already.
        history: versions, the newest first.
        create: a new one: by the operation of the room that owns the sort, or kept on the shelf.
        update: what is new in it: by the operation of the room that owns it, or kept; with an id that is not there it
            is made. Actor, type, id, text, conditions.
        update_where: the same for the one that a search finds; none: it is made.
        delete: take away what is kept: actor, type, id, conditions.
        delete_where: take away the one that a search finds: actor, type, search; how many were taken away.
        search: a page of a type.
        feeds: whether record systems tell of the type, as in an import; by PUT, unless that id is our own:
            actor, type, id ("" for a new one).
        feed: take in what a record system sent, a resource or a Bundle: actor, text.
        capability: what can be done with which type, as a CapabilityStatement; the same for everyone.
        described: the same as OpenAPI.
        operate: an operation (`$everything`), at the base, of a type or of a resource.
        patch: change a resource by a patch; with a search instead of an id the one that it finds.
        bundle: a batch or transaction.
    """

    knows: Callable[[str], bool]
    methods: Callable[[str], frozenset[str]]
    read: Callable[[Actor, str, str, Known], Shown]
    vread: Callable[[Actor, str, str, str, Known], Shown]
    history: Callable[[Actor, Span], Pasts]
    create: Callable[[Actor, str, bytes, Wish], Written]
    update: Callable[[Actor, str, str, bytes, Wish], Written]
    update_where: Callable[[Actor, str, str, bytes, Wish], Written]
    delete: Callable[[Actor, str, str, Wish], None]
    delete_where: Callable[[Actor, str, str], int]
    search: Callable[[Actor, Call], Page]
    feeds: Callable[[Actor, str, str], bool]
    feed: Callable[[Actor, bytes, str], Fed]
    capability: Callable[[Call], Answer]
    described: Callable[[Call], Answer]
    operate: Callable[[Actor, Call], Answer] | None = None
    patch: Callable[[Actor, Call], Written] | None = None
    bundle: Callable[[Actor, Call], Answer] | None = None


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


class Misfit(Unreadable):
    """Right R4 in its parts, but they do not fit together: a rule of business, not of syntax."""

    status = 422
    code = "invariant"


class Several(Problem):
    """The search that should find one thing to write finds several."""

    status = 412
    code = "multiple-matches"


class TooCostly(Problem):
    """It would take longer, or hold more, than one request may."""

    status = 422
    code = "too-costly"

    def __init__(self, message: str, issues: Sequence[Issue] = ()) -> None:
        super().__init__(message)
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


class Unacceptable(Problem):
    """The client takes no form that there is."""

    status = 406
    code = "not-supported"


class TooLarge(Problem):
    """What was sent is larger than what is taken."""

    status = 413
    code = "too-long"


class WrongForm(Problem):
    """What was sent does not call itself JSON of FHIR."""

    status = 415
    code = "not-supported"
