"""Names that stand twice in one object: a JSON reader takes the last one in silence."""

from __future__ import annotations

import json
from collections.abc import Iterator

import msgspec

from samverka.resources.rules.paths import Path

_encoder = msgspec.json.Encoder(decimal_format="number")


class _Twice(dict[str, object]):
    """An object that has a name twice."""

    name = ""


def may_have_doubles(text: bytes, value: object) -> bool:
    """Whether the text has more names and values than what was read from it; then a closer look pays.

    What was read is written again: its quotation marks are as many as the text's, unless a name
    with its value was lost. A mark that is written as an escape would spoil the count.
    """
    if b"u0022" in text:
        return True
    try:
        return _encoder.encode(value).count(b'"') != text.count(b'"')
    except OverflowError:  # a whole number of more than 64 bits
        return True


def where_twice(text: bytes, kind: str) -> Iterator[Path]:
    """Where a name stands twice."""
    try:
        value = json.loads(text, object_pairs_hook=_read, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        return
    yield from _within(value, (None, kind))


def _read(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    marked = _Twice(made)
    met: set[str] = set()
    for name, _value in pairs:
        if name in met:
            marked.name = name
            break
        met.add(name)
    return marked


def _within(value: object, path: Path) -> Iterator[Path]:
    if isinstance(value, _Twice):
        yield path, value.name
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _within(inner, (path, name))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _within(inner, (path, at))
