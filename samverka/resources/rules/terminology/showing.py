"""An expansion as a ValueSet: the page that was asked for, the text that was looked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from samverka.resources.rules.receiving import Content
from samverka.resources.rules.searching.values import plain
from samverka.resources.rules.terminology.expanding import as_coding
from samverka.resources.rules.terminology.known import Concept


def matching(concepts: Iterable[Concept], text: str) -> list[Concept]:
    """Those in whose words or code every word of the text begins a word; without case and accents."""
    wanted = plain(text).split()
    return [one for one in concepts if all(_begins(word, one) for word in wanted)]


def _begins(word: str, one: Concept) -> bool:
    found = f"{plain(one.display)} {plain(one.code)}".replace("-", " ").split()
    return any(part.startswith(word) for part in found) or plain(one.code).startswith(word)


def expansion_of(
    value_set: Content,
    concepts: Sequence[Concept],
    *,
    at: datetime,
    offset: int = 0,
    count: int | None = None,
    asked: Iterable[tuple[str, str]] = (),
) -> dict[str, Any]:
    """The set with its codes listed. `count` 0 tells only how many there are.

    Args:
        asked: parameters that the expansion was made with, as name and value.
    """
    shown = concepts[offset:] if count is None else concepts[offset : offset + count]
    kept = {name: value for name, value in value_set.items() if name not in _NOT_SHOWN}
    url = str(value_set.get("url", ""))
    name = uuid5(NAMESPACE_URL, f"{url} {at.isoformat()} {offset} {count} {sorted(asked)}")
    expansion: dict[str, Any] = {
        "identifier": f"urn:uuid:{name}",
        "timestamp": at.isoformat(),
        "total": len(concepts),
        "offset": offset,
    }
    if asked:
        expansion["parameter"] = [
            {"name": name, ("valueInteger" if value.isdecimal() else "valueString"): _typed(value)}
            for name, value in asked
        ]
    if shown:
        expansion["contains"] = [_contained(one) for one in shown]
    return {"resourceType": "ValueSet", **kept, "expansion": expansion}


_NOT_SHOWN = ("resourceType", "compose", "expansion", "text")


def _typed(value: str) -> int | str:
    return int(value) if value.isdecimal() else value


def _contained(one: Concept) -> dict[str, Any]:
    coding = as_coding(one)
    if one.inactive:
        coding["inactive"] = True
    return coding
