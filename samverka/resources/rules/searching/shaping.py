"""Parts of a resource in place of all of it: `_summary` and `_elements` (R4, Search 3.1.1.5.7 and .8)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import msgspec

from samverka.resources.rules.canonical import decode
from samverka.resources.rules.definitions import json_names, structures, summary_names

SUBSETTED: Final = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
    "code": "SUBSETTED",
}
"""Says that there is more: whoever writes it back would lose the rest."""

_ALWAYS = frozenset({"resourceType", "id", "meta"})
_encoder = msgspec.json.Encoder(decimal_format="number")


def shaped(text: bytes, summary: str, elements: Sequence[str]) -> bytes:
    """The parts that are asked for, and what the standard asks of every resource; digits are untouched."""
    if not (elements or summary in ("true", "text", "data")):
        return text
    content = decode(text)
    if not isinstance(content, dict):
        return text
    kind = str(content["resourceType"])
    kept = {
        name: value
        for name, value in content.items()
        if _is_kept(kind, name.removeprefix("_"), summary, elements)
    }
    meta: dict[str, Any] = dict(kept.get("meta") or {})
    tags = [one for one in meta.get("tag", ()) if one != SUBSETTED]
    return _encoder.encode(kept | {"meta": meta | {"tag": [*tags, SUBSETTED]}})


def _is_kept(kind: str, name: str, summary: str, elements: Sequence[str]) -> bool:
    if name in _ALWAYS or name in mandatory(kind):
        return True
    if elements:
        return name in elements or f"{kind}.{name}" in elements
    if summary == "text":
        return name == "text"
    if summary == "data":
        return name != "text"
    return name in summary_names(kind)


@cache
def mandatory(kind: str) -> frozenset[str]:
    """Names that a resource of the type must have."""
    return frozenset(
        name for one in structures().types[kind].elements if one.least for name in json_names(one)
    )
