"""Names that stand twice in one object: a JSON reader takes the last one in silence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from samverka.resources.rules.paths import Path

_BLANK_BEFORE = (b" :", b"\t:", b"\n:", b"\r:")
_NAME = re.compile(rb'"[ \t\r\n]*:')


class _Twice(dict[str, object]):
    """An object that has a name twice."""

    name = ""


def may_have_doubles(text: bytes, members: int) -> bool:
    """Whether the text has more names than the objects read from it; then it is worth a closer look.

    Every name is followed by a colon. A text value may hold the same signs, so this errs on the
    side of looking.
    """
    if any(mark in text for mark in _BLANK_BEFORE):
        return len(_NAME.findall(text)) != members
    return text.count(b'":') != members


def doubles(text: bytes, kind: str) -> Iterator[Path]:
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
    names = [name for name, _value in pairs]
    marked.name = next(name for at, name in enumerate(names) if name in names[:at])
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


def names_in(value: object) -> int:
    """How many names an object holds, with all that lies in it."""
    if isinstance(value, dict):
        return len(value) + sum(map(names_in, value.values()))
    return sum(map(names_in, value)) if isinstance(value, list) else 0
