"""Files opened for reading: which format, in which order, without holding a large one in memory."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from samverka.resources.rules import reading
from samverka.resources.rules.keys import Scope
from samverka.resources.rules.objects import MAX_BYTES
from samverka.resources.rules.order import place_of
from samverka.resources.rules.reading import Buffer, Found, Unread

_PEEK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """One file of an import, and what its beginning tells.

    Attributes:
        name: what the report calls it (no folder: a path may tell too much).
        kind: type of its first resource; "" if it cannot be seen yet.
        size: bytes.
    """

    name: str
    path: Path
    kind: str
    size: int


def look_at(path: Path) -> Source:
    """Take a first look at a file."""
    with path.open("rb") as stream:
        start = stream.read(_PEEK)
    return Source(path.name, path, _first_kind(start), path.stat().st_size)


class _Head(msgspec.Struct):
    kind: str = msgspec.field(name="resourceType", default="")


def _first_kind(start: bytes) -> str:
    """From the first line, or from a small file as a whole; a Bundle has no type of its own."""
    first = start.removeprefix(reading.BOM).lstrip().split(b"\n", 1)[0]
    for text in (first, start.removeprefix(reading.BOM)):
        try:
            return msgspec.json.decode(text, type=_Head).kind
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
    return ""


def in_order(sources: list[Source]) -> list[Source]:
    """Those that others point at first: then most of what follows finds its person at once."""
    return sorted(sources, key=lambda source: (place_of(source.kind or "~"), source.name))


def found_in(source: Source, scope: Scope) -> Iterator[Found]:
    """Every resource of the file, word for word, or why there is none."""
    with source.path.open("rb") as stream:
        first = stream.read(_PEEK)
        if fault := reading.foreign_format(first):
            yield Unread("1", fault)
            return
        stream.seek(0)
        if _is_ndjson(source, stream):
            stream.seek(0)
            yield from reading.ndjson_entries(_lines(stream), scope)
        else:
            yield from reading.json_entries(_mapped(stream), scope)


_LINE_NAMES = (".ndjson", ".jsonl")


def _is_ndjson(source: Source, stream: BinaryIO) -> bool:
    first = stream.readline(MAX_BYTES + 1)
    named = source.path.suffix.lower() in _LINE_NAMES
    return reading.is_ndjson(first, stream.read(_PEEK), named=named)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines of at most a little over the limit; the rest of a longer one is passed over."""
    while line := stream.readline(MAX_BYTES + 2):
        whole = line
        while not line.endswith(b"\n") and line:
            line = stream.readline(MAX_BYTES)
        yield whole


def _mapped(stream: BinaryIO) -> Buffer:
    """The whole file as text to be read in place, without a byte order mark.

    It is unmapped when the last entry cut out of it is gone, so nobody has to close it.
    """
    whole = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    skip = len(reading.BOM) if whole[:3] == reading.BOM else 0
    return memoryview(whole)[skip:]
