"""What came of a request, made fit to be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

LONGEST = 60_000
"""Letters of an answer that are shown; the whole comes with the copied request."""

MOST = 12
"""Links onwards out of one answer."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer.

    Attributes:
        text: the body, with an indent for each level; "" for none.
        cut: not all of it is shown.
        onward: resources that it names, "Patient/…", to ask for next.
        next: the address of the next page, below the base; "" for none.
    """

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    text: str
    cut: bool
    onward: tuple[str, ...]
    next: str

    @property
    def words(self) -> str:
        """The status line: "200 OK"."""
        return f"{self.status} {self.reason}"

    @property
    def went_well(self) -> bool:
        """Whether it was done."""
        return self.status < 400


def answered(
    status: int, reason: str, headers: Iterable[tuple[str, str]], body: bytes, *, base: str
) -> Answered:
    """An answer out of what was sent."""
    shown, found = _indented(body)
    return Answered(
        status=status,
        reason=reason,
        headers=tuple(headers),
        text=shown[:LONGEST],
        cut=len(shown) > LONGEST,
        onward=tuple(_onward(found))[:MOST],
        next=_next(found, base),
    )


def _indented(body: bytes) -> tuple[str, Any]:
    """JSON with its numbers to the letter: 72.50 stays 72.50. Anything else as it came."""
    try:
        return msgspec.json.format(body, indent=2).decode(), msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return body.decode(errors="replace"), None


_LOCAL = re.compile(r"^[A-Z][A-Za-z]{1,63}/[A-Za-z0-9\-.]{1,64}$")


def _onward(found: Any) -> Iterable[str]:
    """What a Bundle holds, or the resource itself and what it points at; each once."""
    if not isinstance(found, Mapping):
        return ()
    entries = found.get("entry")
    if found.get("resourceType") == "Bundle":
        listed = entries if isinstance(entries, list) else ()
        parts = (one for one in listed if isinstance(one, Mapping))
        named = [_name(one.get("resource")) or _made(one) for one in parts]
    else:
        named = [_name(found), *_references(found)]
    return dict.fromkeys(one for one in named if _LOCAL.match(one))


def _name(one: Any) -> str:
    if not isinstance(one, Mapping) or "id" not in one:
        return ""
    return f"{one.get('resourceType', '')}/{one['id']}"


def _made(entry: Mapping[str, Any]) -> str:
    """Where a transaction put what was sent."""
    response = entry.get("response")
    place = str(response.get("location", "")) if isinstance(response, Mapping) else ""
    parts = place.partition("/_history")[0].rsplit("/", 2)
    return "/".join(parts[-2:])


def _references(found: Any) -> Iterable[str]:
    if isinstance(found, Mapping):
        for name, value in found.items():
            if name == "reference" and isinstance(value, str):
                yield value
            else:
                yield from _references(value)
    elif isinstance(found, list):
        for one in found:
            yield from _references(one)


def _next(found: Any, base: str) -> str:
    links = found.get("link") if isinstance(found, Mapping) else None
    for one in links if isinstance(links, list) else ():
        if isinstance(one, Mapping) and one.get("relation") == "next":
            return str(one.get("url", "")).removeprefix(base).lstrip("/")
    return ""
