"""What the server says of a resource – id, version, when – put into the sender's text without touching any other letter.

R4 gives `id`, `meta.versionId` and `meta.lastUpdated` to the server (http.html, 3.1.0.1.5). All else is the sender's: digits,
escapes, order and blanks stay as they came.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from samverka.resources.rules import canonical

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[{}\[\],:]')
_SET_BY_SERVER = ("versionId", "lastUpdated")


@dataclass(frozen=True, slots=True)
class Member:
    """A name of an object and where its value stands in the text."""

    name: str
    start: int
    end: int


def stamped(text: bytes, *, local_id: str, version: str, at: datetime) -> bytes:
    """The text with the server's id, version and time; every other letter as it was.

    Args:
        text: a JSON object that is known to be right.
    """
    found = _first(text, ("resourceType", "id", "meta"))
    edits = _meta_edits(text, found.get("meta"), version, at)
    if "id" in found:
        edits.append((found["id"].start, found["id"].end, _quoted(local_id)))
    new = b"" if "id" in found else b',"id":' + _quoted(local_id)
    if "meta" not in found:
        said = {"versionId": _quoted(version), "lastUpdated": _quoted(instant(at))}
        new += b',"meta":{' + _joined(said) + b"}"
    if new:
        place = found["resourceType"].end
        edits.append((place, place, new))
    return _edited(text, edits)


def named(text: bytes, local_id: str) -> bytes:
    """The text with that id; every other letter as it was."""
    found = _first(text, ("resourceType", "id"))
    if "id" in found:
        return _edited(text, [(found["id"].start, found["id"].end, _quoted(local_id))])
    place = found["resourceType"].end
    return _edited(text, [(place, place, b',"id":' + _quoted(local_id))])


def bare(value: Mapping[str, Any]) -> dict[str, Any]:
    """What the sender says: the resource without what the server says of it."""
    made = {name: one for name, one in value.items() if name != "id"}
    meta = made.get("meta")
    if isinstance(meta, Mapping):
        left = {name: one for name, one in meta.items() if name not in _SET_BY_SERVER}
        made["meta"] = left
        if not left:
            del made["meta"]
    return made


def bare_digest(value: Mapping[str, Any]) -> bytes:
    """The hash of what the sender says: a resource that comes back as it was read is the same."""
    return canonical.digest(bare(value))


def instant(at: datetime) -> str:
    """A moment as R4 writes it."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _meta_edits(
    text: bytes, meta: Member | None, version: str, at: datetime
) -> list[tuple[int, int, bytes]]:
    if meta is None:
        return []
    inner = list(members(text, meta.start))
    said = {"versionId": _quoted(version), "lastUpdated": _quoted(instant(at))}
    edits = [(one.start, one.end, said[one.name]) for one in inner if one.name in said]
    new = _joined(
        {name: value for name, value in said.items() if name not in [m.name for m in inner]}
    )
    if new:
        edits.append((meta.start + 1, meta.start + 1, new + (b"," if inner else b"")))
    return edits


def _joined(members: Mapping[str, bytes]) -> bytes:
    return b",".join(_quoted(name) + b":" + value for name, value in members.items())


def _quoted(words: str) -> bytes:
    return json.dumps(words, ensure_ascii=False).encode()


def _edited(text: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    parts, last = [], 0
    for start, end, new in sorted(edits):
        parts += [text[last:start], new]
        last = end
    return b"".join([*parts, text[last:]])


def _first(text: bytes, wanted: tuple[str, ...]) -> dict[str, Member]:
    """The first member by each of these names."""
    found: dict[str, Member] = {}
    if (
        b"\\u" not in text
    ):  # a name may be written with escapes: then all of it must be gone through
        wanted = tuple(name for name in wanted if b'"%s"' % name.encode() in text)
    for one in members(text, 0):
        if one.name in wanted and one.name not in found:
            found[one.name] = one
            if len(found) == len(wanted):
                break
    return found


def members(text: bytes, start: int) -> Iterator[Member]:
    """The members of the object that begins at or after `start`, in order."""
    depth, name, begun = 0, None, 0
    for token in _TOKEN.finditer(text, start):
        sign = text[token.start()]
        if sign in b"}]":
            depth -= 1
        if name is not None and (depth == 0 or (depth == 1 and sign == _COMMA)):
            yield Member(name, begun, _ended(text, token.start()))
            name = None
        if depth == 0 and sign in b"}]":
            return
        if sign in b"{[":
            depth += 1
        elif depth == 1 and sign == _QUOTE and name is None:
            name = json.loads(token[0])
        elif depth == 1 and sign == _COLON:
            begun = _begun(text, token.end())


_COLON, _COMMA, _QUOTE = b':,"'


def _begun(text: bytes, place: int) -> int:
    """Where a value begins, past the blanks before it."""
    while text[place] in _BLANKS:
        place += 1
    return place


def _ended(text: bytes, place: int) -> int:
    """Where a value ends, short of the blanks after it."""
    while text[place - 1] in _BLANKS:
        place -= 1
    return place


_BLANKS = b" \t\r\n"
