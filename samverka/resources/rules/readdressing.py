"""References of what was imported, shown by our addresses where they lead to something that is here; no other letter changes.

In its source a resource names others by that system's ids. Read here those would lead nowhere, or to something else of the same id.
What is not here keeps the sender's name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samverka.resources.rules.bundles.links import links_in, relinked
from samverka.resources.rules.keys import Scope, target_of


@dataclass(frozen=True, slots=True)
class Pointed:
    """What a resource points at.

    Attributes:
        key: by what name, in its source.
        full_url: what the one that it leads to was called in its Bundle.
        place: where that one is read here, "Patient/…"; "" where it is not here, or not to be told of.
    """

    key: str
    full_url: str = ""
    place: str = ""


def readdressed(text: bytes, pointed: Sequence[Pointed]) -> bytes:
    """The text with our addresses in its references."""
    if not any(one.place for one in pointed):
        return text
    by_key = {one.key: one.place for one in pointed}
    by_url = {one.full_url: one.place for one in pointed if one.full_url.startswith("urn:")}
    links = [one for one in links_in(text, (), http=False) if one.is_reference]
    names = {one.name: _place(one.name, by_key, by_url) for one in links}
    return relinked(text, links, names)


def _place(name: str, by_key: Mapping[str, str], by_url: Mapping[str, str]) -> str:
    """A name may be kept as it is, without the address of its server, or with it."""
    key = target_of(name, Scope())
    if not key or name.startswith("#"):
        return ""
    if key in by_key:
        return by_key[key]
    if name in by_url:
        return by_url[name]
    ends = [one for one in by_key if one.endswith(f"/{key}") or key.endswith(f"/{one}")]
    return by_key[ends[0]] if len(ends) == 1 else ""
