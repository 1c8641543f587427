"""Order and pages: keys of each row, and where the page before ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from samverka.resources.reads.searching.conditions import R
from samverka.resources.reads.searching.sql import Sql, both, either, sql
from samverka.resources.reads.searching.values import TABLES
from samverka.resources.rules.keys import CLIENTS, OWN
from samverka.resources.rules.searching.numbers import number_of_parameter
from samverka.resources.rules.searching.query import Order

_COLUMN: Final = {
    "token": "a.code",
    "string": "left(a.plain, 150)",
    "date": "a.low",
    "number": "a.low",
    "quantity": "a.low",
    "uri": "a.uri",
    "reference": "coalesce(a.target::text, nullif(a.url, ''), a.value)",
}

_ID = f"CASE WHEN {R}.source IN ('{OWN}', '{CLIENTS}') THEN {R}.local_id ELSE {R}.id::text END COLLATE \"C\""

Key = datetime | Decimal | str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the keys of its last resource, and its id on the shelf."""

    keys: tuple[Key, ...]
    id: UUID


def key(kind: str, one: Order) -> Sql:
    """The least value for a rising order, the greatest for a falling one (R4, Search 3.1.1.5.2)."""
    if one.code == "_lastUpdated":
        return Sql(f"{R}.received_at")
    if one.code == "_id":
        return Sql(_ID)
    text = (
        f"(SELECT {'max' if one.falling else 'min'}({_COLUMN[one.kind]}) FROM {TABLES[one.kind]} a "
        f"WHERE a.resource_id = {R}.id AND a.parameter = %s)"
    )
    return sql(text, number_of_parameter(kind, one.code))


def ordering(order: Sequence[Order], of: str = "") -> str:
    """By the keys k1, k2 …, what has none last; then by id, so that it is the same order each time.

    The same words as an index has (`models.Resource`), where it can be: then the database need not read all to find the first.
    """
    parts = [
        f"{of}k{number} {'DESC' if one.falling else 'ASC'}{'' if one.code in _ALWAYS else ' NULLS LAST'}"
        for number, one in enumerate(order, 1)
    ]
    return ", ".join([*parts, f"{of}id{' DESC' if _falls(order) else ''}"])


_ALWAYS = frozenset({"_lastUpdated", "_id"})
"""What every resource has."""


def _falls(order: Sequence[Order]) -> bool:
    """Those that are alike come by id, in the direction of what they are alike in."""
    return bool(order) and order[-1].falling


def beyond(order: Sequence[Order], place: Place) -> Sql:
    """After that place in the order."""
    ways, same = [], []
    for number, (one, value) in enumerate(zip(order, place.keys, strict=True), 1):
        column = f"k{number}"
        if value is None:
            same.append(Sql(f"{column} IS NULL"))
            continue
        sign = "<" if one.falling else ">"
        later = sql(f"{column} {sign} %s", value)
        if one.code not in _ALWAYS:
            later = either([later, Sql(f"{column} IS NULL")])
        ways.append(both([*same, later]))
        same.append(sql(f"{column} = %s", value))
    ways.append(both([*same, sql(f"id {'<' if _falls(order) else '>'} %s", place.id)]))
    found = either(ways)
    if order and order[0].code in _ALWAYS:  # said apart, so that the index is begun in there
        found = both([sql(f"k1 {'<=' if order[0].falling else '>='} %s", place.keys[0]), found])
    return found


def is_after(order: Sequence[Order], keys: Sequence[Any], one: UUID, place: Place) -> bool:
    """The same of a resource that has not come from the shelf's index."""
    return sort_key(order, keys, one) > sort_key(order, place.keys, place.id)


def sort_key(order: Sequence[Order], keys: Sequence[Any], one: UUID) -> tuple[Any, ...]:
    """What such resources are sorted by, among those of the shelf."""
    made: list[Any] = []
    for each, value in zip(order, keys, strict=True):
        made.append((value is None, _Falling(value) if each.falling else _Rising(value)))
    return (*made, _Falling(one) if _falls(order) else one)


@dataclass(frozen=True, slots=True)
class _Rising:
    value: Any

    def __lt__(self, other: _Rising) -> bool:
        return self.value is not None and other.value is not None and bool(self.value < other.value)


@dataclass(frozen=True, slots=True)
class _Falling:
    value: Any

    def __lt__(self, other: _Falling) -> bool:
        return self.value is not None and other.value is not None and bool(self.value > other.value)
