"""What is said of an operation (`$everything`): its name, where it can be called, its parameters, and who does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.resources.operations.publishing import text_of
from samverka.resources.rules.receiving import Content, object_of, objects
from samverka.web.exchange import Answer as Sent

OUR = "https://samverka.example/fhir/"
"""Before the names of what we define ourselves."""


class Level(StrEnum):
    """Where an operation is called, as OperationDefinition names it."""

    SYSTEM = "system"
    TYPE = "type"
    INSTANCE = "instance"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation, in or out.

    Attributes:
        most: 0 for any number.
        type: a datatype, or "Resource" for any resource.
    """

    name: str
    type: str
    words: str
    least: int = 0
    most: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation answers.

    Attributes:
        content: a resource; None for no body.
        text: bytes that are sent as they are, in place of a resource.
        media: what `text` is; "" for FHIR's JSON.
    """

    content: Content | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    text: bytes = b""
    media: str = ""

    def body(self) -> bytes:
        """What is sent."""
        return text_of(self.content) if self.content is not None else self.text

    def sent(self) -> Sent:
        """In the words of the HTTP side."""
        media = {"content_type": self.media} if self.media else {}
        return Sent(self.body(), self.status, headers=self.headers, **media)


@dataclass(frozen=True, slots=True)
class Given:
    """A parameter as it came: of a GET a text, of a POST a value of its type or a resource."""

    name: str
    value: Any = None
    resource: Content | None = None


class House(Protocol):
    """Where an operation gets resources from: the same gated reads as every other exit."""

    def read(self, actor: Actor, kind: str, key: str) -> Content:
        """One resource as this reader sees it.

        Raises:
            NotFound: there is none, or the reader may not know of it.
        """

    def find(self, actor: Actor, kind: str, pairs: Sequence[tuple[str, str]]) -> Sequence[Content]:
        """What a search finds, the first page of it."""

    def about(self, actor: Actor, person_id: UUID, kinds: Sequence[str]) -> Sequence[Content]:
        """All of some types that this reader sees about a person.

        Raises:
            NotFound: the reader may not know of the person.
        """

    def text(self, actor: Actor, kind: str, key: str) -> bytes:
        """One resource as it is sent to this reader.

        Raises:
            NotFound: there is none, or the reader may not know of it.
        """

    def labels(self, actor: Actor, kinds: Sequence[str]) -> Sequence[Content]:
        """`meta` of resources that this reader may have: every label of these types stands in one of them.

        Raises:
            Problem: it would take too long.
        """

    def write(
        self, actor: Actor, kind: str, key: str, text: bytes, version: str, base: str
    ) -> bytes:
        """Write one that is kept, as a client writes it; what it became. `base`: our own address.

        Raises:
            Problem: as a PUT is refused.
        """


@dataclass(frozen=True, slots=True)
class Called:
    """One call of an operation.

    Attributes:
        house: where resources come from.
        kind: the type in the address, "" for the system.
        key: the id in the address, "" for the type.
        given: the parameters, in order.
        base: the address of the server, "https://…/fhir/R4".
        url: the whole address as it was asked.
        asynchronous: the client asked for it (`Prefer: respond-async`).
        text: what was sent, word for word.
        lines: it is NDJSON.
    """

    actor: Actor
    house: House
    kind: str
    key: str
    given: tuple[Given, ...]
    base: str = ""
    url: str = ""
    asynchronous: bool = False
    text: bytes = b""
    lines: bool = False

    def all(self, name: str) -> list[Any]:
        """Every value of a parameter."""
        return [one.value for one in self.given if one.name == name and one.value is not None]

    def said(self, name: str) -> str:
        """The first value of a parameter as text; "" if it was not given."""
        found = next(iter(self.all(name)), "")
        return found if isinstance(found, str) else str(found)

    def number(self, name: str) -> int | None:
        """A whole number from 0; None if it was not given.

        Raises:
            Invalid: it is no such number.
        """
        text = self.said(name)
        if not text:
            return None
        if not (text.isascii() and text.isdecimal()) or len(text) > _DIGITS:
            raise Invalid(_("Ange ett heltal från 0."), where=name)
        return int(text)

    def flag(self, name: str, default: bool = False) -> bool:
        """True or false.

        Raises:
            Invalid: it is neither.
        """
        found = next(iter(self.all(name)), default)
        if found in (True, "true"):
            return True
        if found in (False, "false"):
            return False
        raise Invalid(_("Ange true eller false."), where=name)

    def resource(self, name: str) -> Content | None:
        """A parameter that is a resource."""
        return next((one.resource for one in self.given if one.name == name and one.resource), None)


_DIGITS = 9

Run: TypeAlias = Callable[[Called], Answer]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation.

    Attributes:
        definition: its canonical address: the standard's, or ours.
        levels: where it can be called.
        types: on which types; () for every type.
        get: whether it may be asked by GET: it changes nothing and its parameters are simple.
        body: the parameter that a body is, which is no Parameters resource; "" for none.
        changes: it changes something that stays.
        ndjson: its body may be NDJSON, taken as it is.
    """

    code: str
    definition: str
    words: str
    levels: tuple[Level, ...]
    run: Run
    types: tuple[str, ...] = ()
    get: bool = True
    takes: tuple[Parameter, ...] = ()
    gives: tuple[Parameter, ...] = ()
    body: str = ""
    changes: bool = False
    ndjson: bool = False

    def at(self, kind: str, key: str) -> Level | None:
        """The level of an address, if the operation can be called there."""
        level = Level.INSTANCE if key else Level.TYPE if kind else Level.SYSTEM
        fits = level in self.levels and (not kind or not self.types or kind in self.types)
        return level if fits else None


# ── what came ──

CONTROL = ("_format", "_pretty")
"""Say how an answer is written, not what it is about."""


def from_address(pairs: Sequence[tuple[str, str]]) -> list[Given]:
    """The parameters of an address, without those that only say how the answer is written."""
    return [Given(name, value) for name, value in pairs if name not in CONTROL]


def from_body(
    body: Content | None, operation: Operation, beside: Sequence[Given] = ()
) -> list[Given]:
    """The parameters of a body: of a Parameters resource, or the one resource that it takes.

    Args:
        beside: those of the address.

    Raises:
        Invalid: it is another resource than the operation takes.
    """
    if body is None:
        return list(beside)
    if body.get("resourceType") == "Parameters":
        return [*beside, *(_given(one) for one in objects(body.get("parameter") or []))]
    if not operation.body:
        raise Invalid(_("Skicka parametrarna som resursen Parameters."), where="resourceType")
    return [*beside, Given(operation.body, resource=body)]


def _given(one: Content) -> Given:
    name = str(one.get("name", ""))
    if isinstance(one.get("resource"), Mapping):
        return Given(name, resource=object_of(one["resource"]))
    if "part" in one:
        return Given(name, [_given(part) for part in objects(one["part"])])
    value = next((one[key] for key in one if key.startswith("value")), None)
    return Given(name, value)


def checked(operation: Operation, given: Sequence[Given]) -> tuple[Given, ...]:
    """The same parameters, if the operation takes them all and as many of each.

    Raises:
        Invalid: one that it does not take, one too many, or one that is missing.
    """
    known = {one.name: one for one in operation.takes}
    for one in given:
        if one.name not in known:
            words = _(
                "Operationen förstår inte %(name)s. Den förstår: %(known)s.",
                name=one.name, known=", ".join(known) or "–",
            )  # fmt: skip
            raise Invalid(words, where=one.name)
    for name, parameter in known.items():
        count = sum(one.name == name for one in given)
        if parameter.most and count > parameter.most:
            raise Invalid(_("Ange %(name)s högst en gång.", name=name), where=name)
        if count < parameter.least:
            raise Invalid(_("Ange %(name)s.", name=name), where=name)
    return tuple(given)


def answer_parameters(*values: tuple[str, str, Any]) -> dict[str, Any]:
    """A Parameters resource of (name, "valueString" …, value); those without a value are left out."""
    parameter = [
        {"name": name, kind: value} for name, kind, value in values if value not in ("", None)
    ]
    return {"resourceType": "Parameters", "parameter": parameter}
