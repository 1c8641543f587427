"""What is looked for in a resource: every value of every search parameter of its type.

The paths come from R4's own SearchParameters (`definitions`), so there is nothing to keep in step by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, TypeAlias

from samverka.resources.rules.definitions import Half, Parameter, Place, Test, parameters
from samverka.resources.rules.keys import Scope, target_of
from samverka.resources.rules.receiving import Content
from samverka.resources.rules.searching.units import UCUM, Measure, measured
from samverka.resources.rules.searching.values import (
    MAX_TEXT,
    Address,
    Amount,
    Found,
    Pointer,
    Token,
    Value,
    words,
)
from samverka.resources.rules.times import BEGINNING, END, Span, span_of

_UNKNOWN_HERE = Scope()
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def index(content: Content, base: str = "", names: Mapping[str, str] = _NO_NAMES) -> list[Found]:
    """Every value of every parameter of the resource, in the order of the standard.

    Args:
        base: the own server's address: references to it are told as if they were relative.
        names: what literal references are called in the resource's source, where that is known.
    """
    reader = _Reader(content, Scope(base=base, names=names))
    found: list[Found] = []
    names_here = content.keys()
    for step in _steps(str(content.get("resourceType", ""))):
        if step.begins and step.begins.isdisjoint(names_here) and not step.rule:
            continue
        if step.halves:
            found += reader.composite(step)
        elif step.rule == "present":
            there = any(value is not False for _type, value in _at_places(content, step.places))
            found.append(Found(step.code, Token("", "true" if there else "false")))
        else:
            found += [Found(step.code, one) for one in reader.values(step)]
    return found


@dataclass(frozen=True, slots=True)
class _Step:
    """A parameter, or a half of a composite, as it is gone through.

    Attributes:
        place: the same number for all that look for the same at the same places: it is done once.
        begins: names of the resource, one of which must be there; none: it is always looked for.
    """

    code: str
    kind: str
    rule: str
    places: tuple[Place, ...]
    place: int
    begins: frozenset[str]
    halves: tuple[_Step, ...] = ()


@cache
def _steps(kind: str) -> tuple[_Step, ...]:
    numbers: dict[tuple[str, tuple[Place, ...]], int] = {}
    return tuple(_step(one, numbers) for one in parameters(kind).values())


def _step(one: Parameter | Half, numbers: dict[tuple[str, tuple[Place, ...]], int]) -> _Step:
    first = {place.names[0] if place.names else "" for place in one.places}
    return _Step(
        code=one.code,
        kind=one.kind,
        rule=one.rule if isinstance(one, Parameter) else "",
        places=one.places,
        place=numbers.setdefault((one.kind, one.places), len(numbers)),
        begins=frozenset() if "" in first else frozenset(first),
        halves=tuple(_step(half, numbers) for half in one.halves)
        if isinstance(one, Parameter)
        else (),
    )


class _Reader:
    """The values of one resource, each looked for once."""

    def __init__(self, content: Content, scope: Scope) -> None:
        self.content, self.scope = content, scope
        self.known: dict[int, tuple[Value, ...]] = {}

    def values(self, step: _Step) -> tuple[Value, ...]:
        """What lies at the places of a parameter."""
        found = self.known.get(step.place)
        if found is None:
            found = self._values_in(self.content, step)
            self.known[step.place] = found
        return found

    def composite(self, step: _Step) -> Iterator[Found]:
        """The halves at each place of the composite; they belong together only there."""
        number = 0
        for place in step.places:
            if place.names and place.names[0] not in self.content:
                continue
            for inner in _walk(self.content, place.names, place.tests, self.content):
                halves = [
                    self.values(half) if inner is self.content else self._values_in(inner, half)
                    for half in step.halves
                ]
                if not all(halves):  # it could fit nothing
                    continue
                number += 1
                for part, found in enumerate(halves, 1):
                    yield from (Found(step.code, value, part, number) for value in found)

    def _values_in(self, inner: Any, step: _Step) -> tuple[Value, ...]:
        found = _at_places(inner, step.places, self.content)
        return _values(step.kind, found, self.scope) if found else ()


# ── along the paths ──


def _at_places(
    content: Any, places: Iterable[Place], root: Content | None = None
) -> list[tuple[str, Any]]:
    """(type, value) wherever one of the places has something."""
    found: list[tuple[str, Any]] = []
    for place in places:
        names = place.names
        if names and not place.tests:
            found += [(place.type, value) for value in _reached(content, names, 0)]
        else:
            walked = _walk(content, names, place.tests, root or content)
            found += [(place.type, value) for value in walked]
    return found


def _reached(value: Any, names: tuple[str, ...], depth: int) -> Sequence[Any]:
    """The same as `_walk` where nothing is tested on the way: most places."""
    last = len(names)
    while depth < last:
        if type(value) is list:
            return [found for one in value for found in _reached(one, names, depth)]
        if type(value) is not dict:
            return ()
        value = value.get(names[depth])
        if value is None:
            return ()
        depth += 1
    return [one for one in value if one is not None] if type(value) is list else (value,)


def _walk(
    value: Any, names: tuple[str, ...], tests: tuple[Test, ...], root: Content, depth: int = 0
) -> Iterator[Any]:
    """The values after all names, through every list, where the tests on the way hold."""
    if isinstance(value, list):
        first = [one for one in tests if one.after == depth and one.sort == "[0]"]
        for one in value[:1] if first else value:
            yield from _walk(one, names, tests, root, depth)
        return
    if value is None or not all(_holds(value, one) for one in tests if one.after == depth):
        return
    if depth == 0 and any(one.sort == "%resource" for one in tests):
        value, tests = root, tuple(one for one in tests if one.sort != "%resource")
    if depth == len(names):
        yield value
    elif isinstance(value, dict):
        yield from _walk(value.get(names[depth]), names, tests, root, depth + 1)


def _holds(value: Any, test: Test) -> bool:
    if test.sort in ("[0]", "%resource"):
        return True
    if not isinstance(value, dict):
        return False
    if test.sort == "->":
        reference = str(value.get("reference", ""))
        said = value.get("type") or _type_of(reference)
        return said == test.what
    return bool(value.get(test.sort) == test.what)


def _type_of(reference: str) -> str:
    plain = target_of(reference, _UNKNOWN_HERE)
    parts = plain.rsplit("/", 2)
    return parts[-2] if len(parts) > 1 else ""


# ── from datatypes to values ──


_Make: TypeAlias = Callable[[str, Any, Scope], Iterable[Value]]


def _values(kind: str, found: Iterable[tuple[str, Any]], scope: Scope) -> tuple[Value, ...]:
    """Each value once."""
    make = _MAKE.get(kind, _MAKE["uri"])
    made = [one for type_, value in found for one in make(type_, value, scope)]
    return tuple(dict.fromkeys(made)) if len(made) > 1 else tuple(made)


def _text(value: Any, name: str) -> str:
    found = value.get(name) if isinstance(value, dict) else None
    return found[:MAX_TEXT] if isinstance(found, str) else ""


def _tokens(type_: str, value: Any) -> Iterator[Token]:
    if isinstance(value, bool):
        yield Token("", "true" if value else "false")
    elif isinstance(value, str):
        yield Token("", value[:MAX_TEXT])
    elif type_ == "CodeableConcept":
        yield from _concept(value)
    elif type_ == "Coding":
        yield Token(_text(value, "system"), _text(value, "code"), _text(value, "display"))
    elif type_ == "Identifier":
        yield from _identifier(value)
    elif type_ == "ContactPoint":
        yield Token(_text(value, "system"), _text(value, "value"))


def _concept(value: Any) -> Iterator[Token]:
    text = _text(value, "text")
    codings = value.get("coding") if isinstance(value, dict) else None
    for one in codings or [{}]:
        token = Token(_text(one, "system"), _text(one, "code"), text or _text(one, "display"))
        if token.code or token.system or token.text:
            yield token
    for one in codings or []:
        display = _text(one, "display")
        if text and display and display != text:
            yield Token(_text(one, "system"), _text(one, "code"), display)


def _identifier(value: Any) -> Iterator[Token]:
    kind = value.get("type") if isinstance(value, dict) else None
    codings = (kind.get("coding") if isinstance(kind, dict) else None) or [{}]
    for one in codings:
        yield Token(
            _text(value, "system"), _text(value, "value"), _text(kind, "text"),
            _text(one, "system"), _text(one, "code"),
        )  # fmt: skip


def _pointers(type_: str, value: Any, scope: Scope) -> Iterator[Pointer]:
    if isinstance(value, str):
        uri, _bar, _version = value.partition("|")
        yield _pointer(uri, scope) if type_ != "canonical" else Pointer("", "", uri)
        return
    if not isinstance(value, dict):
        return
    number = value.get("identifier")
    system, code = _text(number, "system"), _text(number, "value")
    reference = _text(value, "reference")
    if reference and not reference.startswith("#"):
        one = _pointer(reference, scope)
        yield Pointer(one.type, one.id, one.url, system, code)
    elif code or system:
        yield Pointer(_text(value, "type"), "", "", system, code)


def _pointer(reference: str, scope: Scope) -> Pointer:
    plain = target_of(reference, scope)
    parts = plain.split("/")
    if len(parts) == 2:
        return Pointer(parts[0], parts[1])
    return Pointer(_type_of(reference), "", plain or reference)


def _spans(type_: str, value: Any) -> Iterator[Span]:
    if isinstance(value, str):
        yield from filter(None, [span_of(value)])
    elif type_ == "Period":
        yield from _period(value)
    elif type_ == "Timing":
        yield from _timing(value)


def _period(value: Any) -> Iterator[Span]:
    start, end = span_of(_text(value, "start")), span_of(_text(value, "end"))
    if start or end:
        yield Span(start.low if start else BEGINNING, end.high if end else END)


def _timing(value: Any) -> Iterator[Span]:
    """From the first to the last moment that the timing names (R4, Search 3.1.1.4.7)."""
    if not isinstance(value, dict):
        return
    named = [one for text in value.get("event") or [] if (one := span_of(str(text)))]
    repeat = value.get("repeat")
    named += _period(repeat.get("boundsPeriod") if isinstance(repeat, dict) else None)
    if named:
        yield Span(min(one.low for one in named), max(one.high for one in named))


def _amounts(type_: str, value: Any) -> Iterator[Amount]:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield Amount(Decimal(value), Decimal(value))
    elif type_ == "Range":
        yield from _range(value)
    elif type_ == "Money":
        yield from _amount(value, "urn:iso:std:iso:4217", _text(value, "currency"))
    elif isinstance(value, dict):
        yield from _amount(value, _text(value, "system"), _text(value, "code"))


def _amount(value: Any, system: str, code: str) -> Iterator[Amount]:
    number = value.get("value") if isinstance(value, dict) else None
    if not isinstance(number, int | Decimal) or isinstance(number, bool):
        return
    low = high = Decimal(number)
    comparator = _text(value, "comparator")
    if comparator.startswith("<"):
        low = Decimal("-Infinity")
    elif comparator.startswith(">"):
        high = Decimal("Infinity")
    same = measured(low, high, code) if system == UCUM else None
    yield Amount(low, high, system, code, _text(value, "unit"), same)


def _range(value: Any) -> Iterator[Amount]:
    ends = [next(_amounts("Quantity", value.get(name) or {}), None) for name in ("low", "high")]
    said = ends[0] or ends[1]
    if said is not None:
        low = ends[0].low if ends[0] else Decimal("-Infinity")
        high = ends[1].high if ends[1] else Decimal("Infinity")
        yield Amount(low, high, said.system, said.code, said.unit, _range_measured(*ends))


def _range_measured(low: Amount | None, high: Amount | None) -> Measure | None:
    """Both ends in base units, if they are of the same sort."""
    said = [one.same for one in (low, high) if one is not None]
    if not all(said) or len({one.unit for one in said if one}) != 1:
        return None
    first = low.same.low if low and low.same else Decimal("-Infinity")
    last = high.same.high if high and high.same else Decimal("Infinity")
    return Measure(first, last, next(one.unit for one in said if one))


_NAME = ("text", "family", "given", "prefix", "suffix")
_PLACE = ("text", "line", "city", "district", "state", "postalCode", "country")


def _texts(type_: str, value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name in _PLACE if type_ == "Address" else _NAME:
            found = value.get(name)
            yield from (one for one in ([found] if isinstance(found, str) else found or []) if one)


def _addresses(value: Any) -> Iterator[Address]:
    if isinstance(value, str):
        uri, _bar, version = value.partition("|")
        yield Address(uri[:MAX_TEXT], version[:MAX_TEXT])


_MAKE: Mapping[str, _Make] = {
    "token": lambda type_, value, _scope: _tokens(type_, value),
    "reference": _pointers,
    "date": lambda type_, value, _scope: _spans(type_, value),
    "number": lambda type_, value, _scope: _amounts(type_, value),
    "quantity": lambda type_, value, _scope: _amounts(type_, value),
    "string": lambda type_, value, _scope: (words(one) for one in _texts(type_, value)),
    "uri": lambda _type, value, _scope: _addresses(value),
}
"""Kind of a parameter → the values of what lies at its places."""
