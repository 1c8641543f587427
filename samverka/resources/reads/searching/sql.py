"""Pieces of SQL with their values, put together as text: building query sets would take longer than the search."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of a statement: only constants of this package stand in the text, what was asked for is a value."""

    text: str
    values: tuple[Any, ...] = ()

    def __and__(self, other: Sql) -> Sql:
        return both((self, other))


def sql(text: str, *values: Any) -> Sql:
    """A piece whose values stand in its order; a piece among them takes the place of its own mark."""
    made: list[Any] = []
    parts = text.split("%s")
    said = parts[0]
    for value, part in zip(values, parts[1:], strict=True):
        if isinstance(value, Sql):
            said += value.text + part
            made += value.values
        else:
            said += "%s" + part
            made.append(value)
    return Sql(said, tuple(made))


def both(pieces: Iterable[Sql]) -> Sql:
    """All must hold."""
    return _joined(list(pieces), " AND ", TRUE)


def either(pieces: Iterable[Sql]) -> Sql:
    """Any of them must hold."""
    return _joined(list(pieces), " OR ", FALSE)


def listed(pieces: Iterable[Sql]) -> Sql:
    """One after the other, with commas."""
    found = list(pieces)
    return Sql(", ".join(one.text for one in found), tuple(v for one in found for v in one.values))


TRUE = Sql("TRUE")
FALSE = Sql("FALSE")


def _joined(found: list[Sql], sign: str, empty: Sql) -> Sql:
    if not found:
        return empty
    if len(found) == 1:
        return found[0]
    text = sign.join(one.text for one in found)
    return Sql(f"({text})", tuple(value for one in found for value in one.values))
