"""The part of FHIRPath that names a place in a resource, read to plain values.

A small closed language: names, `[0]`, and the functions of `FUNCTIONS`. Nothing in it walks by itself
(`descendants`, `repeat`) or matches patterns, so no expression can take longer than the resource is large.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn

from samverka.kernel.text import text as _
from samverka.resources.rules.lines import Sort
from samverka.resources.rules.patching.faults import wrong

MAX_LENGTH = 500
"""Characters of an expression."""

MAX_NESTING = 8
"""Parentheses and conditions within each other."""

FUNCTIONS = ("where", "first", "last", "single", "ofType", "as", "extension", "exists")


@dataclass(frozen=True, slots=True)
class Name:
    """A step to an element: `name`, `contact`; at the beginning also the resource's type."""

    name: str


@dataclass(frozen=True, slots=True)
class At:
    """One of several, from 0."""

    index: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function: its word (a type, an address), or its condition."""

    name: str
    word: str = ""
    condition: Condition | None = None


Step = Name | At | Call


@dataclass(frozen=True, slots=True)
class Expression:
    """A path, step by step, and as it was written."""

    steps: tuple[Step, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that is written out."""

    value: str | bool | int | Decimal


@dataclass(frozen=True, slots=True)
class Compare:
    """Two sides that are to be equal, or not; without an operator the left one must be true."""

    left: Expression | Literal
    operator: str
    right: Expression | Literal


@dataclass(frozen=True, slots=True)
class Both:
    """Conditions of which all, or some, must hold."""

    every: bool
    parts: tuple[Condition, ...]


Condition = Compare | Both

_TOKEN = re.compile(
    r"\s*(?:(?P<name>[A-Za-z_][A-Za-z0-9_]*|\$this|`[^`\\]{1,64}`)"
    r"|(?P<number>[0-9]{1,18}(?:\.[0-9]{1,18})?)"
    r"|(?P<date>@[0-9T:.+\-Z]{1,40})"
    r"|(?P<text>'(?:[^'\\]|\\.)*')"
    r"|(?P<sign>!=|[.()\[\]=])"
    r"|(?P<end>$))"
)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "f": "\f"}


def read_expression(text: object, place: str) -> Expression:
    """A path of a patch.

    Args:
        place: where in the patch it stands.

    Raises:
        Faulty: it is too long, no FHIRPath, or uses what is not let in here.
    """
    if not isinstance(text, str) or not text.strip():
        raise wrong(place, _("Här ska stå en FHIRPath, som Patient.name[0].given."))
    if len(text) > MAX_LENGTH:
        message = _("Sökvägen är längre än %(limit)s tecken.", limit=MAX_LENGTH)
        raise wrong(place, message, Sort.TOO_LONG)
    reader = _Reader(text, place)
    found = reader.path(0)
    reader.expect_end()
    return found


class _Reader:
    def __init__(self, text: str, place: str) -> None:
        self._text, self._place = text, place
        self._tokens = list(self._read())
        self._at = 0

    def _read(self) -> Iterator[tuple[str, str]]:
        at = 0
        while True:
            found = _TOKEN.match(self._text, at)
            if found is None or found.lastgroup is None:
                self.refuse()
            yield found.lastgroup, found[found.lastgroup]
            at = found.end()
            if found.lastgroup == "end":
                return

    def refuse(self) -> NoReturn:
        known = ", ".join(f"{one}()" for one in FUNCTIONS)
        raise wrong(
            self._place,
            _("Sökvägen förstås inte. Här gäller namn, [plats] och %(known)s.", known=known),
        )

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at]

    def _take(self, sort: str, value: str = "") -> str:
        found, text = self._tokens[self._at]
        if found != sort or (value and text != value):
            self.refuse()
        self._at += 1
        return text

    def _met(self, value: str) -> bool:
        if self._peek()[1] == value and self._peek()[0] in ("sign", "name"):
            self._at += 1
            return True
        return False

    def expect_end(self) -> None:
        """Nothing may follow."""
        self._take("end")

    def path(self, depth: int) -> Expression:
        """Names, places and functions after each other."""
        start = self._at
        steps: list[Step] = [self._step(depth)]
        while True:
            if self._met("."):
                steps.append(self._step(depth))
            elif self._met("["):
                steps.append(At(self._index()))
            else:
                break
        written = "".join(text for _sort, text in self._tokens[start : self._at])
        return Expression(tuple(steps), written)

    def _index(self) -> int:
        number = self._take("number")
        self._take("sign", "]")
        if "." in number:
            self.refuse()
        return int(number)

    def _step(self, depth: int) -> Step:
        name = self._take("name").strip("`")
        if not self._met("("):
            return Name(name)
        if name not in FUNCTIONS or depth >= MAX_NESTING:
            self.refuse()
        made = self._call(name, depth)
        self._take("sign", ")")
        return made

    def _call(self, name: str, depth: int) -> Call:
        if name == "where":
            return Call(name, condition=self._either(depth + 1))
        if name in ("ofType", "as"):
            word = self._take("name").strip("`")
            return Call(name, self._take("name").strip("`") if self._met(".") else word)
        if name == "extension":
            return Call(name, _unescaped(self._take("text")))
        return Call(name)

    def _either(self, depth: int) -> Condition:
        return self._joined("or", depth)

    def _joined(self, word: str, depth: int) -> Condition:
        if depth >= MAX_NESTING:
            self.refuse()
        inner = self._every if word == "or" else self._one
        parts = [inner(depth)]
        while self._met(word):
            parts.append(inner(depth))
        return parts[0] if len(parts) == 1 else Both(word == "and", tuple(parts))

    def _every(self, depth: int) -> Condition:
        return self._joined("and", depth)

    def _one(self, depth: int) -> Condition:
        if self._met("("):
            found = self._either(depth + 1)
            self._take("sign", ")")
            return found
        left = self._side(depth)
        for sign in ("=", "!="):
            if self._met(sign):
                return Compare(left, sign, self._side(depth))
        return Compare(left, "=", Literal(True))

    def _side(self, depth: int) -> Expression | Literal:
        sort, text = self._peek()
        if sort == "name" and text not in ("true", "false"):
            return self.path(depth + 1)
        if sort in ("sign", "end"):
            self.refuse()
        self._at += 1
        return Literal(_literal(sort, text))


def _literal(sort: str, text: str) -> str | bool | int | Decimal:
    if sort == "number":
        return Decimal(text) if "." in text else int(text)
    if sort == "text":
        return _unescaped(text)
    return text == "true" if sort == "name" else text[1:]


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), text[1:-1])
