"""What a resource is found by, written beside its text in the same act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias
from uuid import UUID

from samverka.audit.trip import Call
from samverka.resources.operations import store
from samverka.resources.rules.keys import (
    HERE,
    address,
    identifier_key,
    kind_of,
    target_id,
)
from samverka.resources.rules.lines import storable
from samverka.resources.rules.searching.indexing import index
from samverka.resources.rules.searching.numbers import (
    bounded,
    hash_of,
    number_of_parameter,
    sort_of,
)
from samverka.resources.rules.searching.values import (
    Address,
    Amount,
    Found,
    Pointer,
    Token,
    Words,
    plain,
)
from samverka.resources.rules.times import Span

MOST_VALUES: Final = 5_000
"""Values of one parameter of one resource that are found by; nobody looks for those after."""

BY_THE_ROW: Final = frozenset({"_id", "_lastUpdated"})
"""Parameters that the resource's own row answers."""

_Head: TypeAlias = tuple[UUID, int, int, UUID | None, int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A resource whose text is new. `names`: what each of its literal references is called in its source."""

    id: UUID
    source: str
    person_id: UUID | None
    content: object
    names: Mapping[str, str]


def put(entries: Iterable[Entry]) -> list[Call]:
    """What indexes resources whose former values are forgotten."""
    rows: dict[type, list[store.Value]] = {}
    for entry in entries:
        for row in rows_of(entry):
            rows.setdefault(type(row), []).append(row)
    return [call for same in rows.values() for call in store.put(same)]


def rows_of(entry: Entry) -> Iterator[store.Value]:
    """The rows of the index of one resource."""
    content = entry.content
    if not isinstance(content, dict):
        return
    kind, counted = str(content["resourceType"]), Counter[str]()
    for found in index(content, names=entry.names):
        if found.parameter in BY_THE_ROW or counted[found.parameter] >= MOST_VALUES:
            continue
        counted[found.parameter] += 1
        head = (
            entry.id,
            number_of_parameter(kind, found.parameter),
            counted[found.parameter],
            entry.person_id,
            found.part,
            found.place,
        )
        yield _row(head, found, entry.source)


def _row(head: _Head, found: Found, source: str) -> store.Value:
    match found.value:
        case Token() as one:
            sort = sort_of(one.kind_system, one.kind_code)
            words = _kept(plain(one.text)) if one.text else ""
            return store.TokenRow(*head, hash_of(one.system), _short(one.code), sort, words)
        case Pointer() as one:
            return _pointer(head, one, source)
        case Span() as one:
            return store.SpanRow(*head, one.low, one.high)
        case Amount() as one:
            return _amount(head, one)
        case Words() as one:
            return store.WordsRow(*head, _kept(one.exact), _kept(one.plain))
        case Address() as one:
            return store.AddressRow(*head, _short(one.uri), _short(one.version))


def _pointer(head: _Head, one: Pointer, source: str) -> store.PointerRow:
    key = f"{one.type}/{one.id}" if one.id else one.url
    target = _target(source, key, one)
    if not key and one.value:
        key = identifier_key(one.type, one.system, one.value)
    return store.PointerRow(
        *head,
        kind=one.type,
        target=target,
        key="" if target else _short(key),
        url=_short(one.url),
        system=hash_of(one.system),
        value=_short(one.value),
    )


def _target(source: str, key: str, one: Pointer) -> UUID | None:
    """The address of what it names: ours by type and id, in another source by what the shelf calls it there."""
    if source in HERE:
        return address(one.type, one.id) if one.id else None
    shelved = target_id(source, key)
    return address(kind_of(key), str(shelved)) if shelved and kind_of(key) else None


def _amount(head: _Head, one: Amount) -> store.AmountRow:
    return store.AmountRow(
        *head,
        low=one.low,
        high=one.high,
        system=hash_of(one.system),
        code=_short(one.code),
        unit=_short(one.unit),
        base=hash_of(one.same.unit) if one.same else 0,
        base_low=one.same.low if one.same else None,
        base_high=one.same.high if one.same else None,
    )


def _kept(text: str) -> str:
    return storable(text)


def _short(text: str) -> str:
    return storable(bounded(text)) if text else ""
