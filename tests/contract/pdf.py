"""Just enough of PDF (ISO 32000-1) to read back what we write: objects, structure, and the words in order."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.S)
_STREAM = re.compile(rb"^(<<.*?>>)\s*stream\r?\n(.*)\r?\nendstream", re.S)
_TEXT = re.compile(rb"\bBT\b(.*?)\nET\b", re.S)
_TOKEN = re.compile(rb"/(\w+) [\d.]+ Tf|\(((?:\\.|[^\\()])*)\)", re.S)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.S)
_SPECIAL = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_PAIR = re.compile(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")


@dataclass
class Pdf:
    """A parsed file. `objects`: their text by number; `streams`: decompressed."""

    objects: dict[int, bytes]
    streams: dict[int, bytes]

    @property
    def catalog(self) -> str:
        """The object that all begins with."""
        found = (one for one in self.objects.values() if b"/Type/Catalog" in one)
        return next(found).decode("latin-1")

    @property
    def metadata(self) -> str:
        """The XMP packet."""
        found = (key for key, one in self.objects.items() if b"/Type/Metadata" in one)
        return self.streams[next(found)].decode()

    @property
    def pages(self) -> list[bytes]:
        """The pages' objects."""
        return [one for one in self.objects.values() if re.search(rb"/Type/Page(?!s)", one)]

    def marks(self) -> list[str]:
        """The kinds of structure elements: H1, L, TH …"""
        found = (re.search(rb"/StructElem/S/(\w+)", one) for one in self.objects.values())
        return [one.group(1).decode() for one in found if one]

    def words(self) -> str:
        """All text in the order in which it stands in the pages, a space between parts."""
        parts = [part for page in self.pages for part in self._shown(page)]
        return re.sub(r"\s+", " ", " ".join(parts)).strip()

    def _shown(self, page: bytes) -> Iterator[str]:
        fonts = self._fonts(page)
        content = re.search(rb"/Contents (\d+) 0 R", page)
        assert content
        font: dict[bytes, str] = {}
        for shown in _TEXT.findall(self.streams[int(content.group(1))]):
            part = ""
            for name, text in _TOKEN.findall(shown):
                if name:
                    font = fonts[name]
                else:
                    raw = _plain(text)
                    part += "".join(font[raw[n : n + 2]] for n in range(0, len(raw), 2))
            yield part

    def _fonts(self, page: bytes) -> dict[bytes, dict[bytes, str]]:
        resources = re.search(rb"/Resources (\d+) 0 R", page)
        assert resources
        named = re.search(rb"/Font<<(.*?)>>", self.objects[int(resources.group(1))])
        assert named
        return {
            name: self._letters(int(number))
            for name, number in re.findall(rb"/(\w+) (\d+) 0 R", named.group(1))
        }

    def _letters(self, font: int) -> dict[bytes, str]:
        table = re.search(rb"/ToUnicode (\d+) 0 R", self.objects[font])
        assert table
        text = self.streams[int(table.group(1))].decode("latin-1")
        found = {}
        for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
            for first, last, to in _RANGE.findall(block):
                for step in range(int(last, 16) - int(first, 16) + 1):
                    key = (int(first, 16) + step).to_bytes(2, "big")
                    found[key] = chr(int(to, 16) + step)
        for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
            for key, to in _PAIR.findall(block):
                found[bytes.fromhex(key)] = bytes.fromhex(to).decode("utf-16-be")
        return found


def _plain(text: bytes) -> bytes:
    """A string without its escapes."""

    def one(found: re.Match[bytes]) -> bytes:
        told = found.group(1)
        return bytes([int(told, 8)]) if told[:1].isdigit() else _SPECIAL.get(told, told)

    return _ESCAPED.sub(one, text)


def read_pdf(data: bytes) -> Pdf:
    """Parse a file."""
    objects: dict[int, bytes] = {}
    streams: dict[int, bytes] = {}
    for number, body in _OBJECT.findall(data):
        key, found = int(number), _STREAM.match(body)
        objects[key] = found.group(1) if found else body
        if found:
            flate = b"/FlateDecode" in found.group(1)
            streams[key] = zlib.decompress(found.group(2)) if flate else found.group(2)
    return Pdf(objects, streams)
