"""Where a resource's text names another entry, and the text with other names put in: no other letter changes.

R4 (http, 3.1.0.11.2) wants links replaced in references, in elements of the types uri, url, oid and uuid, and in
`<a href>` and `<img src>` of the narrative. A text that only says the same words is left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from samverka.resources.rules.definitions import RESOURCE_TYPES, json_names, structures
from samverka.resources.rules.keys import base_of

_LINKS = frozenset({"uri", "url", "oid", "uuid", "canonical"})
_NO_LINKS = frozenset({"system", "type", "code", "fullUrl"})
"""Names of elements that also are of such a type, and never name an entry."""


def _token(start: bytes) -> re.Pattern[bytes]:
    return re.compile(
        rb'"(?:reference"\s*:\s*"(?P<reference>(?:[^"\\]|\\.)*)"'
        rb"|(?P<address>(?:" + start + rb')(?:[^"\\]|\\.)*)")'
        rb"|(?:href|src)\s*=\s*(?:\\\"|')(?P<shown>(?:" + start + rb")[^\"'\\<>\s]{1,800})"
    )


_TOKEN = _token(rb"urn:")
_TOKEN_OR_HTTP = _token(rb"urn:|https?:")
_NAME = re.compile(rb'"([A-Za-z]{1,64})"\s*:\s*\[?\s*$')
_LOOK_BACK = 100
"""Bytes before an address in which its name is looked for."""

_CONDITIONAL = re.compile(r"^([A-Za-z]{1,64})\?(.+)$")


@dataclass(frozen=True, slots=True)
class Link:
    """A place that may name another entry.

    Attributes:
        start, end: between the quotation marks, in bytes.
        is_reference: an element of the type Reference; only that can be conditional.
    """

    start: int
    end: int
    name: str
    is_reference: bool

    @property
    def condition(self) -> tuple[str, str] | None:
        """Type and search of a conditional reference: `Patient?identifier=…`."""
        found = _CONDITIONAL.match(self.name) if self.is_reference else None
        return (found[1], found[2]) if found and found[1] in RESOURCE_TYPES else None


@cache
def _names() -> frozenset[bytes]:
    """Names of elements that can hold an address."""
    found = {
        name
        for one in structures().types.values()
        for element in one.elements
        for name, kind in json_names(element).items()
        if kind in _LINKS
    }
    return frozenset(name.encode() for name in found - _NO_LINKS)


def links_in(text: bytes, known: Container[str], *, http: bool) -> tuple[Link, ...]:
    """Every reference of a resource's text, and every other place that names an entry.

    Args:
        known: what entries are called.
        http: whether one of them is called by an address of http.
    """
    made = []
    under, end = b"", -1
    for found in (_TOKEN_OR_HTTP if http else _TOKEN).finditer(text):
        group = found.lastgroup or ""
        start, stop = found.span(group)
        name = _said(found[group])
        if group == "address":
            follows = end >= 0 and text[end : found.start()].strip() == b","
            under = under if follows else _name_before(text, found.start())
            end = found.end()
            if under not in _names():
                continue
        if group == "reference" or name in known:
            made.append(Link(start, stop, name, group == "reference"))
    return tuple(made)


def _name_before(text: bytes, place: int) -> bytes:
    found = _NAME.search(text, max(0, place - _LOOK_BACK), place)
    return found[1] if found else b""


def _said(written: bytes) -> str:
    if b"\\" not in written:
        return written.decode(errors="replace")
    try:
        return str(json.loads(b'"' + written + b'"'))
    except ValueError:
        return ""


def relinked(
    text: bytes, links: Sequence[Link], names: Mapping[str, str], full_url: str = ""
) -> bytes:
    """The text with the new names of entries where they are named.

    Args:
        names: what an entry is called -> "Type/id".
        full_url: of the entry itself: a relative reference belongs to the same server (R4, bundle, 2.36.4.1).
    """
    parts: list[bytes] = []
    last = 0
    for one in links:
        new = named(one, names, full_url)
        if new:
            parts += [text[last : one.start], new.encode()]
            last = one.end
    return b"".join([*parts, text[last:]]) if parts else text


def named(link: Link, names: Mapping[str, str], full_url: str = "") -> str:
    """What an entry is called from now on; "" if the link names none."""
    if link.name in names:
        return names[link.name]
    if link.is_reference and (base := base_of(full_url)):
        return names.get(f"{base}/{link.name}", "")
    return ""
